"""Two values compared at two places: a level line from each, and a bracket between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import level_line
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import told
from scenes.parts.strokes import line, set_lines
from scenes.theme import STROKE, TYPE, WORD_SIZES

END = 0.11
"""Half the length of a bracket's end marks, in units."""

PLACES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where a bracket may stand between the two places, the best first."""

SIZES = (*WORD_SIZES, TYPE.minimum)
"""The sizes of its number, the best first."""

BESIDE = (0.2, 0.28), (0.4, 0.6, 0.85, 1.2, 1.6)
"""Between a bracket and its number, in units: as it should be, and where there is no room."""


class Gap(VGroup):
    """By how much the value at one place lies above the value at another.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    places
        Two pairs of data x and value.
    clear
        What bracket and number keep clear of; both and the level lines are added to it.

    Attributes
    ----------
    levels, bracket, label
        What it consists of.
    is_whole
        Whether the number has found room, near to its bracket.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        places: Sequence[tuple[float, float]],
        clear: Obstacles,
    ) -> None:
        super().__init__()
        self.plot, self.ends = plot, (plot.at(*places[0]), plot.at(*places[1]))
        first, last = self.ends
        self.low, self.high = sorted((float(first[1]), float(last[1])))
        self.levels = line(look, role="curve", width=STROKE.axis)
        self.bracket = line(look, role="text", width=0.75 * STROKE.curve)
        # By how much they differ is no level, and has not the colour of one.
        apart = told(abs(places[1][1] - places[0][1]))
        spots = [first[0] + (last[0] - first[0]) * part for part in PLACES]
        tries = []
        for gaps, size, x in itertools.product(BESIDE, SIZES, spots):
            self.label = look.math(apart, size)
            tries.append((self._put(x, gaps, clear), size, x, gaps))
            if tries[-1][0] == 0:
                break
        trouble, size, x, gaps = min(tries, key=lambda tried: tried[0])
        self.label = look.math(apart, size)
        self._put(x, gaps, clear)
        self.is_whole = trouble == 0 and gaps == BESIDE[0]
        self._draw(x)
        clear.add(self.levels, self.bracket, self.label)
        self.add(self.levels, self.bracket, self.label)

    def _put(self, x: float, gaps: Sequence[float], clear: Obstacles) -> float:
        """Put the number beside a bracket at x, and return how badly both stand there."""
        room = clear.copy()
        room.add_points(np.array([(x, self.low), (x, self.high)]))
        for end in self.ends:
            room.add_points(np.array([end, (x, end[1])]))
        anchors = [(x, self.low + (self.high - self.low) * part) for part in (0.5, 0.7, 0.3, 1.0)]
        place_near(self.label, anchors, room.copy(), ("right", "left"), gaps, only=True)
        bracket = Region(x - END, self.low, x + END, self.high)
        return clear.trouble(bracket) + room.trouble(self.label.box)

    def _draw(self, x: float) -> None:
        """Draw the bracket at x, and the levels up to it."""
        toward = 1 if self.ends[1][0] > self.ends[0][0] else -1
        ends = zip(self.ends, (toward, -toward), strict=True)
        lines = [level_line(self.plot, end, x + sign * END) for end, sign in ends]
        set_lines(self.levels, [dash for dashed in lines for dash in dashed])
        caps = [[(x - END, y), (x + END, y)] for y in (self.low, self.high)]
        set_lines(self.bracket, [[(x, self.low), (x, self.high)], *caps])
