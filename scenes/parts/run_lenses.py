"""Lenses on a long run: on its first step, and on where it comes near the minimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup, VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.flags import ASIDE
from scenes.parts.lens import Lens, close_up
from scenes.parts.lens_places import LensPlaces, magnifies
from scenes.parts.lettering import box_of
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.rug import Rug
from scenes.parts.source import figure, mark
from scenes.parts.trail import RunGhosts
from scenes.parts.walker import Walker
from scenes.parts.window import Window, ticks
from scenes.theme import TYPE
from scenes.words import is_exact, number

SMALL_STEP = 0.05
"""A first step shorter than this part of the plot's width is shown in a lens."""

NEAR = 0.02
"""Nearer to the minimum than this part of the width, the run is shown in a lens."""

ROOM_FOR_F = 3.4
"""A lens narrower than this, in units, has no numbers of f, and then no axis either."""

FOOT = 0.42
"""Room under a lens on a step for the words of its arrow, in units."""

ACROSS, UPWARD = 0.5, 0.62
"""At most such parts of a lens's width and height a step and its fall take."""

APART = 0.06
"""A step is magnified alike in x and f where the names of its ends are so far apart, in units."""

BELOW = 0.62
"""How much of the free height of a lens on a step is under the lower point."""

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""How many times a lens magnifies, and ten times as much and so on."""

ALIKE = 0.02
"""Factors that differ by less than this part are said as one."""

LOW = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Where beside a lens it may be written how much it magnifies, from its lowest place upward."""

ABOVE = 1.3
"""How much a lens on the minimum shows over the run, in parts of its height there."""

WORDS, LEAST = 1.35, 1.4
"""What three lines of words need in a lens, and the curve under them at least, in units."""

OFF = 0.12
"""Free height between other words and these, in units."""

COLON = 'class("punctuation", ":")'


