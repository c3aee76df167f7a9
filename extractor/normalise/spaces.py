"""Spaces inside and around figures and marks, which typesetting put there and no Chinese sentence has."""

from __future__ import annotations

import re
from collections import Counter

import regex

from extractor.normalise.shapes import HAN, SURNAMES, byline, is_spaced_out
from extractor.normalise.words import makes_words
from extractor.text import Edit

# Spaces with something other than ASCII on one side, before a sign of a unit, or around a dash between digits.
_SPACES = regex.compile(r"(?<=[^\n -~]) ++(?=[^\n])|(?<! ) ++(?=[^\n -~]|[%,;])")
_POINT = regex.compile(rf"(?<=[{HAN},、(](?<![表图第注])\d{{1,12}}) *\. *(?=\d+ ?(?:[%‰万亿]|个百分点))")
_BESIDE_DASH = re.compile(r" (?:(?=[—–~-])|(?<=[—–~-] ))")
_DASHED = regex.compile(r"(?<=\d) *[—–~-]{1,2} *(?=\d)")
_LETTERSPACED = regex.compile(rf"(?<! ) ++[{HAN}] ++[{HAN}] ++[{HAN}]")
_GAP = regex.compile(r"(?<=[^ ]) ++(?=[^ ])")
_HAN = re.compile(rf"[{HAN}]")
_CLOCK = regex.compile(r":\d\d\Z")
_ISO_DATE = regex.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d")

_SIGNS = frozenset("%‰℃℉°㎡㎥㎞²³")
_CLAUSE = frozenset(",;:、。!?")
_OPENING = frozenset("“‘《〈【〔「『(")
_CLOSING = frozenset("”’》〉】〕」』)")
_MAGNITUDE = frozenset("十百千万萬亿億兆余餘多几幾")
_BINDING = frozenset("+/×·&=")

_COUNTED = r"(?=[万亿]?(?:公?[里顷斤]|[亩元户人家名个件株棵头只套台辆吨块米步册张间座所处]))"
# Whether figures may be broken at all; each begins with a character, and so is found at memory speed.
_LOOSE = re.compile(r" (?:(?<=\d )(?:,|\d{1,2} \d)|(?<=\d, )|(?<=\d , ))")
_DOTTED = re.compile(r"·(?<=\d·) ?\d+[万亿]")
# 12, 450亩 and 2 , 300户: three digits behind the comma and a measure behind them; 1 2 4 5 0亩, 3 20 0人: no groups of three.
_PARTED = regex.compile(rf"(?<!\d[,.、 ]{{0,2}})[1-9]\d{{0,2}}(?P<gap> ?, ?)\d{{3}}{_COUNTED}(?<!\d{{3}}\d)")
_STREWN = regex.compile(rf"(?<!\d[,.、:/ -]{{0,2}})[1-9]\d?(?: \d{{1,2}}){{2,}}{_COUNTED}")
_DOT = regex.compile(rf"(?<=[{HAN}]\d{{1,4}})·(?=\d{{1,2}}[万亿])")
_LISTED = regex.compile(r"(?:分别|依次|编号|号码|各)[^。;]{0,12}\Z")


def figures(text: str) -> list[Edit]:
    """Closes figures that spaces broke, and writes the point of 12·5万 as one, where they can be read in one way only.

    >>> def clean(text):
    ...     for edit in reversed(figures(text)):
    ...         text = text[: edit.start] + edit.new + text[edit.end :]
    ...     return text
    >>> clean("造林12, 450亩,2 , 300户签约"), clean("植树1 2 4 5 0株"), clean("3 20 0人参加"), clean("造林12·5万亩")
    ('造林12,450亩,2,300户签约', '植树12450株', '3200人参加', '造林12.5万亩')
    >>> clean("分别有12, 450人"), clean("每天8 600步"), clean("3月5日, 300人参加")
    ('分别有12, 450人', '每天8 600步', '3月5日, 300人参加')
    """
    if _LOOSE.search(text) is None and _DOTTED.search(text) is None:
        return []
    edits = [
        Edit(*found.span("gap"), ",")
        for found in _PARTED.finditer(text)
        if " " in found["gap"] and _LISTED.search(text, max(0, found.start() - 16), found.start()) is None
    ]
    for found in _STREWN.finditer(text):
        if sum(map(str.isdigit, found[0])) > 3:
            edits += [Edit(found.start() + i, found.start() + i + 1, "") for i, c in enumerate(found[0]) if c == " "]
    edits += [Edit(*found.span(), ".") for found in _DOT.finditer(text)]
    return sorted(edits)


