"""A race of optimisers down a ravine, in which the rates matter as much as the methods."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, Mobject, VMobject
from manim.utils.rate_functions import ease_in_cubic, linear

from gdcore import GradientDescent
from scenes.backstage.methods import race_of, with_own
from scenes.backstage.race_stage import RaceStage
from scenes.backstage.racer import CYCLE
from scenes.backstage.racing import Race, equation
from scenes.base import DescentScene
from scenes.parameters import POSITIVE, Kind
from scenes.parts.inset import Inset
from scenes.parts.lanes import Lane, RateSweep
from scenes.parts.lettering import Lettering
from scenes.playhead import Playhead
from scenes.theme import TYPE
from scenes.words import spot

FIRST = GradientDescent(learning_rate=0.019)


class OptimiserRace(DescentScene):
    """The same start for every optimiser: who is first depends on the rates as on the methods.

    Parameters of this lesson: `runs`, one to six optimisers with rate and hyper-parameters, as in
    "descent 0.019; momentum 0.019 momentum=0.8"; `threshold`, how near to the minimum's value a run
    has to stay; `again`, by which factor of its rate the slowest run is repeated, 1 for none. An
    `optimizer` or hyper-parameter given alone takes the place of the first run.
    """

    objective = "1/2*(x**2 + 100*y**2)"
    start = (10.0, 2.0)
    optimizer = FIRST
    max_steps = 600
    title = "A race of optimisers"
    runs: Any = (
        "descent 0.019; momentum 0.019 momentum=0.8; adam 0.3; adagrad 0.5; rmsprop 0.1 rho=0.9"
    )
    threshold: Any = 0.01
    again: Any = 2.0
    seconds: ClassVar[int] = 45
    dimensions: ClassVar[int] = 2
    least_formula: ClassVar[float] = TYPE.tick
    kinds: ClassVar[Mapping[str, Kind]] = {
        "runs": race_of(1, 6),
        "threshold": POSITIVE,
        "again": POSITIVE,
    }

    def header_formulas(self) -> list[Lettering]:
        """Return the function of two variables.

        In a square frame it is shorter if it then has room beside the title: a second line would
        cost the plots height.
        """
        full, brief = (
            [self.look.math(equation(self.objective, in_full=every), TYPE.formula, role="curve")]
            for every in (True, False)
        )
        if not self.layout.is_square or self.fits_beside_title(full):
            return full
        return brief if self.fits_beside_title(brief) else full

    @functools.cached_property
    def race(self) -> Race:
        """All runs of the lesson."""
        methods = with_own(self.runs, self.optimizer, FIRST)
        return Race.of(self.run, self.tried, self.objective, methods, self.threshold, self.again)

    def construct(self) -> None:
        """Show the ravine and the first steps, let everyone run, then change one rate."""
        self.stage = RaceStage(self.look, self.layout, self.objective, self.race)
        self.lens: Inset | None = None
        self.arrow: VMobject | None = None
        self.add_header()
        self.show_ravine()
        if not any(racer.trace.steps for racer in self.race.racers):
            stop = self.race.racers[0].trace.stop
            with self.beat("{stop}", stop=stop.sentence, still="first-steps"):
                pass
            return
        self.first_steps()
        for lane in self.stage.lanes:
            self.let_run(lane)
        if self.stage.sweep is not None:
            self.another_rate(self.stage.sweep)
        self.every_rate()

    # -- the ravine ------------------------------------------------------------------------------

    def show_ravine(self) -> None:
        """Draw the contour lines, and how the function is curved along both variables."""
        stage = self.stage
        ratio, steep, flat = stage.ratio
        with self.beat(
            "A ravine: f is {ratio} times as curved in {steep} as in {flat}."
            if ratio > 2
            else "Along each line f has one value; the start is {start}.",
            seconds=4.0,
            ratio=ratio,
            steep=steep,
            flat=flat,
            start=spot(self.start),
            still="ravine",
        ):
            self.add(stage.lines)
            self.play(
                FadeIn(stage.lines),
                FadeIn(stage.views[0], stage.names[0], stage.values),
                seconds=0.8,
            )
            if stage.slices:
                self.play(FadeIn(stage.slices), seconds=0.8)

    def first_steps(self) -> None:
        """Compare the first steps of the first run and of one that steps elsewhere."""
        stage, names = self.stage, self.race.first_names()
        short_names = self.race.first_names(briefly=True)
        lanes = [stage.lanes[index] for index in self.race.first_pair()]
        landings = [lane.racer.trace.points[1] for lane in lanes]
        moves = self.race.first_moves()
        stage.stride.set(0.0)
        template = (
            "At {start} the slope is 0: the first step of {one} leads nowhere."
            if landings[0] == lanes[0].racer.trace.start
            else "First step: {one} goes {moved}"
            + (", {other} {moved_elsewhere}." if len(lanes) > 1 else ".")
            if moves
            else "First step from {start}: {one} to {landing}"
            + (", {other} to {elsewhere}." if len(lanes) > 1 else ".")
        )
        with self.beat(
            template,
            short=template.replace("{one}", "{brief}").replace("{other}", "{brief_other}"),
            brief=short_names[0],
            brief_other=short_names[-1],
            moved=moves[0] if moves else "",
            moved_elsewhere=moves[-1] if moves else "",
            start=spot(self.start),
            one=names[0],
            landing=spot(landings[0]),
            other=names[-1],
            elsewhere=spot(landings[-1]),
            seconds=4.8,
            still="first-steps",
        ):
            self.to_view(len(stage.views) - 2, stage.values, stage.slices)
            self.add(*stage.strides)
            self.play(stage.stride.to(1), seconds=1.0)
            self.play(FadeIn(stage.tags), seconds=0.4)

    def to_view(self, index: int, *gone: Mobject | None) -> None:
        """Take the ravine to another view, if it is not there."""
        stage, last = self.stage, round(self.stage.view.position)
        leaving = [part for part in gone if part is not None and len(part)]
        if index == last:
            self.play(*map(FadeOut, leaving), seconds=0.3)
            return
        self.play(FadeOut(*leaving, stage.views[last], stage.names[last]), seconds=0.3)
        self.play(stage.view.to(index), seconds=0.6)
        coming = [stage.views[index], stage.names[index]]
        is_race = index == len(stage.views) - 1
        coming += [stage.ends, stage.loss] if is_race else []
        rows = stage.rows.come() if is_race else []
        self.play(*map(FadeIn, coming), *rows, seconds=0.4)

    # -- the runs --------------------------------------------------------------------------------

    def let_run(self, lane: Lane) -> None:
        """Let a run go to its end."""
        stage, index = self.stage, lane.index
        with self.beat(
            "{told}.",
            short="{briefly}.",
            told=self.race.sentence(index),
            briefly=self.race.sentence(index, briefly=True),
            seconds=5.2 if not index or lane.racer.hovers else 4.8 if index == 1 else 3.5,
            still=f"run-{index + 1}",
        ):
            if not index:
                self.to_view(len(stage.views) - 1, stage.tags, *stage.strides)
            # The second path is held against the first one; later ones are seen alone.
            self.settle(stage.lanes[index - 1 : index], alone=lane.magnified or index > 1)
            if index and index == len(stage.first):
                self.lengthen_axis()
            # Start and minimum are seen over all paths, which begin and end there.
            self.add(lane.path, lane.curve, stage.ends)
            self.play(
                *stage.rows.light(index),
                lane.head.to(lane.end, ease_in_cubic),
                seconds=1.2 if index < 2 else 0.7,
            )
            self.raise_flag(lane)
            if lane.magnified:
                self.magnify(lane)

    def settle(self, lanes: Sequence[Lane], *, alone: bool, goes_on: bool = True) -> None:
        """Let runs that have been told step back; their numbers stay in the key.

        A ravine in the place of which a lens has been comes back if the race `goes_on`.
        """
        stage, gone = self.stage, self.lens_gone()
        if alone:
            gone += [lane.leave_plane() for lane in stage.lanes if lane.is_seen]
        for lane in lanes:
            gone += [*lane.hush(), *stage.rows.step_back(lane.index)]
            told = lane.told_on_arrival
            gone += [FadeOut(told)] if told in self.mobjects else []
        self.play(*gone, *(self.ravine_back() if goes_on else ()), seconds=0.5)

    def lengthen_axis(self) -> None:
        """Let the steps move together until all that any run needs are to be seen."""
        stage = self.stage
        # The axis comes first, for the curves follow it.
        self.play(stage.span.to(1), *(lane.head.to(lane.end) for lane in stage.first), seconds=0.4)

    def raise_flag(self, lane: Lane | RateSweep) -> None:
        """Show where a run has arrived, or hovers, and its result in its row."""
        parts = [part for part in (lane.mark, lane.told_on_arrival) if part is not None]
        result = self.stage.rows.result(self.stage.every.index(lane))
        self.play(*map(FadeIn, parts), *result, seconds=0.3)

    def magnify(self, lane: Lane) -> None:
        """Let a lens on the end of a run take the place of the ravine."""
        stage = self.stage
        self.lens = stage.lens(lane)
        opening, jumps = Playhead(), Playhead()
        opening.drive(self.lens.opening)
        jumps.drive(self.lens.path)
        self.play(
            opening.to(1),
            *(FadeOut(part) for part in self.ravine),
            lane.leave_plane(),
            seconds=0.6,
        )
        self.remove(self.lens.opening)
        self.play(FadeIn(self.lens, self.lens.path), seconds=0.3)
        self.play(jumps.to(CYCLE - 1, linear), seconds=0.8)

    @property
    def ravine(self) -> list[Mobject]:
        """The ravine beside the loss."""
        stage = self.stage
        return [stage.lines, stage.beside, stage.ends, stage.names[-1]]

    def ravine_back(self) -> list[FadeIn]:
        """Return the animations that bring the ravine back where a lens has been."""
        return [FadeIn(part) for part in self.ravine if part not in self.mobjects and len(part)]

    def lens_gone(self) -> list[FadeOut]:
        """Return the animations that take the lens with its path away."""
        lens, self.lens = self.lens, None
        return [FadeOut(lens, lens.path)] if lens else []

    # -- the rates -------------------------------------------------------------------------------

    def another_rate(self, sweep: RateSweep) -> None:
        """Move the loss curve of the slowest run to where another rate puts it."""
        old, new = sweep.origin.racer, sweep.racer
        both = old.steps is not None and new.steps is not None
        template = (
            "{name} again, at {rate} instead of {old}: {now} {unit}, "
            + ("as before." if old.steps == new.steps else "not {was}.")
            if both
            else "{name} again, at {rate} instead of {old}, {verdict}."
        )
        with self.beat(
            template,
            short=template.replace("{name}", "{brief}"),
            name=old.full_title,
            brief=old.title,
            rate=new.rate_text,
            old=old.rate_text,
            now=new.steps or 0,
            was=old.steps or 0,
            unit="step" if new.steps == 1 else "steps",
            verdict=new.verdict(self.race.goal, briefly=False),
            seconds=5.5,
            still="another-rate",
        ):
            stage, origin = self.stage, sweep.origin
            # Two runs are compared: nobody else is seen, and the key has room for one row more.
            last = stage.lanes[-1].index
            others = [lane for lane in stage.lanes if lane is not origin]
            gone = [part for lane in others for part in (*lane.on_loss, lane.told)]
            gone += [lane.path for lane in stage.lanes if lane.is_seen] + self.ravine
            coming = [*origin.on_loss, *([origin.told] if origin.told else [])]
            self.play(
                *self.lens_gone(),
                *(FadeOut(part) for part in dict.fromkeys(gone) if part in self.mobjects),
                *(stage.rows.step_back(last) if last != origin.index else ()),
                *(origin.rouse() if origin.quiet else ()),
                seconds=0.5,
            )
            self.play(
                *(FadeIn(part) for part in coming if part not in self.mobjects),
                *stage.rows.become_table(origin.index, len(stage.lanes)),
                seconds=1.0,
            )
            self.add(sweep.curve)
            self.play(sweep.head.to(sweep.end), seconds=1.0)
            self.raise_flag(sweep)
            self.arrow = sweep.arrow()
            self.play(Create(self.arrow) if self.arrow else None, seconds=0.3)

    def every_rate(self) -> None:
        """Bring all runs back, and put a frame round their rates."""
        with self.beat(
            "A race compares rates as much as methods, so print every rate."
            if len(self.stage.every) > 1
            else "The result belongs to the rate as much as to the method: print both.",
            seconds=4.5,
            hold=1.5,
            still="every-rate",
        ):
            stage = self.stage
            if stage.sweep is None:
                self.settle(stage.lanes[-1:], alone=True, goes_on=False)
                gone = [part for part in self.ravine if part in self.mobjects]
                self.play(*map(FadeOut, gone), seconds=0.4)
                self.play(*stage.rows.become_table(), seconds=1.0)
            leaving = [*(lane.told for lane in stage.every), self.arrow]
            self.play(*(FadeOut(part) for part in leaving if part in self.mobjects), seconds=0.3)
            seen = [lane for lane in stage.lanes if lane.curve in self.mobjects]
            hidden = [lane for lane in stage.lanes if lane not in seen]
            for lane in hidden:
                lane.restore()
            self.play(
                *stage.rows.rank(),
                *(change for lane in seen if lane.quiet for change in lane.rouse()),
                *(FadeIn(part) for lane in hidden for part in lane.on_loss),
                seconds=0.9,
            )
            self.play(stage.rows.frame_rates(), seconds=0.5)
