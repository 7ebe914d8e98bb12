"""Past the minimum: steps that land on the other side, and nearer, as far or farther."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut

from gdcore import GradientDescent, Step
from scenes import parameters
from scenes.backstage import jumping
from scenes.backstage.jump_formulas import product
from scenes.backstage.jump_lesson import JumpLesson
from scenes.backstage.jump_views import (
    View,
    closest_window,
    is_told,
    keeps_level,
    places,
    run_windows,
    widening_views,
)
from scenes.base import DescentScene
from scenes.parts.abreast import Abreast
from scenes.parts.step import MEASURED, SCALED
from scenes.parts.window import leading
from scenes.playhead import Playhead
from scenes.telling import curvature, goal
from scenes.words import is_close


class Overshoot(JumpLesson, DescentScene):
    """Past the minimum and back: a rate between 1/L and 2/L lands on alternate sides."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.9)
    max_steps = 10
    title = "Overshooting"
    seconds = 42
    tells_rate = True
    digits = 5, 5

    def construct(self) -> None:
        """Tell two jumps slowly, let the others pass, compare with a rate that does not jump."""
        self.set_stage()
        steps = self.trace.steps
        if not steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, seconds=5, still="last"):
                self.enter()
            return
        self.first_step(steps[0])
        if all(step.delta[0] == 0 for step in steps):
            with self.beat(jumping.STANDING, steps[0], still="last", hold=1.5):
                self.play(self.playhead.to(1))
            return
        self.first_landing(steps[0])
        self.compare_values(steps[0])
        if len(steps) > 1:
            self.second_jump(*steps[:2])
        if len(steps) > 2:
            self.jumps_that_follow(steps[2:5])
        self.last_jump()
        self.other_rate()

    def set_stage(self) -> None:
        """Lay out the plot with the run in it."""
        trace = self.trace
        xs = leading([point[0] for point in trace.points])
        self.reach = 2 * max(1.0, *(abs(x - xs[0]) for x in xs))
        self.valley = goal(self.objective, trace)
        self.below = jumping.downhill(self.objective, xs[0], self.reach)
        include = tuple({x for x in (self.valley, self.below) if x is not None})
        window, small = run_windows(self.objective, trace, include, self.layout, self.shares)
        self.rate = self.told_rate
        told = places(trace)
        kept = told if is_told(trace) else ()
        values = trace.values[:2]
        views = [
            View(window, True, told),
            View(window, True, told, values),
            View(window, True, told),
            View(small, False, kept),
        ]
        self.take_stage(views, [trace], self.rate, self.below)

    # -- the first jump --------------------------------------------------------------------------

    def first_step(self, step: Step) -> None:
        """Measure the slope and scale it into an arrow."""
        template, fields = jumping.measured(self.optimizer, step)
        made = product(self.optimizer, step)
        self.length, *slope = self.stage.labels(step, made)
        self.leaving.add(*slope)
        with self.beat(template, step, **fields, seconds=5, still="step"):
            self.enter(self.length, *slope)
            self.play(self.stage.walk.to(SCALED))
            self.play(*map(FadeIn, [self.length, *slope]), seconds=0.3)

    def first_landing(self, step: Step) -> None:
        """Hold the step against the distance, and land."""
        only = jumping.is_alone(self.objective, self.below, self.reach)
        template, fields = jumping.passing(step, self.below, only=only)
        with self.beat(template, step, **fields, still="jump-1"):
            self.leave(self.stage.voice.to(1))
            if self.below is not None and self.below != step.point[0]:
                self.leaving.add(self.stage.compare(step, self.length, self.below))
                self.play(*map(FadeIn, self.leaving), seconds=0.6)
            self.deck_pause()
            self.play(self.stage.walk.to(1), seconds=1.6)

    def compare_values(self, step: Step) -> None:
        """Show by how much the value fell or rose."""
        template, fields = jumping.comparing(step, self.below)
        with self.beat(template, step, **fields, seconds=5, still="lower"):
            fall = self.jumps.fall(step, self.stage.curve)
            self.leaving.add(self.length)
            self.leave(self.stage.voice.to(2), self.stage.dial.to(1), seconds=0.5)
            self.play(Create(fall.lines), FadeIn(fall.names))
            self.leaving.add(fall)

    # -- the jumps after it ----------------------------------------------------------------------

    def second_jump(self, before: Step, step: Step) -> None:
        """Tell the way back in one go."""
        below = jumping.downhill(self.objective, step.point[0], self.reach)
        template, short = jumping.back_again(self.optimizer, before, step, below)
        numbers = self.stage.labels(step, product(self.optimizer, step), landed=True)
        with self.beat(template, step, short=short, still="jump-2"):
            self.leave(self.stage.dial.to(2))
            self.play(self.stage.walk.to(1 + SCALED))
            self.play(FadeIn(numbers), seconds=0.3)
            self.deck_pause()
            self.play(self.stage.walk.to(2), seconds=1.2)
            self.leaving = numbers

    def jumps_that_follow(self, steps: Sequence[Step]) -> None:
        """Let the next steps pass, and show what they have in common."""
        template, fields = self.each_time(steps)
        with self.beat(template, **fields, still="jumps"):
            self.open_history(3)
            self.play(self.stage.walk.to(2 + len(steps)), seconds=0.5 * len(steps))
            self.tell_law(self.rate)

    def last_jump(self) -> None:
        """Let the others pass quickly, and the last one slowly."""
        last, walk = len(self.trace.steps), self.stage.walk
        # A run that has left its valley tells no law of the minimum that it has not come to yet.
        template, fields = jumping.ended(self.trace, self.kept_valley)
        with self.beat(template, **fields, hold=1.5, still="last"):
            if self.history is None:
                self.quiet_down()
            if walk.position < last - 1:
                self.play(walk.to(last - 1), seconds=1.3)
            if walk.position < last:
                self.play(walk.to(last))
            self.leave(walk.to(last + MEASURED), seconds=0.3)
            self.tell_rim()

    @property
    def kept_valley(self) -> float | None:
        """The x of the minimum that the run is about from its first step on, if there is one."""
        return None if self.stage.passed else self.valley

    def quiet_down(self) -> None:
        """Let what was told of the first steps leave a plot that no strip and table follow."""
        if self.stage.passed:
            self.play(*self.quieten(), seconds=0.3)
        if self.stage.dial.position < 2:
            self.leave(self.stage.dial.to(2), seconds=0.5)

    # -- another rate ----------------------------------------------------------------------------

    def other_rate(self) -> None:
        """Lay the run of the rate that contracts as fast from one side beside this one."""
        valley = self.kept_valley
        rates = self.rate, jumping.partner(self.objective, self.trace, valley, self.rate)
        if None in rates or valley is None:
            return
        trace = self.run(learning_rate=rates[1], max_steps=len(self.trace.steps))
        template, fields, short = jumping.compared(self.trace, trace, valley)
        with self.beat(
            template, rate=rates[1], **fields, hold=1.5, still="other-rate", short=short
        ):
            self.open_history(3)
            self.lay_beside(trace, rates)


