"""Named undertakings: policies, projects, service models, awards, funds …"""

from __future__ import annotations

from typing import Literal, cast

from pydantic import Field

from extractor.engine.guards.programs import title_core
from extractor.engine.match import Match
from extractor.facts.base import Record, maker
from extractor.facts.reading import evidence
from extractor.programs import Undertaking, told
from extractor.segment import Passage

Category = Literal[
    "policy_document", "project", "plan", "service_model", "brand", "award", "event", "fund", "mechanism", "platform"
]


class Program(Record):
    """A named undertaking: “153X”服务模式 → 153X服务模式, service_model."""

    type: Literal["program"] = "program"
    name: str = Field(description="The name without its outer marks, with the type word that completes it.")
    short_name: str | None = Field(None, description="What the text says it calls it for short: 简称《办法》 → 办法.")
    category: Category
    issuer: str | None = Field(None, description="Who issues the document, as written: 民政部、财政部.")
    number: str | None = Field(None, description="The document's number: 民发〔2021〕12号.")


_MARKS = str.maketrans("", "", "“”‘’")


_make = maker(Program, "category")


def read(matches: list[Match], passage: Passage) -> list[Program]:
    """The named undertakings of an article: those that are matched, and their further mentions."""
    found = [Undertaking(match, _name(match), _category(match), number=match["number"]) for match in matches]
    return [_program(one, passage) for one in told(found, passage)]


def _program(one: Undertaking, passage: Passage) -> Program:
    return _make(
        **evidence(one.match, passage),
        name=one.name,
        short_name=one.short_name or None,
        category=cast("Category", one.category),
        issuer=one.issuer or None,
        number=one.number or None,
    )


def _name(match: Match) -> str:
    """The name without its outer marks; marks inside a title stay."""
    if match.text.startswith("《"):
        return match["core"]
    if "between" in match:
        between = match["between"].removeprefix("的")
        return match["core"] + between + match["head"]
    return match.text.strip("“”").translate(_MARKS) if match.text.startswith("“") else match.text


def _category(match: Match) -> Category:
    """The category of the type word; a title's is that of the longest word it ends with."""
    if "head" in match:
        return cast("Category", match.meaning("head"))
    core = title_core(match["core"])
    lexicons = match.rule.book.lexicons
    documents, undertakings = lexicons["document_head"], lexicons["program_head"]
    endings = (core[i:] for i in range(len(core)))
    longest = next((ending for ending in endings if ending in documents or ending in undertakings), "")
    return cast("Category", documents.get(longest) or undertakings.get(longest, "project"))
