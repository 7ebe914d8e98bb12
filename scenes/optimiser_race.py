"""A race of optimisers down a ravine, in which the rates matter as much as the methods."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, VGroup, VMobject
from manim.utils.rate_functions import ease_in_cubic, linear

from gdcore import GradientDescent
from scenes.backstage.methods import race_of, with_own
from scenes.backstage.race_stage import RaceStage
from scenes.backstage.racer import CYCLE
from scenes.backstage.racing import Race, curvature_ratio, equation
from scenes.base import DescentScene
from scenes.parameters import POSITIVE, Kind
from scenes.parts.inset import Inset
from scenes.parts.lanes import Lane, RateSweep
from scenes.parts.legend import early
from scenes.playhead import Playhead
from scenes.words import spot

FIRST = GradientDescent(learning_rate=0.019)


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
        methods = with_own(self.runs, self.optimizer, FIRST)
        return Race.of(self.run, self.objective, methods, self.threshold, self.again)

    def construct(self) -> None:
        """Show the ravine and the first steps, let everyone run, then change one rate."""
        self.stage = RaceStage(self.look, self.layout, self.objective, self.race)
        self.lens: Inset | None = None
        self.labels, self.flags = VGroup(), list[VMobject]()
        self.add_header(self.look.math(equation(self.objective), 5.6, role="curve"))
        self.show_ravine()
        if not any(racer.trace.steps for racer in self.race.racers):
            stop = self.race.racers[0].trace.stop
            with self.beat("{stop}", stop=stop.sentence, still="first-steps"):
                pass
            return
        self.first_steps()
        for group in self.race.groups():
            self.let_run([self.stage.lanes[index] for index in group])
        if self.stage.sweep is not None:
            self.another_rate(self.stage.sweep)
        self.every_rate()

    # -- the ravine ------------------------------------------------------------------------------

    def show_ravine(self) -> None:
        """Draw the contour lines."""
        ratio, steep, flat = curvature_ratio(self.objective, self.race.floor.point, self.start)
        with self.beat(
            "A ravine: f is {ratio} times as curved in {steep} as in {flat}."
            if ratio > 2
            else "Along each line f has one value; the start is {start}.",
            seconds=5,
            ratio=ratio,
            steep=steep,
            flat=flat,
            start=spot(self.start),
            still="ravine",
        ):
            stage, wide = self.stage, self.stage.views[0]
            self.add(stage.contours)
            self.play(FadeIn(stage.contours), FadeIn(wide), seconds=1.4)
            self.words = wide.tags(wide.marked, stage.contours)
            # The start's coordinates leave when the next caption says them, to make room.
            self.told = VGroup(*(word for word in self.words if word[1].base_role == "text"))
            self.words.remove(*self.told)
            texts = [*self.landings(), *([(["start"], "text", self.start)] if self.told else [])]
            self.tags = wide.tags(texts, stage.contours, *stage.strides, self.words)
            others = (self.words, self.told, self.tags, *stage.strides)
            self.values = wide.values(stage.contours, *others, most=4)
            self.play(FadeIn(self.words, self.told, self.values), seconds=0.5)

    def landings(self) -> list[tuple[list[str], str, Sequence[float]]]:
        """Return words, colour and landing of the first step of the first run, and of another."""
        stage, room = self.stage, self.stage.rooms.wide.width
        return [
            (
                [f"{stage.title(lane, room)}, rate {lane.racer.rate_text}", spot(place)],
                lane.role,
                place,
            )
            for lane in (stage.lanes[index] for index in self.race.first_pair())
            for place in lane.racer.trace.points[1:2]
        ]

    def first_steps(self) -> None:
        """Compare the first steps of the first run and of one that steps elsewhere."""
        stage, names = self.stage, self.race.first_names()
        lanes = [stage.lanes[index] for index in self.race.first_pair()]
        landings = [place for _, _, place in self.landings()]
        moves = self.race.first_moves()
        stage.stride.set(0.0)
        self.opening = VGroup(self.values, self.words, self.tags, *stage.strides, stage.views[0])
        with self.beat(
            "At {start} the slope is 0: the first step of {one} leads nowhere."
            if landings[0] == lanes[0].racer.trace.start
            else "First step: {one} goes {moved}"
            + (", {other} {moved_elsewhere}." if len(lanes) > 1 else ".")
            if moves
            else "{first} steps from {start} to {landing}"
            + (", {other} to {elsewhere}." if len(lanes) > 1 else "."),
            moved=moves[0] if moves else "",
            moved_elsewhere=moves[-1] if moves else "",
            start=spot(self.start),
            one=names[0],
            first=names[0][:1].upper() + names[0][1:],
            landing=spot(landings[0]),
            other=names[-1],
            elsewhere=spot(landings[-1]),
            still="first-steps",
        ):
            self.play(FadeOut(self.told), seconds=0.3)
            self.add(*stage.strides)
            self.play(stage.stride.to(1), seconds=1.6)
            self.play(FadeIn(self.tags), seconds=0.6)

    def make_room(self) -> None:
        """Move the ravine up, for the loss below and the results beside it."""
        stage = self.stage
        self.play(FadeOut(*self.opening), seconds=0.3)
        self.play(stage.view.to(1), seconds=0.7)
        self.play(FadeIn(stage.views[1]), FadeIn(stage.loss), seconds=0.4)

    # -- the runs --------------------------------------------------------------------------------

    def let_run(self, lanes: Sequence[Lane]) -> None:
        """Let one run, or two, go to their ends."""
        stage, group = self.stage, [lane.index for lane in lanes]
        first, magnified = not group[0], lanes[0].magnified
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
            # Two paths can be compared in the ravine; of more, only those that run are seen.
            self.clear_ravine(alone=magnified or group[0] > 1)
            self.add(*(part for lane in lanes for part in (lane.path, lane.curve)))
            self.play(
                *self.hushed(stage.lanes[: group[0]]),
                *(FadeIn(entry, rate_func=early) for entry in stage.named(group)),
                *(lane.head.to(lane.end, ease_in_cubic) for lane in lanes),
                seconds=1.5 if first else 0.9 if magnified else 1.6,
            )
            told = [lane.path for lane in stage.lanes[: group[0]] if lane.on_plane]
            named = [(stage.title(lane), lane.path) for lane in lanes]
            self.labels = stage.views[1].names(named, stage.contours, *told)
            self.play(FadeIn(self.labels), *self.raised(lanes), seconds=0.5)
            if magnified:
                self.magnify(lanes[0])

    def magnify(self, lane: Lane) -> None:
        """Let a lens on the end of a run take the place of the ravine."""
        stage = self.stage
        self.lens = stage.lens(lane)
        opening, jumps = Playhead(), Playhead()
        opening.drive(self.lens.opening)
        jumps.drive(self.lens.path)
        gone = (stage.contours, stage.views[1], self.labels)
        self.play(
            opening.to(1),
            *(FadeOut(part, rate_func=early) for part in gone),
            lane.leave_plane(),
            seconds=0.7,
        )
        self.labels = VGroup()
        self.remove(self.lens.opening)
        self.play(FadeIn(self.lens, self.lens.path), seconds=0.3)
        self.play(jumps.to(CYCLE - 1, linear), seconds=1.0)

    def hushed(self, lanes: Sequence[Lane]) -> list[Any]:
        """Return the animations that let runs step back that have been told."""
        room = round(self.stage.room.position)
        return [change for lane in lanes if not lane.quiet for change in lane.hush(room)]

    def cleared(self) -> list[Any]:
        """Return the animations that take the lens with its path, and the paths' names, away."""
        lens, labels, self.lens, self.labels = self.lens, self.labels, None, VGroup()
        return [
            *([FadeOut(lens, lens.path)] if lens else []),
            *([FadeOut(labels)] if len(labels) else []),
        ]

    def clear_ravine(self, *, alone: bool) -> None:
        """Prepare the ravine for who comes next: the paths that are there stay, unless alone."""
        stage, gone = self.stage, self.cleared()
        if alone:
            told = [lane for lane in stage.lanes if lane.head.position > 0 and lane.on_plane]
            gone += [lane.leave_plane() for lane in told]
        self.play(*gone, seconds=0.3)
        back = [part for part in (stage.contours, stage.views[1]) if part not in self.mobjects]
        self.play(*map(FadeIn, back), seconds=0.4)

    def set_room(self, room: int | None, *changes: Any) -> None:
        """Let the ravine go, and take the loss to another room, or let it go, too."""
        stage = self.stage
        gone = self.cleared()
        gone += [lane.leave_plane() for lane in stage.lanes if lane.on_plane]
        gone += [
            FadeOut(part) for part in (stage.contours, stage.views[1]) if part in self.mobjects
        ]
        curves = [lane.curve for lane in stage.every if lane.curve in self.mobjects]
        if room is None:
            gone += [FadeOut(stage.loss, *curves)]
        self.play(*gone, *changes, *map(FadeOut, self.flags), seconds=0.4)
        self.flags = []
        if room is not None and room != stage.room.position:
            # The curves follow the axes: each is drawn anew as far as its own run has come.
            heads = [lane.head for lane in stage.every if lane.curve in curves]
            again = (head.to(head.position) for head in heads)
            self.play(stage.room.to(room), *again, seconds=0.6)

    def raised(self, lanes: Sequence[Lane | RateSweep], *, bare: bool = False) -> list[FadeIn]:
        """Return the animations that show the flags of some runs in the loss's room.

        With `bare` they are marks alone, without a number.
        """
        room = round(self.stage.room.position)
        flags = [flag for lane in lanes if (flag := lane.flag(room)) is not None]
        if bare:
            flags = [flag[-1:] for flag in flags]
        self.flags += flags
        return [FadeIn(flag) for flag in flags]

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
            stage, origin = self.stage, sweep.origin
            others = [lane for lane in stage.lanes if lane is not origin]
            self.set_room(1, *self.hushed(others), *origin.rouse(), *stage.make_row())
            self.add(sweep.curve)
            self.play(
                *self.raised([origin]),
                *self.raised(others, bare=True),
                *(FadeIn(entry, rate_func=early) for entry in stage.named([len(stage.lanes)])),
                sweep.head.to(sweep.last),
                seconds=1.6,
            )
            arrow = sweep.arrow()
            self.flags += [arrow] if arrow else []
            self.play(*self.raised([sweep]), Create(arrow) if arrow else None, seconds=0.5)

    def every_rate(self) -> None:
        """Bring all runs back, and let the legend name their rates aloud."""
        with self.beat(
            "A race compares rates as much as methods, so print every rate."
            if len(self.stage.every) > 1
            else "The result belongs to the rate as much as to the method: print both.",
            seconds=5,
            hold=1.5,
            still="every-rate",
        ):
            stage, rooms = self.stage, self.stage.rooms
            self.set_room(2 if len(rooms.losses) > 2 else None)
            lit = rooms.losses[2:] and [change for lane in stage.lanes for change in lane.rouse()]
            self.play(
                *(lit or ()),
                *(self.raised(stage.every) if lit else ()),
                *stage.ranking(),
                seconds=0.9,
            )
