"""Which place is meant: names joined into chains, then each tied to the code list by its chain and its article."""

from extractor.places.chain import chains
from extractor.places.mention import RANK, Basis, Mention, Part
from extractor.places.names import opens_a_name
from extractor.places.resolve import resolve

__all__ = ["RANK", "Basis", "Mention", "Part", "chains", "opens_a_name", "resolve"]
