"""Names of the axes of a plane, at their ends."""

from __future__ import annotations

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.theme import TYPE, units

ROOM = 0.3
"""What the names need to the right of an axis and above one, in units."""


def name_ends(
    look: Look, plot: Plot, x: str, y: str, size: float = TYPE.tick, gap: float = 0.16
) -> VGroup:
    """Return the names of both axes: x right of its axis, y above its own.

    Parameters
    ----------
    look, plot
        The look, and the plot, which has no titles of its own.
    x, y
        Typst mathematics; empty for none.
    size
        Of the type.
    gap
        Between the axis and the name beside it, in units; an axis goes on beyond its plot.
    """
    inner, out = plot.inner, VGroup()
    if x:
        out.add(look.math(x, size, "muted").place(inner.right + gap, inner.bottom, on="middle"))
    if y:
        name = look.math(y, size, "muted")
        out.add(name.place(inner.left, inner.top + 0.07 + 0.22 * units(size), "center"))
    return out


def within(region: Region) -> Region:
    """Return what a region leaves to a plot whose axes are named at their ends."""
    return region.inset(right=ROOM)
