"""From scratch: the algorithm in a few lines, typed, run and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import FadeIn, FadeOut, ReplacementTransform, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step, Trace
from scenes.backstage.outcome import ending, meaning, spelled_out
from scenes.backstage.program import equals, literal, printed, program
from scenes.backstage.workbench import Workbench
from scenes.base import DescentScene
from scenes.parameters import UsageError
from scenes.parts.slope import slope_role
from scenes.parts.step import MEASURED, SCALED
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.words import MINUS, as_factor, number

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
        self.valley = goal(self.objective, self.trace)
        self.bench = Workbench(self.look, self.layout, self.add_header(), lines, runs)
        panel = self.panel = self.bench.panel
        self.typed, self.lit, self.opened = Playhead(), Playhead(), Playhead()
        start = panel.find("x = ")
        panel.bar.stops = [
            (panel.find("def f("), start - 2),
            (start, panel.find("rate = ")),
            (self.rule_line, self.rule_line),
            (panel.find("for "), panel.find("for ")),
        ]
        self.typed.drive(panel)
        self.lit.drive(panel.bar)
        self.opened.drive(panel.below)
        self.stage, self.movers, self.numbers = VGroup(), VGroup(), VGroup()
        self.leaving, self.feet, self.name = VGroup(), VGroup(), VGroup()
        if self.trace.steps:
            self.table = self.bench.listing(0)
            self.bench.add_plot(self.objective, self.valley, self.table)
        self.board = board = self.bench.board
        if board:
            self.stage = board.zoom
            # Dots lie on the tangent: they come once more, after what else belongs to the view.
            self.movers = VGroup(board.view, board.trail, board.view.point)
            self.playhead.drive(board.trail, board.view)
        self.add(panel)

    @property
    def rule_line(self) -> int:
        """The line of the update."""
        return self.panel.opens

    # -- typing ----------------------------------------------------------------------------------

    def type_program(self) -> None:
        """Type the functions, the numbers, and the loop."""
        panel, board = self.panel, self.board
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
            self.leaving = board.idea() if board else VGroup()
            self.play(self.lit.to(1), *map(FadeIn, self.leaving), seconds=0.6)
        with self.beat(
            "Two numbers: the start x = {start} and the learning rate {rate}.",
            start=self.start,
            rate=self.rate,
            seconds=5,
            still="numbers",
        ):
            self.play(*map(FadeOut, self.leaving), seconds=0.4)
            self.play(self.typed.to(typed[1], rate_func=steady), seconds=1.2)
            self.leaving = board.start_mark() if board else VGroup()
            shown = [FadeIn(group) for group in (self.leaving, self.movers) if len(group)]
            self.play(self.lit.to(2), *shown, seconds=0.6)
        with self.beat("The loop has one rule: x becomes x − rate · slope(x).", still="loop"):
            self.play(self.typed.to(panel.ends[-1], rate_func=steady), seconds=2.4)
            measured = board.rule_mark(*self.leaving) if board else VGroup()
            moving = self.playhead.to(MEASURED) if board else None
            self.play(self.lit.to(3), moving, *map(FadeIn, measured), seconds=0.8)
            self.leaving = VGroup(*self.leaving, *measured)

    # -- running ---------------------------------------------------------------------------------

    def put_in(self, step: Step) -> VGroup:
        """Return the update with the numbers of a step, in the row below it."""
        slope = step.gradient[0]
        # As a comment, in the program's own signs: who retypes the program may retype it too.
        now, then = (number(x).replace(MINUS, "-") for x in (step.point[0], step.next_point[0]))
        sign = self.sign_of(step)
        terms: list[tuple[str, str, int | None]] = [
            ("#", "muted", 0),
            (sign, "text", 1),
            (now, "point", 2),
            ("-", "text", 3),
            (literal(self.rate), "text", 4),
            ("*", "text", None),
            (as_factor(number(slope)).replace(MINUS, "-"), slope_role(slope), None),
            (sign, "text", None),
            (then, "point", None),
        ]
        return self.panel.below_terms(terms)

    def sign_of(self, step: Step) -> str:
        """Return the sign of the update with the numbers of a step as they are written."""
        return equals(step.point[0], step.gradient[0], step.next_point[0])

    def make_room(self, stop: int) -> Any:
        """Return the animation that takes the plot out of the listing's way."""
        return self.board.dial.to(stop) if self.board else None

    def turn(self, which: str, step: Step, **told: Any) -> Any:
        """Return the beat of one turn of the loop."""
        return self.beat(
            f"{which} turn: {{x}} − {{rate}} · {{factor}} {{sign}} {{next_x}}, "
            "and f {equals} {next_value}.",
            step,
            rate=self.rate,
            factor=as_factor(number(step.gradient[0])),
            sign=self.sign_of(step),
            equals=equals(step.next_value),
            **told,
        )

    def first_turn(self, step: Step) -> None:
        """Run the loop once, with the numbers in the place of the names."""
        board = self.board
        self.row = self.put_in(step)
        with self.turn("First", step, still="first-turn"):
            if board:
                board.zoom.carry(self.playhead, board.view, board.trail)
            self.play(
                self.make_room(1),
                self.opened.to(1 if len(self.row) else 0),
                *map(FadeOut, self.leaving),
                seconds=0.7,
            )
            self.leaving = VGroup()
            self.playhead.drive(self.table)
            if board:
                self.feet = board.feet
                self.playhead.drive(self.feet)
            shown = [part for part in (self.table.header, self.table.rule, self.feet) if len(part)]
            self.play(FadeIn(VGroup(*shown)), seconds=0.3)
            self.add(self.table)
            words = [TransformFromCopy(*pair) for pair in self.pairs()]
            self.play(*words, self.playhead.to(SCALED), seconds=1.2)
            self.tell_numbers(step, *self.row[7:], *self.row[:1])
            self.play(self.playhead.to(1), seconds=1.0)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the words right of the rule's sign, each with what stands for it."""
        if not len(self.row):
            return []
        words = self.panel.lines[self.rule_line]
        return [(words[index], self.row[index]) for index in range(1, 7)]

    def tell_numbers(self, step: Step, *result: Any) -> None:
        """Let the numbers of a step come in beside tangent and arrow, and the result."""
        self.numbers = VGroup()
        if self.board:
            self.numbers = self.board.step_numbers(step)
        shown = VGroup(*self.numbers, *result)
        self.play(FadeIn(shown) if len(shown) else None, seconds=0.3)

    def second_turn(self, step: Step) -> None:
        """Run it again: the new x is the old one."""
        before = VGroup(*self.row, *self.numbers)
        self.row = self.put_in(step)
        with self.turn("Second", step, seconds=5, still="second-turn"):
            self.play(FadeOut(before) if len(before) else None, seconds=0.4)
            self.play(
                FadeIn(self.row) if len(self.row) else None,
                self.opened.to(1 if len(self.row) else 0),
                self.playhead.to(1 + SCALED),
                seconds=0.8,
            )
            self.tell_numbers(step)
            self.play(self.playhead.to(2), seconds=0.8)

    def clear_turn(self, stop: int) -> None:
        """Let the numbers of a turn leave, and make room for all rows."""
        self.playhead.release(self.feet)
        before = VGroup(*self.row, *self.numbers, *self.feet)
        self.play(FadeOut(before) if len(before) else None, seconds=0.3)
        self.row, self.numbers = VGroup(), VGroup()
        self.play(self.make_room(2), self.opened.to(0), self.lit.to(stop), seconds=0.7)

    def other_turns(self) -> None:
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
            self.clear_turn(4)
            self.play(self.playhead.to(last), seconds=2.4)
            if self.board:
                self.name = VGroup(*self.board.last_name(self.trace, self.board.trail))
                self.play(*map(FadeIn, self.name), seconds=0.3)

    def more_turns(self, longer: Trace) -> None:
        """Change one number of the program and read what it prints now."""
        turns, panel, board = len(longer.steps), self.panel, self.board
        line = panel.find("for ")
        written = panel.code[line].replace(f"({self.max_steps})", f"({turns})")
        changed = panel.make_line(line, written)
        table = self.bench.listing(1)
        table.show(turns)
        x = longer.points[-1][0]
        with self.beat(
            meaning(x, self.start, self.valley),
            turns=turns,
            x=x,
            sign=equals(x),
            printed=printed(x),
            spelled_out=spelled_out(x),
            goal=self.valley,
            seconds=7,
            hold=1.5,
            still="more-turns",
            short="After {turns} turns x {sign} {x}.",
        ):
            if self.lit.position < 4:
                self.clear_turn(4)
            self.play(ReplacementTransform(panel.lines[line], changed), seconds=1.0)
            ends = board.ends(longer) if board else VGroup()
            old = VGroup(self.table.unlike(table), self.movers, *self.name)
            self.play(FadeOut(old), seconds=0.4)
            self.play(FadeIn(table.unlike(self.table), ends), seconds=0.6)


def steady(alpha: float) -> float:
    """Return the time as it is: typing has no ease."""
    return alpha
