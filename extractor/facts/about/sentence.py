"""Item, predicate, subject, base, place and date of the figures of one sentence, from its row of letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from typing import Any, Final, NamedTuple

from extractor.clauses import AMONG, FIGURE, LIST, NOUN, OF, PLACE, SAY, TIME, VERB, Row, clauses
from extractor.facts.base import Record
from extractor.segment import Passage

Lexicons = Mapping[str, Mapping[str, Any]]

_RECALLED: Final = 12  # figures before this one that may say what it is about
_LONGEST: Final = 12  # code points of an item
_LONGEST_MEASURE: Final = 8  # code points of one that says what is measured
_PEOPLE: Final = ("人", "名", "位", "人次")
_LOOSE: Final = "dkeyrmQxPcztFuGgoa"  # letters between a noun and its figure that say nothing of the noun
# 比 or 从 with what it compares, up to the figure; 占 with the whole
_COMPARED = re.compile("[wf][nalrtmQFugdjyG#]*[vackdPw]*$")
_SHARED = re.compile("z([nalrtmQFudjG]*?)u?[kd]*$")
_BEHIND = re.compile("(?:jF)?(?:[alrG]|v(?=[nal]))*n(?:[an]*n)?")
_BEHIND_OF = re.compile("u(?:[alrG]|v(?=[nal])|n+u)*n+")
_EVENT = re.compile("[dr]*(v)[dvn]?(?=$|[;j])")
# 是前者的两倍: the noun before the linking word is what is measured
_TIMES = re.compile("k[^k#]*u[kd]*$")
_PASSIVE = re.compile("[^#]*?b[^v#]*v")
_OWNERS = ("企业", "公司", "集团", "政府", "厂方", "该厂", "银行")  # whose measure it is; they are its subject
_AMOUNTING = frozenset("达为至共合总计")
_PAYING = frozenset("收付贷款利资助贴赔罚税费损")  # how verbs end that name a sum
_PRICING = frozenset("卖收花领奖要标调需值售")  # how verbs end whose subject costs the sum
_HOLDS = re.compile("([dtyF]*[nalrG]*n)[dtk]*k[dtk]*[nal]*n[kd]*$")
_NAMED = re.compile("k([an]*n)$")  # 其余|128亿元|为|银行贷款
_PURPOSE = re.compile("d*v((?:[al]|v(?=n)|n)*n)")
# How nouns end that name a measure.
_MEASURING = frozenset("率量额数值价费入资产润度积龄均速能款口比税金薪租本重长高幅")
_MEASURES = frozenset(("规模", "水平", "里程", "距离", "价格"))
_SAYS = re.compile(SAY)
_ACT = re.compile("[vc]")
_OPENING = re.compile("[dtyFkxQmgq]*([nalrG][nalrGuj;]*)?")  # times and adverbs, then a noun phrase


def _measuring(text: str) -> bool:
    """Whether a noun phrase names a measure: 用电量, 建设规模."""
    return text[-1:] in _MEASURING or text[-2:] in _MEASURES


def _field(record: Record, *names: str) -> str:
    """The first of the fields that the record's type has; empty where it has none. Pydantic is slow to miss an attribute."""
    fields = record.__dict__
    for name in names:
        if name in fields:
            return fields[name] or ""
    return ""


class _State:
    """What the clauses read so far leave to those that come."""

    __slots__ = ("_silent", "_subject", "_topic", "_untold", "date", "figures", "place", "speaker")

    def __init__(self, date: str | None = None, figures: Sequence[int] = ()) -> None:
        self.place: str | None = None
        self.date = date
        self.speaker = ""
        self.figures = [*figures]  # the records of the figures read so far
        self._subject = self._topic = ""
        self._silent: list[_Clause] = []  # those without figures that were not yet asked for their subject
        self._untold: list[_Clause] = []  # and for their topic

    def add(self, clause: _Clause) -> None:
        """Takes note of a clause without figures. It is read when a figure wants what it leaves: for most none does."""
        self._silent.append(clause)
        self._untold.append(clause)

    def close(self) -> None:
        """Lets go of the clauses, which know the state: a ring of both would keep all records of the article in memory."""
        self._silent.clear()
        self._untold.clear()

    @property
    def subject(self) -> str:
        """The last one named."""
        while self._silent:
            if found := self._silent.pop().own_subject():
                self.subject = found
        return self._subject

    @subject.setter
    def subject(self, subject: str) -> None:
        self._subject = subject
        self._silent.clear()

    @property
    def topic(self) -> str:
        """The last noun phrase that ends a clause without figures."""
        while self._untold:
            if found := self._untold.pop().topic():
                self._topic = found
                self._untold.clear()
        return self._topic


