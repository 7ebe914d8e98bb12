"""The stage of SecantToTangent: the plot beside its tables, and what stands at its axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from manim import VGroup

from scenes.backstage.growing_table import GrowingTable
from scenes.backstage.secant_plot import BrokenPlot
from scenes.backstage.secant_windows import for_lens, for_tangents, near_secant
from scenes.backstage.secant_words import BEFORE
from scenes.backstage.slope_tables import SlopeTables
from scenes.backstage.slopes import Slopes, round_places
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.fan import ASIDE
from scenes.parts.feet import Foot
from scenes.parts.graph import Graph
from scenes.parts.secant import FixedPoint
from scenes.parts.sliding import reaches
from scenes.parts.source import figure
from scenes.parts.spread import clear_ticks, ticks_beside
from scenes.parts.window import Window, fit, roomy_ticks, ticks
from scenes.playhead import Playhead
from scenes.theme import TYPE
from scenes.words import number

LABELS = 1.2
"""About what the labels of an axis take of the plot's width, in units."""

TALL = 1.35
"""In a tall frame the plot is so many times as high as the tables under it."""

SQUARE = 1.77, 0.4
"""How wide the plot is in a square frame, in widths of the tables, and the space between, in
units."""

BESIDE = 0.4
"""About what the name of the x-axis takes beyond its end, in units."""

MORE = 0.2
"""Beyond the least, what is between such names and the tables if there is room, in units."""

CLOSE, APART = 0.25, 0.1
"""Between two numbers of the x-axis at least, and between two places there, in units."""

EDGE = 0.08
"""How far the mark of a row reaches beyond its table, in units."""

GUIDED = 0.2
"""A length has so much room between the guides beside it, in units."""

POINT, FIRST, CLOSER = range(3)
"""Where the plot stands, in the order of the beats; from there on it goes nearer with every
secant."""


