"""How many steps a run needs, as so many dots: several runs have dots of one size."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.strokes import Points, dot_points, line, shape
from scenes.theme import SHORT_SIDE, TYPE, units

COLUMNS = (10, 20, 30, 40, 50, 60, 80, 100)
"""How many dots a row may have: what is counted is read by rows of ten."""

LARGEST, FILLED = 0.16, 0.72
"""From one dot to the next at most, in units, and how much of it the dot takes."""

SMALLEST = 0.034
"""Dots nearer to each other than this, in units, would run into one another: none are drawn."""

AIR = 0.16
"""Between the dots and the number, in units."""


class Tally(VGroup):
    """Dots that come with the steps of a run up to the one that does it, their number over them.

    Parameters
    ----------
    look, region
        The look, and where it stands: the dots on the lower edge, in the middle.
    count, most
        The number of steps, or None where there is none; and the largest one, whose dots fill the
        region.
    otherwise
        What is written where there is no number.
    size
        Of the number.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        count: int | None,
        most: int,
        otherwise: str,
        size: float,
    ) -> None:
        super().__init__()
        self.look, self.region, self.count, self.size = look, region, count, size
        self.otherwise = look.text(otherwise, size=min(size, TYPE.caption), role="warning")
        floor = line(look, [(region.left, region.bottom), (region.right, region.bottom)], "axis")
        room = region.inset(bottom=AIR / 2, top=AIR + 0.72 * units(size))
        self.columns, self.pitch = grid(room, most)
        self.dots = shape(look, role="muted")
        self.number = Changing(self._figures(0))
        self.advance = self.otherwise.advance if count is None else self._figures(count).advance
        if count is None:
            self.otherwise.place(region.center[0], region.bottom + AIR, "center")
            self.add(floor, self.otherwise)
        else:
            self.add(floor, self.dots, self.number)

    def _figures(self, n: int) -> Lettering:
        return self.look.math(str(n), size=self.size, role="text" if n == self.count else "muted")

    def _centers(self, n: int) -> Points:
        """Return the places of the first n dots: row upon row."""
        row, column = np.divmod(np.arange(n), self.columns)
        # The first rows lie in the middle, as the whole heap does.
        left = self.region.center[0] - self.pitch * min(self.columns, self.count or 1) / 2
        return np.column_stack([
            left + (column + 0.5) * self.pitch,
            self.region.bottom + AIR / 2 + (row + 0.5) * self.pitch,
        ])  # fmt: skip

    def show(self, position: float) -> None:
        """Show how many steps have been made, up to the one that does it."""
        if self.count is None:
            return
        n = min(int(position + 1e-9), self.count)
        drawn = n if self.pitch >= SMALLEST else 0
        size = 100 * FILLED * self.pitch / SHORT_SIDE
        self.dots.points = dot_points(self._centers(drawn), size)
        top = self.region.bottom + AIR / 2 + math.ceil(drawn / self.columns) * self.pitch
        self.number.write(self._figures(n)).place(self.region.center[0], top + AIR, "center")


def grid(room: Region, most: int) -> tuple[int, float]:
    """Return how many dots a row has, and how far apart they are, so that the most find room.

    Examples
    --------
    >>> grid(Region(0, 0, 2.5, 1.5), 228)
    (20, 0.125)
    """
    pitches = {
        columns: min(LARGEST, room.width / columns, room.height / math.ceil(most / columns))
        for columns in COLUMNS
    }
    best = max(pitches, key=lambda columns: pitches[columns])
    return best, pitches[best]
