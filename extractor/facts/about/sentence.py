"""Item, predicate, subject, base, place and date of the figures of one sentence, from its row of letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from extractor.clauses import AMONG, CHANGE, FIGURE, LIST, NOUN, PLACE, TIME, VERB, Row, clauses
from extractor.facts.base import Record
from extractor.segment import Passage

Lexicons = Mapping[str, Mapping[str, Any]]

_LONGEST: Final = 12  # code points of an item
_PEOPLE: Final = ("人", "名", "位")
_LOOSE: Final = "dkeyrmQxPcztFuGgo"  # letters between a noun and its figure that say nothing of the noun
# 比 or 从 with what it compares, up to the figure; 占 with the whole
_COMPARED = re.compile("[wf][nalrtmQFugdjyG#]*[vackdP]*$")
_SHARED = re.compile("z([nalrtmQFudjG]*?)u?[kd]*$")
_BEHIND = re.compile("(?:[al]|v(?=[nal]))*n(?:[an]*n)?")
_BEHIND_OF = re.compile("u(?:[alr]|v(?=n)|n)*n")
_EVENT = re.compile("d*(v)[dvn]?$")
_PASSIVE = re.compile("[^#]*?b[^v#]*v")
_PURPOSE = re.compile("d*v((?:[al]|v(?=n)|n)*n)")
_MEASURING = re.compile(
    "(?:率|量|额|数|值|价|费|入|资|产|润|度|积|龄|均|速|能|款|口|比|税|金|薪|租|本|重|长|高|幅|规模|水平|里程|距离|价格)$"
)


@dataclass(slots=True)
class _State:
    """What the clauses read so far leave to those that come."""

    subject: str = ""
    topic: str = ""  # the last noun phrase of the clause before, where it held no figure
    place: str | None = None
    date: str | None = None
    figures: list[int] = field(default_factory=list)  # the records of the figures read so far


class SentenceReader:
    """Reads the rows of one sentence; what it found of a record is kept by the record's index."""

    def __init__(self, passage: Passage, records: Sequence[Record], lexicons: Lexicons) -> None:
        self.clean = passage.clean
        self.records = records
        self.lexicons = lexicons
        self.found: dict[int, dict[str, Any]] = {}
        self._outer: Mapping[int, int] = {}  # the figures of the sentence itself, by token

    def read(self, row: Row) -> None:
        """Reads a row; that of a bracket after the sentence's own."""
        if row.behind < 0:
            self._outer = row.marks
            state = _State()
        else:  # 5亿美元(约合人民币36亿元): a bracket behind a figure that names nothing is about the same
            outer = self._outer.get(row.behind, -1)
            state = _State(figures=[outer] if outer in self.found else [])
        for first, last in clauses(row.letters):
            _Clause(self, row, first, last, state).read()

    def item_of(self, index: int) -> str:
        return str(self.found.get(index, {}).get("item") or "")


