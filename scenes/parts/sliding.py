"""Tangents: one that slides along a curve, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, math
from scenes.parts.strokes import Points, dot_points, line, set_lines, shape
from scenes.parts.tangents import OVER_AXIS, TANGENT_LENGTH, tangent_segment
from scenes.theme import STROKE
from scenes.words import number

REACH, SHARE = 0.15, 0.42
"""How far tangents that stand side by side go to both sides: in widths of the plot, and at most in
parts of the way from one to the next."""

UNDER_TOP = 0.28
"""So far under the top of the plot they end, in units: the curve goes on and is seen to."""


class SlidingTangent(VGroup):
    """The tangent of a function at any x, in the colour of its sign, with its point.

    Parameters
    ----------
    look, plot, function
        The look, where to draw, and a function of one variable with `value_and_gradient`.
    length
        In units; None for one that suits the plot.
    reach
        Instead of a length: how far it goes to both sides, in parts of the plot's width.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        function: Any,
        length: float | None = None,
        reach: float = 0.0,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.function, self.reach = look, plot, function, reach
        self.length = length or TANGENT_LENGTH * plot.inner.height
        self.line = line(look, width=STROKE.tangent)
        self.point = shape(look, role="point")
        self.add(self.line, self.point)

    def show(self, x: float) -> None:
        """Draw the tangent at x."""
        value, (slope,) = self.function.value_and_gradient((x,))
        self.line.role = slope_role(slope)
        self.line.set_stroke(color=self.look.color(self.line.role))
        length = _length(self.plot, slope, self.reach) if self.reach else self.length
        under = UNDER_TOP if self.reach else 0.0
        set_lines(self.line, _segment(self.plot, x, value, slope, length, under))
        seen = self.plot.shows(x, value)
        self.point.points = dot_points([self.plot.at(x, value)] if seen else [], STROKE.point)

    def label(self, x: float, clear: Obstacles, side: Sequence[str]) -> Lettering:
        """Return the name and the slope at x, on a side of the line."""
        value, (slope,) = self.function.value_and_gradient((x,))
        role = slope_role(slope)
        line, here = self.line.points[:, :2], self.plot.at(x, value)
        end = line[-1] if len(line) else here
        places = [here + (end - here) * part for part in (0.6, 0.5, 0.7, 0.4, 0.3, 0.2, 0.8)]
        slope_of_it = math(figure(number(slope)))
        # In a narrow plot only the name.
        for words in (("tangent, slope ", slope_of_it), ("tangent",)):
            label = self.look.text(*words, role=role)
            if place_near(label, places, clear.copy(), side, only=True).is_free:
                clear.add(label)
                break
        return label


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
        self.slopes = [slope for _, (slope,) in both]
        data = [(x, value, slope) for x, (value, (slope,)) in zip(xs, both, strict=True)]
        apart = (after - before for before, after in pairwise(sorted(xs)))
        width = plot.window.right - plot.window.left
        self.reach = min([REACH, *(SHARE * gap / width for gap in apart)])
        segments = [
            _segment(plot, *each, _length(plot, each[2], self.reach), UNDER_TOP) for each in data
        ]
        self.lines = [
            set_lines(line(look, role=slope_role(slope), width=0.75 * STROKE.tangent), segment)
            for slope, segment in zip(self.slopes, segments, strict=True)
        ]
        self.dots = [shape(look, role="point") for _ in xs]
        for dot, spot in zip(self.dots, spots, strict=True):
            dot.points = dot_points([spot], 0.85 * STROKE.point)
        self.look, self.spots = look, spots
        self.add(*self.lines, *self.dots)

    def labels(self, clear: Obstacles) -> list[Lettering | None]:
        """Return the slopes beside the points, None where there is no room."""
        clear.add(self)
        labels = []
        for slope, spot in zip(self.slopes, self.spots, strict=True):
            role = slope_role(slope)
            side = ("above left", "left") if slope >= 0 else ("above right", "right")
            # A mere number would seem to be a value of the point: rather none.
            label = self.look.text(f"slope {number(slope)}", role=role)
            gaps = (0.16, 0.26, 0.4, 0.55)
            if place_near(label, spot, clear.copy(), side, gaps).is_free:
                clear.add(label)
            labels.append(label if label.is_free else None)
        return labels


def _length(plot: Plot, slope: float, reach: float) -> float:
    """Return how long, as seen, a tangent is that goes so far to both sides."""
    window, inner = plot.window, plot.inner
    run = reach * (window.right - window.left)
    rise = slope * run / (window.top - window.bottom) * inner.height
    return 2 * float(np.hypot(reach * inner.width, rise))


def _segment(
    plot: Plot, x: float, value: float, slope: float, length: float, under: float = 0.0
) -> list[Points]:
    """Return a tangent of a length, ending over the axis, however near it may be.

    At the other end it stays so far under the top of the plot.
    """
    height, depth = (
        float(plot.y(value)) - plot.inner.bottom,
        plot.inner.top - float(plot.y(value)),
    )
    within = plot.inner.inset(
        bottom=max(0.0, min(OVER_AXIS, height / 2)), top=max(0.0, min(under, depth / 2))
    )
    return tangent_segment(plot, x, value, slope, length, within=within)
