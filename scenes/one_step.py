"""One step: measure the slope, scale it by the learning rate, land."""

from __future__ import annotations

from collections.abc import Sequence

from manim import (
    Create,
    FadeIn,
    FadeOut,
    VGroup,
)

from gdcore import GradientDescent, Step
from scenes.backstage.board_moves import Riding
from scenes.backstage.formulas import (
    landing_formulas,
    place_formulas,
    slope_formulas,
    step_formulas,
)
from scenes.backstage.step_stage import StepStage
from scenes.base import DescentScene
from scenes.parts.readouts import Readouts, stand_beside
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, ink, join, math
from scenes.parts.step import LANDED, MEASURED, SCALED, SLID
from scenes.parts.strokes import Points, arrow_breadth, arrow_outline, shape
from scenes.telling import formula, rate_of, up_or_down
from scenes.theme import STROKE
from scenes.words import about, as_factor, equals, number

PAST = 0.75
"""How faint a step that is past is, in parts of the way to the background."""


class OneStep(DescentScene):
    """The three moves of a step: the slope is measured, scaled into an arrow, and taken."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 2
    title = "One step"

    def construct(self) -> None:
        """Tell one step slowly and a second one faster."""
        self.set_stage()
        first = self.trace.steps[0] if self.trace.steps else None
        with self.beat(
            "The start is x = {x}, where {formula} is {value}.",
            seconds=4,
            x=self.trace.points[0][0],
            value=self.trace.values[0],
            formula=formula(self.objective),
        ):
            self.add(self.plot)
            self.play(FadeIn(self.plot), Create(self.stage.curve), seconds=1.0)
            self.levels = self.stage.levels(0)
            self.play(
                FadeIn(self.movers, self.levels),
                self.put_in(0, place_formulas(0, self.trace.points[0][0])),
                seconds=0.6,
            )
        if first is None:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="landed"):
                pass
            return
        if first.gradient[0] == 0:
            self.stand_still(first)
            return
        self.measure(first)
        self.scale(first)
        self.land(first)
        if len(self.trace.steps) > 1:
            self.once_more(self.trace.steps[1])

    def set_stage(self) -> None:
        """Lay out the plot, the header and the readouts."""
        self.stage = StepStage(self.look, self.layout, self.objective, self.trace)
        self.plot, self.view = self.stage.plot, self.stage.view
        self.movers = self.stage.follow(self.playhead)
        self.add_header()
        steps = self.stage.trace.steps
        self.readouts = Readouts(
            self.look,
            self.stage.side,
            (
                (("where we start",), ("start",)),
                (("slope there",), ("slope",)),
                (self.step_heading(), ("step",)),
                (("where we land",), ("next",)),
            ),
            (
                [place_formulas(step.index, step.point[0]) for step in steps],
                [slope_formulas(step) for step in steps],
                [step_formulas(self.optimizer, step) for step in steps],
                [landing_formulas(step) for step in steps],
            ),
            ("point", slope_role(self.trace.gradients[0][0]), "step", "point"),
        )
        self.entries: dict[int, VGroup] = {}

    def step_heading(self) -> tuple[str, ...]:
        """Return what a step is, in the order and in the colours of the numbers below it.

        Beside them it would be read on with them.
        """
        if self.method or stand_beside(self.stage.side):
            return ("the step",)
        rate = ink("text", Source(f"{math('-')}{join(self.look.notation.words('rate'))}"))
        slope = ink(slope_role(self.trace.gradients[0][0]), "slope")
        return rate, " ", math("dot"), " ", slope, " ", math("="), " ", ink("step", "step")

    # -- readouts --------------------------------------------------------------------------------

    def put_in(self, index: int, forms: Sequence[str], role: str = "") -> FadeIn:
        """Return the animation that brings one readout in; shorter forms are fall-backs."""
        self.entries[index] = self.readouts.entry(index, forms, role)
        return FadeIn(self.entries[index])

    @property
    def method(self) -> str:
        """The optimiser's name where it does more than scale the slope, or nothing."""
        plain = rate_of(self.optimizer, self.trace.steps[0]) if self.trace.steps else None
        return "" if plain is not None else type(self.optimizer).__name__

    def enter_foot(self, index: int) -> FadeIn | None:
        """Return the animation that brings in where a step lands on the axis."""
        foot = self.stage.feet[index]
        foot.show(float(index))
        return FadeIn(foot) if len(foot) else None

    # -- the moves -------------------------------------------------------------------------------

    def measure(self, step: Step) -> None:
        """Measure the slope, and read the direction off its sign."""
        triangle, ways = self.stage.triangle, self.stage.ways
        assert triangle is not None  # a slope of 0 has been told another way
        assert ways is not None
        rises = "rises" if triangle.rise > 0 else "falls"
        rising = step.gradient[0] > 0
        legs = self.stage.leg_names(self.stage.obstacles(triangle))
        self.slope, *self.next_slope = self.stage.slope_names(
            self.stage.obstacles(triangle, *legs, ways)
        )
        measured = VGroup(triangle, *legs)
        with self.beat(
            "Measure: at x = {x} the tangent {rises} {rise:3} for every {run}: slope {slope}.",
            step,
            rises=rises,
            rise=abs(triangle.rise),
            run=triangle.run,
            still="slope",
            short="At x = {x} the tangent {rises} {rise:3} for every {run}: slope {slope:3}.",
        ):
            self.play(FadeOut(self.levels), seconds=0.4)
            self.play(self.playhead.to(MEASURED), seconds=1.0)
            self.play(Create(triangle), FadeIn(*legs))
            self.play(FadeIn(self.slope), self.put_in(1, slope_formulas(step)), seconds=0.6)
        with self.beat(
            "A {sign} slope {rises} to the right, so the step goes {side}.",
            step,
            sign="positive" if rising else "negative",
            rises=rises,
            side="left" if rising else "right",
        ):
            self.play(FadeOut(measured), seconds=0.4)
            self.play(FadeIn(ways.uphill), seconds=0.7)
            self.play(FadeIn(ways.step), seconds=0.7)

    def scale(self, step: Step) -> None:
        """Turn the slope into an arrow along the x-axis."""
        with self.beat(
            "Scale: {method} makes of the slope {slope} a step of {delta}."
            if self.method
            else "Scale: the step is −{rate} · {factor} {equals} {delta}; "
            "{rate} is the learning rate.",
            step,
            method=self.method,
            rate=rate_of(self.optimizer, step),
            factor=as_factor(number(step.gradient[0])),
            equals=equals(step.gradient[0], step.delta[0]),
            still="scaled",
        ):
            self.play(FadeOut(self.stage.ways), seconds=0.3)
            self.play(self.put_in(2, step_formulas(self.optimizer, step)), seconds=0.6)
            length = self.stage.lengths[0]
            # It comes where it stands: on its way from the product it would cross other words.
            written = FadeIn(length) if length else None
            self.play(written, self.playhead.to(SCALED), seconds=1.2)

    def land(self, step: Step) -> None:
        """Go along the arrow and back up to the curve."""
        with self.beat(
            "Along the x-axis: the new x is {x} {sign} {size} {equals} {next_x}.",
            step,
            sign="−" if step.delta[0] < 0 else "+",
            size=abs(step.delta[0]),
            equals=equals(step.point[0], step.delta[0], step.next_point[0]),
        ):
            self.deck_pause()
            # A number that reaches to the guides leaves until the point has gone by.
            tight = [length for length in self.stage.lengths[:1] if length and length.tight]
            self.play(FadeOut(self.slope, *tight), seconds=0.3)
            self.play(self.playhead.to(SLID), self.stage.dial.to(1), seconds=1.8)
            self.play(self.put_in(3, landing_formulas(step)), self.enter_foot(1), seconds=0.6)
            self.stage.dial.drive(Riding(self.playhead, self.stage.feet[1]))
            self.playhead.drive(self.stage.feet[1])
        self.levels = self.stage.levels(0, 1)
        with self.beat(
            "On the curve again: f {moved} from {before}{value} to {after}{next_value}.",
            step,
            moved=up_or_down(step.value, step.next_value),
            before=about(step.value),
            after=about(step.next_value),
            seconds=5,
            still="landed",
        ):
            self.play(self.playhead.to(LANDED), seconds=1.0)
            self.play(FadeIn(self.levels, *tight))

    def once_more(self, step: Step) -> None:
        """Take the second step in one go."""
        shorter = abs(step.delta[0]) < abs(self.trace.steps[0].delta[0])
        longer = abs(step.delta[0]) > abs(self.trace.steps[0].delta[0])
        told = "At slope {slope} the same rate gives {length} step"
        if self.method:
            told = "At slope {slope} {method} makes {length} step"
        with self.beat(
            f"{told}: {{delta}} after {{last}}.",
            step,
            method=self.method,
            last=self.trace.steps[0].delta[0],
            length="a shorter" if shorter else "a longer" if longer else "an equally long",
            seconds=7,
            hold=1.5,
            still="second-step",
            short=f"{told}, {{delta}}.",
        ):
            # The first arrow stays, fainter, and its length where it has room: beside them one sees
            # that the second is shorter. The start is no longer spoken of, and the new tangent
            # would pass close by.
            start = self.stage.ghosts[0]
            self.playhead.release(start)
            first, length = self.stage.lengths[:2]
            old = VGroup(*self.entries.values(), *(first or ()), self.levels, start)
            pale = self.look.theme.blend("step", PAST)
            if length and length.before:
                length.before.set_fill(self.look.color("muted"))
            # As at the first step, a number that reaches to the guides comes after the point.
            written = FadeIn(length) if length else None
            early, late = (None, written) if length and length.tight else (written, None)
            self.play(FadeOut(old), seconds=0.4)
            self.play(self.stage.dial.to(2), seconds=0.7)
            self.stage.past.add(shape(self.look, self.first_arrow(step), "step", color=pale))
            self.play(
                self.playhead.to(1 + MEASURED),
                self.put_in(0, place_formulas(1, step.point[0])),
                self.put_in(1, slope_formulas(step), slope_role(step.gradient[0])),
                seconds=0.8,
            )
            # Where it stands the line from the start may have been.
            self.play(FadeIn(*self.next_slope), seconds=0.4)
            self.play(
                self.playhead.to(1 + SCALED),
                self.put_in(2, step_formulas(self.optimizer, step)),
                early,
            )
            self.play(
                self.playhead.to(2),
                self.put_in(3, landing_formulas(step)),
                self.enter_foot(2),
                seconds=1.4,
            )
            self.play(late, seconds=0.5)

    def first_arrow(self, second: Step) -> Points:
        """Return the outline of the first arrow, with a head no larger than the second one's."""
        (first, tip), (start, end) = (self.view.arrow_ends(index) for index in (0, second.index))
        broad = arrow_breadth(abs(float(end[0] - start[0]))) or 1.0
        return arrow_outline(first, tip, broad * STROKE.arrow, broad * STROKE.arrow_head)

    def stand_still(self, step: Step) -> None:
        """Say what a slope of 0 means: no step."""
        with self.beat("At x = {x} the tangent is flat: the slope is 0.", step, still="slope"):
            self.play(FadeOut(self.levels), seconds=0.4)
            self.play(self.playhead.to(MEASURED), self.put_in(1, slope_formulas(step)))
        with self.beat(
            "A slope of 0 times any rate is a step of 0: x stays {x}.",
            step,
            still="landed",
            hold=1.5,
        ):
            self.play(self.put_in(2, ("-eta dot 0 = 0",)), self.playhead.to(1))
