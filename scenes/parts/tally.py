"""How many steps a run needs, as so many dots: several runs have dots of one size."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.cell import Cell
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.strokes import Points, dot_points, line, rectangle, set_lines, shape
from scenes.theme import SHORT_SIDE, TYPE, units

COLUMNS = (10, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200)
"""How many dots a row may have: what is counted is read by tens, or by rows that make a hundred."""

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

BEFORE_UNIT = 0.17
"""From a number to what is counted, in em of the number."""


class Tally(VGroup):
    """Dots that come with the steps of a run up to the one that does it, and their number.

    Parameters
    ----------
    look, cell
        The look, and where dots and number stand: dots begin at the left where the number is at
        the right, else both are in the middle.
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
        cell: Cell,
        count: int | None,
        most: int,
        otherwise: str,
        size: float,
    ) -> None:
        super().__init__()
        self.look, self.count, self.size = look, count, size
        self.region = region = cell.heap
        x, self.baseline, self.align = cell.count
        floor = line(look, [(region.left, region.bottom), (region.right, region.bottom)], "axis")
        self.columns, self.pitch = grid(region.inset(bottom=AIR), most)
        self.dots = shape(look, role="muted")
        self.add(floor, self.dots)
        if count is None:
            words = look.text(otherwise, size=size, role="warning")
            self.advance = words.advance
            self.add(words.place(x, self.baseline, self.align))
            return
        number, unit = self._written(count)
        self.advance = number.advance + self.gap + unit.advance
        # The unit stays where it will be at the end.
        self.end = x if self.align == "right" else x + self.advance / 2
        self.end -= unit.advance
        self.number, self.unit = map(Changing, self._written(0))
        self.add(self.number, self.unit)

    @property
    def is_dotted(self) -> bool:
        """Whether each step has a dot of its own: very many are one block."""
        return self.pitch >= SMALLEST

    @property
    def gap(self) -> float:
        """From the number to its unit, in units."""
        return BEFORE_UNIT * units(self.size)

    def _written(self, n: int) -> tuple[Lettering, Lettering]:
        """Return a number of steps, and its unit."""
        role = "text" if n == self.count else "muted"
        unit, size = "step" if n == 1 else "steps", min(self.size, TYPE.tick)
        number = self.look.math(str(n), size=self.size, role=role)
        return number, self.look.text(unit, size=size, role=role)

    def _centers(self, n: int) -> Points:
        """Return the places of the first n dots: row upon row."""
        row, column = np.divmod(np.arange(n), self.columns)
        widest = min(self.columns, self.count or self.columns)
        left = self._left(widest)
        return np.column_stack([
            left + (column + 0.5) * self.pitch,
            self.region.bottom + AIR + (row + 0.5) * self.pitch,
        ])  # fmt: skip

    def _left(self, columns: int) -> float:
        """Return where rows of so many dots begin."""
        room = self.region.width - self.pitch * columns
        return self.region.left + (0.0 if self.align == "right" else room / 2)

    def _block(self, n: int) -> Region:
        """Return what n dots would fill."""
        left, bottom = self._left(self.columns), self.region.bottom + AIR
        right = left + self.pitch * self.columns
        return Region(left, bottom, right, bottom + n / self.columns * self.pitch)

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
        number, unit = self._written(n)
        self.number.write(number).place(self.end - self.gap, self.baseline, "right")
        self.unit.write(unit).place(self.end, self.baseline)


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
