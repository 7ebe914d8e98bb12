"""Where a run has been: ghosts on the curve, and its history in a strip of its own."""

from __future__ import annotations

import itertools

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.step import LANDED, SCALED, locate, part_of
from scenes.parts.strokes import Points, corners, dashes, dot_points, dots, line, set_lines, thin
from scenes.parts.window import ticks
from scenes.theme import STROKE, TYPE


class Ghosts(VMobject):
    """Dots at points that have been left, in order; shows those before the playhead.

    Parameters
    ----------
    look
        Gives the colour.
    centers
        Points (n, 2) in units; those that are not finite or closer together than half a pixel are
        left out.
    role, diameter
        How the dots look.
    """

    def __init__(
        self,
        look: Look,
        centers: ArrayLike,
        role: str = "trail",
        diameter: float = STROKE.ghost,
        region: Region | None = None,
    ) -> None:
        super().__init__(stroke_width=0, fill_color=look.color(role), fill_opacity=1)
        self.role = role
        points = np.asarray(centers, dtype=float).reshape(-1, 2)
        finite = np.isfinite(points).all(axis=1)
        if region is not None:
            finite &= (points[:, 0] >= region.left - 1e-6) & (points[:, 0] <= region.right + 1e-6)
            finite &= (points[:, 1] >= region.bottom - 1e-6) & (points[:, 1] <= region.top + 1e-6)
        index = np.flatnonzero(finite)
        kept = thin(points[index])
        self.births = index[kept] if len(kept) else np.zeros(0, dtype=int)
        self.outlines = dot_points(points[self.births], diameter)

    def show(self, position: float) -> None:
        """Show the iterates that the run has left behind at this position."""
        # An iterate is left when the point drops to the axis.
        born = int(np.searchsorted(self.births, position - SCALED, side="right"))
        self.points = self.outlines[: 16 * born]


class Strip(VGroup):
    """The history of one coordinate below its plot: x across, the step's number downward.

    A chord from one row to the next says that the walker flew; rows are shared with nothing else,
    so that nothing crosses. `show` draws the history up to the playhead.

    Parameters
    ----------
    look, plot, region
        The look, the plot whose x-axis is continued, and where the strip is.
    runs
        The x of each run at every step.
    roles
        The colour of each run.
    rows
        The last step that has a row; None for the longest run's.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        region: Region,
        trace: Trace,
        role: str = "point",
        rows: int | None = None,
        dash: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.role = look, plot, role
        self.rows = rows or max(1, len(trace.steps))
        self.inner = Region(plot.inner.left, region.bottom + 0.12, plot.inner.right, region.top - 0.12)
        xs = np.array([point[0] for point in trace.points[: self.rows + 1]])
        across = np.array([plot.x(x) for x in xs])
        self.centers = np.column_stack([across, [self.row(n) for n in range(len(xs))]])
        self.frame = self._frame()
        self.chord = line(look, role="trail" if role == "point" else role, width=0.35)
        self.marks = Ghosts(
            look, self.centers, "trail" if role == "point" else role, 1.6, self.wide()
        )
        self.head = dots(look, role=role, diameter=STROKE.ghost * 1.15)
        self.add(self.frame, self.chord, self.marks, self.head)

    def row(self, n: float) -> float:
        """Return the y of a step's row."""
        return self.inner.top - n / self.rows * self.inner.height

    def wide(self) -> Region:
        """Return the strip with room for dots at its edges."""
        return self.inner.inset(0, -0.1, 0, -0.1)

    def _frame(self) -> VGroup:
        labels = [n for n in ticks(0, self.rows, 3) if n == int(n)]
        axis = line(self.look, [(self.inner.left, self.inner.top), (self.inner.left, self.inner.bottom)], "axis")
        out = VGroup(axis)
        for n in labels:
            y = self.row(n)
            out.add(
                self.look.math(str(int(n)), size=TYPE.minimum, role="muted").place(
                    self.inner.left - 0.18, y, "right", "middle"
                )
            )
        return out

    def show(self, position: float) -> None:
        """Draw the history up to a position of the playhead."""
        steps = len(self.centers) - 1
        index, phase = locate(min(position, float(steps)), steps)
        done = self.centers[: index + 1]
        reached = part_of(phase, SCALED, LANDED)
        end = done[-1]
        if steps and reached > 0:
            end = done[-1] + (self.centers[index + 1] - done[-1]) * reached
            done = np.vstack([done, end])
        inside = [point for point in done if self._visible(point)]
        self.chord.points = corners(np.array(inside)) if len(inside) > 1 else np.zeros((0, 3))
        self.marks.show(position + SCALED if phase >= 1 or phase == 0 else index + SCALED)
        self.head.points = dot_points([end], STROKE.ghost * 1.15) if self._visible(end) else np.zeros((0, 3))

    def envelope(self, middle: float, end: int) -> VMobject:
        """Return the distances to a data x, mirrored to both sides, as dashed lines to row `end`."""
        center = self.plot.x(middle)
        out = line(self.look, role="muted", width=STROKE.axis)
        pieces: list[Points] = []
        for side in (-1, 1):
            points = [
                np.array([center + side * abs(x - center), y]) for x, y in self.centers[: end + 1]
            ]
            for first, last in itertools.pairwise(points):
                if self._visible(first) and self._visible(last):
                    pieces += dashes(first, last)
        return set_lines(out, pieces)

    def _visible(self, point: Points) -> bool:
        return bool(
            np.isfinite(point).all()
            and self.inner.left - 0.05 <= point[0] <= self.inner.right + 0.05
        )
