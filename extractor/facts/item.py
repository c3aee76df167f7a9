"""What a figure is about, read from word tags: the noun phrase behind the number or before it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

from extractor.engine.match import Match
from extractor.facts.base import ComparedWith
from extractor.segment import Passage

_STOP = frozenset(",。;:!?、…\n()“”《》|%")
_LINKS = frozenset("达 达到 多达 高达 为 是 有 共 共有 共计 总计 累计 合计 约 近 超 超过 逾 已 已达 已有 分别 分别为 只有 仅 仅有 占 了 增至 增加到 达成 至 到 减少 增加 则 均".split())
_LONGEST = 20  # characters of an item


def item_of(match: Match, passage: Passage) -> str | None:
    """The noun phrase that the figure counts or measures, simplified; None where the sentence leaves it unsaid.

    Behind the figure when a noun phrase opens there (19 家社会工作服务机构), else before it, across 达 共 为
    (持证社工达33人).
    """
    if match.type == "ratio":
        return _before(match, passage) or None
    return _behind(match, passage) or _before(match, passage) or None


def _is_noun(tag: str) -> bool:
    return tag[:1] in "nNjls" or tag in ("vn", "an", "eng", "i", "t") and tag != "t"


def _behind(match: Match, passage: Passage) -> str:
    end = match.groups["after"][1] if "after" in match else match.end
    index = passage.word_at(end) if end < len(passage.clean) else len(passage.words)
    # the segmenter may have glued the unit to the noun (名援疆): begin inside that word
    first = True
    start = end
    last = end
    seen_noun = False
    position = end
    limit = min(end + _LONGEST, len(passage.clean))
    while index < len(passage.words) and position < limit:
        offset = passage.starts[index]
        word, tag = passage.words[index], passage.tags[index]
        piece = word[position - offset :] if first and position > offset else word
        if piece[0] in _STOP or tag in ("w",):
            if piece[0] == "(" and seen_noun and (closing := passage.clean.find(")", position, position + 8)) > 0:
                index = passage.word_at(closing) + 1
                position = last = closing + 1
                continue
            if piece[0] in "“《" and not seen_noun and (closing := _closing(passage.clean, position)) > 0:
                index = passage.word_at(closing) + 1
                position = last = closing + 1
                seen_noun = True
                continue
            break
        if piece in ("的", "之"):
            if first:
                start = position + len(piece)
            position += len(piece)
            index += 1
            first = False
            continue
        if _is_noun(tag) or (first and position > offset):
            seen_noun = True
            last = position + len(piece)
        elif tag in ("a", "b", "ad", "z", "f", "q") or (tag in ("v", "d", "vd", "r") and not seen_noun and tag != "d"):
            if seen_noun and tag == "f":
                break
        elif tag == "c" and seen_noun and piece in ("和", "与", "及", "或"):
            if not _noun_follows(passage, index + 1):
                break
        else:
            break
        position += len(piece)
        index += 1
        first = False
    return passage.clean[start:last] if seen_noun else ""


def _closing(clean: str, start: int) -> int:
    return clean.find({"“": "”", "《": "》"}[clean[start]], start, start + 24)


def _noun_follows(passage: Passage, index: int) -> bool:
    return index < len(passage.words) and (_is_noun(passage.tags[index]) or passage.tags[index] in ("b", "a"))


def _before(match: Match, passage: Passage) -> str:
    start = match.groups["modifier"][0] if "modifier" in match else match.start
    index = passage.word_at(start - 1) if start else -1
    while index >= 0 and (passage.words[index] in _LINKS or passage.tags[index] in ("d", "ul", "uz", "m")):
        index -= 1
    if match.type == "ratio" and index >= 0 and passage.tags[index] in ("v", "vn") and passage.words[index][0] not in _STOP:
        grown = passage.words[index]
        index -= 1
        if index >= 0 and passage.words[index] in ("同比", "环比"):
            return passage.words[index] + grown
        while index >= 0 and passage.tags[index] in ("d", "p", "v"):
            index -= 1
    end = passage.starts[index] + len(passage.words[index]) if index >= 0 else 0
    first = end
    while index >= 0 and end - passage.starts[index] <= _LONGEST:
        word, tag = passage.words[index], passage.tags[index]
        if word == ")" and first == end and (opening := passage.clean.rfind("(", max(end - 10, 0), end)) >= 0:
            index = passage.word_at(opening) - 1
            first = opening
            continue
        if word[0] in _STOP:
            break
        if _is_noun(tag) or tag in ("a", "b"):
            first = passage.starts[index]
        elif word == "的" and first < end:
            pass
        else:
            break
        index -= 1
    return passage.clean[first:end]


_PER = regex.compile(r"每(?:一)?(?P<per>个?[\p{Han}]{1,3}?)(?=每|[\d一二三四五六七八九十百千万]|补|发|奖|支|上|下|给|可|收|需|的|约|近|超|平均|最)")
_PER_WORD = {"人均": "人", "户均": "户", "月薪": "月", "月均": "月", "年薪": "年", "年均": "年", "日均": "日", "亩均": "亩", "月工资": "月"}
_CLAUSE = regex.compile(r"[,。;!?\n](?!\d)")


def clause_before(match: Match, passage: Passage, reach: int = 30) -> str:
    """The text of the match's clause before it, at most `reach` characters."""
    before = passage.clean[max(match.start - reach, 0) : match.start]
    return str(_CLAUSE.split(before)[-1])


def per_of(match: Match, passage: Passage) -> str | None:
    """What a sum is per, joined with a dot: 每人每月300元 → 人·月."""
    clause = clause_before(match, passage) + match.text[:1]
    found = [hit["per"] for hit in _PER.finditer(clause)]
    found += [meaning for word, meaning in _PER_WORD.items() if word in clause]
    return "·".join(dict.fromkeys(found)) or None


_BASE = regex.compile(r"占(?:到|了|据)?(?:全[市县区省国])?(?P<base>[\p{Han}()、\d]{1,20}?)(?:的(?:比例|比重|份额)?|比例|比重)?(?:达到?|为|约|近|超过?|逾|不足|的)*$")


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


@lru_cache(maxsize=4)
def _comparison(words: tuple[str, ...]) -> Any:
    return regex.compile(r"\L<words>", words=words)
