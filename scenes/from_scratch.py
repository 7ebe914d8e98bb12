"""From scratch: the algorithm in a few lines, typed, run and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import FadeIn, FadeOut, ReplacementTransform, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step, Trace
from scenes.base import DescentScene
from scenes.layout import Region
from scenes.parameters import UsageError
from scenes.parts.code_panel import CodePanel
from scenes.parts.plot import Plot
from scenes.parts.source import code, figure, ink, math
from scenes.parts.step import StepView
from scenes.parts.strokes import dots
from scenes.parts.table import Table, told_rows
from scenes.parts.trail import Ghosts
from scenes.parts.window import fit_beside
from scenes.playhead import Playhead
from scenes.program import printed, program
from scenes.telling import goal, rate_of
from scenes.theme import TYPE
from scenes.words import as_factor, number

LEGIBLE = 1e-13
"""Zeros after the point can be counted down to here."""

MOST_CODE = 100
"""The most characters of a function and its derivative together."""

TEN_TIMES = 10
"""The last beat changes the number of turns to so many times as many."""


class FromScratch(DescentScene):
    """Gradient descent from scratch: a program that a beginner can retype, run line by line."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 10
    title = "From scratch"
    seconds = 42

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check that the program is the algorithm, with a constant rate and nothing more.

        Raises
        ------
        UsageError
            If not.
        """
        super().check(values)
        optimizer = values["optimizer"]
        plain = isinstance(optimizer, GradientDescent) and not optimizer.weight_decay
        if not plain or callable(optimizer.learning_rate):
            raise UsageError(
                f"optimizer = {type(optimizer).__name__}: allowed: descent with a constant rate, "
                "for that is the program on screen"
            )
        objective = values["objective"]
        if len(objective.text) + len(objective.gradient_text[0]) > MOST_CODE:
            raise UsageError(
                f"objective = {objective.text}: too long for a program on screen; allowed: a "
                f"function that has {MOST_CODE} characters together with its derivative"
            )

    def construct(self) -> None:
        """Type the program, run it, and change one number."""
        self.rate = self.optimizer.learning_rate
        self.set_stage()
        self.type_program()
        if not self.trace.steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="end", hold=1.5):
                pass
            return
        self.first_turn(self.trace.steps[0])
        if len(self.trace.steps) > 1:
            self.second_turn(self.trace.steps[1])
        if len(self.trace.steps) > 2:
            self.other_turns()
        self.more_turns()

    # -- the stage -------------------------------------------------------------------------------

    def regions(self) -> tuple[Region, Region, Region | None]:
        """Return where code, table and plot stand; a square frame has no room for the plot."""
        layout = self.layout
        if layout.is_tall:
            left, right = layout.side.columns(1.0, 1.15, gap=0.5)
            return layout.stage, left, right
        if layout.is_square:
            left, right = layout.body.columns(4.8, 2.2, gap=0.2)
            return left, right, None
        left, right = layout.body.columns(1.1, 1.0, gap=0.4)
        above, below = right.rows(1.0, 1.05, gap=0.2)
        return left, below, above

    def set_stage(self) -> None:
        """Lay out code, table and plot."""
        region, self.table_region, plot_region = self.regions()
        lines = program(self.objective, self.start, self.rate, self.max_steps)
        code_region, self.substitution_region = region.rows(5.0, 0.82)
        self.panel = CodePanel(self.look, code_region, lines)
        self.typed, self.lit = Playhead(0), Playhead(-1)
        self.panel.bar.home = self.rule_line
        self.typed.drive(self.panel)
        self.lit.drive(self.panel.bar)
        self.plot: Plot | None = None
        self.movers = VGroup()
        self.graph = VGroup()
        self.add_header(self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"))
        if plot_region is not None and self.trace.steps:
            self.add_plot(plot_region)
        self.add(self.panel)
        if self.trace.steps:
            self.table = self.make_table(self.trace)
            self.playhead.drive(self.table)

    def add_plot(self, region: Region) -> None:
        """Lay out the small plot of the run."""
        xs = [point[0] for point in self.trace.points]
        window = fit_beside(self.objective, xs, goal(self.objective, self.trace))
        plot = self.plot = Plot(self.look, region, window, tick_size=TYPE.minimum)
        self.view = StepView(self.look, plot, self.trace, told=())
        places = [plot.at(x, value) for x, value in zip(xs, self.trace.values, strict=True)]
        ghosts = Ghosts(self.look, places, region=plot.inner)
        self.playhead.drive(ghosts, self.view)
        self.graph = VGroup(plot, plot.curve(self.objective))
        self.movers = VGroup(ghosts, self.view)

    def make_table(self, trace: Trace) -> Table:
        """Return the table of what the program prints; x alone where f(x) has no room."""
        room = 10 if self.layout.is_square else 6 if self.layout.is_tall else 5
        told = told_rows(len(trace.steps) - 1, room)
        turns = [None if row is None else row + 1 for row in told]
        rows = [
            None
            if turn is None
            else (str(turn), printed(trace.points[turn][0]), printed(trace.values[turn]))
            for turn in turns
        ]
        births = [room - 1 if turn is None else turn for turn in turns]
        names, roles = ('"turn"', "x", "f(x)"), ("muted", "point", "curve")
        for columns in (slice(None), slice(1, None), slice(1, 2)):
            table = Table(
                self.look,
                self.table_region,
                names[columns],
                [row if row is None else row[columns] for row in rows],
                births,
                roles[columns],
                setting=code,
            )
            if table.right <= self.table_region.right + 1e-6:
                break
        return table

    # -- typing ----------------------------------------------------------------------------------

    def type_program(self) -> None:
        """Type the functions, the numbers, and the loop."""
        panel = self.panel
        start, loop = panel.find("x = "), panel.find("for ")
        typed = (panel.typed_through(start - 1), panel.typed_through(loop - 1))
        plain, slope = self.objective.plain, self.objective.plain_gradient[0]
        with self.beat(
            "Two functions: f(x) = {plain} and its slope, {derivative}."
            if len(plain) + len(slope) < 40
            else "Two functions: f(x), and its slope.",
            plain=plain,
            derivative=slope,
            still="functions",
        ):
            self.play(FadeIn(self.graph) if len(self.graph) else None, seconds=0.5)
            self.play(self.typed.to(typed[0], rate_func=steady), seconds=2.2)
        with self.beat(
            "Two numbers: the start x = {start} and the learning rate {rate}.",
            start=self.start,
            rate=self.rate,
            seconds=5,
            still="numbers",
        ):
            self.play(self.typed.to(typed[1], rate_func=steady), seconds=1.4)
            self.play(FadeIn(self.movers) if len(self.movers) else None, seconds=0.5)
        with self.beat("The loop has one rule: x becomes x − rate · slope(x).", still="loop"):
            self.play(self.typed.to(panel.ends[-1], rate_func=steady), seconds=2.4)
            self.play(self.lit.to(-1e-9), seconds=0.6)
            self.lit.set(self.rule_line)

    # -- running ---------------------------------------------------------------------------------

    @property
    def rule_line(self) -> int:
        """The line of the update."""
        return self.panel.find("x = x -")

    def substituted(self, step: Step) -> Any:
        """Return the update with the numbers of a step."""
        slope = number(step.gradient[0])
        factor = f"({figure(slope)})" if slope.startswith("−") else figure(slope)
        role = "slope_up" if step.gradient[0] >= 0 else "slope_down"
        rate = rate_of(self.optimizer, step)
        body = (
            f"{ink('point', math(figure(number(step.point[0]))))} - "
            f"{figure(number(rate if rate is not None else self.rate))} dot "
            f"{ink(role, math(factor))} = "
            f"{ink('point', math(figure(number(step.next_point[0]))))}"
        )
        region = self.substitution_region
        formula = self.look.fitted(self.look.math(body), region.width, largest=6.0)
        return formula.place(region.left, region.center[1], "left", "middle")

    def first_turn(self, step: Step) -> None:
        """Run the loop once, with the numbers in the place of the names."""
        names = VGroup(
            self.panel.token(self.rule_line, "x", 1),
            self.panel.token(self.rule_line, "rate"),
            self.panel.token(self.rule_line, "slope"),
        )
        self.formula = self.substituted(step)
        if self.panel.bottom < self.substitution_region.top - 0.1:
            self.formula = VGroup()  # a long program leaves no room; the caption has the numbers
        with self.beat(
            "First turn: {x} − {rate} · {factor} = {next_x}, and f = {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            still="first-turn",
        ):
            self.play(
                TransformFromCopy(names, self.formula) if len(self.formula) else None, seconds=1.1
            )
            self.play(FadeIn(self.table.header, self.table.rule), seconds=0.4)
            self.add(self.table)
            self.play(self.playhead.to(1), seconds=1.3)

    def second_turn(self, step: Step) -> None:
        """Run it again: the new x is the old one."""
        before, self.formula = self.formula, self.substituted(step)
        if not len(before):
            self.formula = VGroup()
        with self.beat(
            "Second turn: {x} − {rate} · {factor} = {next_x}, and f = {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            seconds=5,
            still="second-turn",
        ):
            self.play(FadeOut(before), seconds=0.4)
            self.play(FadeIn(self.formula), seconds=0.5)
            self.play(self.playhead.to(2), seconds=1.0)

    def other_turns(self) -> None:
        """Let the loop run to its end."""
        last = len(self.trace.steps)
        with self.beat(
            "After {n} turns x = {x} and f = {value}."
            if not self.trace.stop.blew_up
            else "The run ends at turn {n}, at x = {x}: {why}",
            n=last,
            x=self.trace.points[-1][0],
            value=self.trace.values[-1],
            why="it leaves all bounds." if last < self.max_steps else "it grows.",
            still="all-turns",
        ):
            self.play(FadeOut(self.formula), seconds=0.4)
            self.play(self.playhead.to(last), seconds=2.4)
            self.play(self.lit.to(self.panel.find("for ")), seconds=0.5)
        self.formula = VGroup()

    def more_turns(self) -> None:
        """Change one number of the program and read what it prints now."""
        turns = self.max_steps * TEN_TIMES
        longer = self.run(max_steps=turns)
        if len(longer.steps) < turns or turns > 100_000:
            return
        line = self.panel.find("for ")
        changed = self.panel.make_line(
            line, self.panel.code[line].replace(f"({self.max_steps})", f"({turns})")
        )
        table = self.make_table(longer)
        rows = Playhead(turns)
        x = longer.points[-1][0]
        with self.beat(
            "Change {few} to {turns}: x ends at {printed}{meaning}.",
            few=self.max_steps,
            turns=turns,
            printed=printed(x),
            meaning=f", that is {number(x, 1, plain=True)}"
            if "e-" in printed(x) and abs(x) > LEGIBLE
            else "",
            seconds=7,
            hold=1.5,
            still="more-turns",
        ):
            self.play(FadeOut(self.formula) if len(self.formula) else None, seconds=0.3)
            self.play(ReplacementTransform(self.panel.lines[line], changed), seconds=0.8)
            self.play(FadeOut(self.table, self.movers), seconds=0.4)
            rows.drive(table)
            self.play(FadeIn(table, self.ends_of(longer)), seconds=0.6)

    def ends_of(self, trace: Trace) -> VGroup:
        """Return the points of a longer run in the small plot, where there is one."""
        if self.plot is None:
            return VGroup()
        points = zip(trace.points, trace.values, strict=True)
        places = [self.plot.at(point[0], value) for point, value in points]
        ghosts = Ghosts(self.look, places, region=self.plot.inner)
        ghosts.show(len(places))
        # A run that has left the plot has no point in it.
        seen = self.plot.shows(trace.points[-1][0], trace.values[-1])
        return VGroup(ghosts, dots(self.look, places[-1:] if seen else []))


def steady(alpha: float) -> float:
    """Return the time as it is: typing has no ease."""
    return alpha
