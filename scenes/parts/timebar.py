"""A bar of steps from 0 to 1, and on to where each mark stands for ten times as many."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from manim import VGroup, VMobject
from manim.utils.rate_functions import smooth
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.step import LANDED, SLID, part_of
from scenes.parts.strokes import dashes, dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE, units

AIR = 0.14
"""The least free space between two numbers over the bar, in units."""

NAME = "steps"
"""What the bar counts, left of it."""

START = 0.07
"""How much of the bar is between 0 and 1: no logarithm leads there."""

BESIDE = 0.2
"""From the name to the bar, in units."""

LONG, SHORT = 0.13, 0.06
"""Lengths of the scale's marks: of a power of ten, and of what is between, in units."""

NEAR = 0.1
"""So near to the mark, in units, the number of the scale is not there: it is said above."""

FADE = 0.3
"""Over this length, in units, the number of a past step gives way to the one at the mark."""


def eased(alpha: float) -> float:
    """Return how much of a move is done: slow at both ends."""
    return float(smooth(alpha))


def in_log(start: float, end: float) -> Callable[[float], float]:
    """Return the rate function with which a playhead goes evenly over a logarithmic scale.

    Examples
    --------
    >>> pace = in_log(1, 100)
    >>> round(1 + pace(0.5) * 99), pace(0), pace(1)
    (10, 0.0, 1.0)
    """
    first = max(start, 1.0)
    if end <= first:
        return eased

    def pace(alpha: float) -> float:
        reached: float = first * (end / first) ** eased(alpha)
        return (reached - first) / (end - first)

    return pace


