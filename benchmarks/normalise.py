"""How much of damaged text is restored, class by class; what clean text suffers; how fast both go.

    python benchmarks/normalise.py [--study FOLDER] [--seeds FOLDER] [--prototype] [--encodings]

With `--study`, a folder with `mojibake_gen.py` (makes the damage) and `normalisation.md` (the figures to reach), the table is
that of the study, on 9,000 characters of the seeds that are simplified, fullwidth clause marks put back; without it, the
damage of `tests/damage.py` on the news of `corpora/`. "Restored" is the longest common subsequence of output and reference
over the longer of the two. Classes marked `n` are repaired article by article: there both sides go through `normalise`.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from rapidfuzz.distance import LCSseq

from extractor.article import RawArticle
from extractor.normalise import normalise
from extractor.restore import restore
from extractor.sources.decode import decode

HERE = Path(__file__).resolve().parent.parent
HAN = r"\u4e00-\u9fff“”《》、。（）"
SIZE = 9000
# Damage that single articles are cleaned of, after they have been found.
BY_ARTICLE = {
    "kangxi_radicals", "radical_supplement", "compat_ideographs", "fullwidth_ascii", "halfwidth_punct", "cp936_pua",
    "pua_bullet", "zero_width", "bom_lead", "bom_mojibake", "nbsp", "ctrl_chars", "pinyin_gloss", "doubled_comma",
    "column_breaks",
}  # fmt: skip


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def seeds(folder: Path) -> str:
    """The simplified seeds as one text, with the fullwidth marks that they had before somebody folded them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    text = "\n".join(text for text in texts if "個" not in text)
    for narrow, wide in zip(",;:!?", "，；：！？", strict=True):
        text = re.sub(
            rf"(?<=[{HAN}0-9A-Za-z%]){re.escape(narrow)}(?=[{HAN}\s])|(?<=[{HAN}]){re.escape(narrow)}", wide, text
        )
    return re.sub(rf"(?<=[{HAN}])\)", "）", re.sub(rf"\((?=[{HAN}])", "（", text))


def study_figures(path: Path) -> dict[str, float]:
    """The column of the study's prototype, by class."""
    figures: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 14 and (name := re.match(r"[a-z0-9_]+", cells[1])) and re.match(r"\*\*\d", cells[11]):
            figures[name[0]] = float(cells[11].strip("*"))
    return figures


def restored(reference: str, found: str) -> float:
    return 100 * LCSseq.similarity(reference, found) / max(len(reference), len(found), 1)


def cleaned(text: str) -> str:
    return normalise(RawArticle("text", text, text=restore(text).text)).text.clean


def table(classes: dict[str, Callable[[str], tuple[str, str]]], text: str, figures: dict[str, float]) -> None:
    print(f"\n{'class':44}{'dirty':>8}{'study':>8}{'ours':>8}{'MB/s':>8}   exact/inferred/guessed/lost")
    low = []
    for name, damage in classes.items():
        reference, dirty = damage(text)
        start = time.process_time()
        found = restore(dirty)
        seconds = time.process_time() - start
        by_article = name in BY_ARTICLE
        if by_article:
            start = time.process_time()
            share = restored(cleaned(reference), cleaned(dirty))
            seconds = (time.process_time() - start) / 2
        else:
            share = restored(reference, found.text.clean)
        doubts = [one.doubt for one in found.unsure]
        counts = [doubts.count(f"{doubt}_character") for doubt in ("inferred", "guessed", "lost")]
        exact = found.text.repairs.get("mojibake", 0) + found.text.repairs.get("escape", 0) - counts[0] - counts[1]
        bar = figures.get(name)
        if bar is not None and round(share, 1) < bar:
            low.append(name)
        print(
            f"{name:42}{'n ' if by_article else '  '}{restored(reference, dirty):8.1f}"
            f"{'' if bar is None else f'{bar:.1f}':>8}{share:8.1f}{len(dirty.encode()) / seconds / 1e6:8.2f}"
            f"   {max(exact, 0)}/{counts[0]}/{counts[1]}/{counts[2]}"
        )
    if figures:
        print(f"below the study: {', '.join(low) or 'none'}")


def machine_lines(wanted: int) -> Iterator[tuple[Path, list[str]]]:
    """Lines with Chinese characters in files of installed packages and the system: documentation, dictionaries, catalogues."""
    seen: set[str] = set()
    roots = [Path(sys.prefix), Path("/usr/share"), Path(sys.base_prefix)]
    for root in dict.fromkeys(roots):
        for path in sorted(root.rglob("*")):
            if path.suffix not in {".txt", ".md", ".rst", ".py", ".json", ".po", ".csv", ".html", ".desktop", ".yaml"}:
                continue
            try:
                text = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            lines = [line for line in text.splitlines() if re.search(r"[\u4e00-\u9fff]", line) and line not in seen]
            # Lines that show escapes or wrong readings on purpose, as tests of encodings do, are not clean text.
            lines = [line for line in lines if not re.search(r"&#|\\[ux]|%[0-9A-Fa-f]{2}|\ufffd|&[a-z]+;", line)]
            if lines:
                seen.update(lines)
                yield path, lines
            if len(seen) >= wanted:
                return


