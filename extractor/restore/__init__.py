"""Repairs of whole documents, before articles are looked for: escapes, text read in a wrong encoding, text that is gone.

Clean text costs one look at its alphabet. What is repaired stays tied to the text as decoded, character by character, and
each character says how sure it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import regex

from extractor.article import Span, Unsure
from extractor.letters import letters, usual
from extractor.restore.unseen import UNSEEN, unseen
from extractor.text import Edit, Text

if TYPE_CHECKING:
    from extractor.restore.mojibake import Repaired

__all__ = ["Restored", "restore"]

_DENSE: Final = 12  # one odd character in so many makes a line doubtful as a whole
_FEW: Final = 16  # characters for which it does not pay to compile a pattern
_AROUND: Final = 24  # characters on both sides of an odd one that may have been read wrong with it
_ESCAPE_SIGNS: Final = frozenset("&\\%=~+")
_LOST: Final = "\ufffd"
# What a lost character becomes when U+FFFD, or fresh or freed memory, is itself read in a wrong encoding.
_GONE = regex.compile(
    r"(?:锟斤拷){2,}+(?:锟斤?)?|(?:烫烫){2,}+烫?|(?:屯屯){2,}+屯?|(?:占쏙옙){2,}+|(?:嚙踝蕭){2,}+|(?:ï¿½){2,}+"
)
_GONE_ONCE = regex.compile(r"锟斤拷|烫烫烫|屯屯屯|占쏙옙|嚙踝蕭|ï¿½")
_GONE_SIGNS: Final = frozenset("锟烫屯占嚙ï")
# Letters of Windows-1252 mean nothing by themselves: São Paulo. Two in a row may.
_LATIN = "\xc0-\xff\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u0192"
_SIGNS = "\x80-\xbf\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_LATIN_PAIR = re.compile(rf"[{_LATIN}\x80-\x9f](?:(?<=[\x80-\x9f])|[{_LATIN}{_SIGNS}])")
_FOREIGN_LINE = regex.compile(r"[\x00-\x09\x0b-\x7f]*+[^\x00-\x7f][^\n]*+")
_LATIN_LETTERS: Final = frozenset(
    map(chr, [*range(0xA0, 0x100), 0x152, 0x153, 0x160, 0x161, 0x17D, 0x17E, 0x178, 0x192])
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A document's text after these repairs, and what to doubt in it, in order of place."""

    text: Text
    unsure: tuple[Unsure, ...] = ()


def restore(source: str, present: frozenset[str] | set[str] | None = None, *, history: bool = False) -> Restored:
    """`source`, a document as decoded, with its escapes and its wrong readings undone; `present` are its `letters`.

    With `history`, the text remembers its repairs one by one.

    >>> found = restore("全县新建社工站十九个。".encode().decode("latin-1"))
    >>> found.text.clean, found.text.repairs
    ('全县新建社工站十九个。', {'mojibake': 11})
    >>> restore("全县新建社工站十九个。").text.repairs
    {}
    """
    present = letters(source) if present is None else present
    text = Text.of(source, history=history)
    if present & _ESCAPE_SIGNS:
        from extractor.restore.escapes import escapes

        text = text.edit("escape", escapes(source, present))
        if text.steps:
            present = letters(text.clean)
    if "\x00" in present:
        text = _wide(text)
        present = letters(text.clean)
    unsure: list[Unsure] = []
    if odd := _odd(present):
        reread = _reread(text, odd, unsure)
        if reread is not text:
            text, present = reread, letters(reread.clean)
    if present & _GONE_SIGNS:
        gone = [Edit(found.start(), found.end(), _LOST) for found in _GONE.finditer(text.clean)]
        if gone:
            text, present = text.edit("lost", gone), present | {_LOST}
        # One alone may be spoken of: it stays, and is doubted.
        once = (text.source_span(*found.span()) for found in _GONE_ONCE.finditer(text.clean))
        unsure += [Unsure(*span, "lost_character") for span in once]
    if present & UNSEEN:
        text = text.edit("unseen", unseen(text.clean))
    if _LOST in present:
        unsure += _lost_places(text)
    return Restored(text, tuple(sorted(unsure)))


def _odd(present: frozenset[str] | set[str]) -> set[str]:
    """The characters among `present` that clean text seldom has; letters with accents only where signs stand beside them."""
    odd = set(present) - usual()
    if odd and not odd - _LATIN_LETTERS and not present & _C1:
        return odd if len(odd) > 1 else set()
    return odd


_C1: Final = frozenset(map(chr, range(0x80, 0xA0)))


def _reread(text: Text, odd: set[str], unsure: list[Unsure]) -> Text:
    """`text` with what was read in a wrong encoding read anew; what is not certain goes to `unsure`."""
    doubtful = _doubtful(text.clean, odd)
    if doubtful is None:
        return text
    from extractor.restore.mojibake import Line, repair

    lines, windows = doubtful
    found = repair(text.clean, [Line(*span) for span in lines], [Line(*span) for span in windows], odd)
    return _recoded(text, found, unsure) if found else text


