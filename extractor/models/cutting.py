"""A stretch of a passage as the tagger takes it."""

from __future__ import annotations

from extractor.article import Span
from extractor.models.features import Sentence
from extractor.segment import Passage

_AROUND = 50  # characters around a sentence that its features may look at


def cut(passage: Passage, span: Span) -> Sentence:
    """The words of a stretch; a word that lies over its edge is cut there."""
    start, end = span
    first, last = passage.word_at(start), passage.word_at(end - 1)
    words, tags = passage.words[first : last + 1], passage.tags[first : last + 1]
    words[-1] = words[-1][: end - passage.starts[last]]
    words[0] = words[0][start - passage.starts[first] :]
    clean = passage.clean
    before = clean[max(start - _AROUND, 0) : start].rpartition("\n")[2]
    behind = clean[end : end + _AROUND].partition("\n")[0]
    return Sentence(words, tags, before, behind)
