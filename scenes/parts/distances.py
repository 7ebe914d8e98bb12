"""How far a run is from the minimum: a bar in front of the first distance."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.strokes import line, set_lines
from scenes.theme import units

WIDTH = 0.8
"""Of the bar, in % of the frame's shorter side: less than that of a step's arrow."""

END = 0.09
"""Half the length of an end mark, in units."""

LEAST = 0.03
"""A bar of any length at all is at least so long, in units: what is left can be seen."""


class ToMinimum(VGroup):
    """The distance from the minimum to the walker, as a function of the playhead.

    A thin line is as long as the distance at the start: what is left is seen as a part of it.

    Parameters
    ----------
    look, plot, runner
        The look, what gives the places, and the run.
    minimum
        The x of the minimum.
    y
        Where the bar lies, in units.
    room
        Where it does if not under the axis; there all distances go to the right.
    most
        The longest distance that has room there, in parts of the first one.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        runner: Runner,
        minimum: float,
        y: float,
        room: Region | None = None,
        most: float = 1.0,
    ) -> None:
        super().__init__()
        self.runner, self.y, self.beside = runner, y, room is not None
        self.valley = self.zero = plot.x(minimum)
        self.room, self.times = room or plot.inner, 1.0
        first = plot.x(runner.trace.start[0]) - self.valley
        if room:
            self.zero, self.times = room.left, room.width / abs(most * first) if first else 1.0
        start = self._end(first)
        whole = line(look, [(self.zero, y), (start, y)], "muted")
        first = line(look, [(start, y - END), (start, y + END)], "muted")
        # Where a distance ends its bar is not covered: the mark lies outside.
        edge = self.zero - np.sign(start - self.zero) * units(WIDTH / 4)
        zero = line(look, [(edge, y - END), (edge, y + END)], "minimum", WIDTH / 2)
        self.bar = line(look, role="text", width=WIDTH)
        self.add(whole, first, zero, self.bar)

    def show(self, position: float) -> None:
        """Show how far it is at a position of the playhead."""
        long = self._end(float(self.runner.place(position)[0]) - self.valley) - self.zero
        if 0 < abs(long) < LEAST:
            long = float(np.copysign(LEAST, long))
        set_lines(self.bar, [[(self.zero, self.y), (self.zero + long, self.y)]])

    def _end(self, distance: float) -> float:
        """Return where the bar of a distance on the screen ends."""
        x = self.zero + (abs(distance) if self.beside else distance) * self.times
        return float(np.clip(x, self.room.left, self.room.right))