def spaces(text: str) -> list[Edit]:
    """Deletes spaces in and around figures and beside marks.

    Between Han and digit, before a unit, after 万 or 亿 of a figure, around a dash between digits, beside clause marks and
    inside brackets. What stays: the space that parts two words of a headline, thousands (`1 286`), a date and its clock.

    >>> def clean(text):
    ...     for edit in reversed(spaces(text)):
    ...         text = text[: edit.start] + text[edit.end :]
    ...     return text
    >>> clean("2023 年 4 — 6 月 全市植树 36 万 余株，投入 1.8 亿 元，下降 2.5 %，户均 2 480 元")
    '2023年4—6月 全市植树36万余株，投入1.8亿元，下降2.5%，户均2 480元'
    >>> clean("青山不老 绿水长流"), clean("某某发布 2023-06-01 08:15:30 来源")
    ('青山不老 绿水长流', '某某发布 2023-06-01 08:15:30 来源')
    """
    edits = []
    for found in _SPACES.finditer(text):
        start, end = found.span()
        if start and text[start - 1] != "\n" and _is_debris(text, start, end):
            edits.append(Edit(start, end, ""))
    for found in _DASHED.finditer(text) if _BESIDE_DASH.search(text) is not None else ():
        piece = found[0]
        if " " in piece:
            start, end = found.span()
            left, right = len(piece) - len(piece.lstrip()), len(piece) - len(piece.rstrip())
            edits += [Edit(a, b, "") for a, b in ((start, start + left), (end - right, end)) if a < b]
    if " . " in text or ". " in text or " ." in text:
        for found in _POINT.finditer(text):
            start, end = found.span()
            point = text.index(".", start)
            edits += [Edit(a, b, "") for a, b in ((start, point), (point + 1, end)) if a < b]
    if len(edits) < 2:
        return edits
    edits.sort()
    return [edit for last, edit in zip([Edit(0, 0, ""), *edits], edits, strict=False) if edit.start >= last.end]


def letterspaced(text: str) -> list[Edit]:
    """Deletes the spaces of lines that were set with one between every two characters; where a wider one stands, a space stays.

    Names and couplets are short of such a line: it has six single characters and hardly a word, or four and nothing else, and
    together they make words, as a list of characters does not.

    >>> def clean(text):
    ...     for edit in reversed(letterspaced(text)):
    ...         text = text[: edit.start] + edit.new + text[edit.end :]
    ...     return text
    >>> clean("全 市 新 增 就 业 1 2 . 3 万 人 ，  同 比 增 长"), clean("青山不老 绿水长流"), clean("张 三 李 四")
    ('全市新增就业12.3万人， 同比增长', '青山不老 绿水长流', '张 三 李 四')
    """
    if _LETTERSPACED.search(text) is None:
        return []
    edits: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        if _LETTERSPACED.search(line) is not None and _is_letterspaced(line.strip()):
            gaps = list(_GAP.finditer(line))
            usual = Counter(len(gap[0]) for gap in gaps).most_common(1)[0][0]
            for gap in gaps:
                wider = len(gap[0]) > usual
                if wider and len(gap[0]) == 1:
                    continue
                edits.append(Edit(start + gap.start() + wider, start + gap.end(), ""))
        start += len(line) + 1
    return edits


def _is_letterspaced(line: str) -> bool:
    if byline(line) and not is_spaced_out(line):
        return False
    words = line.split()
    if not makes_words("".join(words)[:200]):  # a list of single characters
        return False
    single = sum(len(word) == 1 for word in words)
    if single == len(words):
        return single >= 4 and not (single == 4 and words[0] in SURNAMES and words[2] in SURNAMES)
    # A mark may cling to the character before it.
    near = sum(len(word) <= 2 and any(c in _CLAUSE or c in _OPENING or c in _CLOSING for c in word) for word in words)
    return single >= 6 and 5 * (single + near) >= 4 * len(words)


def _is_debris(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1], text[end]
    if before.isdigit():
        if after in _SIGNS or after in _CLAUSE or after in _CLOSING:
            return True
        return _is_han(after) and _CLOCK.search(text, max(0, start - 3), start) is None
    if after.isdigit():
        if _is_han(before):
            return _ISO_DATE.match(text, end) is None
        return before in _OPENING or (before in _CLAUSE and start > 1 and _is_han(text[start - 2]))
    if after in _CLAUSE or after in _CLOSING:
        return not before.isascii() or before in _CLOSING or before == "%"
    if before in _OPENING or before in _CLAUSE:
        return not after.isascii()
    if _is_han(before):
        if not _is_han(after):
            return (after.isascii() and after.isalpha()) or (after in _BINDING and text[end + 1 : end + 2] != " " * 2)
        return before in _MAGNITUDE and _closes_figure(text, start)
    return _is_han(after) and (
        (before.isascii() and before.isalpha()) or (before in _BINDING and text[start - 2 : start - 1] != "\n")
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or (character > "\u3000" and _HAN.match(character) is not None)


def _closes_figure(text: str, end: int) -> bool:
    """Whether the magnitudes that end at `end` follow digits: `1.8 亿`, and not 三 万."""
    start = end
    while start and end - start < 12 and (text[start - 1] in _MAGNITUDE or text[start - 1] == " "):
        start -= 1
    return start > 0 and text[start - 1].isdigit()
