"""Short names that the text itself states: 《助餐服务管理办法》(以下简称《办法》), “甲乙丙”帮扶计划,下称“甲计划”."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractor.engine.book import Rulebook
from extractor.engine.match import Match
from extractor.programs.undertaking import (
    Undertaking,
    bare,
    category_of,
    ending_at,
    head_of,
    in_order,
    overlapped,
    with_more,
)
from extractor.segment import Passage

_FAR = 60  # characters between a title and the short name that is stated for it behind its verb
_LONGEST = 30  # characters of an unmarked name in front of its short name
_STATED = re.compile(
    r"(?P<lead>[(,]?)(?P<says>(?:以下|下文|下|后文|文中|业内|又|也|或)?简称(?:其)?|(?:以下|下文|下|后文|文中)(?:统)?称)(?:为|作)?[:]?"
    r"(?:“(?P<quoted>[^“”\n]{2,24})”|《(?P<titled>[^《》\n]{2,40})》|(?P<plain>[^\W_]{2,14})(?=[),;。]))"
)
_SAYS = re.compile("简称|下称|下统称|[文中]统?称")
_ALONE = re.compile(r"\((?:“(?P<quoted>[^“”\n]{2,12})”|(?P<plain>[^\W\d_]{3,12}))\)")
_NUMBERED = re.compile(r"\([^()\n]{2,24}号\)$")
_QUOTED_BEFORE = re.compile(r"“[^“”\n]{2,30}”[一-鿿]{2,16}$")
_GRAMMAR = frozenset("pcurydtfx")


def tell_short_names(found: list[Undertaking], passage: Passage) -> list[Undertaking]:
    """`found` with the short names that are stated for them, each stated one a mention by itself.

    A name without marks that nothing but its short name tells of is a mention, too: 青年安居租赁支持行动(简称青安行动).
    """
    clean = passage.clean
    more: list[Undertaking] = []
    for stated in _STATED.finditer(clean) if _SAYS.search(clean) else ():
        full = _full_name(stated, found, passage)
        if full is None and (full := _unmarked(stated, found, passage)) is not None:
            more.append(full)
        if full is not None:
            more += _tied(full, stated, found, passage)
    for stated in _ALONE.finditer(clean):
        full = ending_at(found, stated.start())
        if full is not None and not full.short_name and _shortens(bare(stated[0][1:-1]), full):
            more += _tied(full, stated, found, passage)
    return with_more(found, more)


def _shortens(short: str, full: Undertaking) -> bool:
    """Whether a word in brackets shortens the name before it: its characters in their order, and no more than half of them."""
    return (
        2 * len(short) <= len(full.name)
        and in_order(short, full.name)
        and short not in full.book.lexicons["general_word"]
    )


def _tied(full: Undertaking, stated: re.Match[str], found: list[Undertaking], passage: Passage) -> list[Undertaking]:
    """The mention by the short name that is `stated` for `full`, unless it is one of those `found`."""
    kind = str(stated.lastgroup)
    short = bare(stated[kind])
    full.short_name = short
    start, end = stated.span(kind)
    if kind != "plain":
        start, end = start - 1, end + 1
    there = overlapped(start, end, found)
    if there is None and kind == "plain" and passage.knows(short):
        return []  # 以下简称草案: a word like others
    if there is None:
        category = category_of(head_of(short, full.book), full.book) if kind != "titled" else ""
        return [full.again(start, end, category=category or full.category)]
    if there is not full and there.end == end:
        there.name, there.short_name, there.of = full.name, short, full
    return []


def _full_name(stated: re.Match[str], found: list[Undertaking], passage: Passage) -> Undertaking | None:
    """The mention whose short name is `stated`: right before it, or for 《…》 the last title of the sentence before it."""
    clean = passage.clean
    before = _NUMBERED.sub("", clean[max(stated.start() - 40, 0) : stated.start()])
    left = stated.start() - (min(stated.start(), 40) - len(before))
    if (full := ending_at(found, left)) is not None:
        return full
    place = bisect_right(found, left - 1, key=lambda one: one.start) - 1
    if place < 0 or left - found[place].end > _FAR or "。" in clean[found[place].end : left]:
        return None
    last = found[place]
    short = bare(stated[str(stated.lastgroup)])
    if stated["titled"]:
        head = head_of(short, last.book) or short
        return last if last.titled and last.title.endswith(head) else None
    return None


def _unmarked(stated: re.Match[str], found: list[Undertaking], passage: Passage) -> Undertaking | None:
    """The name that ends with a type word right before its stated short name, and that no match holds."""
    if not stated["lead"] or not found:
        return None
    book = found[0].book
    clean, end = passage.clean, stated.start()
    head = head_of(clean[max(end - 12, 0) : end], book)
    if not head or (head in book.words_of("document_head") and head not in book.words_of("program_head")):
        return None
    place = bisect_right(found, end - 1, key=lambda one: one.start) - 1
    floor = found[place].end if place >= 0 else 0
    quoted = _QUOTED_BEFORE.search(clean, max(floor, end - 2 * _LONGEST), end)
    start = quoted.start() if quoted else _begins(end - len(head), floor, passage, book)
    if end - len(head) - start < 2:
        return None
    rule = next((rule for rule in book.rules if rule.id == "program.short_form"), found[0].match.rule)
    match = Match(rule, clean, start, end, {"mention": (start, end)})
    return Undertaking(match, bare(clean[start:end]), category_of(head, book))


def _begins(head: int, floor: int, passage: Passage, book: Rulebook) -> int:
    """Where a name begins whose type word begins at `head`: behind the verb, mark or word of grammar before it."""
    start, index = head, passage.word_at(head - 1)
    while index >= 0 and passage.starts[index] >= floor and head - passage.starts[index] <= _LONGEST:
        word, tag = passage.words[index], passage.tags[index]
        verb = word in book.lexicons["before_name"] and passage.starts[index] + len(word) < head
        if verb or (word in ("的", "了", "为", "是", "建设") and start < head and _opens(index + 1, passage)):
            break
        inner = word in book.lexicons["body_word"] or (tag == "x" and word.isalnum())
        if tag[0] in _GRAMMAR and not inner:
            break  # 青年 is tagged as a time
        start = passage.starts[index]
        index -= 1
    return start


def _opens(index: int, passage: Passage) -> bool:
    """Whether a name may begin at a word: with a place or a proper name where 建设 is the verb before it."""
    return passage.words[index - 1] != "建设" or passage.tags[index] in ("ns", "nz", "nr", "nt")
