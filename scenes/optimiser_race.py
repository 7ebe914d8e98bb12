"""A race of optimisers down a ravine, in which the rates matter as much as the methods."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from manim import FadeIn, FadeOut, ReplacementTransform, VGroup
from manim.utils.rate_functions import ease_in_cubic, linear

from gdcore import GradientDescent
from scenes.base import DescentScene
from scenes.methods import race_of
from scenes.parameters import POSITIVE, Kind
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.inset import SHARE, Inset, inset_region
from scenes.parts.lanes import Lane, RateSweep, lanes_of
from scenes.parts.legend import Legend
from scenes.parts.loss import LossPlot, loss_window
from scenes.parts.path import Path
from scenes.parts.plane import PlaneView, box_of_runs, plane, with_room
from scenes.playhead import Playhead
from scenes.racer import CYCLE, rounded, spot
from scenes.racing import Race, curvature_ratio, symbols
from scenes.telling import formula
from scenes.theme import STROKE

FIRST = GradientDescent(learning_rate=0.019)

TINY = 0.6
"""Jumps of less than so many units are shown through a lens."""


class OptimiserRace(DescentScene):
    """The same start for every optimiser: who is first depends on the rates as on the methods.

    Parameters of this lesson: `runs`, one to six optimisers with rate and hyper-parameters, as in
    "descent 0.019; momentum 0.019 momentum=0.8"; `threshold`, how near to the minimum's value a run
    has to stay; `again`, by which factor of its rate the slowest run is repeated, 1 for none. An
    `optimizer` or hyper-parameter given alone takes the place of the first run.
    """

    objective = "(x**2 + 100*y**2)/2"
    start = (10.0, 2.0)
    optimizer = FIRST
    max_steps = 600
    title = "A race of optimisers"
    runs: Any = (
        "descent 0.019; momentum 0.019 momentum=0.8; adam 0.3; adagrad 0.5; rmsprop 0.1 rho=0.9"
    )
    threshold: Any = 0.01
    again: Any = 2.0
    seconds: ClassVar[int] = 44
    dimensions: ClassVar[int] = 2
    kinds: ClassVar[Mapping[str, Kind]] = {
        "runs": race_of(1, 6),
        "threshold": POSITIVE,
        "again": POSITIVE,
    }

    @functools.cached_property
    def race(self) -> Race:
        """All runs of the lesson."""
        methods = list(self.runs)
        if self.optimizer != FIRST:
            methods[0] = self.optimizer
        return Race.of(self.run, self.objective, methods, self.threshold, self.again)

    def construct(self) -> None:
        """Show the ravine and the first steps, let everyone run, then change one rate."""
        self.set_stage()
        self.show_ravine()
        if not any(racer.trace.steps for racer in self.race.racers):
            stop = self.race.racers[0].trace.stop
            with self.beat("{stop}", stop=stop.sentence, still="first-steps"):
                pass
            return
        self.first_steps()
        for group in self.race.groups():
            self.let_run([self.lanes[index] for index in group])
        if self.sweep is not None:
            self.another_rate(self.sweep)
        self.every_rate()

    # -- the stage -------------------------------------------------------------------------------

    def set_stage(self) -> None:
        """Lay out the wide view of the ravine, and the narrow one with loss and legend."""
        look, race, floor = self.look, self.race, self.race.floor
        self.names = symbols(self.objective)
        paths = [racer.trace.points[: race.last + 1] for racer in race.racers]
        box = box_of_runs(paths, floor.point)
        stage = self.layout.stage.inset(bottom=0.08)
        above, below = stage.rows(1.0, 1.04, gap=0.22)
        hovering = any(racer.hovers for racer in race.racers)
        beside = with_room(box, floor.point, SHARE) if hovering and above.width > 6 else box
        plots = [
            plane(look, region, shown, floor.point)
            for region, shown in ((self.layout.body, box), (above, beside))
        ]
        goal = floor.point if floor.is_minimum else None
        self.wide, self.narrow = (
            PlaneView(look, plot, self.names, race.racers[0].trace.start, goal) for plot in plots
        )
        levels = geometric_levels(self.objective, plots[0].window, floor.value)
        self.contours = Contours(look, self.objective, plots, levels)
        self.view = Playhead()
        self.view.drive(self.contours)
        self.set_loss(below)
        legends = (
            Legend(
                look, self.layout.side, race.heading, [lane.item for lane in self.all], loud=loud
            )
            for loud in (False, True)
        )
        self.legend, self.loud_legend = legends
        self.lens: Inset | None = None
        named = f"f({', '.join(self.names)})"
        self.add_header(look.math(f"{named} = {self.objective.typst}", 5.6, role="curve"))

    def set_loss(self, region: Any) -> None:
        """Lay out the loss, and a lane for every run."""
        look, race = self.look, self.race
        start = race.racers[0].trace.values[0] - race.floor.value
        window = loss_window(start, self.threshold, race.last, region.height)
        name = "f" if race.from_zero else "Delta f"
        self.loss = LossPlot(look, region, window, self.threshold, name)
        self.lanes, self.sweep = lanes_of(look, self.narrow.plot, self.loss, race)
        self.all = [*self.lanes, *([self.sweep] if self.sweep else [])]

    # -- the ravine ------------------------------------------------------------------------------

    def show_ravine(self) -> None:
        """Draw the contour lines."""
        ratio, steep, flat = curvature_ratio(self.objective, self.race.floor.point, self.start)
        with self.beat(
            "A ravine: {formula}, {ratio} times as curved in {steep} as in {flat}."
            if ratio > 2
            else "Along each line {formula} has one value; the start is {start}.",
            short="Along each line f has one value; the start is {start}.",
            seconds=5,
            formula=formula(self.objective),
            ratio=ratio,
            steep=steep,
            flat=flat,
            start=spot(self.start),
            still="ravine",
        ):
            self.add(self.contours)
            self.play(FadeIn(self.contours), FadeIn(self.wide), seconds=1.4)
            self.words = self.wide.words()
            self.play(FadeIn(self.words), seconds=0.5)

    def first_steps(self) -> None:
        """Compare the first steps of the first run and of one that steps elsewhere."""
        lanes = [self.lanes[index] for index in self.race.first_pair()]
        landings = [lane.racer.trace.points[1] for lane in lanes]
        self.first_paths = [
            Path(self.look, self.wide.plot, lane.racer.trace.points[:2], lane.role, STROKE.ghost)
            for lane in lanes
        ]
        head = Playhead(1.0)
        head.drive(*self.first_paths)
        names = self.race.first_names()
        texts = [
            (f"{name} {spot(place)}", lane.role, place)
            for name, lane, place in zip(names, lanes, landings, strict=True)
        ]
        self.tags = self.wide.tags(texts, *self.first_paths)
        head.set(0.0)
        with self.beat(
            "At {start} the slope is 0: the first step of {one} leads nowhere."
            if landings[0] == lanes[0].racer.trace.start
            else "From {start}: {one} steps to {landing}"
            + (", {other} to {elsewhere}." if len(lanes) > 1 else "."),
            start=spot(self.start),
            one=names[0],
            landing=spot(landings[0]),
            other=names[-1],
            elsewhere=spot(landings[-1]),
            still="first-steps",
        ):
            self.play(FadeOut(self.words), seconds=0.3)
            self.add(*self.first_paths)
            self.play(head.to(1), seconds=1.6)
            self.play(FadeIn(self.tags), seconds=0.6)

    def make_room(self) -> None:
        """Move the ravine up, for the loss below and the legend beside it."""
        self.play(FadeOut(self.tags, *self.first_paths, self.wide), seconds=0.3)
        self.play(self.view.to(1), seconds=0.7)
        self.play(FadeIn(self.narrow, self.loss, self.legend.heading), seconds=0.4)

    # -- the runs --------------------------------------------------------------------------------

    def let_run(self, lanes: Sequence[Lane]) -> None:
        """Let one run, or two, go to their ends."""
        group = [lane.index for lane in lanes]
        first = not group[0]
        with self.beat(
            "{told}.",
            short="{briefly}.",
            told=self.race.sentence(group),
            briefly=self.race.sentence(group, briefly=True),
            seconds=6 if first or lanes[0].racer.hovers else 5,
            still="-".join(["run", *(str(index + 1) for index in group)]),
        ):
            if first:
                self.make_room()
            self.add(*(part for lane in lanes for part in lane.movers))
            self.play(
                *self.hushed(self.lanes[: group[0]]),
                self.close_lens(),
                *(lane.head.to(lane.end, ease_in_cubic) for lane in lanes),
                seconds=2.0 if first else 1.6,
            )
            self.lens = self.lens_for(lanes[0]) if lanes[0].racer.hovers else None
            self.play(
                *(FadeIn(self.legend.entries[index]) for index in group),
                *(FadeIn(lane.flag) for lane in lanes if lane.flag),
                FadeIn(self.lens, self.lens.path) if self.lens else None,
                seconds=0.5,
            )
            if self.lens:
                self.add(self.lens.path)
                self.play(self.jumps.to(CYCLE - 1, linear), seconds=1.4)

    def hushed(self, lanes: Sequence[Lane]) -> list[Any]:
        """Return the animations that let runs step back that have been told."""
        return [change for lane in lanes if not lane.quiet for change in lane.fade(1.0)]

    def lens_for(self, lane: Lane) -> Inset | None:
        """Return a lens on the jumps of a run that never settles, if they are too small to see."""
        places, plot = lane.racer.trace.points[-CYCLE:], self.narrow.plot
        drawn = (place for other in self.lanes[: lane.index + 1] for place in other.path.drawn())
        region = inset_region(plot, list(drawn))
        if region is None or not plot.shows(*places[-1]) or lane.path.spread(CYCLE) > TINY:
            return None
        jump = lane.racer.jumps[1]
        lens = Inset(
            self.look,
            plot,
            region,
            self.objective,
            places,
            lane.role,
            self.race.floor.value,
            [rounded(place, 3) for place in jump] if jump else (),
            self.names[1] if jump else "",
        )
        self.jumps = Playhead()
        self.jumps.drive(lens.path)
        return lens

    def close_lens(self) -> FadeOut | None:
        """Return the animation that takes the lens away, if there is one."""
        lens, self.lens = self.lens, None
        return FadeOut(lens, lens.path) if lens else None

    # -- the rates -------------------------------------------------------------------------------

    def another_rate(self, sweep: RateSweep) -> None:
        """Move the loss curve of the slowest run to where another rate puts it."""
        old, new = sweep.origin.racer, sweep.racer
        both = old.steps is not None and new.steps is not None
        with self.beat(
            "{name} again, at {rate} instead of {old}: {now} {unit}, "
            + ("as before." if old.steps == new.steps else "not {was}.")
            if both
            else "{name} again, at {rate} instead of {old}, {verdict}.",
            name=old.title,
            rate=new.rate_text,
            old=old.rate_text,
            now=new.steps or 0,
            was=old.steps or 0,
            unit="step" if new.steps == 1 else "steps",
            verdict=new.verdict(self.race.goal, briefly=False),
            still="another-rate",
        ):
            self.play(self.close_lens(), *self.hushed(self.lanes), seconds=0.5)
            self.add(sweep.curve)
            self.play(sweep.head.to(sweep.last), seconds=1.8)
            self.play(
                FadeIn(self.legend.entries[-1]),
                FadeIn(sweep.flag) if sweep.flag else None,
                seconds=0.5,
            )

    def every_rate(self) -> None:
        """Bring all runs back, and let the legend name their rates aloud."""
        with self.beat(
            "A race compares rates as much as methods, so print every rate."
            if len(self.all) > 1
            else "The result belongs to the rate as much as to the method: print both.",
            seconds=5,
            hold=1.5,
            still="every-rate",
        ):
            self.play(
                self.close_lens(),
                *(change for lane in self.lanes for change in lane.fade(0.0)),
                ReplacementTransform(VGroup(self.legend), VGroup(self.loud_legend)),
                seconds=1.4,
            )
