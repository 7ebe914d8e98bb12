"""The tutorial's own run: a thousand small steps, told at the moments that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from manim import Create, FadeIn, FadeOut, VGroup

from gdcore import GradientDescent, Step
from scenes.backstage.milestones import Moment
from scenes.backstage.run_stage import FIRST, RunStage, still_of
from scenes.base import DescentScene
from scenes.parameters import POSITIVE, Kind
from scenes.parts.first_step import label_in_lens, label_in_plot, name_slope, tangent_in
from scenes.parts.lens import Lens
from scenes.parts.run_lenses import ShortLens
from scenes.parts.step import MEASURED, SCALED, StepView
from scenes.parts.timebar import in_log
from scenes.telling import formula, rate_of
from scenes.words import count

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
    title = "Short steps"
    seconds = 44
    tells_rate = True

    kinds: ClassVar[Mapping[str, Kind]] = {"too_short": POSITIVE}

    def construct(self) -> None:
        """Tell the first step slowly, then the run at its moments."""
        self.set_stage()
        self.opening()
        if not self.trace.steps:
            with self.beat("{stop}", stop=self.trace.stop.sentence, still="last-step"):
                pass
            return
        step = self.trace.steps[0]
        lens = self.stage.marks.lenses.of_step
        with self.beat(self.words_of_first(step, lens), step, still=FIRST):
            self.set_off(FIRST)
            if lens:
                self.first_in_lens(step, lens)
            else:
                self.first_in_plot(step)
        for beat in self.stage.told:
            self.tell(*beat)

    def set_stage(self) -> None:
        """Lay out plot, time bar and header."""
        self.stage = RunStage(
            self.look, self.layout.body, self.objective, self.trace, self.too_short
        )
        self.lens: Lens | None = None
        self.leaving = VGroup()
        self.add_header()

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
            stage = self.stage
            self.add(stage.plot)
            bar = [stage.bar] if stage.bar else []
            self.play(FadeIn(stage.plot, stage.notes, *bar), Create(stage.curve), seconds=1.2)
            # The mark of a place that is told lies over that of the run.
            self.add(stage.rug, stage.notes, stage.curve, stage.ghosts)
            self.playhead.drive(stage.rug, stage.ghosts, stage.walker, *bar)
            self.play(FadeIn(stage.walker), seconds=0.5)

    def words_of_first(self, step: Step, lens: Lens | None) -> str:
        """Return the caption of the first step."""
        if not step.delta[0]:
            return "Slope {slope}, step {delta}: x stays {x}."
        if not lens and self.stage.marks.length(step.delta[0]) < HALF_A_PIXEL:
            return "Slope {slope}, step {delta}: too short a step to be seen."
        return "Slope {slope}, step {delta}: the first step goes from {x} to {next_x}."

    def first_in_plot(self, step: Step) -> None:
        """Measure, scale and take the first step."""
        stage = self.stage
        # Once it has landed the line of the tangent would lie over the new point.
        view = StepView(self.look, stage.plot, self.trace.beginning(1), staying=())
        labels = label_in_plot(self.look, view, step, stage.curve)
        self.remove(stage.walker)
        self.playhead.release(stage.walker)
        self.playhead.drive(view)
        self.play(FadeIn(view), seconds=0.6)
        for label, position in zip(labels, (MEASURED, SCALED), strict=True):
            coming = FadeIn(label) if label else None
            self.play(self.playhead.to(position), coming, seconds=0.8)
        self.play(self.playhead.to(1), seconds=1.2)
        self.leaving = VGroup(view, *(label for label in labels if label))

    def first_in_lens(self, step: Step, lens: Lens) -> None:
        """Measure the slope in the plot; scale and take the step, which is too small for it."""
        stage = self.stage
        # In a lens curve and tangent would be one line.
        tangent = tangent_in(self.look, stage.plot, step)
        slope = name_slope(self.look, stage.plot, step, tangent, lens, stage.curve)
        view = StepView(self.look, lens.plot, self.trace.beginning(1), told=())
        delta = label_in_lens(self.look, view, step, rate_of(self.optimizer, step), lens)
        self.add(tangent, stage.ghosts, stage.walker)  # it comes under the point
        self.play(Create(tangent), seconds=0.8)
        self.play(FadeIn(slope) if slope else None, seconds=0.5)
        lens.carry(view)
        self.playhead.drive(lens)
        self.play(FadeIn(lens), seconds=0.6)
        self.play(self.playhead.to(SCALED), FadeIn(delta) if delta else None, seconds=0.8)
        self.play(self.playhead.to(1), seconds=1.2)
        self.leaving = VGroup(tangent, lens, *(label for label in (slope, delta) if label))

    # -- the moments -----------------------------------------------------------------------------

    def tell(self, *beat: Moment) -> None:
        """Go to one or two moments and mark them; near the minimum a lens opens."""
        story, marks, last = self.stage.story, self.stage.marks, beat[-1]
        words, fields, short = story.pair(*beat) if len(beat) == 2 else story.words(last)
        name = still_of(beat)
        with self.beat(
            words,
            seconds=5 if last.kind == "percent" else 6,
            hold=1.5 if last.kind == "last" else 0.8,
            still=name,
            short=short,
            **fields,
        ):
            self.set_off(name)
            kinds = {moment.kind for moment in beat}
            if "half" in kinds:
                self.bring(self.stage.halves(beat))
            for moment in beat:
                seen = marks.lenses.of_short if moment.kind == "short" else None
                self.go_to(moment.n - 1 if seen else moment.n)
                self.open_lens(moment.n)
                if seen:
                    self.take(seen)
                else:
                    self.bring(marks.flags.get(moment.n))
            if "percent" in kinds:
                self.bring(marks.left)
            if "hundred" in kinds and marks.drop:
                self.play(Create(marks.drop.lines), FadeIn(marks.drop.values), seconds=0.8)
                self.leaving.add(marks.drop)

    def set_off(self, part: str) -> None:
        """Leave behind what was told, and let the axes show what is told in a part."""
        walker = self.stage.walker
        self.playhead.release(*self.leaving)
        if walker not in self.playhead.parts:
            self.playhead.drive(walker)
            self.add(walker)
        leaving = FadeOut(self.leaving) if len(self.leaving) else None
        at = self.stage.parts.index(part)
        self.play(self.stage.dial.to(at), leaving, seconds=0.4)
        self.leaving = VGroup()

    def go_to(self, n: int) -> None:
        """Let the steps up to the nth pass."""
        start = self.playhead.position
        if n > start:
            self.play(self.playhead.to(n, in_log(start, n)), seconds=1.4)

    def take(self, seen: ShortLens) -> None:
        """Take the step that a lens shows; both leave with the sentence."""
        self.leaving.add(seen.lens)
        self.lens = None
        self.play(self.playhead.to(seen.n), seconds=0.8)
        self.bring(seen.told.bar, seconds=0.4)
        self.bring(seen.told.length)

    def open_lens(self, n: int) -> None:
        """Open the lens of a moment, if it has one, in the place of the one before."""
        lens, old = self.stage.marks.lenses.at.get(n), self.lens
        if lens is None:
            return
        if old:
            self.playhead.release(old)
            self.play(FadeOut(old), seconds=0.4)
        self.playhead.drive(lens)
        self.play(FadeIn(lens), seconds=0.6)
        self.lens = lens

    def bring(self, told: VGroup | None, seconds: float = 0.5) -> None:
        """Bring in what stays until the next sentence."""
        if told is None or not len(told):
            return
        self.play(FadeIn(told), seconds=seconds)
        self.leaving.add(told)