class RunLenses:
    """The lenses of a run of one variable.

    Parameters
    ----------
    look, plot, curve
        The look, and the plot with its curve.
    objective, trace
        The function and the run.
    valley
        The x of the minimum that the run is about, or None.
    told
        The steps that are told.

    Attributes
    ----------
    of_step
        A lens on the first step, if the plot cannot show it.
    at
        Lenses on the minimum, by the step at which they open: one when the run is too near to it
        for the plot, and one at the end. Its scale is read but once.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        curve: VMobject,
        objective: Any,
        trace: Trace,
        valley: float | None,
        told: Sequence[int],
    ) -> None:
        self.look, self.plot, self.curve = look, plot, curve
        self.objective, self.trace, self.valley = objective, trace, valley
        self.places = LensPlaces(plot, curve, objective, trace)
        self.middle = self.places.between_arms(valley)
        self.of_step = self._of_step()
        self.at = self._near(told)

    def open_at(self, n: int) -> Lens | None:
        """Return the lens that is open at a step, or None."""
        opened = [at for at in self.at if at <= n]
        return self.at[max(opened)] if opened else None

    def all(self) -> tuple[Lens, ...]:
        """Return all of them."""
        return tuple(filter(None, (self.of_step, *self.at.values())))

    def _of_step(self) -> Lens | None:
        if not self.trace.steps:
            return None
        here, there = (point[0] for point in self.trace.points[:2])
        if abs(there - here) >= SMALL_STEP * _width(self.plot):
            return None
        if not magnifies(self.objective, here, there):
            return None
        # The axis lies well below the curve: it is not f = 0, and the step on it needs room.
        window = close_up(self.objective, (here, there), left=0.4, right=0.4, below=1.4, above=0.8)
        ends = sorted((here, there))
        x_ticks = ends if all(is_exact(x, 5) for x in ends) else None

        def made(window: Window, foot: float) -> Lens:
            return self._lens(window, here, (0, 1), x_ticks, told=x_ticks is not None, foot=foot)

        for foot in (FOOT, 0.0):
            lens = made(window, foot)
            even = self._even(lens)
            # The numbers of f change with the window, and the room with the numbers.
            for _ in range(3):
                if even is not None:
                    lens = made(even, foot)
                    even = self._even(lens)
            if even is not None:
                break
        else:
            lens = made(window, FOOT)
        lens.draw(self.objective)
        lens.carry(RunGhosts(self.look, lens.plot, self.trace))
        return lens

    def _even(self, lens: Lens) -> Window | None:
        """Return the window of a lens on the first step with angles as in the plot, or None."""
        inner = lens.plot.inner
        pairs = list(zip(self.trace.points[:2], self.trace.values[:2], strict=True))
        spots = [self.plot.at(point[0], value) for point, value in pairs]
        if not all(self.plot.shows(point[0], value) for point, value in pairs):
            return None
        wide, tall = (abs(float(spots[1][axis] - spots[0][axis])) for axis in (0, 1))
        most = min(ACROSS * inner.width / wide, UPWARD * inner.height / max(tall, 1e-12))
        zoom = _round_down(most)
        names = [self.look.math(figure(number(point[0], 6)), TYPE.tick) for point, _ in pairs]
        least = sum(name.advance for name in names) / 2 + APART
        if zoom < 2 or zoom * wide < least:
            return None
        window, outer = self.plot.window, self.plot.inner
        across = inner.width / zoom * (window.right - window.left) / outer.width
        upward = inner.height / zoom * (window.top - window.bottom) / outer.height
        (here,), (there,) = (point for point, _ in pairs)
        middle = (here + there) / 2
        low, high = sorted(value for _, value in pairs)
        bottom = low - BELOW * (upward - (high - low))
        return Window(middle - across / 2, middle + across / 2, bottom, bottom + upward)

    def _near(self, told: Sequence[int]) -> dict[int, Lens]:
        out: dict[int, Lens] = {}
        lens: Lens | None = None
        for n in told:
            x = self.trace.points[n][0]
            if self.valley is None or (lens and n != told[-1]):
                continue
            plot = lens.plot if lens else self.plot
            far = abs(x - self.valley) > NEAR * _width(plot)
            if far or not magnifies(self.objective, self.valley, x):
                continue
            # The minimum stands in the middle: there is room for words on both sides.
            other = 2 * self.valley - x
            ends = sorted((other, x))
            window = close_up(self.objective, ends, left=0.2, right=0.2, below=0, above=ABOVE)
            first = self._lens(window, self.valley, (n,), old=lens)
            tall = first.plot.inner.height
            if tall > WORDS + LEAST:
                # In a high one the words stand over the curve.
                above = ABOVE + 2 * WORDS / (tall - WORDS)
                window = close_up(self.objective, ends, left=0.2, right=0.2, below=0, above=above)
                first = self._lens(window, self.valley, (n,), old=lens)
            lens = out[n] = self._lens(_rounded(first), self.valley, (n,), old=first)
            lens.draw(self.objective)
            lens.follow(self.trace)
            lens.carry(
                Rug(self.look, lens.plot, self.trace),
                RunGhosts(self.look, lens.plot, self.trace, told=told),
                Walker(self.look, lens.plot, self.trace),
            )
        return out

    def _lens(
        self,
        window: Window,
        x: float,
        shown: tuple[int, ...],
        x_ticks: Sequence[float] | None = None,
        old: Lens | None = None,
        **form: Any,
    ) -> Lens:
        """Return a lens on iterates near a point of the curve, drawn over the middle if it can."""
        region = old.region if old else self.middle
        if region is None:
            region = self.places.beside(x)
        # On an axis at f = 0 nothing needs a number; elsewhere the numbers say what the axis is.
        at_zero = abs(window.bottom) <= 1e-9 * (window.top - window.bottom)
        heights = (
            () if at_zero or region.width < ROOM_FOR_F else ticks(window.bottom, window.top, 2)
        )
        y_ticks = [value for value in heights if is_exact(value, 5)]
        points = [(self.trace.points[n][0], self.trace.values[n]) for n in shown]
        return Lens(
            self.look,
            self.plot,
            region,
            window,
            x_ticks=x_ticks,
            y_ticks=y_ticks,
            x_name="x",
            tick_size=TYPE.tick,
            around=[point for point in points if self.plot.shows(*point)],
            floor=at_zero or bool(y_ticks),
            **form,
        )

    def name_zoom(self, lens: Lens, taken: Sequence[VMobject]) -> None:
        """Write how much a lens magnifies: in a corner of it, between its ties, or beside it.

        It keeps clear of words that are taken, and some way off them. Where it has no room, the
        numbers of the lens say it too.
        """
        inside, outside = Obstacles(lens.region.inset(*[0.1] * 4)), Obstacles(self.plot.inner)
        inside.add(*lens.submobjects[4:], *taken)
        if lens is self.of_step:
            for point, value in zip(self.trace.points[:2], self.trace.values[:2], strict=True):
                inside.add_points(
                    np.array([lens.plot.on_axis(point[0]), lens.plot.at(point[0], value)])
                )
        outside.add(self.plot, self.curve)
        for words in taken:
            outside.add_box(box_of(words).inset(bottom=-OFF, top=-OFF))
        lens.cover(outside)
        room = lens.region
        ways = self._zoom(lens)
        # Exponents are smaller still.
        sizes = (TYPE.label,) if any("^" in way for way in ways) else (TYPE.tick, TYPE.minimum)
        for size in sizes:
            lines = [self.look.math(way, size, "muted") for way in ways]
            high = 0.17 + 0.33 * lines[0].em
            edge = ASIDE + max(line.advance for line in lines) / 2
            lowest = room.bottom + high + 1.2 * lines[0].em
            within = [
                (inside, (x, room.top - high + (lowest - room.top + high) * part))
                for part in (0.0, 0.15, 0.3, 0.45, 0.6)
                for x in (room.left + edge, room.right - edge, room.center[0])
            ]
            beyond = [(outside, (x, y + 0.6 * lines[0].em)) for x, y in lens.between()]
            beyond += [
                (outside, (x, y))
                # Low first: what is said of the start stands high.
                for y in (lowest + (room.top - high - lowest) * part for part in LOW)
                for x in (room.right + edge, room.left - edge)
            ]
            for clear, (x, y) in (*beyond, *within) if lens is self.of_step else (*within, *beyond):
                left = x - edge + ASIDE
                for at, line in enumerate(lines):
                    line.place(left, y - 1.2 * at * line.em, on="middle")
                if not any(clear.trouble(line.box) for line in lines):
                    lens.name_zoom(VGroup(*lines))
                    return

    def _zoom(self, lens: Lens) -> tuple[str, ...]:
        """Return how much a lens magnifies, in one line or two."""
        across, upward = lens.zoom, lens.zoom * lens.stretch
        if abs(upward / across - 1) < ALIKE:
            return (f'"zoom" times {figure(number(across, 2))}',)
        said = [mark(number(zoom, 2)) for zoom in (across, upward)]
        return tuple(
            f'{name} {COLON} "zoom" times {times}' for name, times in zip("xf", said, strict=True)
        )


def _width(plot: Plot) -> float:
    return plot.window.right - plot.window.left


def _rounded(lens: Lens) -> Window:
    """Return the window of a lens on a minimum that magnifies by round numbers, none smaller."""
    window, across = lens.window, lens.zoom
    wider, taller = (zoom / _round_down(zoom) for zoom in (across, across * lens.stretch))
    middle, half = (window.left + window.right) / 2, (window.right - window.left) / 2
    top = window.bottom + taller * (window.top - window.bottom)
    return Window(middle - wider * half, middle + wider * half, window.bottom, top)


def _round_down(value: float) -> float:
    """Return the largest round number that is not larger.

    Examples
    --------
    >>> _round_down(11.3), _round_down(97.0), _round_down(7e8)
    (10.0, 80.0, 600000000.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return max(factor for factor in ROUND if factor * power <= value) * power
