"""Two values compared at two places: a level line from each, and a bracket between them.

Each level has its value written on it, so that the difference can be checked.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import RIM, level_line
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure, told
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import STROKE, TYPE, WORD_SIZES
from scenes.words import equals, number

END = 0.11
"""Half the length of a bracket's end marks, in units."""

PLACES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where a bracket may stand between the two places, the best first."""

SIZES = (*WORD_SIZES, TYPE.minimum)
"""The sizes of the values, the best first."""

PARTS, NEAR = np.linspace(0.0, 1.0, 5), (0.16, 0.24)
"""Where along its level a value may stand, in parts of what it leaves free, the best first: near to
its bracket; and how far off, in units. In such parts, too, a value may stand beyond the bracket."""

OFF = 0.12
"""Between the number of a bracket and the values over and under it, in units more than usual."""

SLACK = 1e-6
"""A value that is as long as its level has room on it."""

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
    is_whole, is_told
        Whether the number, near to its bracket, and both values have found room, and whether the
        values say what they are.
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
        self.toward = 1 if last[0] > first[0] else -1
        self.levels = line(look, role="curve", width=STROKE.axis)
        self.bracket = line(look, role="text", width=0.75 * STROKE.curve)
        # By how much they differ is no level, and has not the colour of one.
        apart = abs(places[1][1] - places[0][1])
        labels = [look.math(told(apart), size) for size in SIZES]
        # What is compared is written in one way, and as large.
        pairs = [
            [
                look.math(f"f {equals(y)} {figure(number(y))}" if whole else told(y), size, "curve")
                for _, y in places
            ]
            for whole, size in itertools.product((True, False), SIZES)
        ]
        spots = [first[0] + (last[0] - first[0]) * part for part in PLACES]

        low, high = sorted(float(y) for _, y in self.ends)
        clean = [x for x in spots if not clear.trouble(Region(x - END, low, x + END, high))]
        free = [
            (label, [x for x in clean if not _put(label, x, self.ends, clear.copy(), BESIDE[0])])
            for label in labels
        ]

        def stands(pairs: Sequence[Sequence[Lettering]]) -> bool:
            # Where the smallest words have no room, none has: nearly all places fall out so.
            least, everywhere = free[-1]
            roomy = {
                (beyond, x)
                for beyond, x in itertools.product((False, True), everywhere)
                if self._stands(least, pairs[-1], x, clear, beyond=beyond)
            }
            return any(
                self._stands(label, pair, x, clear, beyond=beyond)
                for label, places in free
                for beyond, pair, x in itertools.product((False, True), pairs, places)
                if (beyond, x) in roomy
            )

        self.is_told = stands(pairs[: len(SIZES)])
        self.is_whole = self.is_told or stands(pairs[len(SIZES) :])
        if not self.is_whole:
            self._stand_somehow(labels, pairs, spots, clear)
        clear.add(self.levels, self.bracket, self.label, *self.values)
        self.add(self.levels, self.bracket, self.label, self.values)

    def _stands(
        self,
        label: Lettering,
        pair: Sequence[Lettering],
        x: float,
        clear: Obstacles,
        *,
        beyond: bool,
    ) -> bool:
        """Put all of it round a bracket at x, and return whether everything has room."""
        self.label, room = label, clear.copy()
        _put(label, x, self.ends, room, BESIDE[0])
        found = self._on_levels(pair, x, room, beyond=beyond)
        self.values = VGroup(*found)
        return len(found) == len(pair)

    def _stand_somehow(
        self,
        labels: Sequence[Lettering],
        pairs: Sequence[Sequence[Lettering]],
        spots: Sequence[float],
        clear: Obstacles,
    ) -> None:
        """Put as much as has room."""
        for gaps, label in itertools.product(BESIDE, labels):
            self.label = label
            trouble = [_put(label, x, self.ends, clear.copy(), gaps) for x in spots]
            if min(trouble) == 0:
                break
        x, room = spots[trouble.index(min(trouble))], clear.copy()
        _put(label, x, self.ends, room, gaps)
        tried = (self._on_levels(pair, x, room, beyond=False) for pair in pairs)
        self.values = VGroup(*max(tried, key=len))

    def _draw(self, x: float) -> None:
        """Draw the bracket at x, and the levels up to it."""
        signs = self.toward, -self.toward
        ends = zip(self.ends, signs, strict=True)
        lines = [level_line(self.plot, end, x + sign * END) for end, sign in ends]
        set_lines(self.levels, [dash for dashed in lines for dash in dashed])
        ys = sorted(float(y) for _, y in self.ends)
        caps = [[(x - END, y), (x + END, y)] for y in ys]
        set_lines(self.bracket, [[(x, ys[0]), (x, ys[1])], *caps])

    def _on_levels(
        self, pair: Sequence[Lettering], x: float, clear: Obstacles, *, beyond: bool
    ) -> list[Lettering]:
        """Draw levels to a bracket at x, and put the values on them; return those with room.

        A value may stand `beyond` the bracket, in part, where its level does not lead on: then on
        the outer side, for beside the bracket it would be its number.
        """
        self._draw(x)
        trial, found = clear.copy(), []
        trial.add(self.levels, self.bracket)
        # A value over or under the number of the bracket is not to be read together with it.
        trial.add_box(self.label.box.inset(bottom=-OFF, top=-OFF))
        for words, end, sign in zip(pair, self.ends, (self.toward, -self.toward), strict=True):
            near, edge = end[0] + sign * (RIM + words.advance / 2), x + sign * END
            far, out = edge - sign * words.advance / 2, edge + sign * words.advance / 2
            sides: tuple[str, ...] = ("above", "below")
            if beyond:
                far, near = sign * max(sign * near, sign * far), out
                sides = sides[:1] if end[1] == max(y for _, y in self.ends) else sides[1:]
            elif sign * (far - near) < -SLACK:
                continue
            # On its level, or not at all.
            spots, room = [(far + part, end[1]) for part in (near - far) * PARTS], trial.copy()
            if place_near(words, spots, room, sides, NEAR, only=True).is_free:
                found.append(words)
                trial = room
        return found


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
