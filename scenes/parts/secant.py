"""A secant and the triangle under it, as a function of its width."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.slope import slope_role
from scenes.parts.source import EQUALS, figure, ink, math
from scenes.parts.strokes import Points, dashes, dot_points, line, set_lines, shape
from scenes.parts.tangents import above_axis
from scenes.theme import STROKE, units
from scenes.words import as_factor, number

NEAR, FAR = 0.25, 0.5
"""A second point as far from the first has no guide to the axis yet, or all of it, in units."""

SHARE, SMALLEST = 0.62, 0.8
"""Two points near each other are so large, in parts of their distance, and at least in %."""

GAPS = 0.16, 0.26, 0.4
"""Between labels and what they name, in units."""


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
        self.up = line(look, role="text", width=0.7 * STROKE.tangent)
        self.guide = line(look, role="axis")
        self.line = line(look, role="slope_up", width=STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.dot = STROKE.point
        self.add(self.guide, self.across, self.up, self.line, self.first, self.second)

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
        # Down to its x, as far as the legs do not show it; near the first one they would merge.
        low = corner if corner[1] <= last[1] else last
        foot = self.plot.on_axis(self.at + width)
        seen = self.plot.shows(self.at + width, min(there, self.value))
        apart = (abs(float(last[0] - first[0])) - NEAR) / (FAR - NEAR)
        set_lines(self.guide, dashes(low, foot) if seen and apart > 0 else [])
        self.guide.set_stroke(opacity=min(max(apart, 0.0), 1.0))
        self.line.role = slope_role(there - self.value)
        self.line.set_stroke(color=self.look.color(self.line.role))
        # On the lines, not under them; no larger than lets one tell them apart.
        near = SHARE * float(np.hypot(*(last - first))) / units(1.0)
        self.dot = min(STROKE.point, max(SMALLEST, near))
        seen = self.plot.shows(self.at + width, there)
        self.first.points = dot_points([first], self.dot)
        self.second.points = dot_points([last] if seen else [], self.dot)

    def _corners(self, width: float, there: float) -> tuple[Points, Points, Points]:
        plot, end = self.plot, self.at + width
        return plot.at(self.at, self.value), plot.at(end, self.value), plot.at(end, there)

    def leg_labels(self, width: float, clear: Obstacles) -> VGroup:
        """Return the lengths of the legs, each beside its own."""
        there = self.function.value((self.at + width,))
        first, corner, last = self._corners(width, there)
        rise = there - self.value
        up = self.look.math(figure(number(rise)))
        ways = ("below", "above") if rise >= 0 else ("above", "below")
        # Under a short leg its name alone: beside it, it would be taken for a length upward.
        for words in (f"h = {figure(number(width))}", "h"):
            across = self.look.math(words)
            place_near(across, _between(first, corner), clear.copy(), ways, GAPS, only=True)
            if across.is_free:
                clear.add(across)
                break
        # On the far side of the line its number would read as the length of the line.
        place_near(up, _between(corner, last), clear, ("right",), (0.14, 0.2, 0.3), only=True)
        return VGroup(*(label for label in (across, up) if label.is_free))

    def far_point(self, width: float, clear: Obstacles) -> Lettering:
        """Return the coordinates of the second point, beside it."""
        x, there = self.at + width, self.function.value((self.at + width,))
        label = self.look.math(f"({figure(number(x))}, {figure(number(there))})", role="point")
        near = ("above left", "left") if there >= self.value else ("below left", "left")
        away = (*near, "below right", "right", "above right", "above")
        return place_near(label, self.plot.at(x, there), clear, away, GAPS, only=True)

    def quotient(self, width: float, clear: Obstacles) -> Lettering:
        """Return how its slope comes about, beside the line."""
        there = self.function.value((self.at + width,))
        rise, role = there - self.value, slope_role(there - self.value)
        legs = ink("text", math(f"{figure(number(rise))} \\/ {figure(as_factor(number(width)))}"))
        quotient = f"{legs} {EQUALS} {figure(number(rise / width))}"
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
    return clip(np.array(ends), above_axis(plot, plot.at(at, value)))


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
