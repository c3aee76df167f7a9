"""The numbers of documents: 民发〔2021〕12号, 国令第731号, 2024年第6号, 第38/2022号行政法规."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.article import Span
from extractor.programs.undertaking import Undertaking
from extractor.segment import Passage

# 《党政机关公文处理工作条例》 (2012), art. 9: the issuer's letters, the year in 〔〕, the serial number. Writers also use other
# brackets. Orders: 国务院令第731号, 第12号令; announcements: 2024年第6号; Taiwan: 台财税字第11304612350号; Macau: 第5/2021号法律.
NUMBER = re.compile(
    r"""(?P<letters>[一-鿿]{1,14}?)[〔\[(〔【﹝](?:19|20)\d{2}(?:年)?[〕\])〕】﹞]\s?第?\d{1,5}号
      | (?P<order>[一-鿿]{0,14}?令)(?:\(第\d{1,5}号\)|第\d{1,5}号)
      | (?P<word>[一-鿿]{1,12}字)第\d{4,12}号
      | 第\d{1,4}/\d{4}号(?:行政法规|行政命令|法律|批示|公告)?
      | 第\d{1,5}号(?:主席令|总统令|令|公告)
      | (?:19|20)\d{2}年第\d{1,4}号(?:公告|令|通告)?""",
    re.VERBOSE,
)
_LEADS = re.compile(r"^.*(?:编号为|文号为|编号|文号|以|依据|根据|依照|按照|印发|下发|发布|公布|的|和|及|是|为|由)(?=.)")
_SENTENCE = re.compile(r"[。!?;\n]")
_MARK = re.compile(r"\d号")
_LONGEST = 34
_FAR = 40


def tell_numbers(found: Sequence[Undertaking], passage: Passage) -> None:
    """Gives each document the number that stands in its sentence: in brackets behind its title, or before it."""
    clean = passage.clean
    titles = [one for one in found if one.titled or one.category == "policy_document"]
    if not titles or "号" not in clean:
        return
    starts = [one.start for one in titles]
    for hit in _numbers(clean):
        start, end = _own(hit, clean)
        place = bisect_right(starts, start) - 1
        last = titles[place] if place >= 0 else None
        if last is not None and last.end > start:
            continue  # a number inside a title: 《国务院令第十号注释》
        number = clean[start:end]
        behind = titles[place + 1] if place + 1 < len(titles) else None
        bracketed = clean[start - 1 : start] in ("(", ",") and clean[end : end + 1] in (")", ",")
        if not bracketed and behind is not None and _leads_to(end, behind.start, clean):
            behind.number = behind.number or number
        elif last is not None and bracketed and _same_sentence(last.end, start, clean):
            last.number = last.number or number


def _numbers(clean: str) -> Iterator[re.Match[str]]:
    """The numbers of the text, looked for around 号 and 令 only."""
    done = 0
    for mark in _MARK.finditer(clean):
        hit = NUMBER.search(clean, max(done, mark.start() - _LONGEST), mark.end() + 6)
        if hit is not None and hit.end() >= mark.end():
            yield hit
            done = hit.end()


def _own(hit: re.Match[str], clean: str) -> Span:
    """The span of the number without the words before its letters: 编号为|教体艺厅函〔2023〕19号."""
    start, end = hit.span()
    for group in ("letters", "order", "word"):
        if hit[group] and (lead := _LEADS.match(hit[group])):
            return start + lead.end(), end
    return start, end


def _leads_to(end: int, title: int, clean: str) -> bool:
    return title - end <= 12 and not _SENTENCE.search(clean, end, title) and "," not in clean[end + 1 : title]


def _same_sentence(end: int, number: int, clean: str) -> bool:
    return number - end <= _FAR and not _SENTENCE.search(clean, end, number)
