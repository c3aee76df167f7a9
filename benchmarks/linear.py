"""Whether cost grows with length and nothing else: characters per second of articles from 10^4 to 10^7 characters.

usage: python benchmarks/linear.py [--longest N] [--rounds N] [--text FILE] [--command]

Each length is read as an article of many paragraphs and as a single line, in a process of its own, so that its peak memory
can be told. The text is that of `corpora/news`, or FILE, over and over, its figures changed so that no sentence comes twice.
With --command it is a file, and what is measured is `extractor run` with one process from its start to its end, its output
going nowhere or, where the form says -o, into a folder.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def article(length: int, *, one_line: bool, text: Path | None) -> str:
    """About `length` characters of news without page furniture, every round of it with other figures."""
    paths = [text] if text else sorted((HERE / "corpora" / "news").glob("*.txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("。")]
    pieces: list[str] = []
    size = number = 0
    while size < length:
        line = lines[number % len(lines)] + ("" if number < len(lines) else f"第{number}户说，今年收入{number}元。")
        pieces.append(line)
        size += len(line) + 1
        number += 1
    return ("" if one_line else "\n").join(pieces)[:length]


def measure(length: int, *, one_line: bool, rounds: int, text: Path | None) -> dict[str, float]:
    from extractor.article import Document
    from extractor.pipeline import Extractor

    extractor = Extractor()
    extractor.read(Document("warm", article(20_000, one_line=one_line, text=text)))
    document = Document("long", article(length, one_line=one_line, text=text))
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = float("inf")
    records = 0
    for _ in range(rounds):
        begun = time.process_time()
        records = sum(len(found.records) for found in extractor.read(document))
        best = min(best, time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"rate": len(document.text) / best, "records": records, "before": base / 1024, "peak": peak / 1024}


def measure_command(length: int, *, one_line: bool, text: Path | None, folder: bool) -> dict[str, float]:
    """The same for `extractor run` on a file of this length, written to nowhere or into a folder."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "long.txt"
        written = article(length, one_line=one_line, text=text)
        file.write_text(written, encoding="utf-8")
        size = len(written)
        del written
        to = ["-o", str(Path(place) / "out")] if folder else []
        command = [sys.executable, "-m", "extractor", "run", str(file), "--jobs", "1", *to]
        done = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"([\d,]+) records?", done.stderr)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    records = int(found[1].replace(",", "")) if found else 0
    return {"rate": size / (spent.ru_utime + spent.ru_stime), "records": records, "peak": spent.ru_maxrss / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--command", action="store_true")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        length, form = chosen.measure
        one_line = form.startswith("line")
        if chosen.command:
            folder = form.endswith("-o")
            found = measure_command(int(length), one_line=one_line, text=chosen.text, folder=folder)
        else:
            found = measure(int(length), one_line=one_line, rounds=chosen.rounds, text=chosen.text)
        print(json.dumps(found))
        return
    print(f"{'characters':>12} {'form':>13} {'1000 c/s':>9} {'records':>9} {'peak MB':>8}")
    forms = ("paragraphs", "line", "line -o") if chosen.command else ("paragraphs", "line")
    for form in forms:
        length = 10_000
        while length <= chosen.longest:
            command = [sys.executable, __file__, "--rounds", str(chosen.rounds)]
            command += ["--measure", str(length), form, *(["--command"] if chosen.command else [])]
            if chosen.text:
                command += ["--text", str(chosen.text)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{length:12,} {form:>13} {found['rate'] / 1000:9.1f} {found['records']:9,} {found['peak']:8.0f}",
                flush=True,
            )
            length *= 10


if __name__ == "__main__":
    main()
