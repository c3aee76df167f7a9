"""CSV by RFC 4180 in UTF-8: one record a row, the same columns for every type.

Lists stand in one cell, joined by " | "; numbers are written plainly; what a type does not have stays empty. A cell that
a spreadsheet would run as a formula gets an apostrophe in front, unless it is a plain number. Control characters other
than tabs and line ends, which no program takes in CSV, become U+FFFD: JSON Lines keep them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from extractor.contract import Article
from extractor.facts import RECORD_TYPES, AnyRecord
from extractor.facts.base import Frozen, plain

OF_ARTICLE = ("doc", "article", "title", "published")
FIRST = ("type", "id", "start", "end", "raw", "text", "sentence", "section")
LAST = ("doubts", "rule", "model")
LEFT_OUT = ("rivals",)  # a record inside a record: in JSON Lines only


def _of_types() -> Iterable[str]:
    """The fields that types have of their own, in the order of the contract, each once."""
    for model in RECORD_TYPES.values():
        yield from model.model_fields


COLUMNS = (
    *OF_ARTICLE,
    *FIRST,
    *(name for name in dict.fromkeys(_of_types()) if name not in FIRST + LAST + LEFT_OUT),
    *LAST,
)
_AT_ONCE = 1000  # rows that are written together
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # the wide ones too: East Asian versions take them as well
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def render(article: Article) -> str:
    """The article's rows with their line ends; empty for an article without records."""
    return "".join(pieces(article))


def pieces(article: Article) -> Iterator[str]:
    """The same bit by bit."""
    for first in range(0, len(article.records), _AT_ONCE):
        yield _written(_row(article, record) for record in article.records[first : first + _AT_ONCE])


def safe(cell: str) -> str:
    r"""The cell as a spreadsheet shows it and does not run it.

    >>> safe("=1+1"), safe("-12.5"), safe("-12万"), safe("约3万")
    ("'=1+1", '-12.5', "'-12万", '约3万')
    >>> safe("修渠\x1b[2J")
    '修渠\ufffd[2J'
    """
    cell = _CONTROL.sub("\ufffd", cell)
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _row(article: Article, record: AnyRecord) -> list[str]:
    own = [getattr(article, name) for name in OF_ARTICLE]
    return [
        safe(_cell(value)) for value in (*own, *(getattr(record, name, None) for name in COLUMNS[len(OF_ARTICLE) :]))
    ]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{plain(value)}" if value == value.to_integral_value() else f"{value.normalize():f}"
    if isinstance(value, tuple):
        return " | ".join(map(_cell, value))
    if isinstance(value, Frozen):  # a candidate place: 鼓楼区 320106 江苏省南京市
        return " ".join(filter(None, (_cell(part) for _, part in value)))
    return str(value)


def _written(rows: Iterable[Iterable[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


HEADER = _written([COLUMNS])
