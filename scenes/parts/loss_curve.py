"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VMobject
from manim.constants import LineJointType

from scenes.look import Look
from scenes.parts.dashing import dashed
from scenes.parts.loss import LossPlot
from scenes.parts.plot import clip
from scenes.parts.strokes import Points, line, set_lines, thin
from scenes.theme import STROKE

TURN, CLOSE = 2.5, 0.08
"""A loss that turns every so many steps is restless, and what is so many units wide is hardly
more than a line."""

FINE, HUSHED = 0.62, 0.55
"""A loss that is hardly to be followed is drawn so wide, in widths of the others, and one that has
stepped back in widths of its own: the run that is talked about is never the thinnest."""


class LossCurve(VMobject):
    """The loss of a run up to the playhead; there is a gap where it is 0 or has no value.

    One that goes up and down within hardly more than its own width would be a filled band: it is
    finer than others.

    Parameters
    ----------
    look, loss
        The look, and where to draw.
    values
        The loss at every step, from the start on.
    role, pattern
        Colour, and lengths of dash and gap by turns.
    """

    def __init__(
        self,
        look: Look,
        loss: LossPlot,
        values: Sequence[float],
        role: str = "curve",
        pattern: Sequence[float] = (),
        width: float = STROKE.curve * 0.7,
    ) -> None:
        super().__init__(stroke_width=0, fill_opacity=0)
        self.joint_type = LineJointType.ROUND
        self.role, self.loss, self.pattern = role, loss, tuple(pattern)
        self.logs = _logs(values[: int(loss.plot.window.right) + 2])
        self.arrival = self.arrives(self.logs)
        close = (loss.plot.x(1.0) - loss.plot.x(0.0)) * TURN < CLOSE
        if self.restless:
            # Its dashes would fill each other's gaps.
            self.pattern = ()
            width *= FINE if close else 1.0
        self.match_style(line(look, role=role, width=width))

    @property
    def restless(self) -> bool:
        """Whether the loss goes up and down so often that dashes could not be seen."""
        drawn = self.logs[self.logs >= math.log(self.loss.threshold)]
        if len(drawn) < 3:
            return False
        moves = np.diff(drawn)
        turns = int((np.sign(moves[1:]) != np.sign(moves[:-1])).sum())
        return turns * TURN > len(moves) and float(np.abs(moves).sum()) > 2 * float(np.ptp(drawn))

    def arrives(self, logs: Points) -> float:
        """Return the step from which a loss stays below the threshold, or the last one.

        If it is too low there to be seen, the curve ends where it crosses the line.
        """
        level = math.log(self.loss.threshold)
        above = np.flatnonzero(logs >= level)
        last = int(above[-1]) if len(above) else 0
        if not len(above) or last + 1 == len(logs) or np.isnan(logs[last + 1]):
            return float(last)
        if self.loss.landing(math.exp(logs[last + 1])) < self.loss.level:
            return last + 1.0
        return last + float((logs[last] - level) / (logs[last] - logs[last + 1]))

    def show(self, position: float) -> None:
        """Draw the curve up to a position of the playhead."""
        end = min(max(position, 0.0), self.arrival)
        self.draw(*_up_to(self.logs, end))

    def draw(self, steps: Points, logs: Points) -> None:
        """Draw a curve through steps and logarithms of values, with gaps at NaN."""
        plot = self.loss.plot
        x = plot.x(0.0) + steps * (plot.x(1.0) - plot.x(0.0))
        pieces = clip(np.column_stack([x, self.loss.heights(logs)]), self.loss.inner)
        thinned = [piece[thin(piece, 0.008)] for piece in pieces]
        set_lines(self, dashed(thinned, self.pattern))


class LossSweep(LossCurve):
    """The loss of runs that differ in one setting, as a function of that setting.

    The playhead counts runs: at 2 the third run's curve is drawn, at 2.5 one halfway to the next.

    Parameters
    ----------
    look, loss
        The look, and where to draw.
    runs
        The loss at every step, for each run.
    role, pattern, width
        As of `LossCurve`.
    """

    def __init__(
        self,
        look: Look,
        loss: LossPlot,
        runs: Sequence[Sequence[float]],
        role: str = "curve",
        pattern: Sequence[float] = (),
        width: float = STROKE.curve * 0.7,
    ) -> None:
        super().__init__(look, loss, max(runs, key=len), role, pattern, width)
        self.curves = np.full((len(runs), len(self.logs)), np.nan)
        for index, values in enumerate(runs):
            logs = _logs(values[: len(self.logs)])
            self.curves[index, : len(logs)] = logs

    def show(self, position: float) -> None:
        """Draw the curve of a setting."""
        last = len(self.curves) - 1
        index = min(int(max(position, 0.0)), last)
        part = min(max(position, 0.0), last) - index
        here = self.curves[index]
        if part > 0:
            here = here + (self.curves[index + 1] - here) * part
        end = self.arrives(here)
        self.draw(*_up_to(here, end))


def _up_to(logs: Points, end: float) -> tuple[Points, Points]:
    """Return the steps and their values, and last what is between two steps, at the end."""
    index = int(end)
    tip = logs[index]
    if end > index:
        tip += (logs[index + 1] - tip) * (end - index)
    return np.append(np.arange(index + 1), end), np.append(logs[: index + 1], tip)


def _logs(values: Sequence[float]) -> Points:
    """Return logarithms; NaN where there is none: at 0, below, and NaN."""
    return np.array([math.log(x) if x > 0 and math.isfinite(x) else np.nan for x in values])
