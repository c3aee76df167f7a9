"""A rule as a person reads it in the terminal."""

from __future__ import annotations

from difflib import get_close_matches

from extractor.engine import Rulebook
from extractor.engine.rule import Counterexample, Example
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
        shown += [f"  {name:8} {_example(example)}" for example in examples]
    return shown


def _example(example: Example | Counterexample) -> str:
    """The sentence, the fields that its record must have, and what else the rule file says of it."""
    wanted = example.fields if isinstance(example, Example) else {}
    given = [f"{name} {value}" for name in ("published", "region") if (value := getattr(example, name))]
    return "  ".join(
        [
            example.text,
            *(f"{name}={value}" for name, value in wanted.items()),
            *([f"({', '.join(given)})"] if given else []),
            *([f"({example.why})"] if example.why else []),
        ]
    )
