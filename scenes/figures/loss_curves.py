"""The loss of several runs on a logarithmic axis: a straight line is a constant factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from manim import VMobject

from gdcore import GradientDescent
from scenes import parameters
from scenes.figure import Figure
from scenes.losses import Losses
from scenes.methods import name_of
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import dots, line, set_lines
from scenes.parts.window import Window, log_ticks
from scenes.telling import formula, up_or_down
from scenes.theme import STROKE, TYPE
from scenes.words import count, in_a_row, number

MOST = 6
"""Rates that find room."""

TITLE = 0.62
"""Room for the line over the plot, in units."""

SPACED = 0.2
"""Steps that are farther apart than this, in units, have a dot each."""

ALONG = tuple(part / 100 for part in (70, 62, 78, 54, 86, 46, 38, 92, 30, 22, 97, 14))
"""Where along a line its name stands, in parts of its length."""


class LossCurves(Figure):
    """The loss over the steps for several learning rates, on a logarithmic axis.

    Parameter of its own: `rates`, one to six learning rates.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 40
    title = "Loss curves"
    rates: Any = (0.01, 0.1, 0.3)
    kinds: ClassVar = {"rates": parameters.rates(1, MOST)}
    heights: ClassVar = {"85mm": 6.6, "170mm": 7.2}

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check that the rates differ.

        Raises
        ------
        UsageError
            If not.
        """
        super().check(values)
        if len(set(values["rates"])) < len(values["rates"]):
            raise parameters.UsageError(
                f"rates = {values['rates']}: allowed: rates that differ from each other"
            )

    def construct(self) -> None:
        """Draw one line for each rate, and name it."""
        runs = [self.run(learning_rate=rate) for rate in self.rates]
        losses = self.losses = Losses.of(self.objective, runs)
        fields: dict[str, Any] = {f"rate_{at}": rate for at, rate in enumerate(self.rates)}
        fields |= {f"loss_{at}": row[-1] for at, row in enumerate(losses.above)}
        ends = in_a_row([f"{{loss_{at}}} with rate {{rate_{at}}}" for at in range(len(runs))])
        what = "f" if losses.from_zero else "f above its lowest value"
        straight = all(losses.ratio(at) is not None for at in range(len(runs)))
        lines = ": straight lines" if straight else ""
        told = (
            f"On a logarithmic axis, {what} over the steps of {{method}} on {{formula}} from "
            f"x = {{x}}{lines}; after at most {{n}} it is {ends}."
        )
        with self.picture(
            told if losses.measured else "{formula} at x = {x}: no loss is left to fall.",
            formula=formula(self.objective),
            method=name_of(self.optimizer),
            x=runs[0].points[0][0],
            n=count(max(losses.last, 1), "step"),
            **(fields if losses.measured else {}),
        ):
            self.draw()

    def draw(self) -> None:
        """Draw the axes, the lines, and their names."""
        losses, look = self.losses, self.look
        low, high = losses.ends if losses.measured else (0.1, 10.0)
        window = Window(0.0, float(max(losses.last, 1)), low, high, log_y=True)
        marks = self.marks(low, high)
        plot = self.plot = Plot(
            look,
            self.region.inset(top=TITLE),
            window,
            x_name='"step" n',
            y_name="",
            y_ticks=(),
            left_room=AxisMarks.room(*(words for _, words in marks)),
        )
        self.add(plot, AxisMarks(look, plot, marks, upright=True), *self.heading())
        clear = Obstacles(plot.inner.inset(right=-0.2))
        clear.add(plot)
        if not losses.measured:
            words = look.text("at the minimum from the start on", role="muted")
            self.add(words.place(*plot.inner.center, "center"))
            return
        groups = losses.groups()
        drawn = [self.line(group[0], at) for at, group in enumerate(groups)]
        self.add(*(part for parts in drawn for part in parts))
        clear.add(*(part for parts in drawn for part in parts))
        for at in sorted(range(len(groups)), key=lambda at: len(drawn[at][0].points)):
            self.name(groups[at], at, clear)

    def marks(self, low: float, high: float) -> list[tuple[float, Lettering]]:
        """Return the marks of the axis that goes upward: powers of ten."""
        values = log_ticks(low, high, 6)
        decades = [f"10^({number(round(number_of), 3)})" for number_of in map(_power, values)]
        return [
            (value, self.look.math(source, TYPE.tick, "muted"))
            for value, source in zip(values, decades, strict=True)
        ]
