"""Numbers and dates against writers and calendars of their own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract
from extractor.errors import Unreadable
from extractor.facts.date import Date
from extractor.values.dates import Named, Point, five_year_plan, resolve
from extractor.values.festivals import festival_day
from extractor.values.numbers import read_integer, read_number, read_numeral

MANY = settings(max_examples=400, deadline=None)
SOME = settings(max_examples=120, deadline=None)

# --- a writer of numbers ------------------------------------------------------------------------------------------

FORMAL, FINANCIAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def in_thousands(n: int, digits: str, units: str) -> str:
    """0 < n < 10000 in words, 零 for each gap."""
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + ("", *units)[place]
            gap = False
        else:
            gap = True
    return words


def in_words(n: int, digits: str = FORMAL, units: str = "十百千") -> str:
    """n < 10^16 in words: 一千零一万亿 is said 一千零一万亿, each ten thousand of a unit by itself."""
    if n == 0:
        return digits[0]
    if n >= 10**8:
        high, low = divmod(n, 10**8)
        return in_words(high, digits, units) + "亿" + tail(low, 10**7, digits, units)
    if n >= 10**4:
        high, low = divmod(n, 10**4)
        return in_thousands(high, digits, units) + "万" + tail(low, 10**3, digits, units)
    return in_thousands(n, digits, units)


def tail(n: int, full: int, digits: str, units: str) -> str:
    return "" if n == 0 else ("零" if n < full else "") + in_words(n, digits, units)


def as_said(n: int) -> str:
    """As people say it: 十五 for 一十五, 两百 for 二百."""
    words = in_words(n).removeprefix("一") if 10 <= n < 20 else in_words(n)
    for unit in "百千万亿":
        words = words.replace("二" + unit, "两" + unit)
    return words.replace("十两", "十二")


def mixed(n: int) -> str:
    """Arabic figures with 亿 and 万: 3亿4000万, 12万3456; a single digit behind them after 零, for 3万5 is 35000."""
    parts = [(n // 10**8, "亿"), (n // 10**4 % 10**4, "万"), (n % 10**4, "")]
    words = [f"{part}{unit}" for part, unit in parts if part]
    if len(words) > 1 and len(words[-1]) == 1:
        words[-1] = "零" + words[-1]
    return "".join(words) or "0"


def shortened(n: int) -> str:
    """With one multiplier and a decimal point: 3.5万, 12.0304亿."""
    unit, size = ("亿", 8) if n >= 10**8 else ("万", 4)
    whole, rest = divmod(n, 10**size)
    decimals = f"{rest:0{size}}".rstrip("0")
    return f"{whole}.{decimals}{unit}" if decimals else f"{whole}{unit}"


SIZES = st.integers(1, 16).flatmap(lambda size: st.integers(0, 10**size - 1))


@pytest.mark.parametrize(
    ("n", "words"),
    [(105, "一百零五"), (1050, "一千零五十"), (20003, "二万零三"), (10**8 + 5, "一亿零五"), (103 * 10**4 + 20, "一百零三万零二十"), (1001 * 10**12, "一千零一万亿")],
)  # fmt: skip
def test_the_writer_writes_as_one_writes(n: int, words: str) -> None:
    assert in_words(n) == words


@MANY
@given(SIZES)
def test_numbers_in_words(n: int) -> None:
    assert read_number(in_words(n)) == n
    assert read_number(as_said(n)) == n
    assert read_number(in_words(n).replace("零", "〇")) == n


@MANY
@given(SIZES)
def test_financial_numbers(n: int) -> None:
    assert read_number(in_words(n, FINANCIAL, "拾佰仟")) == n


@MANY
@given(SIZES)
def test_numbers_in_figures(n: int) -> None:
    assert read_number(str(n)) == n
    assert read_number(f"{n:,}") == n
    assert read_number(f"{n:,}".replace(",", " ")) == n
    assert read_number(mixed(n)) == n
    assert read_number(shortened(n)) == n


@MANY
@given(SIZES, st.integers(0, 9999))
def test_decimals(n: int, decimals: int) -> None:
    text = f"{n}.{decimals:04}"
    assert read_number(text) == Decimal(text)
    spoken = in_words(n) + "点" + "".join(FORMAL[int(d)] for d in f"{decimals:04}")
    assert read_number(spoken) == Decimal(text)
    assert read_number(f"{n % 10000}.{decimals:04}万") == Decimal(f"{n % 10000}.{decimals:04}") * 10000


@SOME
@given(st.integers(100, 10**9))
def test_digit_by_digit(n: int) -> None:
    assert read_integer("".join(FORMAL[int(d)] for d in str(n)).replace("零", "〇")) == n


@MANY
@given(
    st.integers(0, 10**12), st.integers(0, 10**12), st.sampled_from(["至", "到", "-", "—", "——", "–", "~", "～", "−"])
)
def test_ranges(one: int, other: int, dash: str) -> None:
    low, high = sorted((one, other))
    for text in (f"{low}{dash}{high}", f"{low:,}{dash}{high:,}"):
        numeral = read_numeral(text)
        assert (numeral.low, numeral.high, numeral.value, numeral.modifier) == (low, high, None, "range")
    if low < high:
        with pytest.raises(Unreadable):
            read_numeral(f"{high}{dash}{low}")


@pytest.mark.parametrize("digit", range(1, 9))
@pytest.mark.parametrize(("unit", "size"), [("", 1), ("十", 10), ("百", 100), ("千", 1000), ("万", 10**4), ("百万", 10**6), ("亿", 10**8)])  # fmt: skip
def test_adjacent_digits_are_a_range(digit: int, unit: str, size: int) -> None:
    numeral = read_numeral(FORMAL[digit] + FORMAL[digit + 1] + unit)
    assert (numeral.low, numeral.high, numeral.modifier) == (digit * size, (digit + 1) * size, "range")


@pytest.mark.parametrize("ten", range(1, 10))
@pytest.mark.parametrize("digit", range(1, 9))
def test_adjacent_digits_behind_ten(ten: int, digit: int) -> None:
    numeral = read_numeral((FORMAL[ten] if ten > 1 else "") + "十" + FORMAL[digit] + FORMAL[digit + 1])
    assert (numeral.low, numeral.high) == (ten * 10 + digit, ten * 10 + digit + 1)


BOUNDED: list[tuple[str, int | None, int | None, int | None, str]] = [
    # text, value, low, high, modifier
    ("数十", None, 20, None, "approx"),
    ("几十", None, 20, None, "approx"),
    ("数百", None, 200, None, "approx"),
    ("好几千", None, 2000, None, "approx"),
    ("数百万", None, 2_000_000, None, "approx"),
    ("几十亿", None, 2_000_000_000, None, "approx"),
    ("上千", None, 1000, None, "approx"),
    ("上万", None, 10000, None, "approx"),
    ("上百万", None, 1_000_000, None, "approx"),
    ("成百上千", None, 100, None, "approx"),
    ("十余", 10, None, None, "over"),
    ("十几", 10, None, None, "over"),
    ("十多", 10, None, None, "over"),
    ("二十多", 20, None, None, "over"),
    ("三百余", 300, None, None, "over"),
    ("400余", 400, None, None, "over"),
    ("3万余", 30000, None, None, "over"),
    ("3万多", 30000, None, None, "over"),
    ("2亿多", 200_000_000, None, None, "over"),
    ("1.5万余", 15000, None, None, "over"),
    ("十余万", 100_000, None, None, "over"),
    ("十几万", 100_000, None, None, "over"),
    ("三十来", 30, None, None, "approx"),
    ("百十来", None, 100, None, "approx"),
    ("2-3万", None, 20000, 30000, "range"),
    ("两三万", None, 20000, 30000, "range"),
    ("5万至8万", None, 50000, 80000, "range"),
    ("50万-1亿", None, 500_000, 100_000_000, "range"),
    ("三至五百", None, 300, 500, "range"),
    ("三五", None, 3, 5, "range"),
    ("廿五", 25, None, None, "exact"),
    ("卅", 30, None, None, "exact"),
    ("三万五", 35000, None, None, "exact"),
    ("两千三", 2300, None, None, "exact"),
    ("一百五", 150, None, None, "exact"),
    ("三万零五", 30005, None, None, "exact"),
    ("千", 1000, None, None, "exact"),
    ("万", 10000, None, None, "exact"),
    ("一万亿", 10**12, None, None, "exact"),
    ("3万亿", 3 * 10**12, None, None, "exact"),
    ("5千", 5000, None, None, "exact"),
    ("二三", None, 2, 3, "range"),
    ("三五百", None, 300, 500, "range"),
    ("三十六七", None, 36, 37, "range"),
    ("成千上万", None, 1000, None, "approx"),
    ("几十上百", None, 20, None, "approx"),
    ("十数", 10, None, None, "over"),
    ("100+", 100, None, None, "over"),
    ("30来万", 300_000, None, None, "approx"),
    ("千把", 1000, None, None, "approx"),
    ("廿多", 20, None, None, "over"),
    ("1亿2千万", 120_000_000, None, None, "exact"),
    ("5千3百万", 53_000_000, None, None, "exact"),
    ("3万5", 35000, None, None, "exact"),
    ("1万2000亿", 12000 * 10**8, None, None, "exact"),
    ("9亿亿", 9 * 10**16, None, None, "exact"),
    ("1.5×10^8", 150_000_000, None, None, "exact"),
    ("2.5×10¹⁷", 25 * 10**16, None, None, "exact"),
    ("3 × 10的4次方", 30000, None, None, "exact"),
    ("10^6", 1_000_000, None, None, "exact"),
    ("3e5", 300_000, None, None, "exact"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "low", "high", "modifier"), BOUNDED, ids=[row[0] for row in BOUNDED])
def test_bounds(text: str, value: int | None, low: int | None, high: int | None, modifier: str) -> None:
    numeral = read_numeral(text)
    assert (numeral.value, numeral.low, numeral.high, numeral.modifier) == (value, low, high, modifier)


@pytest.mark.parametrize(
    ("text", "value"),
    [("半", "0.5"), ("2.4×10^-3", "0.0024"), ("6×10⁻⁴", "0.0006"), ("1.2E-3", "0.0012"), ("12·5", "12.5")],
)
def test_numbers_below_and_between_wholes(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@SOME
@given(st.integers(0, 1000), st.integers(0, 100))
def test_plus_minus(middle: int, tenths: int) -> None:
    spread = Decimal(tenths) / 10
    numeral = read_numeral(f"{middle}±{spread}")
    assert (numeral.low, numeral.high, numeral.modifier) == (middle - spread, middle + spread, "range")


@pytest.mark.parametrize(
    "text",
    ["", "元", "一二千三四", "三千千", "百千", "一点", "点五", "五点元", "3.5.2", "1万2亿", "5至3", "二十至十", "±", "至", "十分"],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(Unreadable):
        read_numeral(text)


def test_a_long_row_of_figures_is_a_code() -> None:
    with pytest.raises(Unreadable):
        read_numeral("1234567890" * 10)


@pytest.mark.parametrize("text", ["数十", "三四百", "3至5", "上千"])
def test_a_range_is_no_single_number(text: str) -> None:
    with pytest.raises(Unreadable, match=text):
        read_number(text)


@settings(max_examples=1500, deadline=None)
@given(st.text("零〇一二两三九十百千万亿兆廿卅壹拾点几数余多来把半上成好约0123456789,.·+×^¹²eE±- —至到", max_size=8))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        numeral = read_numeral(text)
    except Unreadable:
        return
    assert numeral.value is not None or numeral.low is not None
    if numeral.low is not None and numeral.high is not None:
        assert numeral.low <= numeral.high


# --- dates: a calendar that is walked day by day ------------------------------------------------------------------

PUBLISHED = st.dates(dt.date(1960, 1, 1), dt.date(2090, 12, 31))
DAY = dt.timedelta(days=1)


def walk(day: dt.date, days: int) -> dt.date:
    for _ in range(abs(days)):
        day += DAY if days > 0 else -DAY
    return day


def monday_of(day: dt.date) -> dt.date:
    while day.weekday():
        day -= DAY
    return day


def first_of_month(day: dt.date, months: int = 0) -> dt.date:
    """The first day of the month so many months away, by walking over the borders of months."""
    day = day.replace(day=1)
    for _ in range(abs(months)):
        day = walk(day, 32).replace(day=1) if months > 0 else (day - DAY).replace(day=1)
    return day


def last_of_month(day: dt.date) -> dt.date:
    while (day + DAY).month == day.month:
        day += DAY
    return day


def read_date(
    phrase: str, published: dt.date | None = None, *, before: str = "", after: str = "，车队再次出发。"
) -> Date:
    """The one date record that covers `phrase`."""
    text = before + phrase + after
    records = [r for r in extract(text, published=published).records if isinstance(r, Date) and r.start >= len(before)]
    assert [record.raw for record in records] == [phrase]
    return records[0]


def days(record: Date) -> tuple[str | None, str | None]:
    return record.start_date, record.end_date


@SOME
@given(PUBLISHED, st.sampled_from([("今天", 0), ("今日", 0), ("昨天", -1), ("昨日", -1), ("前天", -2), ("明天", 1), ("后天", 2)]))  # fmt: skip
def test_days_from_publication(published: dt.date, word: tuple[str, int]) -> None:
    day = walk(published, word[1]).isoformat()
    record = read_date(word[0], published)
    assert (record.timex, record.value, *days(record)) == ("DATE", day, day, day)
    assert record.anchor == published.isoformat()


@SOME
@given(PUBLISHED, st.sampled_from([("上周", -7), ("本周", 0), ("下周", 7), ("上星期", -7), ("下星期", 7)]), st.integers(0, 6))  # fmt: skip
def test_days_of_weeks_from_publication(published: dt.date, week: tuple[str, int], weekday: int) -> None:
    day = walk(monday_of(published), week[1] + weekday).isoformat()
    record = read_date(week[0] + "一二三四五六日"[weekday], published)
    assert (record.value, *days(record)) == (day, day, day)


@SOME
@given(PUBLISHED, st.sampled_from([("上周", -7), ("本周", 0), ("下周", 7)]))
def test_weeks_from_publication(published: dt.date, week: tuple[str, int]) -> None:
    monday = walk(monday_of(published), week[1])
    year, number, _ = monday.isocalendar()
    record = read_date(week[0], published)
    assert record.value == f"{year}-W{number:02}"
    assert days(record) == (monday.isoformat(), walk(monday, 6).isoformat())


@SOME
@given(PUBLISHED, st.integers(0, 6), st.sampled_from(["周", "星期"]))
def test_a_weekday_alone_is_the_last_one(published: dt.date, weekday: int, word: str) -> None:
    day = published
    while day.weekday() != weekday:
        day -= DAY
    assert read_date(word + "一二三四五六日"[weekday], published).value == day.isoformat()


@SOME
@given(PUBLISHED, st.sampled_from([("上月", -1), ("上个月", -1), ("本月", 0), ("下月", 1), ("下个月", 1)]))
def test_months_from_publication(published: dt.date, word: tuple[str, int]) -> None:
    first = first_of_month(published, word[1])
    record = read_date(word[0], published)
    assert record.value == first.isoformat()[:7]
    assert days(record) == (first.isoformat(), last_of_month(first).isoformat())


@SOME
@given(PUBLISHED, st.integers(1, 31))
def test_days_of_last_month(published: dt.date, day: int) -> None:
    last = last_of_month(first_of_month(published, -1))
    record = read_date(f"上月{day}日", published)
    assert record.value == f"{last.isoformat()[:7]}-{day:02}"
    assert ("impossible_date" in record.doubts) == (day > last.day)


@SOME
@given(
    PUBLISHED, st.sampled_from([("前年", -2), ("去年", -1), ("今年", 0), ("明年", 1), ("后年", 2)]), st.integers(1, 12)
)
def test_years_and_their_parts_from_publication(published: dt.date, word: tuple[str, int], month: int) -> None:
    name, year = word[0], published.year + word[1]
    first = dt.date(year, month, 1)
    assert days(read_date(name, published)) == (f"{year}-01-01", f"{year}-12-31")
    record = read_date(f"{name}{month}月", published)
    assert (record.value, *days(record)) == (f"{year}-{month:02}", first.isoformat(), last_of_month(first).isoformat())
    quarter = (month + 2) // 3
    record = read_date(f"{name}第{'一二三四'[quarter - 1]}季度", published)
    ends = dt.date(year, quarter * 3 - 2, 1).isoformat(), last_of_month(dt.date(year, quarter * 3, 1)).isoformat()
    assert (record.value, *days(record)) == (f"{year}-Q{quarter}", *ends)
    half = (month + 5) // 6
    record = read_date(f"{name}{'上下'[half - 1]}半年", published)
    ends = (f"{year}-01-01", f"{year}-06-30") if half == 1 else (f"{year}-07-01", f"{year}-12-31")
    assert (record.value, *days(record)) == (f"{year}-H{half}", *ends)


@SOME
@given(PUBLISHED, st.integers(1, 4))
def test_bare_parts_are_of_the_year_of_publication_or_over(published: dt.date, quarter: int) -> None:
    """A quarter or half that lies far ahead is the one of the year before, as are the first months that are not over."""
    year, month = published.year, published.month
    begun = {3: 1, 4: 4}.get(quarter, 0)  # 三季度 said in January is over, 四季度 until April
    assert read_date(f"{'一二三四'[quarter - 1]}季度", published).value == f"{year - (month <= begun)}-Q{quarter}"
    assert read_date("上半年", published).value == f"{year}-H1"
    assert read_date("下半年", published).value == f"{year - (month == 1)}-H2"
    assert read_date("前三季度", published).value == f"{year - (month < 9)}-01/{year - (month < 9)}-09"


@SOME
@given(PUBLISHED)
def test_a_month_up_to_publication_is_of_that_year(published: dt.date) -> None:
    for month in range(1, published.month + 1):
        record = read_date(f"{month}月", published)
        assert (record.value, record.doubts) == (f"{published.year}-{month:02}", ())


def spelled(day: dt.date) -> list[str]:
    year = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    month, number = as_said(day.month), as_said(day.day)
    return [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year}年{day.month}月{day.day}号",
        f"{year}年{month}月{number}日",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month:02}.{day.day:02}",
    ]


@SOME
@given(st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)))
def test_a_full_date_is_itself(day: dt.date) -> None:
    for phrase in spelled(day):
        record = read_date(phrase, after="的照片。")
        assert (record.value, *days(record), record.doubts) == (*[day.isoformat()] * 3, ())


@SOME
@given(st.dates(dt.date(1901, 1, 1), dt.date(2098, 12, 31)))
def test_what_looks_back_counts_from_the_date_named_last(day: dt.date) -> None:
    before = f"{day.year}年{day.month}月{day.day}日签约，"
    following = first_of_month(day, 1)
    expected = {
        "次日": walk(day, 1).isoformat(),
        "当天": day.isoformat(),
        "当年": str(day.year),
        "次年": str(day.year + 1),
        "次年3月": f"{day.year + 1}-03",
        "同年12月": f"{day.year}-12",
        "当月": day.isoformat()[:7],
        "次月": following.isoformat()[:7],
        "同月28日": f"{day.isoformat()[:7]}-28",
    }
    got = {phrase: read_date(phrase, before=before, after="，工程开工。").value for phrase in expected}
    assert got == expected


@pytest.mark.parametrize(
    ("phrase", "published", "value"),
    [
        ("上月", "2025-01-03", "2024-12"),
        ("下月", "2024-12-31", "2025-01"),
        ("昨天", "2025-01-01", "2024-12-31"),
        ("昨天", "2024-03-01", "2024-02-29"),
        ("昨天", "2023-03-01", "2023-02-28"),
        ("前天", "2000-03-01", "2000-02-28"),
        ("明天", "1900-02-28", "1900-03-01"),
        ("后天", "2024-12-30", "2025-01-01"),
        ("上周五", "2025-01-01", "2024-12-27"),
        ("上周五", "2023-01-02", "2022-12-30"),
        ("下周一", "2024-12-31", "2025-01-06"),
        ("本周", "2021-01-01", "2020-W53"),
        ("本周", "2024-12-30", "2025-W01"),
        ("去年12月", "2025-01-15", "2024-12"),
        ("去年2月29日", "2025-06-01", "2024-02-29"),
        ("上月31日", "2025-01-20", "2024-12-31"),
        ("前三季度", "2024-10-19", "2024-01/2024-09"),
        ("昨晚8时", "2024-02-10", "2024-02-09T20:00"),
        ("去年10月至今年3月", "2023-04-12", "2022-10/2023-03"),
    ],
)
def test_over_the_ends_of_months_and_years(phrase: str, published: str, value: str) -> None:
    assert read_date(phrase, dt.date.fromisoformat(published)).value == value


@pytest.mark.parametrize(
    ("number", "years"),
    [(1, (1953, 1957)), (2, (1958, 1962)), (3, (1966, 1970)), (5, (1976, 1980)), (7, (1986, 1990)), (8, (1991, 1995)), (11, (2006, 2010)), (12, (2011, 2015)), (13, (2016, 2020)), (14, (2021, 2025)), (15, (2026, 2030))],
)  # fmt: skip
def test_five_year_plans(number: int, years: tuple[int, int]) -> None:
    assert five_year_plan(number) == years
    if number > 5:  # the early ones are words of other meaning too
        plan = read_date(f"“{as_said(number)}五”", after="期间，铁路通到县城。")
        assert (plan.value, *days(plan)) == (f"{years[0]}/{years[1]}", f"{years[0]}-01-01", f"{years[1]}-12-31")


FESTIVALS = {
    "春节": ["2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29"],
    "元宵节": ["2023-02-05", "2024-02-24", "2025-02-12"],
    "清明节": ["2020-04-04", "2021-04-04", "2022-04-05", "2023-04-05", "2024-04-04", "2025-04-04"],
    "端午节": ["2020-06-25", "2022-06-03", "2023-06-22", "2024-06-10", "2025-05-31"],
    "中秋节": ["2020-10-01", "2021-09-21", "2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06"],
    "重阳节": ["2022-10-04", "2023-10-23", "2024-10-11"],
    "国庆节": ["2023-10-01", "2024-10-01"],
    "元旦": ["2023-01-01", "2024-01-01"],
}


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, row in FESTIVALS.items() for day in row])
def test_festivals(name: str, day: str) -> None:
    assert read_date(f"{day[:4]}年{name}", after="，古镇夜市照常开张。").value == day


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [(2034, "lunar-01-01", "2034-02-19"), (2033, "lunar-08-15", "2033-09-08"), (2024, "lunar-eve", "2024-02-09"), (2025, "lunar-eve", "2025-01-28"), (1985, "lunar-01-01", "1985-02-20"), (2008, "term-qingming", "2008-04-04")],
)  # fmt: skip
def test_festivals_of_hard_years(year: int, name: str, day: str) -> None:
    assert festival_day(year, name) == dt.date.fromisoformat(day)


def test_a_festival_outside_the_tables_has_no_day() -> None:
    assert festival_day(1850, "lunar-01-01") is None
    assert festival_day(2150, "term-qingming") is None


@pytest.mark.parametrize(
    ("phrase", "value"),
    [("2023年2月29日", "2023-02-29"), ("2023年2月30日", "2023-02-30"), ("2024年4月31日", "2024-04-31"), ("1900年2月29日", "1900-02-29"), ("2023年11月31日", "2023-11-31")],
)  # fmt: skip
def test_an_impossible_day_keeps_a_doubt(phrase: str, value: str) -> None:
    record = read_date(phrase, after="的记录有误。")
    assert (record.value, *days(record)) == (value, None, None)
    assert "impossible_date" in record.doubts


@SOME
@given(st.integers(1, 120))
def test_years_of_the_republic(year: int) -> None:
    assert read_date(f"民国{year}年", after="的老照片。").value == str(1911 + year)


@SOME
@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 31), st.integers(1, 31))
def test_a_span_of_days_takes_its_month_from_its_start(month_of: dt.date, one: int, other: int) -> None:
    last = last_of_month(month_of)
    first, second = sorted((min(one, last.day), min(other, last.day)))
    if first == second:
        return
    stem = last.isoformat()[:8]
    record = read_date(f"{last.year}年{last.month}月{first}日至{second}日", after="，展会举行。")
    assert record.value == f"{stem}{first:02}/{stem}{second:02}"
    assert days(record) == (f"{stem}{first:02}", f"{stem}{second:02}")


@SOME
@given(PUBLISHED, st.integers(1, 12), st.integers(1, 31))
def test_resolving_never_leaves_the_calendar(published: dt.date, month: int, day: int) -> None:
    found = resolve(Point(month=month, day=day), published, Named())
    assert found.start == found.end
    assert found.impossible == (found.start is None)
    if found.start is not None:
        assert found.value == found.start.isoformat()
        assert found.anchor == "published"


def test_without_a_publication_date_what_is_unknown_stays_open() -> None:
    expected: dict[str, Any] = {"9月": "XXXX-09", "9月8日": "XXXX-09-08", "昨天": "XXXX-XX-XX", "上周五": "XXXX-WXX-5"}
    assert {phrase: read_date(phrase).value for phrase in expected} == expected
