"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.dashing import dashed
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import Points, dashes, dots, line, set_lines, thin
from scenes.parts.window import Window, ticks
from scenes.theme import STROKE, TYPE

NAME = '"steps"'
"""The name of the axis, in Typst mathematics."""

BAND = 0.4
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
    highest = 10.0 ** math.ceil(math.log10(top) + 0.1)
    share = BAND / max(height - 0.45, 2 * BAND)
    lowest = threshold * (threshold / highest) ** (share / (1 - share))
    return Window(0.0, float(steps), lowest, highest, log_y=True)


def _step_ticks(steps: float, width: float, label: float) -> tuple[float, ...]:
    """Return round numbers of steps, with room for the axis's name between two of them."""
    for about in (4, 3, 2, 1):
        marks = tuple(mark for mark in ticks(0.0, steps, about) if mark == int(mark))
        if len(marks) < 2 or (marks[1] - marks[0]) / steps * width > label + 1.0:
            break
    return marks


class LossPlot(VGroup):
    """Axes for the loss over the steps; the threshold is the finishing line, dashed.

    A run that is below it has arrived and is not drawn further. Under the line there is a band for
    the numbers of steps.

    Parameters
    ----------
    look, region, window
        The look, where it stands, and what it shows, with a logarithmic y.
    threshold
        The value that is to be stayed below.
    name
        Typst mathematics for what is measured.
    """

    def __init__(
        self, look: Look, region: Region, window: Window, threshold: float, name: str = "f"
    ) -> None:
        super().__init__()
        self.look = look
        every = math.floor(math.log10(window.top) - math.log10(threshold) + 1e-9)
        # Between two labels there is room for the axis's name.
        pace = max(1, math.ceil(0.66 / max((region.height - 0.45 - BAND) / max(every, 1), 0.05)))
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        widest = look.math(str(int(window.right)), TYPE.tick).advance
        within = region.inset(right=max(0.0, widest / 2 - 0.1))
        self.plot = Plot(
            look,
            within,
            window,
            x_name="",
            y_name="",
            x_ticks=_step_ticks(window.right, within.width - 0.6, widest),
            y_ticks=marks,
        )
        self.names = name_axes(look, self.plot, NAME, name)
        self.level = self.plot.y(threshold)
        inner = self.plot.inner
        self.line = line(look, role="minimum", width=STROKE.guide * 1.3)
        set_lines(self.line, dashes((inner.left, self.level), (inner.right, self.level), 0.1, 0.08))
        self.add(self.plot, self.names, self.line)

    @property
    def inner(self) -> Region:
        """The rectangle of the curves: down to the finishing line."""
        return replace(self.plot.inner, bottom=self.level)

    def at_level(self, step: int) -> Points:
        """Return the place of a step on the threshold's line."""
        return np.array([self.plot.x(step), self.level])

    def heights(self, values: Sequence[float]) -> Points:
        """Return the frame's y of values; NaN where there is none: at 0, below, and NaN."""
        return np.array(
            [
                self.plot.y(value) if value > 0 and math.isfinite(value) else np.nan
                for value in values
            ]
        )

    def numbers(self, steps: Sequence[int], widths: Sequence[float]) -> list[float | None]:
        """Return the frame's x at which numbers below the line are centred, None without room.

        Each stands as near to its step as its neighbours allow.
        """
        places: list[float | None] = [None] * len(steps)
        taken: list[tuple[float, float]] = []
        inner = self.plot.inner
        for index in sorted(range(len(steps)), key=lambda at: steps[at]):
            half = widths[index] / 2
            free = max([inner.left + 0.06, *(right + 0.1 for _, right in taken)])
            wanted = float(self.plot.x(steps[index]))
            x = min(max(wanted, free + half), inner.right - half)
            if abs(x - wanted) <= half + 0.12 and x - half >= free - 1e-9:
                places[index] = x
                taken.append((x - half, x + half))
        return places

    def flag(self, step: int, role: str) -> VMobject:
        """Return the dot at the place where a run stays below the threshold from."""
        return dots(self.look, [self.at_level(step)], role, STROKE.ghost * 0.75)


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
        self.role, self.loss, self.pattern = role, loss, tuple(pattern)
        seen = values[: int(loss.plot.window.right) + 2]
        self.heights = loss.heights(seen)
        self.places = np.array([loss.plot.x(n) for n in range(len(seen))])

    def show(self, position: float) -> None:
        """Draw the curve up to a position of the playhead."""
        last = len(self.heights) - 1
        end = min(max(position, 0.0), last)
        index = int(end)
        x = np.append(self.places[: index + 1], np.interp(end, range(last + 1), self.places))
        tip = self.heights[index]
        if end > index:
            tip += (self.heights[index + 1] - tip) * (end - index)
        self.draw(x, np.append(self.heights[: index + 1], tip))

    def draw(self, x: ArrayLike, y: ArrayLike) -> None:
        """Draw a curve through places in units, with gaps at NaN."""
        pieces = clip(np.column_stack([x, y]), self.loss.inner)
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
        self.curves = np.full((len(runs), len(self.places)), np.nan)
        for index, values in enumerate(runs):
            heights = loss.heights(values[: len(self.places)])
            self.curves[index, : len(heights)] = heights

    def show(self, position: float) -> None:
        """Draw the curve of a setting."""
        last = len(self.curves) - 1
        index = min(int(max(position, 0.0)), last)
        part = min(max(position, 0.0), last) - index
        here = self.curves[index]
        if part > 0:
            here = here + (self.curves[index + 1] - here) * part
        self.draw(self.places, here)
