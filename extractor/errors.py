"""What can go wrong, each with a sentence that says what to do about it."""

from __future__ import annotations


class ExtractorError(Exception):
    """Any error of this package that a user can mend; its text is one line for the terminal."""


class UsageError(ExtractorError):
    """The command or call was given something it cannot take."""


class UnreadableSource(ExtractorError):
    """A file that cannot be read as articles; the batch goes on without it."""


class BrokenRules(ExtractorError):
    """Rule files with faults; `faults` holds one line for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Unreadable(ExtractorError):
    """A match that means nothing after all: a numeral out of shape, a month 13 written as part of a number."""
