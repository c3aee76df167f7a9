"""Whether a one-character name of a province or country stands for the place, and is no part of a word."""

from __future__ import annotations

from extractor.engine.match import Match
from extractor.segment import Passage

_ON_THE_WAY = frozenset("赴访旅驻援留")  # these lead to a place whatever stands behind them
_HARBOUR_LEFT = frozenset("入出进抵返离回在")  # with 港 they speak of a harbour, but in Hong Kong


def letter_reached(match: Match, passage: Passage) -> bool:
    """A one-character name behind a verb or preposition that leads there: 赴沪, 在黔, 驻华使节."""
    start, end = match.start, match.end
    lexicons, clean = match.rule.book.lexicons, match.clean
    verb = clean[start - 1]
    if match.text in lexicons["plain_letter"] and verb not in _ON_THE_WAY:
        return match.text == "华" and verb in "来在" and end in passage.edges and start - 1 in passage.edges
    if verb == "援" and match.text in "疆藏":
        return False  # the name of a scheme: 援疆项目, 援藏干部
    if match.text == "港" and verb in _HARBOUR_LEFT and passage.article.region != "HK":
        return False
    if clean[start - 1 : end] in lexicons["letters_word"]:
        return False
    index = passage.word_at(start - 1)
    word, begins = passage.words[index], passage.starts[index]
    if begins != start - 1 and (begins + len(word) > start or passage.knows(word)):
        return False  # 出来川流不息
    if passage.tags[index].startswith("nr") and start not in passage.edges:
        return False
    return end in passage.edges or (begins == start - 1 and passage.knows(clean[end : begins + len(word)]))


_OF_FIRMS = frozenset("中美日德法台英")  # 日企, 台企; but 青企 is no firm of Qinghai


def letter_of_origin(match: Match, passage: Passage) -> bool:
    """A one-character name before a word for origin: 粤籍, 浙企; 沪上 and 京城 only with their own."""
    after = match.clean[match.end]
    if after == "上":
        return match.text == "沪" and match.start in passage.edges
    if after == "城":
        return match.text == "京" and match.start in passage.edges and match.end + 1 in passage.edges
    if after == "企" and match.text not in _OF_FIRMS and match.text in match.rule.book.lexicons["plain_letter"]:
        return False
    if match.start not in passage.edges or match.clean[match.end + 1 : match.end + 2] == "业":
        return False
    return match.end + 1 in passage.edges or not passage.knows(passage.words[passage.word_at(match.end)])
