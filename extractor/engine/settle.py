"""Overlapping matches → winners, with the losers on them as rivals. The rule files state who wins; file order never does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from extractor.engine.book import Rulebook
from extractor.engine.match import Match, Rejected


def settle(matches: list[Match], book: Rulebook, rejected: list[Rejected] | None = None) -> list[Match]:
    """The matches that stand, in text order.

    Within a type the longer match wins, between equals the one whose rule `beats` the other's. Between types the pairs
    of `rules/_shared/precedence.toml` decide; types in no pair may nest.
    """
    by_type: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_type[match.type].append(match)
    _beaten_across(by_type, rejected)
    standing = {kind: _within(found, rejected) for kind, found in by_type.items()}
    for winner, loser in book.precedence:
        if winner in standing and loser in standing:
            standing[loser] = _between(standing[winner], standing[loser], rejected)
    return sorted((match for found in standing.values() for match in found), key=_place)


def _beaten_across(by_type: dict[str, list[Match]], rejected: list[Rejected] | None) -> None:
    """Takes out the matches that a match of another type beats by name."""
    for kind, found in by_type.items():
        strong = sorted((m for m in found if m.rule.beats_across), key=_place)
        if not strong:
            continue
        named = {id_ for match in strong for id_ in match.rule.beats_across}
        starts = [match.start for match in strong]
        longest = max(match.end - match.start for match in strong)
        for other, rest in by_type.items():
            if other == kind or not any(match.rule.id in named for match in rest):
                continue
            kept = []
            for match in rest:
                winner = None
                if match.rule.id in named:
                    near = strong[bisect_left(starts, match.start - longest) : bisect_left(starts, match.end)]
                    winner = next((w for w in near if _beats(w, match)), None)
                if winner is None:
                    kept.append(match)
                else:
                    _lose(match, winner, rejected)
            by_type[other] = kept


def _beats(winner: Match, match: Match) -> bool:
    return match.start < winner.end and winner.start < match.end and match.rule.id in winner.rule.entry.beats


def _place(match: Match) -> tuple[int, int, str]:
    return match.start, -match.end, match.rule.id


def _rank(match: Match) -> tuple[int, int, int]:
    """Longer first, then the one that reads more of its surroundings, then the earlier."""
    first = min(span[0] for span in match.groups.values())
    last = max(span[1] for span in match.groups.values())
    return match.start - match.end, first - last, match.start


def _within(matches: list[Match], rejected: list[Rejected] | None) -> list[Match]:
    """The winners of one type; most matches overlap no other and win at once."""
    matches.sort(key=_place)
    winners: list[Match] = []
    cluster: list[Match] = []
    reach = 0
    for match in matches:
        if match.start >= reach and cluster:
            winners += cluster if len(cluster) == 1 else _best(cluster, rejected)
            cluster = []
        cluster.append(match)
        reach = max(reach, match.end)
    return winners + (cluster if len(cluster) < 2 else _best(cluster, rejected))


def _best(matches: list[Match], rejected: list[Rejected] | None) -> list[Match]:
    """The winners among matches that hang together: taken best first; one that overlaps a taken one is its rival."""
    winners: list[Match] = []  # in text order, none overlapping another
    starts: list[int] = []
    order = _beaten_last(sorted(matches, key=_rank))
    taken_as = {id(match): number for number, match in enumerate(order)}
    for match in order:
        first = bisect_right(starts, match.start)
        if first and winners[first - 1].end > match.start:
            first -= 1
        behind = bisect_left(starts, match.end)
        if first == behind:
            winners.insert(first, match)
            starts.insert(first, match.start)
        else:
            _lose(match, min(winners[first:behind], key=lambda w: taken_as[id(w)]), rejected)
    return winners


def _beaten_last(matches: list[Match]) -> list[Match]:
    """`matches` with, among those of one span, the ones that another's rule beats moved behind it."""
    spans: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in matches:
        spans[match.start, match.end].append(match)
    return [
        match
        for same in spans.values()
        for match in sorted(
            same, key=lambda m: sum(m.rule.id in other.rule.entry.beats for other in spans[m.start, m.end])
        )
    ]


def undecided(matches: list[Match]) -> list[tuple[Match, Match]]:
    """Pairs of one type and span that no stated order decides: neither reads more of its surroundings nor beats the other."""
    ties = []
    by_place: dict[tuple[str, int, int], list[Match]] = defaultdict(list)
    for match in matches:
        by_place[match.type, match.start, match.end].append(match)
    for same in by_place.values():
        for i, one in enumerate(same):
            for other in same[i + 1 :]:
                beats = other.rule.id in one.rule.entry.beats or one.rule.id in other.rule.entry.beats
                if one.rule is not other.rule and _rank(one) == _rank(other) and not beats:
                    ties.append((one, other))
    return ties


def _between(winners: list[Match], losers: list[Match], rejected: list[Rejected] | None) -> list[Match]:
    """The losers that overlap no winner; winners of one type stand in text order, and do not overlap one another."""
    starts = [match.start for match in winners]
    kept = []
    for match in losers:
        last = bisect_left(starts, match.end) - 1  # the last winner that begins before the match ends
        if last < 0 or winners[last].end <= match.start:
            kept.append(match)
        else:
            _lose(match, winners[last], rejected)
    return kept


def _lose(match: Match, winner: Match, rejected: list[Rejected] | None) -> None:
    if (match.start, match.end, match.rule) != (winner.start, winner.end, winner.rule) and not _known(
        match, winner.rivals
    ):
        winner.rivals.append(match)
    winner.rivals += [rival for rival in match.rivals if not _known(rival, winner.rivals)]
    if rejected is not None:
        reason = f"loses to {winner.rule.id} [{winner.text}]"
        rejected.append(Rejected(match, reason, f"{reason}, {_ground(match, winner)}"))


def _ground(match: Match, winner: Match) -> str:
    """Why `winner` stands and `match` does not, in words."""
    if match.rule.id in winner.rule.entry.beats:
        return "which beats it by name"
    if match.type != winner.type:
        return f"as {winner.type} goes before {match.type}"
    if winner.end - winner.start > match.end - match.start:
        return "which is longer"
    return "which reads more around it" if _rank(winner)[1] < _rank(match)[1] else "which comes first"


def _known(match: Match, rivals: Iterable[Match]) -> bool:
    return any((match.start, match.end, match.rule.id) == (r.start, r.end, r.rule.id) for r in rivals)
