"""Days with a name that move from year to year: lunar festivals, solar terms, and those that fall on a weekday."""

from __future__ import annotations

import datetime as dt

# Their order in the table of the library, which begins with 大雪 of the year before.
_TERMS = (
    "daxue dongzhi xiaohan dahan lichun yushui jingzhe chunfen qingming guyu lixia xiaoman mangzhong xiazhi xiaoshu dashu "
    "liqiu chushu bailu qiufen hanlu shuangjiang lidong xiaoxue daxue_late dongzhi_late"
).split()
_LATE = {"daxue": "daxue_late", "dongzhi": "dongzhi_late"}  # these two fall in December


def festival_day(year: int, name: str) -> dt.date | None:
    """The day of a festival in `year`.

    `lunar-08-15` is a day of the lunar year that begins in `year`, `lunar--04-08` one of a leap month, `lunar-eve` the day
    before it begins, `winter-12-08` one of this lunar year or the one before, whichever lies in `year`;
    `term-qingming` is a solar term, `nth-05-2-7` the second Sunday of May. None outside the years of the lunar tables (1900
    to 2100) and for a day that the year does not have.

    >>> festival_day(2023, "lunar-01-01"), festival_day(2024, "winter-12-08"), festival_day(2024, "nth-05-2-7")
    (datetime.date(2023, 1, 22), datetime.date(2024, 1, 18), datetime.date(2024, 5, 12))
    """
    if not 1901 <= year <= 2099:
        return None
    kind, _, what = name.partition("-")
    if kind == "term":
        return _solar_term(year, what)
    if kind == "nth":
        month, count, weekday = (int(part) for part in what.split("-"))
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    if what == "eve":
        new_year = _lunar_day(year, 1, 1)
        return new_year - dt.timedelta(days=1) if new_year else None
    leap = what.startswith("-")
    month, day = (int(part) for part in what.removeprefix("-").split("-"))
    month = -month if leap else month
    if kind == "winter":
        found = (_lunar_day(of, month, day) for of in (year, year - 1))
        return next((one for one in found if one and one.year == year), None)
    return _lunar_day(year, month, day)


def _lunar_day(year: int, month: int, day: int) -> dt.date | None:
    from lunar_python import Lunar

    try:
        solar = Lunar.fromYmd(year, month, day).getSolar()
    except Exception:  # the library's own, of no narrower type: a month of that year has no such day
        return None
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def _solar_term(year: int, name: str) -> dt.date:
    from lunar_python import LunarYear, Solar

    place = _TERMS.index(_LATE.get(name, name))
    solar = Solar.fromJulianDay(LunarYear.fromYear(year).getJieQiJulianDays()[place])
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())
