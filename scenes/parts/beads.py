"""The trail of a long run: beads where steps are long, a thin line where they are short."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenes.parts.strokes import Points, dot_points
from scenes.parts.trail import RunGhosts
from scenes.theme import SHORT_SIDE, STROKE

SHARE = 0.7
"""The diameter of a bead in parts of the step that leads on from it: beads do not touch."""

LEAST = 1.25 * STROKE.curve
"""The least diameter: what cannot be told apart is a line that covers the curve."""


class Beads(RunGhosts):
    """The iterates of a run as dots on the curve, each as large as the step from it allows.

    What it takes is as of `RunGhosts`; `diameter` is the largest.
    """

    behind: ClassVar[bool] = False
    """Whether the step that led to a bead decides instead of the one that leads on."""

    def _lay(self, points: Points) -> None:
        super()._lay(points)
        if not len(self.births):
            return
        # A run that jumps to and fro has its neighbour two steps on.
        way = points[::-1] if self.behind else points
        gaps = np.minimum(_gap(way, 1), _gap(way, 2))
        gaps = (gaps[::-1] if self.behind else gaps)[self.births]
        sizes = np.clip(SHARE * 100 * gaps / SHORT_SIDE, LEAST, self.diameter)
        centers = np.repeat(points[self.births], 16, axis=0)
        self.outlines = dot_points(points[self.births], 1.0)
        self.outlines[:, :2] -= centers
        self.outlines[:, :2] *= np.repeat(sizes, 16)[:, None]
        self.outlines[:, :2] += centers


class Arrivals(Beads):
    """Beads as large as the step that led there allows.

    Of a few steps that shrink fast it shows each: the last but one looks out from under the point.
    """

    behind = True


def _gap(points: Points, ahead: int) -> Points:
    """Return how far each point is from one of the next; the last ones, and the same place: far."""
    out = np.full(len(points), np.inf)
    if len(points) > ahead:
        with np.errstate(invalid="ignore", over="ignore"):
            apart = np.hypot(*(points[ahead:] - points[:-ahead]).T)
        out[:-ahead] = np.where(apart > 1e-3, apart, np.inf)
    return out
