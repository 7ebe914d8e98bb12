"""Marks on the axes of a plot where the data are, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import APART, spread_out
from scenes.parts.strokes import Points, dashes, line, set_lines
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

BELOW = 0.5
"""What the marks of the x-axis need under it, in units."""

LOW = 0.1
"""A level less over the axis, in units, would run along it."""

LOWER = 0.1
"""So far below the upward axis a name may reach, in units."""

BESIDE = 0.75 * TICK + 0.1
"""From the axis that goes upward to the names of its marks, in units."""

RIM = 0.8 * units(STROKE.point)
"""From the middle of a dot to where its level line starts, in units."""

Name = tuple[float, Lettering]
"""A value, and what is written at it."""


class AxisMarks(VGroup):
    """Named values on one axis: a mark at each, and its name beside, moved aside where crowded.

    Parameters
    ----------
    look, plot
        The look, and the plot, which has no ticks on this axis.
    names
        The values with their names; what lies outside the window is left out.
    upright
        Whether the values are those of the axis that goes upward.
    apart
        What is between two names at least, in units.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        names: Sequence[Name],
        *,
        upright: bool = False,
        apart: float = APART,
    ) -> None:
        super().__init__()
        inner, window = plot.inner, plot.window
        low, high = (window.bottom, window.top) if upright else (window.left, window.right)
        shown = sorted((name for name in names if low <= name[0] <= high), key=lambda name: name[0])
        self.marks = line(look, role="axis")
        self.names = [words for _, words in shown]
        self.add(self.marks, *self.names)
        if upright:
            places = [plot.y(value) for value, _ in shown]
            halves = [0.36 * words.em for words in self.names]
            free = spread_out(places, halves, inner.bottom - LOWER, inner.top, apart)
            for words, y in zip(self.names, free, strict=True):
                words.place(inner.left - BESIDE, y, "right", "middle")
            ends = [[(inner.left, y), (inner.left - 0.75 * TICK, y)] for y in places]
        else:
            places = [plot.x(value) for value, _ in shown]
            halves = [words.advance / 2 for words in self.names]
            free = spread_out(places, halves, inner.left - 0.3, inner.right + 0.3, apart)
            for words, x in zip(self.names, free, strict=True):
                words.place(x, inner.bottom - TICK - 0.1 - 0.66 * words.em, "center")
            ends = [[(x, inner.bottom), (x, inner.bottom - TICK)] for x in places]
        set_lines(self.marks, ends)

    @staticmethod
    def room(*names: Lettering) -> float:
        """Return what names left of the axis that goes upward need, in units."""
        return BESIDE + max(words.advance for words in names)


def value_name(look: Look, value: float) -> Lettering:
    """Return a value of the function as it stands at its axis."""
    return look.math(figure(number(value)), TYPE.tick, "curve")


def level_line(
    plot: Plot, place: Points | tuple[float, float], to: float | None = None
) -> list[Points]:
    """Return the dashes from a dot to the axis that goes upward, or to another x of the frame.

    There are none where the level is as low as the other axis.
    """
    (x, y), end = place, plot.inner.left if to is None else to
    if y - plot.inner.bottom <= LOW or abs(end - x) <= RIM:
        return []
    return dashes((x + (RIM if end > x else -RIM), y), (end, y))
