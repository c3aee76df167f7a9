"""What many tests need: an article to read, one read article, and the command line in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.contract import Article
from extractor.facts.base import record_id
from extractor.facts.count import Count
from extractor.facts.date import Date
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.facts.ratio import Ratio

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what it puts into the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # our processes must heed it: tests interrupt them

ROOT = Path(__file__).resolve().parent.parent
NEWS = (
    "石城县启动“暖村计划”\n2024年12月10日\n\n"
    "江西省赣州市石城县近日启动“暖村计划”，培育400余名社工，投入约3.6亿元，同比增长47.1%。\n"
)


@pytest.fixture
def news() -> str:
    """A short report that states its date, with a record of every type."""
    return NEWS


@pytest.fixture
def news_file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture
def article() -> Article:
    """What could be read in `NEWS`, made by hand."""

    def place(raw: str, kind: str) -> dict[str, object]:
        start = NEWS.index(raw)
        end = start + len(raw)
        return {"id": record_id("report.txt", start, end, kind), "raw": raw, "start": start, "end": end, "text": raw}

    return Article(
        extractor="0.1.0",
        rules="0123456789abcdef",
        doc="report.txt",
        article=0,
        id="a1",
        title="石城县启动“暖村计划”",
        published="2024-12-10",
        end=len(NEWS),
        records=(
            Place(
                **place("江西省赣州市石城县", "place"),
                name="石城县",
                level="county",
                country="CN",
                adcode="360735",
                province="江西省",
                prefecture="赣州市",
                county="石城县",
                rule="place.chain",
            ),
            Program(**place("“暖村计划”", "program"), name="暖村计划", category="plan", rule="program.quoted"),
            Count(**place("400余名", "count"), value=Decimal(400), unit="名", modifier="over", item="社工"),
            Money(**place("3.6亿元", "money"), value=Decimal("3.6E+8"), currency="CNY", modifier="approx"),
            Ratio(**place("47.1%", "ratio"), value=Decimal("47.10"), unit="percent", item="同比增长"),
            Date(**place("近日", "date"), timex="DATE", value="PAST_REF"),
        ),
        sentences=((0, 12), (25, len(NEWS))),
    )


Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs `extractor ARGUMENTS` in an empty folder, with standard output and error as text."""

    def run(*arguments: str | Path, stdin: str = "", cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        return subprocess.run(
            [sys.executable, "-m", "extractor", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=environment,
            timeout=120,
            check=False,
        )

    return run
