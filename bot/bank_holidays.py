"""England's bank holidays, with their substitute days, for everything that counts working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from holidays import country_holidays

_england: Final = partial(country_holidays, "GB", subdiv="ENG")


class EnglandBankHolidays:
    """Fulfils `discussions.clocks.Calendar`. A year is worked out once, when it is first asked about.

    `proclaimed` are one-off days by royal proclamation, which no library can know beforehand. A council's own
    Christmas closure does not belong there: those are working days for every statutory clock.
    """

    def __init__(self, proclaimed: Iterable[date] = ()) -> None:
        self._proclaimed = frozenset(proclaimed)
        self._by_year: dict[int, frozenset[date]] = {}

    def is_bank_holiday(self, day: date) -> bool:
        days = self._by_year.get(day.year)
        return day in (self._work_out(day.year) if days is None else days)

    def prepare(self, years: Iterable[int]) -> None:
        """Works the years out beforehand: the very first one takes a good part of a second."""
        for year in years:
            self._work_out(year)

    def _work_out(self, year: int) -> frozenset[date]:
        # a set of its own: the library's mapping answers slowly and grows when it is asked
        of_year = frozenset(_england(years=year)) | {day for day in self._proclaimed if day.year == year}
        self._by_year[year] = of_year
        return of_year
