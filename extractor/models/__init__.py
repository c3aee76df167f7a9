"""Learned finders beside the rules: who and what is named in a sentence.

    words, tags → features → scores of labels → best paths → entities → matches

`tagger.py` is the way through; `features.py` is shared by training and tagging, `finder.py` makes matches beside those of
the rules. `network.py` reads the tags that another network gives (accurate mode), `spacy_tagger.py` puts any spaCy pipeline
in the tagger's place. `training.py`, `evaluation.py` and `card.py` make the weights that ship, and say how good they are.

Nothing of numpy is loaded before a tagger is asked for.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.engine import Finder
    from extractor.models.finder import ModelFinder

NAMES: Final = ("none", "fast", "accurate")
SPACY: Final = "spacy:"


def checked(name: str) -> str:
    """`name` where it names a model. Raises UsageError where it does not.

    >>> checked("fast"), checked("spacy:zh_core_web_sm")
    ('fast', 'spacy:zh_core_web_sm')
    """
    if name in NAMES or (name.startswith(SPACY) and len(name) > len(SPACY)):
        return name
    raise UsageError(f"{name!r} is no model: write none, fast, accurate, or spacy: and the name of a spaCy pipeline")


def usable(name: str) -> tuple[str, str]:
    """The model that reads where `name` is asked for, and a sentence that says why it is another.

    The accurate mode needs the network inside jieba; where that is missing or another than the one known, the fast mode
    reads.
    """
    if checked(name) == "accurate":
        from extractor.models.network import load_network

        try:
            load_network()
        except UsageError as fault:
            return "fast", f"{fault}; the fast model reads in its place"
    return name, ""


def model_finder(name: str, finder: Finder) -> ModelFinder | None:
    """What reads beside the rules of `finder`; None for `none`. Warns where another model reads than the one asked for.

    Raises UsageError for a pipeline that is not installed.
    """
    chosen, note = usable(name)
    if note:
        warnings.warn(note, stacklevel=2)
    if chosen == "none":
        return None
    from extractor.models.finder import ModelFinder
    from extractor.models.tagger import Tagger, load_tagger

    tagger: Tagger
    if chosen.startswith(SPACY):
        from extractor.models.spacy_tagger import load_spacy

        tagger = load_spacy(chosen.removeprefix(SPACY))
    else:
        tagger = load_tagger("accurate" if chosen == "accurate" else "fast", finder)
    return ModelFinder(tagger, finder.book)
