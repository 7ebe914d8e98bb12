"""The tutorial's own run: a thousand small steps, told at the moments that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from manim import Create, FadeIn, FadeOut, VGroup

from gdcore import GradientDescent, Step
from scenes.base import DescentScene
from scenes.milestones import Moment, Story, beginning, moments
from scenes.parameters import POSITIVE, Kind
from scenes.parts.flags import Flag, in_the_way
from scenes.parts.landmarks import Landmarks
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import MEASURED, SCALED, StepView
from scenes.parts.timebar import TimeBar, in_log
from scenes.parts.walker import Walker
from scenes.parts.window import fit_whole
from scenes.telling import formula, goal, rate_of
from scenes.words import number

BAR = 0.95
"""The height of the time bar, in units."""

HALF_A_PIXEL = 0.004
"""In units, at 1080p."""


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
    seconds = 42

    kinds: ClassVar[Mapping[str, Kind]] = {"too_short": POSITIVE}

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
        above, below = body.rows(body.height - BAR, BAR, gap=0.16) if self.moments else (body, body)
        window = fit_whole(self.objective, [point[0] for point in trace.points], self.valley)
        self.plot = Plot(self.look, above, window)
        self.curve = self.plot.curve(self.objective)
        self.walker = Walker(self.look, self.plot, trace)
        self.marks = Landmarks(
            self.look,
            self.plot,
            self.curve,
            self.objective,
            trace,
            self.valley,
            {moment.n: moment.digits for moment in self.moments},
            next((moment.n for moment in self.moments if moment.kind == "hundred"), None),
        )
        self.ghosts = self.marks.trail(self.plot)
        self.lens: Lens | None = None
        self.standing: list[Flag] = []
        self.leaving = VGroup()
        if self.moments:
            stops = [moment.n for moment in self.moments]
            self.bar = TimeBar(self.look, below, len(trace.steps), stops, self.plot.inner)
        rate = rate_of(self.optimizer, trace.steps[0]) if trace.steps else None
        self.add_header(
            self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"),
            self.look.math(f"eta = {figure(number(rate))}" if rate is not None else "", 5.6),
        )

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
            self.add(self.ghosts)
            self.playhead.drive(self.ghosts, self.walker)
            self.play(FadeIn(self.walker), seconds=0.5)
            self.raise_flag(0)

    def first_step(self, step: Step) -> None:
        """Measure, scale and take the first step, in a lens if it is too small for the plot."""
        words = "Slope {slope}, step {delta}: the first step goes from {x} to {next_x}."
        if not step.delta[0]:
            words = "Slope {slope}, step {delta}: x stays {x}."
        elif not self.marks.step_lens and self.marks.length(step.delta[0]) < HALF_A_PIXEL:
            words = "Slope {slope}, step {delta}: too short a step to be seen."
        with self.beat(words, step, still="first-step"):
            plot = self.marks.step_lens.plot if self.marks.step_lens else self.plot
            length = 2 * plot.inner.width if self.marks.step_lens else None
            view = StepView(self.look, plot, beginning(self.trace, 1), tangent_length=length)
            labels = self.label_step(step, view)
            shown: StepView | Lens = view
            if self.marks.step_lens:
                shown = self.marks.step_lens
                shown.carry(view)
                self.drop_hidden(shown)
            else:
                self.remove(self.walker)
                self.playhead.release(self.walker)
            self.playhead.drive(shown)
            self.play(FadeIn(shown), seconds=0.6)
            for label, position in zip(labels, (MEASURED, SCALED), strict=True):
                coming = FadeIn(label) if label else None
                self.play(self.playhead.to(position), coming, seconds=0.8)
            self.play(self.playhead.to(1), seconds=1.2)
            self.leaving = VGroup(shown, *(label for label in labels if label), *self.standing)
            self.standing = []
            if self.moments:
                self.playhead.drive(self.bar)
                self.play(FadeIn(self.bar), seconds=0.5)

    def label_step(self, step: Step, view: StepView) -> tuple[Lettering | None, ...]:
        """Return the slope beside its tangent and the step's length above its arrow."""
        plot = view.plot
        clear = Obstacles(plot.inner)
        clear.add(plot, self.marks.step_lens.curve if self.marks.step_lens else self.curve)
        clear.add(*(flag for flag in self.standing if flag.plot is plot))
        tangent = view.tangent_line(0)
        for segment in (*tangent, *view.guide(0), *view.guide(1)):
            clear.add_points(segment)
        gradient = step.gradient[0]
        slope = self.look.text(f"slope {number(gradient)}", role=slope_role(gradient))
        delta = self.look.math(figure(number(step.delta[0])), role="step")
        ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])
        anchors = [point for segment in tangent for point in (segment[0], segment[-1])]
        spot = plot.at(step.point[0], step.value)
        before = clear.copy()
        place_along(delta, *ends, clear, ("above",))
        between = clear.copy()
        place_near(slope, [spot, *anchors], clear, ("above left", "left", "right"))
        # What finds no room is left out: the caption says it too.
        return (
            None if between.trouble(slope.box) else slope,
            None if before.trouble(delta.box) else delta,
        )

    # -- the moments -----------------------------------------------------------------------------

    def pass_two(self, one: Moment, other: Moment) -> None:
        """Go by the first two moments in one beat."""
        words, fields = self.story.pair(one, other)
        with self.beat(words, still="halved", **fields):
            self.set_off()
            for moment in (one, other):
                self.go_to(moment)
                self.raise_flag(moment.n)

    def tell(self, moment: Moment) -> None:
        """Go to a moment and mark it; near the minimum a lens opens."""
        unseen = self.marks.length(self.too_short) < HALF_A_PIXEL
        words, fields = self.story.words(moment, unseen=unseen)
        with self.beat(
            words,
            seconds=5 if moment.kind == "percent" else 6,
            hold=1.5 if moment.kind == "last" else 0.8,
            still=moment.still,
            **fields,
        ):
            self.set_off()
            self.go_to(moment)
            self.open_lens(moment.n)
            self.raise_flag(moment.n)
            if moment.kind == "hundred" and self.marks.fall:
                self.play(Create(self.marks.fall.lines), FadeIn(self.marks.fall.label), seconds=0.8)
                self.leaving = VGroup(self.marks.fall)

    def set_off(self) -> None:
        """Leave behind what was told."""
        if not len(self.leaving):
            return
        self.playhead.release(*self.leaving)
        if self.walker not in self.playhead.parts:
            self.playhead.drive(self.walker)
            self.add(self.walker)
        self.play(FadeOut(self.leaving), seconds=0.4)
        self.leaving = VGroup()

    def go_to(self, moment: Moment) -> None:
        """Let the steps up to a moment pass."""
        start = self.playhead.position
        if moment.n > start:
            self.play(self.playhead.to(moment.n, in_log(start, moment.n)), seconds=1.4)

    def open_lens(self, n: int) -> None:
        """Open the lens of a moment, if it has one, in the place of the one before."""
        lens, old = self.marks.lenses.get(n), self.lens
        if lens is None:
            return
        if old:
            gone = [flag for flag in self.standing if flag.plot is old.plot]
            self.standing = [flag for flag in self.standing if flag not in gone]
            self.playhead.release(old)
            self.play(FadeOut(old, *gone), seconds=0.4)
        self.drop_hidden(lens)
        self.playhead.drive(lens)
        self.play(FadeIn(lens), seconds=0.6)
        self.lens = lens

    def drop_hidden(self, lens: Lens) -> None:
        """Take the flags down that a lens would hide."""
        hidden = [flag for flag in self.standing if flag.plot is self.plot and lens.hides(flag.box)]
        self.standing = [flag for flag in self.standing if flag not in hidden]
        if hidden:
            self.play(FadeOut(*hidden), seconds=0.3)

    def raise_flag(self, n: int) -> None:
        """Raise a flag; those that it leaves no room for are taken down."""
        flag = self.marks.flags.get(n)
        if flag is None:
            return
        old = in_the_way(flag, self.standing)
        self.standing = [one for one in self.standing if one not in old] + [flag]
        if old:
            self.play(FadeOut(*old), seconds=0.3)
        self.play(FadeIn(flag), seconds=0.5)
