"""The rule engine: rule files → rulebook → matches → winners. Knows nothing of what a match means."""

from extractor.engine.book import Rule, Rulebook
from extractor.engine.explain import Explanation
from extractor.engine.find import Finder
from extractor.engine.load import load_rules, read_rules
from extractor.engine.settle import settle
from extractor.folders import rules_folder

__all__ = ["Explanation", "Finder", "Rule", "Rulebook", "load_rules", "read_rules", "rules_folder", "settle"]
