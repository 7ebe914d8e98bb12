"""A lens: a small window of a plot, drawn large in a frame of its own and tied to its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens_ties import INWARD, facing, run_along, ties
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot, clip
from scenes.parts.source import mark
from scenes.parts.strokes import Points, circle, ground, line, rectangle, set_lines
from scenes.parts.window import Drawable, Window, ticks
from scenes.playhead import Moving
from scenes.theme import STROKE, TYPE, units
from scenes.words import is_exact, number

RING = 0.17
"""The least radius of the mark: it goes round a point and stays off the tick labels under it."""

AT, GAP, SLASH, STUB = 0.17, 0.08, (0.09, 0.035), 0.17
"""Where a broken axis is broken over its foot, how wide, and half the size of a slash, in units; an
axis without numbers goes on so far beyond."""

BETWEEN = 0.17
"""Between two numbers of the axis at least, in units."""


class Lens(VGroup):
    """A second plot, of a small window of a first one, in a framed region that hides what is under.

    What the frame magnifies is marked in the first plot, by its rectangle or, where that would be
    too small to see, by a ring; two thin lines tie mark and frame. The lens has ticks of its own,
    so its scale can be read. Draw into `plot`: the curve with `draw`, what else stands still with
    `add`, what follows a playhead with `carry`; then `playhead.drive(lens)`.

    Parameters
    ----------
    look, plot
        The look, and the plot that is magnified.
    region
        The frame, such as `free_region` finds.
    window
        What the lens shows, such as `close_up` gives.
    x_ticks, y_ticks
        The labelled values; None for a few round ones, an empty sequence for none.
    x_name, tick_size
        Name of the x-axis in Typst mathematics, and the size of the tick labels.
    around
        Data points that the mark goes round, or that are the mark, if it is one only; nothing for
        the middle of the window.
    told
        Whether the labelled x are those of points, and wear their colour.
    foot, head
        Room under the labels, and over the plot, for a line of words, in units.
    ring
        The least radius of a mark that is a ring, in units.
    floor
        Whether the lower edge is drawn as an axis. Where it is not f = 0 and `y_ticks` do not say
        what it is, a curve down there would seem to be 0.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        region: Region,
        window: Window,
        *,
        x_ticks: Sequence[float] | None = None,
        y_ticks: Sequence[float] | None = (),
        x_name: str = "",
        tick_size: float = TYPE.minimum,
        around: Sequence[tuple[float, float]] = (),
        told: bool = False,
        foot: float = 0.0,
        head: float = 0.0,
        floor: bool = True,
        ring: float = RING,
    ) -> None:
        super().__init__()
        self.outer, self.region, self.window, self.ring = plot, region, window, ring
        self.followed: Trace | None = None
        self.around, self.inward = around, 0.0
        self.ground = ground(look, region)
        self.rim = line(look, rectangle(region), "muted", 1.6 * STROKE.axis)
        self.mark, self.ties = line(look, role="muted", width=1.6 * STROKE.axis), line(look)

        # A plot that has only a curve stands in the middle.
        left = 0.12 if x_name or y_ticks is None or len(y_ticks) else 0.2

        def drawn(values: Sequence[float], raised: float = 0.0) -> Plot:
            return Plot(
                look,
                region.inset(left=left, bottom=0.1 + foot + raised, right=0.14, top=0.1 + head),
                window,
                x_name=x_name,
                y_name="",
                x_ticks=values,
                y_ticks=y_ticks,
                tick_size=tick_size,
            )

        if x_ticks is None:
            x_ticks = _few(look, drawn(()).inner, window, tick_size)
        self.plot = drawn(x_ticks)
        if self.plot.raised:
            self.plot = drawn(x_ticks, self.plot.raised)
        broken = bool(self.plot.y_ticks) and not window.bottom <= 0 <= window.top
        if broken:
            # No number stands where the axis is broken.
            low = self.plot.inner.bottom + AT + GAP
            y_ticks = [value for value in self.plot.y_ticks if self.plot.y(value) > low]
            if len(y_ticks) < len(self.plot.y_ticks) and y_ticks:
                self.plot = drawn(x_ticks, self.plot.raised)
        # An upright axis without numbers says nothing, and the frame stands there already.
        upright = 0 if self.plot.y_ticks else 4
        ends = self.plot.axes.points
        self.plot.axes.points = np.concatenate([ends[upright : 4 + 4 * floor], ends[8:]])
        if broken:
            self.break_axis()
        for label in self.plot.x_labels if told else ():
            for run in label:
                run.set_fill(look.color("point"))
                run.role = "point"
        self._tie(around)
        self.carried: list[Moving] = []
        self.zoom_name: Lettering | None = None
        self.curve = VMobject()
        self.add(self.ties, self.mark, self.ground, self.rim, self.plot)

    def draw(self, function: Drawable, ends: Sequence[float] | None = None) -> VMobject:
        """Add the graph of a function, or of its part between two x."""
        graph = self.plot.graph(function)
        if ends:
            left, right = map(self.plot.x, ends)
            part = replace(self.plot.inner, left=left, right=right)
            graph = [piece for one in graph for piece in clip(one, part)]
        self.curve = set_lines(line(self.plot.look, role="curve", width=STROKE.curve), graph)
        self.add(self.curve)
        return self.curve

    def break_axis(self) -> None:
        """Draw the upright axis broken at its foot: the one below does not stand at f = 0.

        Where it has no numbers only its foot is drawn.
        """
        plot = self.plot
        (x, foot), (wide, high) = (plot.inner.left, plot.inner.bottom), SLASH
        low, up = foot + AT - GAP / 2, foot + AT + GAP / 2
        top, drawn = (plot.inner.top, 4) if plot.y_ticks else (up + STUB, 0)
        pieces = [[(x, top), (x, up)], [(x, low), (x, foot)]]
        pieces += [[(x - wide, y - high), (x + wide, y + high)] for y in (low, up)]
        upright = set_lines(line(plot.look), pieces).points
        plot.axes.points = np.concatenate([upright, plot.axes.points[drawn:]])

    def carry(self, *parts: Any) -> None:
        """Let parts that were drawn into the lens follow the playhead that drives it."""
        self.carried += parts
        self.add(*parts)

    def show(self, position: float) -> None:
        """Show what is carried at a position of the playhead."""
        for part in self.carried:
            part.show(position)
        if self.followed is not None:
            n = min(max(int(position + 1e-9), 0), len(self.followed.steps))
            self._tie([(self.followed.points[n][0], self.followed.values[n])])

    def follow(self, trace: Trace) -> None:
        """Let the mark go with a run of one variable, which comes nearer to what is magnified."""
        self.followed = trace

    def tie_off(self, curve: VMobject) -> None:
        """Let the ties end farther in on the frame if one to its corner runs along a curve."""
        if run_along(self.ties, curve):
            self.inward = INWARD
            self._tie(self.around)

    @property
    def zoom(self) -> float:
        """How many times as wide as in the first plot x is drawn here."""
        return _unit(self.plot)[0] / _unit(self.outer)[0]

    @property
    def stretch(self) -> float:
        """How many times as much as x its height is magnified."""
        return _unit(self.plot)[1] / _unit(self.outer)[1] / self.zoom

    def name_zoom(self, words: Lettering) -> None:
        """Add words that say how much it magnifies; they come under what is carried."""
        self.zoom_name = words
        self.insert(5, words)

    @property
    def shown(self) -> list[VMobject]:
        """What is drawn inside the frame."""
        return list(self.submobjects[4:])

    def cover(self, clear: Obstacles) -> None:
        """Let labels outside keep clear of all of it."""
        clear.add_box(self.region)
        clear.add(*self.submobjects)

    def between_ties(self) -> Points:
        """Return points (n, 2) all over the space between the ties."""
        lines = self.ties.points[:, :2].reshape(-1, 4, 2)
        mark, frame = lines[:, 0], lines[:, 3]
        down, across = np.meshgrid(np.linspace(0, 1, 40), np.linspace(0, 1, 40))
        ends = [side[:1] + (side[-1:] - side[:1]) * across.reshape(-1, 1) for side in (frame, mark)]
        return np.asarray(ends[0] + (ends[1] - ends[0]) * down.reshape(-1, 1))

    def _tie(self, around: Sequence[tuple[float, float]]) -> None:
        """Mark the window in the first plot, and tie it to the frame."""
        inner, window = self.outer.inner, self.window
        left, bottom = self.outer.at(window.left, window.bottom)
        right, top = self.outer.at(window.right, window.top)
        spot = Region(
            max(left, inner.left),
            max(bottom, inner.bottom),
            min(right, inner.right),
            min(top, inner.top),
        )
        middle = np.array(spot.center)
        if min(spot.width, spot.height) > 2 * self.ring:
            rim, radius = np.array(rectangle(spot)), None
            starts = rim[:4]
        else:
            radius = max(self.ring, 0.6 * math.hypot(spot.width, spot.height))
            if around:
                points = np.array([self.outer.at(*point) for point in around])
                low, high = points.min(axis=0), points.max(axis=0)
                middle = (low + high) / 2
                rims = units(STROKE.point) / 2 + (0.07 if len(points) > 1 else 0.035)
                radius = max(self.ring, float(np.hypot(*(high - low))) / 2 + rims)
            rim = circle(middle, radius)
            starts = facing(middle, radius, np.array(rectangle(self.region)[:4]))
        # Below the plot are the numbers of its axis.
        set_lines(self.mark, clip(rim, inner.inset(left=-1, right=-1, top=-1)))
        set_lines(self.ties, self._ways(middle, radius, starts))

    def _ways(self, middle: Points, radius: float | None, starts: Points) -> list[Points]:
        """Return the ties: from a mark round its middle, a circle if it has a radius.

        They start at its corners, or where it faces those of the frame.
        """
        return ties(middle, radius, starts, self.region, self.inward)


