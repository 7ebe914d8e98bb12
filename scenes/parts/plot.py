"""Axes and curve of one function, in a region of the frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import mark
from scenes.parts.strokes import Points, dashes, line, set_lines
from scenes.parts.window import Drawable, Window, log_ticks, roomy_ticks, ticks
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

TICK = 0.1
"""Length of a tick mark, in units."""


class Plot(VGroup):
    """A pair of axes fitted into a region: labels included, nothing sticks out.

    The axes stand at the left and bottom edges of the window, so that the curve's middle stays free
    and tick labels are crossed by nothing. All that is drawn in the plot asks `at` for its place.

    Parameters
    ----------
    look
        Theme and type.
    region
        Where the plot may draw, labels included.
    window
        The data that it shows.
    x_name, y_name
        Typst mathematics for the axis titles; empty for none.
    x_ticks, y_ticks
        The labelled values, or None for round ones. An empty sequence leaves them out.
    equal
        One unit is as long on both axes: angles are true.
    tick_size
        Size of the tick labels in % of the shorter side.
    left_room
        The least room for labels left of the axis, for what stands in line below.
    later
        Windows that the plot goes on to; `show` takes it there.
    rooms
        The regions that it has there, one per later window; where there is none, it stays.
    boxed
        Whether lines close the plot above and on the right, too.
    x_sets, y_sets
        The labelled values of x and f in each window, where these differ and are not round ones.
    lift
        More air under the name of the upright axis, in units.
    over
        How far the x-axis goes on beyond the window, in units.
    back
        How far the name of the upright axis begins left of it, in parts of the name; None for a
        little.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        window: Window,
        *,
        x_name: str = "x",
        y_name: str = "f(x)",
        x_ticks: Sequence[float] | None = None,
        y_ticks: Sequence[float] | None = None,
        equal: bool = False,
        tick_size: float = TYPE.tick,
        left_room: float = 0.0,
        later: Sequence[Window] = (),
        rooms: Sequence[Region] = (),
        boxed: bool = False,
        x_sets: Sequence[Sequence[float]] = (),
        y_sets: Sequence[Sequence[float]] = (),
        lift: float = 0.0,
        over: float = 0.08,
        back: float | None = None,
    ) -> None:
        super().__init__()
        self.look, self.window, self.tick_size = look, window, tick_size
        self.boxed, self.lift, self.over, self.back = boxed, lift, over, back
        self.windows = (window, *later)
        regions = (region, *rooms) if rooms else (region,) * len(self.windows)
        em = units(tick_size)
        self.x_title = look.math(x_name, size=TYPE.label, role="muted") if x_name else None
        self.y_title = look.math(y_name, size=TYPE.label, role="muted") if y_name else None
        scale = log_ticks if window.log_y else ticks
        self._y_sets = list(map(tuple, y_sets)) or [
            tuple(
                scale(shown.bottom, shown.top, _about(room.height)) if y_ticks is None else y_ticks
            )
            for shown, room in zip(self.windows, regions, strict=True)
        ]
        self.y_ticks = tuple(dict.fromkeys(value for ticks in self._y_sets for value in ticks))
        self.y_labels = [self._label(value) for value in self.y_ticks]
        widest = max((label.advance for label in self.y_labels), default=0.0)
        self.inners = [
            room.inset(
                left=max(widest + (0.75 * TICK + 0.1 if self.y_labels else 0.04), left_room),
                bottom=(0.12 + 0.95 * em if x_ticks is None or len(x_ticks) else 0.05),
                right=(self.x_title.advance + 0.22 if self.x_title else 0.1),
                top=(1.15 * self.y_title.em + lift if self.y_title else 0.06),
            )
            for room in regions
        ]
        if equal:
            self.inners = list(map(_equal, self.windows, self.inners))
        self.inner = self.inners[0]
        self._x_sets = list(map(tuple, x_sets)) or [
            self._round(shown, inner.width) if x_ticks is None else tuple(x_ticks)
            for shown, inner in zip(self.windows, self.inners, strict=True)
        ]
        self.x_ticks = tuple(dict.fromkeys(value for ticks in self._x_sets for value in ticks))
        self.x_labels = [self._label(value) for value in self.x_ticks]
        # Exponents would touch the marks.
        self.raised = max((label.raised for label in self.x_labels), default=0.0)
        self.axes, self.marked = line(look, role="axis"), [True, True]
        self.add(self.axes, *self.x_labels, *self.y_labels)
        self.add(*(title for title in (self.x_title, self.y_title) if title))
        self.show(0.0)

    def show(self, position: float) -> None:
        """Show the window and the region at which a playhead stands: 0 is the first, 1 the next."""
        last = len(self.windows) - 1
        index = min(max(int(position), 0), max(last - 1, 0))
        part = min(max(position - index, 0.0), 1.0) if last else 0.0
        first, next_one = self.windows[index], self.windows[min(index + 1, last)]
        self.window = (
            first if part == 0 else next_one if part == 1 else first.toward(next_one, part)
        )
        self.inner = self.inners[index].toward(self.inners[min(index + 1, last)], part)
        # The old ticks are gone before the new ones come: two scales at once cannot be read.
        self._weights = {index: 1.0} if not last else {
            index: max(0.0, 1 - 2.5 * part), index + 1: max(0.0, 2.5 * part - 1.5)
        }  # fmt: skip
        self._place()

    def hand_over(self, axis: int = 0) -> tuple[VGroup, VGroup]:
        """Give numbers and marks of an axis away: whoever has them shows those it wants.

        `axis` is 0 for that of x and 1 for the upright one.
        """
        labels, values = (self.x_labels, self.y_labels)[axis], (self.x_ticks, self.y_ticks)[axis]
        self.remove(*labels)
        self.marked[axis] = False
        self._place()
        marks = (line(self.look, self.tick(value, axis), "axis") for value in values)
        return VGroup(*labels), VGroup(*marks)

    def tick(self, value: float, axis: int = 0) -> list[tuple[float, float]]:
        """Return the ends of the mark of a value on an axis."""
        left, bottom = self.inner.left, self.inner.bottom
        if axis:
            return [(left, self.y(value)), (left - 0.75 * TICK, self.y(value))]
        return [(self.x(value), bottom), (self.x(value), bottom - TICK)]

    def _strength(self, value: float, axis: int) -> float:
        """Return how much of a tick is there now: what is in both scales stays all the way."""
        now = _inside(self.window, value, axis)
        there = []
        for index, weight in self._weights.items():
            if value in (self._x_sets, self._y_sets)[axis][index]:
                room = _inside(self.windows[index], value, axis)
                # A tick comes in with the edge that reaches it.
                there.append(weight * min(max(now / room, 0.0), 1.0) if room > 0 else weight)
        if now < -1e-9 * abs(value):
            return 0.0
        return 1.0 if len(there) == 2 else max(there, default=0.0)

    def _round(self, shown: Window, width: float) -> tuple[float, ...]:
        """Return the round numbers of the x-axis in a window."""
        return roomy_ticks(shown.left, shown.right, width, self._wide)

    def _label(self, value: float) -> Lettering:
        return self.look.math(mark(number(value, 6)), size=self.tick_size, role="muted")

    def _wide(self, value: float) -> float:
        return self.look.math_width(mark(number(value, 6)), size=self.tick_size)

    def _place(self) -> None:
        inner = self.inner
        left, bottom = inner.left, inner.bottom
        right = inner.right + (0.0 if self.boxed else self.over)
        lines: list[Sequence[tuple[float, float]]] = [
            [(left, inner.top), (left, bottom)],
            [(left, bottom), (right, bottom)],
        ]
        if self.boxed:
            lines.append([(left, inner.top), (right, inner.top), (right, bottom)])
        for value, label in zip(self.x_ticks, self.x_labels, strict=True):
            x = self.x(value)
            label.place(x, bottom - TICK - 0.08 - 0.66 * label.em - self.raised, "center")
            if self._shade(label, self._strength(value, 0)) and self.marked[0]:
                lines.append(self.tick(value))
        for value, label in zip(self.y_ticks, self.y_labels, strict=True):
            y = self.y(value)
            label.place(left - 0.75 * TICK - 0.1, y, "right", "middle")
            if self._shade(label, self._strength(value, 1)) and self.marked[1]:
                lines.append(self.tick(value, 1))
        set_lines(self.axes, lines)
        if self.x_title:
            self.x_title.place(inner.right + 0.18, bottom - 0.2 * self.x_title.em)
        if self.y_title:
            back = 0.1 if self.back is None else self.back * self.y_title.advance
            self.y_title.place(left - back, inner.top + 0.42 * self.y_title.em + self.lift)

    def _shade(self, label: Lettering, strength: float) -> bool:
        """Let a tick label be there in part; one that is not there has no outline either."""
        if len(self.windows) == 1:
            return True
        label.set_fill(opacity=strength)
        if strength == 0:
            for run in label.submobjects:
                run.points = run.points[:0]
        return strength > 0

    def x(self, value: float) -> float:
        """Return the frame's x of a data value."""
        part = (value - self.window.left) / (self.window.right - self.window.left)
        return self.inner.left + part * self.inner.width

    def y(self, value: float) -> float:
        """Return the frame's y of a data value; on a log axis, values ≤ 0 lie below everything."""
        window = self.window
        if window.log_y:
            if value <= 0:
                return self.inner.bottom - 10 * self.inner.height
            low, high, value = math.log(window.bottom), math.log(window.top), math.log(value)
        else:
            low, high = window.bottom, window.top
        return self.inner.bottom + (value - low) / (high - low) * self.inner.height

    def at(self, x: float, y: float) -> Points:
        """Return the frame's point (2,) of a data point."""
        return np.array([self.x(x), self.y(y)])

    def places(self, xs: ArrayLike, ys: ArrayLike) -> Points:
        """Return the frame's points (n, 2) of data points (n,) on axes that are not logarithmic."""
        window, inner = self.window, self.inner
        # What runs away has a place that is infinitely far.
        with np.errstate(over="ignore", invalid="ignore"):
            across = (np.asarray(xs) - window.left) / (window.right - window.left)
            up = (np.asarray(ys) - window.bottom) / (window.top - window.bottom)
            return np.column_stack(
                [inner.left + across * inner.width, inner.bottom + up * inner.height]
            )

    def on_axis(self, x: float) -> Points:
        """Return the point of the x-axis below or above a data value."""
        return np.array([self.x(x), self.inner.bottom])

    def shows(self, x: float, y: float) -> bool:
        """Whether a data point lies inside the window."""
        return math.isfinite(x) and math.isfinite(y) and self.window.contains(x, y)

    def path(self, xs: Iterable[float], ys: Iterable[float]) -> list[Points]:
        """Return a data polyline in frame units, cut at gaps (NaN) and at the window's edges."""
        points = [[self.x(float(x)), self.y(float(y))] for x, y in zip(xs, ys, strict=True)]
        return clip(np.array(points), self.inner)

    def curve(
        self,
        function: Drawable,
        role: str = "curve",
        width: float = STROKE.curve,
        samples: int = 480,
    ) -> VMobject:
        """Return the graph of a function with vectorised `values`, inside the window."""
        graph = line(self.look, role=role, width=width)
        return set_lines(graph, self.graph(function, samples))

    def graph(self, function: Drawable, samples: int = 480) -> list[Points]:
        """Return the polylines of a graph inside the window."""
        xs = np.linspace(self.window.left, self.window.right, samples + 1)
        ys = np.asarray(function.values(xs), dtype=np.float64)
        ys = np.broadcast_to(ys, xs.shape).copy()
        # Across a pole the samples leap from one edge to the other: no line joins them.
        span = self.window.top - self.window.bottom
        leap = np.abs(np.diff(ys)) > 20 * span
        ys[1:][leap] = np.nan
        return self.path(xs, ys)

    def guide(self, start: Points, end: Points, role: str = "axis") -> VMobject:
        """Return a dotted line between two frame points."""
        return set_lines(line(self.look, role=role, width=STROKE.axis), dashes(start, end))


