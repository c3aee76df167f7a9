"""Where the rules lie, and what their folders are called. Imports nothing slow, so that `extractor --help` can ask."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import UsageError


def rules_folder() -> Path:
    """Where the rules are: inside the installed package, else beside it in the checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise UsageError("no rules found: reinstall extractor-zh, or name a folder with --rules DIR")


def types_with_rules(folder: Path) -> list[str]:
    """The record types that have rules in `folder`, by name: its folders that hold a rules.toml."""
    return sorted(path.parent.name for path in folder.glob("*/rules.toml") if path.parent.name[0] not in "._")
