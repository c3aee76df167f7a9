"""A sentence as a row of tokens, one letter each for what it does: what a figure is about is told from that row.

The letters come from the tagger's parts of speech and from `rules/clause/lexicon.toml`; figures, times and places that
have been found are one token each. Patterns over the row of letters are shallow grammar: `nnk#` is a noun of two words,
a linking verb, a figure (企业|总数|达|33家).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from extractor.article import Span
from extractor.segment import Passage

FIGURE, TIME, PLACE, NOUN, VERB, CHANGE, LINK, SAY = "#tlnvcks"
BORDER, LIST = ",;"
MODIFIER, ADVERB, OF, ASPECT, PREPOSITION, FROM, COMPARE = "aduePfw"
SHARE, PERIOD, PASSIVE, DISPOSE, AMONG, WHOLE, AND = "zybogGj"
PRONOUN, NUMBER, CLASSIFIER, POSITION, ENDING, EITHER, RESULT, OTHER, SPECIAL = "rmQFhVEx("

_BY_TAG: Final = {
    "n": NOUN, "nr": NOUN, "ns": NOUN, "nt": NOUN, "nz": NOUN, "ng": NOUN, "nrt": NOUN, "nrfg": NOUN, "j": NOUN, "l": NOUN,
    "i": NOUN, "s": NOUN, "vn": EITHER, "an": NOUN, "eng": NOUN, "zg": NOUN, "g": NOUN, "k": NOUN, "uv": OTHER,
    "a": MODIFIER, "b": MODIFIER, "z": MODIFIER, "ag": MODIFIER, "h": MODIFIER, "v": VERB, "vd": VERB, "vg": VERB,
    "vi": VERB, "vq": VERB, "df": VERB, "d": ADVERB, "dg": ADVERB, "ad": ADVERB, "m": NUMBER, "mq": NUMBER, "q": CLASSIFIER,
    "t": TIME, "tg": TIME, "p": PREPOSITION, "c": ADVERB, "f": POSITION, "r": PRONOUN, "uj": OF, "ul": ASPECT, "uz": ASPECT,
    "ug": ASPECT, "ud": ADVERB, "rr": PRONOUN, "rz": PRONOUN, "rg": PRONOUN,
}  # fmt: skip
_BY_MEANING: Final = {
    "link": LINK, "change": CHANGE, "say": SAY, "share": SHARE, "from": FROM, "compare": COMPARE, "period": PERIOD,
    "passive": PASSIVE, "dispose": DISPOSE, "among": AMONG, "ending": ENDING, "noun": NOUN, "adverb": ADVERB, "time": TIME,
    "whole": WHOLE, "verb": VERB, "either": EITHER, "result": RESULT, "position": POSITION, "modifier": MODIFIER,
}  # fmt: skip
_MARKS: Final = {",": BORDER, "。": BORDER, ";": BORDER, ":": BORDER, "!": BORDER, "?": BORDER, "…": BORDER, "\n": BORDER,
                 " ": BORDER, "—": BORDER, "·": NOUN, "、": LIST, "%": OTHER}  # fmt: skip
_NAMED = {"“": "”", "《": "》"}
_PARTED = re.compile("[,。;]")
_LONGEST_NAME = 24  # code points between quotation marks that name something
_RESULTED = re.compile("(?<=[vcVe])E")  # 招|到, 清理|出
_ENDED = re.compile("[vcakV]h")  # 压榨|量: the verb belongs to the noun
_NO_CLASSIFIER = re.compile("(?<![mr#])Q")  # 充电|桩 with no number before it
_MEASURES = frozenset("率额量入值价比润")
_GOVERNED = re.compile("e|[kd]*#|[anV]*nd{0,2}#")
_CLAUSE = re.compile(f"[^{BORDER}]{{1,100}}")  # what is longer is no clause, and would cost more than its length
_KEPT = 50_000  # words whose letters are remembered


class Mark(NamedTuple):
    """A record in the sentence: `start:end` is its stretch of clean text with the words that bound it."""

    start: int
    end: int
    letter: str
    record: int  # whose it is, by its index


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of a sentence, or of a bracket in it. `letters`, `starts` and `ends` run parallel."""

    letters: str
    undecided: str  # the same with V where a word may be verb or noun
    starts: Sequence[int]
    ends: Sequence[int]
    marks: Mapping[int, int]  # token → index of the record that it is
    behind: int = -1  # a bracket's: the last figure before it


