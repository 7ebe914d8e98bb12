"""A dotted line from the curve down to the x-axis, and words at its foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dashes, line, set_lines
from scenes.theme import STROKE, units

ABOVE = 0.18
"""Between the axis and the words at a foot, in units."""

UPWARD = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)
"""How far up the line words go where its foot is taken, in parts of its length."""


class Plumb(VGroup):
    """A dotted line from a place on the curve down to the x-axis, with room for words beside it.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    x, value
        The place.
    lift
        How far above the axis it ends, in units: there may be something else in between.
    """

    def __init__(
        self, look: Look, plot: Plot, x: float, value: float, *, lift: float = 0.0
    ) -> None:
        super().__init__()
        self.base = plot.on_axis(x) + np.array([0.0, lift])
        # As far as the plot goes; at a pole too.
        reach = min(plot.y(value), plot.inner.top) if np.isfinite(value) else plot.inner.top
        self.top = np.array([self.base[0], max(reach, float(self.base[1]))])
        # It stops short of the point, which may be a ring that one can see through.
        short = min(0.62 * units(STROKE.point), float(self.top[1] - self.base[1]))
        end = self.top - np.array([0.0, short])
        self.add(set_lines(line(look, role="muted"), dashes(self.base, end)))

    def put(
        self,
        label: Lettering,
        clear: Obstacles,
        sides: Sequence[str] = ("right", "left"),
        least: float = 0.0,
    ) -> Lettering:
        """Put words beside the line: at its foot, or at least so far up where there is room."""
        return put_at_foot(label, self.base, self.top, clear, sides, least)


def put_at_foot(
    label: Lettering,
    base: Points,
    top: Points,
    clear: Obstacles,
    sides: Sequence[str],
    least: float = 0.0,
) -> Lettering:
    """Put words beside an upright line, as near to its lower end as there is room.

    Parameters
    ----------
    label
        The words; they become an obstacle to the next ones.
    base, top
        The ends of the line (2,).
    clear
        What is in the way.
    sides
        Of the line, the better one first.
    least
        How far up they stand at least, in parts of the line.
    """
    foot = base + np.array([0.0, ABOVE + 0.33 * label.em])
    anchors = [foot + (top - foot) * part for part in UPWARD if part >= least]
    place_near(label, anchors, clear, sides, (0.14, 0.24), only=True)
    # By their baselines, with or without descenders, so that two such labels are level.
    middle = label.box.center[1]
    level = min((float(y) for _, y in anchors), key=lambda y: abs(y - middle))
    return label.place(label.origin[0], level, on="middle")
