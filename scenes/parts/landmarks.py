"""The landmarks of a long run, placed before the first is shown: none is in another's way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.drop import Drop
from scenes.parts.flags import ASIDE, Beside, Flag
from scenes.parts.left_over import LeftOver
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, dense
from scenes.parts.plot import Plot
from scenes.parts.run_lenses import RunLenses
from scenes.parts.short_step import TooShort
from scenes.parts.source import Source
from scenes.parts.strokes import Points, dot_points
from scenes.theme import STROKE, WORD_SIZES

OFF_AXIS = 0.55
"""How far over the axis the bars of a distance stand at least, in units."""

RIM = 0.16
"""From the rim of a lens to the words in it at least, in units."""

HEADED = 0.12
"""More air under the head of a lens than under other words, in units."""

OFF_START = 0.18
"""From the point where the run started to the bars, in units."""

OFF_LENS = 0.1
"""More air beside a lens than round other things, in units: bars must not seem to hang on it."""

OVER_PLOT = 0.45
"""So far over the plot the bars may reach, in units."""

BEYOND = 0.3
"""So far right of the plot words may reach, over the name of its axis, in units."""

OVER = 1.0
"""Over a lens the bars have room, in units."""

APART = 0.24
"""More air round a flag than round other words, in units."""

AIRY = 0.08
"""More air round a flag in the plot, in units: a curve that rises beside it nears its corner."""

OFF_END = (0.25, 0.12)
"""More air aside and up from the ends of the curve in a lens than along it, in units."""

Lines = Sequence[Lettering]


class Landmarks:
    """Lenses, flags, the drop and what is left, of a run of one variable.

    Parameters
    ----------
    look, plot, curve
        The look, and the plot with its curve.
    objective, trace
        The function and the run.
    valley
        The x of the minimum that the run is about, or None.
    told
        What the flags of the told steps may say, the best first: those that stand together, in
        order.
    drop_at
        The step at which the drop of f is told, or None.
    left_at
        The step at which it is told what is left of the distance to the minimum, or None.
    short
        The step that is told to be too short to see, or None.
    guide
        The ends of a line in the plot that flags keep clear of, or none.
    guide_name
        The name of that line, or None.

    Attributes
    ----------
    lenses
        The lenses on its first step and on the minimum.
    flags
        By step; what cannot be seen has none.
    drop
        How far f fell, or None.
    left
        What is left of the distance, or None.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        curve: VMobject,
        objective: Any,
        trace: Trace,
        valley: float | None,
        told: Sequence[Mapping[int, Sequence[Lines]]],
        drop_at: int | None,
        left_at: int | None,
        short: TooShort | None,
        guide: Sequence[Points],
        guide_name: Lettering | None,
    ) -> None:
        self.look, self.plot, self.curve = look, plot, curve
        self.guide, self.guide_name = dense(np.reshape(guide, (-1, 2))), guide_name
        self.objective, self.trace, self.valley = objective, trace, valley
        every = [n for group in told for n in group]
        self.told = (0, *every)
        self.lenses = RunLenses(look, plot, curve, objective, trace, valley, every, short)
        self.drop_at = drop_at
        self.drop = self._drop(drop_at) if drop_at and not self.lenses.open_at(drop_at) else None
        self.flags: dict[int, Flag | Beside] = {}
        if left_at:
            self._make_room(left_at)
        for group in told:
            placed: list[Flag] = []
            # From the end, where it is narrow, to the start.
            for n, ways in reversed(list(group.items())):
                placed += self._flag(n, ways, self.lenses.open_at(n), placed)
        self.left = self._left(left_at) if left_at else None

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

    def _flag(
        self, n: int, ways: Sequence[Lines], lens: Lens | None, placed: list[Flag]
    ) -> list[Flag]:
        """Place the flag of an iterate, in the lens where one shows it; return what was placed."""
        if self.lenses.of_short and n == self.lenses.of_short.n:
            # Its lens says it all.
            return []
        point = self.trace.points[n][0], self.trace.values[n]
        inside = lens if lens and lens.plot.shows(*point) else None
        plot = inside.plot if inside else self.plot
        outer = self.plot.inner.inset(right=-BEYOND)
        clear = Obstacles(inside.region.inset(*[RIM] * 4) if inside else outer)
        if inside:
            clear.add(*inside.shown)
            for end in inside.curve.points[[0, -1], :2]:
                # Words right over an end of the curve would seem to stand on it.
                clear.add_spot(end, *OFF_END)
            if inside.zoom_name:
                # Right under it words would be its second line.
                clear.add_box(inside.zoom_name.box.inset(bottom=-HEADED))
        else:
            clear.add(plot, self.curve)
            clear.add_points(self.guide)
            for at in self.told:
                if at < n:
                    clear.add_points(dot_points([self._spot(at)], STROKE.ghost)[:, :2])
            if self.guide_name:
                # Flags of both sides of the line stand beside it.
                clear.add_box(self.guide_name.box.inset(bottom=-APART, top=-APART))
            if lens:
                lens.cover(clear)
            if self.drop and n == self.drop_at:
                clear.add(self.drop)
        for other in placed:
            if other.plot is plot:
                # Some way off: two words of two flags must not read as one flag.
                clear.add_box(other.words.inset(*[-APART] * 4))
                clear.add_points(dot_points([other.spot], STROKE.ghost)[:, :2])
        flag: Flag | Beside | None = None
        if inside:
            # The number alone, at its point, is better than all of it beside the lens.
            flag = self._placed(plot, point, ways[:1], clear, WORD_SIZES[:2])
            flag = flag or self._placed(plot, point, ways[1:], clear) or self._beside(inside, ways)
        else:
            flag = self._placed(plot, point, ways, clear)
        if flag:
            self.flags[n] = flag
        return [flag] if isinstance(flag, Flag) else []

    def _beside(self, lens: Lens, ways: Sequence[Lines]) -> Beside | None:
        """Return words beside a lens, or None."""
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        lens.cover(clear)
        # Beside a point of the curve it would be taken for its name.
        for spot in map(self._spot, self.told):
            clear.add_spot(spot, APART)
        for lines, size in itertools.product(ways, WORD_SIZES):
            if size < WORD_SIZES[0] and any(line.raised for line in lines):
                continue
            flag = Beside(self.plot, lens.region, self._set(lines, size), clear)
            if not flag.trouble:
                return flag
        return None

    def _make_room(self, n: int) -> None:
        """Leave the lens of step n out where all that is left of the distance has room without."""

        def is_told() -> bool:
            found = self._left(n)
            return found is not None and found.is_whole

        lens = self.lenses.at.get(n)
        if lens and not is_told():
            del self.lenses.at[n]
            if not is_told():
                self.lenses.at[n] = lens

    def _left(self, n: int) -> LeftOver | None:
        """Return what is left of the distance to the minimum at step n, or None."""
        if self.valley is None:
            return None
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        # Close to it words would be its name.
        clear.add_spot(self._spot(0), OFF_START)
        inner = self.plot.inner
        # Close to the axis a bar would be taken for a stretch of it.
        clear.add_box(Region(inner.left, inner.bottom, inner.right, inner.bottom + OFF_AXIS))
        lens, flag = self.lenses.open_at(n), self.flags.get(n)
        if lens:
            lens.cover(clear)
            # Between the ties it would be taken for a part of what is magnified.
            clear.add_dots(lens.between_ties())
            clear.add_box(lens.region.inset(left=-OFF_LENS, right=-OFF_LENS))
        if flag:
            clear.add(flag)
        whole, left = (abs(self.trace.points[at][0] - self.valley) for at in (0, n))
        if not 0 < left < whole:
            return None
        corner = inner.left + ASIDE, inner.top
        if lens:
            room = lens.region
            # Over it, if it has left room there, and else beside it.
            is_low = inner.top - room.top > OVER
            corner = (room.left, inner.top) if is_low else (room.right + ASIDE, room.top)
        # Over the plot there is room for them, where it has too little for all their words.
        higher = clear.copy()
        higher.within = inner.inset(right=-BEYOND, top=-OVER_PLOT)
        bars = LeftOver(self.look, whole, left, (clear, higher), corner)
        return bars if bars.is_free else None

    def _spot(self, n: int) -> Points:
        return self.plot.at(self.trace.points[n][0], self.trace.values[n])

    def _placed(
        self,
        plot: Plot,
        point: tuple[float, float],
        ways: Sequence[Lines],
        clear: Obstacles,
        sizes: Sequence[float] = WORD_SIZES,
    ) -> Flag | None:
        """Return a flag that finds a free place, with all that it says, or else as large as can be.

        An exponent is smaller than its line, which is not made smaller then.
        """
        if not plot.shows(*point):
            return None
        air = AIRY if plot is self.plot else 0.0
        for lines, size in itertools.product(ways, sizes):
            if size < WORD_SIZES[0] and any(line.raised for line in lines):
                continue
            flag = Flag(self.look, plot, *point, self._set(lines, size), clear, air)
            if not flag.trouble:
                return flag
        return None

    def _set(self, lines: Lines, size: float) -> list[Lettering]:
        return [
            self.look.source(Source(line.source), size=size, role=line.base_role) for line in lines
        ]