class _Building:
    """A row while it grows."""

    __slots__ = ("behind", "ends", "letters", "marks", "starts")

    def __init__(self, behind: int = -1) -> None:
        self.letters = ""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.marks: dict[int, int] = {}
        self.behind = behind

    def add(self, letter: str, start: int, end: int) -> None:
        self.letters += letter
        self.starts.append(start)
        self.ends.append(end)

    def row(self, clean: str) -> Row:
        letters = self.letters
        if RESULT in letters:
            letters = _RESULTED.sub(ASPECT, letters).replace(RESULT, PREPOSITION)
        if ENDING in letters:
            letters = _ENDED.sub("nn", letters).replace(ENDING, NOUN)
        undecided = letters
        if EITHER in letters:
            letters = _decided(letters, clean, self.ends)
        if CLASSIFIER in letters:
            letters = _NO_CLASSIFIER.sub(NOUN, letters)
        return Row(letters, undecided, self.starts, self.ends, self.marks, self.behind)


def _decided(letters: str, clean: str, ends: Sequence[int]) -> str:
    """The row with each word that may be verb or noun made one of them; `ends` are those of its words in `clean`.

    It is a verb before an aspect or a figure, and before a noun where its clause has no verb yet and goes on to a figure
    behind that noun (培训|学员|300人) that measures nothing (销售|收入|3亿元); else a noun.
    """
    at = letters.find(EITHER)
    while at >= 0:
        behind = _GOVERNED.match(letters, at + 1)
        governs = behind is not None
        if behind is not None and behind[0][-2:-1] in ("n", "d"):
            if nouns := behind[0].rstrip("#kd"):
                clause = letters[letters.rfind(BORDER, 0, at) + 1 : at]
                verbless = VERB not in clause and CHANGE not in clause
                governs = verbless and clean[ends[at + len(nouns)] - 1] not in _MEASURES
            else:
                governs = letters[at - 1 : at] != NOUN
        elif behind is not None and behind[0] == "#":
            governs = at > 0 and letters[at - 1] in "dy"
        letters = f"{letters[:at]}{VERB if governs else NOUN}{letters[at + 1 :]}"
        at = letters.find(EITHER, at + 1)
    return letters


class Grammar(dict[tuple[str, str], str]):
    """What each word does in a clause, by the rulebook's lexicon, else by its tag: one letter, or `SPECIAL`.

    Special words are looked at one by one: brackets, quotation marks, and words that the segmenter glued (率|达, 量|减少).
    """

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        super().__init__()
        self._letter = {word: _BY_MEANING[str(meaning)] for word, meaning in lexicon.items()}
        self._glued: dict[tuple[str, str], tuple[tuple[int, str], ...]] = {}

    def __missing__(self, key: tuple[str, str]) -> str:
        if len(self) > _KEPT:
            self.clear()
            self._glued.clear()
        word, tag = key
        parts = self._read(word, tag)
        if len(parts) > 1:
            self._glued[key] = parts
        special = len(parts) > 1 or word[0] in "()“《"
        self[key] = found = SPECIAL if special else parts[0][1]
        return found

    def parts(self, word: str, tag: str) -> tuple[tuple[int, str], ...]:
        """The lengths and letters of a word's parts: mostly one."""
        letter = self[word, tag]
        return ((len(word), letter),) if letter != SPECIAL else self._glued.get((word, tag), ((len(word), OTHER),))

    def _read(self, word: str, tag: str) -> tuple[tuple[int, str], ...]:
        if word in self._letter:
            return ((len(word), self._letter[word]),)
        if word[0] in "每该这那本此" and tag[:1] in "nrxzm":
            return ((len(word), PRONOUN),)
        if word in ("的", "之"):
            return ((len(word), OF),)
        if word in ("和", "与", "及", "或", "以及"):
            return ((len(word), AND),)
        if word[0] in _MARKS and not word[0].isalnum():
            return ((len(word), _MARKS[word[0]]),)
        for length in (3, 2, 1):
            rest, end = word[:-length], word[-length:]
            glued = self._letter.get(end) if rest else None
            if glued in (CHANGE, LINK, SHARE) and (length > 1 or end in "达为占由从") and (length > 1 or tag != "n"):
                return *self._read(rest, _tag_of(rest)), (length, glued)
        if len(word) > 1 and word[-1] in "者员生师匠":
            return ((len(word), NOUN),)
        return ((len(word), _BY_TAG.get(tag) or (NOUN if tag[:1] == "n" else OTHER)),)


