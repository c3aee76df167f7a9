"""What a person sees of a run: a bar while it goes on, a warning for each failure, a summary at its end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from extractor.report import say
from extractor.sources.names import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from extractor.tally import Failure, Tally

LONG = 1_000_000  # bytes of input that are worth a bar


class Terminal:
    """Watches a run and tells standard error. The clock is read here and for the eye alone."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._quiet = quiet
        self._stream = stream or sys.stderr
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove_bar()

    def begin(self, total_bytes: int) -> None:
        if self._quiet or not self._stream.isatty() or total_bytes < LONG:
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("reading"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %  {task.fields[articles]} articles"),
            TimeRemainingColumn(),
            console=Console(file=self._stream),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=total_bytes, articles=0)
        self._bar.start()

    def advance(self, tally: Tally) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=tally.bytes_done, articles=tally.articles)

    def fail(self, failure: Failure) -> None:
        line = f"warning: {failure.doc}: {failure.reason}"
        if self._bar is None:
            say(line, self._stream)
        else:
            self._bar.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)

    def finish(self, tally: Tally) -> None:
        self._remove_bar()
        if not self._quiet:
            seconds = time.monotonic() - self._begun
            say("\n".join(summary(tally, seconds)), self._stream)

    def _remove_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def summary(tally: Tally, seconds: float) -> list[str]:
    """The lines that close a run.

    >>> from extractor.tally import Tally
    >>> from collections import Counter
    >>> summary(Tally(2, 3, 4000, records=Counter(money=5, date=2)), 0.5)
    ['2 documents, 3 articles, 7 records (date 2, money 5)', '4,000 characters in 0.5 s: 8,000 a second']
    """
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(tally.records.items()))
    lines = [
        f"{_number(tally.documents, 'document')}, {_number(tally.articles, 'article')}, "
        f"{_number(tally.records.total(), 'record')}{f' ({kinds})' if kinds else ''}",
        f"{_number(tally.characters, 'character')} in {seconds:.1f} s: {tally.characters / max(seconds, 0.001):,.0f} a second",
    ]
    if tally.undated:
        lines.append(f"{_number(tally.undated, 'date')} could not be anchored: give --published YYYY-MM-DD")
    if tally.failures:
        lines.append(f"{_number(len(tally.failures), 'document')} could not be read; see the warnings above")
    return lines


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