class _Clause:
    """One clause: tokens `first:last` of a row."""

    def __init__(self, reader: SentenceReader, row: Row, first: int, last: int, state: _State) -> None:
        self.reader = reader
        self.row = row
        self.letters = row.letters
        self.first = first
        self.last = last
        self.state = state

    def text(self, first: int, last: int) -> str:
        return self.reader.clean[self.row.starts[first] : self.row.ends[last - 1]] if first < last else ""

    def read(self) -> None:
        """Reads the figures of the clause in order, each with the places and dates before it."""
        letters, marks, records, state = self.letters, self.row.marks, self.reader.records, self.state
        listed = self._respectively()
        predicate = subject = ""
        place = date = None
        number = 0
        for token in range(self.first, self.last):
            index = marks.get(token)
            if index is None:
                continue
            letter = letters[token]
            if letter == TIME:
                if not (token > self.first and letters[token - 1] == "w"):  # 较2019年: what it is compared with
                    date = state.date = records[index].id
            elif letter != FIGURE:
                if letter == PLACE or place is None:
                    place = state.place = records[index].id
            else:
                at = self._predicate(token)
                if at is not None:
                    predicate = self._verb(at)
                    subject = self._subject(at) or (state.subject if at[0] == self._opening() else "")
                    state.subject = subject or state.subject
                elif not (token > self.first and self._continues(token)):
                    predicate = ""
                    subject = ""
                item = listed[number] if listed and number < len(listed) else self._item(token, index)
                number += 1
                fields: dict[str, Any] = {"item": item or None, "predicate": predicate or self._suffered(token) or None}
                shared = self._base(token)
                if shared is not None and hasattr(records[index], "base"):
                    fields["base"] = shared or None
                change = at is not None and letters[at[0]] == CHANGE
                fields["subject"] = (item if change and item and not subject else subject) or None
                fields["place"] = place or state.place
                fields["date"] = date or state.date
                self.reader.found[index] = fields
                state.figures.append(index)
        if not number:
            self._no_figure()

    def _no_figure(self) -> None:
        """A clause without a figure leaves its subject and its last noun phrase to those behind it."""
        letters, state = self.letters, self.state
        end = self.last
        while end > self.first and letters[end - 1] not in "nl":
            end -= 1
        if end > self.first and letters[end - 1] == NOUN:
            state.topic = self._short(*self._phrase(end - 1))
        verbs = [t for t in range(self.first, self.last) if letters[t] in "vc"]
        if verbs and (subject := self._subject((verbs[0], verbs[0] + 1))):
            state.subject = subject

    # --- the item --------------------------------------------------------------------------------------------------

    def _item(self, token: int, index: int) -> str:
        record = self.reader.records[index]
        if record.type == "count" and getattr(record, "item", None):
            return str(getattr(record, "item"))  # a noun counted without a classifier
        adjacent = token > self.first and self.letters[token - 1] == NOUN
        behind = self._behind(token)
        if behind is not None and not (adjacent and (record.type == "ratio" or self.letters[token + 1] in "uv")):
            return self._short(*behind, right=True)
        unit = getattr(record, "unit", "")
        if unit in _PEOPLE and not adjacent and (event := _EVENT.match(self.letters, token + 1, self.last)):
            return self.text(event.start(1), event.start(1) + 1)
        before = self._before(token)
        if before is not None:
            return self._short(*before)
        return self._elsewhere(token, record)

    def _behind(self, token: int) -> tuple[int, int] | None:
        """The noun phrase that opens right behind the figure; None where none does, or it belongs to the next figure."""
        letters, last = self.letters, self.last
        following = letters[token + 1] if token + 1 < last else ""
        found = (_BEHIND_OF if following == "u" else _BEHIND).match(letters, token + 1, last)
        if found is None:
            return None
        start, end = found.span()
        start += following == "u"
        rest = letters[end:last].lstrip("kdc")
        if rest.startswith(FIGURE) and letters[end - 1] == NOUN:
            return None
        if letters[start] == VERB:
            governed = any(letter in "vcP" for letter in letters[self.first : token])
            if not governed and not (end < last and letters[end] in "vcbdk"):
                return None  # 4名|从事|有机栽培: a predicate
        return start, end

    def _before(self, token: int) -> tuple[int, int] | None:
        """The noun phrase that the figure follows, across linking words, changes and comparisons."""
        letters, first = self.letters, self.first
        at = token - 1
        found = _COMPARED.search(letters, first, token) or _SHARED.search(letters, first, token)
        if found is not None:
            at = found.start() - 1
        verb = -1
        while at >= first:
            letter = letters[at]
            if letter in "na":
                start, end = self._phrase(at)
                if verb >= 0 and not self._empty_verb(verb):
                    return None
                if self.text(start, end) in self.reader.lexicons["empty_noun"] and (further := self._further(start)):
                    return further
                return start, end
            if letter == VERB:
                verb = at
            elif letter not in _LOOSE:
                return None
            at -= 1
        return None

    def _further(self, start: int) -> tuple[int, int] | None:
        """The noun phrase before one that says nothing: 企业|总数."""
        at = start - 1
        while at >= self.first and self.letters[at] in "ur":
            at -= 1
        return self._phrase(at) if at >= self.first and self.letters[at] == NOUN else None

    def _empty_verb(self, verb: int) -> bool:
        """A verb of which the noun before it is what is measured: 预算收入|完成|82亿元."""
        return self.text(verb, verb + 1) in self.reader.lexicons["empty_verb"]

    def _phrase(self, at: int) -> tuple[int, int]:
        """The tokens of the noun phrase that ends with token `at`."""
        letters, first = self.letters, self.first
        start = at
        while start > first:
            letter = letters[start - 1]
            if letter in "nalrG":
                start -= 1
            elif letter == "u" and start - 2 >= first and letters[start - 2] in "navcF":
                start -= 1
            elif letter in "vc" and letters[start] in "nau" and self._verb_before(start - 1):
                start -= 1
            else:
                break
        while start < at and letters[start] in "lrGu":
            start += 1
        return start, at + 1

    def _verb_before(self, at: int) -> bool:
        """Whether a verb stands before token `at` that can govern the phrase that `at` belongs to."""
        letters = self.letters
        for before in range(at - 1, self.first - 1, -1):
            if letters[before] in "#;":
                return False
            if letters[before] in "vc":
                return before < at - 1 or letters[at] != VERB
        return False

    def _short(self, start: int, end: int, *, right: bool = False) -> str:
        """The phrase's text; of a long one the head, with as many words before it as fit."""
        text = self.text(start, end)
        longest = 8 if _MEASURING.search(text) else _LONGEST
        while len(text) > longest and end - start > 1:
            start += 1
            while start < end - 1 and self.letters[start] in "uj":
                start += 1
            text = self.text(start, end)
        return text

    def _elsewhere(self, token: int, record: Record) -> str:
        """What the figure is about where its own clause has no noun: the figure before, the purpose, the topic, the verb."""
        letters, state, reader = self.letters, self.state, self.reader
        unit = getattr(record, "unit", getattr(record, "currency", ""))
        before = letters[self.first : token]
        if record.type == "money" and (used := _PURPOSE.match(letters, token + 1, self.last)):
            return self._short(*used.span(1))
        for index in reversed(state.figures):
            other = reader.records[index]
            same = other.type == record.type and getattr(other, "unit", getattr(other, "currency", "")) == unit
            if (same or record.type == "ratio" or AMONG in before) and (item := reader.item_of(index)):
                return item
        if state.topic:
            return state.topic
        for at in range(token - 1, self.first - 1, -1):
            if letters[at] == VERB:
                return self.text(at, at + 1)
            if letters[at] not in _LOOSE:
                break
        return ""

    def _respectively(self) -> list[str]:
        """小麦、玉米分别为3万亩、2万亩: the nouns of a list, one for each figure behind 分别; empty where they do not pair."""
        letters = self.letters
        figures = [t for t in range(self.first, self.last) if letters[t] == FIGURE]
        if len(figures) < 2:
            return []
        head = self.text(self.first, figures[0])
        if "分别" not in head:
            return []
        end = figures[0]
        while end > self.first and letters[end - 1] not in "na":
            end -= 1
        parts: list[tuple[int, int]] = []
        start = at = end
        while at > self.first:
            at -= 1
            if letters[at] in "nalvrm" and letters[at] != FIGURE:
                start = at
            elif letters[at] in (LIST, "j"):
                parts.insert(0, (start, end))
                end = start = at
            else:
                break
        parts.insert(0, (start, end))
        if len(parts) != len(figures):
            return []
        last_start, last_end = parts[-1]
        shared = last_end
        while shared - 1 > last_start and _MEASURING.search(self.text(last_start, shared)):
            shared -= 1
            if not _MEASURING.search(self.text(shared, last_end)):
                break
        tail = self.text(shared, last_end)
        texts = [self.text(*self._without_place(part)) for part in parts]
        if tail and not any(_MEASURING.search(text) for text in texts[:-1]):
            texts = [text + tail for text in texts[:-1]] + texts[-1:]
        return texts

    def _without_place(self, part: tuple[int, int]) -> tuple[int, int]:
        start, end = part
        while start < end - 1 and self.letters[start] in "lrG":
            start += 1
        return start, end

    # --- predicate and subject -------------------------------------------------------------------------------------

    def _opening(self) -> int:
        """The first token of the clause that is no adverb, time or pronoun of place."""
        at = self.first
        while at < self.last and self.letters[at] in "dty":
            at += 1
        return at

    def _continues(self, token: int) -> bool:
        """Whether the figure goes on a list that another figure of the clause began: 金牌5枚、银牌3枚."""
        return any(letter in "#" for letter in self.letters[self.first : token]) and any(
            letter in ";j" for letter in self.letters[self.first : token]
        )

    def _predicate(self, token: int) -> tuple[int, int] | None:
        """The tokens of the verb that governs the figure; None where it has none but a linking one."""
        letters = self.letters
        low = self.first
        for at in range(token - 1, self.first - 1, -1):
            if letters[at] == FIGURE:
                low = at + 1
                break
        verbs = [t for t in range(low, token) if letters[t] in "vcz"]
        if not verbs:
            return None
        of = letters.rfind("u", low, token)
        if of >= 0 and of + 1 < token and letters[of + 1] in "na":  # 符合条件的考生: verbs of a relative clause
            outside = [t for t in verbs if t > of]
            if not outside:
                inside = [t for t in verbs if t < of]
                if len(inside) < 2:
                    return None
                outside = inside[:1]
            verbs = outside
        at = verbs[-1]
        while (
            len(verbs) > 1
            and letters[at] == VERB
            and at + 1 < token
            and letters[at + 1] in "na"
            and letters[at - 1] in "na"
        ):
            verbs.pop()
            at = verbs[-1]
        return at, at + 1

    def _verb(self, at: tuple[int, int]) -> str:
        """The verb with 累计, 同比, 新 before it and 到 behind it."""
        start, end = at
        letters = self.letters
        if start > self.first and (
            letters[start - 1] == "y" or self.text(start - 1, start) in self.reader.lexicons["verb_adverb"]
        ):
            start -= 1
        if end < self.last and self.text(end, end + 1) in ("到", "至", "为", "出", "成"):
            end += 1
        return self.text(start, end)

    def _suffered(self, token: int) -> str:
        """The verb of which the figure in front is the patient: 3名供货商被拘留 → 拘留."""
        if "b" not in self.letters[token + 1 : self.last]:
            return ""
        found = _PASSIVE.match(self.letters, token + 1, self.last)
        return self.text(found.end() - 1, found.end()) if found else ""

    def _subject(self, at: tuple[int, int]) -> str:
        """The noun phrase before the verb, without the times, places of action and adverbs around it."""
        letters = self.letters
        position = at[0] - 1
        while position >= self.first and letters[position] in "dtyPekmFQ":
            position -= 1
        if position < self.first or letters[position] not in "nlr":
            return ""
        start = position
        while start > self.first and (
            letters[start - 1] in "nalrGj;" or (letters[start - 1] == "u" and letters[start] in "nar")
        ):
            start -= 1
        while start < position and letters[start] in "uj;":
            start += 1
        if start > self.first and letters[start - 1] in "Pwfbo":
            return self._agent(start)  # 在云南收网, 被执法人员查封: the phrase of a preposition
        return self.text(start, position + 1)

    def _agent(self, start: int) -> str:
        """The subject before a phrase with a preposition: 专案组|在云南."""
        position = start - 2
        while position >= self.first and letters_in(self.letters[position], "dty"):
            position -= 1
        if position < self.first or self.letters[position] not in "nr":
            return ""
        first = position
        while first > self.first and self.letters[first - 1] in "nalr":
            first -= 1
        if first > self.first and self.letters[first - 1] in "Pwfbo":
            return ""
        return self.text(first, position + 1)

    def _base(self, token: int) -> str | None:
        """The whole that a share is of: 占总人数的72.8% → 总人数, 全省的三成 → 全省; None where none is named."""
        letters = self.letters
        found = _SHARED.search(letters, self.first, token)
        if found is not None:
            start, end = found.span(1)
            while end > start and letters[end - 1] in "ukd":
                end -= 1
            return self.text(start, end)
        return None


def letters_in(letter: str, letters: str) -> bool:
    return letter in letters
