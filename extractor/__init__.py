"""Facts from Chinese news reports: typed records, each tied to the exact words of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.contract import Article
    from extractor.errors import ExtractorError
    from extractor.facts import AnyRecord
    from extractor.pipeline import extract

__version__ = "0.1.0"
__all__ = ["AnyRecord", "Article", "ExtractorError", "__version__", "extract"]

_HOMES = {
    "extract": "extractor.pipeline",
    "Article": "extractor.contract",
    "AnyRecord": "extractor.facts",
    "ExtractorError": "extractor.errors",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
