"""A secant and the triangle under it, as a function of its width."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.slope import slope_role
from scenes.parts.source import EQUALS, Source, figure, ink, join, lines, math, relation, told
from scenes.parts.strokes import Points, dashes, dot_points, line, set_lines, shape
from scenes.parts.tangents import above_axis
from scenes.theme import STROKE, TYPE, units
from scenes.words import as_factor, number

NEAR, FAR = 0.22, 0.28
"""A second point as far from the first has no guide to the axis yet, or all of it, in units."""

ONE, TWO = 0.115, 0.125
"""Two points as near as this are drawn as one, or as two, in units."""

NO_LEGS, LEGS = 0.3, 0.36
"""Between points as near as this legs would be a smudge, or are seen, in units."""

SHARE, SMALLEST = 0.62, 1.4
"""Two points near each other are so large, in parts of their distance, and at least in %."""

GAPS = 0.16, 0.26, 0.4
"""Between labels and what they name, in units."""

NEARER = 0.16, 0.21, 0.26, 0.3, 0.35, 0.4
"""Between the leg across and its length, in units."""

ASIDE = 0.12
"""Other labels are so much farther from the lengths of the legs than from lines, in units."""

SIZES = TYPE.label, TYPE.tick
"""Of what is written at the line: rather smaller than shorter, in % of the shorter side."""

OFF_GUIDE = 0.22
"""How far from the way down to its x the question for a slope stands, in units."""

THIN = 0.6
"""So wide is a secant, in widths of a tangent: beside it one sees the curve that it cuts."""

OFF_AXIS, ROW = 0.2, 0.6
"""Labels stand so far from the upright axis, and in the row of one of its numbers farther: they
would seem to belong to it. In units."""


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

    def question(self, clear: Obstacles, slope: float) -> Lettering:
        """Return the question for the slope, where the graph leaves room below it or else above."""
        asked, spot = math(f"{EQUALS} thin ?"), self.plot.at(self.at, self.value)
        x, clear = float(spot[0]), clear.copy()
        bottom = min(self.plot.inner.bottom, float(spot[1]))
        clear.add_box(Region(x - OFF_GUIDE, bottom, x + OFF_GUIDE, float(spot[1])))
        sides = *beside(slope, False), "below", *beside(slope, True), "above"
        for size in (TYPE.equation, TYPE.label):
            label = self.look.text("slope ", asked, size=size, role=slope_role(slope))
            if place_near(label, spot, clear.copy(), sides, (*GAPS[1:], 0.5, 0.65, 0.8)).is_free:
                break
        return label

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
        self.line = line(look, role="slope_up", width=THIN * STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.dot, self.legs = STROKE.point, 1.0
        self.add(self.guide, self.across, self.up, self.line, self.first, self.second)

    def show(self, width: float) -> None:
        """Draw the secant of this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all() or width == 0:
            for mobject in self.submobjects:
                mobject.points = np.zeros((0, 3))
            return
        first, corner, last = self._corners(width, there)
        away = float(np.hypot(*(last - first)))
        # Where the two points merge one is seen; a lens shows both.
        two = _part(away, ONE, TWO)
        self.legs = _part(away, NO_LEGS, LEGS)
        for leg, ends in ((self.across, (first, corner)), (self.up, (corner, last))):
            set_lines(leg, clip(np.array(ends), self.plot.inner) if self.legs else [])
            leg.set_stroke(opacity=self.legs)
        set_lines(self.line, through(self.plot, self.function, self.at, width))
        # Down to its x, as far as the legs do not show it; near the first one they would merge.
        low = corner if corner[1] <= last[1] else last
        foot = self.plot.on_axis(self.at + width)
        seen = self.plot.shows(self.at + width, min(there, self.value))
        apart = _part(abs(float(last[0] - first[0])), NEAR, FAR)
        set_lines(self.guide, dashes(low, foot) if seen and apart else [])
        self.guide.set_stroke(opacity=apart)
        self.line.role = slope_role(there - self.value)
        self.line.set_stroke(color=self.look.color(self.line.role))
        # On the lines, not under them; no larger than lets one tell them apart.
        self.dot = min(STROKE.point, max(SMALLEST, SHARE * away / units(1.0)))
        seen = two > 0 and self.plot.shows(self.at + width, there)
        self.first.points = dot_points([first], self.dot)
        self.second.points = dot_points([last] if seen else [], self.dot)
        self.second.set_fill(opacity=two)

    def _corners(self, width: float, there: float) -> tuple[Points, Points, Points]:
        plot, end = self.plot, self.at + width
        return plot.at(self.at, self.value), plot.at(end, self.value), plot.at(end, there)

    def leg_labels(self, width: float, clear: Obstacles) -> VGroup:
        """Return the lengths of the legs, each beside its own; nothing where none are seen.

        Parameters
        ----------
        width, clear
            How wide it is, and what is in the way.
        """
        if not self.legs:
            return VGroup()
        there = self.function.value((self.at + width,))
        first, corner, last = self._corners(width, there)
        rise = there - self.value
        up = self.look.math(figure(number(rise)))
        way, other = ("below", "above") if rise >= 0 else ("above", "below")
        full = f"h = {figure(number(width))}"
        # Between the guides to the axis: it interrupts none.
        for words, size, sides in (
            (full, TYPE.label, (way, other)),
            (full, TYPE.tick, (way,)),
            ("h", TYPE.label, (way, other, f"{way} right")),
        ):
            across = self.look.math(words, size)
            place_near(across, (first + corner) / 2, clear.copy(), sides, NEARER, only=True)
            if across.is_free:
                clear.add(across)
                break
        # On the far side of the line its number would read as the length of the line.
        place_near(up, _between(corner, last), clear, ("right",), (0.14, 0.2, 0.3), only=True)
        labels = [label for label in (across, up) if label.is_free]
        # What comes next names something else.
        for label in labels:
            clear.add_box(label.box.inset(*[-ASIDE] * 4))
        return VGroup(*labels)

    def far_point(self, width: float, clear: Obstacles) -> Lettering:
        """Return the coordinates of the second point, beside it."""
        x, there = self.at + width, self.function.value((self.at + width,))
        label = self.look.math(f"({figure(number(x))}, {figure(number(there))})", role="point")
        near = ("above left", "left") if there >= self.value else ("below left", "left")
        away = (*near, "below right", "right", "above right", "above")
        return place_near(label, self.plot.at(x, there), clear, away, GAPS, only=True)

    def quotient(
        self,
        width: float,
        clear: Obstacles,
        away: Sequence[str] | None = None,
        *,
        worked: bool = False,
    ) -> Lettering:
        """Return how its slope comes about, beside the line.

        Parameters
        ----------
        width, clear
            How wide it is, and what is in the way.
        away
            On which sides, where the line has left its triangle; None for where that is not.
        worked
            Whether that is told elsewhere: here stand its name and its slope.
        """
        rise, first, last = self._measured(width)
        # Not at the second point, whose coordinates it would seem to be.
        side: Sequence[str] = ("above left", "left") if rise >= 0 else ("below left", "left")
        places, name, slope = _between(first, last)[:5], "secant, slope ", quotient(rise, width)
        every = itertools.product((("slope ", slope), (slope,)), SIZES)
        if away or worked:
            # Rather on two lines, or without its name, than smaller.
            slope = math(told(rise / width))
            broken = named("secant", slope, away or side)
            every = itertools.product(((broken,), ("slope ", slope)), SIZES)
        if away:
            side, places = away, self._beyond(last, 0.3)
        forms = ((name, slope), TYPE.label), *every, (("secant",), TYPE.label)
        return self._first_free(forms, places, side, clear)

    def working(self, width: float, clear: Obstacles, away: Sequence[str]) -> Lettering:
        """Return how its slope comes about, beyond both points, as a fraction if need be."""
        rise, _, last = self._measured(width)
        slope, stacked = quotient(rise, width), quotient(rise, width, stacked=True)
        every = itertools.product((("slope ", slope), (slope,)), SIZES)
        forms = *every, ((stacked,), TYPE.tick)
        return self._first_free(forms, self._beyond(last, 0.1), away, clear)

    def _measured(self, width: float) -> tuple[float, Points, Points]:
        """Return how much it rises, and its two points."""
        there = self.function.value((self.at + width,))
        first, _, last = self._corners(width, there)
        return there - self.value, first, last

    def _beyond(self, last: Points, nearest: float) -> Points:
        """Return places on the line beyond its second point, not so near that they are its own."""
        end = max(self.line.points[[0, -1], :2], key=lambda end: float(end[0]))
        return np.asarray(last + (end - last) * np.linspace(nearest, 0.9, 9)[:, None])

    def _first_free(
        self,
        forms: Iterable[tuple[tuple[str | Source, ...], float]],
        places: Points,
        side: Sequence[str],
        clear: Obstacles,
    ) -> Lettering:
        """Return the first of several labels, each with its size, that has room at a place."""
        for words, size in forms:
            label = self.look.text(*words, size=size, role=self.line.role)
            if place_near(label, places, clear.copy(), side, only=True).is_free:
                break
        return label


