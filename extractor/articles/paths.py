"""The day that a file's name or an address holds: 2024-12-10.txt, 2024/12/10/a.txt, …/t20241210_123.html.

Such a day is a guess: it may be the day on which the file was saved, and an id may look like one. So it is asked for only
where the document itself states none, it must be a whole valid day, and it goes with a warning.
"""

from __future__ import annotations

import datetime as dt

import regex

from extractor.article import Span
from extractor.articles.dates import on_day
from extractor.later import regex_later

_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
_NO_SPAN = r"(?! ?(?:至|到|~|～|—|－|--))"  # of several days none is the one
_SPELT = regex_later(
    # 2024-12-10, 2024_12_10, 2024.1.5; of folders, with two figures each, 2024/12/10, 2024-12/10, 202412/10, 2024/1210.
    rf"(?<![0-9vV]){_YEAR}[-_. ]{_MONTH}[-_. ]{_DAY}(?!\d){_NO_SPAN}"
    rf"|(?<!\d){_YEAR} ?年[ /]?{_MONTH} ?月[ /]?{_DAY} ?日{_NO_SPAN}"
    rf"|(?<!\d)民[國国] ?(?P<roc>\d{{2,3}}) ?年 ?{_MONTH} ?月 ?{_DAY} ?日{_NO_SPAN}"
    rf"|(?<![0-9A-Za-z]){_YEAR}(?:[-_./]?(?P<month>\d\d)/|/(?P<month>\d\d)[-_./]?)(?P<day>\d\d)(?!\d)"
)
# 20241210, t20241210_1, content_20241210, 20241210T0930, 20241210093000: in one piece of a name, with a clock at most behind
# it. Letters and digits in turn are a checksum, more digits an id or a telephone number.
_COMPACT = regex.compile(
    r"(?<![0-9A-Za-z])[A-Za-z]{0,12}(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?Z?)?[A-Za-z]{0,6}(?![0-9A-Za-z])"
)
_HOST = regex.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_PARTS = regex.compile(r"[\\/#]")
_ENDING = regex.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")


def day_in_address(url: str) -> tuple[dt.date, Span] | None:
    """The day that the path of `url` holds, with its span, None where it holds none or two different ones.

    >>> day_in_address("https://example.org/2024/12/10/c_112.html")
    (datetime.date(2024, 12, 10), (20, 30))
    >>> found = map(day_in_address, ["http://example.org/202412/t20241210_123.html", "http://example.org/content_20241210.htm"])
    >>> [day.isoformat() for day, _ in found]
    ['2024-12-10', '2024-12-10']
    >>> day_in_address("http://example.org/id/20241210123456789012"), day_in_address("http://20241210.example.org/a")
    (None, None)
    """
    host = _HOST.match(url)
    start = host.end() if host is not None else 0
    return _day(url, start, len(url))


def day_in_name(doc: str) -> dt.date | None:
    """The day in the name of a document, a path with `/` between folders; what stands nearer to its end counts more.

    >>> for name in ("2024-12-10.txt", "news/20241210_x.txt", "江城日报2024年12月10日.txt", "2024/12/10/a.txt", "2024-12-10/3.txt#7"):
    ...     assert day_in_name(name) == dt.date(2024, 12, 10), name
    >>> [day_in_name(name) for name in ("2024-02-30.txt", "13820241210.txt", "2024-12.txt", "2024-12-01_2024-12-10.txt", "a.txt")]
    [None, None, None, None, None]
    """
    parts = [0, *(part.end() for part in _PARTS.finditer(doc))]
    ending = _ENDING.search(doc)
    end = ending.start() if ending is not None else len(doc)
    for start in reversed(parts):  # the file's own name, then with its folder, and so on
        if spans := _days(doc, min(start, end), end):
            return next(iter(spans)) if len(spans) == 1 else None
    return None


def _day(text: str, start: int, end: int) -> tuple[dt.date, Span] | None:
    spans = _days(text, start, end)
    return next(iter(spans.items())) if len(spans) == 1 else None


def _days(text: str, start: int, end: int) -> dict[dt.date, Span]:
    """The days between `start` and `end`, each with its first span."""
    spans: dict[dt.date, Span] = {}
    for pattern in (_SPELT, _COMPACT):
        for found in pattern.finditer(text, start, end):
            year = int(found["year"]) if found["year"] else int(found["roc"]) + 1911
            if (day := on_day(year, int(found["month"]), int(found["day"]))) is not None:
                first = found.start("year") if found["year"] else found.start()
                spans.setdefault(day, (first, max(found.end("day"), first)))
    return spans
