"""Two minima: where a run ends depends on where it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, Mobject, VGroup

from gdcore import GradientDescent, Trace
from gdcore.theory import StationaryPoint
from scenes import parameters, valley_words, valleys
from scenes.base import DescentScene
from scenes.parts.basins import Basins, Drop, deepened
from scenes.parts.gap import Gap
from scenes.parts.lens import Lens, close_up, free_region
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import MEASURED, SCALED
from scenes.parts.window import fit
from scenes.playhead import Playhead
from scenes.telling import rate_of
from scenes.words import is_close, number

PARTED = 30
"""After so many steps it is told where the two runs from the hilltop are."""

LENS = (3.6, 2.1)
"""The largest size of the lens, in units."""

OUTWARD = (0.26, 0.4, 0.6, 0.85, 1.2)
"""Distances between a walker and its name: it is not to be taken for that of a neighbour."""


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
            self.play(FadeIn(self.plot), Create(self.curve), seconds=1.4)
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
        xs = [x for run in self.runs for x in valleys.framed(run)]
        window = fit(self.objective, xs, left=0.07, right=0.07, headroom=0.1)
        body = self.layout.body
        self.plot = Plot(self.look, body, deepened(self.objective, window, 0.8 * body.height))
        self.curve = self.plot.curve(self.objective)
        self.land = valleys.Landscape.of(self.objective, window.left, window.right)
        self.hues: dict[float, str] = {}
        self.rests = [self.land.settled(run) for run in self.runs]
        self.pair = Playhead()
        self.heads = [Playhead(), Playhead(), self.pair, self.pair]
        self.runners = [self.runner(index, self.plot) for index in range(len(self.runs))]
        for head, runner in zip(self.heads, self.runners, strict=True):
            head.drive(runner)
        self.drops: dict[StationaryPoint, Drop] = {}
        self.written, self.level = VGroup(), VGroup()
        rate = rate_of(self.optimizer, self.trace.steps[0]) if self.trace.steps else None
        formula = self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve")
        shown = [] if rate is None else [self.look.math(f"eta = {figure(number(rate))}", 5.6)]
        self.add_header(formula, *shown)

    def role(self, index: int) -> str:
        """Return the colour of a run: that of the minimum in which it settles."""
        rest = self.rests[index]
        return valleys.hue(self.hues, None if rest is None else rest.x)

    def runner(self, index: int, plot: Plot) -> Runner:
        """Return the walker of a run; runs to the first minimum are dots, others rings."""
        role = self.role(index)
        hollow = role != next(iter(self.hues.values()), role)
        told = index < 2 and plot is self.plot
        run = self.runs[index]
        # The second run has the colour of its valley; a tangent of another one would be too much.
        return Runner(self.look, plot, run, role, hollow=hollow, told=told, measured=index == 0)

    # -- two runs --------------------------------------------------------------------------------

    def first_step(self) -> None:
        """Tell the first step with its three moves."""
        run, head = self.runs[0], self.heads[0]
        step = run.steps[0] if run.steps else None
        template, fields = (
            valley_words.first_step(self.optimizer, step) if step else valley_words.standing(run)
        )
        self.numbers = self.runners[0].numbers(self.obstacles())
        with self.beat(template, step, **fields, still="first-step"):
            self.play(FadeIn(self.runners[0]), seconds=0.4)
            if step:
                self.play(head.to(SCALED), seconds=1.4)
                self.play(FadeIn(self.numbers), seconds=0.3)
                self.play(head.to(1), seconds=1.4)

    def first_rest(self) -> None:
        """Let the other steps pass; where the run settles, the tangent is flat."""
        template, fields = valley_words.ended(self.land, self.runs[0])
        with self.beat(template, **fields, seconds=5, still="settled"):
            self.play(FadeOut(self.numbers), seconds=0.3)
            self.rush(0, 1.8)
            self.settle(0)

    def second_run(self) -> None:
        """Tell the run from the other start, quicker."""
        run, head = self.runs[1], self.heads[1]
        template, fields = valley_words.ended_too(self.land, run, self.runs[0])
        with self.beat(template, **fields, still="second-run"):
            self.play(FadeOut(self.level), FadeIn(self.runners[1]), seconds=0.4)
            if run.steps:
                self.play(head.to(1), seconds=1.2)
            self.rush(1, 1.2)
            self.settle(1)

    def rush(self, index: int, seconds: float) -> None:
        """Take a run to its end."""
        steps = len(self.runs[index].steps)
        if steps:
            # A run of one step too lets go of its tangent and its arrow.
            self.play(self.heads[index].to(max(steps, 1 + MEASURED)), seconds=seconds)

    def settle(self, index: int) -> None:
        """Draw the flat tangent where a run settles, and lead down to its x."""
        rest, self.level = self.rests[index], VGroup()
        if rest is None:
            return
        tangent = self.runners[index].flat_tangent()
        clear = self.obstacles(tangent)
        coming = VGroup()
        if rest not in self.drops:
            drop = self.drops[rest] = Drop(self.look, self.plot, rest.x, rest.value)
            written = self.look.math(figure(number(rest.x, 5)), role=self.role(index))
            clear.add(drop)
            self.written.add(drop.put(written, clear))
            coming.add(drop, written)
        words = self.look.text("slope 0", role=slope_role(0.0))
        spot = self.runners[index].place(len(self.runs[index]))
        if not place_near(words, spot, clear.copy(), ("above",), only=True).is_free:
            place_along(words, tangent.get_start(), tangent.get_end(), clear)
        self.level = VGroup(tangent, words)
        self.play(Create(tangent), FadeIn(words), seconds=0.6)
        self.play(FadeIn(coming) if len(coming) else None, seconds=0.4)

    def compare(self) -> None:
        """Hold the values of the two ends against each other."""
        template, fields = valley_words.compared(self.land, *self.runs[:2])
        rests = [rest for rest in dict.fromkeys(self.rests[:2]) if rest is not None]
        self.verdict = VGroup()
        with self.beat(template, **fields, seconds=5, hold=1.5, still="local-and-global"):
            self.play(FadeOut(self.level, self.written), seconds=0.3)
            self.written = VGroup()
            clear = self.obstacles()
            names = self.name_minima(rests, clear)
            if len(rests) == 2 and not is_close(rests[0].value, rests[1].value):
                gap = Gap(self.look, self.plot, [(rest.x, rest.value) for rest in rests], clear)
                self.verdict.add(gap)
                self.play(Create(gap.levels), seconds=0.6)
                self.play(Create(gap.bracket), FadeIn(gap.label), seconds=0.6)
            self.verdict.add(*names)
            self.play(*(FadeIn(name) for name in names), seconds=0.5)

    def name_minima(self, rests: list[StationaryPoint], clear: Obstacles) -> list[Lettering]:
        """Return what the minima are, below them: in full, or shorter where room is scarce."""
        names = [self.land.name(rest) for rest in rests]
        for words in (names, [name.partition(" ")[0] for name in names]):
            trial = clear.copy()
            out = [
                self.drops[rest].put(self.look.text(text, role="minimum"), trial)
                for rest, text in zip(rests, words, strict=True)
            ]
            levels = {round(label.origin[1], 6) for label in out}
            if len(levels) < 2 and all(label.is_free for label in out):
                break
        clear.add(*out)
        return out

    # -- the hilltop -----------------------------------------------------------------------------

    def start_beside(self) -> None:
        """Open a lens on two starts that are close to each other."""
        template, fields = valley_words.beside_the_hill(self.land, self.beside)
        with self.beat(template, **fields, seconds=5, still="hilltop"):
            self.play(FadeOut(self.verdict, *self.drops.values()), seconds=0.4)
            self.drops = {}
            self.play(FadeIn(*self.runners[2:]), seconds=0.4)
            self.lens = self.open_lens()
            self.play(FadeIn(self.lens), seconds=0.8)

    def open_lens(self) -> VGroup:
        """Return the lens on the two starts, or nothing where it would not enlarge them."""
        shown = [run for run in self.runs[2:] if run.steps]
        if len(shown) < 2 or not valleys.are_near(self.land, self.beside):
            return VGroup()
        window = close_up(self.objective, self.beside, left=0.4, right=0.4, below=1.2, above=2.0)
        if not self.plot.window.encloses(window):
            return VGroup()
        inner = self.plot.inner
        near = self.plot.at(self.beside[0], self.runs[2].values[0])
        clear = self.obstacles()
        wide, tall = min(0.45 * inner.width, LENS[0]), min(0.55 * inner.height, LENS[1])
        region = free_region(inner, wide, tall, clear, near)
        lens = Lens(self.look, self.plot, region, window, x_ticks=sorted(self.beside))
        lens.add(lens.plot.curve(self.objective))
        hill = self.land.hill(*self.beside)
        walkers = [self.runner(index, lens.plot) for index in (2, 3)]
        if hill is not None:
            clear = Obstacles(lens.plot.inner)
            clear.add(lens, *walkers)
            top = lens.plot.at(hill.x, hill.value)
            lens.add(place_near(self.look.math(figure(number(hill.x))), top, clear, ("above",)))
        lens.carry(*walkers)
        self.pair.drive(lens)
        return lens

    def part_company(self) -> None:
        """Let the two runs go until they are far apart."""
        runs = self.runs[2:]
        n = max(1, min(PARTED, *(len(run.steps) for run in runs)))
        template, fields = valley_words.parted(self.land, runs, n)
        with self.beat(template, **fields, still="parted"):
            if any(run.steps for run in runs):
                self.play(self.pair.to(n), seconds=3.0)
            self.names = VGroup(*self.name_starts(n))
            self.play(FadeIn(self.names), seconds=0.4)

    def name_starts(self, n: int) -> list[Lettering]:
        """Return the starts of the two runs, beside where they are after n steps."""
        out = []
        clear = self.obstacles(self.lens)
        for runner, start in zip(self.runners[2:], self.beside, strict=True):
            if runner.trace.steps and runner.seen(n):
                label = self.look.text(f"from {number(start)}", role=runner.role)
                side = "right" if start == max(self.beside) else "left"
                place_near(label, runner.place(n), clear, (side, f"above {side}"), OUTWARD)
                out += [label] if label.is_free else []
        return out

    def basins(self) -> None:
        """Paint the axis with where the runs from each start end."""

        def long_run(start: float) -> Trace:
            return self.run(start=start, max_steps=valleys.LONG)

        found = valleys.bands(self.land, long_run, self.hues)
        plain = bool(self.trace.steps) and rate_of(self.optimizer, self.trace.steps[0]) is not None
        template, fields = valley_words.decided(found, self.land, plain)
        basins = Basins(self.look, self.plot, found)
        dial = Playhead()
        dial.drive(basins)
        last = max(len(run.steps) for run in self.runs[2:])
        with self.beat(template, **fields, hold=1.5, still="basins"):
            self.pair.release(self.lens)
            self.play(FadeOut(self.lens, self.names), seconds=0.4)
            if last > self.pair.position:
                self.play(self.pair.to(last), seconds=0.9)
            clear = self.obstacles()
            labels = basins.labels(self.look, valley_words.band_words, clear)
            self.add(basins)
            self.play(dial.to(1), seconds=1.2)
            self.play(*(FadeIn(label) for label in labels), seconds=0.4)

    def obstacles(self, *more: Mobject) -> Obstacles:
        """Return what labels in the plot keep clear of."""
        clear = Obstacles(self.plot.inner)
        shown = [runner for runner in self.runners if runner in self.mobjects]
        clear.add(self.plot, self.curve, *shown, *self.drops.values(), *self.written, *more)
        return clear
