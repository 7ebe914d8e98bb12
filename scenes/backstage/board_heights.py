"""What is told at the upright axis of FromScratch's plot: how low the run is after a step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import BESIDE, RIM, level_line, value_name
from scenes.parts.axis_notes import let_be
from scenes.parts.feet import GONE
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot
from scenes.parts.step import LANDED, SLID, part_of
from scenes.parts.strokes import Points, line, set_lines

WIDEST = 0.9
"""The widest number that is written there, in units."""

APART = 0.05
"""Between two numbers of the axis at least, in units."""


def height_name(look: Look, value: float) -> Lettering | None:
    """Return a value of the function as it is written at the axis; None where it is too long."""
    name = value_name(look, value)
    return name if name.advance <= WIDEST else None


class Heights(VGroup):
    """The values where steps have landed, each until the next step, with a line to the point.

    The numbers of the axis, which this takes over from the plot, make room for them.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    xs, values
        The places that are told, and the values there, or none; the first one is where the run
        starts.
    name
        The name of the axis: a value that would meet it is left out.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        xs: Sequence[float],
        values: Sequence[float],
        name: Lettering,
    ) -> None:
        super().__init__()
        self.plot, self.name, self.steps = plot, name, len(xs) - 1
        self.numbers, self.ticks = plot.hand_over(1)
        self.told: dict[int, tuple[float, float, Lettering, VMobject]] = {}
        for index, (x, value) in enumerate(zip(xs, values, strict=False)):
            words = height_name(look, value)
            if index and words and plot.shows(x, value):
                drawn = line(look, role="curve")
                self.told[index] = x, value, words, drawn
                self.add(drawn, words)
        self.add(self.ticks, self.numbers)
        self.show(-1.0)

    def level(self, index: int) -> Points:
        """Return the line (2, 2) from the axis to where a step has landed, or none (0, 2)."""
        if index not in self.told:
            return np.zeros((0, 2))
        x, value, _, _ = self.told[index]
        across, high = self.plot.at(x, value)
        return np.array([(self.plot.inner.left, high), (across - RIM, high)])

    def show(self, position: float) -> None:
        """Show what is told when the run has come so far; after its last step told it leaves."""
        run, past = min(position, float(self.steps)), max(position - self.steps, 0.0)
        left = self.plot.inner.left
        taken: list[tuple[Region, float]] = []
        for index, (x, value, words, drawn) in self.told.items():
            over = part_of(run - index, 0.0, GONE) if index < self.steps else min(2 * past, 1.0)
            strength = part_of(run - index + 1, SLID, LANDED) * (1 - over)
            spot = self.plot.at(x, value)
            words.place(left - BESIDE, float(spot[1]), "right", "middle")
            if words.box.inset(bottom=-APART, top=-APART).meets(self.name.box):
                strength = 0.0
            let_be(words, strength)
            reached = [np.array(self.plot.tick(value, 1)), *level_line(self.plot, spot)]
            set_lines(drawn, reached if strength else [])
            drawn.set_stroke(opacity=strength)
            if strength:
                taken.append((words.box.inset(bottom=-APART, top=-APART), strength))
        for mark, label, tick in zip(self.plot.y_ticks, self.numbers, self.ticks, strict=True):
            label.place(*label.origin)
            hidden = max((most for box, most in taken if box.meets(label.box)), default=0.0)
            let_be(label, 1 - hidden)
            set_lines(tick, [self.plot.tick(mark, 1)])
            tick.set_stroke(opacity=1 - hidden)
