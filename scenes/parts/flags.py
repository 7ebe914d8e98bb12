"""Flags at the iterates of a long run: the number of the step, and where it came to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dots, line, set_lines
from scenes.theme import STROKE, units
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
    rather_not
        What it should not stand on, but may if it takes a long stem not to.
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
        rather_not: Obstacles | None = None,
    ) -> None:
        super().__init__()
        self.plot, self.spot = plot, plot.at(x, value)
        self.dot = dots(look, [self.spot], diameter=0.75 * STROKE.ghost)
        self.stem = line(look, role="muted", width=1.4 * STROKE.axis)
        self.lines = (
            look.math(f"n = {n}", role="text"),
            look.math(f"x = {figure(number(x, digits))}", role="point"),
        )
        self.add(self.stem, self.dot, *self.lines)
        self._raise(clear, rather_not or Obstacles(clear.within))

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

    def _raise(self, clear: Obstacles, rather_not: Obstacles) -> None:
        """Take the stem and the side that are free; a short stem before a long one."""
        best, chosen = np.inf, (HEIGHTS[0], 1, 1, False)
        for way in itertools.product(HEIGHTS, (1, -1), (-1, 1), (False, True)):
            stem = self._fly(*way)
            boxes = [words.box for words in self.lines]
            trouble = sum(clear.trouble(box) for box in boxes) + 40 * clear.crossed(stem)
            disliked = sum(rather_not.trouble(box) for box in boxes) + rather_not.crossed(stem)
            height, up, _, flat = way
            cost = 10 * trouble + height + 0.8 * (up < 0) + 0.5 * flat + 1.2 * (disliked > 0)
            if cost < best:
                best, chosen = cost, way
        set_lines(self.stem, [self._fly(*chosen)])
        clear.add(self.stem, *self.lines)

    def _fly(self, height: float, up: int, side: int, flat: bool) -> Points:
        """Put the words, in one line or two, where a stem of this height ends; return the stem."""
        name, place = self.lines
        em, (x, y) = name.em, self.spot
        tall = 0.72 * em if flat else (LEADING + 0.72) * em
        top = y + height + tall if up > 0 else y - height
        near, align = x + side * 0.14, "left" if side > 0 else "right"
        lower, upper = top - tall + 0.03 * em, top - 0.69 * em
        if flat:
            apart = 0.3
            first = near if side > 0 else near - place.advance - apart
            name.place(first, lower, align)
            place.place(near + name.advance + apart if side > 0 else near, lower, align)
        else:
            name.place(near, upper, align)
            place.place(near, lower, align)
        rim = 0.75 * units(STROKE.ghost) / 2
        return np.array([(x, y + up * rim), (x, top if up > 0 else top - tall)])


def at_same_place(flags: Sequence[Flag], spot: Points, least: float = 0.14) -> list[Flag]:
    """Return the flags that stand where another one is to come."""
    return [flag for flag in flags if float(np.hypot(*(flag.spot - spot))) < least]
