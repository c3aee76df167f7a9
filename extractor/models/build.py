"""What `extractor model` does: train, measure, and say what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractor.errors import UsageError
from extractor.models.card import Part, card
from extractor.models.evaluation import Measured, evaluate
from extractor.models.examples import Example, read_examples
from extractor.models.labels import KINDS, LABELS
from extractor.models.tagger import WEIGHTS, CrfTagger, Mode, Tagger, untrained
from extractor.models.training import Settings, train
from extractor.models.weights import digest, load_weights
from extractor.pipeline import Extractor, Options

LICENCE = "LICENSE.txt"
CARD = "CARD.md"


def build(
    mode: Mode,
    training: Sequence[Path],
    tests: Sequence[Path],
    folder: Path,
    settings: Settings,
    told: Callable[[int], object] | None = None,
) -> str:
    """Trains the weights of a mode, writes them to `folder`, and gives the text of their card.

    Raises UsageError where a file cannot be read, or holds nothing to learn from.
    """
    extractor = Extractor(Options(model="none"))
    parts = [Part(path, read_examples(path, extractor)) for path in training]
    for part in parts:
        if not any(example.entities for example in part.examples):
            raise UsageError(f"{part.path} has nothing to learn from: its lines of gold have no `entities`")
        if part.path in tests:
            raise UsageError(f"{part.path} is to be trained on and measured by: leave it out of one of the two")
    like = untrained(mode, extractor.finder)
    complete = [one for part in parts for one in part.examples if _learned(part, one)]
    weights = train(complete, like, settings, told)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mode}.npz"
    weights.save(path)
    tagger = CrfTagger(mode, load_weights(path), like.lookup, like.network)
    measured = {Part(test, ()).name: evaluate(tagger, read_examples(test, extractor)) for test in tests}
    return card(mode, digest(path), weights, settings, parts, measured)


def _learned(part: Part, example: Example) -> bool:
    """Gold of which only some kinds were annotated teaches that the others are nothing: it is left out."""
    return part.path.suffix == ".iob2" or len(example.kinds) == len(KINDS)


def write_cards(folder: Path, mode: str, text: str) -> None:
    """Puts the card of a mode in the place of its former one."""
    path = folder / CARD
    held = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    head, *sections = held.split("\n## ")
    kept = {section.split("@")[0]: section.rstrip() + "\n" for section in sections}
    kept[mode] = text.removeprefix("## ")
    path.write_text("\n## ".join([head.rstrip() + "\n", *(kept[name] for name in sorted(kept))]), encoding="utf-8")


def measure(tagger: Tagger, files: Sequence[Path]) -> Iterator[tuple[Path, Measured]]:
    """What a tagger finds in files of gold or of words with labels."""
    extractor = Extractor(Options(model="none"))
    for path in files:
        examples = read_examples(path, extractor)
        if not examples:
            raise UsageError(f"{path} has nothing to measure by: its lines of gold have no `entities`")
        yield path, evaluate(tagger, examples)


def about(mode: Mode) -> list[str]:
    """What there is to say of the weights that ship for a mode."""
    path = WEIGHTS / f"{mode}.npz"
    if not path.is_file():
        raise UsageError(f"there are no weights for {mode}: train some with `extractor model train`")
    weights = load_weights(path)
    text = (WEIGHTS / CARD).read_text(encoding="utf-8") if (WEIGHTS / CARD).is_file() else ""
    section = next((part for part in text.split("\n## ") if part.startswith(f"{mode}@")), "")
    return [
        f"{mode}@{digest(path)}  {path.stat().st_size / 1e6:.2f} MB  {path}",
        f"{len(weights.codes):,} features, {len(LABELS)} labels of {', '.join(KINDS)}",
        f"licence: {WEIGHTS / LICENCE}",
        "",
        *section.splitlines()[1:],
    ]


_HEAD = """# Weights of the tagger

What the files `fast.npz` and `accurate.npz` beside this card hold: weights of a tagger that finds programs, places, persons
and organisations in Chinese news text. They were trained on text under CC BY-SA 4.0, so they stand under CC BY-SA 4.0 too
(`LICENSE.txt`), unlike the program, which is Apache-2.0. `accurate` reads the tags of the network inside the package jieba
(`jieba/lac_small`, Apache-2.0) as it lies there; nothing of that network is in these files.

Meant for: naming undertakings that rules do not know, telling persons, places and organisations apart. Not meant for:
deciding anything about a person. It knows news prose of the years up to 2024 or so, mostly in simplified characters; F is counted
on exact spans.
"""