class TimeBar(VGroup):
    """Steps to the last, from 1 on a logarithmic scale, with a mark where the playhead stands.

    The mark carries the number of the step. Below the scale are its marks, each ten times the one
    before, with smaller ones for what is between, as logarithmic scales have them; the number of
    the scale that the mark stands at gives way to its own. Where the mark has passed a step that
    was told, a dot stays, and its number, if the scale has none.

    Parameters
    ----------
    look, region
        The look, and where the bar stands, its name left of it.
    last
        The last step, at least 2.
    told
        Steps that are told: where the playhead rests.
    across
        What the bar stands in line with, such as a plot's inner region; None for all of its own.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        last: int,
        told: Iterable[int] = (),
        across: Region | None = None,
    ) -> None:
        super().__init__()
        self.look, self.last, self.region = look, last, region
        line_up = across or region
        self.left = max(line_up.left, region.left + self.room(look))
        self.right = min(line_up.right, region.right - 0.3)
        above = 0.22 + 0.66 * units(TYPE.label)
        self.level = region.top - above
        self.told = tuple(sorted(set(told)))
        self.base, self.scale = self._scale()
        self.name_label = self._name()
        # The number at the mark changes its outline, not its place in the scene: manim paints what
        # does not belong to a mover once, before a play.
        self.count = self._number(0, TYPE.label, "text")
        self.named = {
            step: self._over(step, TYPE.tick, "muted")
            for step in self.told
            if step not in (*_powers(self.last), self.last)
        }
        self.done = line(look, role="muted", width=0.8 * STROKE.curve)
        self.stops = shape(look, role="muted")
        self.mark = shape(look, role="text")
        self.add(self.base, self.name_label, self.done, self.stops, self.mark)
        self.add(*self.scale.values(), *self.named.values(), self.count)
        self.show(0.0)

    @staticmethod
    def room(look: Look) -> float:
        """Return what the bar needs to its left, in units."""
        return look.text_width(NAME, size=TYPE.tick) + BESIDE

    def x(self, n: float) -> float:
        """Return where a step stands on the bar."""
        first = self.left + START * (self.right - self.left)
        if n < 1:
            return self.left + max(n, 0.0) * (first - self.left)
        part = math.log(min(n, self.last)) / math.log(self.last)
        return first + part * (self.right - first)

    def _name(self) -> Lettering:
        """Return the name of the scale."""
        name = self.look.text(NAME, size=TYPE.tick, role="muted")
        return name.place(self.left - BESIDE, self.level, "right", "middle")

    def _scale(self) -> tuple[VMobject, dict[int, Lettering]]:
        """Return the bar with its marks, and the numbers below it."""
        powers = _powers(self.last)
        marks = [0, *powers]
        numbers = {n: self._number(n, TYPE.tick, "muted") for n in (*marks, self.last)}
        between = self.right - self.x(powers[-1])
        if powers[-1] != self.last:
            marks.append(self.last)
            if between < (numbers[self.last].advance + numbers[powers[-1]].advance) / 2 + AIR:
                numbers.pop(powers[-1])
        under = self.level - 0.2 - 0.66 * numbers[self.last].em
        for n, label in numbers.items():
            label.place(self.x(n), under, "center")
        lines: list[ArrayLike] = [self._mark(n, LONG) for n in marks]
        lines += [
            self._mark(n, SHORT)
            for power in powers
            for n in range(2 * power, min(10 * power, self.last), power)
        ]
        first = (self.x(1), self.level)
        lines += [*dashes((self.left, self.level), first), [first, (self.right, self.level)]]
        return set_lines(line(self.look, role="axis"), lines), numbers

    def _mark(self, n: int, length: float) -> ArrayLike:
        return [(self.x(n), self.level), (self.x(n), self.level - length)]

    def _number(self, n: int, size: float, role: str) -> Lettering:
        return self.look.math(str(n), size=size, role=role)

    def show(self, position: float) -> None:
        """Show how far the run has come."""
        n, here = self._reached(position), self._place(position)
        first = min(here, self.x(1))
        pieces = [*dashes((self.left, self.level), (first, self.level))]
        set_lines(self.done, [*pieces, [(first, self.level), (here, self.level)]])
        self.mark.points = dot_points([(here, self.level)], 0.85 * STROKE.ghost)
        passed = [step for step in self.told if step < n]
        self.stops.points = dot_points([(self.x(step), self.level) for step in passed], 1.2)
        self.count.submobjects[0].points = self._at_mark(position).submobjects[0].points
        # Where the playhead rests next all is there or not there, nothing in part.
        rest = next((step for step in self.told if step >= position - 1e-9), self.last)
        free, then = self._free(position), self._free(rest)
        for step, label in self.named.items():
            label.set_fill(opacity=_part(free[step], min(FADE, then[step])))
        for step, label in self.scale.items():
            label.set_fill(opacity=_part(abs(self.x(step) - here) - NEAR, NEAR))

    def _reached(self, position: float) -> int:
        return min(max(int(position + 1e-9), 0), self.last)

    def _place(self, position: float) -> float:
        """Return where the mark stands: before 1 it goes with the walker, from 0 to 1."""
        return self.x(part_of(position, SLID, LANDED) if position < 1 else position)

    def _free(self, position: float) -> dict[int, float]:
        """Return how far the numbers of past steps are from the next one over the bar."""
        left, free = self._at_mark(position).box.left, {}
        for step, label in reversed(self.named.items()):
            free[step] = left - AIR - label.box.right if step < int(position + 1e-9) else -1.0
            if free[step] > 0:
                left = label.box.left
        return free

    def _at_mark(self, position: float) -> Lettering:
        """Return the number over the mark."""
        return self._over(self._reached(position), TYPE.label, "text", self._place(position))

    def _over(self, n: int, size: float, role: str, at: float | None = None) -> Lettering:
        """Return the number of a step over the bar, inside its region."""
        label = self._number(n, size, role)
        half = label.advance / 2
        x = self.x(n) if at is None else at
        x = min(max(x, self.region.left + half), self.region.right - half)
        return label.place(x, self.level + 0.2, "center")


def _powers(last: int) -> list[int]:
    """Return the powers of ten up to the last step."""
    return [10**power for power in range(len(str(last)))]


def _part(length: float, whole: float) -> float:
    """Return what part of a whole a length is, between 0 and 1; nothing of nothing."""
    return min(max(length / whole, 0.0), 1.0) if whole > 0 else 0.0
