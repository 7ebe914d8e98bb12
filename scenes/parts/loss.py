"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from manim.constants import LineJointType

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import dashed
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot, clip
from scenes.parts.source import figure
from scenes.parts.spread import APART, BESIDE, sparse_ticks, spread_out
from scenes.parts.strokes import Points, line, set_lines, thin
from scenes.parts.window import Window, ticks
from scenes.theme import STROKE, TYPE
from scenes.words import number

NAME = '"steps"'
"""The name of the axis, in Typst mathematics."""

FINISH = "finish"
"""The name of the threshold's line, at its end."""

LINE = 1.7
"""Width of that line, in widths of a guide."""

BEYOND = 0.12
"""Between the last place of a number and the names beside the axis, in units."""

EVEN = (5, 8, 10)
"""About so many ticks an axis has, whether a number stands at them or not."""

LEAST = 0.1
"""Between the axis's 0 and the number next to it, in units."""


def loss_window(start: float, threshold: float, steps: int) -> Window:
    """Return the window of a race: from the start's power of ten to the threshold.

    Parameters
    ----------
    start
        The loss at the start.
    threshold
        The finishing line.
    steps
        How many steps are seen.
    """
    top = start if start > threshold and math.isfinite(start) else 1e3 * threshold
    return Window(0.0, float(steps), threshold, top * 1.5, log_y=True)


