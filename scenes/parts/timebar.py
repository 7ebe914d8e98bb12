"""A bar of steps on a logarithmic scale: 1, 10, 100, 1000 are equally far apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from manim import VGroup, VMobject
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.strokes import dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE

AIR = 0.14
"""The least free space between two numbers over the bar, in units."""


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

    The mark carries the number of the step. Where it has passed a step that was told, a dot stays,
    and its number, if the scale below has none.

    Parameters
    ----------
    look, region
        The look, and where the bar stands, its name left of it.
    last
        The last step, at least 2.
    told
        Steps that are told.
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
        self.look, self.last = look, last
        self.name_label = look.math("n", role="muted")
        line_up = across or region
        self.left = max(line_up.left, region.left + self.name_label.advance + 0.2)
        self.right = min(line_up.right, region.right - 0.3)
        above = 0.22 + 0.66 * look.math("0", size=TYPE.label).em
        self.level = region.top - above
        self.base, self.ruler, labelled = self._frame()
        self.told = tuple(sorted(set(told)))
        # The number at the mark changes its outline, not its place in the scene: manim paints what
        # does not belong to a mover once, before a play.
        self.count = self._number(1, TYPE.label, "text")
        self.named = {
            step: self._over(step, TYPE.tick, "muted") for step in self.told if step not in labelled
        }
        self.done = line(look, role="text", width=0.8 * STROKE.curve)
        self.stops = shape(look, role="text")
        self.mark = shape(look, role="text")
        self.add(self.base, self.ruler, self.done, self.stops, self.mark)
        self.add(*self.named.values(), self.count)
        self.show(1.0)

    def x(self, n: float) -> float:
        """Return where a step stands on the bar."""
        part = math.log(min(max(n, 1.0), self.last)) / math.log(self.last)
        return self.left + part * (self.right - self.left)

    def _frame(self) -> tuple[VMobject, VGroup, list[int]]:
        """Return the bar with its marks, the labels below it, and the numbers that have one."""
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
        name = self.name_label.place(self.left - 0.2, self.level, "right", "middle")
        labels = VGroup(*(label for _, label in numbers), name)
        return set_lines(line(self.look, role="axis"), marks), labels, [n for n, _ in numbers]

    def _number(self, n: int, size: float, role: str) -> Lettering:
        return self.look.math(str(n), size=size, role=role)

    def show(self, position: float) -> None:
        """Show how far the run has come."""
        n = min(max(int(position + 1e-9), 1), self.last)
        here = self.x(max(position, 1.0))
        set_lines(self.done, [[(self.left, self.level), (here, self.level)]])
        self.mark.points = dot_points([(here, self.level)], 0.85 * STROKE.ghost)
        passed = [step for step in self.told if step < n]
        self.stops.points = dot_points([(self.x(step), self.level) for step in passed], 1.2)
        label = self._over(n, TYPE.label, "text", here)
        self.count.submobjects[0].points = label.submobjects[0].points
        left = label.box.left
        for step, named in reversed(self.named.items()):
            free = left - AIR - named.box.right if step < n else -1.0
            named.set_fill(opacity=min(max(4 * free, 0.0), 1.0))
            if free > 0:
                left = named.box.left

    def _over(self, n: int, size: float, role: str, at: float | None = None) -> Lettering:
        """Return the number of a step over the bar, inside its ends."""
        label = self._number(n, size, role)
        half = label.advance / 2
        x = self.x(n) if at is None else at
        x = min(max(x, self.left - 0.1 + half), self.right + 0.1 - half)
        return label.place(x, self.level + 0.2, "center")
