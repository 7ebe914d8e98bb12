"""From scratch: the algorithm in a few lines, typed, run and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import Create, FadeIn, FadeOut, ReplacementTransform, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step, Trace
from scenes.backstage.program import literal, printed, program
from scenes.backstage.workbench import Workbench
from scenes.base import DescentScene
from scenes.parameters import UsageError
from scenes.parts.slope import slope_role
from scenes.parts.step import SCALED
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.words import as_factor, number

MOST_TURNS = 100_000
"""A run of more turns is not computed for the last beat."""

MOST_LINES = 13
"""The most lines of a program that is still large enough on screen."""

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
        objective, start = values["objective"], values["start"]
        lines = program(objective, start, optimizer.learning_rate, values["max_steps"])
        if len([line for line in lines if line.strip()]) > MOST_LINES:
            raise UsageError(
                f"objective = {objective.text}: too long for a program on screen; allowed: a "
                f"function for which it has {MOST_LINES} lines, with the derivative"
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
        if self.longer:
            self.more_turns(self.longer)

    def set_stage(self) -> None:
        """Lay out program, listing and plot."""
        turns = self.max_steps * TEN_TIMES
        longer = self.run(max_steps=turns) if turns <= MOST_TURNS else None
        # A run that ends by itself does so too with more turns.
        self.longer = longer if longer and len(longer.steps) == turns else None
        lines = program(self.objective, self.start, self.rate, self.max_steps)
        runs = [self.trace, self.longer] if self.longer else [self.trace]
        self.bench = Workbench(self.look, self.layout, self.add_header(), lines, runs)
        panel = self.panel = self.bench.panel
        self.typed, self.lit, self.opened = Playhead(), Playhead(), Playhead()
        panel.bar.stops = [
            (panel.find("x = "), panel.find("rate = ")),
            (self.rule_line, self.rule_line),
            (panel.find("for "), panel.find("for ")),
        ]
        self.typed.drive(panel)
        self.lit.drive(panel.bar)
        self.opened.drive(panel.below)
        self.stage, self.movers, self.numbers = VGroup(), VGroup(), VGroup()
        if self.trace.steps:
            self.table = self.bench.listing(0)
            self.playhead.drive(self.table)
            self.bench.add_plot(self.objective, goal(self.objective, self.trace), self.table)
        if self.bench.plot:
            self.stage = self.bench.zoom
            # Dots lie on the tangent: they come once more, after what else belongs to the view.
            self.movers = VGroup(self.bench.view, self.bench.ghosts, self.bench.view.point)
            self.playhead.drive(self.bench.ghosts, self.bench.view)
        self.add(panel)

    @property
    def rule_line(self) -> int:
        """The line of the update."""
        return self.panel.opens

    # -- typing ----------------------------------------------------------------------------------

    def type_program(self) -> None:
        """Type the functions, the numbers, and the loop."""
        panel, bench = self.panel, self.bench
        start, loop = panel.find("x = "), panel.find("for ")
        typed = (panel.typed_through(start - 1), panel.typed_through(loop - 1))
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
            self.play(FadeIn(self.stage) if len(self.stage) else None, seconds=0.5)
            self.play(self.typed.to(typed[0], rate_func=steady), seconds=2.2)
            if bench.plot:
                self.leaving = bench.idea(self.objective.typst)
                self.play(FadeIn(self.leaving), seconds=0.6)
        with self.beat(
            "Two numbers: the start x = {start} and the learning rate {rate}.",
            start=self.start,
            rate=self.rate,
            seconds=5,
            still="numbers",
        ):
            self.play(FadeOut(self.leaving) if bench.plot else None, seconds=0.4)
            self.play(self.typed.to(typed[1], rate_func=steady), seconds=1.2)
            self.leaving = bench.start_mark() if bench.plot else VGroup()
            shown = [FadeIn(group) for group in (self.movers, self.leaving) if len(group)]
            self.play(self.lit.to(1), *shown, seconds=0.6)
        with self.beat("The loop has one rule: x becomes x − rate · slope(x).", still="loop"):
            self.play(self.typed.to(panel.ends[-1], rate_func=steady), seconds=2.4)
            self.play(self.lit.to(2), seconds=0.6)

    # -- running ---------------------------------------------------------------------------------

    def put_in(self, step: Step) -> VGroup:
        """Return the update with the numbers of a step, in the row below it."""
        slope = step.gradient[0]
        now, then = number(step.point[0]), number(step.next_point[0])
        # As a comment: who retypes the program may retype it too.
        terms: list[tuple[str, str, int | None]] = [
            ("#", "muted", 0),
            ("=", "text", 1),
            (now, "point", 2),
            ("−", "text", 3),
            (literal(self.rate), "text", 4),
            ("·", "text", 5),
            (as_factor(number(slope)), slope_role(slope), 6),
            ("=", "text", None),
            (then, "point", None),
        ]
        return self.panel.below_terms(terms)

    def make_room(self, stop: int) -> Any:
        """Return the animation that takes the plot out of the listing's way."""
        return self.bench.dial.to(stop) if self.bench.plot else None

    def first_turn(self, step: Step) -> None:
        """Run the loop once, with the numbers in the place of the names."""
        panel, bench = self.panel, self.bench
        self.row = self.put_in(step)
        with self.beat(
            "First turn: {x} − {rate} · {factor} = {next_x}, and f = {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            still="first-turn",
        ):
            if bench.plot:
                bench.zoom.carry(self.playhead, bench.view, bench.ghosts)
            self.play(
                self.make_room(1),
                self.opened.to(1 if len(self.row) else 0),
                FadeOut(self.leaving) if len(self.leaving) else None,
                seconds=0.7,
            )
            self.leaving = VGroup()
            self.play(FadeIn(self.table.header, self.table.rule), seconds=0.3)
            self.add(self.table)
            words = [TransformFromCopy(*pair) for pair in self.pairs()]
            self.play(*words, self.playhead.to(SCALED), seconds=1.2)
            self.tell_numbers(step, *self.row[7:], *self.row[:1])
            woken = [ReplacementTransform(*pair) for pair in panel.woken()]
            self.play(self.playhead.to(1), *woken, *map(FadeOut, self.slope_words), seconds=1.0)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the words right of the rule's sign, each with what stands for it."""
        if not len(self.row):
            return []
        words = self.panel.lines[self.rule_line]
        return [(words[index], self.row[index]) for index in range(1, 7)]

    def tell_numbers(self, step: Step, *result: Any) -> None:
        """Let the numbers of a step come in beside tangent and arrow, and the result."""
        self.numbers, self.slope_words = VGroup(), VGroup()
        if self.bench.plot:
            self.numbers, self.slope_words = self.bench.step_numbers(step)
        shown = VGroup(*self.numbers, *self.slope_words, *result)
        self.play(FadeIn(shown) if len(shown) else None, seconds=0.3)

    def second_turn(self, step: Step) -> None:
        """Run it again: the new x is the old one."""
        before = VGroup(*self.row, *self.numbers)
        self.row = self.put_in(step)
        with self.beat(
            "Second turn: {x} − {rate} · {factor} = {next_x}, and f = {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            seconds=5,
            still="second-turn",
        ):
            self.play(FadeOut(before) if len(before) else None, seconds=0.4)
            self.play(
                FadeIn(self.row) if len(self.row) else None,
                self.opened.to(1 if len(self.row) else 0),
                self.playhead.to(1 + SCALED),
                seconds=0.8,
            )
            self.tell_numbers(step)
            self.play(self.playhead.to(2), *map(FadeOut, self.slope_words), seconds=0.8)

    def clear_turn(self, stop: int) -> None:
        """Let the numbers of a turn leave, and make room for all rows."""
        before = VGroup(*self.row, *self.numbers)
        self.play(FadeOut(before) if len(before) else None, seconds=0.3)
        self.row, self.numbers = VGroup(), VGroup()
        self.play(self.make_room(2), self.opened.to(0), self.lit.to(stop), seconds=0.7)

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
            self.clear_turn(3)
            self.play(self.playhead.to(last), seconds=2.4)

    def more_turns(self, longer: Trace) -> None:
        """Change one number of the program and read what it prints now."""
        turns, panel, bench = len(longer.steps), self.panel, self.bench
        line = panel.find("for ")
        written = panel.code[line].replace(f"({self.max_steps})", f"({turns})")
        changed = panel.make_line(line, written)
        table = self.bench.listing(1)
        table.show(turns)
        x = longer.points[-1][0]
        with self.beat(
            "Change {few} to {turns}: x ends at {printed}{meaning}.",
            few=self.max_steps,
            turns=turns,
            printed=printed(x),
            meaning=f", that is {number(x)}" if "e-" in printed(x) else "",
            seconds=7,
            hold=1.5,
            still="more-turns",
        ):
            if self.lit.position < 3:
                self.clear_turn(3)
            self.play(ReplacementTransform(panel.lines[line], changed), seconds=0.8)
            self.play(Create(panel.box_round(line, str(turns), written)), seconds=0.4)
            ends = bench.ends(longer) if bench.plot else VGroup()
            self.play(FadeOut(self.table.unlike(table), self.movers), seconds=0.4)
            self.play(FadeIn(table.unlike(self.table), ends), seconds=0.6)


def steady(alpha: float) -> float:
    """Return the time as it is: typing has no ease."""
    return alpha
