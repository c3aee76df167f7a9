"""A rule as a person reads it in the terminal."""

from __future__ import annotations

from difflib import get_close_matches

from extractor.engine import Rulebook
from extractor.errors import UsageError


def lines(rulebook: Rulebook, rule_id: str) -> list[str]:
    """The rule called `rule_id`: what it reads, its pattern, examples and debts. Raises UsageError where none is."""
    rules = {rule.id: rule for rule in rulebook.rules}
    if rule_id not in rules:
        near = get_close_matches(rule_id, rules, n=1)
        raise UsageError(
            f"no rule is called {rule_id}. {f'Did you mean {near[0]}?' if near else 'See: extractor rules list'}"
        )
    rule = rules[rule_id]
    shown = [rule.id, f"  about    {rule.about}", f"  source   {rule.source}", "  pattern"]
    shown += [f"    {line.strip()}" for line in rule.pattern.strip().splitlines()]
    for name, examples in (("yes", rule.yes), ("no", rule.no), ("known", rule.known)):
        for example in examples:
            reason = f"  ({example.why})" if example.why else ""
            shown.append(f"  {name:8} {example.text}{reason}")
    return shown
