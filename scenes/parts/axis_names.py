"""Names of axes that stand between two tick labels, where they cost no room."""

from __future__ import annotations

import itertools

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.theme import TYPE


def name_axes(look: Look, plot: Plot, x: str, y: str) -> VGroup:
    """Return the names of both axes, placed between the last two tick labels with enough room.

    Parameters
    ----------
    look, plot
        The look, and the plot, which has no titles of its own.
    x, y
        Typst mathematics; empty for none.
    """
    out = VGroup()
    inner = plot.inner
    if x:
        name = look.math(x, size=TYPE.tick, role="muted")
        ends = [(label.box.left, label.box.right) for label in plot.x_labels]
        middle = _gap(ends, name.advance + 0.2, inner.right - name.advance / 2)
        base = plot.x_labels[0].origin[1] if plot.x_labels else inner.bottom - 0.4
        out.add(name.place(middle, base, "center"))
    if y:
        name = look.math(y, size=TYPE.tick, role="muted")
        ends = [(label.box.bottom, label.box.top) for label in plot.y_labels]
        middle = _gap(ends, 0.66 * name.em + 0.16, inner.top - 0.2)
        right = plot.y_labels[-1].box.right if plot.y_labels else inner.left - 0.15
        out.add(name.place(right, middle, "right", "middle"))
    return out


def _gap(ends: list[tuple[float, float]], room: float, otherwise: float) -> float:
    """Return the middle of the last gap between neighbours that has room, or a place without."""
    for (_, low), (high, _) in reversed(list(itertools.pairwise(ends))):
        if high - low >= room:
            return (low + high) / 2
    return otherwise
