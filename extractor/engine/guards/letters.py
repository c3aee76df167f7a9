"""Whether one-character names of provinces and countries stand for places, and are no part of a word."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.places.letters import readings
from extractor.segment import Passage

# What says that two or more partners stand before it: 川渝两地, 中日韩三国, 湘鄂边界.
_PARTNERS = re.compile(
    "(?:[两三四五六七八九几多双]|[2-9])(?:省|地|国|市|区|岸|方(?!面))|交界|边界|边境|毗邻|接壤|之间|双边|双方|关系|建交|首脑|元首"
    "|冲突|领导人|外长|总理|经贸|贸易|联合|友好|合作|交流|高层|谈判|会谈|战争|局势|两"
)
_NO_LETTERS = re.compile("(?:双)?(?:语|文(?![化旅])|版|籍|式|系(?!统)|餐|药|医|甲|超|乙|剧|菜|裔|洲|元|币|股|混血|字)")  # 中英双语, 英超


def letters_joined(match: Match, passage: Passage) -> bool:
    """A run of one-character names that are all provinces or all countries, cut off by words or before 两地, 三国."""
    run = match.text.replace("、", "")
    lexicons = match.rule.book.lexicons
    if "华" in run or not readings(match.rule.book, run):
        return False
    clean, start, end = match.clean, match.start, match.end
    if _PARTNERS.match(clean, end):
        return _begins_apart(match, passage)
    if start not in passage.edges or end not in passage.edges or run in lexicons["letters_word"]:
        return False
    if len(run) == 2 and len(match.text) == 2 and run in match.rule.book.gazetteer.by_name and not _region(match):
        return False
    plain = lexicons["plain_letter"]
    if all(letter in plain for letter in run) or _NO_LETTERS.match(clean, end):
        return False
    index = passage.word_at(start)
    word, tag = passage.words[index], passage.tags[index]
    if len(word) == 2 == len(run) and tag[0] in "vad" and passage.knows(word):
        return False
    return _begins_apart(match, passage)


def _region(match: Match) -> bool:
    return all(one.level == "region" for one in match.rule.book.gazetteer.by_name[match.text])


def _begins_apart(match: Match, passage: Passage) -> bool:
    """The run is not the end of a word, a date (3日美) or a person's name (刘冀鲁)."""
    start = match.start
    if not start:
        return True
    before = match.clean[start - 1]
    if before.isdigit() and before.isascii():
        return False
    if start not in passage.edges:
        index = passage.word_at(start)
        return not passage.knows(passage.words[index])
    index = passage.word_at(start - 1)
    return not (passage.tags[index].startswith("nr") and before in match.rule.book.lexicons["surname"])


_ON_THE_WAY = frozenset("赴访旅驻援留")  # these lead to a place whatever stands behind them


def letter_reached(match: Match, passage: Passage) -> bool:
    """A one-character name behind a verb or preposition that leads there: 赴沪, 在黔, 援疆."""
    start, end = match.start, match.end
    lexicons = match.rule.book.lexicons
    verb = match.clean[start - 1]
    if match.text in lexicons["plain_letter"] and verb not in _ON_THE_WAY:
        return False
    if end not in passage.edges or start - 1 not in passage.edges:
        return False
    if match.clean[start - 1 : end] in lexicons["letters_word"]:
        return False
    index = passage.word_at(start - 1)
    return not (passage.tags[index].startswith("nr") and start not in passage.edges)


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
    return match.start in passage.edges and match.end + 1 in passage.edges and match.clean[match.end + 1 : match.end + 2] != "业"
