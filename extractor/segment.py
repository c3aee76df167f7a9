"""Text → sentences and words. With `models/` and the spaCy adapter the only code that knows a segmenter."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from extractor.article import RawArticle, Span
from extractor.errors import UsageError
from extractor.text import Text

_REACH = 20_000
_PIECE = 50_000  # code points that are cut into words at once: any article is one piece

_FEW = 4  # words of which one is new, at most, for it to pay to tag the new ones one by one

SegmenterName = Literal["rjieba", "jieba"]

# A sentence ends at 。！？… with the marks that close over it, or at the end of a paragraph. ASCII ! and ? count next
# to Chinese only; a full stop between digits or Latin letters never ends one.
_SENTENCE_END = re.compile(
    r"[。！？…!?\n](?:(?<=\n)|(?:(?<=[。！？…])|(?<=[一-鿿”’）)][!?]))[!?。…！？]*[”’」』）)】》]*)"
)


# No word of either engine holds one of these marks, nor does a word look over them: between them each cuts by itself.
_BETWEEN_WORDS = re.compile(r"[。\n，,；;：:！!？?、]")


class Segmenter(NamedTuple):
    """`tag` cuts text into words with jieba's part-of-speech tags, the words joined being the text; `columns` gives the same
    as a list of the words and one of their tags. `knows` says whether a word stands in the dictionary, or was put together
    by the model for unknown words."""

    tag: Callable[[str], list[tuple[str, str]]]
    columns: Callable[[str], tuple[list[str], list[str]]]
    knows: Callable[[str], bool]


class _Columns:
    """Cuts text with `cut` and remembers the tags of words: they depend on nothing but the word, and cost more than the cutting."""

    def __init__(
        self, cut: Callable[[str], Iterable[str]], tag: Callable[[str], list[tuple[str, str]]], most: int = 20_000
    ) -> None:
        self._cut, self._tag, self._most = cut, tag, most
        self._tags: dict[str, str] = {}

    def __call__(self, text: str) -> tuple[list[str], list[str]]:
        words = list(self._cut(text))
        try:
            return words, list(map(self._tags.__getitem__, words))
        except KeyError:
            self._learn(text, words)
            return words, list(map(self._tags.__getitem__, words))

    def _learn(self, text: str, words: list[str]) -> None:
        if len(self._tags) > self._most:
            self._tags.clear()
        new = set(words) - self._tags.keys()
        alone = [self._tag(word) for word in new] if _FEW * len(new) < len(words) else []
        if alone and all(len(tagged) == 1 for tagged in alone):
            self._tags.update(tagged for [tagged] in alone)
        else:  # many, or one that is cut in two by itself
            self._tags.update(self._tag(text))


@lru_cache(maxsize=2)
def segmenter(name: SegmenterName = "rjieba") -> Segmenter:
    """The engine by name. Raises UsageError when it is not installed."""
    if name == "rjieba":
        import rjieba

        return Segmenter(rjieba.tag, _Columns(rjieba.cut, rjieba.tag), rjieba.has_word)
    try:
        import jieba.posseg
    except ImportError as error:
        raise UsageError("the segmenter jieba is not installed: pip install 'extractor-zh[jieba]'") from error
    jieba.setLogLevel("WARNING")
    jieba.posseg.dt.initialize()
    known: dict[str, str] = jieba.posseg.dt.word_tag_tab

    def tag(text: str) -> list[tuple[str, str]]:
        # jieba.posseg joins unknown characters by a model of its own; jieba.cut is what rjieba follows
        return [(word, known.get(word) or _unknown_tag(word)) for word in jieba.cut(text)]

    @lru_cache(maxsize=4096)
    def _unknown_tag(word: str) -> str:
        return str([pair.flag for pair in jieba.posseg.cut(word)][-1])

    return Segmenter(tag, _Columns(jieba.cut, tag), lambda word: bool(jieba.dt.FREQ.get(word)))


def sentences(text: str) -> list[Span]:
    """Half-open spans of the sentences of `text`, without the blanks around them; a paragraph's end ends one.

    >>> [("他说:“来了。”走了。3.5万人!")[a:b] for a, b in sentences("他说:“来了。”走了。3.5万人!")]
    ['他说:“来了。”', '走了。', '3.5万人!']
    """
    spans: list[Span] = []
    start = 0
    for end in [found.end() for found in _SENTENCE_END.finditer(text)] + [len(text)]:
        piece = text[start:end]
        if kept := piece.lstrip():
            first = end - len(kept)
            spans.append((first, first + len(kept.rstrip())))
        start = end
    return spans


class Edges:
    """The offsets at which a word begins, and that of the end of the text: one byte a code point, where a set, which is
    faster, takes sixty."""

    __slots__ = ("_marks",)

    def __init__(self, edges: Sequence[int]) -> None:
        marks = bytearray(edges[-1] + 1)
        for edge in edges:
            marks[edge] = 1
        self._marks = marks

    def __contains__(self, position: int) -> bool:
        return self._marks[position] == 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A normalised article cut into sentences and words: what finders and readings look at.

    `words`, `tags` and `starts` run parallel; all offsets are those of `clean`.
    """

    article: RawArticle
    text: Text
    sentences: list[Span]
    words: list[str]
    tags: list[str]
    starts: Sequence[int]
    edges: frozenset[int] | Edges  # where a word begins, and the end of the text
    title: Span | None = None
    captions: tuple[Span, ...] = ()
    sentence_starts: Sequence[int] = ()
    knows: Callable[[str], bool] = bool
    frames: dict[str, Span] = field(default_factory=dict)  # by record: its clean span with the words that bound it
    located: dict[Span, Span] = field(default_factory=dict)  # by clean span: its source, for those about to be read
    clean: str = field(init=False, repr=False)  # that of `text`, at hand for thousands of looks

    def __post_init__(self) -> None:
        object.__setattr__(self, "clean", self.text.clean)

    def locate(self, spans: Sequence[Span]) -> None:
        """Finds where clean spans stand in the source, all at once, in the place of those located before."""
        self.located.clear()
        self.located.update(zip(spans, self.text.source_spans(spans), strict=True))

    def source_span(self, start: int, end: int) -> Span:
        """Source offsets of the clean span `start:end`."""
        return self.located.get((start, end)) or self.text.source_span(start, end)

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds `position`; that of the one before where none does."""
        index = bisect_right(self.sentence_starts, position) - 1
        return max(0, index)

    def word_at(self, position: int) -> int:
        """Index of the word that holds `position`."""
        return bisect_right(self.starts, position) - 1

    def says_near(self, word: str, position: int) -> bool:
        """Whether the article says `word` within some thousand characters of `position`; `position` itself counts.

        The reach covers any article and keeps the cost of a text of millions of characters linear.
        """
        return self.clean.find(word, max(position - _REACH, 0), position + _REACH) >= 0

    def words_between(self, start: int, end: int) -> range:
        """Indices of the words that lie wholly in `start:end`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        if last > first and self.starts[last - 1] + len(self.words[last - 1]) > end:
            last -= 1
        return range(first, max(first, last))


