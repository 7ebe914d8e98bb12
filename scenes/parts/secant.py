"""A secant and the triangle under it, as a function of its width, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, ink, math
from scenes.parts.step import tangent_segment
from scenes.parts.strokes import Points, dashes, dot_points, line, set_lines, shape
from scenes.theme import STROKE
from scenes.words import as_factor, number

LONGEST_TANGENT = 2.8
"""Of the short tangents that stand side by side, in units."""


class FixedPoint(VGroup):
    """The point whose slope is asked for, and the way down to its x; it goes along with the plot.

    Parameters
    ----------
    look, plot, at, value
        The look, where to draw, and the point.
    """

    def __init__(self, look: Look, plot: Plot, at: float, value: float) -> None:
        super().__init__()
        self.look, self.plot, self.at, self.value = look, plot, at, value
        self.guide, self.dot = line(look, role="axis"), shape(look, role="point")
        self.add(self.guide, self.dot)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Stand where the plot is now, wherever its playhead stands."""
        spot = self.plot.at(self.at, self.value)
        set_lines(self.guide, dashes(spot, self.plot.on_axis(self.at)))
        self.dot.points = dot_points([spot], STROKE.point)

    def coordinates(self, clear: Obstacles) -> Lettering:
        """Return its coordinates, beside it."""
        both = f"({figure(number(self.at))}, {figure(number(self.value))})"
        label = self.look.math(both, role="point")
        prefer = ("above left", "left", "above", "below right", "right")
        return place_near(label, self.plot.at(self.at, self.value), clear, prefer)


