"""Marks on the axes of a plot where the data are, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.strokes import line, set_lines

BELOW = 0.5
"""What the marks of the x-axis need under it, in units."""

BESIDE = 0.75 * TICK + 0.1
"""From the axis that goes upward to the names of its marks, in units."""

APART = 0.22
"""Between two names of one axis, in units."""

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
    """

    def __init__(
        self, look: Look, plot: Plot, names: Sequence[Name], *, upright: bool = False
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
            free = spread_out(places, halves, inner.bottom, inner.top)
            for words, y in zip(self.names, free, strict=True):
                words.place(inner.left - BESIDE, y, "right", "middle")
            ends = [[(inner.left, y), (inner.left - 0.75 * TICK, y)] for y in places]
        else:
            places = [plot.x(value) for value, _ in shown]
            halves = [words.advance / 2 for words in self.names]
            free = spread_out(places, halves, inner.left - 0.3, inner.right + 0.3)
            for words, x in zip(self.names, free, strict=True):
                words.place(x, inner.bottom - TICK - 0.1 - 0.66 * words.em, "center")
            ends = [[(x, inner.bottom), (x, inner.bottom - TICK)] for x in places]
        set_lines(self.marks, ends)

    @staticmethod
    def room(*names: Lettering) -> float:
        """Return what names left of the axis that goes upward need, in units."""
        return BESIDE + max(words.advance for words in names)


def spread_out(
    places: Sequence[float], halves: Sequence[float], low: float, high: float
) -> list[float]:
    """Move places, in ascending order, apart until what stands there no longer meets.

    Parameters
    ----------
    places, halves
        The middles, and half of the lengths.
    low, high
        Where all of them must stay.

    Examples
    --------
    >>> spread_out([1.0, 1.0], [0.4, 0.4], 0.0, 9.0), spread_out([1.0, 5.0], [0.4, 0.4], 0.0, 9.0)
    ([0.49, 1.51], [1.0, 5.0])
    """
    # Neighbours that meet become one block around the middle of their places.
    blocks: list[tuple[float, list[int]]] = []
    for index, place in enumerate(places):
        blocks.append((place, [index]))
        while True:
            middle, block = blocks[-1]
            half = _length(block, halves) / 2
            middle = min(max(middle, low + half), high - half)
            blocks[-1] = middle, block
            if len(blocks) < 2:
                break
            before, others = blocks[-2]
            if before + _length(others, halves) / 2 + APART <= middle - half + 1e-9:
                break
            joined = others + block
            blocks[-2:] = [(sum(places[at] for at in joined) / len(joined), joined)]
    out: list[float] = []
    for middle, block in blocks:
        at = middle - _length(block, halves) / 2
        for index in block:
            out.append(round(at + halves[index], 9))
            at += 2 * halves[index] + APART
    return out


def _length(block: Sequence[int], halves: Sequence[float]) -> float:
    return sum(2 * halves[index] for index in block) + APART * (len(block) - 1)
