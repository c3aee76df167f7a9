"""Pronunciations set in brackets behind a character: 鎮(zhèn)."""

from __future__ import annotations

import re

from extractor.later import later
from extractor.normalise.shapes import HAN
from extractor.text import Edit

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONES = frozenset(_TONED)
_INITIAL = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_SYLLABLE = rf"(?:{_INITIAL}[aoeiuvü{_TONED}]{{1,3}}(?:ng|n|r)?)"
_SOUNDED = rf"(?:{_INITIAL}[aoeiuü]{{0,2}}[{_TONED}][aoeiuü]{{0,2}}(?:ng|n|r)?)"
# Led by its bracket, which is found at memory speed.
_GLOSS = later(
    rf"\((?<=[{HAN}]\()(?:(?P<toned>{_SOUNDED}(?:['’ ]?{_SOUNDED}){{0,4}})|(?P<lost>[a-zü{_TONED}?\ufffd]{{1,6}}))\)"
)
_PLAIN = re.compile(_SYLLABLE)


def gloss(text: str) -> list[Edit]:
    """Deletes pinyin glosses: those with a tone mark, and where a text has several, those that lost their marks.

    A bracket that holds anything else is the author's: 村(社区), (慈善), (app). Only the innermost bracket is looked at, so
    a gloss inside a longer bracket leaves that bracket as it is.

    >>> text = "青石鎮(zhèn)消防站(隊)(含山區(qū)分隊)"
    >>> [text[edit.start : edit.end] for edit in gloss(text)]
    ['(zhèn)', '(qū)']
    >>> gloss("人工智能(ai)与消防站(app)")
    []
    """
    toned, bare = [], []
    for found in _GLOSS.finditer(text):
        start, end = found.span()
        if found.lastgroup == "toned":
            toned.append(Edit(start, end, ""))
            continue
        lost = found["lost"]
        if _TONES.isdisjoint(lost) and ("?" in lost or "\ufffd" in lost or _PLAIN.fullmatch(lost) is not None):
            bare.append(Edit(start, end, ""))
    if not bare or len(toned) + len(bare) < 5:  # a single (an) may be anything; a text glossed throughout is not chance
        return toned
    return sorted(toned + bare)
