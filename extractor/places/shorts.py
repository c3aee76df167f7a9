"""Short names that only the divisions of an article carry: 石首 where it speaks of 荆州, 古辣 where it speaks of 宾阳县."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractor.engine.book import Rulebook
from extractor.engine.gazetteer import Division, Gazetteer
from extractor.engine.guards.places import names_person
from extractor.engine.match import Match
from extractor.places.chain import KIND_WORDS
from extractor.places.mention import Mention, Part
from extractor.segment import Passage

_LONGEST = 50_000  # code points of a text that is looked through for each short name: any article
_NAMES = frozenset(("ns", "nz", "nr", "nrt", "nt", "x"))
_GRAMMAR = frozenset("pcudrmqf")
_JOINTS = frozenset("、和与及")
_GOES_ON = tuple("镇乡村街路区县市州道省桥山河江湖港站苑府庄坊里族人氏")


def short_mentions(
    codes: Iterable[str], mentions: Sequence[Mention], passage: Passage, gazetteer: Gazetteer, year: int
) -> list[Mention]:
    """Mentions by short names of what lies in the divisions `codes`, where no other mention stands."""
    if len(passage.clean) > _LONGEST or not mentions:
        return []
    book: Rulebook = mentions[0].parts[0].match.rule.book
    clean = passage.clean
    find = clean.find
    taken = sorted((mention.start, mention.end) for mention in mentions)
    found: dict[tuple[int, int], list[Division]] = defaultdict(list)
    for code in codes:
        for short, division in _telling(book, code, year):
            start = find(short)
            while start >= 0:
                end = start + len(short)
                if _free(start, end, taken) and _stands(start, end, division, passage, gazetteer, taken):
                    found[start, end].append(division)
                start = find(short, end)
    made = [_mention(span, divisions, passage, book) for span, divisions in found.items() if _alone(span, found)]
    return [mention for mention in made if not names_person(mention.parts[0].match, passage)]


@lru_cache(maxsize=512)
def _telling(book: Rulebook, code: str, year: int) -> tuple[tuple[str, Division], ...]:
    """The short names within a division that are no general word, with what they name."""
    generic = book.lexicons["generic_place"]
    return tuple(
        (short, division)
        for short, division in book.gazetteer.shorts_within(code, year).items()
        if division.level != "township" or (short[-1] not in KIND_WORDS and short not in generic)
    )


def _mention(span: tuple[int, int], divisions: Sequence[Division], passage: Passage, book: Rulebook) -> Mention:
    highest = [one for one in divisions if one.level == "county"] or list(divisions)
    wanted = "place.listed" if highest[0].level == "county" else "place.township"
    rule = next(rule for rule in book.rules if rule.id == wanted)
    match = Match(rule, passage.clean, *span, {"mention": span, "listed": span})
    mention = Mention([Part(match, highest[0].level, tuple(highest))])
    mention.open = tuple(highest)
    if len(highest) == 1:
        mention.division, mention.basis = highest[0], "article"
    return mention


def _stands(
    start: int, end: int, division: Division, passage: Passage, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]
) -> bool:
    """Whether the words of `start:end` are no ordinary words, nor the beginning of a longer name."""
    clean, edges = passage.clean, passage.edges
    if start not in edges or end not in edges or clean.startswith(_GOES_ON, end):
        return False
    if division.level == "county" and _beside(start, end, clean, taken):
        return True  # 庐江、无为
    index = passage.word_at(start)
    word, tag = passage.words[index], passage.tags[index]
    if start + len(word) < end:  # 古|辣, 将台|堡
        words = passage.words_between(start, end)
        single = end - start > 2 or all(len(passage.words[i]) == 1 for i in words)
        return single and all(passage.tags[i][0] not in _GRAMMAR for i in words)
    common = clean[start:end] in gazetteer.common_words
    if tag in _NAMES or not passage.knows(word):
        return not common or division.name in clean
    alone = division.level == "county" or end - start > 2
    return tag[0] == "n" and (division.name in clean or (alone and not common))


def _beside(start: int, end: int, clean: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether the name stands in a list beside a mention."""
    index = bisect_left(taken, (start, end))
    before = index and clean[start - 1] in _JOINTS and taken[index - 1][1] == start - 1
    return bool(before) or (index < len(taken) and clean[end : end + 1] in _JOINTS and taken[index][0] == end + 1)


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(taken, (start, end))
    behind = index < len(taken) and taken[index][0] < end
    return not behind and not (index and taken[index - 1][1] > start)


def _alone(span: tuple[int, int], found: Iterable[tuple[int, int]]) -> bool:
    """Whether no longer short name covers the span."""
    return not any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in found)
