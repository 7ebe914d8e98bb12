"""Past the minimum: steps that land on the other side, and nearer, as far or farther."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, ReplacementTransform, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step, Trace
from scenes import jumping, parameters
from scenes.base import DescentScene
from scenes.header import header
from scenes.parts.abreast import Abreast
from scenes.parts.jumps import Jumps
from scenes.parts.levels import Fall
from scenes.parts.lettering import Lettering
from scenes.parts.measure import Comparison
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.step import MEASURED, SCALED
from scenes.parts.trail import Strip
from scenes.parts.window import fit, leading, widening
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.telling import Contraction, goal, partner_rate, rate_of
from scenes.words import is_close, number

AIR = {"left": 0.12, "right": 0.12, "headroom": 0.12}
"""Free space round the iterates in the window, in parts of their range."""


class Overshoot(DescentScene):
    """Past the minimum and back: a rate between 1/L and 2/L lands on alternate sides."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.9)
    max_steps = 10
    title = "Overshooting"

    def construct(self) -> None:
        """Tell two jumps slowly, let the others pass, and compare with a rate that does not jump."""
        self.set_stage()
        steps = self.trace.steps
        if not steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, seconds=5, still="last"):
                self.enter()
            return
        self.first_step(steps[0])
        if all(step.delta[0] == 0 for step in steps):
            self.stand_still(steps[0])
            return
        self.first_landing(steps[0])
        self.compare_values(steps[0])
        if len(steps) > 1:
            self.second_jump(steps[1])
        if len(steps) > 2:
            self.jumps_that_follow(steps[2:5])
        self.last_jump()
        self.other_rate()

    def set_stage(self) -> None:
        """Lay out plot, strip and table."""
        trace = self.trace
        xs = leading([point[0] for point in trace.points])
        self.valley = goal(self.objective, trace)
        self.reach = 2 * max(1.0, *(abs(x - xs[0]) for x in xs))
        self.below = jumping.downhill(self.objective, xs[0], self.reach)
        include = tuple({x for x in (self.valley, self.below) if x is not None})
        window = fit(self.objective, xs, include=include, symmetric=len(include) == 1, **AIR)
        above, self.rows, side = jumping.regions(self.layout)
        self.plot = Plot(self.look, above, window, left_room=Strip.left_room(self.look, trace))
        self.curve = self.plot.curve(self.objective)
        room = jumping.table_room(self.layout)
        self.jumps = Jumps(self.look, self.plot, trace, self.rows, side, told=(0, 1), room=room)
        self.add_header(
            self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"), *self.rate_shown()
        )
        self.playhead.drive(self.jumps)

    def rate_shown(self) -> tuple[Lettering, ...]:
        """Return the learning rate for the header, or the method where there is more to it."""
        rate = rate_of(self.optimizer, self.trace.steps[0]) if self.trace.steps else None
        if rate is None:
            return (self.look.text(type(self.optimizer).__name__, size=5.6),)
        return (self.look.math(f"eta = {figure(number(rate))}", 5.6),)

    def enter(self) -> None:
        """Let the stage come in: first the curve, then the walker with strip and table."""
        self.play(FadeIn(self.plot), Create(self.curve), seconds=0.9)
        self.play(FadeIn(self.jumps), seconds=0.4)

    # -- the first jump --------------------------------------------------------------------------

    def first_step(self, step: Step) -> None:
        """Measure the slope and scale it into an arrow."""
        template, fields = jumping.measured(self.optimizer, step)
        self.numbers = self.jumps.labels(step, self.curve)
        with self.beat(template, step, **fields, seconds=5, still="step"):
            self.enter()
            self.play(self.playhead.to(SCALED), seconds=1.0)
            self.play(FadeIn(self.numbers), seconds=0.3)

    def stand_still(self, step: Step) -> None:
        """Say what a slope of 0 means: no step."""
        with self.beat(
            "The slope is 0, and so is every step: x stays {x}.", step, still="last", hold=1.5
        ):
            self.play(self.playhead.to(1), seconds=1.0)

    def first_landing(self, step: Step) -> None:
        """Hold the step against the distance, and land."""
        template, fields = jumping.passing(step, self.below, only=self.below == self.valley)
        comparison = None
        if self.below not in (None, step.point[0]):
            clear = self.jumps.obstacles(self.curve)
            clear.within = self.rows
            clear.add_points(self.jumps.strip.centers[:2])
            comparison = Comparison(self.look, self.plot, self.rows, step, self.below, clear)
        with self.beat(template, step, **fields, still="jump-1"):
            if comparison:
                self.play(Create(comparison.mark), FadeIn(comparison.distance), seconds=0.6)
                self.play(
                    TransformFromCopy(self.jumps.view.arrow, comparison.arrow),
                    FadeIn(comparison.length),
                    seconds=0.8,
                )
            self.play(self.playhead.to(1), seconds=1.6)
        self.leaving = VGroup(*self.numbers, *([comparison] if comparison else []))

    def compare_values(self, step: Step) -> None:
        """Show by how much the value fell or rose."""
        template, fields = jumping.comparing(step, self.below)
        with self.beat(template, step, **fields, seconds=5, still="lower"):
            self.play(FadeOut(self.leaving), seconds=0.4)
            self.fall = Fall(self.look, self.plot, step, self.jumps.obstacles(self.curve))
            self.play(Create(self.fall.lines), FadeIn(self.fall.label), seconds=1.0)

    # -- the jumps after it ----------------------------------------------------------------------

    def second_jump(self, step: Step) -> None:
        """Tell the way back in one go."""
        below = jumping.downhill(self.objective, step.point[0], self.reach)
        template, fields = jumping.back_again(self.optimizer, step, below)
        numbers = self.jumps.labels(step, self.curve)
        with self.beat(template, step, **fields, still="jump-2"):
            self.play(FadeOut(self.fall), seconds=0.4)
            self.play(self.playhead.to(1 + SCALED), seconds=1.0)
            self.play(FadeIn(numbers), seconds=0.3)
            self.play(self.playhead.to(2), seconds=1.2)
        self.leaving = numbers

    def jumps_that_follow(self, steps: tuple[Step, ...]) -> None:
        """Let the next steps pass, and show what they have in common."""
        law = Contraction.of(self.trace, self.valley)
        xs = [step.next_point[0] for step in steps]
        template, fields = jumping.each_time(law, self.valley, xs, 4)
        with self.beat(template, **fields, still="jumps"):
            self.play(FadeOut(self.leaving), seconds=0.3)
            self.leaving = VGroup()
            self.play(self.playhead.to(2 + len(steps)), seconds=0.75 * len(steps))
            if law and self.valley is not None:
                self.play(Create(self.jumps.open_funnel(self.valley)), seconds=0.8)

    def last_jump(self) -> None:
        """Let the others pass quickly, and the last one slowly."""
        last = len(self.trace.steps)
        template, fields = jumping.ended(self.trace, self.valley)
        with self.beat(template, **fields, hold=1.5, still="last"):
            self.play(FadeOut(self.leaving, self.fall), seconds=0.3) if last == 1 else None
            if self.playhead.position < last - 1:
                self.play(self.playhead.to(last - 1), seconds=1.4)
            self.play(self.playhead.to(last), seconds=1.0)
            self.play(self.playhead.to(last + MEASURED), seconds=0.3)

    # -- another rate ----------------------------------------------------------------------------

    def other_rate(self) -> None:
        """Lay the run of the rate that contracts as fast from one side beside this one."""
        rate = rate_of(self.optimizer, self.trace.steps[0])
        other = None if rate is None else partner_rate(self.objective, self.valley, rate)
        law = Contraction.of(self.trace, self.valley)
        if rate is None or other is None or law is None or self.valley is None:
            return
        trace = self.run(learning_rate=other, max_steps=len(self.trace.steps))
        strip = Strip(
            self.look, self.plot, self.rows, trace, role="series_2", dash=True, numbered=False
        )
        head = Playhead()
        head.drive(strip)
        labels = self.name_runs(strip, rate, other)
        template, fields = jumping.compared(self.trace, trace, self.valley)
        with self.beat(template, rate=other, **fields, hold=1.5, still="other-rate"):
            self.play(FadeIn(labels[0]), seconds=0.3)
            self.play(head.to(len(trace.steps)), seconds=1.8)
            self.play(FadeIn(labels[1]), seconds=0.3)

    def name_runs(
        self, other: Strip, rate: float, other_rate: float
    ) -> tuple[Lettering, Lettering]:
        """Return the labels of the two runs in the strip."""
        strip = self.jumps.strip
        clear = self.jumps.obstacles()
        clear.within = self.rows
        clear.add(*self.mobjects)
        clear.add_points(other.path(len(other.centers)))
        mine = self.look.text(f"rate {number(rate)}", role="point")
        its = self.look.text(f"rate {number(other_rate)}", role="series_2")
        right = self.trace.points[0][0] > (self.valley or 0)
        sides = ("left", "right") if right else ("right", "left")
        return strip.label(mine, clear, sides[0]), other.label(its, clear, sides[1])


