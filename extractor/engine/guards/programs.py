"""Whether quoted words and titles name an undertaking."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.segment import Passage


def between_nominal(match: Match, passage: Passage) -> bool:
    """What stands between a quoted name and its type word belongs to one noun phrase: “甲”惠民服务项目."""
    start, end = match.groups.get("between") or match.groups.get("gap") or (0, 0)
    if start == end:
        return True
    for index in passage.words_between(start, end):
        if passage.tags[index] in ("p", "c", "d", "r", "ul", "uz", "ug", "f", "y", "m") or passage.words[index] in (
            "等",
            "是",
            "有",
            "为",
            "开展",
            "推进",
            "实施",
            "举办",
            "打造",
            "以及",
            "了",
        ):
            return False
        if passage.words[index] == "的" and passage.starts[index] > start:
            return False
    return True


def title_core(core: str) -> str:
    """A title without what stands in brackets behind it: (试行), (2024—2026年)."""
    return re.sub(r"(?:\([^()]*\)|的通知$)+$", "", core) or core


def strong_head(match: Match, passage: Passage) -> bool:
    """The type word that ends quoted words is one that names take, and something stands before it."""
    head = match["head"]
    return head not in match.rule.book.lexicons["weak_head"] or (
        len(match["core"]) >= 4 and head in ("活动", "项目", "模式", "机制", "平台", "节", "展", "周")
    )


def titles_document(match: Match, passage: Passage) -> bool:
    """The title ends as documents and undertakings do, not as newspapers, books and broadcasts do."""
    book = match.rule.book
    core = title_core(match["core"])
    if core.endswith(book.endings("publication_head", 1)):
        return False
    return core.endswith(book.endings("document_head", 1) + book.endings("program_head", 2))


def coined(match: Match, passage: Passage) -> bool:
    """The quoted words name something: no slogan, no quotation of speech, no general term such as “长效机制”."""
    core = match["core"]
    if core in match.rule.book.lexicons["slogan"] or any(mark in core for mark in "。!?") or ":" in core:
        return False
    if len(core) == 4 and match["between"].startswith("的") and passage.knows(core):
        return False  # “一呼百应”的动员机制: an idiom describes it
    if core.startswith(("要", "让", "把", "不", "没", "我们", "我要", "办好")) or (
        match.clean[max(match.start - 1, 0) : match.start] == ":" and len(core) > 12
    ):
        return False
    if (
        re.fullmatch("一.一.|.一.一|[两三四五六七八九十].{1,2}", core)
        and "head" in match
        and not match.clean.startswith(match["head"], match.groups["core"][1] + 1)
    ):
        return False
    return core not in match.rule.book.lexicons["general_word"] and not re.search(r"\d+[个名家]", core)
