"""Whether a place stands inside the name of an organisation or a publication: 石城县|民政局, 《湖南|日报》."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from extractor.engine.book import Rulebook
from extractor.engine.match import Match
from extractor.segment import Passage

_REACH = 18  # characters between a place and the head of the body whose name it opens
_TITLE_REACH = 40  # characters of a title in 《》 that are looked through
_LONGEST_HEAD = 8
_STOPS = frozenset("xwpudrytq")  # first letters of tags: no body's name goes on over such a word
_COUNTING = frozenset("一二两三四五六七八九十百多各每某几数该本此全")
_COUNTED = frozenset("地州县市省区国镇乡村家处个座所支批条名位")
_SIDES = ("部", "边", "面", "侧", "郊")
_SPOTS = frozenset("处部站")  # heads of bodies, and words for a spot
_OFFICES = frozenset("局委厅署部办")
_FIRM_HEADS = frozenset("局厅委署队社厂")
_NO_MORE = frozenset(["", *",。、;:!?\n的等)”是在有"])
_AND = frozenset("和与暨")


def opens_a_name(end: int, passage: Passage, match: Match) -> bool:
    """Whether a place that ends at `end` opens or stands inside the name of an organisation or a publication.

    The words behind the place are followed up to one that heads such a name. A word of grammar, a number that counts
    (河东区一家工厂: some factory there), a time or a verb that no body is named after end the search.
    """
    clean = passage.clean
    first = max(end - _TITLE_REACH, 0)
    opened = clean.rfind("《", first, end)
    if opened >= 0 and clean.find("》", opened, end) < 0:
        return "\n" not in clean[opened:end]
    if clean[end : end + 1] in _NO_MORE:
        return False  # the common case, without a look at words
    lexicons = match.rule.book.lexicons
    heads, words, general = lexicons["organisation_head"], lexicons["body_word"], lexicons["no_body"]
    for length in _head_lengths(match.rule.book).get(clean[end], ()):
        last = end + length
        if last <= len(clean) and clean[end:last] in heads and last in passage.edges:
            return True  # the segmenter cuts such names at random: 新北|地检署
    index = passage.word_at(end) if end < len(clean) else len(passage.words)
    while index < len(passage.words):
        first, word, tag = passage.starts[index], passage.words[index], passage.tags[index]
        last = first + len(word)
        if last - end > _REACH:
            return False
        if word[0] == "(":
            closing = clean.find(")", first, first + 10)
            if closing < 0:
                return False
            index = passage.word_at(closing) + 1
            continue
        rest = clean[end:last] if first < end else word
        known = passage.knows(word)
        acts = known and rest not in words and (tag[0] in _STOPS or (tag[0] == "v" and tag != "vn"))
        if rest in general:
            return False
        if rest in _SPOTS and first > end and passage.tags[index - 1][0] not in "nvjx":
            return False  # 积雪深处: a spot
        if rest in heads or (not acts and _ends_with_head(rest, heads, known=known)):
            return True
        if not acts and any(clean[last - size : last] in heads for size in range(2, min(4, last - end) + 1)):
            return True  # 劳动|省
        if not known and len(word) == 2 and word[0] in _OFFICES and first > end:
            return True  # 卫生健康|局以: the head with the first character of what follows
        if rest in _AND and first > end:
            return _fields_joined(index, passage)
        if acts or tag[0] == "c" or not word[0].isalnum() or _counts(rest, tag):
            return False
        if tag == "f" and rest.endswith(_SIDES):
            return False
        index += 1
    return False


@lru_cache(maxsize=4)
def _head_lengths(book: Rulebook) -> dict[str, tuple[int, ...]]:
    """How long the heads are that begin with a character, those of two characters and more."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for head in book.lexicons["organisation_head"]:
        if 1 < len(head) <= _LONGEST_HEAD:
            lengths[head[0]].add(len(head))
    return {first: tuple(found) for first, found in lengths.items()}


def _ends_with_head(rest: str, heads: Mapping[str, Any], *, known: bool) -> bool:
    """Whether a head ends the word; one of a single character only in 水文局 and in a word that no dictionary has: 排队 holds no 队."""
    for title in ("书记", "主任", "委员"):
        if rest.removesuffix(title) in heads and rest != title:
            return True  # 县委书记
    single = not known or (len(rest) > 2 and rest[-1] in _FIRM_HEADS)
    return any(rest[i:] in heads for i in range(1, len(rest) - (not single)))


def _counts(word: str, tag: str) -> bool:
    """一家, 两地, 三州, 75: a number in front of bodies; an ordinal (第一中学) is part of a name."""
    if word[0] == "第" or word[-1] in "中小":
        return False
    if tag[0] == "m":
        return True
    return word[0] in _COUNTING and word[-1] in _COUNTED


def _fields_joined(index: int, passage: Passage) -> bool:
    """Whether 和 joins two fields of one office: 林业|和|草原|局, 住房和城乡建设局."""
    for follower in range(index + 1, min(index + 4, len(passage.words))):
        word, tag = passage.words[follower], passage.tags[follower]
        if word in _OFFICES or (len(word) > 1 and word[-1] in _OFFICES and word[-2:] not in ("全部", "内部", "外部")):
            return tag[0] != "v" and passage.tags[index - 1][0] in "nv"
        if tag[0] not in "nv":
            return False
    return False
