"""Two minima: where a run ends depends on where it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from manim import Animation, Create, FadeIn, FadeOut, Mobject, ReplacementTransform, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func

from gdcore import GradientDescent, Step, Trace
from scenes import parameters
from scenes.backstage import valley_words, valleys
from scenes.backstage.formulas import length_beside
from scenes.backstage.hilltop import HillLens
from scenes.backstage.valley_names import compare_minima, name_valleys, name_walkers
from scenes.backstage.valley_stage import ValleyStage
from scenes.base import DescentScene
from scenes.header import header
from scenes.parts.basins import Basins
from scenes.parts.lettering import Lettering
from scenes.parts.placing import AIR, Obstacles, place_near
from scenes.parts.step import MEASURED, SCALED
from scenes.playhead import Playhead
from scenes.telling import rate_of
from scenes.theme import TYPE, WORD_SIZES
from scenes.words import number

BESIDE_START = ("right", "left", "above right", "above left", "below right", "below left")
"""Where the name of a start may stand, the best first."""

NEAR_START = (0.16, 0.26, 0.4)
"""How far off, in units: farther, it would be another place's."""

BLOCK = 0.3
"""Two values that are nearer to each other read as one block, in units."""

FIRST, THEN = squish_rate_func(smooth, 0.0, 0.55), squish_rate_func(smooth, 0.5, 1.0)
"""One thing makes room before another comes."""


