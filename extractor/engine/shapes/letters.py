"""Runs of one-character names of provinces and countries: 苏浙沪, 中美, 粤、港、澳."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.engine.place_letters import readings
from extractor.segment import Passage

# What says that two or more partners stand before it: 川渝两地, 中日韩三国, 湘鄂边界.
_LONGEST = 70  # characters of a list of all provinces with commas; a longer run lists none
_PARTNERS = re.compile(
    "(?:[两三四五六七八九几多双]|[2-9])(?:省|地|国|市|区|岸|方(?!面))|交界|边界|边境|毗邻|接壤|之间|双边|双方|关系|建交|首脑|元首"
    "|冲突|领导人|外长|总理|经贸|贸易|联合|友好|合作|交流|高层|谈判|会谈|战争|局势|两"
)
_NO_LETTERS = re.compile(
    "(?:双)?(?:语|文(?![化旅])|版|籍|式|系(?!统)|餐|药|医|甲|超|乙|剧|菜|裔|洲|元|币|股|混血|字|高铁|铁路|高速|公路|城际|线|镇|村|路|河|江|山|湖|桥|道|海)"
)  # 中英双语, 英超


def letter_run(match: Match, passage: Passage) -> Match | None:
    """A run of one-character names that are all provinces or all countries, cut off by words or before 两地, 三国.

    What the run holds of the word behind it is left to that word: 闽台|青年.
    """
    clean, start, end = match.clean, match.start, match.end
    book = match.rule.book
    fixed = book.lexicons["joined_region"]
    if end - start > _LONGEST:
        return None
    while not (end in passage.edges or _PARTNERS.match(clean, end)):
        end -= 1
        if end - start < 2:
            return None
    text = clean[start:end]
    run = text.replace("、", "")
    if len(run) < 2 or text[-1] == "、" or "华" in run or not readings(book, run):
        return None
    if any(region in text for region in fixed) or not _begins_apart(match, passage):
        return None
    if not _PARTNERS.match(clean, end) and not _stands_alone(match, text, end, passage):
        return None
    return Match(match.rule, clean, start, end, {"mention": (start, end), "letters": (start, end)}, rivals=match.rivals)


def _stands_alone(match: Match, text: str, end: int, passage: Passage) -> bool:
    """The run needs no 两地 behind it: one letter at least is no common word, and it makes up no word, line or language."""
    lexicons = match.rule.book.lexicons
    run = text.replace("、", "")
    if match.start not in passage.edges or run in lexicons["letters_word"] or _NO_LETTERS.match(match.clean, end):
        return False
    if all(letter in lexicons["plain_letter"] for letter in run):
        return False
    listed = match.rule.book.gazetteer.by_name.get(text, ())
    if any(one.level != "region" for one in listed):
        return False  # 英德 is a city
    word, tag = passage.words[passage.word_at(match.start)], passage.tags[passage.word_at(match.start)]
    return not (len(word) == 2 == len(run) and tag[0] in "vad" and passage.knows(word))


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
        return not passage.knows(passage.words[index]) and not passage.tags[index].startswith("nr")
    index = passage.word_at(start - 1)
    named = passage.words[index] == before and passage.tags[index] not in ("p", "v")
    return not (named and before in match.rule.book.lexicons["surname"])
