"""What the repairs of an article did, edit by edit, for people and programs; and the proof that this is all they did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from extractor.text import Text


def steps(text: Text) -> list[dict[str, Any]]:
    """The repairs of `text`, kept with its history, as JSON has them: `{"repair": name, "edits": [[start, end, new], …]}`.

    The offsets of each repair count in the text that the one before it left, those of the first in the source.
    """
    return [
        {"repair": changes[0].name, "edits": [[*change.edit[:3]] for change in changes]}
        for changes in text.changes()
        if changes
    ]


def replay(source: str, told: list[dict[str, Any]]) -> str:
    """`source` after the repairs that `steps` gave: the clean text, if they tell everything.

    >>> replay("青石鎮(zhèn)", [{"repair": "gloss", "edits": [[3, 9, ""]]}, {"repair": "script", "edits": [[2, 3, "镇"]]}])
    '青石镇'
    """
    for step in told:
        pieces: list[str] = []
        done = 0
        for start, end, new in step["edits"]:
            pieces += (source[done:start], new)
            done = end
        source = "".join((*pieces, source[done:]))
    return source


def lines(text: Text, offset: int = 0) -> Iterator[str]:
    """One line for each edit: where it stands in the document, which repair made it, before and after.

    `offset` is where the article begins in its document.

    >>> from extractor.text import Edit
    >>> list(lines(Text.of("青石鎮(zhèn)", history=True).edit("gloss", [Edit(3, 9, "")])))
    ['3:9\\tgloss\\t(zhèn)\\t→\\t']
    """
    for change in chain.from_iterable(text.changes()):
        where = f"{change.start + offset}:{change.end + offset}"
        yield f"{where}\t{change.name}\t{_seen(change.before)}\t→\t{_seen(change.edit.new)}"


_SEEN = {ord(" "): "␠", ord("\n"): "⏎", ord("\r"): "␍", ord("\t"): "⇥", ord("\u3000"): "␠", ord("\xa0"): "␠"}


def _seen(text: str) -> str:
    """`text` with what nobody sees made visible; white space only where there is nothing else."""
    if not text.strip():
        text = text.translate(_SEEN)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", "⏎"))
