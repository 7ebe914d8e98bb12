"""What a step makes of x, held against the diagonal, and a run between the two."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import LineJointType, VGroup
from numpy.typing import ArrayLike, NDArray

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.lettering import Lettering
from scenes.parts.panel import DOT
from scenes.parts.plot import Plot, clip
from scenes.parts.source import figure
from scenes.parts.strip import FEWEST_ROWS, Strip
from scenes.parts.strokes import (
    Points,
    arrow_outline,
    dashed,
    dots,
    line,
    set_lines,
    shape,
)
from scenes.parts.trail import within
from scenes.parts.window import Window, ticks
from scenes.theme import TYPE
from scenes.words import number

TITLE, LINE, FOOT = 0.56, 0.38, 0.46
"""Heights of the first line over a picture, of each further one, and of the numbers under it."""

STRIP = 1.7
"""Where so much room is left under the picture, the run's history stands there too."""

MOST = 200
"""Steps that are drawn: later ones lie on each other."""


@dataclass(frozen=True)
class StepMap:
    """What a step of gradient descent makes of x: x − rate · f′(x)."""

    objective: Any
    rate: float

    def values(self, *arrays: ArrayLike) -> NDArray[np.float64]:
        """Return where each x of an array goes."""
        xs = np.asarray(arrays[0], dtype=np.float64)
        slopes = np.asarray(self.objective.gradients(xs)[0], dtype=np.float64)
        return np.asarray(xs - self.rate * slopes)


class Cobweb(VGroup):
    """A run as a cobweb: up or down to the map, across to the diagonal, and so on.

    Parameters
    ----------
    look, region, trace
        The look, where it stands, and a run of one variable.
    mapping, window
        What a step of the run makes of x, and what is shown of it: as much upward as across.
    heading
        Lines that stand over it.
    room
        Left of the plot, for the numbers of the first picture in a row.
    labelled
        Whether it has those numbers.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        trace: Trace,
        mapping: StepMap,
        window: Window,
        heading: Sequence[Lettering],
        *,
        room: float,
        labelled: bool,
    ) -> None:
        super().__init__()
        head = TITLE + LINE * (len(heading) - 1)
        side = min(region.width, region.height - head - FOOT)
        top = region.top - head
        square = Region(region.left - room, top - side - FOOT, region.left + side, top)
        marks = marks_for(look, window, side)
        self.plot = Plot(
            look,
            square,
            window,
            x_name="",
            y_name="",
            x_ticks=marks,
            y_ticks=marks if labelled else (),
            equal=True,
            left_room=room,
        )
        plot, inner = self.plot, self.plot.inner
        low, high = window.left, window.right
        self.diagonal = line(look, role="muted", width=0.35)
        self.diagonal_ends = np.array([plot.at(low, low), plot.at(high, high)])
        set_lines(self.diagonal, dashed(self.diagonal_ends, 0.14, 0.08))
        self.map = plot.curve(mapping, role="step")
        self.path = line(look, role="point", width=0.3)
        self.path.joint_type = LineJointType.ROUND
        corners = _corners(plot, trace)
        set_lines(self.path, clip(corners, inner))
        self.heads = shape(look, role="point")
        set_lines(self.heads, _heads(corners, inner))
        self.start = dots(look, corners[:1][within(corners[:1], inner)], "point", 2.2)
        self.add(plot, self.diagonal, self.map, self.path, self.heads, self.start)
        for index, words in enumerate(reversed(heading)):
            self.add(words.place(inner.left, top + 0.16 + LINE * index))
        numbers = [*plot.x_labels, *plot.y_labels, *heading]
        self.add(
            *(
                name
                for name in name_axes(look, plot, "x_n", "x_(n+1)" if labelled else "")
                if not any(name.box.meets(words.box, -0.05) for words in numbers)
            )
        )
        rest = Region(region.left, region.bottom, region.right, inner.bottom - FOOT)
        if rest.height >= STRIP:
            # Of a run that leaves the picture, only what is in it: a line that is cut at the edge
            # again and again would look like one that comes back to it.
            seen = trace.first(lambda point, _: not window.left <= point[0] <= window.right)
            kept = trace if seen is None else trace.beginning(max(seen - 1, 0))
            rows = max(len(trace.steps), FEWEST_ROWS)
            strip = Strip(look, plot, rest, kept, rows=rows, numbered=labelled, dot=DOT)
            strip.show(float(len(kept.steps)))
            self.add(strip)


def marks_for(look: Look, window: Window, side: float) -> tuple[float, ...]:
    """Return the numbers on the axes of a picture: as many as leave room for the axis' name."""

    def width(written: str) -> float:
        return look.math_width(written, size=TYPE.tick)

    def fits(values: Sequence[float]) -> bool:
        widths = [width(figure(number(value, 6))) for value in values]
        free = side * (values[-1] - values[-2]) / (window.right - window.left)
        return free - (widths[-1] + widths[-2]) / 2 > width("x_n") + 0.3

    every = ticks(window.left, window.right, 3)
    for some in (every, every[:: max(len(every) - 1, 1)]):
        if len(some) > 1 and fits(some):
            return some
    return every[len(every) // 2 :][:1]


def left_room(look: Look, marks: Sequence[float]) -> float:
    """Return what such numbers need left of the axis that goes upward."""
    return 0.28 + max(look.math_width(figure(number(x, 6)), size=TYPE.tick) for x in marks)


def _corners(plot: Plot, trace: Trace) -> Points:
    """Return the corners (n, 2) of the cobweb; it starts on the diagonal."""
    xs = [point[0] for point in trace.points[: MOST + 1]]
    out = [(xs[0], xs[0])]
    for here, there in itertools.pairwise(xs):
        out += [(here, there), (there, there)]
    return np.array([plot.at(*corner) for corner in out])


def _heads(corners: Points, inner: Region) -> list[Points]:
    """Return arrow heads in the middle of the first sides, where there is room for them."""
    out = []
    for first, last in itertools.islice(itertools.pairwise(corners), 6):
        length = float(np.hypot(*(last - first)))
        if length < 0.55 or not within(np.array([first, last]), inner).all():
            continue
        unit = (last - first) / length
        middle = (first + last) / 2
        out.append(arrow_outline(middle - 0.1 * unit, middle + 0.1 * unit, 0.3, 1.9))
    return out
