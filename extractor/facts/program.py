"""Named undertakings: policies, projects, service models, awards, funds …"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.engine.match import Match
from extractor.segment import Passage

from extractor.facts.base import Record

Category = Literal[
    "policy_document", "project", "plan", "service_model", "brand", "award", "event", "fund", "mechanism", "platform"
]


class Program(Record):
    """A named undertaking: “153X”服务模式 → 153X服务模式, service_model."""

    type: Literal["program"] = "program"
    name: str = Field(description="The name without its outer marks, with the type word that completes it.")
    short_name: str | None = None
    category: Category
    issuer: str | None = None
    number: str | None = Field(None, description="The document's number: 民发〔2021〕12号.")


def read(matches: list[Match], passage: Passage) -> list[Program]:
    return []
