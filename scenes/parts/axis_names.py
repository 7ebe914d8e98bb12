"""Names of axes that stand between two tick labels, where they cost no room."""

from __future__ import annotations

import itertools

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import TICK, Plot
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
        middle = _gap(ends, name.advance + 0.2)
        base = plot.x_labels[0].origin[1] if plot.x_labels else inner.bottom - 0.4
        if middle is None and ends:
            middle = max(ends[-1][1] + 0.15, inner.right - name.advance) + name.advance / 2
        out.add(name.place(inner.right if middle is None else middle, base, "center"))
    if y:
        name = look.math(y, size=TYPE.tick, role="muted")
        ends = [(label.box.bottom, label.box.top) for label in plot.y_labels]
        middle = _gap(ends, 0.66 * name.em + 0.16)
        right = max((label.box.right for label in plot.y_labels), default=inner.left - 0.15)
        if middle is None and plot.y_labels:
            # Beside the shortest label, where the longest one keeps room anyway.
            short = max(plot.y_labels, key=lambda label: label.box.left)
            beside = short.box.left - 0.09
            if beside - name.advance >= min(label.box.left for label in plot.y_labels) - 0.05:
                right, middle = beside, sum(ends[plot.y_labels.index(short)]) / 2
            else:
                name.place(inner.left, inner.top + 0.1, "center", "bottom")
                return out.add(name)
        if middle is None:
            middle = inner.center[1]
        out.add(name.place(right, middle, "right", "middle"))
    return out


def room_for_name(look: Look, y: str) -> float:
    """Return what the name of an axis that goes upward needs left of it, in units."""
    return look.math_width(y, size=TYPE.tick) + 0.75 * TICK + 0.1


def _gap(ends: list[tuple[float, float]], room: float) -> float | None:
    """Return the middle of the last gap between neighbours that has room, or None."""
    for (_, low), (high, _) in reversed(list(itertools.pairwise(ends))):
        if high - low >= room:
            return (low + high) / 2
    return None
