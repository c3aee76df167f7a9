"""Named functions that fit a mention to the words around it, for what neither a regular expression nor a guard can say.

A shape takes a match and returns it with its mention moved, or None to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractor.engine.match import Match
from extractor.segment import Passage

Shape = Callable[[Match, Passage], Match | None]

_NOMINAL = frozenset("n nr nrt nrfg ns nt nz ng j l i b s an vn eng zg g".split())
_LONGEST_NAME = 6


def local_name(match: Match, passage: Passage) -> Match | None:
    """A name below the county from its suffix backwards: the words before 镇 社区 路 that belong to the name.

    The name reaches back to the place that contains it (北干街道|江南星城社区); else it is the word before the suffix,
    with the one before that where it is a single character. A name is refused when it is generic (试点社区) or when what
    stands there is no name at all (走进社区).
    """
    clean, suffix = match.clean, match.groups["suffix"][0]
    book = match.rule.book
    generic = book.lexicons["generic_place"]
    containing = _containing_place(match, passage, suffix)
    if containing is not None:
        start = containing
        if start == suffix or not _nominal(passage, start, suffix, strict=False):
            return None
    else:
        found = _own_words(match, passage, suffix)
        if found is None:
            return None
        start = found
    name = clean[start : match.end]
    if name in generic or clean[start:suffix] in book.lexicons["generic_modifier"]:
        return None
    if len(name) - len(match["suffix"]) < (1 if containing is not None and match["suffix"] in "村镇乡路街" else 2):
        return None
    if not _ends_well(match, passage):
        return None
    return replace(match, start=start, groups={**match.groups, "mention": (start, match.end), "name": (start, suffix)})


def _containing_place(match: Match, passage: Passage, suffix: int) -> int | None:
    """Where the place ends that the name follows directly: a listed division or the suffix of a local name before it."""
    clean = match.clean
    gazetteer = match.rule.book.gazetteer
    for start in range(suffix - 1, max(suffix - _LONGEST_NAME - 1, 0), -1):
        if clean[start - 1] in "县市区州旗盟省" and start in passage.edges:
            for length in range(3, 13):
                if clean[start - length : start] in gazetteer.official:
                    return start
        if clean[start - 1] in "乡镇村道区" and start in passage.edges and clean[start - 2 : start] in ("街道", "社区") + _TAILS:
            return start
        if clean[start - 1] in "乡镇" and start in passage.edges and clean[start - 2 : start] not in ("乡镇", "城镇", "集镇"):
            return start
    return None


_TAILS = ("行政村", "自然村")


def _own_words(match: Match, passage: Passage, suffix: int) -> int | None:
    """Where the name begins by its words; None where the words before the suffix are no name."""
    index = passage.word_at(suffix - 1)
    start = passage.starts[index]
    word = passage.words[index]
    if start + len(word) > suffix and suffix - start < 2:  # the suffix is inside a word: 乡村, 村庄
        return None
    if passage.tags[index] not in _NOMINAL and not (passage.tags[index] in ("v", "a", "x", "m", "nrt") and suffix - start >= 2 and _named_here(match, passage, start)):
        return None
    if suffix - start == 1:
        if index == 0 or passage.tags[index - 1] not in _NOMINAL or len(passage.words[index - 1]) > 2 or passage.words[index - 1][0] in ",。、;":
            return None
        start = passage.starts[index - 1]
    if suffix - start > _LONGEST_NAME:
        return None
    if passage.tags[index] in ("n", "vn", "l", "j", "b", "an") and not _named_here(match, passage, start):
        return None
    return start


def _named_here(match: Match, passage: Passage, start: int) -> bool:
    """Signs that common words are used as a name: after 在 到 位于 …, at the beginning of a clause, or said twice."""
    before = match.clean[max(start - 2, 0) : start]
    if not before or before[-1] in "在到往于赴自从沿经,。;:、(\n“与和及给为":
        return True
    return match.clean.count(match.clean[start : match.end]) > 1


def _nominal(passage: Passage, start: int, end: int, *, strict: bool) -> bool:
    for index in range(passage.word_at(start), passage.word_at(end - 1) + 1):
        if passage.tags[index] not in _NOMINAL and (strict or passage.tags[index] in ("p", "c", "u", "uj", "ul", "x", "r", "d", "ud", "uv", "uz")):
            return False
        if passage.words[index] in ("的", "等", "各", "了", "着", "及其", "辖区", "全部", "下辖", "所有", "多个", "试点"):
            return False
    return True


def _ends_well(match: Match, passage: Passage) -> bool:
    """The suffix is not the beginning of another word: 村民, 镇长, 路径 are; 镇政府, 村委会 name the place all the same."""
    if match.end in passage.edges:
        return True
    index = passage.word_at(match.end)
    rest = passage.words[index][match.end - passage.starts[index] :]
    heads = match.rule.book.lexicons["organisation_head"]
    return rest in heads or rest.startswith(("政府", "党委", "委会", "支部", "两委", "支书", "办事处", "党工委"))


_NAME_STOPS = frozenset("推广 启动 实施 开展 推进 打造 探索 创新 首创 形成 建立 完善 举办 组织 参加 获 获得 荣获 出台 推行 落实 深化 设立 成立 发起 入选 推出 运用 通过 采用 构建 健全 依托 结合 围绕 争取 申报 承接 支持 引进 申请 参与 主办 承办 联合 积极 认领 完成 一批 首届 系列".split())
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
        if word in _NAME_STOPS or tag[0] in "pcurwd" or (tag == "x" and not word.isalnum()) or word in ("的", "年度", "、"):
            break
        if tag in ("t", "f", "y", "q") or (tag == "m" and not _number_code(word)):
            break
        if tag == "v" and index + 1 < len(passage.words) and passage.starts[index] + len(word) == head and len(word) < 2:
            break
        if tag in ("nz", "nt") or (tag == "ns" and start < head) or (tag == "m" and _number_code(word) and passage.starts[index] + len(word) == head) or word.isascii():
            proper = True
        start = passage.starts[index]
        index -= 1
    core = clean[start:head]
    if not proper or len(core) < 2 or len(clean[start : match.end]) < 4:
        return None
    return replace(match, start=start, groups={**match.groups, "mention": (start, match.end), "core": (start, head)})


def _number_code(word: str) -> bool:
    """双百, 三区, 千万: digits that name, with something to number behind them; a plain numeral does not."""
    return word[0] in "双百千万" and len(word) >= 2


SHAPES: dict[str, Shape] = {"coined_name": coined_name, "local_name": local_name}
