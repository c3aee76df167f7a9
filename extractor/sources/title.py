"""Whether the title in a file's metadata is that of its text."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from extractor.sources import page

_LINES: Final = 6  # at the head of a text, empty ones apart


def heads(title: str, text: str) -> bool:
    """Whether `text` begins with `title`, on one line or two; programs put names of files, papers and templates there too.

    >>> heads("柳湾县清淤河道", "柳湾日报\\n柳湾县\\n清淤河道\\n入秋以来，……"), heads("稿件3.doc", "柳湾县清淤河道\\n")
    (True, False)
    >>> heads("柳湾日报", "柳湾日报\\n柳湾县清淤河道\\n")
    False
    """
    title = "".join(title.split())
    if len(title) < 5 or page.is_page_name(title):
        return False
    lines = (line for line in text.splitlines() if line.strip())
    head = ["".join(line.split()) for line, _ in zip(lines, range(_LINES), strict=False)]
    return title in {*head, *(above + below for above, below in pairwise(head))}
