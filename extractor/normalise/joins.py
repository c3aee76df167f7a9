"""Sentences that a column, a page or the width of a window cut in two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import regex

from extractor.article import Span
from extractor.later import later
from extractor.normalise.furniture import is_furniture
from extractor.normalise.shapes import (
    HAN,
    byline,
    credit,
    has_clause,
    is_caption,
    is_lone_name,
    is_numbered,
    line_ends,
)
from extractor.normalise.words import acts, breaks_off, crosses, hangs_on
from extractor.text import Edit

_ENDS = frozenset("。!?…:")
_CLOSERS = frozenset("”’)》】")
_LONG = 45  # code points; no headline of a Chinese paper is that long
_HEADING = 30
_WIDEST = 60  # code points of a wrapped line
_NARROW = 10  # code points; the narrowest column of a newspaper
_OPEN_END = frozenset(
    "的和与及或在为以对从将被把由向于是有各每该其所并而且但因若如让使令给跟同比第约近超逾达共这那本某"
)
_CONTINUES = frozenset(",、。;:!?)”’》】…%")
_LINKS = frozenset("和与及等的了着地")
_UNIT = re.compile(rf"[\d.%‰℃万亿千百年月日时分秒个名人家元岁户件次所座项米吨里公平余多至{HAN}]")
_OPENER = re.compile(
    r"近年来|近日|日前|近期|今年|去年|目前|截至|如今|当前|为了|据(?:了解|介绍|悉|统计)|记者|走进|自?(?:19|20)\d\d年|[一二三四五六七八九十]是|首先|此外|同时|另外"
)
# What a sentence is told with, and no heading: when it was, who says so, what it adds.
_TOLD = regex.compile(
    r"^(?:日前|近日|昨[天日]|据(?:了解|介绍|悉|统计))|(?:日前|近日|已经|昨[天日]|记者)|(?:说|表示|介绍|指出|认为|坦言|透露),|,(?:其中|并|而|也|还|又|总|共|累计|其|至今|预计|同比)"
)
_SINCE = re.compile(r"^(?:日前|近日|昨[天日]|据(?:了解|介绍|悉|统计))")
_SPOKEN = re.compile(
    r"(?:笑着|感慨地|激动地|高兴地)?(?:说|称|道|表示|介绍|指出|强调|认为|坦言|透露|回忆|感慨|直言|补充|告诉记者)[,:]"
)
_COMMAS = 20  # code points; a longer line with two commas is no heading
_ENDS_IN_BRACKET = regex.compile(r"[。!?]\([^()]*\)\Z")
_STAMP = regex.compile(
    r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?!\d).{0,3}\d{1,2}:\d\d|^(?:来源|來源|发布时间|时间|日期)[: ]|^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}$"
)
_LATIN = re.compile(r"[A-Za-z,]")
_HYPHENED = regex.compile(r"(?<=[A-Za-z\d])-\Z")
_SYLLABLE = (regex.compile(r"(?<![A-Za-z\d-])[A-Za-z]?[a-z]{2,}-\Z"), regex.compile(r"[a-z]{2,}(?![A-Z\d-])"))
_DASHED = regex.compile(r"(?<=\d[万亿%年月日]?)[—–~]\Z")

_STOPPED = regex.compile(r"[。!?…][”’)》】]* *(?=\n|\Z)")
_CUT_AT = frozenset("0123456789.,之第年月-—–~")

# A figure cut in two: what stands above the break, and what must stand below it.
_MEASURED = r"(?:[%‰℃]|个?百分点|[余多]?[万亿千百]|(?:平方)?公?[里米顷斤吨升]|[元亩人户家名个件条次座所台辆套间场项吨岁米]|年(?!度|货|味)|月(?!亮)|日(?!报|前|常)|时|分|秒|摄氏)"
_CUT_FIGURES = (
    # 1,2|35人: three digits behind each comma
    (regex.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,\d\Z"), regex.compile(r"\d{2}(?!\d)")),
    (regex.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,\d\d\Z"), regex.compile(r"\d(?!\d)")),
    # 12.|5% and 12|.5%, behind something else than a number of order
    (regex.compile(rf"(?<=[{HAN},、])\d+\.\Z"), regex.compile(rf"\d+ ?{_MEASURED}")),
    (regex.compile(rf"(?<=[{HAN},、])\d+\Z"), regex.compile(r"\.\d")),
    # 3|5万, behind a sentence that has begun
    (
        regex.compile(rf"(?<=[{HAN}].{{3,}}[^\d.,:/ -])\d[\d,]*(?:\.\d+)?\Z"),
        regex.compile(rf"\d[\d,]*(?:\.\d+)? ?{_MEASURED}"),
    ),
    # 2023|年, 3.5|亿元
    (regex.compile(rf"(?<=[{HAN},、]|^)(?:19|20)\d\d\Z"), regex.compile(r"年(?!度|货|味|会)")),
    (
        regex.compile(rf"(?<=[{HAN}].{{3,}})\d[\d,]*(?:\.\d+)?\Z"),
        regex.compile(r"[万亿][元人吨亩户余多千立平公]|[%‰]|个百分点"),
    ),
    # 自2021年|3月起, 截至今年5月|12日; a chronicle has the year alone above its months
    (
        regex.compile(rf"(?<=(?:[自从至到于在比以]|[{HAN}].{{3,}},.{{0,20}}))(?:(?:19|20)\d\d|今|去|明)年\Z"),
        regex.compile(r"\d{1,2}月"),
    ),
    (
        regex.compile(rf"(?<=(?:[自从至到于在比以](?:.{{1,4}}年)?|[{HAN}].{{3,}},.{{0,20}}))\d{{1,2}}月\Z"),
        regex.compile(r"\d{1,2}日"),
    ),
    (regex.compile(r"[百千万]分之\Z|(?<![名第])第\Z"), regex.compile(r"[\d一二三四五六七八九十百千]")),
)

# 11.4公里,… and 两千户,…: a figure that closes its clause; a paragraph may begin with a day or an hour, but not with this.
_COUNTS = later(
    rf"[约近超逾]?(?:\d[\d,. ]*|[一二两三四五六七八九十百千]+)(?:[余多])?(?!(?:年|月|日|时|分|秒|天|个月|点))(?:[%‰℃]|个?百分点|[余多]?[万亿千百]?{_MEASURED})(?:以上|左右|多)?[,;、](?=.)"
)


def joins(text: str, apart: Span | None = None, borders: Sequence[int] = ()) -> list[Edit]:
    """Takes out the breaks inside sentences: nothing between Han, a space between words of Latin letters.

    The hyphen of a Latin word that was divided goes with the break; that of 5G-A and the dash of a range stay.

    A line reads on when it ends in a comma, in a word that cannot end one (各, 以), inside a bracket, or when the next begins with
    a closing mark; a line that holds a clause mark reads on when it is longer than a headline, holds a full stop, breaks off
    inside a word, or stands in a text that was cut up elsewhere. Headings, bylines and credits stay apart, as do the lines inside the span `apart`.
    At the sorted `borders`, the places of line ends where a page turned, a sentence that has begun reads on.

    >>> joins("会议提出各\\n\\n自的办法,并在全市推广,\\n\\n直到乡镇。")
    [Edit(start=5, end=7, new='', origin=None), Edit(start=19, end=21, new='', origin=None)]
    >>> joins("引水上山\\n分三步修好灌溉渠\\n近年来,灌溉面积不断扩大。")
    []
    >>> joins("一、治水先行,修好灌溉渠\\n全县已修渠36条。")
    []
    """
    breaks = _breaks(text)
    if not breaks:
        return []
    width = _wrapped_at(text) if len(breaks) > 3 else 0
    lines = [_around(text, start, end) for start, end in breaks]
    cut_up = bool(borders) or any(len(above) >= _LONG and has_clause(above) for above, _ in lines)
    stopped = _has_stops(text, lines)
    columns = _columns(breaks, lines, 2 if stopped else 4)
    sure = set(columns)
    edits: list[Edit] = []
    grown = ""  # what was joined to the front of this line
    for i, ((start, end), (above, below)) in enumerate(zip(breaks, lines, strict=True)):
        follows = i > 0 and bool(edits) and edits[-1].end == breaks[i - 1][1]
        if follows and (stopped or i - 1 in sure) and text.find("\n", breaks[i - 1][1], start) < 0:
            grown = (grown + lines[i - 1][0])[-400:]
        else:
            grown = ""
        if apart is not None and apart[0] < end and start <= apart[1]:
            continue
        if text.endswith("  ", start, end):  # indented: a new paragraph
            continue
        if "|" in above or "|" in below:  # a row of a table
            continue
        if (divided := _divided((grown + above)[-400:], below)) is not None:
            edits.append(Edit(start - divided, end, ""))
            sure.add(i)
            continue
        reads_on = _goes_on(above, below, cut_up, stopped, grown) or (
            not is_numbered(below)
            and (
                i in columns
                or (width and len(above) >= width - 2)
                or (has_clause(above) and has_clause(below) and _is_border(borders, start, end))
            )
        )
        if reads_on and not _stands_alone(above) and not _stands_alone(below):
            latin = above[-1:].isascii() and _LATIN.match(above[-1:]) and below[:1].isascii() and below[:1].isalpha()
            edits.append(Edit(start, end, " " if latin else ""))
    return edits


def _breaks(text: str) -> list[Span]:
    """The line ends of `text`, with the blanks around them, that stand behind neither the end of a sentence nor a colon.

    >>> _breaks("治水先行\\n\\n 全县修渠36条。\\n他说,渠 \\n通了。\\n")
    [(4, 7), (20, 22)]
    """
    found = []
    for start, end in line_ends(text):
        last = start - 1
        while last > 0 and text[last] in _CLOSERS:
            last -= 1
        if text[last] not in _ENDS:
            found.append((start, end))
    return found


def _has_stops(text: str, lines: list[tuple[str, str]]) -> bool:
    """Whether sentences end with a stop in `text`: those of inscriptions and of lists do not.

    `lines` are those around each break behind none; what is surely cut does not count.

    >>> _has_stops("近日修渠36条,长\\n及两县。\\n全乡受益。", [("近日修渠36条,长", "及两县。")])
    True
    >>> _has_stops("修渠36条,护林\\n植树", [("修渠36条,护林", "植树")])
    False
    """
    told = [(above, below) for above, below in lines if has_clause(above)]
    if len(told) <= text.count("。\n"):  # of those counted below, found at memory speed
        return True
    ended = len(_STOPPED.findall(text))
    return len(told) <= ended or ended >= sum(
        not crosses(above, below) and _divided(above, below) is None for above, below in told
    )


def _divided(above: str, below: str) -> int | None:
    """Where a word or a figure lies across the border: how many characters of a hyphen stand at the end of `above`, else None.

    >>> _divided("专家称其为inter-", "national"), _divided("建成5G-", "A基站"), _divided("引水上山", "全县受益")
    (1, 0, None)
    """
    if above[-1] not in _CUT_AT:
        return None
    if _HYPHENED.search(above) is not None and below[0].isascii() and below[0].isalnum():
        return int(_SYLLABLE[0].search(above) is not None and _SYLLABLE[1].match(below) is not None)
    if _DASHED.search(above) is not None and below[0].isdigit():
        return 0
    cut = any(head.search(above) is not None and tail.match(below) is not None for head, tail in _CUT_FIGURES)
    return 0 if cut and not (is_numbered(above) and len(above) < 4) and not is_numbered(below) else None


def _is_border(borders: Sequence[int], start: int, end: int) -> bool:
    i = bisect_left(borders, start)
    return i < len(borders) and borders[i] <= end


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The line that ends at `start` and the one that begins at `end`, at most 400 code points of each."""
    first = max(text.rfind("\n", max(0, start - 400), start) + 1, start - 400, 0)
    last = text.find("\n", end, end + 400)
    return text[first:start].strip(), text[end : last if last >= 0 else end + 400].strip()


