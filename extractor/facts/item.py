"""What a figure is about, read from word tags and clause structure: the noun phrase behind the number or before it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import regex

from extractor.engine.match import Match
from extractor.facts.base import ComparedWith
from extractor.segment import Passage

Lexicons = Mapping[str, Mapping[str, Any]]

_STOP = frozenset(",。;:!?、…\n()“”《》|%·—<>")
_COMPARES = frozenset(("比", "较", "按年", "按月", "与", "相比"))
_FROM = frozenset(("从", "由", "自"))
_CLOSING = {")": "(", "”": "“", "》": "《"}
_LONGEST = 20  # characters of an item
_RATE_REACHES = "率达"  # a word of the segmenter's dictionary that cuts 持证率|达 in the wrong place
_NEAR = 4  # adverbs and numerals between a verb and its figure
_FARTHEST = 40  # words between a figure and what it is about


def item_of(match: Match, passage: Passage) -> str | None:
    """The noun phrase that the figure counts or measures, simplified; None where the sentence leaves it unsaid.

    Behind the figure when a noun phrase opens there (19 家社会工作服务机构, 1/3的受试者), else before it, across verbs
    and comparisons (持证社工达33人, 增速较上年提高2个百分点); with no noun on either side what happened (11人遇难).
    """
    start = match.groups["modifier"][0] if "modifier" in match else match.start
    last = passage.word_at(start - 1) if start else -1
    book = match.rule.book.lexicons
    if match.type == "ratio" and match.clean[match.end : match.end + 1] != "的":
        return _change(passage, last) or _before(passage, last, book) or _behind(match, passage, book) or None
    if match["unit"] in ("人", "名", "位") and (event := _event(passage, match.end)):
        return event
    return _behind(match, passage, book) or _before(passage, last, book) or _verb(passage, last, book) or None


def _is_noun(tag: str) -> bool:
    return tag[:1] in ("n", "j", "l", "s") or tag in ("vn", "an", "eng", "i")


def _behind(match: Match, passage: Passage, book: Lexicons) -> str:
    """The noun phrase that opens right behind the figure and its bounding word, empty where none does."""
    end = match.groups["after"][1] if "after" in match else match.end
    clean, words, tags, starts = passage.clean, passage.words, passage.tags, passage.starts
    index = passage.word_at(end) if end < len(clean) else len(words)
    start = last = position = end
    limit = min(end + _LONGEST, len(clean))
    seen = verb = False
    while index < len(words) and position < limit:
        word, tag = words[index], tags[index]
        piece = word[position - starts[index] :]  # the segmenter may have glued the unit to its noun: 名援疆
        if piece[0] in _STOP:
            closing = _closing(clean, position)
            if closing < 0 or (piece[0] == "(" and not seen) or (piece[0] != "(" and seen):
                break
            last = position = closing + 1
            index = passage.word_at(position) if position < len(clean) else len(words)
            seen = True
            continue
        if piece in ("的", "之"):
            if position == end or verb:  # 符合条件的|考生: the noun behind a relative clause
                start, verb, seen = position + len(piece), False, False
        elif _is_noun(tag) or position > starts[index] or _person(word) or word in book["verbal_noun"]:
            seen = True
            last = position + len(piece)
        elif tag == "c" and seen and piece in ("和", "与", "及", "或"):
            if index + 1 >= len(words) or not (_is_noun(tags[index + 1]) or tags[index + 1] in ("b", "a")):
                break
        elif position == end and tag == "m" and index + 1 < len(words) and words[index + 1] in ("岁", "周岁"):
            position += len(piece) + len(words[index + 1])  # 一名27岁本地男子
            start = end = position
            index += 2
            continue
        elif tag not in ("a", "b", "z") and (seen or tag not in ("ad", "f", "v", "vd", "r", "q", "x")):
            break
        verb = verb or tag == "v"
        position += len(piece)
        index += 1
    return clean[start:last] if seen else ""


def _person(word: str) -> bool:
    """Words for people that the tagger takes for verbs by their first character: 考生, 参展者."""
    return len(word) > 1 and word[-1] in "者员生"


def _closing(clean: str, start: int) -> int:
    """Where the bracket or quotation that opens at `start` closes, -1 where it does not soon."""
    mark = {"“": "”", "《": "》", "(": ")"}.get(clean[start])
    return clean.find(mark, start, start + 24) if mark else -1


def _before(passage: Passage, last: int, book: Lexicons, *, further: bool = True) -> str:
    """The last noun phrase up to the word `last`, across verbs, comparisons and the figure it grew from.

    Where the clause holds none, the phrase of the figure before it: 营业额7012亿元,年减12.6%.
    """
    words, tags, starts, clean = passage.words, passage.tags, passage.starts, passage.clean
    if last >= 0 and tags[last] == "b" and (last == 0 or words[last - 1] in ("其中", ",", "、", "。", ";")):
        return words[last]  # 其中中级3人
    index = _over_comparison(passage, last)
    if (
        index > 0
        and tags[index][0] == "v"
        and tags[index - 1][0] == "v"
        and len(words[index]) > 1
        and words[index] != _RATE_REACHES
        and not _linking(words[index], book)
    ):
        return words[index]  # 受理|申请: of two verbs the second is what is counted
    farthest = max(index - _FARTHEST, -1)
    while index > farthest and words[index][0] not in _STOP:
        if words[index] == _RATE_REACHES:
            break
        if _nominal(passage, index, book) and words[index] not in book["empty_noun"]:
            break
        index -= 1
    if index >= 0 and words[index] in _CLOSING:
        opening = clean.rfind(_CLOSING[words[index]], max(starts[index] - 24, 0), starts[index])
        if words[index] != ")":
            return clean[opening + 1 : starts[index]] if opening >= 0 else ""
        index = passage.word_at(opening - 1) if opening > 0 else -1
    if index <= farthest or words[index][0] in _STOP:
        return _earlier(passage, index, book) if further and index > 0 and words[index][0] in ",、;" else ""
    end = first = starts[index] + len(words[index])
    if words[index] == _RATE_REACHES and index:
        end, first = end - 1, starts[index - 1]
        index -= 2
    while index >= 0 and end - starts[index] <= _LONGEST and words[index][0] not in _STOP:
        if _nominal(passage, index, book) or tags[index] in ("a", "b"):
            first = starts[index]
        elif words[index] != "的" or first == end:
            break
        index -= 1
    return clean[first:end]


def _earlier(passage: Passage, index: int, book: Lexicons) -> str:
    """The item of the figure that stands in the clause before the mark at `index`."""
    for earlier in range(index - 1, max(index - _FARTHEST, 0), -1):
        if passage.words[earlier][0] in "。;\n,":
            break
        if passage.tags[earlier] == "m":
            return _before(passage, earlier - 1, book, further=False)
    return ""


def _nominal(passage: Passage, index: int, book: Lexicons) -> bool:
    word = passage.words[index]
    return (_is_noun(passage.tags[index]) or word in book["verbal_noun"] or _person(word)) and not _linking(word, book)


def _linking(word: str, book: Lexicons) -> bool:
    return word in book["change_word"] or word in book["linking_word"]


def _over_comparison(passage: Passage, index: int) -> int:
    """The word before 比上年同期 or 从12%, when the words up to `index` are such a comparison and a verb of change."""
    words, reach = passage.words, max(index - 9, -1)
    for i in range(index, reach, -1):
        if words[i][0] in ",。;\n":
            break
        if (
            words[i] in _COMPARES
            or words[i] in _FROM
            or words[i][0] == "占"
            or (words[i] in ("是", "为") and "的" in words[i : index + 1])
        ):
            return i - 1
    return index


def _change(passage: Passage, last: int) -> str:
    """同比增长 where nothing is named that grew: the change itself."""
    words = passage.words
    changed = last >= 1 and words[last - 1] in ("同比", "环比") and passage.tags[last][0] == "v"
    if changed and (last < 2 or words[last - 2][0] in _STOP):
        return words[last - 1] + words[last]
    return ""


def _event(passage: Passage, end: int) -> str:
    """What happened to the people counted, where the clause ends with it: 11人遇难, 6人获救."""
    index = passage.word_at(end) if end < len(passage.clean) else len(passage.words)
    following = passage.words[index + 1] if index + 1 < len(passage.words) else "。"
    if (
        index < len(passage.words)
        and passage.tags[index] == "v"
        and passage.starts[index] == end
        and following[0] in _STOP
    ):
        return passage.words[index]
    return ""


def _verb(passage: Passage, last: int, book: Lexicons) -> str:
    """The verb before the figure, where no noun is near: 被困15人."""
    lowest = max(last - _NEAR, 0)
    while last > lowest and passage.tags[last] in ("d", "ul", "m"):
        last -= 1
    word = passage.words[last] if last >= 0 else ""
    return word if len(word) > 1 and passage.tags[last][0] == "v" and not _linking(word, book) else ""


_CLAUSE = regex.compile(r"[,。;!?\n](?!\d)")
_PER_WORDS = {"人均": "人", "户均": "户", "亩均": "亩", "月薪": "月", "月租": "月", "月工资": "月", "月收入": "月", "月均": "月", "年薪": "年", "年收入": "年", "年均": "年", "日均": "日", "时薪": "小时", "呎价": "平方呎"}  # fmt: skip


def clause_before(match: Match, passage: Passage, reach: int = 30) -> str:
    """The text of the match's clause before it, at most `reach` characters."""
    before = passage.clean[max(match.start - reach, 0) : match.start]
    return str(_CLAUSE.split(before)[-1])


