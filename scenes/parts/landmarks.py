"""The landmarks of a long run, placed before the first is shown: none is in another's way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from manim import VGroup, VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.beads import Beads
from scenes.parts.drop import Drop
from scenes.parts.flags import ALONG, GAPS, Flag
from scenes.parts.lens import Lens, close_up
from scenes.parts.lens_places import LensPlaces, magnifies
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import Source, figure
from scenes.parts.walker import Walker
from scenes.parts.window import Window, ticks
from scenes.theme import TYPE
from scenes.words import is_exact, number

SMALL_STEP = 0.05
"""A first step shorter than this part of the plot's width is shown in a lens."""

NEAR = 0.02
"""Nearer to the minimum than this part of the width, the run is shown in a lens."""

SIZES = (TYPE.label, 4.0, TYPE.tick)
"""The sizes of a flag's words, the best first."""

ROOM_FOR_F = 3.4
"""A lens narrower than this, in units, has no numbers of f, and then no axis either."""

APART = 0.24
"""More air round a flag than round other words, in units."""

Lines = Sequence[Lettering]


class Landmarks:
    """Lenses, flags and the drop of a run of one variable.

    Parameters
    ----------
    look, plot, curve
        The look, and the plot with its curve.
    objective, trace
        The function and the run.
    valley
        The x of the minimum that the run is about, or None.
    start
        What the start's flag says.
    told
        What the flags of the told steps say: those that stand together, in order.
    drop_at
        The step at which the drop of f is told, or None.
    far_at
        The step at which the start is told once more, or None.

    Attributes
    ----------
    step_lens
        A lens on the first step, if the plot cannot show it.
    lenses
        Lenses on the minimum, by the step at which they open: one when the run is too near to it
        for the plot, and one at the end. Its scale is read but once.
    flags
        By step; what cannot be seen has none.
    start
        The start's flag beside a lens, or None.
    drop
        How far f fell, or None.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        curve: VMobject,
        objective: Any,
        trace: Trace,
        valley: float | None,
        start: Lines,
        told: Sequence[Mapping[int, Lines]],
        drop_at: int | None,
        far_at: int | None,
    ) -> None:
        self.look, self.plot, self.curve = look, plot, curve
        self.objective, self.trace, self.valley = objective, trace, valley
        self.places = LensPlaces(plot, curve, objective, trace)
        self.middle = self.places.between_arms(valley)
        self.step_lens = self._step_lens()
        self.lenses = self._lenses([n for group in told for n in group])
        first_lens = min(self.lenses, default=len(trace.points))
        self.drop_at = drop_at
        self.drop = self._drop(drop_at) if drop_at and drop_at < first_lens else None
        self.flags: dict[int, Flag] = {}
        self._flag(0, start, None, [])
        for group in told:
            placed: list[Flag] = []
            # From the end, where it is narrow, to the start.
            for n, lines in reversed(list(group.items())):
                placed += self._flag(n, lines, self._lens_at(n), placed)
        self.start = self._far_start(start, far_at) if far_at else None
        for lens in filter(None, (self.step_lens, *self.lenses.values())):
            self._name_zoom(lens)

    def length(self, delta: float) -> float:
        """Return how long a step is in the plot, in units."""
        return abs(self.plot.x(delta) - self.plot.x(0.0))

    def _lens_at(self, n: int) -> Lens | None:
        opened = [at for at in self.lenses if at <= n]
        return self.lenses[max(opened)] if opened else None

    # -- lenses ----------------------------------------------------------------------------------

    def _step_lens(self) -> Lens | None:
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
        exact = all(is_exact(x, 5) for x in ends)
        lens = self._lens(window, here, (0, 1), ends if exact else None)
        lens.carry(Beads(self.look, lens.plot, self.trace))
        return lens

    def _lenses(self, told: list[int]) -> dict[int, Lens]:
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
            air = (0.9, 0.25) if x > self.valley else (0.25, 0.9)
            window = close_up(
                self.objective, (self.valley, x), left=air[0], right=air[1], below=0, above=1.5
            )
            lens = out[n] = self._lens(window, self.valley, (n,), old=lens)
            lens.carry(
                Beads(self.look, lens.plot, self.trace), Walker(self.look, lens.plot, self.trace)
            )
        return out

    def _lens(
        self,
        window: Window,
        x: float,
        shown: tuple[int, ...],
        x_ticks: Sequence[float] | None = None,
        old: Lens | None = None,
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
        lens = Lens(
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
        )
        lens.draw(self.objective)
        return lens

    def _name_zoom(self, lens: Lens) -> None:
        """Write how much a lens magnifies: between its ties, or else in a corner of it.

        Upwards it magnifies otherwise than across, so that what is in it fills it.
        """
        outside, inside = Obstacles(self.plot.inner), Obstacles(lens.region)
        outside.add(self.plot, self.curve, lens.rim, lens.ties, lens.mark)
        inside.add(lens.plot, lens.curve)
        for flag in self.flags.values():
            inside.add_box(flag.words)
        times = f"times {figure(number(lens.zoom, 1))}"
        upwards = f"times {figure(number(lens.zoom * lens.stretch, 1))}"
        colon = 'class("punctuation", ":")'
        between = [tuple(spot) for spot in lens.between()]
        both = [
            self.look.math(source, TYPE.tick, "muted") for source in (f"x {times}", f"f {upwards}")
        ]
        for x, y in between:
            rise = 0.6 * both[0].em
            for words, base in zip(both, (y + rise, y - rise), strict=True):
                words.place(x, base, "center", "middle")
            if not any(outside.trouble(words.box) for words in both):
                lens.name_zoom(VGroup(*both))
                return
        for source in (f'x {colon} "zoom" {times}', f"x {colon} {times}"):
            words = self.look.math(source, TYPE.tick, "muted")
            spots = [(outside, spot) for spot in between]
            # In a corner a mere "x × 10" would seem to belong to an axis.
            if lens is not self.step_lens and "zoom" in source:
                region, air = lens.region, 0.17 + words.advance / 2
                top = region.top - 0.17 - 0.33 * words.em
                spots += [(inside, (x, top)) for x in (region.left + air, region.right - air)]
            for clear, (x, y) in spots:
                if not clear.trouble(words.place(x, y, "center", "middle").box):
                    lens.name_zoom(words)
                    return

    # -- flags and drop --------------------------------------------------------------------------

    def _drop(self, n: int) -> Drop | None:
        """Return how far f fell until step n, or None where the plot has no room for it."""
        start, end = ((self.trace.points[at][0], self.trace.values[at]) for at in (0, n))
        if not (self.plot.shows(*start) and self.plot.shows(*end)) or end[1] >= start[1]:
            return None
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        drop = Drop(self.look, self.plot, start, end, clear)
        return drop if drop.is_free else None

    def _flag(self, n: int, lines: Lines, lens: Lens | None, placed: list[Flag]) -> list[Flag]:
        """Place the flag of an iterate, in the lens where one shows it; return what was placed."""
        point = self.trace.points[n][0], self.trace.values[n]
        inside = lens if lens and lens.plot.shows(*point) else None
        plot = inside.plot if inside else self.plot
        # Right of the plot there is room over the name of its axis.
        outer = self.plot.inner.inset(right=-0.3)
        clear = Obstacles(inside.region.inset(*[0.12] * 4) if inside else outer)
        if inside:
            clear.add(*inside.submobjects[4:])
        else:
            clear.add(plot, self.curve)
            if lens:
                lens.cover(clear)
            if self.drop and n == self.drop_at:
                # Under the level of the start, beside the arrow.
                clear.within = outer.inset(top=outer.top - self.drop.level)
                clear.add(self.drop)
        for other in placed:
            if other.plot is plot:
                # Some way off: two words of two flags must not read as one flag.
                clear.add_box(other.words.inset(*[-APART] * 4))
                clear.add(other.dot)
        falls = n == self.drop_at and self.drop is not None
        flag = self._placed(plot, point, lines, clear, ALONG if falls else GAPS)
        if flag:
            self.flags[n] = flag
        return [flag] if flag else []

    def _far_start(self, lines: Lines, n: int) -> Flag | None:
        """Return the start's flag beside the lens of step n, or None."""
        lens = self._lens_at(n)
        if lens is None:
            return None
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        lens.cover(clear)
        return self._placed(
            self.plot, (self.trace.points[0][0], self.trace.values[0]), lines, clear
        )

    def _placed(
        self,
        plot: Plot,
        point: tuple[float, float],
        lines: Lines,
        clear: Obstacles,
        gaps: Sequence[float] = GAPS,
    ) -> Flag | None:
        """Return a flag in the largest size that finds a free place, or None.

        Where there is no room for all it says, the first lines go: its number is on the bar.
        """
        if not plot.shows(*point):
            return None
        for kept, size in itertools.product((lines, lines[1:], lines[-1:]), SIZES):
            words = [
                self.look.source(Source(line.source), size=size, role=line.base_role)
                for line in kept
            ]
            flag = Flag(self.look, plot, *point, words, clear, gaps)
            if not flag.trouble:
                return flag
        return None


def _width(plot: Plot) -> float:
    return plot.window.right - plot.window.left