class TwoMinima(DescentScene):
    """Two valleys: descent settles in the one that its start leads to, global or not.

    Parameters of its own: `other_start`, where the second run starts, and `beside`, the two starts
    that are close to each other, on both sides of the hilltop.
    """

    objective = "x**4/4 - 2*x**2 + x/2"
    start = 3.0
    optimizer = GradientDescent(learning_rate=0.05)
    max_steps = 60
    title = "Two minima"
    seconds: ClassVar[int] = 44
    tells_rate = True
    other_start: Any = -3.0
    beside: Any = (0.12, 0.13)
    kinds: ClassVar = {"other_start": parameters.NUMBER, "beside": parameters.NUMBERS}

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check that there are two starts beside each other."""
        super().check(values)
        if len(set(values["beside"])) != 2 or len(values["beside"]) != 2:
            raise parameters.UsageError(
                f"beside = {values['beside']}: allowed: two different numbers, as in 0.12, 0.13"
            )

    def construct(self) -> None:
        """Tell two runs, compare their ends, and show which start ends where."""
        self.set_stage()
        template, fields = valley_words.opening(self.land)
        with self.beat(template, **fields, seconds=4, still="valleys"):
            self.play(FadeIn(self.plot), FadeIn(self.notes), Create(self.curve), seconds=1.4)
            found, words = self.land.minima, [["valley"] * len(self.land.minima)]
            clear = self.obstacles()
            names = name_valleys(self.look, self.plot, found, words, lambda _: "text", clear)
            self.verdict = VGroup(*names)
            self.play(FadeIn(self.verdict), seconds=0.4)
        self.first_step()
        if self.trace.steps:
            self.first_rest()
        self.second_run()
        self.compare()
        self.start_beside()
        self.part_company()
        self.basins()

    def set_stage(self) -> None:
        """Lay out the plot and the four runs."""
        starts = (self.start, self.other_start, *self.beside)
        self.runs = [self.run(start=start) for start in starts]
        stage = self.stage = ValleyStage(self.look, self.layout.body, self.objective, self.runs)
        self.plot, self.curve, self.notes = stage.plot, stage.curve, stage.notes
        self.land, self.rests, self.runners = stage.land, stage.rests, stage.runners
        self.pair, self.noted, self.lowered = Playhead(), Playhead(), Playhead()
        self.heads = [Playhead(), Playhead(), self.pair, self.pair]
        for index in (0, 1):
            self.heads[index].drive(self.runners[index])
        self.noted.drive(self.notes)
        stage.zoom.carry(self.noted, self.notes)
        self.lowered.drive(stage.zoom)
        self.level, self.values = VGroup(), VGroup()
        self.lens: HillLens | None = None
        self.head = header(self.look, self.layout, self.title, self.header_formulas()[:1])
        self.add(*self.head)

    def note(self, part: str) -> Any:
        """Return the animation that takes what stands at the x-axis to a part of the lesson."""
        return self.noted.to(self.notes.at(part))

    def tell_rate(self) -> list[Animation]:
        """Return the animations that bring in the rate; what was there makes room for it."""
        formulas = self.header_formulas()
        if len(formulas) < 2:
            return []
        old = {part.source: part for part in self.head}
        self.head = header(self.look, self.layout, self.title, formulas)
        kept = [(old.pop(part.source, None), part) for part in self.head]
        return [
            *map(FadeOut, old.values()),
            *(ReplacementTransform(same, part, rate_func=FIRST) for same, part in kept if same),
            *(FadeIn(part, rate_func=THEN) for same, part in kept if not same),
        ]

    # -- two runs --------------------------------------------------------------------------------

    def first_step(self) -> None:
        """Tell the first step with its three moves."""
        run = self.runs[0]
        step = run.steps[0] if run.steps else None
        template, fields = (
            valley_words.first_step(self.optimizer, step) if step else valley_words.standing(run)
        )
        with self.beat(template, step, **fields, still="first-step"):
            coming = FadeIn(self.runners[0]), *self.tell_rate()
            self.play(FadeOut(self.verdict), self.note("start"), *coming, seconds=0.6)
            if step:
                self.measure_and_land(step)

    def measure_and_land(self, step: Step) -> None:
        """Make the three moves of the first step; the slope stays if its tangent does."""
        head = self.heads[0]
        clear = self.obstacles(part="landed")
        slope = self.slope = self.runners[0].slope_name(clear)
        self.length = length_beside(self.look, self.plot, self.optimizer, step, clear)
        self.play(head.to(MEASURED), seconds=0.7)
        self.play(FadeIn(slope) if len(slope) else None, seconds=0.3)
        self.play(head.to(SCALED), seconds=0.8)
        self.play(FadeIn(self.length) if len(self.length) else None, seconds=0.3)
        leaving = FadeOut(slope) if len(slope) and not self.runners[0].keeps_tangent else None
        self.play(head.to(1), self.note("landed"), leaving, seconds=1.2)

    def first_rest(self) -> None:
        """Let the other steps pass; where the run settles, the tangent is flat."""
        template, fields = valley_words.ended(self.land, self.runs[0])
        with self.beat(template, **fields, seconds=5, still="settled"):
            told = VGroup(*self.length, *(self.slope if self.runners[0].keeps_tangent else ()))
            self.play(FadeOut(told) if len(told) else None, self.note("left"), seconds=0.3)
            self.rush(0, 1.4)
            self.settle(0, "rest")

    def second_run(self) -> None:
        """Tell the run from the other start, quicker."""
        run, head = self.runs[1], self.heads[1]
        template, fields = valley_words.ended_too(self.land, run, self.runs[0])
        with self.beat(template, **fields, still="second-run"):
            coming = FadeIn(self.runners[1]), self.note("other start")
            self.play(FadeOut(self.level), *coming, seconds=0.4)
            if run.steps:
                self.play(head.to(1), seconds=1.2)
            self.rush(1, 1.2)
            self.settle(1, "rests")

    def rush(self, index: int, seconds: float) -> None:
        """Take a run to its end."""
        steps = len(self.runs[index].steps)
        if steps:
            # A run of one step too lets go of its tangent and its arrow.
            self.play(self.heads[index].to(max(steps, 1 + MEASURED)), seconds=seconds)

    def settle(self, index: int, part: str) -> None:
        """Draw the flat tangent where a run settles, and lead down to its x."""
        rest, runner = self.rests[index], self.runners[index]
        self.level = VGroup()
        if rest is None:
            self.play(self.note(part), seconds=0.4)
            return
        # What is new has the room that it needs.
        before, self.values = self.values, VGroup()
        clear = self.obstacles(part=part)
        # What the slope is where a run rests has been told when the second one comes.
        line = [] if index and self.rests[0] else [*runner.flat(clear)]
        # The value of the first run has its row, if this one can have another.
        apart, first = clear.copy(), self.rests[0]
        if before and first and (same := self.runners[0].value_name(first.value, apart)):
            apart.add_box(same.box.inset(*[AIR / 2 - BLOCK] * 4))
        value = runner.value_name(rest.value, apart) or runner.value_name(rest.value, clear)
        clear.add(*([value] if value else []))
        self.level = VGroup(*line, *self.origin_name(index, part, clear))
        coming = VGroup(*self.level[len(line[:1]) :], *([value] if value else []))
        staying, changes = self.value_beside(before, value, coming, clear)
        self.values.add(*staying, *([value] if value else []))
        # The point and its trail lie on the line.
        self.add(*line[:1], runner)
        self.play(
            *map(Create, line[:1]),
            # What it would meet has left before.
            FadeIn(coming, rate_func=THEN if changes else smooth) if len(coming) else None,
            *changes,
            self.note(part),
            seconds=0.8,
        )

    def origin_name(self, index: int, part: str, clear: Obstacles) -> list[Lettering]:
        """Return where a run comes from, beside its start, if the axis has no room for that."""
        runner, start = self.runners[index], self.runs[index].points[0][0]
        if self.notes.writes(part, number(start)) or not self.plot.shows(
            start, self.runs[index].values[0]
        ):
            return []
        name = self.look.text(f"from {number(start)}", role=runner.role)
        place_near(name, runner.place(0), clear.copy(), BESIDE_START, NEAR_START, only=True)
        if not name.is_free:
            return []
        clear.add(name)
        return [name]

    def value_beside(
        self, before: VGroup, value: Lettering | None, coming: VGroup, clear: Obstacles
    ) -> tuple[list[Mobject], list[Animation]]:
        """Return what stays of f of the first run beside that of the second one, and its moves.

        What is going to be compared is as near to its point, where there is room. Two that would be
        read as one block are not both there.
        """

        def meets(one: Lettering) -> bool:
            near = value is None or one.box.meets(value.box, -BLOCK)
            return near or any(one.box.meets(new.box, -AIR) for new in coming)

        met = [one for one in before if meets(one)]
        first, old = self.rests[0], next(iter(before), None)
        if first and value and old:
            same = self.runners[0].value_name(first.value, clear.copy())
            if same and (met or same.box.top > old.box.top) and not meets(same):
                return [same], [ReplacementTransform(old, same)]
        gone = [FadeOut(one, rate_func=FIRST) for one in met]
        return [one for one in before if one not in met], gone

    def compare(self) -> None:
        """Hold the values of the two ends against each other."""
        template, fields = valley_words.compared(self.land, *self.runs[:2])
        rests = [rest for rest in dict.fromkeys(self.rests[:2]) if rest is not None]
        self.verdict = VGroup()
        with self.beat(template, **fields, seconds=5, hold=1.5, still="local-and-global"):
            leaving = VGroup(*self.level, *self.values)
            fading = FadeOut(leaving) if len(leaving) else None
            self.play(fading, self.note("compared"), seconds=0.3)
            self.values = VGroup()
            full = [self.land.name(rest) for rest in rests]
            names, gap = compare_minima(self.look, self.plot, rests, full, self.obstacles())
            self.verdict.add(*names, *([gap] if gap else []))
            self.play(*map(FadeIn, names), seconds=0.5)
            if gap:
                self.play(Create(gap.levels), seconds=0.6)
                self.play(Create(gap.bracket), FadeIn(gap.label), seconds=0.6)

    # -- the hilltop -----------------------------------------------------------------------------

    def start_beside(self) -> None:
        """Open a lens on two starts that are close to each other."""
        template, fields = valley_words.beside_the_hill(self.land, self.beside)
        with self.beat(template, **fields, seconds=5, still="hilltop"):
            self.play(FadeOut(self.verdict, *self.runners[:2]), seconds=0.4)
            self.lowered.set(1)
            self.lens = self.open_lens()
            self.lowered.set(0)
            if self.lens:
                self.play(self.lowered.to(1), seconds=0.6)
            else:
                self.pair.drive(*self.runners[2:])
            # What a lens must tell apart would lie on one another here.
            coming = [self.lens] if self.lens else self.runners[2:]
            self.play(*map(FadeIn, coming), seconds=0.8)

    def open_lens(self) -> HillLens | None:
        """Return the lens on the two starts, or None where it would not enlarge them."""
        runs = self.runs[2:]
        if not all(run.steps for run in runs) or not valleys.are_near(self.land, self.beside):
            return None
        hill = self.land.hill(*self.beside)
        roles = [runner.role for runner in self.runners[2:]]
        clear = self.obstacles()
        lens = HillLens(self.look, self.plot, self.objective, runs, roles, hill, clear)
        if not self.plot.window.encloses(lens.plot.window):
            return None
        lens.carry(*(self.stage.runner(index, lens.plot) for index in (2, 3)))
        self.pair.drive(lens)
        return lens

    def part_company(self) -> None:
        """Let the two runs go until they are far apart."""
        runs, n = self.runs[2:], self.stage.parted
        template, fields = valley_words.parted(self.land, runs, n)
        with self.beat(template, **fields, still="parted"):
            if self.lens:
                kept = self.lens.kept(n)
                self.play(self.pair.to(kept) if kept else None, seconds=0.9)
                self.pair.release(self.lens)
                self.play(FadeOut(self.lens), seconds=0.3)
                self.play(self.lowered.to(0), seconds=0.6)
                self.pair.drive(*self.runners[2:])
                self.play(*map(FadeIn, self.runners[2:]), seconds=0.3)
            if any(run.steps for run in runs):
                self.play(self.pair.to(n), seconds=1.4)
            clear = self.obstacles(part="parted")
            self.names = VGroup(*name_walkers(self.look, self.runners[2:], n, clear))
            if self.lens:
                # Over the place that both come from.
                clear.add(*self.names)
                self.names.add(*self.runners[2].count_steps(clear, n))
            self.play(FadeIn(self.names), self.note("parted"), seconds=0.4)

    def basins(self) -> None:
        """Paint the axis with where the runs from each start end."""

        def long_run(start: float) -> Trace:
            return self.tried(start=start, max_steps=valleys.LONG)

        found = valleys.bands(self.land, long_run, self.stage.hues)
        plain = bool(self.trace.steps) and rate_of(self.optimizer, self.trace.steps[0]) is not None
        template, fields = valley_words.decided(found, self.land, plain)
        basins = Basins(self.look, self.plot, found)
        dial = Playhead()
        dial.drive(basins)
        last = max(len(run.steps) for run in self.runs[2:])
        with self.beat(template, **fields, hold=1.5, still="basins"):
            self.play(FadeOut(self.names), self.note("basins"), seconds=0.4)
            if last > self.pair.position:
                self.play(self.pair.to(last), seconds=0.9)
            clear, borders = self.obstacles(), valleys.borders(found, self.land)
            labels = basins.labels(
                self.look,
                lambda place: valley_words.band_words(place, self.stage.digits),
                clear,
                borders,
                called=self.land.called,
                sizes=(*WORD_SIZES, TYPE.minimum),
            )
            self.add(basins)
            self.play(dial.to(1), seconds=1.0)
            self.play(*map(FadeIn, labels), seconds=0.4)

    def obstacles(self, *more: Mobject, part: str = "") -> Obstacles:
        """Return what labels in the plot keep clear of, at the axis in a part that is to come."""
        clear, before = Obstacles(self.plot.inner), self.notes.position
        self.notes.show(self.notes.at(part) if part else before)
        shown = [runner for runner in self.runners if runner in self.mobjects]
        clear.add(self.plot, self.notes, self.curve, *shown, *self.values, *more)
        self.notes.show(before)
        return clear
