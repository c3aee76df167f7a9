"""Where the unmarked name of an undertaking begins, told backwards from its type word."""

from __future__ import annotations

from extractor.engine.match import Match
from extractor.segment import Passage

_LONGEST_PROGRAM = 18


def coined_name(match: Match, passage: Passage) -> Match | None:
    """An unmarked name from its type word backwards over the noun phrase before it.

    It must hold a place, a name the tagger takes for proper, or a number code (双百, 153X): a type word with general
    words before it (购买服务项目) names nothing.
    """
    head = match.groups["head"][0]
    clean = match.clean
    index = passage.word_at(head - 1)
    start, proper = head, False
    while index >= 0 and head - passage.starts[index] <= _LONGEST_PROGRAM:
        word, tag = passage.words[index], passage.tags[index]
        if word == "首届" and index > 0:
            index -= 1
            start = passage.starts[index + 1]
            continue
        if (
            word in match.rule.book.lexicons["before_name"]
            or tag[0] in "pcurwd"
            or (tag == "x" and not word.isalnum())
            or word in ("的", "年度", "、")
        ):
            break
        if tag in ("t", "f", "y", "q") or (tag == "m" and not _number_code(word)):
            break
        if (
            tag == "v"
            and index + 1 < len(passage.words)
            and passage.starts[index] + len(word) == head
            and len(word) < 2
        ):
            break
        named = any(d.level != "poi" for d in match.rule.book.gazetteer.by_name.get(word, ()))
        if (
            tag in ("nz", "nt")
            or (named and (start < head or match.meaning("head") == "event"))
            or (tag == "ns" and (start < head or match.meaning("head") == "event"))
            or (tag == "m" and _number_code(word) and passage.starts[index] + len(word) == head)
            or (word.isascii() and word.isalnum())
            or _aids(word, match)
        ):
            proper = True
        start = passage.starts[index]
        index -= 1
    core = clean[start:head]
    if not proper or len(core) < 2 or len(clean[start : match.end]) < 4:
        return None
    return match.fitted(start, core=(start, head))


def campaign_name(match: Match, passage: Passage) -> Match | None:
    """A campaign's name from its years backwards over nouns and verbs to the verb that begins it: 启动|桥梁体检三年行动."""
    head = match.groups["core"][1]
    years = head - 2
    start, index = years, passage.word_at(years - 1)
    while index >= 0 and years - passage.starts[index] <= 10:
        word, tag = passage.words[index], passage.tags[index]
        if (
            word in match.rule.book.lexicons["before_name"]
            or tag[0] in "pcurxdm"
            or word in ("用", "按照", "实施", "连续", "为期")
        ):
            break
        start = passage.starts[index]
        index -= 1
    if years - start < 2 or start < match.start or (start == years):
        return None
    return match.fitted(start, core=(start, head))


def _aids(word: str, match: Match) -> bool:
    """援疆, 援藏: help for a place named by its one-character abbreviation."""
    return len(word) == 2 and word[0] == "援" and word[1] in match.rule.book.gazetteer.abbreviations


def _number_code(word: str) -> bool:
    """双百, 三区, 千万: digits that name, with something to number behind them; a plain numeral does not."""
    return word[0] in "双百千万" and len(word) >= 2
