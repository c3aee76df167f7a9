"""What documents are called: names that can be printed, that are each their own, and that name a file safely."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from extractor.sources.decode import decode

_STEERS = (  # control characters, ends of lines and what turns the direction of writing (UAX 9, 2.1-2.3)
    r"\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
)
_UNPRINTABLE = re.compile(f"[{_STEERS}]")
_UNSAFE = re.compile(rf'[{_STEERS}/\\:*?"<>|\ufffd]+')
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # what Windows takes for devices
_LONGEST = 180  # bytes of a file's name; file systems take 255, and a number and an ending come behind


def printable(name: str) -> str:
    r"""`name` on one line: U+FFFD for each character that steers a terminal, and for each half of a surrogate pair.

    These are control characters, line ends, and those that turn the direction of writing, by which a name may be shown
    backwards.

    >>> printable("修渠\n记.txt"), printable("修渠\u202etxt.exe")
    ('修渠\ufffd记.txt', '修渠\ufffdtxt.exe')
    """
    return _UNPRINTABLE.sub("\ufffd", name)


def of_path(path: str | os.PathLike[str]) -> str:
    """The path for people to read, whatever bytes it holds; names that an old system wrote in GBK or Big5 too."""
    name = os.fsencode(path)
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        return printable(decode(name).text)
    # Controls in UTF-8 are a name made to deceive: read as GBK, they would be rare characters.
    return printable(text if name.isascii() or _UNPRINTABLE.search(text) else decode(name).text)


class Taken:
    """Names that are given away, each once. As quick for the thousandth of one name as for the first.

    >>> taken = Taken(["a.txt"])
    >>> taken.take("b.txt"), taken.take("a.txt"), taken.take("a.txt"), taken.take("a.txt", ".txt")
    ('b.txt', 'a.txt~2', 'a.txt~3', 'a~2.txt')
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = set(names)
        self._last: dict[tuple[str, str], int] = {}  # the number that a name was given with last

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def add(self, name: str) -> None:
        self._names.add(name)

    def take(self, name: str, ending: str = "") -> str:
        """`name`, or with the first number behind it, but in front of its `ending`, that is not taken. It is from now on."""
        found = name
        if found in self._names:
            number = self._last.get((name, ending), 1)
            while found in self._names:
                number += 1
                found = f"{name.removesuffix(ending)}~{number}{ending}"
            self._last[name, ending] = number
        self._names.add(found)
        return found


def inside(name: str) -> str:
    r"""The name of a file in an archive as a path below it: no drive, no root, no way up, and / between folders.

    >>> inside("../../etc/x.txt"), inside("C:\\news\\a.txt"), inside("/a//b.txt")
    ('etc/x.txt', 'news/a.txt', 'a/b.txt')
    """
    parts = [part for part in re.split(r"[/\\]+", name) if part not in ("", ".", "..")]
    if len(parts) > 1 and re.fullmatch("[A-Za-z]:", parts[0]):
        del parts[0]
    return printable("/".join(parts))


def of_file(doc: str) -> str:
    """A file name, without an ending of its own, for what is written of the document `doc`: no folder in it, nor a hidden file.

    >>> of_file("news.zip#../a:1.html"), of_file(".."), of_file("con.txt")
    ('news.zip#.._a_1.html', '_', '_con.txt')
    """
    name = _UNSAFE.sub("_", doc).encode()[:_LONGEST].decode("utf-8", "ignore").strip()
    if name.startswith("."):
        name = "_" + name.lstrip(".")
    return "_" + name if not name or _DEVICES.match(name) else name
