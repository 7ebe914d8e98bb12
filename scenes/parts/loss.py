"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import VGroup, VMobject
from manim.constants import LineJointType

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import dashed
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import Points, dots, line, set_lines, thin
from scenes.parts.window import Window, ticks
from scenes.theme import STROKE, TYPE

NAME = '"steps"'
"""The name of the axis, in Typst mathematics."""

BAND = 0.5
"""Height of the band below the threshold, in units: there the numbers of steps stand."""


def loss_window(start: float, threshold: float, steps: int, height: float) -> Window:
    """Return the window of a race: from the start's power of ten to a band below the threshold.

    Parameters
    ----------
    start
        The loss at the start.
    threshold
        The finishing line.
    steps
        How many steps are seen.
    height
        Of the region, in units.
    """
    top = start if start > threshold and math.isfinite(start) else 1e3 * threshold
    highest = top * 1.5
    share = BAND / max(height - 0.45, 2 * BAND)
    lowest = threshold * (threshold / highest) ** (share / (1 - share))
    return Window(0.0, float(steps), lowest, highest, log_y=True)


def _step_ticks(steps: float, width: float, label: float, name: float) -> tuple[float, ...]:
    """Return round numbers of steps, with room for the axis's name at its end."""
    for about in (4, 3, 2, 1):
        marks = tuple(mark for mark in ticks(0.0, steps, about) if mark == int(mark))
        if len(marks) < 2 or (marks[1] - marks[0]) / steps * width > label + 0.3:
            break
    last = steps * (1 - (name + label / 2 + 0.2) / width)
    return tuple(mark for mark in marks if mark <= last)


class LossPlot(VGroup):
    """Axes for the loss over the steps; the threshold is the finishing line.

    A run that is below it has arrived and is not drawn further. Under the line there is a band for
    the numbers of steps. `show(1)` takes the plot to its second region, `show(2)` to the third.

    Parameters
    ----------
    look, regions
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
        regions: Sequence[Region],
        start: float,
        threshold: float,
        steps: int,
        name: str = "f",
    ) -> None:
        super().__init__()
        self.look, self.threshold, self.name = look, threshold, name
        windows = [loss_window(start, threshold, steps, region.height) for region in regions]
        lowest = min(region.height for region in regions)
        decades = math.log10(windows[0].top) - math.log10(threshold)
        every = math.floor(decades + 1e-9)
        pace = max(
            1, math.ceil(every / 3), math.ceil(0.28 * decades / max(lowest - 0.45 - BAND, 0.2))
        )
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        self.x_name = look.math(NAME, TYPE.tick, "muted")
        self.y_name = look.math(f'{name} " (log scale)"', TYPE.tick, "muted")
        widest = look.math(str(steps), TYPE.tick).advance
        narrowest = min(region.width for region in regions) - 0.8
        self.plot = Plot(
            look,
            regions[0],
            windows[0],
            x_name="",
            y_name="",
            x_ticks=_step_ticks(steps, narrowest, widest, self.x_name.advance),
            y_ticks=marks,
            later=windows[1:],
            rooms=regions[1:],
        )
        self.line = line(look, role="muted", width=STROKE.guide * 1.3)
        self.add(self.plot, self.x_name, self.y_name, self.line)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Stand in a region, or on the way to the next one."""
        self.plot.show(position)
        inner = self.plot.inner
        self.level = self.plot.y(self.threshold)
        base = self.plot.x_labels[0].origin[1] if self.plot.x_labels else inner.bottom - 0.4
        self.x_name.place(inner.right, base, "right")
        self.y_name.place(inner.left - 0.1, inner.top + 0.14)
        set_lines(self.line, [[(inner.left, self.level), (inner.right, self.level)]])

    @property
    def inner(self) -> Region:
        """The rectangle of the curves: down to the finishing line."""
        return replace(self.plot.inner, bottom=self.level)

    def at_level(self, step: int) -> Points:
        """Return the place of a step on the threshold's line."""
        return np.array([self.plot.x(step), self.level])

    def heights(self, logs: Points) -> Points:
        """Return the frame's y of natural logarithms of values."""
        low, high = self.plot.y(1.0), self.plot.y(math.e)
        out: Points = low + logs * (high - low)
        return out

    def numbers(self, steps: Sequence[int], widths: Sequence[float]) -> list[float | None]:
        """Return the frame's x at which numbers below the line are centred, None without room.

        Each stands as near to its step as its neighbours allow, and in their order.
        """
        inner, gap = self.plot.inner, 0.1
        order = sorted(range(len(steps)), key=lambda at: steps[at])
        wanted = [float(self.plot.x(step)) for step in steps]
        places: dict[int, float] = {}
        free = inner.left + 0.06
        for index in order:
            places[index] = max(wanted[index], free + widths[index] / 2)
            free = places[index] + widths[index] / 2 + gap
        free = inner.right
        for index in reversed(order):
            places[index] = min(places[index], free - widths[index] / 2)
            free = places[index] - widths[index] / 2 - gap
        if order and free + gap < inner.left:
            return [None] * len(steps)
        return [places[index] for index in range(len(steps))]

    def flag(self, step: int, label: Lettering | None, x: float | None) -> VGroup:
        """Return the dot where a run stays below the threshold from, and its label below at x.

        A label that had to give way to another one is led to its dot by a line.
        """
        place, role = self.at_level(step), label.base_role if label else "text"
        out = VGroup(dots(self.look, [place], role, STROKE.ghost * 0.75))
        if label and x is not None:
            top = self.level - 0.2
            out.add(label.place(x, top, "center", "top"))
            if abs(x - place[0]) > 0.06:
                out.add(line(self.look, np.array([place, (x, top + 0.03)]), role, STROKE.axis))
        return out


class LossCurve(VMobject):
    """The loss of a run up to the playhead; there is a gap where it is 0 or has no value.

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
        width: float = STROKE.curve * 0.8,
    ) -> None:
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(line(look, role=role, width=width))
        self.joint_type = LineJointType.ROUND
        self.role, self.loss, self.pattern = role, loss, tuple(pattern)
        self.logs = _logs(values[: int(loss.plot.window.right) + 2])
        if self.restless:
            # Its dashes would fill each other's gaps.
            self.pattern = ()
            self.set_stroke(width=0.5 * self.get_stroke_width())

    @property
    def restless(self) -> bool:
        """Whether the loss goes up and down so often that dashes could not be seen."""
        drawn = self.logs[self.logs >= math.log(self.loss.threshold)]
        if len(drawn) < 3:
            return False
        moves = np.diff(drawn)
        turns = int((np.sign(moves[1:]) != np.sign(moves[:-1])).sum())
        return turns > 0.4 * len(moves) and float(np.abs(moves).sum()) > 2 * float(np.ptp(drawn))

    def show(self, position: float) -> None:
        """Draw the curve up to a position of the playhead."""
        end = min(max(position, 0.0), len(self.logs) - 1)
        index = int(end)
        steps = np.append(np.arange(index + 1), end)
        tip = self.logs[index]
        if end > index:
            tip += (self.logs[index + 1] - tip) * (end - index)
        self.draw(steps, np.append(self.logs[: index + 1], tip))

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
        width: float = STROKE.curve * 0.8,
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
        self.draw(np.arange(len(here), dtype=np.float64), here)


def _logs(values: Sequence[float]) -> Points:
    """Return logarithms; NaN where there is none: at 0, below, and NaN."""
    return np.array([math.log(x) if x > 0 and math.isfinite(x) else np.nan for x in values])
