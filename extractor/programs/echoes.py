"""Further mentions of undertakings that the article has named: “三色账本” after “三色账本”邻里互助服务模式, in the title, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from ahocorasick_rs import AhoCorasick

from extractor.article import Span
from extractor.engine.book import Rulebook
from extractor.places import opens_a_name
from extractor.programs.undertaking import Undertaking, bare, category_of, head_of, overlapped
from extractor.segment import Passage

_PAIRS = {"“": "”", "‘": "’", "「": "」", "《": "》", "〈": "〉"}
_LONGEST_TITLE = 60  # characters
_LEAST_CORE, _LEAST_NAME = 3, 4  # characters of what is a mention without marks
_TEAM = re.compile(
    r"[一-鿿]{0,8}?(?:队|团队|协会|基金会|公司|合作社|联盟|俱乐部|工作室|事务所|剧场|乐团|商行|专卖店|小分队|[师讲友员务术唱表]团|园|馆|基地|小屋)"
)
_PEOPLE = re.compile(r"们|[者员]|志愿者|队员|成员|[\d一二两三四五六七八九十百]+[多余]?[名位人]")
_COUNTED = frozenset("名位群")
_NAMES_OF_BODIES = ("有限公司", "公司", "协会", "基金会", "联合会", "研究会", "促进会", "组委会")


class Form(IntEnum):
    """How a form of a name may stand for its undertaking."""

    MARKED = 1  # in quotation or title marks only
    PHRASE = 2  # without marks too, where it stands by itself and no words compound with it
    PLAIN = 3  # without marks too, where words begin and end
    NAMED = 4  # the same, and it ends with a type word


def echoes(found: Sequence[Undertaking], passage: Passage) -> list[Undertaking]:
    """The mentions by one of the names `found`, where none of these stands; one scan for all names."""
    forms = _forms(found, passage)
    if not forms:
        return []
    automaton = AhoCorasick(list(forms))
    made: dict[Span, Undertaking] = {}
    sources = list(forms.values())
    hits = sorted(
        automaton.find_matches_as_indexes(passage.clean, overlapping=True), key=lambda hit: (hit[1], hit[1] - hit[2])
    )
    done = 0
    for number, start, end in hits:
        form, source = sources[number]
        if start < done or overlapped(start, end, found):
            continue
        span = _span(start, end, form, source, passage)
        if span is None or span[0] < done or overlapped(*span, found):
            continue
        made[span] = source.again(*span, category=_category(span, source, passage))
        done = span[1]
    return list(made.values())


def _forms(found: Sequence[Undertaking], passage: Passage) -> dict[str, tuple[Form, Undertaking]]:
    """The forms of all names, each with how it may stand and the first mention that has it; a name's own form goes first."""
    forms: dict[str, tuple[Form, Undertaking]] = {}
    distinct: dict[tuple[str, str, str], Undertaking] = {}
    for one in found:
        distinct.setdefault((one.match.text, one.name, one.short_name), one)
    for one in sorted(distinct.values(), key=lambda one: len(one.name) <= len(bare(one.core))):
        for text, form in _own_forms(one, passage):
            if len(text) > 1 and (text not in forms or forms[text][0] < form):
                forms[text] = form, forms[text][1] if text in forms else one
    return forms


def _own_forms(one: Undertaking, passage: Passage) -> Iterator[tuple[str, Form]]:
    core, head, written = one.core, one.head, bare(one.match.text)
    if one.titled:
        if one.title not in one.book.words_of("document_head"):
            yield core, Form.MARKED
            if len(one.title) >= _LEAST_NAME:
                yield one.title, Form.NAMED
    else:
        yield written, Form.NAMED if head and len(written) >= _LEAST_NAME else Form.MARKED
        if core:
            yield core, _core_form(core, one, passage)
            if head:
                yield core + head, Form.NAMED
                for size in range(2, len(head)):
                    if category_of(head[-size:], one.book):
                        yield core + head[-size:], Form.NAMED
            if core == written and head and len(core) - len(head) > 1:
                stem = core.removesuffix(head)
                form = _core_form(stem, one, passage)
                yield stem, form if form is Form.PLAIN else Form.MARKED
    if short := one.short_name:
        if short not in one.book.words_of("document_head"):
            yield short, Form.NAMED if _coined(short, one.book, passage) or len(short) >= _LEAST_NAME else Form.MARKED
        else:
            yield short, Form.MARKED