def _tag_of(rest: str) -> str:
    return "n" if len(rest) > 1 or rest in "率量额数价费值度" else "v"


def rows(passage: Passage, span: Span, marks: Sequence[Mark], grammar: Grammar) -> list[Row]:
    """The rows of the clean stretch `span` that hold a figure: the sentence itself first, then its brackets.

    `marks` stand in text order inside the stretch and do not overlap.
    """
    clean = passage.clean
    position, last = span
    first, beyond = passage.word_at(position), passage.word_at(last - 1) + 1
    words, tags = passage.words[first:beyond], passage.tags[first:beyond]
    edges = [*passage.starts[first:beyond], passage.starts[beyond - 1] + len(words[-1])]
    # The letters of all words at once, those too that marks will replace: a look-up costs less than a piece of its own.
    letters = "".join(map(grammar.__getitem__, zip(words, tags, strict=True)))
    row = main = _Building()
    brackets: list[_Building] = []
    index = 0

    def index_at(position: int) -> int:
        """The word at an offset that no word before the one in hand holds."""
        return bisect_right(edges, position, index) - 1 if position < last else len(words)

    waiting = iter([*marks, None])
    mark = next(waiting)
    while index < len(words):
        if mark is not None and mark.start <= position:
            if mark.end > position:
                row.marks[len(row.starts)] = mark.record
                row.add(mark.letter, mark.start, mark.end)
                position = mark.end
                index = index_at(position)
            mark = next(waiting)
            continue
        begin, end = edges[index], edges[index + 1]
        if position == begin:  # all whole words up to the next mark at once
            until = len(words) if mark is None else index_at(mark.start)
            special = letters.find(SPECIAL, index, until)
            until = until if special < 0 else special
            if until > index:
                row.letters += letters[index:until]
                row.starts += edges[index:until]
                row.ends += edges[index + 1 : until + 1]
                position = edges[until]
                index = until
                continue
        word, tag = words[index], tags[index]
        if position > begin or (mark is not None and mark.start < end):  # a mark cuts the word
            if tag[:1] not in "nv" and position > begin:
                tag = "n"  # 名援疆 behind its figure
            end = min(end, mark.start) if mark is not None else end
            begin, word = position, clean[position:end]
        opened = word[0]
        if opened == "(" and row is main:
            row = _Building(main.letters.rfind(FIGURE))
            brackets.append(row)
        elif opened == ")" and row is not main:
            row = main
        elif opened in _NAMED and (closing := _name_end(clean, begin, last, mark)) > 0:
            row.add(NOUN, begin, closing)
            end = closing
        else:
            for length, letter in grammar.parts(word, tag):
                row.add(letter, begin, begin + length)
                begin += length
        position = end
        index = index_at(position)
    return [found.row(clean) for found in (main, *brackets) if FIGURE in found.letters]


def _name_end(clean: str, begin: int, last: int, mark: Mark | None) -> int:
    """Where a name in quotation or title marks that open at `begin` ends; 0 where they hold a clause or a figure."""
    closing = clean.find(_NAMED[clean[begin]], begin, min(begin + _LONGEST_NAME, last)) + 1
    if not closing or (mark is not None and mark.letter == FIGURE and mark.start < closing):
        return 0
    return 0 if _PARTED.search(clean, begin, closing) else closing


def clauses(letters: str) -> list[Span]:
    """Half-open spans of tokens between borders.

    >>> clauses("nk#,c#,")
    [(0, 3), (4, 6)]
    """
    return [found.span() for found in _CLAUSE.finditer(letters)]
