"""All steps of a run under its plot: one row a step, so that arrows never lie on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import VGroup, VMobject

from gdcore import Step, Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import TICK, Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import (
    Points,
    arrow_outline,
    dashes,
    dot_points,
    line,
    set_lines,
    shape,
    thin,
)  # fmt: skip
from scenes.parts.tangents import tangent_segment
from scenes.parts.window import roomy_ticks, ticks
from scenes.theme import TYPE
from scenes.words import number

FOOT = 0.5
"""What the numbers of the lower axis need, in units."""

HEAD, TAIL = 0.16, 0.08
"""Free space over the first row and under the last one, in units."""

ROW = 0.27
"""A row as high as this has room for what is written in it, in units."""

TANGENT = 0.35
"""Width of a tangent, in % of the shorter side: there are many."""

DOWNHILL = 0.8
"""So far tangents go downhill, in units: farther, they would cover each other and the curve."""

GAPS = (0.14, 0.22)
"""From a line to what is written at its end, in units."""


TIGHT = 0.06
"""So much nearer than other type may be what stands in a column, in units."""


class Tangents(VGroup):
    """The tangents at all points of a run: uphill to the plot's edge, downhill a short way.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable.

    Attributes
    ----------
    segments
        Those that can be seen, by the index of their point.
    """

    def __init__(self, look: Look, plot: Plot, trace: Trace) -> None:
        super().__init__()
        length = 2 * (plot.inner.width + plot.inner.height)
        self.plot = plot
        places = shown_places(plot, trace)
        self.segments: dict[int, Points] = {}
        for index in places:
            (x,), (slope,) = trace.points[index], trace.gradients[index]
            down, up = 2 * DOWNHILL, length
            before, ahead = (down, up) if slope >= 0 else (up, down)
            for segment in tangent_segment(plot, x, trace.values[index], slope, before, ahead):
                self.segments[index] = segment
        for role in ("slope_up", "slope_down"):
            lines = [
                segment
                for index, segment in self.segments.items()
                if slope_role(trace.gradients[index][0]) == role
            ]
            if lines:
                self.add(set_lines(line(look, role=role, width=TANGENT), lines))

    def label(self, written: Callable[[int], Lettering], clear: Obstacles) -> list[Lettering]:
        """Write what they are at their upper ends, the first ones first, and return what fits.

        Parameters
        ----------
        written
            Returns what is written at the tangent of an index.
        clear
            What is in the way; there should be room right of the plot and above it.
        """
        out: list[Lettering] = []
        for index, segment in self.segments.items():
            high = max(segment, key=lambda end: float(end[1]))
            words = written(index)
            across = "right" if high[0] > segment[:, 0].mean() else "left"
            sides: tuple[str, ...] = (across,)
            if high[1] > self.plot.inner.top - 1e-6:
                # The first one is the widest: it makes room for those that follow.
                back = "left" if across == "right" else "right"
                sides = ("above", f"above {across}") if out else (f"above {back}", "above")
            place_near(words, high, clear.copy(), sides, GAPS, only=True)
            if words.is_free:
                clear.add_box(words.box.inset(TIGHT / 2, TIGHT, TIGHT / 2, TIGHT))
                out.append(words)
        return out


def shown_places(plot: Plot, trace: Trace) -> dict[int, Points]:
    """Return the places of a run's points by index; those that look the same are left out."""
    pairs = [(point[0], value) for point, value in zip(trace.points, trace.values, strict=True)]
    seen = [index for index, pair in enumerate(pairs) if plot.shows(*pair)]
    places = np.array([plot.at(*pairs[index]) for index in seen]).reshape(-1, 2)
    return {seen[at]: places[at] for at in thin(places)}