def per_of(match: Match, passage: Passage) -> str | None:
    """What a sum is per, joined with a dot: 每人每月300元 → 人·月; 一盒卖8元 → 盒."""
    clause = clause_before(match, passage)
    lexicons = match.rule.book.lexicons
    every, one, behind = _per_patterns(
        tuple(
            dict.fromkeys(
                (
                    *lexicons["set_unit"],
                    *lexicons["classifier"],
                    *lexicons["measure"],
                    "孩",
                    "生",
                    "晚",
                    "航次",
                    "学年",
                    "公升",
                    "股",
                )
            )
        )
    )
    found = [hit["per"].removeprefix("个") for hit in every.finditer(clause)]
    found += [
        meaning for word, meaning in _PER_WORDS.items() if word in clause or (word == "年收入" and "均年" in clause)
    ]
    if not found and (sold := one.search(clause) or behind.match(passage.clean, match.end)):
        found = [sold["per"]]
    return "·".join(dict.fromkeys(found)) or None


@lru_cache(maxsize=2)
def _per_patterns(units: tuple[str, ...]) -> tuple[Any, Any, Any]:
    every = regex.compile(r"(?:每|单(?=[户户航次]))一?(?P<per>\L<units>)", units=units)
    one = regex.compile(
        r"一(?P<per>\L<units>)[\p{Han}\d()]{0,12}?(?:卖|售价|定价|收费|价格|要价|降到|涨到|从|由)", units=units
    )
    behind = regex.compile(r"一(?P<per>\L<units>)(?=[,。;!?、\n)”]|的|$)", units=units)  # 三块五一斤, 80元一张的票
    return every, one, behind


_BASE = regex.compile(
    r"占(?:到|了|据)?(?P<base>[\p{Han}()、\d]{1,20}?)(?:的(?:比例|比重|份额)?|比例|比重)?(?:达到?|为|约|近|超过?|逾|不足|的)*$"
)


def base_of(match: Match, passage: Passage) -> str | None:
    """The whole that a share is of: 占总人数的72.8% → 总人数."""
    start = match.groups["modifier"][0] if "modifier" in match else match.start
    found = _BASE.search(str(_CLAUSE.split(passage.clean[max(start - 30, 0) : start])[-1]))
    return found["base"] if found else None


def compared_with(match: Match, passage: Passage) -> ComparedWith | None:
    """What 同比, 环比, 比上年 in the figure's clause compare with."""
    meanings = match.rule.book.lexicons["compared_with"]
    found = _comparison(tuple(meanings)).findall(clause_before(match, passage))
    return meanings[found[-1]] if found else None


@lru_cache(maxsize=2)
def _comparison(words: tuple[str, ...]) -> Any:
    return regex.compile(r"\L<words>", words=words)
