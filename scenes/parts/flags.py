"""Flags at the iterates of a long run: the number of the step, and where it came to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dots, line, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

HEIGHTS = (0.15, 0.3, 0.5, 0.75, 1.0, 1.3, 1.6, 2.0, 2.4)
"""Lengths of a stem that are tried, in units; the shortest that is free is taken."""

LEADING = 1.2
"""From one line of a flag to the next, in em."""


class Flag(VGroup):
    """A mark at an iterate with a stem, straight up or down, from which its words fly to one side.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    n, x, value
        The number of the iterate, and the data point.
    clear
        What stem and words keep clear of; they are added to it.
    digits
        Significant digits of x.
    size
        Of the words.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        n: int,
        x: float,
        value: float,
        clear: Obstacles,
        digits: int = 4,
        size: float = TYPE.label,
    ) -> None:
        super().__init__()
        self.plot, self.spot = plot, plot.at(x, value)
        self.dot = dots(look, [self.spot], diameter=0.75 * STROKE.ghost)
        self.stem = line(look, role="muted", width=1.4 * STROKE.axis)
        self.lines = (
            look.math(f"n = {n}", size=size, role="text"),
            look.math(f"x = {figure(number(x, digits))}", size=size, role="point"),
        )
        self.add(self.stem, self.dot, *self.lines)
        self._raise(clear)

    @property
    def box(self) -> Region:
        """The rectangle round stem and words."""
        boxes = [line.box for line in self.lines]
        return Region(
            min(self.spot[0], *(box.left for box in boxes)),
            min(self.spot[1], *(box.bottom for box in boxes)),
            max(self.spot[0], *(box.right for box in boxes)),
            max(self.spot[1], *(box.top for box in boxes)),
        )

    def _raise(self, clear: Obstacles) -> None:
        """Take the stem and the side that are free; a short stem before a long one."""
        best, chosen = np.inf, (HEIGHTS[0], 1, 1)
        for height in HEIGHTS:
            for up in (1, -1):
                for side in (-1, 1):
                    stem = self._fly(height, up, side)
                    trouble = sum(clear.trouble(line.box) for line in self.lines)
                    trouble += 40 * clear.crossed(stem)
                    cost = 10 * trouble + height + (0.8 if up < 0 else 0.0)
                    if cost < best:
                        best, chosen = cost, (height, up, side)
        set_lines(self.stem, [self._fly(*chosen)])
        clear.add(self.stem, *self.lines)

    def _fly(self, height: float, up: int, side: int) -> Points:
        """Put the words where a stem of this height ends, and return the stem."""
        em = self.lines[0].em
        x, y = self.spot
        rim = 0.75 * units(STROKE.ghost) / 2
        # Flying from a stem's end, the words hang down beside it, or stand up beside one below.
        first = y + up * height + (0.0 if up > 0 else (LEADING - 0.66) * em)
        low = first if up > 0 else first - LEADING * em
        for index, words in enumerate(reversed(self.lines)):
            words.place(
                x + side * 0.14, low + index * LEADING * em, "left" if side > 0 else "right"
            )
        end = low + (LEADING + 0.72) * em if up > 0 else low - 0.06 * em
        return np.array([(x, y + up * rim), (x, end)])


def at_same_place(flags: Sequence[Flag], spot: Points, least: float = 0.14) -> list[Flag]:
    """Return the flags that stand where another one is to come."""
    return [flag for flag in flags if float(np.hypot(*(flag.spot - spot))) < least]
