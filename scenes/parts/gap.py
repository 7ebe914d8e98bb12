"""Two values compared at two places: a level line from each, and a bracket between them.

Each level has its value written on it, so that the difference can be checked.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.axis_marks import RIM
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure, told
from scenes.parts.strokes import Points, dashes, line, set_lines
from scenes.theme import STROKE, TYPE
from scenes.words import equals, number

END = 0.11
"""Half the length of a bracket's end marks, in units."""

PLACES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where a bracket may stand between the two places, the best first."""

SIZES = (TYPE.label, 4.0, TYPE.tick)
"""The sizes of the values, the best first."""

PARTS, NEAR = np.array((0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.9, 1.0)), (0.16, 0.24)
"""Where along its level a value may stand, in parts of it, and how far off, in units."""

BESIDE = (0.16, 0.26), (0.4, 0.6, 0.85, 1.2, 1.6)
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
    is_whole
        Whether the number and both values have found room.
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
        apart = abs(places[1][1] - places[0][1])
        spots = [first[0] + (last[0] - first[0]) * part for part in PLACES]
        ys = sorted((float(first[1]), float(last[1])))
        for gaps, size in itertools.product(BESIDE, SIZES):
            self.label = look.math(told(apart), size)
            trouble = [_put(self.label, x, (first, last), clear.copy(), gaps) for x in spots]
            if min(trouble) == 0:
                break
        along = spots[trouble.index(min(trouble))]
        is_near = _put(self.label, along, (first, last), clear, gaps) == 0 and gaps == BESIDE[0]
        toward = 1 if last[0] > first[0] else -1
        self.levels = line(look, role="curve", width=STROKE.axis)
        set_lines(
            self.levels,
            [
                *dashes((first[0] + toward * RIM, first[1]), (along + toward * END, first[1])),
                *dashes((last[0] - toward * RIM, last[1]), (along - toward * END, last[1])),
            ],
        )
        self.bracket = line(look, role="text", width=0.75 * STROKE.curve)
        set_lines(
            self.bracket,
            [[(along, ys[0]), (along, ys[1])]] + [[(along - END, y), (along + END, y)] for y in ys],
        )
        clear.add(self.levels, self.bracket)
        best: list[Lettering] = []
        # What is compared is written in one way, and as large.
        for whole, size in itertools.product((True, False), SIZES):
            trial, found = clear.copy(), []
            for (_, value), end, sign in zip(places, (first, last), (toward, -toward), strict=True):
                name = f"f {equals(value)} " if whole else ""
                words = look.math(name + figure(number(value)), size, "curve")
                start = end[0] + sign * RIM
                way = (along + END * sign - start) * PARTS
                spots = [(start + part, end[1]) for part in way]
                # On its level, or not at all.
                room = trial.copy()
                if place_near(words, spots, room, ("above", "below"), NEAR, only=True).is_free:
                    found.append(words)
                    trial = room
            if len(found) > len(best):
                best = found
            if len(best) == len(places):
                break
        clear.add(*best)
        self.values = VGroup(*best)
        self.is_whole = is_near and len(best) == len(places)
        self.add(self.levels, self.bracket, self.label, self.values)


def _put(
    label: Lettering, x: float, ends: Sequence[Points], clear: Obstacles, gaps: Sequence[float]
) -> float:
    """Put the number beside a bracket at x, and return how badly it stands there."""
    low, high = sorted(float(y) for _, y in ends)
    clear.add_points(np.array([(x, low), (x, high)]))
    for end in ends:
        clear.add_points(np.array([end, (x, end[1])]))
    before = clear.copy()
    anchors = [(x, low + (high - low) * part) for part in (0.5, 0.7, 0.3, 1.0)]
    place_near(label, anchors, clear, ("right", "left"), gaps, only=True)
    return before.trouble(label.box)
