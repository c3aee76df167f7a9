"""Separators of thousands as other countries write them: 1'234'567, 1٬234, 1.234.567."""

from __future__ import annotations

import regex

_QUOTED = regex.compile(r"['’٬](?<=(?<![\d'’.,٬])\d{1,3}['’٬])(?:\d{3}(?:['’٬](?=\d))?)+(?![\d'’٬])")
_DOTTED = regex.compile(
    r"\.(?<=(?<![\dA-Za-z_.,-])[1-9]\d{0,2}\.)\d{3}(?:\.\d{3})+(?:,\d{1,2}(?![\d,]))?(?![\dA-Za-z_]|\.\d)"
)
_VERSION = regex.compile(r"(?:版本?|[Vv](?:er|ersion)?\.?|IP|地址|第|[号條条章节])[: ]?\Z")
MARKS = frozenset("'’٬")


def thousands(text: str, *, quoted: bool = True) -> str:
    """`text` with a comma between the thousands of a number, one to one; `quoted` says that it may hold ' or ’ or ٬ in one.

    A point parts thousands only where there are two or more, and neither an address nor a version of a program is meant.

    >>> thousands("1'234'567元、1’234人、1.234.567,5吨"), thousands("地址192.168.100.200,版本1.234.567,占1.234")
    ('1,234,567元、1,234人、1,234,567.5吨', '地址192.168.100.200,版本1.234.567,占1.234')
    """
    if quoted:
        text = _QUOTED.sub(_commas, text)
    return _DOTTED.sub(_points, text)


def _commas(found: regex.Match[str]) -> str:
    groups: list[str] = regex.split("['’٬]", found[0])
    return ",".join(groups) if all(len(group) == 3 for group in groups[1:]) else found[0]


def _points(found: regex.Match[str]) -> str:
    text, start = found.string, found.start()
    first = start
    while text[first - 1 : first].isdigit():
        first -= 1
    whole, _, fraction = found[0].partition(",")
    parts = [text[first:start], *whole.split(".")[1:]]
    if _VERSION.search(text, max(0, first - 10), first) is not None:
        return found[0]
    if len(parts) == 4 and all(int(part) < 256 for part in parts):
        return found[0]
    return whole.replace(".", ",") + ("." + fraction if fraction else "")