class Words(NamedTuple):
    """What a rulebook's lexicons say of words, ready for use."""

    claim: Container[str]
    empty_noun: Container[str]
    empty_verb: Container[str]
    worth: Container[str]
    adverb: Container[str]
    agents: frozenset[str]
    agent_lengths: tuple[int, ...]

    @classmethod
    def of(cls, lexicons: Lexicons) -> Words:
        agents = frozenset(lexicons["agent_ending"])
        return cls(
            claim=lexicons["claim_word"],
            empty_noun=lexicons["empty_noun"],
            empty_verb=lexicons["empty_verb"],
            worth=lexicons["worth_word"],
            adverb=lexicons["verb_adverb"],
            agents=agents,
            agent_lengths=tuple(sorted(set(map(len, agents)))),
        )

    def acts(self, text: str) -> bool:
        """Whether a noun phrase ends with a word for who can act. A look-up a length costs less than one a word."""
        return not self.agents.isdisjoint([text[-length:] for length in self.agent_lengths])


class SentenceReader:
    """Reads the rows of one sentence; what it found of a record is kept by the record's index."""

    def __init__(self, passage: Passage, records: Sequence[Record], words: Words, date: str | None = None) -> None:
        self.date = date  # the one that the paragraph has named before
        self.clean, self.tags, self.word_at = passage.clean, passage.tags, passage.word_at
        self.bodies = passage.bodies
        self.records = records
        self.words = words
        self.found: dict[int, dict[str, Any]] = {}
        self._outer: Mapping[int, int] = {}  # the figures of the sentence itself, by token

    def read(self, row: Row) -> None:
        """Reads a row; that of a bracket after the sentence's own."""
        if row.behind < 0:
            self._outer = row.marks
            state = _State(self.date)
        else:  # 5亿美元(约合人民币36亿元): a bracket behind a figure that names nothing is about the same
            outer = self._outer.get(row.behind, -1)
            state = _State(figures=[outer] if outer in self.found else [])
        telling = [*row.marks]
        if SAY in row.letters:
            telling = sorted(telling + [found.start() for found in _SAYS.finditer(row.letters)])
        begun = 0
        for first, last in clauses(row.letters):
            done = bisect_left(telling, last, begun)
            clause = _Clause(self, row, first, last, state)
            if begun < done:
                clause.read(telling[begun:done])
                begun = done
            else:  # most clauses of a report name no time, no place and nobody who speaks
                state.add(clause)
        state.close()
        if row.behind < 0:
            self.date = state.date

    def is_name(self, position: int) -> bool:
        """Whether the tagger takes the word at a clean offset for the name of a person or a body."""
        return self.tags[self.word_at(position)] in ("nr", "nt", "nrt", "nrfg")

    def item_of(self, index: int) -> str:
        return str(self.found.get(index, {}).get("item") or "")