class Cascade(VGroup):
    """A guide from each point of a run down to its row, and there the arrow of its step.

    Parameters
    ----------
    look, plot, region
        The look, the plot above, which has no ticks on its x-axis, and where the rows are.
    trace
        The run of one variable.
    written
        Returns what is written at the tail of a step's arrow.
    ending
        What is written where the run ends.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        region: Region,
        trace: Trace,
        written: Callable[[Step], Lettering],
        ending: Lettering,
    ) -> None:
        super().__init__()
        inner = plot.inner
        self.look, self.plot, self.trace, self.right = look, plot, trace, region.right
        self.inner = Region(inner.left, region.bottom + FOOT, inner.right, inner.bottom)
        self.rows = max(len(trace.steps), 1)
        self.pitch = (self.inner.height - HEAD - TAIL) / (self.rows + 1)
        self.guides, self.arrows = line(look, role="axis"), shape(look, role="step")
        self.ends = shape(look, role="point")
        self.add(self._frame(), self.guides, self.arrows, self.ends)
        self._draw()
        if self.pitch >= ROW:
            self.add(*self._write(written, ending))

    def row(self, n: float) -> float:
        """Return the y of a step's row."""
        return self.inner.top - HEAD - (n + 0.5) * self.pitch

    def _draw(self) -> None:
        inner, places = self.inner, shown_places(self.plot, self.trace)
        guides = [
            dash
            for index, place in places.items()
            for dash in dashes((place[0], place[1]), (place[0], self.row(index)))
        ]
        set_lines(self.guides, guides)
        size = min(1.0, self.pitch / 0.3)
        outlines = []
        for index, step in enumerate(self.trace.steps):
            ends = [
                (float(np.clip(self.plot.x(x), inner.left, inner.right)), self.row(index))
                for x in (step.point[0], step.next_point[0])
            ]
            if index in places or index + 1 in places:
                outlines.append(arrow_outline(ends[0], ends[1], 0.7 * size, 2.2 * size))
        set_lines(self.arrows, outlines)
        last = max(places, default=0)
        seen = bool(places) and last == len(self.trace.steps)
        self.end = [(float(places[last][0]), self.row(last))] if seen else []
        self.ends.points = dot_points(self.end, 1.8)

    def _frame(self) -> VGroup:
        inner, look = self.inner, self.look
        left, bottom = inner.left, inner.bottom
        lines = [
            [(left, inner.top), (left, bottom)],
            [(left, bottom), (inner.right + 0.08, bottom)],
        ]
        out = VGroup()

        def label(value: float) -> Lettering:
            return look.math(figure(number(value, 6)), size=TYPE.tick, role="muted")

        window = self.plot.window
        for value in roomy_ticks(
            window.left, window.right, inner.width, lambda value: label(value).advance
        ):
            x = self.plot.x(value)
            lines.append([(x, bottom), (x, bottom - TICK)])
            words = label(value)
            out.add(words.place(x, bottom - TICK - 0.08 - 0.66 * words.em, "center"))
        every = range(self.rows + 1) if self.pitch >= ROW else ticks(0, self.rows, 5)
        for n in every:
            words = look.math("n = 0" if n == 0 else f"{round(n)}", TYPE.minimum, "muted")
            # Not in the way of the number of the axis above, where rows are low.
            y = min(self.row(n), inner.top - HEAD - ROW / 2)
            out.add(words.place(left - 0.12, y, "right", "middle"))
        name = look.math("x", role="muted")
        out.add(name.place(inner.right + 0.18, bottom - 0.2 * name.em))
        return out.add(set_lines(line(look, role="axis"), lines))

    def _write(self, written: Callable[[Step], Lettering], ending: Lettering) -> Iterator[VMobject]:
        clear = Obstacles(Region(self.inner.left, self.inner.bottom, self.right, self.inner.top))
        clear.add(self.guides, self.ends)
        heads = {step.index: self.row(step.index) for step in self.trace.steps}
        for index, y in heads.items():
            step = self.trace.steps[index]
            tail, tip = (self.plot.x(x) for x in (step.point[0], step.next_point[0]))
            if not all(self.inner.left <= x <= self.inner.right for x in (tail, tip)):
                continue
            behind = ("right", "left") if tip <= tail else ("left", "right")
            words = written(step)
            clear.add_box(Region(min(tail, tip), y - 0.05, max(tail, tip), y + 0.05))
            own = clear.copy()
            for side, x in zip(behind, (tail, tip), strict=True):
                place_near(words, (x, y), own.copy(), (side,), (0.14,), only=True)
                if words.is_free:
                    clear.add_box(words.box.inset(0.0, TIGHT, 0.0, TIGHT))
                    yield words
                    break
        for centre in self.end:
            place_near(ending, centre, clear, ("right", "left"), only=True)
            if ending.is_free:
                yield ending
