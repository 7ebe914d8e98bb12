"""What stands under the x-axis: the places of a run on it, and the lengths of its steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.color import mix
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.foot_places import FootPlaces, latest_first, places_told
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, in_place
from scenes.parts.step import DROPPED, MEASURED, SCALED, SLID, locate, part_of
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import TYPE, units
from scenes.words import number

GONE = 0.15
"""In this part of a step what was told before has become quiet."""

BELOW = 0.42
"""What the row of the lengths needs under the numbers of the axis, in units."""

AIR = 0.06
"""What words are lower in that row than lengths, in units: they may be wider than their step."""


class Foot(VGroup):
    """Where a run stands on the x-axis: a mark, and the number below it in the point's colour.

    It draws itself in the plot as that stands, and moves aside for the next place when the run
    comes there.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    xs, index
        The places of the run, and which of them this is.
    passing
        Whether it turns grey when the run has gone on and the next step is measured.
    coming
        In which part of a step the next place gets its number.
    places
        Gives numbers their places at their own marks.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        xs: Sequence[float],
        index: int,
        *,
        passing: bool = False,
        coming: tuple[float, float] = (DROPPED, SLID),
        places: FootPlaces | None = None,
    ) -> None:
        super().__init__()
        self.passing, self.coming, self.places = passing, coming, places
        self.plot, self.xs, self.index = plot, tuple(xs), index
        self.names = [number(x) for x in xs]
        self.halves = [look.math_width(figure(name), TYPE.tick) / 2 for name in self.names]
        size = plot.tick_size if places else TYPE.tick
        self.number = look.math(figure(self.names[index]), size, "point")
        self.mark = line(look, role="point")
        self.colors = look.color("muted"), look.color("point")
        if index in places_told(self.names, self.xs, plot.window):
            self.add(self.mark, self.number)
        self.show(float(index))

    def _middle(self, last: int) -> float | None:
        """Return where the number stands when so many steps have been made, or None for nowhere.

        Of places that are too close to each other for their numbers the latest ones have one.
        """
        if self.places:
            return self.places.middle(self.index, last)
        inner = self.plot.inner
        told = places_told(self.names, self.xs, self.plot.window)
        order = latest_first(self.names, told, last)
        there = in_place(
            [self.plot.x(self.xs[index]) for index in order],
            [self.halves[index] for index in order],
            inner.left - BESIDE,
            inner.right + BESIDE,
        )
        return {order[at]: middle for at, middle in there.items()}.get(self.index)

    def _shade(self, lit: float) -> str:
        return self.colors[lit > 0] if lit in (0, 1) else mix(*self.colors, lit)

    def show(self, position: float) -> None:
        """Stand at the axis of the plot as it is now."""
        past = part_of(position - self.index - 1, 0.0, MEASURED) if self.passing else 0.0
        self.stand(position, lit=1 - past)

    def stand(self, position: float, strength: float = 1.0, lit: float = 1.0) -> None:
        """Stand at the axis, so strong; what is not there at all has no outline either.

        A place that is no longer spoken of is less than lit: at 0 it is as grey as any number.
        """
        index, phase = locate(position, len(self.xs) - 1)
        before, after = (self._middle(max(n, self.index)) for n in (index, index + 1))
        moved = part_of(phase, *self.coming)
        leaving = moved
        if self.places:
            # One after the other: what leaves, what moves aside, and what comes.
            leaving, moved, coming = (min(max(3 * moved - n, 0.0), 1.0) for n in range(3))
            strength *= coming if self.index > index else 1.0
        strength *= (before is not None) * (1 - leaving) + (after is not None) * leaving
        first = next((at for at in (before, after) if at is not None), 0.0)
        last = first if after is None else after
        middle = first + (last - first) * moved
        bottom, words = self.plot.inner.bottom, self.number
        low = bottom - TICK
        words.place(middle, low - 0.08 - 0.66 * words.em, "center")
        x = self.plot.x(self.xs[self.index])
        set_lines(self.mark, [[(x, bottom), (x, low)]] if strength else [])
        words.set_fill(self._shade(lit), opacity=strength)
        self.mark.set_stroke(self._shade(lit), opacity=strength)
        if not strength:
            for run in words.submobjects:
                run.points = run.points[:0]


