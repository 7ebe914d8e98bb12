"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from manim.constants import LineJointType
from numpy.typing import NDArray

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import dashed
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot, clip
from scenes.parts.source import figure
from scenes.parts.strokes import Points, line, set_lines, thin
from scenes.parts.window import Window, ticks
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

NAME = '"steps"'
"""The name of the axis, in Typst mathematics."""

FINISH = "finish"
"""The name of the threshold's line, at its end."""

LINE = 1.7
"""Width of that line, in widths of a guide."""

BEYOND = 0.16
"""Between the end of the axis and the names beside it, in units."""

OVER = 0.36
"""What the name of the upright axis needs above it, in units."""

BAND, MOST_BAND = 0.56, 0.45
"""Between the finishing line and the axis, in units, where there is room, and in parts of the
height: there stand the numbers of steps."""

APART = 0.26
"""Between two numbers of an axis, in units, at least."""

NEAR = 0.04
"""So far beyond the axis its last number may reach, in units."""

MOST = 7
"""An axis has at most so many numbers of steps."""

TURN, CLOSE = 2.5, 0.08
"""A loss that turns every so many steps is restless, and what is so many units wide is hardly
more than a line."""

DIP = 0.1
"""Between the number of a step and a curve that dips below the line, in units."""

FINE, PALE = 0.34, 0.45
"""All of a loss that is hardly to be followed is drawn so wide, in widths of the line of its peaks,
and so far faded."""


def loss_window(start: float, threshold: float, steps: int, band: float = 0.0) -> Window:
    """Return the window of a race: from the start's power of ten to below the threshold.

    Parameters
    ----------
    start
        The loss at the start.
    threshold
        The finishing line.
    steps
        How many steps are seen.
    band
        The part of the height that lies below the threshold.
    """
    top = 1.5 * (start if start > threshold and math.isfinite(start) else 1e3 * threshold)
    return Window(
        0.0, float(steps), threshold * (threshold / top) ** (band / (1 - band)), top, log_y=True
    )


class LossPlot(VGroup):
    """Axes for the loss over the steps, with the threshold as the finishing line.

    A run that stays below it has arrived and is not drawn further: the band down to the axis is for
    the numbers of steps that runs needed, and for what dips below the line before.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    start, threshold
        The loss at the start, and the value that is to be stayed below.
    steps
        How many steps are seen.
    name
        Typst mathematics for what is measured.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        start: float,
        threshold: float,
        steps: int,
        name: str = "f",
    ) -> None:
        super().__init__()
        self.look, self.region, self.threshold, self.name = look, region, threshold, name
        x_name = look.math(NAME, TYPE.tick, "muted")
        y_name = look.math(f'{name} " (log scale)"', TYPE.tick, "muted")
        finish = look.text(FINISH, size=TYPE.tick, role="muted")
        inside = region.inset(right=BEYOND + max(x_name.advance, finish.advance), top=OVER)
        height = inside.height - 0.12 - 0.95 * units(TYPE.tick)
        window = loss_window(start, threshold, steps, min(MOST_BAND, BAND / height))
        decades = math.log10(window.top / threshold)
        every = math.floor(decades + 1e-9)
        pace = max(1, math.ceil(every / 5), math.ceil(0.3 * decades / max(height - BAND, 0.2)))
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        widths = [look.math_width(figure(number(mark, 6)), TYPE.tick) for mark in marks]
        across = inside.width - max(widths) - 0.75 * TICK - 0.2
        self.plot = Plot(
            look,
            inside,
            window,
            x_name="",
            y_name="",
            x_ticks=self._marks(steps, across),
            y_ticks=marks,
        )
        inner = self.plot.inner
        self.level = self.plot.y(threshold)
        # Down to the finishing line there are curves: words keep to the space between them.
        self.open = inner.inset(bottom=self.level - inner.bottom)
        beside = inner.right + BEYOND
        x_name.place(beside, inner.bottom, on="middle")
        finish.place(beside, self.level, on="middle")
        y_name.place(inner.left - 0.1, inner.top + 0.14)
        rule = line(look, role="muted", width=STROKE.guide * LINE)
        set_lines(rule, [[(inner.left, self.level), (beside - 0.08, self.level)]])
        self.add(self.plot, x_name, y_name, finish, rule)

    def _marks(self, steps: int, width: float) -> list[float]:
        """Return round numbers of steps, as many as stand side by side."""

        def wide(value: float) -> float:
            return self.look.math_width(figure(number(value, 6)), TYPE.tick)

        def fits(values: Sequence[float]) -> bool:
            pace = (values[1] - values[0]) / steps * width
            return len(values) <= MOST and max(map(wide, values)) + APART <= pace

        sets = [ticks(0.0, steps, about) for about in range(8, 0, -1)]
        whole = [[value for value in values if value == int(value)] for values in sets]
        # The name of the axis comes after the last number.
        inside = [
            [value for value in values if (1 - value / steps) * width > wide(value) / 2 - NEAR]
            for values in whole
        ]
        return next((values for values in inside if len(values) > 1 and fits(values)), [0.0])

    @property
    def inner(self) -> Region:
        """The rectangle of the plot."""
        return self.plot.inner

    def at_level(self, step: int) -> Points:
        """Return the place of a step on the threshold's line."""
        return np.array([self.plot.x(step), self.level])

    def heights(self, logs: Points) -> Points:
        """Return the frame's y of natural logarithms of values."""
        low, high = self.plot.y(1.0), self.plot.y(math.e)
        out: Points = low + logs * (high - low)
        return out

    def number(self, step: int, role: str, curves: Sequence[LossCurve] = ()) -> Lettering:
        """Return the number of a step straight below its place on the line.

        Where one of the curves dips below the line there, it stands to the right of that.
        """
        label = self.look.text(str(step), size=TYPE.tick, role=role)
        base = self.level - 0.5 * units(STROKE.ghost) - 0.1 - 0.66 * label.em
        least = self.inner.left + label.advance / 2 + 0.08
        label.place(max(least, float(self.plot.x(step))), base, "center")
        parts = [part.points[:, :2] for curve in curves for part in curve.get_family()]
        every = np.concatenate([np.zeros((0, 2)), *parts])
        dips = every[every[:, 1] < min(self.level, label.box.top + DIP)]
        for x in np.sort(dips[:, 0]):
            if label.box.left - DIP < x < label.box.right + DIP:
                label.place(float(x) + DIP, base)
        return label


