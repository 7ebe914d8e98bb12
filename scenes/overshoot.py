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
from scenes.parts.plot import Plot
from scenes.parts.step import MEASURED, SCALED
from scenes.parts.strip import Strip
from scenes.parts.window import fit, leading, widening
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.telling import Contraction, goal, rate_of
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
            self.second_jump(steps[1])
        if len(steps) > 2:
            self.jumps_that_follow(steps[2:5])
        self.last_jump()
        self.other_rate()

    def set_stage(self) -> None:
        """Lay out plot, strip and table."""
        trace = self.trace
        xs = leading([point[0] for point in trace.points])
        self.reach = 2 * max(1.0, *(abs(x - xs[0]) for x in xs))
        self.valley = goal(self.objective, trace)
        self.below = jumping.downhill(self.objective, xs[0], self.reach)
        include = tuple({x for x in (self.valley, self.below) if x is not None})
        window = fit(self.objective, xs, include=include, symmetric=len(include) == 1, **AIR)
        above, self.rows, side = jumping.regions(self.layout)
        room = Strip.left_room(self.look, trace)
        self.plot = Plot(self.look, above, window, left_room=room)
        self.curve = self.plot.curve(self.objective)
        room = jumping.table_room(self.layout)
        self.jumps = Jumps(self.look, self.plot, trace, self.rows, side, told=(0, 1), room=room)
        self.playhead.drive(self.jumps)
        rate = rate_of(self.optimizer, trace.steps[0]) if trace.steps else None
        self.add_header(*jumping.formulas(self.look, self.objective, rate, self.optimizer))

    def enter(self) -> None:
        """Let the stage come in: first the curve, then the walker with strip and table."""
        self.play(FadeIn(self.plot), Create(self.curve), seconds=0.9)
        self.play(FadeIn(self.jumps), seconds=0.4)

    # -- the first jump --------------------------------------------------------------------------

    def first_step(self, step: Step) -> None:
        """Measure the slope and scale it into an arrow."""
        template, fields = jumping.measured(self.optimizer, step)
        self.leaving = self.jumps.labels(step, self.curve)
        with self.beat(template, step, **fields, seconds=5, still="step"):
            self.enter()
            self.play(self.playhead.to(SCALED))
            self.play(FadeIn(self.leaving), seconds=0.3)

    def first_landing(self, step: Step) -> None:
        """Hold the step against the distance, and land."""
        only = jumping.is_alone(self.objective, self.below, self.reach)
        template, fields = jumping.passing(step, self.below, only=only)
        with self.beat(template, step, **fields, still="jump-1"):
            if self.below is not None and self.below != step.point[0]:
                compared = self.jumps.compare(step, self.below, self.rows)
                self.play(Create(compared.mark), FadeIn(compared.distance), seconds=0.6)
                arrow = TransformFromCopy(self.jumps.view.arrow, compared.arrow)
                self.play(arrow, FadeIn(compared.length), seconds=0.8)
                self.leaving = VGroup(*self.leaving, compared)
            self.play(self.playhead.to(1), seconds=1.6)

    def compare_values(self, step: Step) -> None:
        """Show by how much the value fell or rose."""
        template, fields = jumping.comparing(step, self.below)
        with self.beat(template, step, **fields, seconds=5, still="lower"):
            self.play(FadeOut(self.leaving), seconds=0.4)
            fall = Fall(self.look, self.plot, step, self.jumps.obstacles(self.curve))
            self.play(Create(fall.lines), FadeIn(fall.label))
            self.leaving = VGroup(fall)

    # -- the jumps after it ----------------------------------------------------------------------

    def second_jump(self, step: Step) -> None:
        """Tell the way back in one go."""
        below = jumping.downhill(self.objective, step.point[0], self.reach)
        template, fields = jumping.back_again(self.optimizer, step, below)
        numbers = self.jumps.labels(step, self.curve)
        with self.beat(template, step, **fields, still="jump-2"):
            self.play(FadeOut(self.leaving), seconds=0.4)
            self.play(self.playhead.to(1 + SCALED))
            self.play(FadeIn(numbers), seconds=0.3)
            self.play(self.playhead.to(2), seconds=1.2)
            self.leaving = numbers

    def jumps_that_follow(self, steps: Sequence[Step]) -> None:
        """Let the next steps pass, and show what they have in common."""
        law = Contraction.of(self.trace, self.valley)
        template, fields = jumping.each_time(law, self.valley, steps, 4)
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
            if self.playhead.position < last - 1:
                self.play(self.playhead.to(last - 1), seconds=1.4)
            self.play(self.playhead.to(last))
            self.play(self.playhead.to(last + MEASURED), FadeOut(self.leaving), seconds=0.3)

    # -- another rate ----------------------------------------------------------------------------

    def other_rate(self) -> None:
        """Lay the run of the rate that contracts as fast from one side beside this one."""
        rate = rate_of(self.optimizer, self.trace.steps[0])
        other = jumping.partner(self.objective, self.trace, self.valley, rate)
        if rate is None or other is None or self.valley is None:
            return
        trace = self.run(learning_rate=other, max_steps=len(self.trace.steps))
        style = {"role": "series_2", "dash": True, "numbered": False}
        strip, head = Strip(self.look, self.plot, self.rows, trace, **style), Playhead()
        head.drive(strip)
        names = self.jumps.name_runs(f"rate {number(rate)}", strip, f"rate {number(other)}")
        template, fields = jumping.compared(self.trace, trace, self.valley)
        with self.beat(template, rate=other, **fields, hold=1.5, still="other-rate"):
            self.play(*map(FadeIn, names[:1]), seconds=0.3)
            self.play(head.to(len(trace.steps)), seconds=1.8)
            self.play(*map(FadeIn, names[1:]), seconds=0.3)


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
        self.set_stage()
        first, second = (run.steps for run in self.runs)
        if not first or not second:
            stop = next(run.stop for run in self.runs if not run.steps)
            with self.beat("{stop}", stop=stop.sentence, seconds=5, still="last"):
                self.enter()
            return
        self.across(first[0])
        if len(first) > 1:
            self.and_back(first[1])
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
        one, two = ([point[0] for point in run.points] for run in self.runs)
        near = [*leading(one), *two[:2]]
        far = (near, [*near, *leading(two[:6])], [*near, *leading(two, 8)])
        include = () if self.valley is None else (self.valley,)
        windows, self.stops = widening(
            [fit(self.objective, xs, include=include, symmetric=True, **AIR) for xs in far]
        )
        above, self.rows, self.side = jumping.regions(self.layout)
        room = max(Strip.left_room(self.look, run) for run in self.runs)
        self.plot = Plot(self.look, above, windows[0], later=windows[1:], left_room=room)
        self.zoom, self.dial = Zoom(self.look, self.plot, self.objective), Playhead()
        self.dial.drive(self.zoom)
        self.take(self.runs[0])
        self.head = self.header_of(self.rates[0])
        self.add(self.head)

    def header_of(self, rate: float | None) -> VGroup:
        """Return the header with the rate that is told, or without one."""
        formulas = jumping.formulas(self.look, self.objective, rate)
        return header(self.look, self.layout, self.title, formulas)

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
        numbers = self.jumps.labels(step, self.zoom.curve)
        with self.beat(template, step, rate=self.rates[0], **fields, seconds=5, still="step"):
            self.enter()
            self.play(self.walk.to(SCALED), seconds=0.9)
            self.play(FadeIn(numbers), seconds=0.3)
            self.leaving = numbers

    def and_back(self, step: Step) -> None:
        """Land, and come back in a second step."""
        back = is_close(step.next_point[0], self.runs[0].start[0])
        numbers = self.jumps.labels(step, self.zoom.curve)
        with self.beat(
            "At {x} the slope is {slope}, so the step is {delta:+}: {back}to x = {next_x}.",
            step,
            back="back " if back else "",
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

    def second_rate(self, step: Step) -> None:
        """Start again with the second rate and take its first step."""
        template, fields, short = jumping.resetting(step)
        with self.beat(
            template, step, rate=self.rates[1], **fields, still="first-step", short=short
        ):
            before, head = self.jumps, self.header_of(self.rates[1])
            self.zoom.drop(before)
            self.take(self.runs[1])
            anew = ReplacementTransform(self.head, head)
            self.play(FadeOut(before), anew, FadeIn(self.jumps), seconds=0.6)
            self.play(self.walk.to(1), seconds=1.6)
            fall = Fall(self.look, self.plot, step, self.jumps.obstacles(self.zoom.curve))
            self.play(Create(fall.lines), FadeIn(fall.label), seconds=0.8)
            self.head, self.leaving = head, VGroup(fall)

    def growing(self, steps: Sequence[Step]) -> None:
        """Take the next steps, in a frame that has room for them."""
        law = Contraction.of(self.runs[1], self.valley)
        template, fields = jumping.each_time(law, self.valley, steps, 3)
        with self.beat(template, **fields, still="growing"):
            self.widen(1)
            self.play(self.walk.to(1 + len(steps)), seconds=0.5 * len(steps))

    def last_step(self) -> None:
        """Take the last steps in a still wider frame."""
        template, fields = jumping.grown(self.runs[1])
        with self.beat(template, **fields, hold=1.5, still="last"):
            self.widen(2)
            self.play(self.walk.to(len(self.runs[1].steps)), seconds=1.8)

    def widen(self, index: int) -> None:
        """Let the frame widen for the next steps, if they need it."""
        self.play(FadeOut(self.leaving) if len(self.leaving) else None, seconds=0.3)
        self.leaving = VGroup()
        if self.stops[index] > self.dial.position:
            self.play(self.dial.to(self.stops[index]))

    # -- three rates -----------------------------------------------------------------------------

    def abreast(self) -> None:
        """Lay the histories of three rates side by side."""
        runs = [self.run(learning_rate=self.compared_rate), *self.runs]
        names = [f"rate {number(rate)}" for rate in (self.compared_rate, *self.rates)]
        laws = [Contraction.of(run, self.valley) for run in runs]
        factors = [law.factor if law else None for law in laws]
        region, window = self.layout.body, self.plot.window
        strips, head = (
            Abreast(self.look, region, runs, names, factors, window, self.valley),
            Playhead(),
        )
        head.drive(strips)
        template, fields, short = jumping.factors(self.objective, runs, self.valley)
        with self.beat(template, **fields, seconds=7, hold=1.5, still="three-rates", short=short):
            bare = ReplacementTransform(self.head, self.header_of(None))
            self.play(FadeOut(self.zoom), bare, seconds=0.5)
            self.play(FadeIn(strips), seconds=0.6)
            self.play(head.to(max(len(run.steps) for run in runs)), seconds=2.4)
