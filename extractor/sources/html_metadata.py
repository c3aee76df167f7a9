"""What the metadata of a web page states about its article: meta tags, JSON-LD, microdata, the scripts of WeChat pages.

A site names these facts as its editing system does. Names of dates of change or of generation (`lastmodified`, `Maketime`)
are left out, and so is every year in a copyright line: a page that states no publication has none.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import regex

from extractor.articles.dates import read_date
from extractor.normalise.shapes import SURNAMES, split_names
from extractor.normalise.words import may_be_name

_TITLES: Final = ("articletitle", "og:title", "twitter:title", "headline", "dc.title", "citation_title")
_DATES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "og:release_date", "article:create_at", "weibo:article:create_at", "weibo: article:create_at",
    "bytedance:published_time", "pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "publish_time", "publishedtime",
    "firstpublishedtime", "datepublished", "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "citation_publication_date", "dc.date", "date",
)  # fmt: skip
_PUBLISHERS: Final = ("contentsource", "source", "article:source", "publisher", "mediaid", "dc.publisher", "dc.source")
_AUTHORS: Final = ("author", "article:author", "og:article:author", "dc.creator", "byl", "citation_author")
_NAMES: Final = frozenset((*_TITLES, *_DATES, *_PUBLISHERS, *_AUTHORS, "og:site_name", "og:url", "url", "sitename"))
_ARTICLES: Final = ("NewsArticle", "ReportageNewsArticle", "Article", "BlogPosting", "OpinionNewsArticle", "WebPage")
# Where accounts of many publishers appear: the site is not the publisher.
_PLATFORMS: Final = frozenset(
    "微信公众平台 今日头条 百家号 搜狐 网易 腾讯新闻 腾讯网 手机搜狐网 新浪看点 知乎 微博 Facebook LINE YouTube".split()
)
_LABEL = regex.compile(r"\A(?:文章|信息|新闻|稿件)?(?:来源|來源|稿源|出处|出處)[:：]\s*")
_PERSON = regex.compile(r"\p{Han}{2,4}|\p{Han}{1,8}(?:·\p{Han}{1,8})+")
_LOCAL: Final = dt.timezone(dt.timedelta(hours=8))  # of the mainland, Taiwan, Hong Kong and Macau alike
_ZONED = regex.compile(r"\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)\s*")
_EPOCH = regex.compile(r"1\d{9}(?:\d{3})?")
_WECHAT_TIME = regex.compile(
    r"\b(?:ct|create_time|createTime|oriCreateTime)\s*=\s*[\"'](?P<at>\d{10}|\d{4}-\d\d-\d\d[^\"']{0,12})[\"']"
)
_WECHAT_NAME = regex.compile(r"\bnickname\s*=\s*(?:htmlDecode\()?[\"'](?P<name>[^\"']{1,60})[\"']")
_LONGEST: Final = 2_000_000  # characters of one JSON-LD script
_NODES: Final = 10_000  # objects looked at in all JSON-LD of a page


@dataclass(slots=True)
class Metadata:
    """What was met while a page was read: `named` holds meta tags and microdata, by names in lower case, first value first."""

    named: dict[str, list[str]] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    account: str = ""
    script: str = ""

    def add(self, name: str, value: str) -> None:
        name, value = name.strip().lower(), " ".join(value.split())
        if name in _NAMES and 0 < len(value) <= 1000 and "{{" not in value and "${" not in value:
            values = self.named.setdefault(name, [])
            if len(values) < 20:
                values.append(value)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the metadata states: each title with the surest first, `days` the days that the first date may mean.

    `site` is the name of the site, which is the publisher only where no other is named.
    """

    titles: tuple[str, ...]
    page_title: str
    byline: str
    publisher: str
    site: str
    days: tuple[dt.date, ...]
    url: str


