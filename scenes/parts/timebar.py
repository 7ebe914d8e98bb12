"""A bar of steps on a logarithmic scale: 1, 10, 100, 1000 are equally far apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from manim import VGroup, VMobject
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.step import LANDED, SLID, part_of
from scenes.parts.strokes import dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE

AIR = 0.14
"""The least free space between two numbers over the bar, in units."""

NAME = ("steps", "(log)")
"""What the bar counts, and how: two lines left of it."""

BESIDE = 0.2
"""From the name to the bar, in units."""

FADE = 0.3
"""Over this length, in units, a number gives way to the one at the mark."""


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
    """Steps from 1 to the last on a logarithmic scale, with a mark where the playhead stands.

    The mark comes with the first step and carries the number of the step; the same number on the
    scale below it gives way. Where the mark has passed a step that was told, a dot stays, and its
    number, if the scale has none.

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
        above = 0.22 + 0.66 * look.math("0", size=TYPE.label).em
        self.level = region.top - above
        self.told = tuple(sorted(set(told)))
        self.base, self.scale = self._scale()
        self.name_label = self._name()
        # The number at the mark changes its outline, not its place in the scene: manim paints what
        # does not belong to a mover once, before a play.
        self.count = self._number(1, TYPE.label, "text")
        self.named = {
            step: self._over(step, TYPE.tick, "muted")
            for step in self.told
            if step not in self.scale
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
        lines = (look.text(words, size=TYPE.tick) for words in NAME)
        return max(words.advance for words in lines) + BESIDE

    def x(self, n: float) -> float:
        """Return where a step stands on the bar."""
        part = math.log(min(max(n, 1.0), self.last)) / math.log(self.last)
        return self.left + part * (self.right - self.left)

    def _name(self) -> VGroup:
        """Return the name of the scale, its two lines as high above the bar as below it."""
        lines = [self.look.text(words, size=TYPE.tick, role="muted") for words in NAME]
        for words, up in zip(lines, (0.55, -0.55), strict=True):
            words.place(self.left - BESIDE, self.level + up * words.em, "right", "middle")
        return VGroup(*lines)

    def _scale(self) -> tuple[VMobject, dict[int, Lettering]]:
        """Return the bar with its marks, and the numbers below it."""
        marks = [[(self.left, self.level), (self.right, self.level)]]
        numbers: list[tuple[int, Lettering]] = []
        power = 1
        while power <= self.last:
            for n in range(power, min(10 * power, self.last + 1), power):
                length = 0.13 if n == power else 0.06
                marks.append([(self.x(n), self.level), (self.x(n), self.level - length)])
            numbers.append((power, self._number(power, TYPE.tick, "muted")))
            power *= 10
        if numbers[-1][0] != self.last:
            end = self._number(self.last, TYPE.tick, "muted")
            marks.append([(self.right, self.level), (self.right, self.level - 0.13)])
            if self.right - self.x(numbers[-1][0]) < end.advance + AIR:
                numbers.pop()
            numbers.append((self.last, end))
        for n, label in numbers:
            label.place(self.x(n), self.level - 0.2 - 0.66 * label.em, "center")
        return set_lines(line(self.look, role="axis"), marks), dict(numbers)

    def _number(self, n: int, size: float, role: str) -> Lettering:
        return self.look.math(str(n), size=size, role=role)

    def show(self, position: float) -> None:
        """Show how far the run has come."""
        n = min(max(int(position + 1e-9), 1), self.last)
        here = self.x(max(position, 1.0))
        there = part_of(position, SLID, LANDED)
        set_lines(self.done, [[(self.left, self.level), (here, self.level)]])
        self.mark.points = dot_points([(here, self.level)], 0.85 * STROKE.ghost)
        self.mark.set_fill(opacity=there)
        passed = [step for step in self.told if step < n]
        self.stops.points = dot_points([(self.x(step), self.level) for step in passed], 1.2)
        self.count.submobjects[0].points = self._at_mark(position).submobjects[0].points
        self.count.set_fill(opacity=there)
        # Where the playhead rests next all is there or not there, nothing in part.
        rest = next((step for step in self.told if step >= position - 1e-9), self.last)
        free, then = self._free(position), self._free(rest)
        for step, label in self.named.items():
            label.set_fill(opacity=_part(free[step], min(FADE, then[step])))
        for step, label in self.scale.items():
            stops = (abs(self.x(stop) - self.x(step)) for stop in self.told if stop != step)
            away = abs(here - self.x(step))
            label.set_fill(opacity=max(_part(away, min([FADE, *stops])), 1 - there))

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
        n = min(max(int(position + 1e-9), 1), self.last)
        return self._over(n, TYPE.label, "text", self.x(max(position, 1.0)))

    def _over(self, n: int, size: float, role: str, at: float | None = None) -> Lettering:
        """Return the number of a step over the bar, inside its region."""
        label = self._number(n, size, role)
        half = label.advance / 2
        x = self.x(n) if at is None else at
        x = min(max(x, self.region.left + half), self.region.right - half)
        return label.place(x, self.level + 0.2, "center")


def _part(length: float, whole: float) -> float:
    """Return what part of a whole a length is, between 0 and 1; nothing of nothing."""
    return min(max(length / whole, 0.0), 1.0) if whole > 0 else 0.0
