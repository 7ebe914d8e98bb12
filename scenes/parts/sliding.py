"""Tangents: one that slides along a curve, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, dense, place_near
from scenes.parts.plot import Plot
from scenes.parts.secant import named
from scenes.parts.slope import slope_role
from scenes.parts.source import math, told
from scenes.parts.strokes import Points, dot_points, line, set_lines, shape
from scenes.parts.tangents import OVER_AXIS, TANGENT_LENGTH, tangent_segment
from scenes.theme import STROKE, TYPE

REACHES, SHARES = (0.09, 0.24), (0.24, 0.62)
"""How far tangents that stand side by side go back and ahead: in widths of the plot, and at most in
parts of the way from one to the next. Farther to one side, they part from the curve, and do not
meet."""

BACK = (1.0, 0.85, 0.7, 0.55)
"""Where on its longer side a tangent's slope may stand, the free end first."""

GAPS, OVER, ASIDE = (0.16, 0.26, 0.4), (0.16, 0.26, 0.4, 0.5), 0.1
"""Between a tangent and its slope, and between that and the point under it; so far from the middle
it may stand there. In units."""

OFF_LINE = (0.22, 0.3, 0.4, 0.6)
"""Between a tangent and its name, in units."""

NEARER = 1.5
"""Over its point a slope is so many times nearer to its own tangent than to others at least."""

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
        Instead of a length: how far it goes back and ahead, in data.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        function: Any,
        length: float | None = None,
        reach: tuple[float, float] | None = None,
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
        if self.reach:
            pieces = _reaching(self.plot, x, value, slope, self.reach)
        else:
            pieces = tangent_segment(
                self.plot, x, value, slope, self.length, within=_inner(self.plot, value, 0.0)
            )
        set_lines(self.line, pieces)
        seen = self.plot.shows(x, value)
        self.point.points = dot_points([self.plot.at(x, value)] if seen else [], STROKE.point)

    def label(self, x: float, clear: Obstacles, side: Sequence[str], room: Region) -> Lettering:
        """Return the name and the slope at x, on a side of the line.

        In a narrow plot it has two lines, or may stand beyond it in a wider room, or is smaller, or
        the name only.
        """
        value, (slope,) = self.function.value_and_gradient((x,))
        role = slope_role(slope)
        line, here = self.line.points[:, :2], self.plot.at(x, value)
        end = line[-1] if len(line) else here
        places = [here + (end - here) * part for part in (0.6, 0.5, 0.7, 0.4, 0.3, 0.2, 0.8)]
        slope_of_it = math(told(slope))
        both, broken = ("tangent, slope ", slope_of_it), (named("tangent", slope_of_it, side),)
        inside = clear.within
        for words, size, within in (
            (both, TYPE.label, inside),
            (broken, TYPE.label, inside),
            (broken, TYPE.label, room),
            (both, TYPE.tick, inside),
            (both, TYPE.tick, room),
            (("tangent",), TYPE.label, inside),
        ):
            label, around = self.look.text(*words, size=size, role=role), clear.copy()
            around.within = within
            if place_near(label, places, around, side, OFF_LINE, only=True).is_free:
                clear.add(label)
                break
        return label


