"""Repairs: the text of an article as the rules read it, with the way back to its source.

The clean text has one form for everything: simplified characters, `,` `;` `:` `!` `?` `(` `)` and digits of half width,
`、` `。` `“”` `‘’` `《》` `…` `—` as Chinese has them, no space in or around a figure (but `1 286` keeps its own), and one
paragraph a line, each with exactly one line end.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.article import RawArticle, Span
from extractor.letters import letters
from extractor.normalise import captions as _captions
from extractor.normalise import (
    comma,
    compose,
    control,
    doubled,
    furniture,
    gloss,
    joins,
    paragraphs,
    private,
    script,
    spaces,
    tags,
    thousands,
    width,
)
from extractor.normalise import pages as _pages
from extractor.restore import restore
from extractor.text import Text

__all__ = ["Normalised", "normalise"]

_SHOWN = 5  # places that a warning names


@dataclass(frozen=True, slots=True)
class Normalised:
    """An article's text after its repairs.

    `title` and `captions` are half-open offsets of the clean text; captions that interrupted a sentence stand behind the rest.
    `language` is a BCP 47 tag: zh-Hans, zh-Hant, ja, ko, und.
    """

    text: Text
    captions: tuple[Span, ...] = ()
    title: Span | None = None
    language: str = "zh-Hans"
    warnings: tuple[str, ...] = ()


def normalise(article: RawArticle) -> Normalised:
    """The text of `article` after all repairs. Clean text costs one look at its alphabet and a few searches.

    >>> found = normalise(RawArticle("a", "青石鎮(zhèn)\\u3000新增消防員 35 名,，出動 1.2 萬 人次。"))
    >>> found.text.clean, found.language
    ('青石镇 新增消防员35名,出动1.2万人次。\\n', 'zh-Hant')
    >>> found.text.source[slice(*found.text.source_span(9, 12))]
    '35 名'
    """
    text = restore(article.source).text if article.text is None else article.text
    present = letters(text.clean) if article.letters is None else article.letters
    special = present & _special()
    notes: list[str] = []
    private_use = not special.isdisjoint(private.CHARACTERS) or private.beyond(present)

    if "\ufffd" in present:
        notes += _places(text, control.lost(text.clean), article.start, control.LOST)
    if "<" in present and ">" in present:
        text = text.edit("tag", tags.tags(text.clean))
    if special:
        if "\r" in special:
            text = text.edit("line_end", control.line_ends(text.clean))
        if special & compose.CHARACTERS:
            text = text.edit("compose", compose.compose(text.clean))
    if private_use:
        text = text.rewrite("private", private.named(text.clean))
        signs = private.symbols(text.clean)
        notes += _places(text, signs.inside, article.start, private.LEFT_OUT)
        text = text.edit("symbol", signs.edits)
        notes += _places(text, private.unknown(text.clean), article.start, private.UNKNOWN)
    turns = _turns(article, text, special)
    if special:
        if special & control.LETTERS:
            if "\t" in special:
                text = text.rewrite("table", control.rows(text.clean))
            text = text.rewrite("blank", control.blanks(text.clean, special))
        if special & width.letters():
            text = text.rewrite("width", width.fold(text.clean, special))
            folded = {width.table().get(ord(letter), letter) for letter in special}
            present, special = present | folded, special | (folded & _special())
    title = _title(article)
    page_edits = _pages.pages(text.clean, turns, None if title is None else text.clean_span(*title))
    before_pages = len(text.steps)
    text = text.edit("page", page_edits)
    quoted = not present.isdisjoint(thousands.MARKS)
    if quoted or "." in present:
        text = text.rewrite("thousands", thousands.thousands(text.clean, quoted=quoted))
    if '"' in present or "'" in present:
        text = text.edit("doubled", doubled.straight(text.clean))
        text = text.rewrite("quotes", width.quotes(text.clean))
    if "(" in present:
        text = text.edit("gloss", gloss.gloss(text.clean))
    if "," in present:
        text = text.edit("comma", comma.comma(text.clean))
    text = text.edit("doubled", doubled.marks(text.clean))

    simple = script.simplify(text.clean, special)
    text = text.rewrite("script", simple.text)
    if simple.japanese:
        notes.append(f"{simple.japanese} line{'s' if simple.japanese > 1 else ''} of Japanese left as written")

    text = text.edit("letterspacing", spaces.letterspaced(text.clean))
    run_on = "\n" not in text.clean.strip()
    text = text.rewrite("break", paragraphs.breaks(text.clean))
    run_on = run_on and "break" in text.repairs
    text = text.edit("space", spaces.figures(text.clean))
    text = text.edit("space", spaces.spaces(text.clean))
    if "#" in present or "*" in present:
        text = text.edit("markup", furniture.markup(text.clean))
    text = text.edit("furniture", furniture.furniture(text.clean))
    text = text.edit("stray", furniture.stray(text.clean))
    if not run_on:
        text = text.edit("repeated", doubled.lines(text.clean))

    found = _captions.captions(text.clean, None if title is None else text.clean_span(*title), present)
    text = text.edit("caption", found.edits, len(found.lifted) + found.repeated)
    since = len(text.steps)
    body = len(text.clean) - sum(end - start + 1 for start, end in found.lifted)
    lifted = []
    for start, end in found.lifted:
        lifted.append((body, body + end - start))
        body += end - start + 1
    standing = [text.clean_span(*span, since=since - 1) if found.edits else span for span in found.standing]

    apart = None if title is None else text.clean_span(*title)
    turned = {
        text.clean_span(turn, turn, since=before_pages)[0] for turn in [*turns, *(edit.end for edit in page_edits)]
    }
    text = text.edit("join", joins.joins(text.clean, apart, sorted(turned)))
    if "symbol" in text.repairs:
        text = text.edit("symbol", private.bullets(text.clean))
    if run_on:
        text = text.rewrite("break", paragraphs.headings(text.clean))
    text = text.edit("paragraph", paragraphs.paragraphs(text.clean))

    spans = [text.clean_span(*span, since=since) for span in [*standing, *lifted]]
    clean_title = None if title is None else text.clean_span(*title)
    return Normalised(
        text,
        tuple(sorted(span for span in spans if span[0] < span[1])),
        clean_title if clean_title is not None and clean_title[0] < clean_title[1] else None,
        simple.language,
        tuple(notes),
    )


@lru_cache(maxsize=1)
def _special() -> frozenset[str]:
    """The characters that the repairs of single characters look for."""
    return control.LETTERS | compose.CHARACTERS | private.CHARACTERS | width.letters() | script.letters() | script.KANA


def _turns(article: RawArticle, text: Text, special: Collection[str]) -> list[int]:
    """Where in `text` a page of the article ends: at form feeds, and where its reader says so."""
    turns = [text.clean_span(page - article.start, page - article.start)[0] for page in article.pages]
    if "\f" in special:
        turns += [i for i, character in enumerate(text.clean) if character == "\f"]
    return turns


def _places(text: Text, places: Sequence[int], start: int, about: str) -> list[str]:
    """A warning `about` the characters of `text` at `places`: their number, and where the first ones are in the document."""
    if not places:
        return []
    offsets = [start + text.source_span(place, place + 1)[0] for place in places[:_SHOWN]]
    shown = ", ".join(
        f"U+{ord(text.clean[place]):04X} at {offset}" for place, offset in zip(places, offsets, strict=False)
    )
    number = f"{len(places)} character{'s' if len(places) > 1 else ''}"
    return [f"{number} {about}: {shown}{' …' if len(places) > _SHOWN else ''}"]


def _title(article: RawArticle) -> Span | None:
    """The lines of the title as a span of the article's own source."""
    span = article.evidence.get("headline") or article.evidence.get("title")
    if span is None or not article.start <= span[0] < span[1] <= article.end:
        return None
    return span[0] - article.start, span[1] - article.start