def _stands_alone(line: str) -> bool:
    if len(line) > 130:
        return False
    return (
        bool(byline(line) or credit(line))
        or is_lone_name(line)
        or (len(line) <= 100 and "。" not in line and _STAMP.search(line) is not None)
        or is_furniture(line)
        or is_caption(line)
        or line.startswith("——")
    )


def _goes_on(above: str, below: str, cut_up: bool, stopped: bool, grown: str) -> bool:
    line, above = above, (grown + above)[-400:]
    length, clause = len(above), has_clause(above)
    if is_numbered(below) or (is_numbered(above) and length <= _HEADING and "。" not in above):
        return False
    if above[-1] in ",、;" and length > 8:
        return True
    if below[0] in _CONTINUES:
        return length > 4
    if above[-1].isascii() and above[-1].isalpha() and below[0].isascii() and below[0].islower():
        return True
    if above[-1].isascii() and above[-1].isalpha() and below[0].isascii() and below[0].isalpha() and clause:
        return True
    if length > 3 and (_SPOKEN.match(below) is not None or _COUNTS.match(below) is not None):
        return True
    if length < 10:
        return above[-1] in _OPEN_END and length > 4 and len(below) > 10
    if _is_open(above, below):
        return True
    if above[-1] in _OPEN_END and len(below) > 10:
        return True
    if not clause:
        if not has_clause(below):
            return False
        if _SINCE.match(above) is not None and _OPENER.match(below) is None:
            return True
        return len(line) > 12 and (crosses(above, below) or hangs_on(below) or ("、" in above and acts(below)))
    if below[0] in _LINKS or (above[-1].isdigit() and _UNIT.match(below)):
        return True
    if _ENDS_IN_BRACKET.search(above) is not None or _OPENER.match(below) is not None:
        return False
    if len(line) >= _LONG or "。" in above or crosses(above, below):
        return True
    told = (len(line) > _COMMAS and line.count(",") > 1) or _TOLD.search(above) is not None
    if stopped and has_clause(below) and (told or acts(below)):
        return True
    return cut_up and (len(line) > _HEADING or breaks_off(above, below))


