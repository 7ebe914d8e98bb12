"""Where a run of two variables goes: a polyline and dots on the plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup
from manim.constants import LineJointType
from numpy.typing import ArrayLike

from scenes.look import Look
from scenes.parts.dashing import dashed
from scenes.parts.markers import marker_points
from scenes.parts.placing import dense
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import Points, dots, line, set_lines, thin
from scenes.theme import STROKE, units

WALKER = STROKE.ghost * 0.9
"""Diameter of the place where the run is."""

FREE = 0.7
"""A dot is at most so many times as large as its way to the next one: dots never fill a line."""


class Path(VGroup):
    """A run of two variables as a function of the playhead: from landing to landing in chords.

    Parameters
    ----------
    look, plot
        The look, and where to draw; what lies outside of the plot is cut.
    points
        The iterates (n, 2), in data units.
    role
        The colour.
    diameter
        Of the dots, in % of the frame's shorter side; the walker is larger. Where steps are short
        the dots shrink with them, down to the width of the line.
    pattern
        Lengths of dash and gap by turns, in units; none for a solid line.
    kind
        The shape of the walker, as of `marker_points`, and of the dots.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        points: ArrayLike,
        role: str = "point",
        diameter: float = STROKE.ghost * 0.45,
        width: float = STROKE.curve * 0.6,
        pattern: Sequence[float] = (),
        kind: int = 0,
    ) -> None:
        super().__init__()
        self.plot, self.role, self.diameter, self.pattern = plot, role, diameter, pattern
        self.kind = kind
        data = np.asarray(points, dtype=float).reshape(-1, 2)
        self.centers = np.column_stack(
            [[plot.x(x) for x in data[:, 0]], [plot.y(y) for y in data[:, 1]]]
        )
        self.kept = np.array(thin(self.centers, 0.006))
        # Every step that can be told from the one before: fewer would make a slow run look quick.
        # The start has a dot of its own, in the plane.
        inner = plot.inner
        self.marked = np.array(
            [
                index
                for index in self.kept
                if index
                and inner.left <= self.centers[index][0] <= inner.right
                and inner.bottom <= self.centers[index][1] <= inner.top
            ],
            dtype=int,
        )
        self.chords = line(look, role=role, width=width)
        # A mitre at a sharp turn would look like one more point.
        self.chords.joint_type = LineJointType.ROUND
        self.marks = dots(look, role=role, diameter=diameter)
        spots = zip(self.centers[self.marked], self._diameters(diameter, width), strict=True)
        outlines = [marker_points(spot, kind, size) for spot, size in spots]
        self.outlines = np.concatenate([np.zeros((0, 3)), *outlines])
        self.each = len(outlines[0]) if outlines else 0
        self.walker = dots(look, role=role, diameter=WALKER)
        self.add(self.chords, self.marks, self.walker)

    def _diameters(self, most: float, least: float) -> Points:
        """Return the diameters of the dots: less where the steps are shorter than the dots."""
        ways = np.hypot(*np.diff(self.centers[self.kept], axis=0).T)
        nearest = np.minimum(np.append(np.inf, ways), np.append(ways, np.inf))
        at = np.searchsorted(self.kept, self.marked)
        out: Points = np.clip(FREE * nearest[at] / units(1.0), min(least, most), most)
        return out

    def drawn(self) -> Points:
        """Return points (n, 2) close together along what is drawn now, in units."""
        ends = self.chords.points[:, :2].reshape(-1, 4, 2)[:, [0, 3]]
        return np.concatenate([dense(pair, 0.1) for pair in ends]) if len(ends) else ends[:, 0]

    @property
    def reach(self) -> float:
        """How wide or high what is drawn now is, in units."""
        drawn = self.drawn()
        return float(np.ptp(drawn, axis=0).max()) if len(drawn) else 0.0

    def here(self, position: float) -> Points:
        """Return the frame's point (2,) at a position of the playhead."""
        last = len(self.centers) - 1
        index = int(min(max(position, 0.0), last))
        part = min(max(position, 0.0), last) - index
        following = self.centers[min(index + 1, last)]
        between: Points = self.centers[index] + (following - self.centers[index]) * part
        return between

    def show(self, position: float) -> None:
        """Draw the run up to a position of the playhead."""
        here = self.here(position)
        passed = self.centers[self.kept[: np.searchsorted(self.kept, position, side="right")]]
        chords = clip(np.vstack([passed, here]), self.plot.inner)
        set_lines(self.chords, dashed(chords, self.pattern))
        self.marks.points = self.outlines[
            : self.each * int(np.searchsorted(self.marked, position, side="right"))
        ]
        visible = clip(np.array([here - 1e-6, here + 1e-6]), self.plot.inner)
        outline = marker_points(here, self.kind, WALKER)
        self.walker.points = outline if visible else outline[:0]