def close_up(
    function: Drawable,
    xs: Sequence[float],
    *,
    left: float = 0.3,
    right: float = 0.3,
    below: float = 0.15,
    above: float = 0.35,
) -> Window:
    """Return the window round a few points of a graph, of whatever size.

    Parameters
    ----------
    function
        A function of one variable with vectorised `values`.
    xs
        At least two different values of x.
    left, right, below, above
        Air round them, in parts of their range.
    """
    low, high = min(xs), max(xs)
    span = high - low
    low, high = low - left * span, high + right * span
    values = np.asarray(function.values(np.array([*xs, *np.linspace(min(xs), max(xs), 65)])))
    floor, ceiling = float(np.nanmin(values)), float(np.nanmax(values))
    tall = (ceiling - floor) or span
    return Window(low, high, floor - below * tall, ceiling + above * tall)


def _few(look: Look, region: Region, window: Window, size: float) -> tuple[float, ...]:
    """Return at most three round values whose labels stay inside the region.

    None of them has a power of ten: what stands nearest to 0 is told at its point.
    """
    kept: list[float] = []
    for about in (2, 3, 4, 5):
        found: list[tuple[float, float, float]] = []
        # From 0 outward, where that is shown: it is the last to go.
        for value in sorted(ticks(window.left, window.right, about), key=abs):
            written = number(value, 6)
            half = look.math_width(mark(written), size=size) / 2
            x = (value - window.left) / (window.right - window.left) * region.width
            inside = half <= x <= region.width - half
            apart = all(abs(x - at) > half + wide + BETWEEN for _, at, wide in found)
            plain = "·" not in written and is_exact(value, 6)
            if inside and apart and plain:
                found.append((value, x, half))
        if len(kept) < len(found) <= 3:
            kept = sorted(value for value, *_ in found)
    return tuple(kept)


def _unit(plot: Plot) -> tuple[float, float]:
    """Return how far 1 on each axis is on the screen."""
    inner, window = plot.inner, plot.window
    return inner.width / (window.right - window.left), inner.height / (window.top - window.bottom)
