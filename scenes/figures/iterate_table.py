"""A table of iterates: the slope at each point, the step that it makes, and the new point."""

from __future__ import annotations

from typing import Any, ClassVar

from gdcore import GradientDescent
from scenes.figure import MARGIN, WIDTHS, Figure
from scenes.methods import extras_of, name_of
from scenes.parts.columns import HEAD, Column, Columns, aligned
from scenes.parts.lettering import Lettering
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.steps_beside import StepsBeside
from scenes.parts.table import told_rows
from scenes.settings import apply_settings
from scenes.telling import formula, goal, rate_of
from scenes.theme import SHORT_SIDE, TYPE, units
from scenes.words import count, decimals_for, number

ROWS = 11
"""The most rows: a run of more steps keeps its first ones and its last one."""

TITLE, FOOT, PITCH = 0.62, 0.5, 1.5
"""Room for the line over the table, for the numbers under the picture; rows, in em."""

SIZES = {"85mm": TYPE.tick, "170mm": 4.0, "slide": TYPE.label}


class IterateTable(Figure):
    """A table of iterates: n, x, slope, step and f(x), aligned on the decimal points."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 10
    title = "Iterates"

    def shape(self) -> None:
        """Give manim's frame the height that the rows need."""
        width = self.parameters.get("width", "slide")
        if width == "slide":
            super().shape()
            return
        rows = min(self.parameters["max_steps"] + 1, ROWS)
        table = (HEAD + PITCH * (rows + 0.45)) * units(SIZES[width])
        below = 0.05 if width == "85mm" else FOOT
        apply_settings(frame=(WIDTHS[width], TITLE + table + below + 2 * MARGIN[width]))

    def construct(self) -> None:
        """Draw the table, and beside it the steps where there is room."""
        trace, n = self.trace, len(self.trace.steps)
        rates = {rate_of(self.optimizer, step) for step in trace.steps}
        self.rate = next(iter(rates)) if len(rates) == 1 else None
        rate = " with rate {rate}" if self.rate is not None else ""
        with self.picture(
            f"A table of {{n}} of {{method}} on {{formula}} from x = {{x}}{rate}: n, x, slope, "
            "step and f(x); at the end x = {last} and f(x) = {value}."
            if n
            else "A table of a start without a step: x = {x}. {stop}",
            n=count(n, "step"),
            method=name_of(self.optimizer),
            formula=formula(self.objective),
            rate=self.rate,
            x=trace.points[0][0],
            last=trace.points[-1][0],
            value=trace.values[-1],
            stop=trace.stop.sentence,
        ):
            self.draw()

    def draw(self) -> None:
        """Put the table at the left, and what its steps look like at the right."""
        region, size = self.region, SIZES[self.width]
        self.told = told_rows(len(self.trace.steps), ROWS)
        table = Columns(
            self.look,
            region.left,
            region.top - TITLE,
            region.width,
            self.columns(),
            size=size,
            pitch=PITCH,
            widest=2.6 if self.is_narrow else 1.7,
        )
        self.add(table)
        right = table.right
        if not self.is_narrow and region.right - table.right > 3.0:
            right = region.right
            middle = [y + 0.33 * units(size) for y in table.baselines]
            beside = region.inset(left=table.right - region.left + 0.6)
            beside = beside.inset(
                top=region.top - table.rule, bottom=table.bottom - region.bottom
            )
            valley = goal(self.objective, self.trace)
            self.add(StepsBeside(self.look, beside, self.trace, self.told, middle, valley))
        self.add(*self.heading(region.left, right, region.top - 0.36))

    def columns(self) -> list[Column]:
        """Return what stands in the table."""
        trace = self.trace
        shown = [n for n in self.told if n is not None]
        slopes = [gradient[0] for gradient in trace.gradients]
        deltas = [step.delta[0] for step in trace.steps]
        step = f"-{figure(number(self.rate))} f'(x_n)" if self.rate is not None else "Delta x_n"

        def column(
            name: str, source: str, values: Any, roles: Any
        ) -> Column:
            told = [values[n] for n in shown if n < len(values)]
            decimals = decimals_for(told, 5)
            cells = [
                None if n is None else aligned(values[n], decimals) if n < len(values) else ""
                for n in self.told
            ]
            return Column(name, source, cells, [roles(n) for n in self.told])

        index = ["" if n is None else str(n) for n in self.told]
        ups = [slope_role(slope) for slope in slopes]
        return [
            Column("", "n", [text or None for text in index], ["muted"] * len(index)),
            column("point", "x_n", [x for (x,) in trace.points], lambda n: "point"),
            column("slope", "f'(x_n)", slopes, lambda n: "muted" if n is None else ups[n]),
            column("step", step, deltas, lambda n: "step"),
            column("value", "f(x_n)", trace.values, lambda n: "curve"),
        ]

    def heading(self, left: float, right: float, y: float) -> list[Lettering]:
        """Return the function and the rule, as far as there is room for them."""
        name = self.look.math(f"f(x) = {self.objective.typst}", role="curve")
        if self.rate is not None:
            rule = self.look.math("x_(n+1) = x_n + #text(\"step\")")
        else:
            extras = extras_of(self.optimizer)
            rule = self.look.text(f"{name_of(self.optimizer)}{', ' if extras else ''}{extras}")
        out = [name.place(left, y)] if name.advance <= right - left else []
        if sum(words.advance for words in out) + rule.advance + 0.5 <= right - left:
            out.append(rule.place(right, y, "right"))
        return out