class Feet(VGroup):
    """The first places of a run on the x-axis, each of which comes as the run comes there.

    The two ends of the step that is told are lit, and later on only where the run stands, unless
    it only comes back to these places.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    xs
        The places of the run.
    told
        How many of them have a number.
    places
        Gives numbers their places at their own marks. Then a number comes with the run and not with
        the arrow that leads there, and only the place where the run stands is lit.

    Attributes
    ----------
    strength
        How much of all of them is there.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        xs: Sequence[float],
        told: int,
        *,
        places: FootPlaces | None = None,
    ) -> None:
        self.arriving = places is not None
        first, self.coming = xs[:told], (DROPPED, SLID) if places else (MEASURED, SCALED)
        super().__init__(
            *(
                Foot(look, plot, first, index, coming=self.coming, places=places)
                for index in range(len(first))
            )
        )
        # An array is copied at once, where something fades.
        self.xs = np.array(xs)
        names = set(map(number, first))
        self.comes_back = all(number(x) in names for x in xs)
        self.strength = 1.0
        self.show(0.0)

    def _lit(self, landed: int) -> set[str]:
        """Return the numbers that are lit when so many steps have been made."""
        both = (landed < len(self.submobjects) or self.comes_back) and not self.arriving
        return set(map(number, self.xs[max(landed - both, 0) : landed + 1].tolist()))

    def show(self, position: float) -> None:
        """Show the places that the run has reached."""
        index, phase = locate(position, len(self.xs) - 1)
        before, after = self._lit(index), self._lit(index + 1)
        going, coming = 1 - part_of(phase, 0.0, GONE), part_of(phase, *self.coming)
        for foot in self.submobjects:
            name = foot.names[foot.index]
            come = 1.0 - foot.index + position
            strength = part_of(come, *self.coming) if foot.index else 1.0
            # A number that comes in comes lit.
            fresh = foot.index == index + 1 and name in after
            if fresh or name in before & after:
                lit = 1.0
            else:
                lit = max(going * (name in before), coming * (name in after))
            foot.stand(min(position, len(self) - 1.0), strength * self.strength, lit)


def under_axis(plot: Plot) -> float:
    """Return the baseline of a row of labels below the numbers of the axis."""
    return plot.inner.bottom - TICK - 0.08 - units(TYPE.tick) - 0.62 * units(TYPE.label)


def row_baseline(plot: Plot) -> float:
    """Return the baseline of words below the numbers of the axis, with a little more air."""
    return under_axis(plot) - AIR


def in_row_below(plot: Plot, words: Lettering, middle: float, room: Region | None = None) -> VGroup:
    """Put words into the row below the numbers of the axis, under a place as far as it has room.

    Nothing where it has no room for them; it may reach a little beyond the axis, if no other room
    is given.
    """
    room, half = room or plot.inner.inset(left=-BESIDE, right=-BESIDE), words.advance / 2
    low, high = room.left + half, room.right - half
    if low > high:
        return VGroup()
    return VGroup(words.place(min(max(middle, low), high), row_baseline(plot), "center"))


def place_below(
    words: Lettering, plot: Plot, start: Points, end: Points, clear: Obstacles
) -> Lettering:
    """Put words under an arrow along the axis, below the numbers of the axis, inside what is free.

    `words.is_free` is whether they stand clear there.
    """
    half, within = words.advance / 2, clear.within
    middle = float(start[0] + end[0]) / 2
    middle = max(min(middle, within.right - half), within.left + half)
    words.place(middle, row_baseline(plot), "center")
    words.is_free = clear.trouble(words.box) < 1
    clear.add(words)
    return words
