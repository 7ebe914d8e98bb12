"""Flags at the iterates of a long run: the number of the step, and where it came to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Align, box_of
from scenes.parts.placing import AIR, Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dots, line, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

HEIGHTS = (0.15, 0.2, 0.25, 0.32, 0.4, 0.5, 0.65, 0.8, 1.0, 1.3, 1.6, 2.0)
"""Lengths of a stem that are tried, in units; the shortest that is free is taken."""

LEADING = 1.2
"""From one line of a flag to the next, in em."""


SAME_PLACE = 0.14
"""Iterates nearer to each other than this, in units, cannot be told apart."""


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

    Attributes
    ----------
    trouble
        How badly it stands: 0 is free.
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
        self.trouble = 0.0
        self._raise(clear)

    @property
    def words(self) -> Region:
        """The rectangle round the words: nothing passes between them."""
        return box_of(*self.lines)

    @property
    def box(self) -> Region:
        """The rectangle round stem and words."""
        return box_of(self.stem, *self.lines)

    def _raise(self, clear: Obstacles) -> None:
        """Take the stem and the side that are free; a short stem before a long one."""
        best, chosen = np.inf, (HEIGHTS[0], 1, 1, False)
        for way in itertools.product(HEIGHTS, (1, -1), (-1, 1), (False, True)):
            stem = self._fly(*way)
            boxes = [words.box for words in self.lines]
            trouble = sum(clear.trouble(box) for box in boxes) + 40 * clear.crossed(stem, AIR)
            height, up, _, flat = way
            cost = 10 * trouble + height + 0.8 * (up < 0) + 0.8 * flat
            if cost < best:
                best, chosen, self.trouble = cost, way, trouble
        set_lines(self.stem, [self._fly(*chosen)])
        clear.add(self.stem)
        clear.add_box(self.words)

    def _fly(self, height: float, up: int, side: int, flat: bool) -> Points:
        """Put the words, in one line or two, where a stem of this height ends; return the stem."""
        name, place = self.lines
        em, (x, y) = name.em, self.spot
        tall = 0.72 * em if flat else (LEADING + 0.72) * em
        top = y + height + tall if up > 0 else y - height
        near = x + side * 0.14
        align: Align = "left" if side > 0 else "right"
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


def in_the_way(flag: Flag, others: Sequence[Flag]) -> list[Flag]:
    """Return the flags that a new one does not leave room for: at its place, or under its words."""
    clear = Obstacles(flag.plot.inner)
    clear.add_box(flag.words)
    out = []
    for other in others:
        crossing = Obstacles(flag.plot.inner)
        crossing.add_box(other.words)
        stems = clear.crossed(other.stem.points[:, :2]) + crossing.crossed(flag.stem.points[:, :2])
        near = float(np.hypot(*(flag.spot - other.spot))) < SAME_PLACE
        met = flag.words.meets(other.words, -0.04)
        if other.plot is flag.plot and (near or met or stems):
            out.append(other)
    return out
