"""A document → its articles, each with title, byline, publisher and date, and where the document says so.

A newspaper page holds several articles; a page of the web holds one among buttons, comments and lists of others. Lines are
judged one by one (see `shapes`), then the articles are read off from top to bottom: an article begins with the lines of its
title and ends before the next title, or where the page around it begins.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.article import Document, RawArticle
from extractor.normalise.script import is_traditional
from extractor.sources.decode import half_pairs
from extractor.sources.layout import find, one_article
from extractor.sources.lines import Kind, lines
from extractor.sources.region import is_mainland, may_be_elsewhere, region_of
from extractor.sources.stated import first_stated, read_facts, sources


def articles(document: Document) -> list[RawArticle]:
    """The articles of `document` in order; `source` is exactly `document.text[start:end]` for each.

    Facts stated beside the text win over what is found in it. A text of one paragraph, or one whose title is stated, is
    one article as it is. Where no article can be told from what surrounds it, the whole text is one. A lone half of a
    surrogate pair stands in `source` as U+FFFD.

    >>> page = "登录\\n江城建成社工站\\n江城日报 2024-12-10 09:30\\n记者 李明\\n全市建成社工站12个，服务群众3万人次。\\n责任编辑：王某\\n点赞 0\\n"
    >>> [found] = articles(Document("page.txt", page))
    >>> found.title, found.byline, found.publisher, found.published, found.end
    ('江城建成社工站', ('李明',), '江城日报', datetime.date(2024, 12, 10), 59)
    """
    text, lost = half_pairs(document.text)
    if lost:
        document = replace(document, text=text, warnings=(*document.warnings, *lost))
    present = set(text)
    found_lines = lines(text, present)
    if not found_lines:
        return []
    stated = document.stated
    whole = len(found_lines) == 1 or bool(stated.get("title"))
    found = [one_article(found_lines)] if whole else find(found_lines)
    unsure = not found and any(line.kind is not Kind.title for line in found_lines)
    found = found or [one_article(found_lines)]
    above = first_stated(sources(found_lines, 0, found[0].first))
    elsewhere = may_be_elsewhere(present)
    result: list[RawArticle] = []
    dated: list[RawArticle] = []  # the first article of each day
    for index, article in enumerate(found):
        following = found[index + 1].first if index + 1 < len(found) else len(found_lines)
        read = read_facts(document, found_lines, article, following, index, above, whole=whole)
        read = replace(read, letters=present)
        if elsewhere and not stated.get("region"):
            read = replace(read, region=region_of(read.source))
        if read.published is None:
            read = _dated_by_page(read, dated[0]) if len(dated) == 1 else read
        elif "published" in read.evidence and len(dated) < 2 and read.published not in {one.published for one in dated}:
            dated.append(read)
        result.append(read)
    if elsewhere and not stated.get("region") and any(article.region == "CN" for article in result):
        result = _in_region_of_page(text, result)
    notes = (
        (*document.warnings, "no article could be told from what surrounds it: the whole text is read")
        if unsure
        else document.warnings
    )
    if notes:
        result[0] = replace(result[0], warnings=(*notes, *result[0].warnings))
    return result


def _dated_by_page(article: RawArticle, first: RawArticle) -> RawArticle:
    """`article`, which states no date, with that of the `first` one that does: no article above states another."""
    return replace(
        article,
        published=first.published,
        evidence={**article.evidence, "published": first.evidence["published"]},
        warnings=(
            *article.warnings,
            "it states no publication date: the one stated above for the first article of its page is taken",
        ),
    )


def _in_region_of_page(text: str, articles: list[RawArticle]) -> list[RawArticle]:
    """`articles` with the region of what stands around them, for those in its script that show none of their own."""
    ends = [0, *(article.end for article in articles)]
    starts = [*(article.start for article in articles), len(text)]
    around = "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    others = {article.region for article in articles} - {"CN"}
    region = region_of(around)
    if region == "CN" and len(others) == 1:
        [region] = others
    if region == "CN":
        return articles
    return [
        replace(article, region=region)
        if article.region == "CN" and is_traditional(set(article.source)) and not is_mainland(article.source)
        else article
        for article in articles
    ]
