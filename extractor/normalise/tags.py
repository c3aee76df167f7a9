"""Tags of HTML that were left in a plain text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.later import regex_later
from extractor.text import Edit

_BLOCK = (
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|li"
    "|main|nav|ol|option|p|pre|section|select|table|tbody|tfoot|thead|title|tr|ul"
)
_CELL = "td|th"
_INLINE = (
    "abbr|audio|b|big|button|code|del|em|embed|font|i|iframe|img|input|ins|label|link|mark|meta|o:p|object|param|picture|q|s|small|source"
    "|script|span|strike|strong|style|noscript|template|sub|sup|svg|u|video|wbr|a"
)
_TAG = regex_later(
    rf"<(?P<close>/)?(?:(?P<block>{_BLOCK})|(?P<cell>{_CELL})|(?P<inline>{_INLINE}))(?P<facts>\s[^<>]*+)?/?>",
    regex.IGNORECASE,
)
_HIDDEN = regex.compile(
    r"<(?P<name>script|style|noscript|template)(?=[\s>])[^<>]*+>|(?P<comment><!--)", regex.IGNORECASE
)
_CLOSE = {
    name: regex.compile(rf"</{name}\s*+>", regex.IGNORECASE) for name in ("script", "style", "noscript", "template")
}
_CLOSE["comment"] = regex.compile("-->")
_RUN = regex.compile(r"[ \t\r\n]*")
_ANY = regex.compile(r"<[!/]?[A-Za-z]")


def tags(text: str) -> list[Edit]:
    """Deletes tags, and scripts, styles and comments with what they hold; those of blocks become line ends, those of cells spaces.

    Only names of HTML count, so that a<b and <5% stay; a name of one letter between ASCII letters (a<p>b) is no tag
    unless it is closed somewhere.

    >>> text = "<p>全乡修渠<b>36</b>条。</p><style>p {}</style>\\n<p>若a<b,占比<5%。</p>"
    >>> print("".join(edit.new for edit in tags(text)), [text[edit.start : edit.end] for edit in tags(text)])
    <BLANKLINE>
    <BLANKLINE>
    <BLANKLINE>
     ['<p>', '<b>', '</b>', '</p><style>p {}</style>\\n<p>', '</p>']
    """
    if "<" not in text or _ANY.search(text) is None:
        return []
    edits: list[Edit] = []
    for start, end, new in _found(text):
        if edits and _RUN.fullmatch(text, edits[-1].end, start) is not None:  # nothing but blanks between: one border
            last = edits.pop()
            between = "\n" if "\n" in (new + last.new) or "\n" in text[last.end : start] else ""
            new = between or (" " if " " in new + last.new or last.end < start else "")
            start = last.start
        edits.append(Edit(start, end, new))
    return edits


def blanked(text: str) -> str:
    """`text` of the same length with blanks for what `tags` takes out, and a line end where a block begins or ends.

    >>> blanked("<p>修渠<b>36</b>条</p>")
    '\\n  修渠   36    条\\n   '
    """
    pieces: list[str] = []
    done = 0
    for start, end, new, _ in tags(text):
        pieces += (text[done:start], new.ljust(end - start))
        done = end
    return "".join([*pieces, text[done:]])


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    hidden = list(_hidden(text))
    closed = {name for name in "abipqsu" if f"</{name}>" in text or f"</{name.upper()}>" in text}
    done = 0
    for found in _TAG.finditer(text):
        while done < len(hidden) and hidden[done][0] <= found.start():
            yield *hidden[done], ""
            done += 1
        if done and found.start() < hidden[done - 1][1]:
            continue
        name = found["block"] or found["cell"] or found["inline"]
        if (
            len(name) == 1
            and name.lower() not in closed
            and not found["facts"]
            and not _stands_out(text, *found.span())
        ):
            continue
        yield *found.span(), "\n" if found["block"] else " " if found["cell"] else ""
    for span in hidden[done:]:
        yield *span, ""


def _stands_out(text: str, start: int, end: int) -> bool:
    """Whether a tag of one letter has no ASCII letter or digit on one side at least, as `<p>` before a sentence."""
    return any(not side.isascii() or not side.isalnum() for side in (text[start - 1 : start], text[end : end + 1]))


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Scripts, styles and comments: what has no end hides nothing."""
    done, endless = 0, set()
    for found in _HIDDEN.finditer(text):
        kind = (found["name"] or "comment").lower()
        if found.start() < done or kind in endless:
            continue
        close = _CLOSE[kind].search(text, found.end())
        if close is None:
            endless.add(kind)
            continue
        done = close.end()
        yield found.start(), done