def segment(
    article: RawArticle,
    text: Text,
    name: SegmenterName = "rjieba",
    *,
    title: Span | None = None,
    captions: tuple[Span, ...] = (),
) -> Passage:
    """The passage of a normalised article."""
    clean = text.clean
    engine = segmenter(name)
    words, tags = _tagged(clean, engine)
    offsets = accumulate(map(len, words), initial=0)
    starts = list(offsets) if len(clean) <= _PIECE else array("I", offsets)  # a list is faster to search
    edges = frozenset(starts) if len(clean) <= _PIECE else Edges(starts)
    starts.pop()
    spans = sentences(clean)
    return Passage(
        article,
        text,
        spans,
        words,
        tags,
        starts,
        edges,
        title,
        captions,
        [start for start, _ in spans],
        engine.knows,
    )


def _tagged(clean: str, engine: Segmenter) -> tuple[list[str], list[str]]:
    """The words of a text and their tags; a long one goes through the engine piece by piece, and equal words are one object."""
    if len(clean) <= _PIECE:
        return engine.columns(clean)
    words: list[str] = []
    tags: list[str] = []
    known: dict[str, str] = {}
    for start, end in _pieces(clean):
        for column, cut in zip((words, tags), engine.columns(clean[start:end]), strict=True):
            column += map(known.setdefault, cut, cut)
    return words, tags


def _pieces(clean: str) -> Iterator[Span]:
    """Half-open spans of a text of which each is cut into words as it would be among the others."""
    start = 0
    while start < len(clean):
        mark = _BETWEEN_WORDS.search(clean, start + _PIECE)
        end = mark.end() if mark else len(clean)
        yield start, end
        start = end
