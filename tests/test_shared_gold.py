"""Scores on the shared sample pages and passages, where a checkout has them beside it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Document
from extractor.corpus import Scores, load_gold, score
from extractor.pipeline import Extractor, Options

SHARED = Path(__file__).resolve().parents[2] / "shared"
SETS = {"seeds": SHARED / "gold" / "seeds.jsonl", "traps": SHARED / "gold" / "traps.jsonl"}
FLOORS = {
    "count": 0.85,
    "money": 1.0,
    "date": 0.75,
    "ratio": 1.0,
    "place": 0.65,
    "program": 0.45,
}  # FACT F on the seeds
FLOOR_OF_TRAPS = 0.70  # FACT F over all types

pytestmark = pytest.mark.skipif(
    not all(path.is_file() for path in SETS.values()) or not (SHARED / "seeds").is_dir(),
    reason="the shared gold is not beside this checkout",
)


@lru_cache
def read(name: str) -> tuple[dict[str, str], dict[str, list[dict[str, Any]]]]:
    """The texts of a set and the records read from them, by document."""
    texts: dict[str, str] = {}
    records: dict[str, list[dict[str, Any]]] = {}
    extractor = Extractor(Options())
    for line in SETS[name].read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row.get("text") or (SHARED / "seeds" / f"{row['doc']}.txt").read_bytes().decode("utf-8-sig")
        stated = {key: row[key] for key in ("published", "region") if row.get(key)} if row.get("text") else {}
        found = extractor.read(Document(row["doc"], text, stated=stated))
        texts[row["doc"]] = text
        records[row["doc"]] = [record.model_dump(mode="json") for article in found for record in article.records]
    return texts, records


@lru_cache
def scores(name: str) -> Scores:
    return score(load_gold(SETS[name], SHARED / "seeds"), read(name)[1])


@pytest.mark.parametrize("kind", FLOORS)
def test_seeds_reach_their_floor(kind: str) -> None:
    counts = scores("seeds").by_type[kind]
    assert counts.gold > 0
    assert counts.fact >= FLOORS[kind]


def test_traps_reach_their_floor() -> None:
    assert scores("traps").all.fact >= FLOOR_OF_TRAPS


@pytest.mark.parametrize("name", SETS)
def test_offsets_are_exact(name: str) -> None:
    texts, records = read(name)
    found = [(doc, record) for doc, rows in records.items() for record in rows]
    assert found
    assert [(doc, r["raw"]) for doc, r in found if texts[doc][r["start"] : r["end"]] != r["raw"]] == []
    assert len({record["id"] for _, record in found}) == len(found)
