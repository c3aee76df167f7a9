"""How the tagger takes text: stretches of a passage, and the parts of a stretch over which no name reaches."""

from __future__ import annotations

import re
from typing import Final

from extractor.article import Span
from extractor.models.features import Sentence
from extractor.segment import Passage

QUOTED: Final = r"“[^“”\n\0]{1,60}”|《[^《》\n\0]{1,80}》|「[^「」\n\0]{1,60}」"
"""Words in marks, the marks with them: a name may hold any others inside."""

PART: Final = re.compile(rf"(?:{QUOTED}|[^，,、。;；!！?？\n\0])+")
"""What stands between two marks that end a clause or part a list, quoted words with all that they hold."""

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
