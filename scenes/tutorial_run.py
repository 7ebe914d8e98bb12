"""The tutorial's own run: a thousand small steps, told at the moments that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, VGroup, VMobject

from gdcore import GradientDescent, Step
from scenes.base import DescentScene
from scenes.milestones import Moment, Story, beginning, can_be_magnified, moments
from scenes.parameters import POSITIVE, Kind, UsageError
from scenes.parts.flags import Flag, at_same_place
from scenes.parts.lens import Lens, close_up, free_region
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import MEASURED, SCALED, StepView
from scenes.parts.timebar import TimeBar, in_log
from scenes.parts.trail import Ghosts
from scenes.parts.walker import Walker
from scenes.parts.window import Window, fit_whole
from scenes.telling import formula, goal, rate_of
from scenes.theme import STROKE
from scenes.words import number

SMALL_STEP = 0.05
"""A first step shorter than this part of the plot's width is shown in a lens."""

NEAR = 0.02
"""Nearer to the minimum than this part of the width, the run is shown in a lens."""

HALF_A_PIXEL = 0.004
"""In units, at 1080p."""

TRAIL = 0.45 * STROKE.ghost
"""Small enough for the dots of the first steps to be told apart."""

STILLS = {
    "ten": "ten-steps",
    "half": "halved",
    "hundred": "hundred-steps",
    "percent": "one-percent",
    "short": "too-short-to-see",
    "last": "last-step",
}
"""What the picture of a moment is called."""


