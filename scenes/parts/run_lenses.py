"""Lenses on a long run: on its first step, and on where it comes near the minimum."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from manim import VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens import Lens, close_up
from scenes.parts.lens_places import LensPlaces, magnifies
from scenes.parts.lens_windows import rounded, with_angles
from scenes.parts.lens_zoom import HEAD, ROW, at_lens, in_head
from scenes.parts.plot import Plot
from scenes.parts.rug import Rug
from scenes.parts.short_step import TALL, ShortStep, TooShort
from scenes.parts.trail import RunGhosts
from scenes.parts.walker import Walker
from scenes.parts.window import Window, ticks
from scenes.theme import TYPE
from scenes.words import is_exact

SMALL_STEP = 0.05
"""A first step shorter than this part of the plot's width is shown in a lens."""

NEAR = 0.02
"""Nearer to the minimum than this part of the width, the run is shown in a lens."""

RING = 0.23
"""The least radius of the ring round what a lens magnifies, in units: it is seen round a point."""

ROOM_FOR_F = 2.6
"""A lens narrower than this, in units, has no numbers of f, and then no axis either."""

FEET = (0.46, 0.42, 0.0)
"""Room in a lens on a step for the words under its arrow, in units, the best first."""

BEYOND = 0.2
"""So far beyond such a step the curve is drawn in a lens, in parts of it."""

LOW = 0.8
"""The axes of a lens on a step are not lower, in units, for numbers of f or words under them."""

ASIDE_STEP = 0.07
"""How much a lens on a short step shows on both sides of it, in parts of its length."""

BARE = 0.15
"""What a lens has under an axis without numbers anyway, in units."""

ABOVE = 1.3
"""How much a lens on the minimum shows over the run, in parts of its height there."""


