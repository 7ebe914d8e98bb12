"""Two values compared at two places: a level line from each, and a bracket between them.

Each level has its value written on it, so that the difference can be checked.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import equals, number

END = 0.11
"""Half the length of a bracket's end marks, in units."""

PLACES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where a bracket may stand between the two places, the best first."""

SIZES = (TYPE.label, 4.0, TYPE.tick)
"""The sizes of the values, the best first."""

PARTS, NEAR = np.array((0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)), (0.16, 0.24)
"""Where along its level a value may stand, in parts of it, and how far off, in units."""


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
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        places: Sequence[tuple[float, float]],
        clear: Obstacles,
    ) -> None:
        super().__init__()
        first, last = (plot.at(*place) for place in places)
        # By how much they differ is no level, and has not the colour of one.
        self.label = look.math(figure(number(abs(places[1][1] - places[0][1]))))
        spots = [first[0] + (last[0] - first[0]) * part for part in PLACES]
        ys = sorted((float(first[1]), float(last[1])))
        along = min(spots, key=lambda x: _put(self.label, x, ys, clear.copy()))
        _put(self.label, along, ys, clear)
        toward = 1 if last[0] > first[0] else -1
        rim = toward * 0.8 * units(STROKE.point)
        self.levels = line(look, role="curve", width=STROKE.axis)
        set_lines(
            self.levels,
            [
                *dashes((first[0] + rim, first[1]), (along + toward * END, first[1])),
                *dashes((last[0] - rim, last[1]), (along - toward * END, last[1])),
            ],
        )
        self.bracket = line(look, role="text", width=0.75 * STROKE.curve)
        set_lines(
            self.bracket,
            [[(along, ys[0]), (along, ys[1])]] + [[(along - END, y), (along + END, y)] for y in ys],
        )
        clear.add(self.levels, self.bracket)
        self.values = VGroup()
        for (_, value), end, sign in zip(places, (first, last), (toward, -toward), strict=True):
            start = end[0] + rim * (sign * toward), end[1]
            for told, size in itertools.product((f"f {equals(value)} ", ""), SIZES):
                words = look.math(told + figure(number(value)), size, "curve")
                trial = clear.copy()
                way = (along + END * sign - start[0]) * PARTS
                spots = [(start[0] + part, end[1]) for part in way]
                # On its level, or not at all.
                place_near(words, spots, trial, ("above", "below"), NEAR, only=True)
                if words.is_free:
                    clear.add(words)
                    self.values.add(words)
                    break
        self.add(self.levels, self.bracket, self.label, self.values)


def _put(label: Lettering, x: float, ys: list[float], clear: Obstacles) -> float:
    """Put the number beside a bracket at x, and return how badly it stands there."""
    clear.add_points(np.array([(x, ys[0]), (x, ys[1])]))
    before = clear.copy()
    anchors = [(x, ys[0] + (ys[1] - ys[0]) * part) for part in (0.5, 0.7, 0.3, 1.0)]
    place_near(label, anchors, clear, ("right", "left"))
    return before.trouble(label.box)