class BounceAndDiverge(JumpLesson, DescentScene):
    """At 2/L a run bounces for ever, beyond it each jump is longer: the frame has to widen.

    Parameters of its own: `rates`, the two rates that are told one after the other, and
    `compared_rate`, the one that stands beside them at the end.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=1.0)
    max_steps = 8
    title = "Bouncing and diverging"
    seconds = 42
    rates: Any = (1.0, 1.05)
    compared_rate: Any = 0.9
    kinds: ClassVar = {"rates": parameters.rates(2, 2), "compared_rate": parameters.RATE}
    digits = 4, 4
    with_values = True

    @property
    def told_rate(self) -> float:
        """The rate that is told first."""
        return float(self.rates[0])

    def construct(self) -> None:
        """Tell the first rate, then the second one in ever wider frames, then compare three."""
        self.set_stage()
        first, second = (run.steps for run in self.runs)
        if not first or not second:
            stop = next(run.stop for run in self.runs if not run.steps)
            with self.beat("{stop}", stop=stop.sentence, seconds=5, still="last"):
                self.enter()
            return
        self.across(first[0])
        if len(first) > 1:
            self.and_back(*first[:2])
        self.fill_strip()
        self.second_rate(second[0])
        if len(second) > 1:
            self.growing(second[1:5])
        self.last_step()
        self.abreast()

    def set_stage(self) -> None:
        """Lay out the plot with all its windows, and the first run."""
        self.runs = [self.run(learning_rate=rate) for rate in self.rates]
        self.valley = goal(self.objective, self.runs[0])
        place = self.layout, self.shares
        views = widening_views(self.objective, self.runs, self.valley, *place)
        self.take_stage(views, self.runs, self.rates[0], self.valley)

    # -- the first rate --------------------------------------------------------------------------

    def across(self, step: Step) -> None:
        """Scale the slope into an arrow and hold it against the distance."""
        template, fields, short = jumping.against(step, self.valley)
        numbers = self.stage.labels(step, self.made(step, 0))
        if self.valley is not None and jumping.crosses(step, self.valley):
            numbers.add(self.stage.compare(step, numbers[0], self.valley, beyond=True))
        with self.beat(
            template, step, rate=self.rates[0], **fields, seconds=5, still="step", short=short
        ):
            self.enter(numbers)
            self.play(self.stage.walk.to(SCALED), seconds=0.9)
            self.play(FadeIn(numbers), seconds=0.4)
            self.leaving = numbers

    def and_back(self, before: Step, step: Step) -> None:
        """Land, and come back in a second step."""
        template, short = jumping.back_again(self.optimizer, before, step, self.valley)
        same = keeps_level(self.runs[0]) and is_close(step.next_value, before.value)
        level = [self.jumps.level()] if same else []
        numbers = self.stage.labels(step, self.made(step, 0), *level, landed=True)
        with self.beat(template, step, seconds=5, still="and-back", short=short):
            self.deck_pause()
            self.leave(self.stage.walk.to(1), seconds=0.7)
            self.play(self.stage.walk.to(1 + SCALED), seconds=0.7)
            self.play(self.stage.walk.to(2), FadeIn(numbers), seconds=0.9)
            self.leaving = numbers
            if same:
                # Clear of the dots as they are now.
                self.leaving.add(self.jumps.level())
                self.play(FadeIn(self.leaving[-1]), seconds=0.5)

    def fill_strip(self) -> None:
        """Make room for strip and table, and let the other steps of the first rate pass."""
        template, fields = jumping.standing(self.runs[0], self.valley)
        with self.beat(template, **fields, seconds=5, still="bounce"):
            self.open_history(1)
            self.play(self.stage.walk.to(len(self.runs[0].steps)), seconds=1.3)
            level = [self.jumps.level()] if keeps_level(self.runs[0]) else []
            self.tell_law(self.rates[0], *level)

    # -- the second rate -------------------------------------------------------------------------

    def second_rate(self, step: Step) -> None:
        """Start again with the second rate and take its first step."""
        template, fields, short = jumping.resetting(step)
        with self.beat(
            template, step, rate=self.rates[1], **fields, still="first-step", short=short
        ):
            before = self.jumps, self.stage.feet
            self.stage.zoom.drop(*before)
            gone = [*before, *([self.laws] if self.laws else [])]
            self.history = self.laws = None
            self.leave(*map(FadeOut, gone))
            self.play(self.stage.dial.to(2), *self.tell_rates(self.rates[1]), seconds=0.7)
            self.take(self.runs[1], 0)
            fall = self.jumps.fall(step, self.stage.curve)
            self.play(*self.bring_in(fall), seconds=0.4)
            numbers = self.stage.labels(step, self.made(step, 1), fall)
            self.play(self.stage.walk.to(SCALED), seconds=0.6)
            self.play(FadeIn(numbers), seconds=0.2)
            self.play(self.stage.walk.to(1), self.stage.dial.to(3), seconds=0.7)
            fall = self.jumps.fall(step, self.stage.curve, numbers)
            self.play(FadeIn(fall), seconds=0.5)
            self.leaving.add(numbers, fall)

    def growing(self, steps: Sequence[Step]) -> None:
        """Take the next steps."""
        template, fields = self.each_time(steps)
        with self.beat(template, **fields, still="growing"):
            self.open_history(4, seconds=1.0)
            self.play(self.stage.walk.to(1 + len(steps)), seconds=0.4 * len(steps))
            self.tell_law(self.rates[1])

    def last_step(self) -> None:
        """Take the last steps, out to the edge of the frame."""
        template, fields = jumping.grown(self.runs[1])
        with self.beat(template, **fields, hold=1.5, still="last"):
            self.open_history(4)
            self.leave(*self.unname())
            last = self.stage.walk.to(len(self.runs[1].steps))
            self.play(last, self.stage.dial.to(5), seconds=1.6)
            fall = self.jumps.whole_fall(self.stage.curve)
            if fall is not None:
                self.play(FadeIn(fall), self.stage.dial.to(6), seconds=0.5)
                self.leaving.add(fall)

    def made(self, step: Step, run: int) -> str:
        """Return how a step of one of the runs comes about, as Typst mathematics."""
        return product(GradientDescent(learning_rate=self.rates[run]), step)

    # -- three rates -----------------------------------------------------------------------------

    def abreast(self) -> None:
        """Lay the histories of three rates side by side."""
        rates = (self.compared_rate, *self.rates)
        runs = [self.run(learning_rate=self.compared_rate), *self.runs]
        window, head = closest_window(self.objective, runs, self.valley), Playhead()
        bend = curvature(self.objective, self.valley)
        layout = self.two_lines
        strips = Abreast(self.look, layout.body, runs, rates, window, self.valley, bend)
        head.drive(strips)
        template, fields, short = jumping.factors(self.objective, runs, self.valley)
        with self.beat(template, **fields, seconds=7, hold=1.5, still="three-rates", short=short):
            gone = [self.stage.zoom, *([self.laws] if self.laws else [])]
            self.leave(*map(FadeOut, gone), seconds=0.5)
            told = self.tell_rates(law=self.general_law(), layout=layout)
            self.play(FadeIn(strips), *told, seconds=0.6)
            self.play(head.to(max(len(run.steps) for run in runs)), seconds=2.4)