def _about(height: float) -> int:
    """Return how many ticks an axis of a height has, about: few, also where there is much room."""
    return min(max(2, round(height / 1.15)), 6)


def _equal(window: Window, inner: Region) -> Region:
    """Return the part of a rectangle in which one unit is as long on both axes."""
    width, height = window.right - window.left, window.top - window.bottom
    unit = min(inner.width / width, inner.height / height)
    (x, y), half, tall = inner.center, unit * width / 2, unit * height / 2
    return Region(x - half, y - tall, x + half, y + tall)


def _inside(window: Window, value: float, axis: int) -> float:
    """Return how far a value lies inside a window, from the nearer edge of an axis."""
    low, high = ((window.left, window.right), (window.bottom, window.top))[axis]
    return min(value - low, high - value)


def clip(points: Points, region: Region) -> list[Points]:
    """Cut a polyline (n, 2) at a rectangle (Liang and Barsky, 1984); NaN separates pieces.

    Examples
    --------
    >>> clip(np.array([[0, 0], [0, 2]]), Region(-1, -1, 1, 1))[0].tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """
    points = np.asarray(points, dtype=float)
    first, last = points[:-1], points[1:]
    along = last - first
    steps = np.column_stack([-along, along])
    low, high = (region.left, region.bottom), (region.right, region.top)
    gaps = np.column_stack([first - low, high - first])
    # What is not finite or stands still divides by nothing; it is left out below.
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = gaps / steps
        enter = np.where(steps < 0, ratios, 0.0).max(axis=1, initial=0.0)
        leave = np.where(steps > 0, ratios, 1.0).min(axis=1, initial=1.0)
        starts, ends = first + along * enter[:, None], first + along * leave[:, None]
    outside = ((steps == 0) & (gaps < 0)).any(axis=1)
    seen = np.isfinite(along).all(axis=1) & (enter < leave) & ~outside
    # A segment goes on with the one before where that one was not cut at its end.
    whole = seen & np.isclose(ends, last).all(axis=1)
    on = np.zeros(len(seen), dtype=bool)
    on[1:] = seen[1:] & whole[:-1] & np.isclose(ends[:-1], starts[1:]).all(axis=1)
    pieces = []
    for begin in np.flatnonzero(seen & ~on):
        end = begin + 1
        while end < len(on) and on[end]:
            end += 1
        pieces.append(np.concatenate([starts[begin : begin + 1], ends[begin:end]]))
    return pieces
