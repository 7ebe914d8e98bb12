"""The tutorial's own run: a thousand small steps, told at the moments that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from manim import Create, FadeIn, FadeOut, VGroup

from gdcore import GradientDescent, Step
from scenes.backstage.milestones import Moment, Story, moments, together
from scenes.base import DescentScene
from scenes.parameters import POSITIVE, Kind
from scenes.parts.first_step import label_step
from scenes.parts.flags import Flag
from scenes.parts.landmarks import Landmarks
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot
from scenes.parts.rug import Rug
from scenes.parts.source import figure, join, math
from scenes.parts.step import MEASURED, SCALED, StepView
from scenes.parts.timebar import TimeBar, in_log
from scenes.parts.trail import RunGhosts
from scenes.parts.walker import Walker
from scenes.parts.window import fit_whole, ticks
from scenes.telling import formula, goal, rate_of
from scenes.words import count, number

BAR = 0.95
"""The height of the time bar, in units."""

TANGENT = 0.42
"""The length of the first tangent in a lens, in parts of its width."""

SIDES = 0.04
"""Air beside the curve, in parts of the width: it leaves through the top, not in the corners."""

FAR = 0.45
"""How much is shown of the side of the valley where the run never comes."""

LIFT = 0.1
"""More air under the name of the upright axis, in units: its highest number is long."""

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
    title = "Many short steps"
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
        for moments_of_a_beat in self.told:
            if len(moments_of_a_beat) == 2:
                self.pass_two(*moments_of_a_beat)
            else:
                self.tell(*moments_of_a_beat)

    def set_stage(self) -> None:
        """Lay out plot, time bar and header."""
        trace = self.trace
        self.valley = goal(self.objective, trace)
        self.story = Story(trace, self.valley, self.too_short)
        found = moments(trace, self.valley, self.too_short)
        self.told = together(found)
        body = self.layout.body
        above, below = body.rows(body.height - BAR, BAR, gap=0.22) if found else (body, body)
        xs = [point[0] for point in trace.points]
        window = fit_whole(self.objective, xs, self.valley, sides=SIDES, far=FAR)
        room = TimeBar.room(self.look) if found else 0.0
        heights = ticks(window.bottom, window.top, 2)
        self.plot = Plot(self.look, above, window, y_ticks=heights, left_room=room, lift=LIFT)
        self.curve = self.plot.curve(self.objective)
        self.walker = Walker(self.look, self.plot, trace)
        at = {moment.kind: moment.n for moment in found}
        self.marks = Landmarks(
            self.look,
            self.plot,
            self.curve,
            self.objective,
            trace,
            self.valley,
            self.label(0),
            [{moment.n: self.label(moment.n, moment) for moment in beat} for beat in self.told],
            at.get("hundred"),
            at.get("percent"),
        )
        self.rug = Rug(self.look, self.plot, trace)
        # The start is left as it was, for what is said of it later.
        self.ghosts = RunGhosts(self.look, self.plot, trace.beginning(0))
        self.lens: Lens | None = None
        self.leaving = VGroup()
        self.bar: TimeBar | None = None
        if found:
            stops = [moment.n for moment in found]
            self.bar = TimeBar(self.look, below, len(trace.steps), stops, self.plot.inner)
        rate = rate_of(self.optimizer, trace.steps[0]) if trace.steps else None
        self.add_header(
            self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"),
            self.look.math(f"eta = {figure(number(rate))}" if rate is not None else "", 5.6),
        )

    def label(self, n: int, moment: Moment | None = None) -> tuple[Lettering, ...]:
        """Return what stands beside an iterate: its number, and what is told of it."""
        if moment and moment.kind == "short":
            delta = number(self.trace.steps[n - 1].delta[0], moment.digits, plain=moment.plain)
            at = figure(number(self.trace.points[n][0], moment.digits))
            return (
                self.look.math(f"n = {n}"),
                self.look.math(f"x = {at}", role="point"),
                self.look.source(join("step ", math(figure(delta))), role="step"),
            )
        x = self.trace.points[n][0]
        # Written as the axis of the lens is, very small too; the caption counts the zeros.
        told = f"x = {figure(number(x, moment.digits) if moment else number(x))}"
        half = self.story.half(moment) if moment else None
        if half is not None:
            told += f" < {figure(number(half))}"
        lines = self.look.math(f"n = {n}"), self.look.math(told, role="point")
        if moment and moment.kind == "hundred":
            value = figure(number(self.trace.values[n]))
            return *lines, self.look.math(f"f = {value}", role="curve")
        return lines

    # -- the first step --------------------------------------------------------------------------

    def opening(self) -> None:
        """Say what is run."""
        rate = self.optimizer.learning_rate
        plain = isinstance(self.optimizer, GradientDescent)
        by = "learning rate" if plain else f"{type(self.optimizer).__name__} at rate"
        what = "{formula} from x = {x}, "
        what += f"{by} {{rate}}." if isinstance(rate, float) else "the rate follows a schedule."
        steps = len(self.trace.steps)
        with self.beat(
            f"A run of {{steps}}: {what}" if steps else f"A run: {what}",
            seconds=5,
            short=what,
            steps=count(steps, "step"),
            x=self.trace.points[0][0],
            formula=formula(self.objective),
            rate=rate if isinstance(rate, float) else 0.0,
            still="start",
        ):
            self.add(self.plot)
            bar = [self.bar] if self.bar else []
            self.play(FadeIn(self.plot, *bar), Create(self.curve), seconds=1.2)
            self.add(self.rug, self.ghosts)
            self.playhead.drive(self.rug, self.ghosts, self.walker, *bar)
            self.play(FadeIn(self.walker), seconds=0.5)
            self.raise_flag(self.marks.flags.get(0))

    def first_step(self, step: Step) -> None:
        """Measure, scale and take the first step, in a lens if it is too small for the plot."""
        words = "Slope {slope}, step {delta}: the first step goes from {x} to {next_x}."
        if not step.delta[0]:
            words = "Slope {slope}, step {delta}: x stays {x}."
        elif not self.marks.lenses.of_step and self.marks.length(step.delta[0]) < HALF_A_PIXEL:
            words = "Slope {slope}, step {delta}: too short a step to be seen."
        with self.beat(words, step, still="first-step"):
            self.set_off()
            lens = self.marks.lenses.of_step
            plot = lens.plot if lens else self.plot
            # In a lens curve and tangent are one line: beyond a short tangent the curve is seen.
            length = TANGENT * plot.inner.width if lens else None
            # Once it has landed the line of the tangent would lie over the new point.
            view = StepView(
                self.look, plot, self.trace.beginning(1), tangent_length=length, staying=()
            )
            labels = label_step(
                self.look, view, step, rate_of(self.optimizer, step), lens, self.curve
            )
            shown: StepView | Lens = view
            if lens:
                shown = lens
                shown.carry(view)
            else:
                self.remove(self.walker)
                self.playhead.release(self.walker)
            self.playhead.drive(shown)
            self.play(FadeIn(shown), seconds=0.6)
            for label, position in zip(labels, (MEASURED, SCALED), strict=True):
                coming = FadeIn(label) if label else None
                self.play(self.playhead.to(position), coming, seconds=0.8)
            self.play(self.playhead.to(1), seconds=1.2)
            self.leaving = VGroup(shown, *(label for label in labels if label))

    # -- the moments -----------------------------------------------------------------------------

    def pass_two(self, one: Moment, other: Moment) -> None:
        """Go by the first two moments in one beat."""
        words, fields, short = self.story.pair(one, other)
        with self.beat(words, still="halved", short=short, **fields):
            self.set_off()
            for moment in (one, other):
                self.go_to(moment)
                self.raise_flag(self.marks.flags.get(moment.n))

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
            if moment.kind == "percent":
                self.raise_flag(self.marks.start)
            self.raise_flag(self.marks.flags.get(moment.n))
            drop = self.marks.drop if moment.kind == "hundred" else None
            if drop:
                self.play(Create(drop.lines), FadeIn(drop.label), seconds=0.8)
                self.leaving.add(drop)

    def set_off(self) -> None:
        """Leave behind what was told."""
        self.playhead.release(*self.leaving)
        if self.walker not in self.playhead.parts:
            self.playhead.drive(self.walker)
            self.add(self.walker)
        if len(self.leaving):
            self.play(FadeOut(self.leaving), seconds=0.4)
        self.leaving = VGroup()

    def go_to(self, moment: Moment) -> None:
        """Let the steps up to a moment pass."""
        start = self.playhead.position
        if moment.n > start:
            self.play(self.playhead.to(moment.n, in_log(start, moment.n)), seconds=1.4)

    def open_lens(self, n: int) -> None:
        """Open the lens of a moment, if it has one, in the place of the one before."""
        lens, old = self.marks.lenses.at.get(n), self.lens
        if lens is None:
            return
        if old:
            self.playhead.release(old)
            self.play(FadeOut(old), seconds=0.4)
        self.playhead.drive(lens)
        self.play(FadeIn(lens), seconds=0.6)
        self.lens = lens

    def raise_flag(self, flag: Flag | None) -> None:
        """Raise a flag, which stays until the next sentence."""
        if flag is None:
            return
        self.play(FadeIn(flag), seconds=0.5)
        self.leaving.add(flag)
