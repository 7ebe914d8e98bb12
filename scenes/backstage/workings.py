"""How the slopes of a table come about, each under its row."""

from __future__ import annotations

import itertools
from dataclasses import replace

from scenes.backstage.equations import SIZES, Equations, Line
from scenes.backstage.slopes import Slopes
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure, ink, math
from scenes.parts.table import Table
from scenes.theme import TYPE, units
from scenes.words import equals, number

UNDER = 1.0
"""Between a row of a table and equations under it at least, in em of these."""

EDGE = 0.1
"""How far a table's rule reaches beyond its columns, in units."""


class Workings:
    """How slopes come about: what is divided, by what, and what that makes.

    What is told later may stand where they do.

    Parameters
    ----------
    look, slopes, region
        The look, what is told, and where the tables stand.
    """

    def __init__(self, look: Look, slopes: Slopes, region: Region) -> None:
        self.look, self.slopes, self.region = look, slopes, region
        self.count = len(slopes.widths)

    def depth(self, size: float) -> float:
        """Return what they take under a row, on one line each in type of a size."""
        heights = (self._lines(index, 0, size).height for index in range(self.count))
        return UNDER * units(size) + max(heights)

    def size(self, table: Table, index: int) -> float:
        """Return the size of the one under a row of a full table, 0 if there is no room for it."""
        return self._form(table, index)[1]

    def under(self, table: Table, index: int) -> list[Lettering]:
        """Return the one under a row of a full table, if there is room for it."""
        form, size = self._form(table, index)
        return self._lines(index, form, size).place(*_corner(table, index, size)) if size else []

    def _form(self, table: Table, index: int) -> tuple[int, float]:
        """Return form and size of the one under a row, rather the same as under every other row.

        If need be the same as under those before the lens or those with it: under one of them only
        it would seem to be lost at the others.
        """
        last = self.count - 2
        rows = range(last) if index < last else range(last, self.count)
        # Rather on one line than larger than labels are.
        ways = itertools.product(range(2), SIZES)
        order = sorted(ways, key=lambda way: (way[1] < TYPE.label, way[0], -way[1]))
        for told, (form, size) in itertools.product((range(self.count), rows), order):
            if size <= max(table.size_percent, TYPE.label) and all(
                self._has_room(table, each, form, size) for each in told
            ):
                return form, size
        return 0, 0.0

    def _has_room(self, table: Table, index: int, form: int, size: float) -> bool:
        left, top = _corner(table, index, size)
        place = replace(self.region, left=left, right=self.region.right - EDGE, top=top)
        return self._lines(index, form, size).fits(place)

    def _lines(self, index: int, form: int, size: float) -> Equations:
        """Return the one of a row, on one line or on two."""
        told = self.slopes.rises, self.slopes.widths, self.slopes.secants
        rise, width, slope = (numbers[index] for numbers in told)
        above, under, made = (figure(number(value)) for value in (rise, width, slope))
        divided = f"= display(frac({above}, {under}))"
        sign = equals(rise, width, slope)
        role = self.slopes.role
        result = f"{sign} {ink(role, math(made))}"
        forms: list[list[Line]] = [
            [('"slope"', role, f"{divided} {result}", 1.0)],
            [('"slope"', role, divided, 1.0), ("", "text", result, 1.0)],
        ]
        return Equations(self.look, forms[form], size)


def _corner(table: Table, index: int, size: float) -> tuple[float, float]:
    """Return where equations of a size under a row of a table begin."""
    return table.left + EDGE, table.baselines[index] - UNDER * units(size)
