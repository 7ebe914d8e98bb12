"""The stage of SecantToTangent: the plot beside its tables, and what stands at its axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from math import copysign
from typing import Any

from manim import VGroup

from scenes.backstage.secant_words import BEFORE
from scenes.backstage.slopes import round_places
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.fan import ASIDE
from scenes.parts.feet import FANNED, Foot
from scenes.parts.plot import Plot
from scenes.parts.secant import FixedPoint, Graph
from scenes.parts.sliding import reaches
from scenes.parts.source import figure
from scenes.parts.spread import ticks_beside
from scenes.parts.window import Window, fit, roomy_ticks, ticks
from scenes.playhead import Playhead
from scenes.theme import TYPE
from scenes.words import number

LABELS = 1.2
"""About what the labels of an axis take of the plot's width, in units."""

SQUARE = 1.9, 0.4
"""How wide the plot is in a square frame, in widths of the tables, and the space between, in
units."""

BESIDE = 0.4
"""About what the name of the x-axis takes beyond its end, in units."""

MORE = 0.2
"""Beyond the least, what is between such names and the tables if there is room, in units."""

CLOSE = 0.25
"""Between two numbers of the x-axis at least, in units."""

AIR = 0.06
"""Right of the tangents that are shown last, and above them, in parts of the plot."""

POINT, FIRST, CLOSER, LENS, EVERYWHERE = range(5)
"""What is told on the x-axis, in the order of the beats."""


class SecantStage:
    """Plot, curve and fixed point; ticks make room for the places that are told.

    Parameters
    ----------
    look, layout
        The look, and the regions of the frame.
    objective, at, widths
        A function of one variable, the fixed point, and the widths of the secants.

    Attributes
    ----------
    side, edge
        Where the tables stand, and where on the right the frame has its margin.
    plot, curve, dial
        The plot, its graph, and what takes both from what is told to what is told next: at first
        they have all the room, later they leave some for the tables.
    xs
        The places, the fixed point among them, at which the derivative is shown.
    reach
        How far their tangents go back and ahead, in data.
    """

    def __init__(
        self, look: Look, layout: Layout, objective: Any, at: float, widths: Sequence[float]
    ) -> None:
        self.look, self.objective, self.at = look, objective, at
        far = [at, at + widths[0]]
        include = (0.0,) if 0 <= at <= 3 * widths[0] else ()
        window = fit(objective, far, include=include, left=0.0, right=0.12, headroom=0.2)
        if layout.is_tall:
            room, self.side = layout.body.rows(1.45, 1.0, gap=0.4)
        else:
            room, self.side = layout.plot_and_tables(SQUARE)
        self.edge = layout.body.right
        # Right of the plot the lines left behind have their names.
        left = widths[: max(1, len(widths) - 3)]
        lacking = max(look.math_width(f"h = {figure(number(h))}", TYPE.tick) for h in left) + ASIDE
        if not layout.is_tall:
            before = BEFORE if layout.is_square else BEFORE + MORE
            lacking += before - (self.side.left - room.right)
        room = room.inset(right=max(lacking - BESIDE, 0.0))
        # Far apart, so that the tangents are long enough to part from the curve.
        for gap in (0.25, 0.2, 0.08):
            choice = ticks(window.left, window.right, 5)
            self.xs = round_places(choice, at, window, objective, 3, gap)
            if len(self.xs) == 3:
                break
        closer = at + widths[-3] if len(widths) > 3 else at
        self.unit = (room.width - LABELS) / (window.right - window.left)
        told = [[at], *([at, *self._apart(x)] for x in (far[1], closer, at)), self.xs]
        rooms = [layout.body, *[room] * (len(told) - 1)]
        self.reach = reaches(self.xs, window.right - window.left)
        windows = [*[window] * (len(told) - 1), self._for_tangents(window)]
        axes = [
            (shown.left, shown.right, each.width - LABELS)
            for shown, each in zip(windows, rooms, strict=True)
        ]
        self.plot = Plot(
            look,
            rooms[0],
            window,
            later=windows[1:],
            rooms=rooms[1:],
            x_sets=[
                ticks_beside(self._every(*axis), *axis, xs, self._wide)
                for axis, xs in zip(axes, told, strict=True)
            ],
            y_sets=list(map(_heights, windows)),
        )
        self.curve = Graph(look, self.plot, objective)
        self.dial = Playhead()
        self.dial.drive(self.plot, self.curve)

    def _for_tangents(self, window: Window) -> Window:
        """Return the window in which every tangent that is shown is as long as the others."""
        ends, (_, ahead) = [], self.reach
        for x in self.xs:
            value, (slope,) = self.objective.value_and_gradient((x,))
            ends.append((x + ahead, value + slope * ahead))
        air_right, air_top = (
            AIR * (high - low)
            for low, high in ((window.left, window.right), (window.bottom, window.top))
        )
        right, top = (max(values) for values in zip(*ends, strict=True))
        return replace(
            window, right=max(window.right, right + air_right), top=max(window.top, top + air_top)
        )

    @contextmanager
    def standing(self, place: float) -> Iterator[None]:
        """Let the stage stand as it will later, to lay out there what comes in then."""
        now = self.dial.position
        self.dial.set(place)
        yield
        self.dial.set(now)

    def _every(self, low: float, high: float, length: float) -> Sequence[float]:
        """Return the numbers of an axis, close together if need be: points stand over them."""
        few, many = roomy_ticks(low, high, length, self._wide), ticks(low, high, 5)
        unit = length / (high - low)
        fit = all(
            (after - before) * unit > (self._wide(before) + self._wide(after)) / 2 + CLOSE
            for before, after in pairwise(many)
        )
        return many if fit and len(many) > len(few) else few

    def _wide(self, value: float) -> float:
        return self.look.math_width(figure(number(value)), size=TYPE.tick)

    def _aside(self, x: float) -> float:
        """Return how far beside its place a number stands clear of the fixed point's, in units."""
        away = (x - self.at) * self.unit
        lacking = (self._wide(x) + self._wide(self.at)) / 2 + FANNED["close"] - abs(away)
        return copysign(max(lacking, 0.0), away)

    def _apart(self, *xs: float) -> list[float]:
        """Return those places whose numbers have room on the axis beside the fixed point's."""
        return [x for x in xs if abs(self._aside(x)) <= FANNED["moved"]]

    def feet(self, *xs: float) -> VGroup:
        """Return places at the axis in the colour of points, as far as they have room there."""
        feet = VGroup()
        for x in self._apart(*xs):
            foot = Foot(self.look, self.plot, [x], 0)
            foot.number.shift((self._aside(x), 0.0, 0.0))
            feet.add(foot)
        return feet

    def point(self, value: float) -> tuple[FixedPoint, Foot]:
        """Return the fixed point, and its number at the axis; both go along with the plot."""
        point = FixedPoint(self.look, self.plot, self.at, value)
        foot = Foot(self.look, self.plot, [self.at], 0)
        self.dial.drive(point, foot)
        return point, foot


def _heights(window: Window) -> list[float]:
    """Return the ticks of f: no number at the upper end of the axis, where its name stands."""
    highest = window.top - 0.04 * (window.top - window.bottom)
    return [y for y in ticks(window.bottom, window.top, 4) if y < highest]
