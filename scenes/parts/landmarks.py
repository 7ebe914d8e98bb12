"""The landmarks of a long run, placed before the first is shown: none is in another's way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from manim import VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.drop import Drop
from scenes.parts.flags import Flag
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.run_lenses import RunLenses
from scenes.parts.source import Source
from scenes.theme import TYPE

SIZES = (TYPE.label, 4.0, TYPE.tick)
"""The sizes of a flag's words, the best first."""

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
    lenses
        The lenses on its first step and on the minimum.
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
        every = [n for group in told for n in group]
        self.lenses = RunLenses(look, plot, curve, objective, trace, valley, every)
        first_lens = min(self.lenses.at, default=len(trace.points))
        self.drop_at = drop_at
        self.drop = self._drop(drop_at) if drop_at and drop_at < first_lens else None
        self.flags: dict[int, Flag] = {}
        self._flag(0, start, None, [])
        for group in told:
            placed: list[Flag] = []
            # From the end, where it is narrow, to the start.
            for n, lines in reversed(list(group.items())):
                placed += self._flag(n, lines, self.lenses.open_at(n), placed)
        for lens in self.lenses.all():
            # The flags outside have gone when a lens opens.
            there = [flag for flag in self.flags.values() if flag.plot is lens.plot]
            self.lenses.name_zoom(lens, [line for flag in there for line in flag.lines])
        self.start = self._far_start(start, far_at) if far_at else None

    def length(self, delta: float) -> float:
        """Return how long a step is in the plot, in units."""
        return abs(self.plot.x(delta) - self.plot.x(0.0))

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
                clear.add(self.drop)
        for other in placed:
            if other.plot is plot:
                # Some way off: two words of two flags must not read as one flag.
                clear.add_box(other.words.inset(*[-APART] * 4))
                clear.add(other.dot)
        flag = self._placed(plot, point, lines, clear)
        if flag:
            self.flags[n] = flag
        return [flag] if flag else []

    def _far_start(self, lines: Lines, n: int) -> Flag | None:
        """Return the start's flag beside the lens of step n, or None."""
        lens = self.lenses.open_at(n)
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
            flag = Flag(self.look, plot, *point, words, clear)
            if not flag.trouble:
                return flag
        return None