def _part(value: float, low: float, high: float) -> float:
    """Return where a value lies between two others: from 0 to 1, and no farther."""
    return min(max((value - low) / (high - low), 0.0), 1.0)


def quotient(rise: float, width: float, *, stacked: bool = False) -> Source:
    """Return a slope with how it comes about: what is divided is no slope and has no colour."""
    above, under = figure(number(rise)), figure(as_factor(number(width)))
    legs = f'{above} class("binary", \\/) {under}'
    if stacked:
        legs = f"display(frac({above}, {under}))"
    slope = rise / width
    sign = relation(rise, width, slope)
    return math(f"{ink('text', math(legs))} {sign} {figure(number(slope))}")


def named(name: str, slope: Source, sides: Sequence[str]) -> Source:
    """Return a line's name over its slope, flush with the side on which the line is."""
    return lines(name, join("slope ", slope), flush="right" if "left" in sides else "left")


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


def off_axis(plot: Plot, clear: Obstacles) -> None:
    """Keep labels away from the upright axis, and out of the rows of its numbers near it."""
    inner, (low, high) = plot.inner, (clear.within.bottom, clear.within.top)
    clear.add_box(Region(inner.left, low, inner.left + OFF_AXIS, high))
    for label in plot.y_labels:
        if any(len(run.points) for run in label):
            clear.add_box(replace(label.box, left=inner.left, right=inner.left + ROW))