class LossCurve(VMobject):
    """The loss of a run up to the playhead; there is a gap where it is 0 or has no value.

    One that goes up and down within hardly more than its own width would be a filled band: its
    peaks are joined by the line, and under that it is drawn thin and pale with all its values.

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
        self.match_style(line(look, role=role, width=width))
        self.joint_type = LineJointType.ROUND
        self.role, self.loss, self.pattern = role, loss, tuple(pattern)
        self.logs = _logs(values[: int(loss.plot.window.right) + 2])
        self.arrival = self.arrives(self.logs)
        self.kept = np.ones(len(self.logs), dtype=bool)
        if self.restless:
            # Its dashes would fill each other's gaps.
            self.pattern = ()
            if (loss.plot.x(1.0) - loss.plot.x(0.0)) * TURN < CLOSE:
                self.kept = _peaks(self.logs)
                fine = line(look, role=role, width=FINE * width)
                self.add(fine.set_stroke(look.theme.blend(role, PALE)).set_z_index(-1))

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
        """Return where, in steps, a loss comes below the threshold to stay, or where it ends."""
        level = math.log(self.loss.threshold)
        above = np.flatnonzero(logs >= level)
        last = int(above[-1]) if len(above) else 0
        if not len(above) or last + 1 == len(logs) or np.isnan(logs[last + 1]):
            return float(last)
        return last + float((logs[last] - level) / (logs[last] - logs[last + 1]))

    def show(self, position: float) -> None:
        """Draw the curve up to a position of the playhead."""
        end = min(max(position, 0.0), self.arrival)
        every = np.arange(int(end) + 1)
        self.draw(*_up_to(self.logs, end, every[self.kept[every]]))
        for fine in self.submobjects:
            self.draw(*_up_to(self.logs, end, every), fine)

    def restyle(self, color: str, width: float) -> LossCurve:
        """Give the curve a colour and a width, and what is under the line of its peaks with it."""
        self.set_stroke(color, width, family=False)
        for fine in self.submobjects:
            fine.set_stroke(self.loss.look.theme.blend(color, PALE), FINE * width)
        return self

    def draw(self, steps: Points, logs: Points, onto: VMobject | None = None) -> None:
        """Draw a curve through steps and logarithms of values, with gaps at NaN."""
        plot = self.loss.plot
        x = plot.x(0.0) + steps * (plot.x(1.0) - plot.x(0.0))
        pieces = clip(np.column_stack([x, self.loss.heights(logs)]), self.loss.inner)
        thinned = [piece[thin(piece, 0.008)] for piece in pieces]
        set_lines(self if onto is None else onto, dashed(thinned, self.pattern))


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
        self.draw(*_up_to(here, end, np.arange(int(end) + 1)))


def _up_to(logs: Points, end: float, steps: NDArray[np.int_]) -> tuple[Points, Points]:
    """Return some steps and their values, and last what is between two steps, at the end."""
    index = int(end)
    tip = logs[index]
    if end > index:
        tip += (logs[index + 1] - tip) * (end - index)
    return np.append(steps, end), np.append(logs[steps], tip)


def _peaks(logs: Points) -> NDArray[np.bool_]:
    """Return which values are no lower than their neighbours; where there are gaps, all."""
    around = np.concatenate([[-np.inf], logs, [-np.inf]])
    peaks: NDArray[np.bool_] = (logs >= around[:-2]) & (logs >= around[2:])
    peaks[0] = True
    peaks |= np.isnan(logs) | np.isnan(around[:-2]) | np.isnan(around[2:])
    return peaks


def _logs(values: Sequence[float]) -> Points:
    """Return logarithms; NaN where there is none: at 0, below, and NaN."""
    return np.array([math.log(x) if x > 0 and math.isfinite(x) else np.nan for x in values])
