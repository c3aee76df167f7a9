"""Why a text is read as it is: every match, who won, and why the others lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.engine.match import Match, Rejected

if TYPE_CHECKING:
    from extractor.facts.base import Record


@dataclass(frozen=True, slots=True)
class Explanation:
    """The records of a text, each with the matches it was made of, and the matches that were put aside.

    The lines for a terminal leave out the anchors around which a rule found nothing; the JSON holds them all.
    """

    clean: str
    readings: tuple[tuple[Record, tuple[Match, ...]], ...]
    rejected: tuple[Rejected, ...]

    def lines(self) -> list[str]:
        """The explanation for a terminal."""
        out = [self.clean.strip(), ""]
        for record, matches in self.readings:
            fields = record.model_dump(mode="json", exclude_defaults=True, exclude=_PLACE_FIELDS)
            out.append(
                f"✓ {record.type:<8} [{record.text}]  " + "  ".join(f"{name}={value}" for name, value in fields.items())
            )
            for match in matches:
                out.append(f"    {_finder(match)}")
                out += [f"      {name} = {text}" for name, text in _groups(match).items()]
            out += [f"    ✗ [{loss.match.text}] {loss.match.rule.id}: {loss.plainly}" for loss in self._losses(matches)]
        won = [match for _, matches in self.readings for match in matches]
        rest = [loss for loss in self._told if not any(_overlap(loss.match, winner) for winner in won)]
        if rest:
            out += ["", "Put aside:"]
            out += [f"✗ {loss.match.type:<8} [{loss.match.text}] {loss.match.rule.id}: {loss.plainly}" for loss in rest]
        if not self.readings and not rest:
            out.append("No rule matches.")
        return out

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON values."""
        return {
            "text": self.clean,
            "readings": [
                {
                    "record": record.model_dump(mode="json"),
                    "matches": [_shown(match) | {"groups": _groups(match)} for match in matches],
                }
                for record, matches in self.readings
            ],
            "rejected": [_shown(loss.match) | {"reason": loss.reason} for loss in self.rejected],
        }

    @property
    def _told(self) -> list[Rejected]:
        return [loss for loss in self.rejected if loss.plainly]

    def _losses(self, winners: tuple[Match, ...]) -> list[Rejected]:
        return [loss for loss in self._told if any(_overlap(loss.match, winner) for winner in winners)]


_PLACE_FIELDS = {"id", "type", "raw", "start", "end", "text", "sentence", "section", "rule", "rivals"}


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _groups(match: Match) -> dict[str, str]:
    return {name: match[name] for name in match.groups if name != "mention" and match[name]}


def _finder(match: Match) -> str:
    """Who found a match: a rule, with what it reads, or a tagger."""
    return f"the tagger {match.model}" if match.model else f"{match.rule.id}: {match.rule.about}"


def _shown(match: Match) -> dict[str, Any]:
    by = {"model": match.model} if match.model else {"rule": match.rule.id}
    return {"type": match.type, **by, "text": match.text, "span": [match.start, match.end]}
