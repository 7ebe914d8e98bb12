"""How many steps a run needs, as so many dots: several runs have dots of one size."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.strokes import Points, dot_points, line, rectangle, set_lines, shape
from scenes.theme import SHORT_SIDE, TYPE

COLUMNS = (10, 20, 30, 40, 50, 60, 80, 100)
"""How many dots a row may have: what is counted is read by rows of ten."""

LARGEST, ROOMY, FILLED = 0.17, 0.08, 0.72
"""From one dot to the next at most, in units, how far apart they are counted with ease, and how
much of it the dot takes."""

SMALLEST = 0.034
"""Dots nearer to each other than this, in units, would run into one another: a block stands for
them, whose height tells how many there are."""

LARGER = 1.4
"""Rows of twenty are worth it where dots stand so many times as far apart."""

AIR = 0.1
"""Under the dots, in units."""


class Tally(VGroup):
    """Dots that come with the steps of a run up to the one that does it, their number under them.

    Parameters
    ----------
    look, region, spot
        The look, where the dots stand, from its lower edge up, and the middle and the baseline of
        the number.
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
        spot: tuple[float, float],
        count: int | None,
        most: int,
        otherwise: str,
        size: float,
    ) -> None:
        super().__init__()
        self.look, self.region, self.count, self.size = look, region, count, size
        self.middle, self.baseline = spot
        self.otherwise = look.text(otherwise, size=min(size, TYPE.caption), role="warning")
        floor = line(look, [(region.left, region.bottom), (region.right, region.bottom)], "axis")
        self.columns, self.pitch = grid(region.inset(bottom=AIR), most)
        self.dots = shape(look, role="muted")
        self.number = Changing(self._figures(0))
        self.advance = self.otherwise.advance if count is None else self._figures(count).advance
        if count is None:
            self.otherwise.place(*spot, "center")
            self.add(floor, self.otherwise)
        else:
            self.add(floor, self.dots, self.number)

    @property
    def is_dotted(self) -> bool:
        """Whether each step has a dot of its own: very many are one block."""
        return self.pitch >= SMALLEST

    def _figures(self, n: int) -> Lettering:
        return self.look.math(str(n), size=self.size, role="text" if n == self.count else "muted")

    def _centers(self, n: int) -> Points:
        """Return the places of the first n dots: row upon row, in the middle of the region."""
        row, column = np.divmod(np.arange(n), self.columns)
        widest = min(self.columns, self.count or self.columns)
        left = self.region.center[0] - self.pitch * widest / 2
        return np.column_stack([
            left + (column + 0.5) * self.pitch,
            self.region.bottom + AIR + (row + 0.5) * self.pitch,
        ])  # fmt: skip

    def _block(self, n: int) -> Region:
        """Return what n dots would fill."""
        middle, half = self.region.center[0], self.pitch * self.columns / 2
        bottom = self.region.bottom + AIR
        return Region(middle - half, bottom, middle + half, bottom + n / self.columns * self.pitch)

    def show(self, position: float) -> None:
        """Show how many steps have been made, up to the one that does it."""
        if self.count is None:
            return
        n = min(int(position + 1e-9), self.count)
        if self.is_dotted:
            size = 100 * FILLED * self.pitch / SHORT_SIDE
            self.dots.points = dot_points(self._centers(n), size)
        else:
            set_lines(self.dots, [rectangle(self._block(n))])
        self.number.write(self._figures(n)).place(self.middle, self.baseline, "center")


def grid(room: Region, most: int) -> tuple[int, float]:
    """Return how many dots a row has, and how far apart they are, so that the most find room.

    Examples
    --------
    >>> grid(Region(0, 0, 2.5, 2.875), 228), grid(Region(0, 0, 2.5, 1.5), 228)
    ((10, 0.125), (20, 0.125))
    >>> grid(Region(0, 0, 3.0, 2.645), 228)
    (10, 0.115)
    """
    pitches = {
        columns: min(LARGEST, room.width / columns, room.height / math.ceil(most / columns))
        for columns in COLUMNS
    }
    if pitches[COLUMNS[0]] >= ROOMY and pitches[COLUMNS[1]] < LARGER * pitches[COLUMNS[0]]:
        return COLUMNS[0], pitches[COLUMNS[0]]
    best = max(pitches, key=lambda columns: pitches[columns])
    return best, pitches[best]
