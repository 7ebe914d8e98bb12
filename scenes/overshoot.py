"""Past the minimum and back: steps that land on alternate sides."""

from __future__ import annotations

from gdcore import GradientDescent, Step
from manim import Create, FadeIn, FadeOut, VGroup

from scenes.base import DescentScene
from scenes.parts.levels import Fall
from scenes.parts.measure import Distance
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.step import SCALED, StepView
from scenes.parts.table import Table, told_rows
from scenes.parts.trail import Ghosts, Strip
from scenes.parts.window import fit
from scenes.telling import Contraction, goal, partner_rate, up_or_down
from scenes.words import decimals_for, fixed, number


class Overshoot(DescentScene):
    """Past the minimum and back: a rate between 1/L and 2/L lands on alternate sides."""

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.9)
    max_steps = 10
    title = "Overshooting"

    def construct(self) -> None:
        """Tell two jumps slowly, let the others pass, and compare with a rate that does not jump."""
        steps = self.trace.steps
        self.valley = goal(self.objective, self.trace)
        self.told = sorted({0, 1, len(steps) - 1})
        self.set_stage()
        self.add(self.plot, self.curve, self.strip.frame, self.table.header, self.table.rule)
        self.add(self.table, self.strip, self.ghosts, self.view)
        if not steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="last"):
                pass
            return
        self.first_jump(steps[0])
        if len(steps) > 1:
            self.second_jump(steps[1])
        if len(steps) > 2:
            self.jumps_that_follow()
        self.last_jump()
        self.other_rate()

    def set_stage(self) -> None:
        """Lay out plot, strip and table."""
        trace = self.trace
        xs = [point[0] for point in trace.points]
        include = () if self.valley is None else (self.valley,)
        window = fit(
            self.objective, xs, include=include, left=0.12, right=0.12, headroom=0.12, symmetric=True
        )
        above, below = self.layout.stage.rows(2.1, 1.0, gap=0.12)
        self.plot = Plot(self.look, above, window)
        self.curve = self.plot.curve(self.objective)
        self.view = StepView(self.look, self.plot, trace, told=self.told)
        places = [self.plot.at(x, value) for x, value in zip(xs, trace.values, strict=True)]
        self.ghosts = Ghosts(self.look, places, region=self.plot.inner)
        self.strip = Strip(self.look, self.plot, below, trace)
        self.table = self.make_table()
        self.add_header(
            self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"),
            self.look.math(f"eta = {figure(number(self.rate(trace.steps[0])))}", 5.6)
            if trace.steps
            else self.look.math("", 5.6),
        )
        self.playhead.drive(self.ghosts, self.strip, self.table, self.view)

    def make_table(self) -> Table:
        """Return the table of the run, as many rows as fit."""
        trace = self.trace
        told = told_rows(len(trace.steps), 11)
        shown = [step for step in told if step is not None]
        xs = [trace.points[step][0] for step in shown]
        values = [trace.values[step] for step in shown]
        places = decimals_for(xs, 4), decimals_for(values, 5, most=3)
        rows = [
            None
            if step is None
            else (
                str(step),
                fixed(trace.points[step][0], places[0]),
                fixed(trace.values[step], places[1]),
            )
            for step in told
        ]
        births = [step if step is not None else told[index - 1] + 1 for index, step in enumerate(told)]
        return Table(
            self.look,
            self.layout.side,
            ("n", "x_n", "f(x_n)"),
            rows,
            births,
            ("muted", "point", "curve"),
        )

    def rate(self, step: Step) -> float:
        """Return the rate by which a step scaled its slope."""
        slope = step.gradient[0]
        return -step.delta[0] / slope if slope else float(self.optimizer.learning_rate)

    # -- the jumps -------------------------------------------------------------------------------

    def first_jump(self, step: Step) -> None:
        label = self.look.math(figure(number(step.delta[0])), role="step")
        middle = (self.plot.on_axis(step.point[0]) + self.plot.on_axis(step.next_point[0])) / 2
        label.place(middle[0], middle[1] + 0.22, "center")
        with self.beat(
            "Rate {rate} at x = {x}: the step is −{rate} · {slope} = {delta}.",
            step,
            rate=self.rate(step),
            seconds=5,
            still="step",
        ):
            self.play(self.playhead.to(SCALED), seconds=2.0)
            self.play(FadeIn(label), seconds=0.4)
        distance = self.distance(step, 0.62)
        with self.beat(
            self.passing(step),
            step,
            distance=abs(self.valley - step.point[0]) if self.valley is not None else 0.0,
            size=abs(step.delta[0]),
            still="jump-1",
        ):
            if distance:
                self.play(FadeIn(distance), seconds=0.6)
            self.play(self.playhead.to(1), seconds=1.8)
        self.play(FadeOut(label), FadeOut(distance) if distance else None, seconds=0.3)
        fall = Fall(self.look, self.plot, step, self.obstacles())
        with self.beat(
            self.comparing(step),
            step,
            moved=up_or_down(step.value, step.next_value),
            seconds=5,
            still="lower",
        ):
            self.play(Create(fall.lines), FadeIn(fall.label))
        self.leaving = fall

    def second_jump(self, step: Step) -> None:
        with self.beat(
            "There the slope is {slope}, so the step is {delta:+}, {back}to x = {next_x}.",
            step,
            back="back " if self.crosses(step) else "",
            still="jump-2",
        ):
            self.play(FadeOut(self.leaving), seconds=0.4)
            self.play(self.playhead.to(1 + SCALED), seconds=1.2)
            self.play(self.playhead.to(2), seconds=1.2)

    def jumps_that_follow(self) -> None:
        steps = self.trace.steps
        end = min(5, len(steps))
        law = Contraction.of(self.trace, self.valley)
        following = ", ".join(number(step.next_point[0]) for step in steps[2:end])
        with self.beat(
            law.each("x" if not self.valley else "distance") + ": {following}."
            if law
            else "The next jumps lead to x = {following}.",
            following=following,
            factor=law.factor if law else 0.0,
            still="jumps",
        ):
            self.play(self.playhead.to(end), seconds=0.7 * (end - 2) + 0.3)
            self.play(*self.funnel(end), seconds=0.8)

    def last_jump(self) -> None:
        steps = self.trace.steps
        law = Contraction.of(self.trace, self.valley)
        last = len(steps)
        ending = law.ending() if law else "f = {value}"
        with self.beat(
            "After {n} {jumps} x = {x}; " + ending + ".",
            n=last,
            jumps=("jump" if self.crosses(steps[0]) else "step") + ("" if last == 1 else "s"),
            x=self.trace.points[-1][0],
            value=self.trace.values[-1],
            percent=law.percent if law else 0.0,
            hold=1.5,
            still="last",
        ):
            if self.playhead.position < last - 1:
                self.play(self.playhead.to(last - 1), seconds=1.8)
            self.play(self.playhead.to(last), seconds=1.2)

    def other_rate(self) -> None:
        """Lay the run of the rate that contracts as fast without crossing beside this one."""
        other = partner_rate(self.objective, self.valley, self.rate(self.trace.steps[0]))
        if other is None:
            return
        trace = self.run(learning_rate=other, max_steps=len(self.trace.steps))
        strip = Strip(self.look, self.plot, self.strip_region(), trace, role="series_5")
        from scenes.playhead import Playhead

        head = Playhead()
        head.drive(strip)
        same = number(abs(trace.points[-1][0])) == number(abs(self.trace.points[-1][0]))
        with self.beat(
            "Rate {rate} is {also}at {x} after {n} steps, {crossing}.",
            rate=other,
            also="also " if same else "",
            x=trace.points[-1][0],
            n=len(trace.steps),
            crossing="crossing too"
            if any(self.crosses(step) for step in trace.steps)
            else "without crossing",
            hold=1.5,
            still="other-rate",
        ):
            self.add(strip)
            self.play(head.to(len(trace.steps)), seconds=2.0)

    # -- what is true ----------------------------------------------------------------------------

    def crosses(self, step: Step) -> bool:
        """Whether a step lands on the other side of the minimum."""
        if self.valley is None:
            return False
        return (step.point[0] - self.valley) * (step.next_point[0] - self.valley) < 0

    def passing(self, step: Step) -> str:
        """Return the caption of a landing: past the minimum, short of it, or on it."""
        if self.valley is None:
            return "The step of {size} leads to x = {next_x}."
        if self.crosses(step):
            return "The minimum is {distance} away; the step of {size} passes it, to x = {next_x}."
        before, after = abs(step.point[0] - self.valley), abs(step.next_point[0] - self.valley)
        if before == 0:
            return "x = {x} is the minimum: the slope is 0, and so is the step."
        if after <= 1e-9 * before:
            return "The minimum is {distance} away, and so long is the step: it lands on it."
        if after < before:
            return "The minimum is {distance} away; the step of {size} stops short, at x = {next_x}."
        return "The minimum is {distance} away; the step of {size} leads from it, to x = {next_x}."

    def comparing(self, step: Step) -> str:
        """Return the caption that compares the values before and after a step."""
        moved = up_or_down(step.value, step.next_value)
        if moved == "stayed":
            return "f is as high as before: {value}."
        if self.crosses(step):
            return (
                "Too far, and still lower: f fell from {value} to {next_value}."
                if moved == "fell"
                else "Too far, and higher: f rose from {value} to {next_value}."
            )
        return "f {moved} from {value} to {next_value}."

    def distance(self, step: Step, height: float) -> Distance | None:
        """Return the bar from the point to the minimum, where there is one to see."""
        if self.valley is None or abs(self.plot.x(self.valley) - self.plot.x(step.point[0])) < 0.3:
            return None
        return Distance(self.look, self.plot, step.point[0], self.valley, height)

    def funnel(self, end: int) -> list[Create]:
        """Return the animation that draws the distances to the minimum on both sides."""
        if self.valley is None:
            return []
        return [Create(self.strip.envelope(self.valley, end))]

    def strip_region(self):  # noqa: ANN201
        return self.layout.stage.rows(2.1, 1.0, gap=0.12)[1]

    def obstacles(self) -> Obstacles:
        """Return what labels in the plot must keep clear of."""
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve, self.view, self.ghosts)
        return clear
