"""The secants that a sliding point has left behind, named at their ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.spread import spread_out
from scenes.parts.strokes import Points, dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE
from scenes.words import number

ASIDE = 0.14
"""Between the end of a line and its width, in units."""

COLUMN, MOVED = 0.04, 0.2
"""Of names in a column half the height beyond the air between them, and how far they may move."""

OFF_TOLD = 0.08
"""Names in a column stand so much off the ends of their lines, in units."""

OFF_POINTS = 0.22
"""How far from the second points of lines left behind other names stand at least, in units."""


class Fan(VGroup):
    """The secants that the sliding point has left behind, thin; `show` takes the width.

    All of them begin at the fixed point: one sees a line that turns about it, and on its other
    side, where they would fuse, the one that is told.

    Parameters
    ----------
    look, plot, function, at, widths
        As of `Secant`, and the widths that stay to be seen.

    Attributes
    ----------
    ends
        Their second points, which belong over the curve: a part of its own.
    """

    def __init__(
        self, look: Look, plot: Plot, function: Any, at: float, widths: Sequence[float]
    ) -> None:
        super().__init__()
        self.look, self.plot, self.function = look, plot, function
        self.at, self.widths = at, tuple(widths)
        self.role = role = slope_role(function.gradient((at,))[0])
        self.lines = line(look, role=role, width=0.36 * STROKE.tangent)
        self.lines.set_stroke(color=look.theme.blend(role, 0.62))
        self.ends = Ends(self)
        self.add(self.lines)

    def left(self, width: float) -> list[float]:
        """Return the widths that a secant of this width has left behind."""
        return [wide for wide in self.widths if wide > width * (1 + 1e-9)]

    def _end(self, wide: float) -> Points:
        """Return where a line ends at the right of the plot, or over or under that."""
        value, there = (self.function.value((x,)) for x in (self.at, self.at + wide))
        end = self.plot.window.right
        return self.plot.at(end, value + (there - value) / wide * (end - self.at))

    def _line(self, wide: float) -> list[Points]:
        first = self.plot.at(self.at, self.function.value((self.at,)))
        return clip(np.array([first, self._end(wide)]), self.plot.inner)

    def _name(self, width: float) -> Lettering:
        return self.look.math(f"h = {figure(number(width))}", TYPE.tick, self.role)

    def named(self, clear: Obstacles, told: float) -> list[Lettering]:
        """Return the widths at the free ends of their lines; lines without room for it go.

        Parameters
        ----------
        clear
            What is in the way, the line told now too; the names are added to it.
        told
            The width of that line.
        """
        right, lowest = self.plot.inner.right, self.plot.inner.bottom
        self.widths = tuple(wide for wide in self.widths if wide > told * (1 + 1e-9))
        while True:
            lines = {wide: self._line(wide) for wide in self.widths}
            # All that leave through the right edge have their names in one column there.
            ends = {
                float(pieces[-1][-1][1]): wide
                for wide, pieces in lines.items()
                if pieces and abs(float(pieces[-1][-1][0]) - right) < 0.02
            }
            order = sorted(ends)
            # Off the line told now, and the curve that it is near.
            off = OFF_TOLD if order and order[-1] > self._end(told)[1] else -OFF_TOLD
            wanted = [y + off for y in order]
            free = spread_out(wanted, [COLUMN] * len(order), lowest, clear.within.top)
            names, kept, around = [], [], clear.copy()
            for piece in itertools.chain(*lines.values()):
                around.add_points(piece)
            for wide in self.widths:
                if lines[wide] and wide not in ends.values():
                    name = self._name(wide)
                    end, sides = lines[wide][-1][-1], ("right", "above", "below")
                    if place_near(name, end, around, sides, (0.12, 0.16, 0.26), only=True).is_free:
                        names.append(name)
                        kept.append(wide)
            for y, place in zip(order, free, strict=True):
                wide = ends[y]
                name = self._name(wide)
                name.place(right + ASIDE, place, "left", "middle")
                if abs(y - place) < MOVED and not around.trouble(name.box):
                    names.append(name)
                    kept.append(wide)
            if tuple(wide for wide in self.widths if wide in kept) == self.widths:
                break
            # One fewer may leave room for the others: the nearest to the line told goes first.
            self.widths = self.widths[:-1]
        if not self.widths:
            return []
        for name in names:
            clear.add(name)
        for wide in self.widths:
            for piece in self._line(wide):
                clear.add_points(piece)
        return names

    def show(self, width: float) -> None:
        """Draw the secants that are wider than this."""
        left = self.left(width)
        set_lines(self.lines, [piece for wide in left for piece in self._line(wide)])


class Ends(VGroup):
    """The second points of the secants of a fan; `show` takes the width."""

    def __init__(self, fan: Fan) -> None:
        super().__init__()
        self.fan, self.dots = fan, shape(fan.look, role="trail")
        self.add(self.dots)

    def keep_off(self, clear: Obstacles) -> None:
        """Keep labels away from these points: beside one, a label would seem to name it."""
        for spot in self._seen(self.fan.widths):
            clear.add_spot(spot, OFF_POINTS)

    def show(self, width: float) -> None:
        """Draw the second points of the secants that are wider than this."""
        self.dots.points = dot_points(self._seen(self.fan.left(width)), STROKE.ghost)

    def _seen(self, widths: Sequence[float]) -> list[Points]:
        """Return where these points are, as far as the plot shows them."""
        fan = self.fan
        ends = [(fan.at + wide, fan.function.value((fan.at + wide,))) for wide in widths]
        return [fan.plot.at(*end) for end in ends if fan.plot.shows(*end)]
