"""The landmarks of a long run, placed before the first is shown: none is in another's way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.flags import SAME_PLACE, Flag
from scenes.parts.lens import Lens, close_up, free_region
from scenes.parts.levels import Fall
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.trail import Ghosts
from scenes.parts.walker import Walker
from scenes.parts.window import Window
from scenes.theme import SHORT_SIDE, STROKE, TYPE

SMALL_STEP = 0.05
"""A first step shorter than this part of the plot's width is shown in a lens."""

NEAR = 0.02
"""Nearer to the minimum than this part of the width, the run is shown in a lens."""

TRAIL = 0.45 * STROKE.ghost
"""The least diameter of the trail's dots: those of short steps are to be told apart."""

WIDE, TALL = (0.38, 0.62), (0.72, 0.5)
"""The size of a lens in parts of the plot's: of a wide one, and at most of a narrow or high one."""

ROOMY = (4.2, 2.3)
"""A lens of this size, in units, is large enough."""

FINEST = 2e-5
"""Two x that differ by less than this part have tick labels that nobody can tell apart."""

SIZES = (TYPE.label, 4.0, TYPE.tick)
"""The sizes of a flag's words; the first is too large for a lens."""


class Landmarks:
    """Lenses, flags and the fall of a run of one variable.

    Parameters
    ----------
    look, plot, curve
        The look, and the plot with its curve.
    objective, trace
        The function and the run.
    valley
        The x of the minimum that the run is about, or None.
    told
        The steps that are told, in order, with the significant digits of their x.
    fall_at
        The step at which the fall of f is told, or None.

    Attributes
    ----------
    step_lens
        A lens on the first step, if the plot cannot show it.
    lenses
        Lenses on the minimum, by the step at which they open: one when the run is too near to it
        for the plot, and one at the end. Its scale is read but once.
    flags
        By step; what cannot be seen has none.
    fall
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
        told: Mapping[int, int],
        fall_at: int | None,
    ) -> None:
        self.look, self.plot, self.curve = look, plot, curve
        self.objective, self.trace, self.valley = objective, trace, valley
        self.step_lens = self._step_lens()
        self.lenses = self._lenses(list(told))
        first_lens = min(self.lenses, default=len(trace.points))
        self.fall = self._fall(fall_at) if fall_at and fall_at < first_lens else None
        self.flags: dict[int, Flag] = {}
        # From the end, where it is narrow, to the start: each one stands over those before it.
        for n, digits in reversed(((0, 4), *told.items())):
            opened = [at for at in self.lenses if at <= n]
            self._flag(n, digits, self.lenses[max(opened)] if opened else None)

    def trail(self, plot: Plot) -> Ghosts:
        """Return all iterates as dots in a plot: smaller ones where steps are short."""
        pairs = zip(self.trace.points, self.trace.values, strict=True)
        places = np.array([plot.at(point[0], value) for point, value in pairs])
        inner = plot.inner
        corners = (inner.left, inner.bottom), (inner.right, inner.top)
        seen = places[((places >= corners[0]) & (places <= corners[1])).all(axis=1)]
        steps = np.hypot(*np.diff(seen, axis=0).T)
        longest = 100 * float(steps.max(initial=0.0)) / SHORT_SIDE
        diameter = min(max(0.6 * longest, TRAIL), STROKE.ghost)
        return Ghosts(self.look, places, diameter=diameter, region=plot.inner)

    def length(self, delta: float) -> float:
        """Return how long a step is in the plot, in units."""
        return abs(self.plot.x(delta) - self.plot.x(0.0))

    # -- lenses ----------------------------------------------------------------------------------

    def _step_lens(self) -> Lens | None:
        if not self.trace.steps:
            return None
        here, there = (point[0] for point in self.trace.points[:2])
        if abs(there - here) >= SMALL_STEP * _width(self.plot):
            return None
        if not magnifies(self.objective, here, there):
            return None
        return self._lens(close_up(self.objective, (here, there)), here)

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
                self.objective, (self.valley, x), left=air[0], right=air[1], above=1.5
            )
            lens = out[n] = self._lens(window, self.valley, lens)
            lens.carry(self.trail(lens.plot), Walker(self.look, lens.plot, self.trace))
        return out

    def _lens(self, window: Window, x: float, old: Lens | None = None) -> Lens:
        """Return a lens round a point of the curve, in a free place or where an old one is."""
        inner = self.plot.inner
        region = old.region if old else None
        if region is None:
            clear, rather_not = Obstacles(inner), Obstacles(inner)
            clear.add(self.plot)
            # Where the run never comes the curve may be covered.
            points = self.curve.points[::4, :2]
            xs = [self.plot.x(point[0]) for point in self.trace.points]
            walked = (points[:, 0] > min(xs) - 0.5) & (points[:, 0] < max(xs) + 0.5)
            clear.add_dots(points[walked])
            rather_not.add_dots(points[~walked])
            region = free_region(
                inner.inset(left=0.15, bottom=0.15),
                max(WIDE[0] * inner.width, min(ROOMY[0], WIDE[1] * inner.width)),
                min(TALL[0] * inner.height, max(ROOMY[1], TALL[1] * inner.height)),
                clear,
                self.plot.at(x, self.objective.value((x,))),
                self.plot.at(self.trace.points[0][0], self.trace.values[0]),
                rather_not,
            )
        lens = Lens(self.look, self.plot, region, window)
        lens.draw(self.objective)
        return lens

    # -- flags and fall --------------------------------------------------------------------------

    def _fall(self, n: int) -> Fall | None:
        """Return how far f fell until step n, drawn on the outer side of the start, or None."""
        x, value = self.trace.points[n][0], self.trace.values[n]
        if not self.plot.shows(x, value) or value >= self.trace.values[0]:
            return None
        start, window = self.trace.points[0][0], self.plot.window
        edge = window.right if start > x else window.left
        beside = start + 0.62 * (edge - start)
        if not self.objective.value((beside,)) >= self.trace.values[0]:
            return None
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        before = clear.copy()
        whole = self.trace.steps[0]._replace(next_point=(x,), next_value=value)
        fall = Fall(self.look, self.plot, whole, clear, at=beside)
        return None if before.trouble(fall.label.box) else fall

    def _flag(self, n: int, digits: int, lens: Lens | None) -> None:
        """Place the flag of an iterate, in the lens where one shows it."""
        x, value = self.trace.points[n][0], self.trace.values[n]
        inside = lens if lens and lens.plot.shows(x, value) else None
        plot = inside.plot if inside else self.plot
        if not plot.shows(x, value):
            return
        clear = Obstacles(plot.inner)
        clear.add(plot, inside.curve if inside else self.curve)
        if n and inside is None:
            clear.add(*([self.fall] if self.fall else []))
        # The start's flag is gone when the others come, and one place has one flag.
        spot = plot.at(x, value)
        others = [
            flag
            for flag in self.flags.values()
            if n and flag.plot is plot and float(np.hypot(*(flag.spot - spot))) >= SAME_PLACE
        ]
        crowded = clear.copy()
        for other in others:
            crowded.add(other.stem)
            crowded.add_box(other.words)
        sizes = SIZES if inside is None else SIZES[1:]
        # Where there is no room for both, one is taken down before the other comes.
        for size, obstacles in (
            *((size, crowded) for size in sizes),
            *((size, clear) for size in sizes),
        ):
            flag = Flag(self.look, plot, n, x, value, obstacles.copy(), digits, size)
            if not flag.trouble:
                self.flags[n] = flag
                break


def magnifies(function: Any, one: float, other: float) -> bool:
    """Whether a lens can tell two points apart, and the curve between them is more than noise."""
    if abs(one - other) <= FINEST * max(abs(one), abs(other)):
        return False
    values = np.asarray(function.values(np.array([one, other])), dtype=float)
    apart, size = abs(float(values[1] - values[0])), float(np.abs(values).max())
    return bool(apart > 1e-9 * size and apart > 1e-280)


def _width(plot: Plot) -> float:
    return plot.window.right - plot.window.left