class Secant(VGroup):
    """The line through two points of a curve, with the legs dx and df; `show` takes the width.

    Parameters
    ----------
    look, plot, function, at
        The look, where to draw, a function of one variable with `value`, and the fixed point.
    """

    def __init__(self, look: Look, plot: Plot, function: Any, at: float) -> None:
        super().__init__()
        self.look, self.plot, self.function, self.at = look, plot, function, at
        self.value = function.value((at,))
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="slope_up", width=0.7 * STROKE.tangent)
        self.line = line(look, role="slope_up", width=STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.add(self.across, self.up, self.line, self.first, self.second)

    def show(self, width: float) -> None:
        """Draw the secant of this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all() or width == 0:
            for mobject in self.submobjects:
                mobject.points = np.zeros((0, 3))
            return
        first, corner, last = self._corners(width, there)
        set_lines(self.across, clip(np.array([first, corner]), self.plot.inner))
        set_lines(self.up, clip(np.array([corner, last]), self.plot.inner))
        set_lines(self.line, through(self.plot, self.function, self.at, width))
        role = slope_role(there - self.value)
        for mobject in (self.up, self.line):
            mobject.role = role
            mobject.set_stroke(color=self.look.color(role))
        # On the lines, not under them.
        seen = self.plot.shows(self.at + width, there)
        self.first.points = dot_points([first], STROKE.point)
        self.second.points = dot_points([last] if seen else [], STROKE.ghost)

    def _corners(self, width: float, there: float) -> tuple[Points, Points, Points]:
        plot, end = self.plot, self.at + width
        return plot.at(self.at, self.value), plot.at(end, self.value), plot.at(end, there)

    def leg_labels(self, width: float, clear: Obstacles) -> VGroup:
        """Return the lengths of the legs, each beside its own."""
        there = self.function.value((self.at + width,))
        first, corner, last = self._corners(width, there)
        rise = there - self.value
        across = self.look.math(f"h = {figure(number(width))}")
        up = self.look.math(figure(number(rise)), role=slope_role(rise))
        away = ("below", "above") if rise >= 0 else ("above", "below")
        place_near(across, _between(first, corner), clear, away, (0.16, 0.26, 0.4))
        # On the far side of the line its number would read as the length of the line.
        place_near(up, _between(corner, last), clear, ("right",), (0.14, 0.2, 0.3), only=True)
        return VGroup(*(label for label in (across, up) if label.is_free))

    def quotient(self, width: float, clear: Obstacles) -> Lettering:
        """Return how its slope comes about, beside the line."""
        there = self.function.value((self.at + width,))
        rise, role = there - self.value, slope_role(there - self.value)
        over = ink("text", math(figure(as_factor(number(width)))))
        quotient = f"{figure(number(rise))} \\/ {over} = {figure(number(rise / width))}"
        first, _, last = self._corners(width, there)
        # Where the triangle is not.
        side = ("above left", "left") if rise >= 0 else ("below left", "left")
        # As much as there is room for.
        slope = math(quotient)
        for words in (("secant, slope ", slope), ("slope ", slope), ("secant",)):
            label = self.look.text(*words, role=role)
            place_near(label, _between(first, last), clear.copy(), side, only=True)
            if label.is_free:
                break
        return label


class Fan(VGroup):
    """The secants that the sliding point has left behind, faint; `show` takes the width.

    Parameters
    ----------
    look, plot, function, at, widths
        As of `Secant`, and the widths that stay to be seen.
    """

    def __init__(
        self, look: Look, plot: Plot, function: Any, at: float, widths: Sequence[float]
    ) -> None:
        super().__init__()
        self.look, self.plot, self.function = look, plot, function
        self.at, self.widths = at, tuple(widths)
        role = slope_role(function.gradient((at,))[0])
        self.lines = line(look, role=role, width=0.6 * STROKE.tangent)
        self.lines.set_stroke(color=look.theme.blend(role, 0.62))
        self.ends = shape(look, role="trail")
        self.add(self.lines, self.ends)

    def label(self, clear: Obstacles, side: Sequence[str]) -> Lettering:
        """Return their name, on a side of the widest."""
        look, plot, wide = self.look, self.plot, self.widths[0]
        value = self.function.value((self.at,))
        there = self.function.value((self.at + wide,))
        name = look.text("secants" if len(self.widths) > 1 else "secant", role=self.lines.role)
        first, last = plot.at(self.at, value), plot.at(self.at + wide, there)
        parts = np.linspace(0.9, 0.5, 5)[:, None]
        return place_near(name, first + (last - first) * parts, clear, side, only=True)

    def show(self, width: float) -> None:
        """Draw the secants that are wider than this."""
        left = [wide for wide in self.widths if wide > width * (1 + 1e-9)]
        drawn = [through(self.plot, self.function, self.at, wide) for wide in left]
        set_lines(self.lines, [piece for pieces in drawn for piece in pieces])
        ends = [(self.at + wide, self.function.value((self.at + wide,))) for wide in left]
        seen = [self.plot.at(*end) for end in ends if self.plot.shows(*end)]
        self.ends.points = dot_points(seen, STROKE.ghost)


class Tangents(VGroup):
    """Short tangents at several points, with their slopes; the points lie on all of the lines.

    Parameters
    ----------
    look, plot, function, xs
        The look, where to draw, the function, and where.
    """

    def __init__(self, look: Look, plot: Plot, function: Any, xs: Sequence[float]) -> None:
        super().__init__()
        both = [function.value_and_gradient((x,)) for x in xs]
        spots = [plot.at(x, value) for x, (value, _) in zip(xs, both, strict=True)]
        apart = [float(np.hypot(*(one - other))) for one, other in pairwise(spots)]
        self.length = min([LONGEST_TANGENT, *(0.95 * gap for gap in apart)])
        self.slopes = [slope for _, (slope,) in both]
        self.lines = [
            set_lines(
                line(look, role=slope_role(slope), width=0.75 * STROKE.tangent),
                tangent_segment(plot, x, value, slope, self.length),
            )
            for x, (value, (slope,)) in zip(xs, both, strict=True)
        ]
        self.dots = [shape(look, role="point") for _ in xs]
        for dot, spot in zip(self.dots, spots, strict=True):
            dot.points = dot_points([spot], STROKE.ghost)
        self.look, self.spots = look, spots
        self.add(*self.lines, *self.dots)

    def labels(self, clear: Obstacles) -> list[Lettering | None]:
        """Return the slopes beside the points, None where there is no room."""
        clear.add(self)
        labels = []
        for slope, spot in zip(self.slopes, self.spots, strict=True):
            role = slope_role(slope)
            label = self.look.math(figure(number(slope)), role=role)
            side = ("above left", "left") if slope >= 0 else ("above right", "right")
            place_near(label, spot, clear, side, (0.16, 0.26, 0.4))
            labels.append(label if label.is_free else None)
        return labels


def beside(slope: float, above: bool) -> tuple[str, ...]:
    """Return the directions to one side of a line, the nearest to the upright one first."""
    if above:
        return ("above left", "left") if slope >= 0 else ("above right", "right")
    return ("below right", "right") if slope >= 0 else ("below left", "left")


def through(plot: Plot, function: Any, at: float, width: float) -> list[Points]:
    """Return the line through two points of a graph, from edge to edge of the plot."""
    value, there = function.value((at,)), function.value((at + width,))
    slope = (there - value) / width
    window = plot.window
    ends = [plot.at(x, value + slope * (x - at)) for x in (window.left, window.right)]
    return clip(np.array(ends), plot.inner)


def _between(first: Points, last: Points) -> Points:
    """Return places on a line from one point to another, the middle first."""
    parts = (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.9, 1.0)
    return np.array([first + (last - first) * part for part in parts])


def obstacles(plot: Plot, *others: VMobject) -> Obstacles:
    """Return what labels at a plot keep clear of; they may stand right of it, over its x."""
    right = plot.inner.right if plot.x_title is None else plot.x_title.box.right
    clear = Obstacles(replace(plot.inner, right=right))
    clear.add(plot, *others)
    return clear
