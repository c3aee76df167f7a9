"""Days with a name that move from year to year: lunar festivals and 清明."""

from __future__ import annotations

import datetime as dt

_QINGMING = 8  # place in the table of solar terms, which begins with 大雪 of the year before


def festival_day(year: int, name: str) -> dt.date | None:
    """The day of a festival in `year`: `lunar-08-15`, `lunar-eve` (the day before the lunar new year) or `term-qingming`.

    None outside the years of the lunar tables (1900 to 2100) and for a day that the year does not have.

    >>> festival_day(2023, "lunar-01-01")
    datetime.date(2023, 1, 22)
    """
    from lunar_python import Lunar, LunarYear, Solar

    if not 1901 <= year <= 2099:
        return None
    kind, _, what = name.partition("-")
    if kind == "term":
        solar = Solar.fromJulianDay(LunarYear.fromYear(year).getJieQiJulianDays()[_QINGMING])
    else:
        month, day = (1, 1) if what == "eve" else (int(part) for part in what.split("-"))
        try:
            solar = Lunar.fromYmd(year, month, day).getSolar()
        except Exception:  # the library's own, of no narrower type: a month of that year has no such day
            return None
    found = dt.date(solar.getYear(), solar.getMonth(), solar.getDay())
    return found - dt.timedelta(days=1) if what == "eve" else found
