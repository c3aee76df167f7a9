"""Who says it: the source that a report cites for a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import regex

from extractor.article import Span
from extractor.clauses import Mark
from extractor.segment import Body

_NOBODY: Final[Mapping[int, Body]] = {}
_NONE_KNOWN: Final[frozenset[str]] = frozenset()
_REACH = 400  # code points between a quotation mark and what is quoted
_NAME = r"(?P<name>[^,。;:!?“”()\n]{2,24}?)"


class SpeakerFinder:
    """Finds the source of a figure: 据张婧一介绍, 李局长说:“…”, “…”王强说, 统计局数据显示."""

    def __init__(self, lexicons: Mapping[str, Mapping[str, Any]]) -> None:
        self._no_source = frozenset(lexicons["no_source"])
        says = [word for word, meaning in lexicons["clause_word"].items() if meaning == "say"]
        sources = list(lexicons["say_source"])
        self._said_by = regex.compile(
            rf"(?:据|根据|按照?){_NAME}的?(?:最新|日前|近日)?\L<sources>(?![局厅署部处院司所])", sources=sources
        )
        self._says = regex.compile(
            rf"(?:^|[,。;!?”\n]){_NAME}(?:最新|近日|日前|昨日|今日|当日|今天|昨天)?(?:\L<sources>)?(?:\L<says>)(?:道|到|了)?(?=[,:])",
            says=says,
            sources=sources,
        )
        self._clause_says = regex.compile(
            r"(?:[^,。;:!?“”()\n]|\([^()\n]*\)){0,20}?\L<says>(?![局厅署部处院司所员人])", says=says
        )
        self._behind = regex.compile(rf"{_NAME}(?:\L<says>)(?:道|到|记者)?(?=[,。;:!?\n]|\Z)", says=says)
        self._agents = tuple(lexicons["agent_ending"])
        self._surname = frozenset(lexicons["speaker_surname"])

    def of(
        self, clean: str, span: Span, mark: Mark, named: str, *, speaks: bool, bodies: Mapping[int, Body] = _NOBODY
    ) -> str | None:
        """The source of the figure `mark` in the sentence `span`; None where none is cited.

        `named` is who speaks by the sentence's clauses; `speaks`: whether it has a word of saying at all; `bodies` are
        the persons and organisations that a tagger names, by their ends.
        """
        known = frozenset(clean[one.start : one.end] for one in bodies.values()) if bodies else _NONE_KNOWN
        opening = clean.rfind("“", max(mark.start - _REACH, 0), mark.start)
        if opening >= 0 and clean.find("”", opening, mark.start) < 0:
            closing = clean.find("”", mark.end, mark.end + _REACH)
            before = self._before(clean, opening, known)
            if before:
                return before
            if closing >= 0 and (found := self._behind.match(clean, closing + 1)):
                return self._source(found["name"], known)
            if closing >= 0 and closing - opening > 12:
                return None
        if not speaks:
            return None
        source = self._source(named, known) if named else None
        reach = min(mark.start + 1, span[1])
        if clean.find("据", span[0], reach) >= 0 or clean.find("按", span[0], reach) >= 0:  # no regex for most figures
            for found in self._said_by.finditer(clean, span[0], reach):
                source = self._source(found["name"], known) or source
        if source is None and mark.end < span[1]:
            tail = clean.rfind(",", mark.end, span[1])
            if tail >= 0 and (found := self._behind.match(clean, tail + 1, span[1])):
                source = self._source(found["name"], known)
        if bodies:
            said_by = self._speaking(clean, span[0], mark.start, bodies)
            if said_by is not None and (source not in known or said_by.person):
                source = clean[said_by.start : said_by.end]
        return source

    def _speaking(self, clean: str, start: int, end: int, bodies: Mapping[int, Body]) -> Body | None:
        """The last person, or else the last body, named in `start:end` whose clause goes on to a word of saying:
        署长杜明慧昨日在委员会表示."""
        found: Body | None = None
        clause = -1
        for one in bodies.values():
            if not start <= one.start < one.end <= end:
                continue
            says = self._clause_says.match(clean, one.end, end)
            if says is not None and not (found and found.person and not one.person and says.end() == clause):
                found, clause = one, says.end()
        return found

    def _before(self, clean: str, opening: int, known: frozenset[str]) -> str | None:
        """The one who is named as speaking right before a quotation."""
        start = max(opening - 40, 0)
        for found in reversed(list(self._says.finditer(clean, start, opening))):
            if found.end() >= opening - 1:
                return self._source(found["name"], known)
        return None

    def _source(self, name: str, known: frozenset[str]) -> str | None:
        """The person at the end of a name with titles, else the body as it is called; the last of those `known` before all."""
        ends = [body for body in known if len(body) > 1 and name.endswith(body)]
        if ends:
            return max(ends, key=len)
        name = re.sub(r"^(?:但|而|对此|同时|并|另|又|也|还|其中)*(?:据|根据|按照)?", "", name)
        name = re.sub("(?:数据|统计|报告|调查|监测|通报|公告|资料)+$", "", name) or name
        if len(name) > 16:  # 某部干部、某局副局长|某人: the last title is that of the one who speaks
            name = re.split("[在于从近昨今日]", name.split("、")[-1])[0]
        name = re.sub(
            r"(?:今年|去年|昨日|今日|日前|近日|[0-9]+日|[0-9]+月|向.*|在.*|则|也|还|告诉.*|接受.*)+$", "", name
        )
        if name in ("他", "她"):
            return name
        if len(name) < 2 or name in self._no_source:
            return None
        for length in (3, 2, 4):
            person = name[-length:]
            if (
                len(person) == length
                and len(name) > length
                and person[0] in self._surname
                and _TITLED.search(name[:-length])
            ):
                return person
        alone = len(name) in (2, 3) and (name[0] in self._surname or name[0] in "老小")
        alone = alone or (name[-2] in "老小" and name[-1] in self._surname)  # 瓜农老魏
        return name if alone or name.endswith(self._agents) else None


_TITLED = re.compile("[长员师任记生授民家者人事官理席士工匠手友主农商贩户工妈爸叔伯婆爷奶嫂姐哥弟妹总董]$")