def _columns(breaks: list[Span], lines: list[tuple[str, str]], fewest: int = 2) -> set[int]:
    """Which of the `breaks` stand where a column ends: behind lines as wide as `fewest` others that are cut one below the other.

    Verses may be as wide, but none holds a full stop, and few break off inside a word.

    >>> rows = ["近日石桥乡修渠三十六条", ",全乡受益。村民都说往后", "种田不再靠天吃饭了,收", "成会更好。"]
    >>> _columns([(11, 12), (24, 25), (36, 37)], [(rows[0], rows[1]), (rows[1], rows[2]), (rows[2], rows[3])])
    {0, 1, 2}
    """
    if len(breaks) < fewest:
        return set()
    for measure, unit in ((len, 1), (_wide, 2)):
        widths = [measure(above) for above, _ in lines]
        first = 0
        for i in range(1, len(breaks) + 1):
            if i < len(breaks) and abs(widths[i] - widths[first]) <= unit and lines[i - 1][1] == lines[i][0]:
                continue
            width = widths[first]
            if i - first >= fewest and width >= _NARROW * unit and _are_cut(lines[first:i]):
                alike = {
                    k
                    for k, (_, below) in enumerate(lines)
                    if abs(widths[k] - width) <= unit and measure(below) <= width + 2 * unit
                }
                return alike if 2 * len(alike) >= len(lines) else alike & set(range(first, i))
            first = i
    return set()


