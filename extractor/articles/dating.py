"""The publication date of articles that state none in full: from their page, their address, or the name or time of the file.

Each such date is an inference, and comes with a warning that says what it rests on. What no evidence gives stays open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final, Literal, NamedTuple

import regex

from extractor.article import Document, Origin, RawArticle, Span
from extractor.articles.dates import Day, on_day
from extractor.articles.paths import day_in_address, day_in_name

Inferred = Literal["name", "mtime"]
"""What beside the document itself may give a publication date: the name of its file, the time of its file."""

_FROM: Final = {
    "page": "stated for the first article of its page",
    "url": "taken from its address",
    "name": "taken from the file name",
    "mtime": "taken from the time of its file",
    "text": "that of the days named in its text",
}
_NEAR: Final = 45  # days; a report names days and months shortly before its own
_NAMED = regex.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年 ?(?P<month>\d\d?) ?月(?: ?(?P<day>\d\d?) ?日)?")
_SAMPLE: Final = 20_000  # code points that are searched for such days


class _Known(NamedTuple):
    """A day that something other than the article states, and where in the document, if it stands there."""

    day: dt.date
    origin: Origin
    span: Span | None = None


def date_articles(
    read: list[tuple[RawArticle, tuple[Day, Span] | None]], document: Document, published_from: Collection[Inferred]
) -> list[RawArticle]:
    """The articles of `document` in order, those without a publication date with the best that can be inferred.

    Each comes with the day of its dateline, where that names one. The first that is given counts: the dateline's day with
    the year of anything below; the date of the first article of the page, unless others state another; the article's
    address; the name and the time of the file, as far as they are in `published_from`.
    """
    result: list[RawArticle] = []
    dated: list[_Known] = []  # the days that articles above state, each once
    by_file = list(_by_file(document, published_from)) if any(one.published is None for one, _ in read) else []
    for article, dateline in read:
        if article.published is None:
            known = [*(dated if len(dated) == 1 else []), *_by_address(article), *by_file]
            article = _inferred(article, dateline, known)
        elif "published" in article.evidence and article.published not in {one.day for one in dated}:
            dated.append(_Known(article.published, "page", article.evidence["published"]))
        result.append(article)
    return result


def _by_address(article: RawArticle) -> Iterator[_Known]:
    if article.url and (found := day_in_address(article.url)) is not None:
        day, (start, end) = found
        at = article.evidence.get("url")
        yield _Known(day, "url", None if at is None else (at[0] + start, at[0] + end))


def _by_file(document: Document, published_from: Collection[Inferred]) -> Iterator[_Known]:
    if "name" in published_from and (day := day_in_name(document.doc)) is not None:
        yield _Known(day, "name")
    if "mtime" in published_from and (day := document.modified) is not None and on_day(*day.timetuple()[:3]):
        yield _Known(day, "mtime")


def _inferred(article: RawArticle, dateline: tuple[Day, Span] | None, known: list[_Known]) -> RawArticle:
    if dateline is not None:
        written, span = dateline
        for one in known:
            if (day := written.before(one.day)) is not None:
                part = "year" if written.month is not None else "month and year"
                why = f"its day is that of the dateline, its {part} {_FROM[one.origin]}"
                return _published(article, _Known(day, one.origin, span), f"published {day}: {why}")
        if (day := _by_text(article.source, written)) is not None:
            why = f"its day is that of the dateline, its year {_FROM['text']}"
            return _published(article, _Known(day, "text", span), f"published {day}: {why}")
    for one in known:
        return _published(article, one, f"published {one.day} is {_FROM[one.origin]}")
    return article


def _published(article: RawArticle, known: _Known, reason: str) -> RawArticle:
    evidence = article.evidence if known.span is None else {**article.evidence, "published": known.span}
    return replace(
        article,
        published=known.day,
        evidence=evidence,
        stated_by={**article.stated_by, "published": known.origin},
        warnings=(*article.warnings, f"{reason}: check it"),
    )


def _by_text(source: str, written: Day) -> dt.date | None:
    """The day of a dateline without its year, by the days and months with a year that its report names shortly before it.

    >>> _by_text("渠2024年3月2日通水。", Day(None, 3, 5)), _by_text("渠2022年通水。", Day(None, 3, 5))
    (datetime.date(2024, 3, 5), None)
    >>> _by_text("渠2023年3月2日动工,2024年3月2日通水。", Day(None, 3, 5)), _by_text("渠2023年9月动工。", Day(None, 3, 5))
    (None, None)
    """
    if written.month is None:
        return None
    days = set()
    for found in _NAMED.finditer(source[:_SAMPLE]):
        year, month = int(found["year"]), int(found["month"])
        named = on_day(year, month, int(found["day"] or 1))
        day = on_day(year, written.month, written.day)
        if named is None or day is None:
            continue
        gap = (day - named).days
        if (0 <= gap <= _NEAR) or (found["day"] is None and month == written.month):
            days.add(day)
    return days.pop() if len(days) == 1 else None