class _Clause:
    """One clause: tokens `first:last` of a row."""

    __slots__ = ("first", "last", "letters", "predicate", "reader", "row", "state", "subject")

    def __init__(self, reader: SentenceReader, row: Row, first: int, last: int, state: _State) -> None:
        self.reader = reader
        self.row = row
        self.letters = row.letters
        self.first = first
        self.last = last
        self.state = state
        self.predicate = self.subject = ""  # those that govern the figure in hand

    def text(self, first: int, last: int) -> str:
        return self.reader.clean[self.row.starts[first] : self.row.ends[last - 1]] if first < last else ""

    def read(self, telling: Sequence[int]) -> None:
        """Reads the figures of the clause in order, each with the places and dates before it.

        `telling` are the tokens of the clause that are records or words of saying.
        """
        letters, marks, records, state = self.letters, self.row.marks, self.reader.records, self.state
        figures = [token for token in telling if letters[token] == FIGURE]
        listed = self._respectively(figures) if len(figures) > 1 else ()
        place = date = None
        number = 0
        for token in telling:
            letter = letters[token]
            if letter == SAY:
                if self._reports(token):
                    state.speaker = self._speaker(token) or state.speaker
                continue
            index = marks[token]
            if letter == FIGURE:
                fields = self._figure(token, index, listed[number] if number < len(listed) else None)
                number += 1
                fields["speaker"] = state.speaker or None
                fields["place"] = place or state.place
                fields["date"] = date or state.date
                self.reader.found[index] = fields
                state.figures.append(index)
            elif letter == TIME:
                if self._dates(token, records[index]):
                    date = state.date = records[index].id
            elif letter == PLACE or place is None:
                place = state.place = records[index].id
        if not figures and letters[self.last - 1] != SAY:  # 某人介绍: who speaks is no topic
            state.add(self)

    def _figure(self, token: int, index: int, listed: str | None) -> dict[str, Any]:
        """What the clause says of a figure; `listed` is its item where it is one of a list that names them before."""
        state = self.state
        at = self._predicate(token)
        if at is not None:
            self.predicate = self._verb(at)
            self.subject = state.subject = self._subject(at[0]) or state.subject
        elif not self._continues(token):
            self.predicate = ""
            self.subject = self._possessor() or self._holder(token)
            state.subject = self.subject or state.subject or self._subject(token)
        item = listed if listed is not None else self._item(token, index)
        fields: dict[str, Any] = {"item": item or None, "predicate": self.predicate or self._suffered(token) or None}
        if self.reader.records[index].type == "ratio":
            fields["base"] = self._base(token, item) or None
        change = at is not None and self.letters[at[0]] in "cwa"  # what changed is what is measured
        fields["subject"] = (item if change and item else self.subject) or None
        return fields

    def _dates(self, token: int, record: Record) -> bool:
        """Whether a time says when the figures behind it hold: no rate, no length, no time that is compared with."""
        letters = self.letters
        if token > self.first and letters[token - 1] in "wf":
            return False  # 较2019年, 从上年的39微克
        if letters[token + 1 : token + 3] == "u#":
            return False  # 是2019年的1.8倍
        timex = _field(record, "timex")
        return timex in ("DATE", "TIME") or (timex == "DURATION" and record.text[:1] in "近过最")

    def _reports(self, token: int) -> bool:
        """Whether a word of saying tells who says what follows: it ends its clause, or is one that needs no comma."""
        if token + 1 == self.last:
            return True
        return self.letters[token + 1] != FIGURE and self.text(token, token + 1) in self.reader.words.claim

    def _speaker(self, token: int) -> str:
        """What stands before the word of saying in its clause, as it is written: titles, a name, a body."""
        start = self.first
        while start < token and self.letters[start] in "dtyx":
            start += 1
        if not any(letter in "nrl" for letter in self.letters[start:token]):
            return ""
        return self.text(start, token)

    def topic(self) -> str:
        """The last noun phrase of a clause without figures, which those behind it may be about; empty where none ends it."""
        letters = self.letters
        end = self.last
        while end > self.first and letters[end - 1] not in "nl":
            end -= 1
        return self._short(*self._phrase(end - 1)) if end > self.first and letters[end - 1] == NOUN else ""

    def own_subject(self) -> str:
        """Who acts in a clause without figures; empty where nobody does."""
        verb = _ACT.search(self.letters, self.first, self.last)
        return self._subject(verb.start() if verb else self.last - 1)

    # --- the item --------------------------------------------------------------------------------------------------

    def _item(self, token: int, index: int) -> str:
        record = self.reader.records[index]
        own = _field(record, "item")  # a noun counted without a classifier: 320学生, 新线共8站
        at = token - 1
        while at > self.first and self.letters[at] == "k":
            at -= 1
        adjacent = at >= self.first and self.letters[at] == NOUN
        if adjacent and self.text(at, at + 1) in self.reader.words.worth:
            adjacent = self.letters[token + 1 : token + 2] != "u"
        if self.letters[token - 1 : token] == LIST and token - 2 >= self.first and self.letters[token - 2] == FIGURE:
            return self.reader.item_of(self.state.figures[-1])  # 水鸟67种、40万只
        of = record.type == "ratio" and token > self.first and self.letters[token - 1] == "u"
        behind = None if of else self._behind(token, adjacent)
        if behind is not None and not (adjacent and (record.type == "ratio" or self.letters[token + 1] in "uv")):
            return self._short(*behind)
        unit = _field(record, "unit")
        if own and (len(own) > len(unit) or self.letters[token - 1 : token] != "k"):
            return own
        if unit in _PEOPLE and not adjacent and (event := _EVENT.match(self.letters, token + 1, self.last)):
            return self.text(event.start(1), event.start(1) + 1)
        before = self._before(token, measures=record.type == "ratio")
        if before is not None:
            return self._short(*before)
        if own:
            return own
        return self._elsewhere(token, record)

    def _behind(self, token: int, adjacent: bool = False) -> tuple[int, int] | None:
        """The noun phrase that opens right behind the figure; None where none does, or it belongs to the next figure."""
        letters, last = self.letters, self.last
        if token + 1 < last and letters[token + 1] == FIGURE and self._aged(token + 1):
            token += 1  # 一名42岁男子
        following = letters[token + 1] if token + 1 < last else ""
        found = (_BEHIND_OF if following == "u" else _BEHIND).match(letters, token + 1, last)
        if found is None:
            return None
        start, end = found.span()
        start += following == "u"
        rest = letters[end:last].lstrip("kdc")
        if adjacent and rest.startswith(FIGURE) and not self._aged(token):
            return None
        if letters[start] == VERB:
            governed = any(letter in "vcP" for letter in letters[self.first : token])
            if not governed and not (end < last and letters[end] in "vcbdkr"):
                return None  # 4名|从事|有机栽培: a predicate
        return start, end

    def _aged(self, token: int) -> bool:
        index = self.row.marks.get(token, -1)
        return index >= 0 and _field(self.reader.records[index], "unit") in ("岁", "周岁")

    def _before(self, token: int, *, measures: bool) -> tuple[int, int] | None:
        """The noun phrase that the figure follows, across linking words, changes and comparisons."""
        letters, first = self.letters, self.first
        at = token - 1
        found = (
            _COMPARED.search(letters, first, token)
            or _SHARED.search(letters, first, token)
            or _TIMES.search(letters, first, token)
        )
        if found is not None:
            at = found.start() - 1
        verb = -1
        while at >= first:
            letter = letters[at]
            if letter == "c":
                measures = True
            if letter == NOUN or (letter == "a" and self._kind(at)):
                start, end = self._phrase(at)
                if (
                    start > first
                    and letters[start - 1] == FIGURE
                    and at < token - 1
                    and verb < 0
                    and not measures
                    and self._sum(token)
                ):
                    at = start - 2  # 补助三千户家庭每户1500元: the noun belongs to the figure before
                    continue
                if verb >= 0 and not measures and not self._empty_verb(verb, self._sum(token)):
                    return None
                if self.text(start, end) in self.reader.words.empty_noun:
                    return self._further(start) or ((start, end) if measures else None)
                return start, end
            if letter == VERB:
                if (
                    verb < 0
                    and at == token - 1
                    and at > first
                    and letters[at - 1] in "na"
                    and self._verb_before(at)
                    and not self._empty_verb(at)
                ):
                    return self._phrase(at)  # 完成|企业环保改造: the verb ends the noun phrase
                verb = at
            elif letter not in _LOOSE:
                return None
            at -= 1
        return None

    def _kind(self, at: int) -> bool:
        """An adjective that stands for what it describes: 其中|中级|3人."""
        opens = self.letters[at + 1 : at + 2] == FIGURE and (at == self.first or self.letters[at - 1] in "g;j#")
        return opens and self.text(at, at + 1) not in self.reader.words.empty_noun

    def _kind_of(self, token: int) -> str:
        return self.reader.records[self.row.marks[token]].type

    def _sum(self, token: int) -> bool:
        return self._kind_of(token) == "money"

    def _further(self, start: int) -> tuple[int, int] | None:
        """The noun phrase before one that says nothing: 企业|总数."""
        at = start - 1
        while at >= self.first and self.letters[at] in "ur":
            at -= 1
        return self._phrase(at) if at >= self.first and self.letters[at] == NOUN else None

    def _empty_verb(self, verb: int, money: bool = False) -> bool:
        """A verb of which the noun before it is what is measured: 预算收入|完成|82亿元; of sums 瓜|卖|8元."""
        word = self.text(verb, verb + 1)
        return word in self.reader.words.empty_verb or (money and word[-1] in _PRICING)

    def _phrase(self, at: int) -> tuple[int, int]:
        """The tokens of the noun phrase that ends with token `at`."""
        letters, first = self.letters, self.first
        start = at
        while start > first:
            letter = letters[start - 1]
            if (
                letter in "nalrG"
                or (letter == "u" and start - 2 >= first and letters[start - 2] in "navcF")
                or (letter in "vc" and letters[start] in "nau" and self._verb_before(start - 1))
            ):
                start -= 1
            else:
                break
        while start < at and (letters[start] in "lrGu" or start in self.row.marks):
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

    def _short(self, start: int, end: int) -> str:
        """The phrase's text; of a long one the head, with as many words before it as fit."""
        text = self.text(start, end)
        measuring = _measuring(text)  # it ends as it did however it is cut
        while measuring and end - start > 1 and self.text(start, start + 1).endswith(_OWNERS):
            start += 1  # 企业|净利润
            text = self.text(start, end)
        longest = _LONGEST_MEASURE if measuring else _LONGEST
        while len(text) > longest and end - start > 1:
            start += 1
            while start < end - 1 and self.letters[start] in "uj":
                start += 1
            text = self.text(start, end)
        return text

    def _elsewhere(self, token: int, record: Record) -> str:
        """What the figure is about where its own clause has no noun: the figure before, the purpose, the topic, the verb."""
        letters, state, reader = self.letters, self.state, self.reader
        if self.row.behind >= 0 and state.figures:
            return reader.item_of(state.figures[0])
        unit = _field(record, "unit", "currency")
        before = letters[self.first : token]
        if named := _NAMED.match(letters, token + 1, self.last):
            return self._short(*named.span(1))
        if record.type == "money" and (used := _PURPOSE.match(letters, token + 1, self.last)):
            return self._short(*used.span(1))
        every = "".join(self.text(t, t + 1) for t in range(self.first, token) if letters[t] == "r")
        verb = self._verbs_at(token)
        if len(verb) > 1 and (unit in _PEOPLE or (record.type == "money" and verb[-1] in _PAYING)):
            return verb  # 紧急转移安置4260人, 人均增收1050元
        for index in reversed(state.figures[-_RECALLED:]):
            other = reader.records[index]
            same = other.type == record.type and _field(other, "unit", "currency") == unit
            if (
                same
                or record.type == "ratio"
                or AMONG in before
                or (every and _field(other, "unit") in every[1:].split("每"))
            ) and (item := reader.item_of(index)):
                return item
        if state.figures and before and not before.strip("kcde") and self.text(self.first, token)[0] in _AMOUNTING:
            return reader.item_of(state.figures[-1])  # 收入翻了两番,达到360万元
        if len(verb) > 1:
            return verb
        if state.topic:
            return state.topic
        nouns = [t for t in range(self.first, token) if letters[t] == NOUN]
        if nouns and self.text(nouns[-1], nouns[-1] + 1) in reader.words.empty_noun:
            return self.text(nouns[-1], nouns[-1] + 1)
        return verb

    def _verbs_at(self, token: int) -> str:
        """The verbs right before the figure: 紧急|转移安置|4260人."""
        letters = self.letters
        end = token
        while end > self.first and letters[end - 1] in _LOOSE and letters[end - 1] not in "cz":
            end -= 1
        start = end
        while start > self.first and letters[start - 1] == VERB:
            start -= 1
        return self.text(start, end)

    def _respectively(self, figures: Sequence[int]) -> list[str]:
        """小麦、玉米分别为3万亩、2万亩: the nouns of a list, one for each figure behind 分别; empty where they do not pair."""
        letters = self.letters
        if "分别" not in self.text(self.first, figures[0]):
            return []
        end = figures[0]
        while end > self.first and letters[end - 1] not in "na":
            end -= 1
        parts: list[tuple[int, int]] = []
        start = at = end
        while at > self.first:
            at -= 1
            if letters[at] in "nalvrm":
                start = at
            elif letters[at] in (LIST, "j"):
                parts.insert(0, (start, end))
                end = start = at
            else:
                break
        parts.insert(0, (start, end))
        if len(parts) != len(figures):
            earlier = self.state.figures[-len(figures) :]  # 同比分别增长8.9%和7.1%
            named = end > self.first  # 对泰国、马来西亚进出口分别为: one noun for all of them
            return [self.reader.item_of(i) for i in earlier] if len(earlier) == len(figures) and not named else []
        if self._behind(figures[0]) is not None:
            return []
        last_start, last_end = parts[-1]
        shared = last_end
        while shared - 1 > last_start and _measuring(self.text(last_start, shared)):
            shared -= 1
            if not _measuring(self.text(shared, last_end)):
                break
        tail = self.text(shared, last_end)
        texts = [self.text(*self._without_place(part)) for part in parts]
        if tail and not any(_measuring(text) for text in texts[:-1]):
            texts = [text + tail for text in texts[:-1]] + texts[-1:]
        return texts

    def _without_place(self, part: tuple[int, int]) -> tuple[int, int]:
        start, end = part
        while start < end - 1 and self.letters[start] in "lrG":
            start += 1
        return start, end

    # --- predicate and subject -------------------------------------------------------------------------------------

    def _continues(self, token: int) -> bool:
        """Whether the figure goes on a list that another figure of the clause began: 金牌5枚、银牌3枚."""
        before = self.letters[self.first : token]
        return FIGURE in before and (LIST in before or "j" in before)

    def _predicate(self, token: int) -> tuple[int, int] | None:
        """The tokens of the verb that governs the figure; None where it has none but a linking one."""
        letters = self.letters
        low = letters.rfind(FIGURE, self.first, token) + 1 or self.first
        near = token - 1
        while near > low and letters[near] in "dk":
            near -= 1
        if near > low and letters[near] in "aw" and "w" in letters[low:near]:
            return near, near + 1  # 比警戒线|高出|2米
        verbs = [t for t in range(low, token) if letters[t] in "vcz"]
        if near >= low and letters[near] == "u" and self._kind_of(token) != "ratio":
            return None  # 涉案的26件瓷器: the verb stands in what describes it
        if not verbs:
            over = letters.rfind("w", low, token)
            if over >= 0 and self.row.ends[over] - self.row.starts[over] == 2 and near > over:
                return over, over + 1  # 高出|全省平均水平|6个百分点
            if near >= low and self.row.undecided[near] == "V":
                return near, near + 1  # 爱心企业|捐款|数百万元
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
        while len(verbs) > 1 and letters[verbs[-1]] == VERB and self._in_phrase(verbs[-1], near):
            verbs.pop()
        end = verbs[-1] + 1
        start = verbs[-1]
        while start > low and letters[start] == VERB and letters[start - 1] == VERB:
            start -= 1  # 新增|签约|航线
        return start, end

    def _in_phrase(self, at: int, near: int) -> bool:
        """Whether a verb is a part of the noun phrase before the figure: 老旧管网|改造|项目, 夜间|巡航."""
        before = self.letters[at - 1]
        if at == near:
            return before in "nat"
        return self.letters[at + 1] in "na" and before in "na"

    def _verb(self, at: tuple[int, int]) -> str:
        """The verb with 累计, 同比, 新 before it and 到 behind it."""
        start, end = at
        letters = self.letters
        if start > self.first and (
            letters[start - 1] == "y" or self.text(start - 1, start) in self.reader.words.adverb
        ):
            start -= 1
        while end < self.last and letters[end] == "e" and self.text(end, end + 1) not in ("了", "着", "过"):
            end += 1
        return self.text(start, end)

    def _suffered(self, token: int) -> str:
        """The verb of which the figure in front is the patient: 3名供货商被拘留 → 拘留."""
        if "b" not in self.letters[token + 1 : self.last]:
            return ""
        found = _PASSIVE.match(self.letters, token + 1, self.last)
        return self.text(found.end() - 1, found.end()) if found else ""

    def _subject(self, verb: int) -> str:
        """The noun phrase that opens the clause, behind times and adverbs, before the verb; empty where none does."""
        found = _OPENING.match(self.letters, self.first, verb)
        if found is None or found[1] is None:
            return ""
        start = found.start(1)
        end = start + len(found[1].rstrip("uj;a"))
        if end == start or self.letters[end : end + 1] == OF:
            return ""
        subject = self.text(start, end)
        if end - start == 1 and subject[-1] in "边旁":
            return ""  # 路边: where it happens, not who does it
        return subject if self._acts(start, end, subject) else ""

    def _acts(self, start: int, end: int, text: str) -> bool:
        """Whether a noun phrase names who can act: a body, people, a division, a name; 分类 and 潜能 do not."""
        if text.endswith(("社会", "机会")):
            return False
        if self.reader.words.acts(text) or self.letters[start] == "r" or end - 1 in self.row.marks:
            return True
        return (
            self.letters[end - 1] in "lG"
            or self.reader.is_name(self.row.starts[end - 1])
            or self.row.ends[end - 1] in self.reader.bodies
        )

    def _holder(self, token: int) -> str:
        """Who has what is counted: 制衣厂|现有|职工|1260人."""
        found = _HOLDS.match(self.letters, self.first, token)
        return self._subject(found.end(1)) if found else ""

    def _possessor(self) -> str:
        """Whose the measure is that opens the clause: 该企业|净利润|为."""
        letters = self.letters
        at = self.first
        while at < self.last and letters[at] in "dty":
            at += 1
        if at >= self.last or letters[at] != "r":
            return ""
        single = self.row.ends[at] - self.row.starts[at] == 1
        return self.text(at, min(at + 1 + single, self.last))

    def _base(self, token: int, item: str) -> str:
        """The whole that a share is of: 占总人数的72.8%, 全省的三成, 三成受访者; empty where none is named."""
        letters, state = self.letters, self.state
        found = _SHARED.search(letters, self.first, token)
        if found is not None and found.end(1) > found.start(1):
            start, end = found.span(1)
            while end > start and letters[end - 1] in "ukd":
                end -= 1
            if end > start:
                return self.text(start, end)
        near = token - 1
        while near > self.first and letters[near] in "kd":
            near -= 1
        if near > self.first and letters[near] == "u" and letters[near - 1] in "nltGF#":
            start = near - 1
            while start > self.first and letters[start - 1] in "nalrtGjm":
                start -= 1
            return self.text(start, near)
        if _field(self.reader.records[self.row.marks[token]], "unit") not in ("percent", "fraction"):
            return ""
        if self._behind(token) is not None:
            return item
        if found is not None or AMONG in letters[self.first : token]:
            for index in reversed(state.figures[-_RECALLED:]):
                if self.reader.records[index].type == "count":
                    return self.reader.item_of(index)
        return ""
