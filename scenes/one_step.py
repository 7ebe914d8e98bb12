"""One step: measure the slope, scale it by the learning rate, land."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, TransformFromCopy, VGroup

from gdcore import GradientDescent, Step
from scenes.base import DescentScene
from scenes.parts.chevrons import Chevrons
from scenes.parts.lettering import Lettering
from scenes.parts.levels import Fall
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.readouts import Readouts
from scenes.parts.slope import SlopeTriangle, slope_role
from scenes.parts.source import figure, ink, math
from scenes.parts.step import LANDED, MEASURED, SCALED, SLID, StepView
from scenes.parts.strokes import arrow_outline, shape
from scenes.parts.trail import Ghosts
from scenes.parts.window import fit_beside
from scenes.telling import formula, goal, rate_of, up_or_down
from scenes.words import MINUS, as_factor, number


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
            self.add(self.plot, self.ghosts)
            self.play(FadeIn(self.plot), Create(self.curve), seconds=1.2)
            self.play(FadeIn(self.view), self.put_in(0, self.place_formula(0)))
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
        xs = [point[0] for point in self.trace.points]
        valley = goal(self.objective, self.trace)
        window = fit_beside(self.objective, xs, valley, headroom=0.55)
        self.plot = Plot(self.look, self.layout.stage, window)
        self.curve = self.plot.curve(self.objective)
        length = 1.7 * self.plot.inner.height  # long enough to part from the curve at both ends
        self.view = StepView(self.look, self.plot, self.trace, tangent_length=length)
        self.add_header(self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"))
        self.readouts = Readouts(
            self.look,
            self.layout.side,
            (
                "where we are",
                "slope there",
                "the step" if self.method else "step = −rate · slope",
                "where we land",
            ),
        )
        self.entries: dict[int, VGroup] = {}
        places = [self.plot.at(x, value) for x, value in zip(xs, self.trace.values, strict=True)]
        self.ghosts = Ghosts(self.look, places, region=self.plot.inner)
        self.playhead.drive(self.ghosts, self.view)

    # -- readouts --------------------------------------------------------------------------------

    def put_in(self, index: int, *sources: str) -> FadeIn:
        """Return the animation that brings one readout in; shorter sources are fall-backs."""
        roles = ("point", slope_role(self.slope), "step", "point")
        formulas = [self.look.math(source, role=roles[index]) for source in sources]
        self.entries[index] = self.readouts.entry(index, *formulas)
        return FadeIn(self.entries[index])

    @property
    def slope(self) -> float:
        """The slope that colours the readouts."""
        return self.trace.gradients[0][0]

    def place_formula(self, index: int) -> str:
        """Return x with its index and its value."""
        return f"x_{index} = {figure(number(self.trace.points[index][0]))}"

    def slope_formula(self, step: Step) -> tuple[str, ...]:
        """Return the slope at the step's start."""
        slope = figure(number(step.gradient[0]))
        return f"f'({figure(number(step.point[0]))}) = {slope}", f"f'(x) = {slope}", slope

    def step_formula(self, step: Step) -> tuple[str, ...]:
        """Return the step as a product where it is one."""
        rate, delta = rate_of(self.optimizer, step), figure(number(step.delta[0]))
        short = f"Delta x = {delta}", delta
        if rate is None:
            return short
        slope = number(step.gradient[0])
        factor = f"({figure(slope)})" if slope.startswith(MINUS) else figure(slope)
        # The rate is plain, the slope wears its colour, the product is the step.
        product = f"{ink('text', math(f'-{figure(number(rate))} dot'))}"
        product += f"{ink(slope_role(step.gradient[0]), math(factor))}"
        return f"{product} = {delta}", *short

    def landing_formula(self, step: Step) -> tuple[str, ...]:
        """Return the sum that gives the new x."""
        sign, size = ("-" if step.delta[0] < 0 else "+"), figure(number(abs(step.delta[0])))
        name, there = f"x_{step.index + 1}", figure(number(step.next_point[0]))
        here = figure(number(step.point[0]))
        return f"{name} = {here} {sign} {size} = {there}", f"{name} = {there}", there

    @property
    def method(self) -> str:
        """The optimiser's name where it does more than scale the slope, or nothing."""
        plain = rate_of(self.optimizer, self.trace.steps[0]) if self.trace.steps else None
        return "" if plain is not None else type(self.optimizer).__name__

    # -- the moves -------------------------------------------------------------------------------

    def measure(self, step: Step) -> None:
        """Measure the slope, and read the direction off its sign."""
        triangle = SlopeTriangle(self.look, self.plot, step.point[0], step.value, step.gradient[0])
        rises = "rises" if triangle.rise > 0 else "falls"
        role = slope_role(step.gradient[0])
        clear = self.obstacles(triangle)
        across = place_near(
            self.look.math(figure(number(triangle.run)), role=role),
            triangle.across_middle,
            clear,
            ("below", "above"),
        )
        up = place_near(
            self.look.math(figure(number(abs(triangle.rise))), role=role),
            triangle.up_middle,
            clear,
            ("right", "left"),
        )
        self.measured = VGroup(triangle, across, up)
        with self.beat(
            "Measure: at x = {x} the tangent {rises} {rise:3} for every {run}: slope {slope}.",
            step,
            rises=rises,
            rise=abs(triangle.rise),
            run=triangle.run,
            still="slope",
            short="At x = {x} the tangent {rises} {rise:3} for every {run}: slope {slope:3}.",
        ):
            self.play(self.playhead.to(MEASURED), seconds=1.0)
            self.play(
                Create(triangle), FadeIn(across, up), self.put_in(1, *self.slope_formula(step))
            )
        rising = step.gradient[0] > 0
        self.signs = Chevrons(
            self.look,
            self.plot,
            step.point[0],
            1 if rising else -1,
            self.obstacles(),
        )
        with self.beat(
            "A {sign} slope {rises} to the right, so the step goes {side}.",
            step,
            sign="positive" if rising else "negative",
            rises=rises,
            side="left" if rising else "right",
        ):
            self.play(FadeOut(self.measured), seconds=0.4)
            self.play(FadeIn(self.signs.uphill), seconds=0.7)
            self.play(FadeIn(self.signs.downhill), seconds=0.7)

    def scale(self, step: Step) -> None:
        """Turn the slope into an arrow along the x-axis."""
        self.arrow_label = self.label_arrow(step)
        with self.beat(
            "Scale: {method} makes of the slope {slope} a step of {delta}."
            if self.method
            else "Scale: the step is −{rate} · {factor} = {delta}; {rate} is the learning rate.",
            step,
            method=self.method,
            rate=rate_of(self.optimizer, step),
            factor=as_factor(number(step.gradient[0])),
            still="scaled",
        ):
            self.play(FadeOut(self.signs), self.put_in(2, *self.step_formula(step)))
            self.play(
                TransformFromCopy(self.entries[2][1], self.arrow_label),
                self.playhead.to(SCALED),
                seconds=1.2,
            )

    def label_arrow(self, step: Step) -> Lettering:
        """Return the length of a step, placed at its arrow."""
        label = self.look.math(figure(number(step.delta[0])), role="step")
        start, end = self.plot.on_axis(step.point[0]), self.plot.on_axis(step.next_point[0])
        clear = self.obstacles(index=step.index)
        return place_along(label, start, end, clear, ("above",))

    def land(self, step: Step) -> None:
        """Go along the arrow and back up to the curve."""
        with self.beat(
            "Along the x-axis: the new x is {x} {sign} {size} = {next_x}.",
            step,
            sign="−" if step.delta[0] < 0 else "+",
            size=abs(step.delta[0]),
        ):
            self.play(self.playhead.to(SLID), seconds=1.8)
            self.play(self.put_in(3, *self.landing_formula(step)), seconds=0.6)
        self.fall = Fall(self.look, self.plot, step, self.obstacles(self.view, self.arrow_label))
        with self.beat(
            "Back up to the curve: f {moved} from {value} to {next_value}.",
            step,
            moved=up_or_down(step.value, step.next_value),
            seconds=5,
            still="landed",
        ):
            self.play(self.playhead.to(LANDED), seconds=1.0)
            self.play(Create(self.fall.lines), FadeIn(self.fall.label))

    def once_more(self, step: Step) -> None:
        """Take the second step in one go."""
        shorter = abs(step.delta[0]) < abs(self.trace.steps[0].delta[0])
        longer = abs(step.delta[0]) > abs(self.trace.steps[0].delta[0])
        with self.beat(
            "Next slope: {slope}. The same rate gives a {length} step, {delta}."
            if not self.method
            else "Next slope: {slope}. {method} makes a {length} step, {delta}.",
            step,
            method=self.method,
            length="shorter" if shorter else "longer" if longer else "equally long",
            seconds=7,
            hold=1.5,
            still="second-step",
        ):
            old = VGroup(*self.entries.values(), self.arrow_label, self.fall)
            # The first arrow stays, fainter: beside it one sees that the second is shorter.
            start, end = (
                self.plot.on_axis(self.trace.points[0][0]),
                self.plot.on_axis(step.point[0]),
            )
            faint = self.look.theme.blend("step", 0.75)
            before = shape(self.look, arrow_outline(start, end), "step", color=faint)
            self.add(before)
            self.play(FadeOut(old), seconds=0.5)
            self.play(
                self.playhead.to(1 + MEASURED),
                self.put_in(0, self.place_formula(1)),
                self.put_in(1, *self.slope_formula(step)),
            )
            arrow_label = self.label_arrow(step)
            # Beside its arrow it would be read as the length of the first one, which still lies
            # there; readout and caption have the number.
            ends = sorted(self.plot.x(x) for x in (step.point[0], step.next_point[0]))
            above = ends[0] <= arrow_label.box.center[0] <= ends[1]
            self.play(
                self.playhead.to(1 + SCALED),
                self.put_in(2, *self.step_formula(step)),
                FadeIn(arrow_label) if above else None,
            )
            self.play(self.playhead.to(2), self.put_in(3, *self.landing_formula(step)), seconds=1.4)

    def stand_still(self, step: Step) -> None:
        """Say what a slope of 0 means: no step."""
        with self.beat("At x = {x} the tangent is flat: the slope is 0.", step, still="slope"):
            self.play(self.playhead.to(MEASURED), self.put_in(1, *self.slope_formula(step)))
        with self.beat(
            "A slope of 0 times any rate is a step of 0: x stays {x}.",
            step,
            still="landed",
            hold=1.5,
        ):
            self.play(self.put_in(2, "-eta dot 0 = 0"), self.playhead.to(1))

    def obstacles(self, *more: VGroup, index: int = 0) -> Obstacles:
        """Return what labels in the plot must keep clear of during a step."""
        clear = Obstacles(self.plot.inner)  # below it stand the ticks
        clear.add(self.plot, self.curve, self.ghosts, self.view.point, *more)
        guides = (*self.view.guide(index), *self.view.guide(index + 1))
        for segment in (*self.view.tangent_line(index), *guides):
            clear.add_points(segment)
        return clear