def false_positives(machine: int) -> None:
    print(f"\n{'clean text':44}{'lines':>9}{'changed':>9}{'alone':>7}")
    for path in sorted((HERE / "corpora" / "clean").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        whole = restore("\n".join(lines)).text.clean.split("\n")
        changed = sum(a != b for a, b in zip(lines, whole, strict=True))
        alone = sum(restore(line).text.clean != line for line in lines)
        print(f"{path.name:44}{len(lines):9}{changed:9}{alone:7}")
    number = changed = alone = 0
    shown: list[str] = []
    for path, lines in machine_lines(machine):
        number += len(lines)
        whole = restore("\n".join(lines)).text.clean.split("\n")
        wrong = [(path.name, a, b) for a, b in zip(lines, whole, strict=False) if a != b]
        changed += len(wrong)
        shown += [f"    {name}: {a[:60]!r} -> {b[:60]!r}" for name, a, b in wrong[:3]]
        alone += sum(restore(line).text.clean != line for line in lines[:200])
    print(f"{'found on this machine (200 a file alone)':44}{number:9}{changed:9}{alone:7}")
    print("\n".join(shown[:20]))


def speeds(text: str) -> None:
    """What clean text pays for being looked at, as a share of the whole pipeline."""
    from extractor.article import Document
    from extractor.pipeline import Extractor

    extractor = Extractor()
    document = Document("text", text)
    extractor.read(document)
    restore(text)

    def best(work: Callable[[], object], rounds: int = 5) -> float:
        times = []
        for _ in range(rounds):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    look, whole = best(lambda: [restore(text) for _ in range(10)]) / 10, best(lambda: extractor.read(document))
    print(
        f"\nclean text, {len(text):,} characters: looked at in {look * 1e3:.2f} ms, {100 * look / whole:.1f} % of the pipeline"
    )


def encodings(text: str) -> None:
    """Share of stretches decoded to exactly what they were, by length in bytes."""
    import opencc

    traditional = opencc.OpenCC("s2t").convert(text)
    chance = random.Random(7)
    lengths = ((50, 40), (100, 40), (200, 40), (500, 40), (2000, 12), (10_000, 4))
    print(f"\n{'encoding':16}" + "".join(f"{length:>8}" for length, _ in lengths) + "   MB/s")
    for codec, source in [
        ("gbk", text), ("gb18030", text), ("cp950", traditional), ("big5hkscs", traditional), ("utf-8", text),
        ("utf-8-sig", text), ("utf-16", text), ("utf-16-le", text), ("utf-16-be", text),
    ]:  # fmt: skip
        # What does not come back from its own bytes cannot be asked for.
        kept = "".join(c for c in source if c.encode(codec, "ignore").decode(codec) == c)
        row, size, start = [], 0, time.process_time()
        for length, times in lengths:
            right = 0
            for _ in range(times):
                first = chance.randrange(max(1, len(kept) - length // 2))
                piece = kept[first : first + length]
                while len(piece.encode(codec)) > length:
                    piece = piece[: -max(1, (len(piece.encode(codec)) - length) // 4)]
                data = piece.encode(codec)
                size += len(data)
                right += decode(data).text == piece
            row.append(f"{100 * right / times:8.0f}")
        print(f"{codec:16}" + "".join(row) + f"{size / (time.process_time() - start) / 1e6:7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--study", type=Path, metavar="FOLDER")
    parser.add_argument("--seeds", type=Path, metavar="FOLDER")
    parser.add_argument("--prototype", action="store_true", help="time the study's prototype on the same damage")
    parser.add_argument(
        "--machine", type=int, default=100_000, metavar="LINES", help="clean lines to look for on this machine"
    )
    chosen = parser.parse_args()
    if chosen.study:
        generator = load(chosen.study / "mojibake_gen.py")
        text = seeds(chosen.seeds or chosen.study.parent / "seeds")
        classes = {name: (lambda t, name=name: generator.make(name, t)) for name in generator.CLASSES}
        table(classes, text[:SIZE], study_figures(chosen.study / "normalisation.md"))
        if chosen.prototype:
            sys.path.insert(0, str(chosen.study))
            prototype = load(chosen.study / "mojibake_prototype.py")
            for name in ("utf8_as_gb18030", "utf8_as_cp1252_q", "gbk_as_big5", "mixed_inline_gb18030"):
                _, dirty = generator.make(name, text[:SIZE])
                start = time.process_time()
                prototype.fix_text(dirty)
                spent = time.process_time() - start
                start = time.process_time()
                restore(dirty)
                ours = time.process_time() - start
                rates = [len(dirty.encode()) / seconds / 1e6 for seconds in (spent, ours)]
                print(
                    f"{name}: prototype {rates[0]:.3f} MB/s, ours {rates[1]:.2f} MB/s, {rates[1] / rates[0]:.0f} times"
                )
    else:
        damage = load(HERE / "tests" / "damage.py")
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((HERE / "corpora" / "news").glob("*.txt")))
        every = {**damage.LOSSLESS, **damage.LOSSY}
        table({name: (lambda t, work=work: (t, work(t))) for name, work in every.items()}, text[:SIZE], {})
    false_positives(chosen.machine)
    speeds(text)
    encodings(text)


if __name__ == "__main__":
    main()
