"""Why a text is read as it is: every match, who won, and why the others lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.article import Span
from extractor.engine.match import Match, Rejected

if TYPE_CHECKING:
    from extractor.facts.base import Record


@dataclass(frozen=True, slots=True)
class Explanation:
    """The records of a text with the rules behind them, and the matches that were put aside."""

    clean: str
    records: tuple[Record, ...]
    winners: tuple[Match, ...]
    rejected: tuple[Rejected, ...]

    def lines(self) -> list[str]:
        """The explanation for a terminal."""
        out = [self.clean.strip(), ""]
        for match, record in zip(self.winners, self.records, strict=True):
            fields = record.model_dump(mode="json", exclude_defaults=True, exclude={"id", "type", "raw", "start", "end", "text", "sentence", "section", "rule", "rivals"})
            shown = "  ".join(f"{name}={value}" for name, value in fields.items())
            out.append(f"✓ {match.type:<8} [{match.text}]  {shown}")
            out.append(f"    {match.rule.id}: {match.rule.about}")
            for name, span in match.groups.items():
                if name != "mention" and span[1] > span[0]:
                    out.append(f"      {name} = {match.clean[span[0]:span[1]]}")
            out += [f"    ✗ [{loss.match.text}] {loss.match.rule.id}: {loss.reason}" for loss in self._losses(match)]
        rest = [loss for loss in self.rejected if not any(_overlap(loss.match, winner) for winner in self.winners)]
        if rest:
            out += ["", "Put aside:"] + [f"✗ {loss.match.type:<8} [{loss.match.text}] {loss.match.rule.id}: {loss.reason}" for loss in rest]
        if not self.winners and not rest:
            out.append("No rule matches.")
        return out

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON values."""
        return {
            "text": self.clean,
            "records": [record.model_dump(mode="json") for record in self.records],
            "matches": [
                {"type": m.type, "rule": m.rule.id, "text": m.text, "span": [m.start, m.end], "groups": _groups(m)} for m in self.winners
            ],
            "rejected": [
                {"type": r.match.type, "rule": r.match.rule.id, "text": r.match.text, "span": _span(r.match), "reason": r.reason}
                for r in self.rejected
            ],
        }

    def _losses(self, winner: Match) -> list[Rejected]:
        return [loss for loss in self.rejected if _overlap(loss.match, winner)]


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _groups(match: Match) -> dict[str, str]:
    return {name: match[name] for name in match.groups if match[name]}


def _span(match: Match) -> Span:
    return match.start, match.end