def stated(found: Metadata) -> Stated:
    """What `found` states, each fact from the surest place that has it.

    >>> page = Metadata(named={"pubdate": ["2024-03-18 09:12"], "contentsource": ["青石县水利局"], "author": ["admin"]})
    >>> known = stated(page)
    >>> known.days, known.publisher, known.byline
    ((datetime.date(2024, 3, 18),), '青石县水利局', '')
    """
    linked = sorted(_articles(found.linked), key=lambda one: "WebPage" in _as_list(one.get("@type")))  # says less
    titles = [*_texts(linked, "headline"), *_values(found, _TITLES)]
    site = next(iter(_values(found, ("og:site_name", "sitename"))), "")
    wechat = _WECHAT_NAME.search(found.script) if found.script else None
    account = wechat["name"].strip() if wechat is not None else found.account.strip()
    publishers = [*([account] if account else []), *_names(linked, "publisher"), *_values(found, _PUBLISHERS)]
    dates = [*_texts(linked, "datePublished"), *_values(found, _DATES)]
    if found.script and (made := _WECHAT_TIME.search(found.script)) is not None:
        dates.append(made["at"])
    publisher = next(
        (name for name in publishers if len(name) <= 40 and name not in _PLATFORMS and "://" not in name), ""
    )
    written = _names(linked, "author") or _values(found, _AUTHORS)[:1]
    names = tuple(dict.fromkeys(name for one in written for name in split_names(one)))
    urls = (found.canonical, *_values(found, ("og:url",)), *_addresses(linked), *_values(found, ("url",)))
    return Stated(
        titles=tuple(dict.fromkeys(titles)),
        page_title=" ".join(found.title.split()),
        byline="、".join(names) if len(names) <= 8 and all(map(_is_person, names)) else "",
        publisher=publisher,
        site="" if site in _PLATFORMS else site,
        days=next((known for known in map(days, dates) if known), ()),
        url=next((url for url in urls if _is_address(url)), ""),
    )


def _is_person(name: str) -> bool:
    """Whether `name` is that of a person: many sites put an account, a number or themselves for the author."""
    return _PERSON.fullmatch(name) is not None and ("·" in name or (name[0] in SURNAMES and may_be_name(name)))


def days(written: str) -> tuple[dt.date, ...]:
    """The days that a date in metadata may mean: the one of Chinese time first, and as written where the zone makes another.

    Many sites write their own time and call it UTC, so the page's own lines decide between the two.

    >>> days("2024-06-11T21:30:00Z")
    (datetime.date(2024, 6, 12), datetime.date(2024, 6, 11))
    >>> days("2024-06-12T05:30:00+08:00"), days("1715164200"), days("2021-07-21-08:11:00"), days("今天")
    ((datetime.date(2024, 6, 12),), (datetime.date(2024, 5, 8),), (datetime.date(2021, 7, 21),), ())
    """
    if _EPOCH.fullmatch(written):
        return (dt.datetime.fromtimestamp(int(written[:10]), _LOCAL).date(),)
    day = read_date(written[:40])
    if day is None:
        return ()
    if (zoned := _ZONED.fullmatch(written)) is None:
        return (day,)
    try:
        there = dt.datetime.fromisoformat(f"{zoned[1]}T{zoned[2]}{zoned[3].replace('Z', '+00:00')}")
        return tuple(dict.fromkeys((there.astimezone(_LOCAL).date(), day)))
    except (ValueError, OverflowError):
        return (day,)


def _values(found: Metadata, names: Iterable[str]) -> list[str]:
    return [value for name in names for value in found.named.get(name, ())]


def _articles(scripts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The objects in JSON-LD that speak of an article, in order."""
    seen = 0
    for script in scripts:
        if len(script) > _LONGEST:
            continue
        try:
            todo: list[Any] = [json.loads(script.strip().removesuffix(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while todo and seen < _NODES:
            seen += 1
            value = todo.pop()
            if isinstance(value, list):
                todo.extend(reversed(value[:_NODES]))
            elif isinstance(value, dict):
                if any(kind in _ARTICLES for kind in _as_list(value.get("@type"))):
                    yield value
                todo.append(value.get("@graph"))


def _as_list(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, str | dict)] if isinstance(value, list) else [value]


def _texts(objects: Iterable[dict[str, Any]], name: str) -> list[str]:
    values = (value for one in objects for value in _as_list(one.get(name)))
    return [" ".join(value.split()) for value in values if isinstance(value, str) and 0 < len(value) <= 1000]


def _names(objects: Iterable[dict[str, Any]], role: str) -> list[str]:
    found = []
    for one in objects:
        for value in _as_list(one.get(role)):
            name = value.get("name") if isinstance(value, dict) else value
            found += [text.strip() for text in _as_list(name) if isinstance(text, str) and 0 < len(text.strip()) <= 60]
    return found


def _addresses(objects: Iterable[dict[str, Any]]) -> list[str]:
    found = []
    for one in objects:
        for value in (*_as_list(one.get("url")), *_as_list(one.get("mainEntityOfPage"))):
            address = value.get("@id") if isinstance(value, dict) else value
            if isinstance(address, str):
                found.append(address.strip())
    return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.netloc) and len(url) <= 2000 and not regex.search(r"\s", url)
    )