class SecantStage:
    """Plot, curve and fixed point; ticks make room for the places that are told.

    Parameters
    ----------
    look, layout
        The look, and the regions of the frame.
    slopes
        A function of one variable, the fixed point, and the widths of the secants.

    Attributes
    ----------
    tables, growing, edge
        What makes the tables, the one that grows if there are slopes, and where on the right the
        frame has its margin.
    plot, curve, dial
        The plot, its graph, and what takes both from what is told to what is told next: at first
        they have all the room, later they leave some for the tables.
    lens, limit, everywhere
        Where the dial stands when one looks through a lens, when all secants are seen again, and
        when all points are told.
    xs
        The places, the fixed point among them, at which the derivative is shown.
    reach
        How far their tangents go back and ahead, in data.
    """

    def __init__(self, look: Look, layout: Layout, slopes: Slopes) -> None:
        objective, at, widths = slopes.objective, slopes.at, slopes.widths
        self.look, self.at = look, at
        far = [at, at + widths[0]]
        include = (0.0,) if 0 <= at <= 3 * widths[0] else ()
        window = fit(objective, far, include=include, left=0.0, right=0.12, headroom=0.2)
        if layout.is_tall:
            room, below = layout.body.rows(TALL, 1.0, gap=0.4)
            # What marks a row stands left of it.
            side = below.inset(left=EDGE)
        else:
            room, side = layout.plot_and_tables(SQUARE)
        self.tables = SlopeTables(look, slopes, side)
        free = [0.0] * len(widths)
        if slopes.are_defined:
            self.growing = GrowingTable(self.tables, len(widths), low=layout.is_tall)
            free = self.growing.free
        self.edge = layout.body.right
        # Right of the plot the lines left behind have their names.
        left = widths[: max(1, len(widths) - 3)]
        lacking = max(look.math_width(_length(h), TYPE.tick) for h in left) + ASIDE
        if not layout.is_tall:
            before = BEFORE if layout.is_square else BEFORE + MORE
            lacking += before - (side.left - room.right)
        wide, room = room, room.inset(right=max(lacking - BESIDE, 0.0))
        # Far apart, so that the tangents are long enough to part from the curve.
        for gap in (0.25, 0.2, 0.08):
            choice = ticks(window.left, window.right, 5)
            self.xs = round_places(choice, at, window, objective, 3, gap)
            if len(self.xs) == 3:
                break
        self.reach = reaches(self.xs, window.right - window.left)
        rooms = [layout.body, room.inset(bottom=-free[0])]
        stops: list[tuple[Window, list[float], list[float]]] = [
            (window, [at], []),
            (window, far, []),
        ]
        for index, width in enumerate(widths[1:-2], start=1):
            legs = (look.math_width(_length(width)) + 2 * GUIDED) / (room.width - LABELS)
            near = near_secant(objective, at, widths[: index + 1], window, legs)
            stops.append((near, [at, at + width], [at + wide for wide in widths[:index]]))
            rooms.append(room.inset(bottom=-free[index]))
        self.lens, self.limit, self.everywhere = range(len(stops), len(stops) + 3)
        last = for_tangents(objective, self.xs, self.reach, window)
        (slope,) = objective.gradient((at,))
        lens = for_lens(at, slope, widths[-3], window)
        stops += [(lens, [at], []), (window, [at], []), (last, self.xs, [])]
        # At last no line that was left behind has its name there.
        rooms += [room, room, wide]
        x_sets = [
            self._numbers(*stop, each.width - LABELS)
            for stop, each in zip(stops, rooms, strict=True)
        ]
        # A part of the whole axis, with its numbers.
        x_sets[self.lens] = x_sets[self.limit]
        self.plot = BrokenPlot(
            look,
            rooms[0],
            window,
            later=[shown for shown, *_ in stops[1:]],
            rooms=rooms[1:],
            x_sets=x_sets,
            y_sets=[_heights(shown, 3 if others else 4) for shown, _, others in stops],
        )
        self.curve = Graph(self.plot, objective)
        self.dial = Playhead()
        self.dial.drive(self.plot, self.curve)

    @contextmanager
    def standing(self, place: float, *others: Playhead) -> Iterator[None]:
        """Let the stage and what others drive stand as later, to lay out there what comes then."""
        now = self.dial.position
        for there in (place, now):
            self.dial.set(there)
            for other in others:
                other.set(other.position)
            if there is place:
                yield

    def _numbers(
        self, window: Window, told: Sequence[float], others: Sequence[float], length: float
    ) -> Sequence[float]:
        """Return the numbers of the x-axis that leave room for places that are told.

        The others, of lines left behind, have theirs too if they have room, rather than round ones.
        """
        axis = window.left, window.right, length
        told = self._apart(told, length / (window.right - window.left))
        if not others:
            return ticks_beside(self._every(*axis), *axis, told, self._wide)
        seen = [x for x in others if window.left <= x <= window.right]
        seen = clear_ticks(seen, *axis, told, self._wide, APART)
        # Two numbers tell the scale.
        few = ticks(window.left, window.right, 3) if len([*told, *seen]) < 2 else []
        return sorted({*seen, *clear_ticks(few, *axis, [*told, *seen], self._wide)})

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

    def _apart(self, xs: Sequence[float], unit: float) -> list[float]:
        """Return the fixed point and those places whose numbers have room beside its own."""
        half = self._wide(self.at) / 2 + APART
        return [x for x in xs if x == self.at or abs(x - self.at) * unit > half + self._wide(x) / 2]

    def feet(self, *xs: float) -> VGroup:
        """Return places at the axis in the colour of points, as far as they have room there."""
        told = self._apart(xs, float(self.plot.x(1.0) - self.plot.x(0.0)))
        return VGroup(*(Foot(self.look, self.plot, [x], 0) for x in told))

    def point(self, value: float) -> tuple[FixedPoint, Foot]:
        """Return the fixed point, and its number at the axis; both go along with the plot."""
        point = FixedPoint(self.look, self.plot, self.at, value)
        foot = Foot(self.look, self.plot, [self.at], 0)
        self.dial.drive(point, foot)
        return point, foot


def _length(width: float) -> str:
    """Return what is written at a leg."""
    return f"h = {figure(number(width))}"


def _heights(window: Window, about: int) -> list[float]:
    """Return some ticks of f: no number at the upper end of the axis, where its name stands."""
    highest = window.top - 0.04 * (window.top - window.bottom)
    return [y for y in ticks(window.bottom, window.top, about) if y < highest]
