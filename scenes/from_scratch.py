"""From scratch: the algorithm in a few lines, read, run and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import FadeIn, FadeOut, ReplacementTransform, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step, Trace
from scenes.backstage.outcome import ending, meaning
from scenes.backstage.program import counting, printed, program
from scenes.backstage.rule_row import bar_stops, numbers_below, sign_of
from scenes.backstage.workbench import Workbench
from scenes.base import DescentScene
from scenes.parameters import UsageError
from scenes.parts.lettering import Lettering
from scenes.parts.step import MEASURED, SCALED
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.words import as_factor, equals, number

MOST_STEPS = 100_000
"""A run of more steps is not computed for the last beat."""

MOST_LINES = 13
"""The most lines of a program that is still large enough on screen."""

TEN_TIMES = 10
"""The last beat changes the number of steps to so many times as many."""


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
        objective, start = values["objective"], values["start"]
        lines = program(objective, start, optimizer.learning_rate, values["max_steps"])
        if len([line for line in lines if line.strip()]) > MOST_LINES:
            raise UsageError(
                f"objective = {objective.text}: too long for a program on screen; allowed: a "
                f"function for which it has {MOST_LINES} lines, with the derivative"
            )

    def header_formulas(self) -> list[Lettering]:
        """Return nothing: the program tells the function."""
        return []

    def construct(self) -> None:
        """Read the program, run it, and change one number."""
        self.rate = self.optimizer.learning_rate
        self.set_stage()
        self.read_program()
        if not self.trace.steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="end", hold=1.5):
                pass
            return
        self.first_step(self.trace.steps[0])
        if len(self.trace.steps) > 1:
            self.second_step(self.trace.steps[1])
        if len(self.trace.steps) > 2:
            self.other_steps()
        if self.longer:
            self.more_steps(self.longer)

    def set_stage(self) -> None:
        """Lay out program, listing and plot."""
        many = self.max_steps * TEN_TIMES
        longer = self.run(max_steps=many) if many <= MOST_STEPS else None
        # A run that ends by itself does so too with more steps.
        self.longer = longer if longer and len(longer.steps) == many else None
        lines = program(self.objective, self.start, self.rate, self.max_steps)
        runs = [self.trace, self.longer] if self.longer else [self.trace]
        self.valley = goal(self.objective, self.trace)
        self.bench = Workbench(self.look, self.layout, self.add_header(), lines, runs)
        panel = self.panel = self.bench.panel
        self.read, self.lit, self.opened = Playhead(), Playhead(), Playhead()
        self.placed = Playhead(-1)
        self.set_stops()
        self.read.drive(panel)
        self.lit.drive(panel.bar)
        self.opened.drive(panel.below)
        self.picture, self.movers = VGroup(), VGroup()
        self.rule, self.slope, self.length, self.left, self.name = (VGroup() for _ in range(5))
        if self.trace.steps:
            self.table = self.bench.listing(0)
            self.bench.add_plot(self.objective, self.valley, self.table)
        self.board = board = self.bench.board
        if board:
            self.picture, self.movers = board.follow(self.playhead, self.placed)
            board.framing.drive(panel.sheet)
        self.add(panel)

    def set_stops(self) -> None:
        """Let the bar know the lines that are told, and how wide it is there."""
        panel, loop = self.panel, self.panel.find("for ")
        # The row under the rule may be longer than the rule.
        rows = [panel.reach(self.put_in(step)) for step in self.trace.steps[:2]]
        more = len(self.changed_line()) - len(panel.code[loop])
        self.stops = bar_stops(panel, max(rows, default=0.0), more)

    def light(self, name: str) -> Any:
        """Return the animation that moves the bar to a stop."""
        return self.lit.to(self.stops.index(name) + 1)

    def step_to(self, position: float) -> tuple[Any, Any]:
        """Return the animations that take the run to a position, with what the axis says of it."""
        return self.playhead.to(position), self.placed.to(position) if self.board else None

    @property
    def rule_line(self) -> int:
        """The line of the update."""
        return self.panel.opens

    def changed_line(self) -> str:
        """Return the line of the loop with more steps."""
        line = self.panel.code[self.panel.find("for ")]
        more = self.max_steps * TEN_TIMES if self.longer else self.max_steps
        return line.replace(counting(self.max_steps), counting(more))

    # -- reading ---------------------------------------------------------------------------------

    def read_program(self) -> None:
        """Read the functions, the numbers, and the loop."""
        panel, board = self.panel, self.board
        start, loop = panel.find("x = "), panel.find("for ")
        read = (panel.read_through(start - 1), panel.read_through(loop - 1))
        plain, slope = self.objective.plain, self.objective.plain_gradient[0]
        told = len(plain) + len(slope) < 40
        with self.beat(
            "Two functions: f(x) = {plain} and its slope, {derivative}."
            if told
            else "Two functions: f(x), and its slope.",
            plain=plain,
            derivative=slope,
            still="functions",
        ):
            self.play(FadeIn(self.picture) if len(self.picture) else None, seconds=0.5)
            self.play(self.read.to(read[0], rate_func=steady), seconds=2.2)
            idea = board.idea() if board else VGroup()
            self.play(self.light("functions"), *map(FadeIn, idea), seconds=0.6)
        with self.beat(
            "Two numbers: the start x = {start} and the learning rate {rate}.",
            start=self.start,
            rate=self.rate,
            seconds=5,
            still="numbers",
        ):
            self.play(*map(FadeOut, idea), seconds=0.4)
            self.play(self.read.to(read[1], rate_func=steady), seconds=1.2)
            start = board.start_name() if board else VGroup()
            shown = [FadeIn(group) for group in (self.movers, start) if len(group)]
            placed = self.placed.to(0) if board else None
            self.play(self.light("numbers"), placed, *shown, seconds=0.6)
        with self.beat("The loop has one rule: x becomes x − rate · slope(x).", still="loop"):
            self.play(FadeOut(start) if len(start) else None, seconds=0.3)
            self.play(self.read.to(panel.ends[-1], rate_func=steady), seconds=2.2)
            if board and self.trace.steps:
                self.rule, slope = board.rule_words(), board.first_slope()
                self.slope = VGroup(*filter(None, [slope]))
            moving = self.playhead.to(MEASURED) if board else None
            self.play(self.light("rule"), moving, *map(FadeIn, self.slope), seconds=0.6)
            moving = self.playhead.to(SCALED) if board else None
            self.play(moving, *map(FadeIn, self.rule), seconds=0.6)

    # -- running ---------------------------------------------------------------------------------

    def put_in(self, step: Step) -> VGroup:
        """Return the update with the numbers of a step, in the row below it."""
        return numbers_below(self.panel, self.rate, step)

    def told(self, which: str, step: Step, **told: Any) -> Any:
        """Return the beat of one step."""
        return self.beat(
            f"{which} step: {{x}} − {{rate}} · {{factor}} {{sign}} {{next_x}}, "
            "and f {equals} {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            sign=sign_of(step),
            equals=equals(step.next_value),
            **told,
        )

    def first_step(self, step: Step) -> None:
        """Run the loop once, with the numbers in the place of the names."""
        self.row = self.put_in(step)
        with self.told("First", step, still="first-turn"):
            self.play(FadeOut(self.rule) if len(self.rule) else None, seconds=0.3)
            self.play(
                self.light("steps"),
                self.opened.to(1 if len(self.row) else 0),
                self.board.framing.to(1) if self.board else None,
                seconds=0.8,
            )
            words = [TransformFromCopy(*pair) for pair in self.pairs()]
            self.play(*words, seconds=1.0)
            self.tell_length(step, *self.row[7:], *self.row[:1], *self.table.frame)
            self.playhead.drive(self.table)
            self.add(self.table)
            self.land(step)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the words right of the rule's sign, each with what stands for it."""
        if not len(self.row):
            return []
        words = self.panel.lines[self.rule_line]
        return [(words[index], self.row[index]) for index in range(1, 7)]

    def tell_length(self, step: Step, *more: Any) -> None:
        """Let the length of a step come in under its arrow, with other things."""
        self.length = self.board.step_length(self.optimizer, step) if self.board else VGroup()
        shown = VGroup(*self.length, *more)
        self.play(FadeIn(shown) if len(shown) else None, seconds=0.3)

    def land(self, step: Step) -> None:
        """Let a step land, and tell where it came from."""
        self.left = VGroup(*(self.board.left_name(step, self.slope) if self.board else []))
        self.play(*self.step_to(step.index + 1), *map(FadeIn, self.left), seconds=1.0)

    def second_step(self, step: Step) -> None:
        """Run it again: the new x is the old one."""
        before = VGroup(*self.row, *self.length, *self.slope, *self.left)
        self.row = self.put_in(step)
        with self.told("Second", step, seconds=5, still="second-turn"):
            self.play(FadeOut(before) if len(before) else None, seconds=0.4)
            self.slope = VGroup(*(self.board.slope_name(step.index) if self.board else []))
            shown = VGroup(*self.row, *self.slope)
            self.play(
                FadeIn(shown) if len(shown) else None,
                self.opened.to(1 if len(self.row) else 0),
                *self.step_to(step.index + SCALED),
                seconds=0.8,
            )
            self.tell_length(step)
            self.land(step)

    def clear_step(self) -> None:
        """Let the numbers of a step leave."""
        before = VGroup(*self.row, *self.length, *self.slope, *self.left)
        self.play(FadeOut(before) if len(before) else None, seconds=0.3)
        self.row, self.length, self.slope, self.left = (VGroup() for _ in range(4))
        left = self.placed.to(self.board.places.steps + 0.5) if self.board else None
        self.play(self.opened.to(0), self.light("loop"), left, seconds=0.7)

    def other_steps(self) -> None:
        """Let the loop run to its end."""
        last, (x,) = len(self.trace.steps), self.trace.points[-1]
        told, short = ending(self.trace, self.valley, self.max_steps)
        with self.beat(
            told,
            n=last,
            x=x,
            sign=equals(x),
            value=self.trace.values[-1],
            goal=self.valley,
            still="all-turns",
            short=short,
        ):
            self.clear_step()
            self.play(self.playhead.to(last), seconds=2.4)
            if self.board:
                self.name = VGroup(*self.board.ends.name(self.trace))
                ends = self.placed.to(self.board.places.steps + 1)
                self.play(ends, *map(FadeIn, self.name), seconds=0.5)

    def more_steps(self, longer: Trace) -> None:
        """Change one number of the program and read what it prints now."""
        many, panel, board = len(longer.steps), self.panel, self.board
        line = panel.find("for ")
        table = self.bench.listing(1)
        table.show(many)
        x = longer.points[-1][0]
        with self.beat(
            meaning(x, self.start, self.valley),
            turns=many,
            x=x,
            sign=equals(x),
            printed=printed(x),
            goal=self.valley,
            seconds=7,
            hold=1.5,
            still="more-turns",
            short="After {turns} steps x {sign} {x}.",
        ):
            if len(self.trace.steps) <= 2:
                self.clear_step()
            changed = panel.replacing(line, self.changed_line())
            edited = ReplacementTransform(panel.lines[line], changed)
            self.play(edited, self.light("changed"), seconds=1.0)
            ends = board.ends.of(longer) if board else VGroup()
            old = VGroup(self.table.unlike(table), self.movers, *self.name)
            self.play(FadeOut(old), seconds=0.4)
            placed = self.placed.to(board.places.steps + 1) if board else None
            self.play(FadeIn(table.unlike(self.table), ends), placed, seconds=0.6)


def steady(alpha: float) -> float:
    """Return the time as it is: reading has no ease."""
    return alpha