@dataclass(frozen=True)
class ShortLens:
    """A lens on a step that is too short to see.

    Attributes
    ----------
    n
        The step: it leads to point n.
    lens, told
        The lens, and what is said in it.
    """

    n: int
    lens: Lens
    told: ShortStep


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
    short
        The one of them that is told to be too short to see, or None.

    Attributes
    ----------
    of_step, of_short
        Lenses on the first step and on that which is too short to see, if the plot cannot show it.
    at
        Lenses on the minimum, by the step at which they open: one when the run is too near to it
        for the plot, and one at the end: its scale is read but once; and that on a short step.
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
        short: TooShort | None,
    ) -> None:
        self.look, self.plot, self.curve = look, plot, curve
        self.objective, self.trace, self.valley = objective, trace, valley
        self.places = LensPlaces(plot, curve, objective, trace)
        self.middle = self.places.between_arms(valley)
        self.of_step = self._of_step()
        self.of_short = self._of_short(short)
        own = {self.of_short.n: self.of_short.lens} if self.of_short else {}
        self.at = self._near([n for n in told if n not in own]) | own

    def open_at(self, n: int) -> Lens | None:
        """Return the lens that is open at a step, or None."""
        last = max((at for at in self.at if at <= n), default=None)
        # That on a step is open for its own sentence.
        past = self.of_short is not None and last == self.of_short.n < n
        return None if last is None or past else self.at[last]

    def _of_step(self) -> Lens | None:
        if not self.trace.steps:
            return None
        here, there = (point[0] for point in self.trace.points[:2])
        if abs(there - here) >= SMALL_STEP * _width(self.plot):
            return None
        if not magnifies(self.objective, here, there):
            return None
        # The axis lies well below the curve: it is not f = 0, and the step on it needs room.
        window = close_up(self.objective, (here, there), left=0.4, right=0.4, below=1.8, above=0.8)
        ends = sorted((here, there))
        x_ticks = ends if all(is_exact(x, 5) for x in ends) else None

        # Nothing stands over it yet: up there its ties do not run along the curve.
        high = self.plot.inner.top - self.middle.top if self.middle else 0.0
        region = self.middle.inset(top=-high, bottom=high) if self.middle else None
        regions = self.places.deepened(region) if region else [None]

        def made(window: Window, foot: float, head: float = 0.0, **form: Any) -> Lens:
            form = {"told": x_ticks is not None, "foot": foot, "head": head, **form}
            return self._lens(window, here, (0, 1), x_ticks, **form)

        # Angles as in the plot tell more than numbers of f; a steep step needs a high lens for it.
        ways = (itertools.product(regions, (True, False), feet) for feet in (FEET[:-1], FEET[-1:]))
        for room, numbers, foot in itertools.chain(*ways):
            form = {"numbers": numbers, "region": room}
            lens = made(window, foot, **form)
            even = with_angles(lens, self.trace)
            # The numbers of f change with the window, and the room with the numbers.
            for _ in range(3):
                if even is not None:
                    lens = made(even, foot, **form)
                    even = with_angles(lens, self.trace)
            if even is not None:
                break
        else:
            for numbers, foot in itertools.product((True, False), FEET):
                form = {"numbers": numbers, "region": region}
                first = made(window, foot, HEAD, **form)
                lens = made(rounded(first), foot, HEAD, **form)
                if lens.plot.inner.height > LOW:
                    break
        # Down to the axis of the lens the curve would seem to be 0 there.
        beyond = BEYOND * (ends[1] - ends[0])
        lens.draw(self.objective, (ends[0] - beyond, ends[1] + beyond) if even else None)
        lens.carry(RunGhosts(self.look, lens.plot, self.trace))
        lens.tie_off(self.curve)
        if not lens.plot.y_ticks and not lens.window.bottom <= 0 <= lens.window.top:
            lens.break_axis()
        if even is None:
            in_head(self.look, lens)
        else:
            at_lens(self.look, lens, self.plot, self.curve, self.trace)
        return lens

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
            # Only at the end there are words too long to stand between its arms.
            graph, old = self.objective if n == told[-1] else None, lens
            for rows in (1, 2):
                form: dict[str, Any] = {"head": HEAD + (rows - 1) * ROW}
                first = self._lens(window, self.valley, (n,), old=old, **form)
                lens = self._lens(rounded(first, graph), self.valley, (n,), old=first, **form)
                if in_head(self.look, lens, rows=rows):
                    break
            assert lens
            out[n] = lens
            lens.draw(self.objective)
            lens.follow(self.trace)
            lens.carry(
                Rug(self.look, lens.plot, self.trace),
                RunGhosts(self.look, lens.plot, self.trace, told=told),
                Walker(self.look, lens.plot, self.trace),
            )
        return out

    def _of_short(self, short: TooShort | None) -> ShortLens | None:
        """Return a lens on a step that is too short to see, and what is said in it, or None."""
        if short is None or self.valley is None:
            return None
        step = self.trace.steps[short.n - 1]
        (x,), (then,) = step.point, step.next_point
        far = abs(then - x) >= SMALL_STEP * _width(self.plot)
        if far or not magnifies(self.objective, x, then):
            return None
        limit = x + math.copysign(short.limit, then - x)
        low, high = min(x, then, limit), max(x, then, limit)
        aside = ASIDE_STEP * (high - low)
        # A piece of the axis, which is all that such a step is about: it shows no f.
        bottom = float(self.objective.value((self.valley,)))
        window = Window(low - aside, high + aside, bottom, bottom + 1.0)
        region = self.middle or self.places.beside(x)
        region = region.inset(top=max(0.0, region.height - TALL))
        words, foot = short.fitting(region.width, region.height - HEAD)
        form: dict[str, Any] = {"region": region, "x_ticks": (), "x_name": "", "head": HEAD}
        form |= {"foot": foot - BARE, "numbers": False}
        first = self._lens(window, x, (), **form)
        lens = self._lens(rounded(first), x, (short.n - 1, short.n), **form)
        lens.follow(self.trace)
        in_head(self.look, lens, both=False)
        told = ShortStep(self.look, lens, step, short.limit, words)
        lens.carry(told.arrow)
        return ShortLens(short.n, lens, told)

    def _lens(
        self,
        window: Window,
        x: float,
        shown: tuple[int, ...],
        x_ticks: Sequence[float] | None = None,
        old: Lens | None = None,
        region: Region | None = None,
        *,
        numbers: bool = True,
        x_name: str = "x",
        **form: Any,
    ) -> Lens:
        """Return a lens on iterates near a point of the curve, drawn over the middle if it can."""
        region = region or (old.region if old else self.middle)
        if region is None:
            region = self.places.beside(x)
        # On an axis at f = 0 nothing needs a number; elsewhere the numbers say what the axis is.
        at_zero = abs(window.bottom) <= 1e-9 * (window.top - window.bottom)
        bare = at_zero or not numbers or region.width < ROOM_FOR_F
        heights = () if bare else ticks(window.bottom, window.top, 2)
        y_ticks = [value for value in heights if is_exact(value, 5)]
        # The arrow of a step lies on it.
        floor = at_zero or bool(y_ticks) or len(shown) > 1
        points = [(self.trace.points[n][0], self.trace.values[n]) for n in shown]
        return Lens(
            self.look,
            self.plot,
            region,
            window,
            x_ticks=x_ticks,
            y_ticks=y_ticks,
            # An axis that is not there has no name.
            x_name=x_name if floor else "",
            tick_size=TYPE.tick,
            around=[point for point in points if self.plot.shows(*point)],
            floor=floor,
            ring=RING,
            **form,
        )


def _width(plot: Plot) -> float:
    return plot.window.right - plot.window.left
