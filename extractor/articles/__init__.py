"""A document → its articles, each with title, byline, publisher and date, and where the document says so.

A newspaper page holds several articles; a page of the web holds one among buttons, comments and lists of others. Lines are
judged one by one (see `shapes`), then the articles are read off from top to bottom: an article begins with the lines of its
title and ends before the next title, or where the page around it begins.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from extractor.article import Document, Letters, Origin, RawArticle, Region, Span
from extractor.articles.dates import counts_from_1912
from extractor.articles.dating import Inferred, date_articles
from extractor.articles.heads import find, one_article
from extractor.articles.lines import Kind, lines
from extractor.articles.region import is_mainland, may_be_elsewhere, region_of, region_of_paper, sign_of
from extractor.articles.stated import first_stated, read_facts, sources
from extractor.letters import letters
from extractor.normalise.script import is_traditional
from extractor.normalise.script import letters as letters_of_script
from extractor.text import half_pairs

BY_NAME: Final[frozenset[Inferred]] = frozenset({"name"})


def articles(
    document: Document, published_from: Collection[Inferred] = BY_NAME, present: Letters | None = None
) -> list[RawArticle]:
    """The articles of `document` in order; `source` is exactly `document.text[start:end]` for each.

    Facts stated beside the text win over what is found in it. A text of one paragraph, or one whose title is stated, is
    one article as it is. Where no article can be told from what surrounds it, the whole text is one. A lone half of a
    surrogate pair stands in `source` as U+FFFD. `published_from` says what beside the document itself may date an article
    that states no date: the name of its file, the time of its file. `present` are the `letters` of the text, where known.

    >>> page = "登录\\n江城建成社工站\\n江城日报 2024-12-10 09:30\\n记者 李明\\n全市建成社工站12个，服务群众3万人次。\\n责任编辑：王某\\n点赞 0\\n"
    >>> [found] = articles(Document("page.txt", page))
    >>> found.title, found.byline, found.publisher, found.published, found.end
    ('江城建成社工站', ('李明',), '江城日报', datetime.date(2024, 12, 10), 59)
    >>> [found] = articles(Document("2024/12/10/a.txt", "全市建成社工站12个。"))
    >>> found.published, found.stated_by, found.warnings
    (datetime.date(2024, 12, 10), {'published': 'name'}, ('published 2024-12-10 is taken from the file name: check it',))
    """
    text, lost = half_pairs(document.text) if present is None else (document.text, ())
    if lost:
        document = replace(document, text=text, warnings=(*document.warnings, *lost))
    present = letters(text) if present is None else present
    found_lines = lines(text, present)
    if not found_lines:
        return []
    whole = len(found_lines) == 1 or bool(document.stated.get("title"))
    found = [one_article(found_lines)] if whole else find(found_lines)
    unsure = not found and any(line.kind is not Kind.title for line in found_lines)
    found = found or [one_article(found_lines)]
    above = first_stated(sources(found_lines, 0, found[0].first))
    read = []
    for index, extent in enumerate(found):
        following = found[index + 1].first if index + 1 < len(found) else len(found_lines)
        read.append(read_facts(document, present, found_lines, extent, following, index, above, whole=whole))
    result = date_articles(read, document, published_from)
    if may_be_elsewhere(present):
        result = _in_regions(text, result)
    result = [_of_calendar(text, article, present) for article in result]
    notes = (
        (*document.warnings, "no article could be told from what surrounds it: the whole text is read")
        if unsure
        else document.warnings
    )
    if notes:
        result[0] = replace(result[0], warnings=(*notes, *result[0].warnings))
    return result


def _in_regions(text: str, articles: list[RawArticle]) -> list[RawArticle]:
    """`articles` with the regions that they show, or else that their page shows, for those of which none is stated."""
    result = []
    for article in articles:
        region = "CN" if "region" in article.stated_by else region_of(article.source)
        if region != "CN":
            start, end = sign_of(article.source, region)
            article = _placed(article, region, "text", (article.start + start, article.start + end))
        elif "region" not in article.stated_by:
            article = _in_region_of_paper(article)
        result.append(article)
    if all("region" in article.stated_by for article in result):
        return result
    return _in_region_of_page(text, result)


def _in_region_of_paper(article: RawArticle) -> RawArticle:
    """`article` in the region where its publisher is known to publish, if its script and words do not speak against it."""
    region = region_of_paper(article.publisher)
    if region == "CN" or not is_traditional(set(article.source)) or is_mainland(article.source):
        return article
    return _placed(article, region, article.stated_by["publisher"], article.evidence.get("publisher"))


def _of_calendar(text: str, article: RawArticle, present: Letters) -> RawArticle:
    """`article` with a doubt where its date is read by the calendar of Taiwan, and nothing shows that it is from there."""
    written = text[slice(*article.evidence.get("published", (0, 0)))]
    if article.region == "TW" or not counts_from_1912(written):
        return article
    if article.region == "CN" and not letters_of_script().isdisjoint(present) and not is_mainland(article.source):
        return article
    reason = f"published {article.published} reads {written!r} by the calendar of Taiwan, which nothing else speaks for"
    return replace(article, warnings=(*article.warnings, f"{reason}: check it"))


def _placed(article: RawArticle, region: Region, origin: Origin, sign: Span | None) -> RawArticle:
    return replace(
        article,
        region=region,
        evidence=article.evidence if sign is None else {**article.evidence, "region": sign},
        stated_by={**article.stated_by, "region": origin},
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
    sign = sign_of(text, region)
    return [
        replace(
            _placed(article, region, "page", sign),
            warnings=(*article.warnings, f"region {region} is taken from the page around the article: check it"),
        )
        if "region" not in article.stated_by and is_traditional(set(article.source)) and not is_mainland(article.source)
        else article
        for article in articles
    ]