def _core_form(core: str, one: Undertaking, passage: Passage) -> Form:
    """How a core may stand: one of ordinary words (绿色出行) only by itself without its marks, an ordinary word in marks only."""
    if not _coined(core, one.book, passage):
        return Form.MARKED
    return Form.PHRASE if _composed(core, one, passage) else Form.PLAIN


def _coined(core: str, book: Rulebook, passage: Passage) -> bool:
    """Whether a core without its marks can be nothing but the name: no ordinary word, place or general term."""
    if len(core) < _LEAST_CORE or passage.knows(core) or not core.isalnum() or core.isdigit():
        return False
    lexicons, gazetteer = book.lexicons, book.gazetteer
    if core in lexicons["general_word"] or core in lexicons["slogan"] or core in gazetteer.common_words:
        return False
    return core not in gazetteer.by_name


def _composed(stem: str, one: Undertaking, passage: Passage) -> bool:
    """Whether the stem is put together of ordinary words: 社会工作 of “社会工作项目” is no name."""
    start = one.match.clean.index(stem, one.start)
    words = [passage.words[index] for index in passage.words_between(start, start + len(stem))]
    return all(len(word) > 1 and passage.knows(word) for word in words)


def _span(start: int, end: int, form: Form, source: Undertaking, passage: Passage) -> Span | None:
    """The span of the mention at `start:end` with its marks and the type word behind it; None where it is none."""
    clean = passage.clean
    closing = _PAIRS.get(clean[start - 1 : start])
    marked = closing is not None and clean.startswith(closing, end)
    if marked:
        start, end = start - 1, end + 1
    elif not _stands(start, end, form, source.book, passage):
        return None
    opened = clean.rfind("《", max(start - _LONGEST_TITLE, 0), start + 1)
    if opened >= 0 and opened != start and clean.find("》", opened, start) < 0:
        return None  # inside the title of something else
    named = form is Form.NAMED
    if not named and (head := _head_behind(end, source.book, passage)):
        end += len(head)
        named = True
    if named:
        return None if clean.startswith(_NAMES_OF_BODIES, end) else (start, end)
    if _PEOPLE.match(clean, end) or clean[start - 1 : start] in _COUNTED:
        return None  # “红马甲”们, 二十名“红马甲”: people
    if _TEAM.match(clean, end, end + 12) or opens_a_name(end, passage, source.match):
        return None
    return start, end


def _head_behind(end: int, book: Rulebook, passage: Passage) -> str:
    """The longest type word right behind a core."""
    clean, heads = passage.clean, book.words_of("program_head")
    for last in range(min(end + 8, len(clean)), end, -1):
        if clean[end:last] in heads and (last - end > 1) and last in passage.edges:
            return clean[end:last]
    return ""


def _stands(start: int, end: int, form: Form, book: Rulebook, passage: Passage) -> bool:
    """Whether a form may stand without marks where it does: words begin and end there, and a phrase stands by itself."""
    if form is Form.MARKED or start not in passage.edges or end not in passage.edges:
        return False
    return form is not Form.PHRASE or _alone(start, end, book, passage)


def _alone(start: int, end: int, book: Rulebook, passage: Passage) -> bool:
    """Whether a phrase between `start` and `end` has a type word behind it, or no noun, verb or adjective before it."""
    if _head_behind(end, book, passage):
        return True
    before = passage.tags[passage.word_at(start - 1)] if start else "x"
    behind = passage.tags[passage.word_at(end)] if end < len(passage.clean) else "x"
    return before[0] in "xpcu" and behind[0] in "vpdcux"


def _category(span: Span, source: Undertaking, passage: Passage) -> str:
    """That of the mention's own type word, else that of its undertaking."""
    text = bare(passage.clean[slice(*span)])
    if source.titled or text == source.core or text == source.short_name:
        return source.category
    return category_of(head_of(text, source.book), source.book) or source.category