class TutorialRun(DescentScene):
    """A long run in small steps: quick at first, then nearly still, and never quite there.

    The time bar is logarithmic. What is told is found in the run: when half of the distance is
    gone, when 1 % is left, and when the steps become too short to see.

    Parameters
    ----------
    too_short
        A step shorter than this counts as too short to see.
    """

    objective = "x**2"
    start = 80.0
    optimizer = GradientDescent(learning_rate=0.01)
    max_steps = 1000
    too_short = 0.001
    title = "Step by step"
    seconds = 40

    kinds: ClassVar[Mapping[str, Kind]] = {"too_short": POSITIVE}

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check that the function has one variable.

        Raises
        ------
        UsageError
            If not.
        """
        super().check(values)
        if len(values["objective"].variables) != 1:
            raise UsageError(f"objective = {values['objective'].text}: allowed: one variable")

    def construct(self) -> None:
        """Tell the first step slowly, then the run at its moments."""
        self.set_stage()
        self.opening()
        if not self.trace.steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="last-step"):
                pass
            return
        self.first_step(self.trace.steps[0])
        told = list(self.moments)
        if len(told) > 2 and {told[0].kind, told[1].kind} == {"ten", "half"}:
            self.pass_two(told.pop(0), told.pop(0))
        for moment in told:
            self.tell(moment)

    def set_stage(self) -> None:
        """Lay out plot, time bar and header."""
        trace = self.trace
        self.valley = goal(self.objective, trace)
        self.story = Story(trace, self.valley, self.too_short)
        self.moments = moments(trace, self.valley, self.too_short)
        body = self.layout.body
        above, below = body.rows(body.height - 0.95, 0.95) if self.moments else (body, body)
        window = fit_whole(self.objective, [point[0] for point in trace.points], self.valley)
        self.plot = Plot(self.look, above, window)
        self.curve = self.plot.curve(self.objective)
        self.walker = Walker(self.look, self.plot, trace)
        self.ghosts = self.trail(self.plot)
        self.lens: Lens | None = None
        self.flags: dict[Plot, list[Flag]] = {self.plot: []}
        self.leaving = VGroup()
        if self.moments:
            edge = self.plot.inner
            across = below.inset(left=edge.left - below.left, right=below.right - edge.right)
            stops = [moment.n for moment in self.moments]
            self.bar = TimeBar(self.look, across, len(trace.steps), stops)
        rate = rate_of(self.optimizer, trace.steps[0]) if trace.steps else None
        self.add_header(
            self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"),
            self.look.math(f"eta = {figure(number(rate))}" if rate is not None else "", 5.6),
        )

    def trail(self, plot: Plot) -> Ghosts:
        """Return the whole run's iterates as dots in a plot."""
        pairs = zip(self.trace.points, self.trace.values, strict=True)
        places = [plot.at(point[0], value) for point, value in pairs]
        return Ghosts(self.look, places, diameter=TRAIL, region=plot.inner)

    # -- the first step --------------------------------------------------------------------------

    def opening(self) -> None:
        """Say what is run."""
        rate = self.optimizer.learning_rate
        plain = isinstance(self.optimizer, GradientDescent)
        by = "learning rate" if plain else f"{type(self.optimizer).__name__} at rate"
        with self.beat(
            ("The tutorial's run: " if self.is_default else "A run: ")
            + "{formula} from x = {x}, "
            + (f"{by} {{rate}}." if isinstance(rate, float) else "the rate follows a schedule."),
            seconds=5,
            x=self.trace.points[0][0],
            formula=formula(self.objective),
            rate=rate if isinstance(rate, float) else 0.0,
            still="start",
        ):
            self.add(self.plot)
            self.play(FadeIn(self.plot), Create(self.curve), seconds=1.2)
            self.playhead.drive(self.ghosts, self.walker)
            self.play(FadeIn(self.walker), seconds=0.5)
            flag = self.raise_flag(0, 4)
            self.play(FadeIn(flag) if flag else None, seconds=0.6)

    def first_step(self, step: Step) -> None:
        """Measure, scale and take the first step, in a lens if it is too small for the plot."""
        here, there = step.point[0], step.next_point[0]
        words = (
            "Slope {slope}, step {delta}: the first step goes from {x} to {next_x}."
            if step.delta[0]
            else "Slope {slope}, step {delta}: x stays {x}."
        )
        with self.beat(words, step, still="first-step"):
            run = beginning(self.trace, 1)
            if self.is_small(here, there):
                window = close_up(self.objective, (here, there))
                lens, curve = self.lens_on(window, here, step.value)
                view = StepView(self.look, lens.plot, run)
                lens.carry(view)
                self.playhead.drive(lens)
                self.lens = shown = lens
            else:
                shown = view = StepView(self.look, self.plot, run)
                self.playhead.drive(view)
                self.remove(self.walker)
                self.playhead.release(self.walker)
                curve = self.curve
            slope, delta = self.label_step(step, view, curve)
            self.play(FadeIn(shown), seconds=0.6)
            self.play(self.playhead.to(MEASURED), FadeIn(slope), seconds=0.8)
            self.play(self.playhead.to(SCALED), FadeIn(delta), seconds=0.8)
            self.play(self.playhead.to(1), seconds=1.2)
            self.leaving = VGroup(shown, slope, delta)

    def is_small(self, here: float, there: float) -> bool:
        """Whether a step is too small to be told in the plot, and can be magnified."""
        width = self.plot.window.right - self.plot.window.left
        small = abs(there - here) < SMALL_STEP * width
        return small and can_be_magnified(self.objective, here, there)

    def label_step(self, step: Step, view: StepView, curve: VMobject) -> tuple[VGroup, VGroup]:
        """Return the slope beside its tangent and the step's length above its arrow."""
        plot = view.plot
        clear = Obstacles(plot.inner)
        clear.add(plot, curve)
        tangent = view.tangent_line(0)
        for segment in (*tangent, *view.guide(0), *view.guide(1)):
            clear.add_points(segment)
        gradient = step.gradient[0]
        slope = self.look.text(f"slope {number(gradient)}", role=slope_role(gradient))
        delta = self.look.math(figure(number(step.delta[0])), role="step")
        ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])
        place_along(delta, *ends, clear, ("above",))
        anchors = [point for segment in tangent for point in (segment[0], segment[-1])]
        spot = plot.at(step.point[0], step.value)
        return place_near(slope, [spot, *anchors], clear, ("above left", "left", "right")), delta

    # -- the moments -----------------------------------------------------------------------------

    def pass_two(self, one: Moment, other: Moment) -> None:
        """Go by the first two moments in one beat."""
        words, fields = self.story.pair(one, other)
        with self.beat(words, still="halved", **fields):
            self.set_off()
            for moment in (one, other):
                self.go_to(moment)
                self.flag(moment)

    def tell(self, moment: Moment) -> None:
        """Go to a moment and mark it; near the minimum a lens opens."""
        unseen = self.plot.x(self.too_short) - self.plot.x(0.0) < HALF_A_PIXEL
        words, fields = self.story.words(moment, unseen=unseen)
        last = moment.kind == "last"
        with self.beat(
            words,
            seconds=5 if moment.kind == "percent" else 6,
            hold=1.5 if last else 0.8,
            still=STILLS[moment.kind],
            **fields,
        ):
            self.set_off()
            self.go_to(moment)
            self.look_closer(moment)
            self.flag(moment)

    def set_off(self) -> None:
        """Leave the first step behind."""
        if not len(self.leaving):
            return
        self.playhead.release(*self.leaving, self.walker)
        self.playhead.drive(self.walker, self.bar)
        self.add(self.ghosts, self.walker)
        self.play(FadeOut(self.leaving), seconds=0.4)
        self.leaving, self.lens = VGroup(), None
        self.play(FadeIn(self.bar), seconds=0.5)

    def go_to(self, moment: Moment) -> None:
        """Let the steps up to a moment pass."""
        start = self.playhead.position
        if moment.n > start:
            self.play(self.playhead.to(moment.n, in_log(start, moment.n)), seconds=1.4)

    def look_closer(self, moment: Moment) -> None:
        """Open a lens at the minimum when the run is too near to it for the plot, or for the lens.

        One lens gives way to another only at the end of the run: its scale is read but once.
        """
        x, valley = self.trace.points[moment.n][0], self.valley
        if valley is None or (self.lens and moment.kind != "last"):
            return
        window = (self.lens.plot if self.lens else self.plot).window
        far = abs(x - valley) > NEAR * (window.right - window.left)
        if far or not can_be_magnified(self.objective, valley, x):
            return
        close = close_up(self.objective, (valley, x), left=0.25, right=0.25, above=0.9)
        old, before = self.lens, self.flags.pop(self.lens.plot, []) if self.lens else []
        lens, _ = self.lens_on(close, valley, self.objective.value((valley,)), old)
        lens.carry(self.trail(lens.plot), Walker(self.look, lens.plot, self.trace))
        hidden = [flag for flag in self.flags[self.plot] if lens.hides(flag.box)]
        self.flags[self.plot] = [flag for flag in self.flags[self.plot] if flag not in hidden]
        if old:
            self.playhead.release(old)
            self.play(FadeOut(old, *before), seconds=0.4)
        elif hidden:
            self.play(FadeOut(*hidden), seconds=0.3)
        self.playhead.drive(lens)
        self.lens = lens
        self.play(FadeIn(lens), seconds=0.6)

    def lens_on(
        self, window: Window, x: float, value: float, old: Lens | None = None
    ) -> tuple[Lens, VMobject]:
        """Return a lens on a window, in a free place or where an old one is, and its curve."""
        region = old.region if old else self.lens_region(x, value)
        lens = Lens(self.look, self.plot, region, window)
        # Wider than a tangent, so that it is seen behind one that runs along it.
        curve = lens.plot.curve(self.objective, width=2.2 * STROKE.curve)
        lens.add(curve)
        return lens, curve

    def lens_region(self, x: float, value: float) -> Any:
        """Return a free place in the plot for a lens on a point."""
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        return free_region(
            self.plot.inner.inset(left=0.15, bottom=0.15),
            0.42 * self.plot.inner.width,
            0.62 * self.plot.inner.height,
            clear,
            self.plot.at(x, value),
            [flag.box for flag in self.flags[self.plot]],
        )

    # -- flags -----------------------------------------------------------------------------------

    def flag(self, moment: Moment) -> None:
        """Raise the flag of a moment; one that stood at the same place is taken down."""
        flag = self.raise_flag(moment.n, moment.digits)
        if flag is None:
            return
        flags = self.flags[self.plot_of(moment.n)]
        old = at_same_place(flags[:-1], flag.spot)
        for gone in old:
            flags.remove(gone)
        if old:
            self.play(FadeOut(*old), seconds=0.3)
        self.play(FadeIn(flag), seconds=0.5)

    def plot_of(self, n: int) -> Plot:
        """Return the plot that an iterate is told in: the lens where one shows it."""
        x, value = self.trace.points[n][0], self.trace.values[n]
        inside = self.lens is not None and self.lens.plot.shows(x, value)
        return self.lens.plot if self.lens is not None and inside else self.plot

    def raise_flag(self, n: int, digits: int) -> Flag | None:
        """Return a flag at an iterate, or None where it cannot be seen."""
        x, value = self.trace.points[n][0], self.trace.values[n]
        plot = self.plot_of(n)
        if not plot.shows(x, value):
            return None
        flags = self.flags.setdefault(plot, [])
        clear = Obstacles(plot.inner)
        clear.add(plot, self.curve, *flags)
        if self.lens is not None:
            clear.add(*self.lens.submobjects) if plot is not self.plot else clear.add_box(
                self.lens.region
            )
        flag = Flag(self.look, plot, n, x, value, clear, digits)
        flags.append(flag)
        return flag