class Tangents(VGroup):
    """Tangents at several points, with their slopes; the points lie on all of the lines.

    Parameters
    ----------
    look, plot, function, xs
        The look, where to draw, the function, and where.
    reach
        How far each of them goes back and ahead, in data.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        function: Any,
        xs: Sequence[float],
        reach: tuple[float, float],
    ) -> None:
        super().__init__()
        both = [function.value_and_gradient((x,)) for x in xs]
        spots = [plot.at(x, value) for x, (value, _) in zip(xs, both, strict=True)]
        self.slopes = [slope for _, (slope,) in both]
        self.bends = [function.hessian((x,))[0][0] for x in xs]
        data = [(x, value, slope) for x, (value, (slope,)) in zip(xs, both, strict=True)]
        self.lines = [
            set_lines(
                line(look, role=slope_role(each[2]), width=STROKE.tangent),
                _reaching(plot, *each, reach),
            )
            for each in data
        ]
        self.dots = [shape(look, role="point") for _ in xs]
        for dot, spot in zip(self.dots, spots, strict=True):
            dot.points = dot_points([spot], STROKE.point)
        self.look, self.spots = look, spots
        self.add(*self.lines, *self.dots)

    def labels(self, clear: Obstacles) -> list[Lettering | None]:
        """Return the slopes, None where there is no room.

        They stand over their points if all of them can, in smaller type if need be: beyond the end
        of its line one may stand under the next point. Else they stand along the lines.
        """
        clear.add(self)
        for size in (TYPE.label, TYPE.tick):
            labels = self._placed(clear.copy(), size, along=False)
            if all(map(self._is_told_by, labels, self.lines)):
                return labels
        return self._placed(clear, TYPE.label, along=True)

    def _is_told_by(self, label: Lettering | None, own: VMobject) -> bool:
        """Whether a slope is clearly nearer to its own tangent than to the others."""
        if label is None:
            return False
        gaps = {line: _gap(label.box, line) for line in self.lines if len(line.points)}
        limit = NEARER * gaps.get(own, 0.0)
        return all(line is own or gap >= limit for line, gap in gaps.items())

    def _placed(self, clear: Obstacles, size: float, *, along: bool) -> list[Lettering | None]:
        labels = []
        for slope, bend, spot, tangent in zip(
            self.slopes, self.bends, self.spots, self.lines, strict=True
        ):
            end = tangent.points[-1, :2] if len(tangent.points) else spot
            # The line leaves the curve to the other side.
            below, above = ("right", "below right"), ("above left", "left")
            if slope < 0:
                below, above = ("below left", "left"), ("right", "above right")
            if bend < 0:
                below, above = above, below
            over = ("above" if bend >= 0 else "below",)
            places = [spot + (end - spot) * part for part in BACK]
            ways: tuple[tuple[list[Points], tuple[str, ...], tuple[float, ...]], ...]
            aside = np.sign(end[0] - spot[0]) * np.array([ASIDE, 0.0])
            ways = ([spot], above, GAPS[:2]), ([spot, spot + aside], over, OVER)
            if along:
                ways = (places, below, GAPS), (places, above, GAPS)
            # A mere number would seem to be a value of the point: rather none.
            label = self.look.text("slope ", math(told(slope)), size=size, role=slope_role(slope))
            for anchors, sides, gaps in ways:
                if place_near(label, anchors, clear.copy(), sides, gaps, only=True).is_free:
                    clear.add(label)
                    break
            labels.append(label if label.is_free else None)
        return labels


def reaches(xs: Sequence[float], width: float) -> tuple[float, float]:
    """Return how far tangents side by side go back and ahead of their places.

    Parameters
    ----------
    xs, width
        Their places, and the width of the plot, in data.
    """
    apart = (after - before for before, after in pairwise(sorted(xs)))
    gap = min(apart, default=width)
    back, ahead = (
        min(reach * width, share * gap) for reach, share in zip(REACHES, SHARES, strict=True)
    )
    return back, ahead


def _reaching(
    plot: Plot, x: float, value: float, slope: float, reach: tuple[float, float]
) -> list[Points]:
    """Return a tangent that goes so far back and ahead, under the top of the plot."""
    back, ahead = (_length(plot, slope, part) for part in reach)
    within = _inner(plot, value, UNDER_TOP)
    return tangent_segment(plot, x, value, slope, back, ahead, within)


def _gap(box: Region, tangent: VMobject) -> float:
    """Return how far a box is from a tangent, in units."""
    x, y = dense(tangent.points[[0, -1], :2]).T
    aside = np.maximum(np.maximum(box.left - x, x - box.right), 0.0)
    up = np.maximum(np.maximum(box.bottom - y, y - box.top), 0.0)
    return float(np.hypot(aside, up).min())


def _length(plot: Plot, slope: float, run: float) -> float:
    """Return how long, as seen, a tangent is that goes so far to both sides."""
    return 2 * float(np.hypot(*(plot.at(run, slope * run) - plot.at(0.0, 0.0))))


def _inner(plot: Plot, value: float, under: float) -> Region:
    """Return where a tangent at a value is drawn: it ends over the axis, however near it may be.

    At the other end it stays so far under the top of the plot.
    """
    y = float(plot.y(value))
    height, depth = y - plot.inner.bottom, plot.inner.top - y
    return plot.inner.inset(
        bottom=max(0.0, min(OVER_AXIS, height / 2)), top=max(0.0, min(under, depth / 2))
    )
