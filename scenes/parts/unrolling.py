"""The trail of a run on its way from the curve to the rows of a strip."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.color import mix
from scenes.look import Look
from scenes.parts.runner import Runner
from scenes.parts.strip import Strip
from scenes.parts.strokes import dot_points, dots
from scenes.parts.trail import within
from scenes.theme import units


class Unrolling(VGroup):
    """The iterates up to one position: at 0 on the curve, at 1 each in a row of its own.

    All of them keep their x.

    Parameters
    ----------
    look, runner, strip
        The look, the run on its curve, and its history.
    position
        Where the playhead stands meanwhile.
    """

    def __init__(self, look: Look, runner: Runner, strip: Strip, position: float) -> None:
        super().__init__()
        last = runner.reached(position)
        points, values = runner.trace.points[: last + 1], runner.trace.values[: last + 1]
        starts = np.array([runner.plot.at(x, f) for (x,), f in zip(points, values, strict=True)])
        ends = strip.centers[: last + 1]
        # What lies outside of the plot comes with the strip.
        seen = within(starts, runner.plot.inner) & within(ends, strip.wide)
        self.left = np.array([starts[:-1][seen[:-1]], ends[:-1][seen[:-1]]])
        self.head = np.array([starts[-1:][seen[-1:]], ends[-1:][seen[-1:]]])
        sizes = np.full(last + 1, strip.dot)
        outlines = runner.ghosts.outlines[:, :2].reshape(-1, 16, 2)
        born = runner.ghosts.births <= last
        sizes[runner.ghosts.births[born]] = np.ptp(outlines[born, :, 0], axis=1) / units(1.0)
        head = np.full(int(seen[-1]), runner.diameter)
        self.sizes = (sizes[:-1][seen[:-1]], strip.dot), (head, strip.size)
        self.colors = str(runner.ghosts.get_fill_color()), look.color(strip.marks.role)
        self.marks, self.point = dots(look, role=strip.marks.role), dots(look, role=runner.role)
        self.add(self.marks, self.point)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Draw them a part of the way."""
        for part, (here, there), (first, last) in (
            (self.marks, self.left, self.sizes[0]),
            (self.point, self.head, self.sizes[1]),
        ):
            size = first + (last - first) * position
            part.points = dot_points(here + (there - here) * position, size)
        self.marks.set_fill(mix(*self.colors, position))