def _doubtful(text: str, odd: set[str]) -> tuple[list[Span], list[Span]] | None:
    """The lines of `text` that may be wrong as a whole, and where in other lines runs of them may be; None where there is none.

    A line is doubtful as a whole by its share of odd characters: one rare character is a name.
    """
    strange = odd - _LATIN_LETTERS
    places = _places(text, strange)
    if odd & _LATIN_LETTERS:
        places = sorted([*places, *(place for found in _LATIN_PAIR.finditer(text) for place in range(*found.span()))])
    if not places:
        return None
    lines: list[Span] = []
    windows: list[Span] = []
    first = 0
    while first < len(places):
        start = text.rfind("\n", 0, places[first]) + 1
        end = _line_end(text, places[first])
        last = bisect_left(places, end, first)
        number = last - first
        if number * _DENSE >= end - start and (number > 1 or not _is_han(text[places[first]])):
            lines.append((start, end))
        else:
            windows += _windows(places[first:last], start, end)
        first = last
    if 2 * sum(end - start for start, end in lines) < len(text):
        return lines, windows
    # Most of the text is doubtful: its other lines may be as wrong, and too short to show it.
    return [found.span() for found in _FOREIGN_LINE.finditer(text)], []


def _places(text: str, characters: set[str]) -> list[int]:
    """Where `characters` stand in `text`, in order."""
    if len(characters) > _FEW:
        pattern = regex.compile("[" + regex.escape("".join(sorted(characters)), special_only=False) + "]")
        return [found.start() for found in pattern.finditer(text)]
    places = []
    for character in characters:  # searching for one after the other is faster than building a pattern of them
        place = text.find(character)
        while place >= 0:
            places.append(place)
            place = text.find(character, place + 1)
    return sorted(places)


def _is_han(character: str) -> bool:
    return "\u3400" <= character < "\ua000" or character >= "\U00020000"


def _windows(places: Sequence[int], start: int, end: int) -> Iterator[Span]:
    """Spans of the line `start:end` around `places`, apart from one another."""
    first = last = places[0]
    for place in [*places[1:], end + 3 * _AROUND]:
        if place - last > 2 * _AROUND:
            yield max(start, first - _AROUND), min(end, last + _AROUND)
            first = place
        last = place


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _recoded(text: Text, found: Sequence[Repaired], unsure: list[Unsure]) -> Text:
    import numpy as np

    from extractor.restore.reading import Grade

    pieces: list[str] = []
    starts, ends = [], []
    runs: list[tuple[int, int]] = []
    done = length = 0
    for start, end, reading, _ in found:
        kept = np.arange(done, start)
        starts += [kept, reading.starts + start]
        ends += [kept + 1, reading.ends + start]
        new = reading.text
        pieces += (text.clean[done:start], new)
        length += start - done
        runs.append((length, length + len(new)))
        length += len(new)
        done = end
        for grade, doubt in ((Grade.inferred, "inferred_character"), (Grade.guess, "guessed_character")):
            for place in np.flatnonzero(reading.grades == grade).tolist():
                span = text.source_span(start + int(reading.starts[place]), start + int(reading.ends[place]))
                unsure.append(Unsure(*span, doubt))
    kept = np.arange(done, len(text.clean))
    pieces.append(text.clean[done:])
    all_starts = np.concatenate([*starts, kept]).astype(np.uint32)
    all_ends = np.concatenate([*ends, kept + 1]).astype(np.uint32)
    return text.recode("mojibake", "".join(pieces), all_starts.tolist(), all_ends.tolist(), runs)


def _wide(text: Text) -> Text:
    """Text of UTF-16 that was read byte by byte: every other character NUL, or a letter of Latin 1."""
    from extractor.restore.model import character_model

    clean = text.clean
    if max(clean) > "\xff" or clean.count("\x00") < 3:
        return text
    data = clean.encode("latin-1")
    before = character_model().score(clean)[0]
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            plain = data[: len(data) // 2 * 2].decode(codec)
        except UnicodeDecodeError:
            continue
        if plain and character_model().score(plain)[0] > before + 2:
            starts, ends, place = [], [], 0
            for character in plain:
                width = 2 if character < "\U00010000" else 4
                starts.append(place)
                ends.append(place + width)
                place += width
            return text.recode("mojibake", plain, starts, ends, [(0, len(plain))])
    return text


def _lost_places(text: Text) -> Iterator[Unsure]:
    place = text.clean.find(_LOST)
    while place >= 0:
        yield Unsure(*text.source_span(place, place + 1), "lost_character")
        place = text.clean.find(_LOST, place + 1)