class LossPlot(VGroup):
    """Axes for the loss over the steps; the threshold is the finishing line.

    A run that is below it has arrived and is not drawn further. The line is the axis: the numbers
    of steps that runs needed stand among those of the axis. `show(1)` takes the plot to its second
    region, `show(2)` to the third.

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
    told
        The numbers of steps that will stand at the axis.
    left_room
        The least room for labels left of the axis, for what stands in line above.
    """

    def __init__(
        self,
        look: Look,
        regions: Sequence[Region],
        start: float,
        threshold: float,
        steps: int,
        name: str = "f",
        told: Sequence[int] = (),
        left_room: float = 0.0,
    ) -> None:
        super().__init__()
        self.look, self.threshold, self.name = look, threshold, name
        self.x_name = look.math(NAME, TYPE.tick, "muted")
        self.y_name = look.math(f'{name} " (log scale)"', TYPE.tick, "muted")
        self.finish = look.text(FINISH, size=TYPE.tick, role="muted")
        # Numbers may stand a little beyond the axis; the names come after them.
        aside = BESIDE + BEYOND + max(self.x_name.advance, self.finish.advance) + 0.02
        regions = [region.inset(right=aside) for region in regions]
        windows = [loss_window(start, threshold, steps)] * len(regions)
        lowest = min(region.height for region in regions)
        decades = math.log10(windows[0].top) - math.log10(threshold)
        every = math.floor(decades + 1e-9)
        pace = max(1, math.ceil(every / 3), math.ceil(0.34 * decades / max(lowest - 0.45, 0.2)))
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        widths = [look.math(figure(number(mark, 6)), TYPE.tick).advance for mark in marks]
        labels = max(max(widths) + 0.75 * TICK + 0.1, left_room) + 0.1
        self.plot = Plot(
            look,
            regions[0],
            windows[0],
            x_name="",
            y_name="",
            y_ticks=marks,
            left_room=left_room,
            later=windows[1:],
            rooms=regions[1:],
            x_sets=[self._marks(steps, region.width - labels, told) for region in regions],
        )
        self.line = line(look, role="muted", width=STROKE.guide * LINE)
        self.bare, self.notches = self._even(steps), line(look, role="axis")
        self.add(self.plot, self.x_name, self.y_name, self.finish, self.notches, self.line)
        self.show(0.0)

    def _marks(self, steps: int, width: float, told: Sequence[int]) -> list[float]:
        """Return round numbers of steps for an axis of a width, clear of those that are told."""

        def wide(value: float) -> float:
            return self.look.math(figure(number(value, 6)), TYPE.tick).advance

        marks = [mark for mark in sparse_ticks(0.0, steps, width, told, wide) if mark == int(mark)]
        order = sorted(set(told))
        halves = [wide(step) / 2 for step in order]
        wanted = [step / steps * width for step in order]
        first = spread_out(wanted, halves, -BESIDE, width + BESIDE)[:1]
        # An axis begins with 0 where there is any room for it.
        if 0.0 not in marks and first and first[0] - halves[0] - wide(0.0) / 2 > LEAST:
            marks.insert(0, 0.0)
        return marks

    def _even(self, steps: int) -> list[float]:
        """Return where the axis has ticks, evenly: also where a number has made room."""
        sets = (ticks(0.0, steps, about) for about in EVEN)
        labelled = {value for value in self.plot.x_ticks if value <= steps}
        return next((list(marks) for marks in sets if labelled <= {*marks}), [])

    def show(self, position: float) -> None:
        """Stand in a region, or on the way to the next one."""
        self.plot.show(position)
        inner = self.plot.inner
        self.level = self.plot.y(self.threshold)
        beside = inner.right + BESIDE + BEYOND
        base = inner.bottom - TICK - 0.08 - 0.66 * self.x_name.em
        self.x_name.place(beside, base)
        self.finish.place(beside, self.level, on="middle")
        marks = [(float(self.plot.x(value)), inner.bottom) for value in self.bare]
        set_lines(self.notches, [np.array([(x, y), (x, y - TICK)]) for x, y in marks])
        self.y_name.place(inner.left - 0.1, inner.top + 0.14)
        set_lines(self.line, [[(inner.left, self.level), (beside - 0.1, self.level)]])

    @property
    def inner(self) -> Region:
        """The rectangle of the curves: down to the finishing line."""
        return self.plot.inner

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

        Each stands as near to its step as its neighbours allow, and in their order. A number that
        two runs share stands there once.
        """
        inner = self.plot.inner
        order = [at for at in range(len(steps)) if steps.index(steps[at]) == at]
        order.sort(key=lambda at: steps[at])
        # As ticks that keep clear of them do, they may stand a little beyond the axis.
        low, high = inner.left - BESIDE, inner.right + BESIDE
        out: list[float | None] = [None] * len(steps)
        if sum(widths[at] + APART for at in order) - APART > high - low:
            return out
        wanted = [float(self.plot.x(steps[at])) for at in order]
        halves = [widths[at] / 2 for at in order]
        for at, place in zip(order, spread_out(wanted, halves, low, high), strict=True):
            out[at] = place
        return out

    def flag(self, step: int, mark: VMobject, label: Lettering | None, x: float | None) -> VGroup:
        """Return a mark where a run stays below the threshold from, with its label below at x.

        The label stands among the numbers of the axis; a tick leads to it from the mark, aslant
        where it had to give way to another one.
        """
        place, out = self.at_level(step), VGroup()
        if label and x is not None:
            label.place(x, self.level - TICK - 0.08 - 0.66 * label.em, "center")
            away = abs(x - place[0]) > 0.06
            ends = [place, (x if away else place[0], label.box.top + 0.04)]
            out.add(line(self.look, np.array(ends), label.base_role, STROKE.axis), label)
        return out.add(mark)


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
        width: float = STROKE.curve * 0.7,
    ) -> None:
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(line(look, role=role, width=width))
        self.joint_type = LineJointType.ROUND
        self.role, self.loss, self.pattern = role, loss, tuple(pattern)
        self.logs = _logs(values[: int(loss.plot.window.right) + 2])
        if self.restless:
            # Its dashes would fill each other's gaps.
            self.pattern = ()

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
        self.draw(np.arange(len(here), dtype=np.float64), here)


def _logs(values: Sequence[float]) -> Points:
    """Return logarithms; NaN where there is none: at 0, below, and NaN."""
    return np.array([math.log(x) if x > 0 and math.isfinite(x) else np.nan for x in values])
