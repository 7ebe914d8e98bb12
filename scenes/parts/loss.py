"""The loss over the steps of a run, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.dashing import dashed
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import Points, dashes, dots, line, set_lines, thin
from scenes.parts.window import Window
from scenes.theme import STROKE

BELOW = 2
"""Powers of ten that are seen below the threshold."""


def loss_window(start: float, threshold: float, steps: int) -> Window:
    """Return the window of a race: from the start's power of ten to well below the threshold.

    Examples
    --------
    >>> loss_window(250.0, 0.01, 600)
    Window(left=0.0, right=600.0, bottom=0.0001, top=1000.0, log_y=True)
    """
    top = start if start > threshold and math.isfinite(start) else 1e3 * threshold
    highest = 10.0 ** math.ceil(math.log10(top) + 0.1)
    lowest = 10.0 ** (math.floor(math.log10(threshold) + 1e-9) - BELOW)
    return Window(0.0, float(steps), lowest, highest, log_y=True)


class LossPlot(VGroup):
    """Axes for the loss over the steps, with the threshold as a dashed line.

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
        every = round(math.log10(window.top) - math.log10(threshold))
        pace = 1 if every <= 3 else 2 if every <= 7 else math.ceil(every / 3)
        marks = [threshold * 10.0**power for power in range(0, every + 1, pace)]
        self.plot = Plot(look, region, window, x_name="", y_name="", y_ticks=marks)
        self.names = name_axes(look, self.plot, '"steps"', name)
        self.level = self.plot.y(threshold)
        inner = self.plot.inner
        self.line = line(look, role="minimum", width=STROKE.guide * 1.3)
        set_lines(self.line, dashes((inner.left, self.level), (inner.right, self.level), 0.1, 0.08))
        self.add(self.plot, self.names, self.line)

    @property
    def inner(self) -> Region:
        """The rectangle of the curves."""
        return self.plot.inner

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
        width: float = STROKE.curve,
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
        width: float = STROKE.curve,
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