class BounceAndDiverge(DescentScene):
    """At 2/L a run bounces for ever, beyond it each jump is longer: the frame has to widen.

    Parameters of its own: `rates`, the two rates that are told one after the other, and
    `compared_rate`, the one that stands beside them at the end.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=1.0)
    max_steps = 8
    title = "Bouncing and diverging"
    rates: Any = (1.0, 1.05)
    compared_rate: Any = 0.9
    kinds: ClassVar = {"rates": parameters.rates(2, 2), "compared_rate": parameters.RATE}

    def construct(self) -> None:
        """Tell the first rate, then the second one in ever wider frames, then compare three."""
        self.runs = [self.run(learning_rate=rate) for rate in self.rates]
        self.valley = goal(self.objective, self.runs[0])
        self.set_stage()
        if not all(run.steps for run in self.runs):
            stop = next(run.stop for run in self.runs if not run.steps)
            with self.beat("{stop}", stop=stop.sentence, seconds=5, still="last"):
                self.enter()
            return
        self.across(self.runs[0].steps[0])
        if len(self.runs[0].steps) > 1:
            self.and_back(self.runs[0].steps[1])
        self.fill_strip()
        self.other_rate(self.runs[1].steps[0])
        if len(self.runs[1].steps) > 1:
            self.growing(self.runs[1].steps[1:5])
        self.last_step()
        self.abreast()

    def set_stage(self) -> None:
        """Lay out the plot with all its windows, and the first run."""
        xs = [[point[0] for point in run.points] for run in self.runs]
        first = [*leading(xs[0]), *xs[1][:2]]
        include = () if self.valley is None else (self.valley,)
        windows, self.stops = widening(
            [
                fit(self.objective, shown, include=include, symmetric=True, **AIR)
                for shown in (first, [*first, *leading(xs[1][:6])], [*first, *leading(xs[1], 8)])
            ]
        )
        above, self.rows, self.side = jumping.regions(self.layout)
        room = max(Strip.left_room(self.look, run) for run in self.runs)
        self.plot = Plot(self.look, above, windows[0], later=windows[1:], left_room=room)
        self.zoom = Zoom(self.look, self.plot, self.objective)
        self.dial = Playhead()
        self.dial.drive(self.zoom)
        self.take(self.runs[0])
        self.head = self.header_of(self.rates[:1])
        self.add(self.head)

    def header_of(self, rates: Sequence[float]) -> VGroup:
        """Return the header with the rate that is told, or without one."""
        formula = self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve")
        shown = [self.look.math(f"eta = {figure(number(rate))}", 5.6) for rate in rates]
        return header(self.look, self.layout, self.title, (formula, *shown))

    def take(self, run: Trace) -> None:
        """Make a run the one that is told."""
        self.walk, room = Playhead(), jumping.table_room(self.layout)
        self.jumps = Jumps(self.look, self.plot, run, self.rows, self.side, told=(0, 1), room=room)
        self.walk.drive(self.jumps)
        self.zoom.carry(self.walk, self.jumps)

    def enter(self) -> None:
        """Let the stage come in: first the curve, then the walker with strip and table."""
        self.play(FadeIn(self.plot), Create(self.zoom.curve), seconds=0.7)
        self.play(FadeIn(self.jumps), seconds=0.3)

    # -- the first rate --------------------------------------------------------------------------

    def across(self, step: Step) -> None:
        """Scale the slope into an arrow and hold it against the distance."""
        template, fields = jumping.against(step, self.valley)
        self.leaving = self.jumps.labels(step, self.zoom.curve)
        with self.beat(
            "Rate {rate} at x = {x}: the step is {delta}" + template,
            step,
            rate=self.rates[0],
            **fields,
            seconds=5,
            still="step",
        ):
            self.enter()
            self.play(self.walk.to(SCALED), seconds=0.9)
            self.play(FadeIn(self.leaving), seconds=0.3)

    def and_back(self, step: Step) -> None:
        """Land, and come back in a second step."""
        numbers = self.jumps.labels(step, self.zoom.curve)
        with self.beat(
            "At {x} the slope is {slope}, so the step is {delta:+}: {back}to x = {next_x}.",
            step,
            back="back " if is_close(step.next_point[0], self.runs[0].points[0][0]) else "",
            seconds=5,
            still="and-back",
            short="At {x:3} the slope is {slope:3}; the step {delta:+3} leads to x = {next_x:3}.",
        ):
            self.play(self.walk.to(1), FadeOut(self.leaving), seconds=0.7)
            self.play(self.walk.to(1 + SCALED), seconds=0.7)
            self.play(self.walk.to(2), FadeIn(numbers), seconds=0.9)
        self.leaving = numbers

    def fill_strip(self) -> None:
        """Let the other steps of the first rate pass."""
        template, fields = jumping.standing(self.runs[0])
        with self.beat(template, **fields, seconds=5, still="bounce"):
            self.play(FadeOut(self.leaving), seconds=0.3)
            self.play(self.walk.to(len(self.runs[0].steps)), seconds=2.2)

    # -- the second rate -------------------------------------------------------------------------

    def other_rate(self, step: Step) -> None:
        """Start again with the second rate and take its first step."""
        template, fields = jumping.resetting(step)
        with self.beat(template, step, rate=self.rates[1], **fields, still="first-step"):
            before, head = self.jumps, self.header_of(self.rates[1:])
            self.zoom.drop(before)
            self.take(self.runs[1])
            self.play(
                FadeOut(before),
                ReplacementTransform(self.head, head),
                FadeIn(self.jumps),
                seconds=0.6,
            )
            self.head = head
            self.play(self.walk.to(1), seconds=1.6)
            self.fall = Fall(self.look, self.plot, step, self.jumps.obstacles(self.zoom.curve))
            self.play(Create(self.fall.lines), FadeIn(self.fall.label), seconds=0.8)

    def growing(self, steps: Sequence[Step]) -> None:
        """Take the next steps, in a frame that has room for them."""
        law = Contraction.of(self.runs[1], self.valley)
        xs = [step.next_point[0] for step in steps]
        template, fields = jumping.each_time(law, self.valley, xs, 3)
        with self.beat(template, **fields, still="growing"):
            self.play(FadeOut(self.fall), seconds=0.3)
            self.widen(1)
            self.play(self.walk.to(1 + len(steps)), seconds=0.55 * len(steps))

    def last_step(self) -> None:
        """Take the last steps in a still wider frame."""
        template, fields = jumping.grown(self.runs[1])
        with self.beat(template, **fields, hold=1.5, still="last"):
            self.play(FadeOut(self.fall), seconds=0.3) if len(self.runs[1].steps) == 1 else None
            self.widen(2)
            self.play(self.walk.to(len(self.runs[1].steps)), seconds=1.8)

    def widen(self, index: int) -> None:
        """Let the frame widen for the next steps, if they need it."""
        if self.stops[index] > self.dial.position:
            self.play(self.dial.to(self.stops[index]), seconds=1.0)

    # -- three rates -----------------------------------------------------------------------------

    def abreast(self) -> None:
        """Lay the histories of three rates side by side."""
        rates = (self.compared_rate, *self.rates)
        runs = [self.run(learning_rate=self.compared_rate), *self.runs]
        words = []
        for rate, run in zip(rates, runs, strict=True):
            law = Contraction.of(run, self.valley)
            lines = [self.look.text(f"rate {number(rate)}")]
            if law:
                lines.append(self.look.text(f"factor {number(law.factor)}", role="muted"))
            words.append(lines)
        strips = Abreast(self.look, self.layout.body, runs, words, self.plot.window, self.valley)
        head = Playhead()
        head.drive(strips)
        template, fields = jumping.factors(self.objective, runs, self.valley)
        short = "These rates end at {x_0:2}, {x_1:2} and {x_2:2}."
        with self.beat(template, **fields, seconds=7, hold=1.5, still="three-rates", short=short):
            bare = self.header_of(())
            self.play(FadeOut(self.zoom), ReplacementTransform(self.head, bare), seconds=0.5)
            self.play(FadeIn(strips), seconds=0.6)
            self.play(head.to(max(len(run.steps) for run in runs)), seconds=2.4)
