"""A table of iterates: the slope at each point, the step that it makes, and the new point."""

from __future__ import annotations

from typing import Any

from gdcore import GradientDescent
from scenes.backstage.methods import extras_of, name_of
from scenes.figure import MARGIN, WIDTHS, Figure
from scenes.layout import Region
from scenes.parts.columns import Column, Columns, aligned
from scenes.parts.lettering import Lettering
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, ink, math
from scenes.parts.steps_beside import ROOM, StepsBeside
from scenes.parts.table import told_rows
from scenes.settings import apply_settings
from scenes.telling import formula, goal, rate_of
from scenes.theme import SHORT_SIDE, TYPE, units
from scenes.words import count, decimals_for, number

ROWS = 11
"""The most rows: a run of more steps keeps its first ones and its last one."""

TITLE, FOOT = 0.62, 0.5
"""Room for the line over the table, and for the numbers under the picture, in units."""

SIZES = {"85mm": TYPE.tick, "170mm": 4.0, "slide": TYPE.label}
PITCHES = {"85mm": 1.5, "170mm": 1.5, "slide": 1.36}
"""Type of the table in % of the shorter side, and from row to row in em."""

APART = {"85mm": 4.5, "170mm": 1.9, "slide": 1.5}
"""The widest gap between two columns, in em."""

LEAST = 3.0
"""A picture beside the table is at least so wide, in units."""

DIGITS = 6
"""Significant digits of the largest number of a column; four decimals at most."""


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
        table = Columns.height(rows, PITCHES[width]) * units(SIZES[width])
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
        region, pitch, size = self.region, PITCHES[self.width], SIZES[self.width]
        self.told = told_rows(len(self.trace.steps), ROWS)
        if self.width == "slide":
            room = region.height - TITLE - FOOT
            size = min(size, 100 * room / SHORT_SIDE / Columns.height(len(self.told), pitch))
        for smaller, loose in ((size, False), (TYPE.minimum, False), (TYPE.minimum, True)):
            table = Columns(
                self.look,
                region.left,
                region.top - TITLE,
                region.width,
                self.columns(),
                size=smaller,
                pitch=pitch,
                widest=APART[self.width],
                loose=loose,
            )
            if table.is_free:
                break
        self.add(table, *self.heading(region.left, table.right, region.top - 0.36))
        beside = region.inset(
            left=table.right - region.left + 0.7,
            right=ROOM,
            top=region.top - table.rule,
            bottom=table.bottom - region.bottom,
        )
        if not self.is_narrow and beside.width > LEAST:
            valley = goal(self.objective, self.trace)
            self.add(StepsBeside(self.look, beside, self.trace, self.told, table.middles, valley))

    def columns(self) -> list[Column]:
        """Return what stands in the table."""
        trace = self.trace
        shown = [n for n in self.told if n is not None]
        slopes = [gradient[0] for gradient in trace.gradients]
        deltas = [step.delta[0] for step in trace.steps]
        step = f"-{figure(number(self.rate))} f'(x_n)" if self.rate is not None else "Delta x_n"

        def column(name: str, source: str, values: Any, roles: Any) -> Column:
            told = [values[n] for n in shown if n < len(values)]
            decimals = decimals_for(told, DIGITS)
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
        if self.rate is not None:
            new, old = ink("point", math("x_(n+1)")), ink("point", math("x_n"))
            rule = self.look.math(f"{new} = {old} + {ink('step', 'step')}")
        else:
            extras = extras_of(self.optimizer)
            rule = self.look.text(f"{name_of(self.optimizer)}{', ' if extras else ''}{extras}")
        sizes = (TYPE.label, TYPE.tick, TYPE.minimum)
        names = [
            self.look.math(f"f(x) = {self.objective.typst}", size, "curve").place(left, y)
            for size in sizes
        ]
        room = Region(left, self.region.top - TITLE, right, self.region.top)
        out = [name for name in names if room.contains(name.box)][:1]
        if sum(words.advance for words in out) + rule.advance + 0.5 <= right - left:
            out.append(rule.place(right, y, "right"))
        return out