def _are_cut(run: list[tuple[str, str]]) -> bool:
    """Whether sentences end and words break off inside the lines, and not at their ends."""
    ends = [bool("。" in above or below[0] in ",。;") for above, below in run]
    cut = sum(end or crosses(above, below) for end, (above, below) in zip(ends, run, strict=True))
    told = sum(has_clause(above) for above, _ in run)
    share = 3 if any(ends) else 2
    return (share + 2) * cut >= len(run) and share * told >= len(run)


def _wide(line: str) -> int:
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


def _is_open(above: str, below: str) -> bool:
    """Whether a bracket or quotation mark opened in `above` is closed in `below`."""
    for opening, closing in ("《》", "“”", "()", "【】", "‘’"):
        if above.count(opening) > above.count(closing) and above.rfind(opening) > above.rfind(closing):
            close, again = below.find(closing), below.find(opening)
            if close >= 0 and (again < 0 or close < again):
                return True
    return False


def _wrapped_at(text: str) -> int:
    """The width at which `text` was wrapped, in code points; 0 where its lines are paragraphs.

    >>> _wrapped_at("\\n".join(["一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"] * 9))
    20
    """
    lengths = [len(line) for line in text[:20000].split("\n") if line]
    longest = max(lengths, default=0)
    if len(lengths) < 8 or longest > _WIDEST + 2:
        return 0
    common = Counter(lengths).most_common(3)
    widest = max(length for length, _ in common)
    near = sum(widest - 2 <= length <= widest + 1 for length in lengths)
    return widest if 16 <= widest <= _WIDEST and longest <= widest + 2 and near * 2 >= len(lengths) else 0
