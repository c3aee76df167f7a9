"""Where words begin and end."""

from __future__ import annotations

from extractor.engine.match import Match
from extractor.segment import Passage


def on_word_edges(match: Match, passage: Passage) -> bool:
    """The mention begins and ends where words do: 市中区 in 全市中区域 does not."""
    return match.start in passage.edges and match.end in passage.edges


def begins_word(match: Match, passage: Passage) -> bool:
    """The mention begins where a word does: 明天 in 文明天地 does not; the word may be a preposition glued to it (比上|月)."""
    if match.start in passage.edges:
        return True
    index = passage.word_at(match.start)
    before = passage.words[index][: match.start - passage.starts[index]]
    return before in ("比", "从", "到", "自", "至", "较", "在", "于") and not (
        len(before) == 1 and match.text[0] == "今" and match.clean[match.end : match.end + 1] in ("轻", "纪")
    )
