"""The learning rate: a small one crawls, a larger one is quick, a large one jumps to and fro."""

from __future__ import annotations

from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, Mobject, VGroup

from gdcore import GradientDescent
from scenes import parameters
from scenes.backstage import jumping
from scenes.backstage.rates import ToldLineup
from scenes.base import DescentScene
from scenes.parts import panel_steps, panel_words
from scenes.parts.panels import Panels
from scenes.parts.step import MEASURED, SCALED
from scenes.parts.timebar import in_log
from scenes.parts.window import fit_whole
from scenes.playhead import Advance, Playhead
from scenes.telling import rate_of
from scenes.words import number

AIR = 0.1
"""Free space round the runs in the window, in parts of their range."""

HISTORIES = "Now each step has a row of its own: x across, the step's number downward."
"""Said as the trails unroll into strips, which fill."""


class FourRates(DescentScene):
    """One start, four learning rates: four runs in lock-step, and how many steps each one needs.

    Parameter of its own: `rates`, two to four learning rates, one for each panel.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 20
    title = "The learning rate"
    seconds: ClassVar[int] = 41
    rates: Any = (0.01, 0.1, 0.45, 0.9)
    kinds: ClassVar = {"rates": parameters.rates(2, 4)}

    def construct(self) -> None:
        """Take the first steps together, then go on to the end and compare."""
        self.set_stage()
        template, fields, short = self.lineup.opening()
        self.leaving = panel_words.opening(self.panels, self.scales)
        with self.beat(template, **fields, seconds=5, still="four-rates", short=short):
            self.enter()
        if all(step.delta[0] == 0 for run in self.lineup.runs for step in run.steps[:1]):
            self.stand()
            return
        self.first_steps()
        if self.lineup.last > 2:
            self.second_steps()
        self.all_steps()
        self.compare()
        self.arrive()

    def set_stage(self) -> None:
        """Lay out one panel for each rate."""
        self.lineup = ToldLineup.of(
            self.objective, self.start, self.rates, self.max_steps, self.run
        )
        lineup = self.lineup
        window = fit_whole(self.objective, lineup.near(), lineup.valley, AIR)
        self.panels = Panels.of(
            self.look,
            self.layout,
            [f"rate {number(rate)}" for rate in self.rates],
            lineup.runs,
            self.objective,
            window,
            last=lineup.last,
            rows=lineup.rows,
            near=lineup.near(),
            minimum=lineup.valley,
        )
        self.dials = [Playhead() for _ in self.panels]
        for dial, panel in zip(self.dials, self.panels, strict=True):
            dial.drive(panel.light)
            self.add(panel.light)
            self.playhead.drive(panel.runner)
        self.add_header()

    def light(self, *lit: int) -> list[Advance]:
        """Return the animations that light these panels, and no others."""
        return [
            dial.to(float(index in lit))
            for index, dial in enumerate(self.dials)
            if dial.position != float(index in lit)
        ]

    def enter(self) -> None:
        """Let the panels come in: first the curves, then the walkers."""
        still = [part for panel in self.panels for part in (panel.frame, panel.scale)]
        self.play(*map(FadeIn, still), seconds=0.6)
        self.play(*(Create(panel.curve) for panel in self.panels), seconds=0.8)
        walkers = [panel.runner for panel in self.panels]
        self.play(*map(FadeIn, [*walkers, *self.leaving]), seconds=0.4)

    def bring(self, *parts: Mobject) -> list[FadeIn]:
        """Return the animations that let parts come, which follow the playhead from now on."""
        self.playhead.drive(*parts)
        return [FadeIn(part) for part in parts]

    def bring_readouts(self) -> list[FadeIn]:
        """Return the animations that let the numbers come, if they are not there yet."""
        readouts = [panel.readout for panel in self.panels]
        return [] if readouts[0] in self.playhead.parts else self.bring(*readouts)

    def stand(self) -> None:
        """Tell why nothing moves."""
        run = next((run for run in self.lineup.runs if not run.steps), None)
        if run is not None:
            with self.beat("{stop}", stop=run.stop.sentence, seconds=5, still="last"):
                pass
            return
        with self.beat(jumping.STANDING, self.lineup.runs[0].steps[0], still="last", hold=1.5):
            self.play(self.playhead.to(1))

    # -- together --------------------------------------------------------------------------------

    def first_steps(self) -> None:
        """Scale the same slope by each rate, and land."""
        numbers = panel_steps.first_steps(self.panels, self.scales)
        template, fields, short = self.lineup.first_steps(scaled=None not in self.scales)
        with self.beat(template, **fields, still="first-steps", short=short):
            self.play(self.playhead.to(SCALED), *map(FadeOut, self.leaving), seconds=1.3)
            self.play(FadeIn(numbers), seconds=0.4)
            self.play(self.playhead.to(1), seconds=1.2)
            self.play(*self.bring_readouts(), seconds=0.3)
        self.leaving = numbers

    def leave(self) -> list[Any]:
        """Return the animations with which what was said goes."""
        return [FadeOut(self.leaving)] if len(self.leaving) else []

    @property
    def scales(self) -> list[float | None]:
        """The rate of each run's first step, if the step is −rate · slope."""
        return [
            rate_of(run.optimizer, run.steps[0]) if run.steps else None for run in self.lineup.runs
        ]

    def bring_strips(self) -> None:
        """Let the histories take the place of the curves: each iterate goes to a row of its own."""
        panels, now = self.panels, self.playhead.position
        unrolling, dial = [panel.unrolling(now) for panel in panels], Playhead()
        self.playhead.release(*(panel.runner for panel in panels))
        gone = self.leave()
        for panel, trail in zip(panels, unrolling, strict=True):
            self.remove(panel.runner)
            runner = panel.runner
            self.add(*(moves := VGroup(runner.view, *runner.view.front)), trail)
            gone += map(FadeOut, (moves, panel.curve, panel.scale))
        self.play(*self.light(), *gone, seconds=0.5)
        dial.drive(*unrolling, *(part for panel in panels for part in panel.axes))
        self.play(dial.to(1), seconds=1.0)
        self.minimum_name = panel_words.minimum_of_strips(panels, self.lineup.last)
        strips = [panel.strip for panel in panels]
        marks = [part for panel in panels for part in (panel.mark, panel.rows_name)]
        coming = [*self.bring(*strips), *self.bring_readouts()]
        self.play(*map(FadeIn, [*marks, self.minimum_name]), *coming, seconds=0.5)
        self.remove(*unrolling)
        self.strips = [*marks, self.minimum_name, *strips]

    def second_steps(self) -> None:
        """Take one more step: one run is far ahead."""
        index = self.lineup.nearest(2)
        template, fields, short = self.lineup.standing(index, 2)
        with self.beat(template, **fields, seconds=5, still="two-steps", short=short):
            self.play(*self.leave(), seconds=0.3)
            bars = [panel.distance for panel in self.panels if panel.distance]
            names = panel_words.names_of_bars(self.panels)
            self.play(*self.bring(*bars), *map(FadeIn, names), seconds=0.4)
            self.play(self.playhead.to(2), seconds=1.2)
            # How much of its way each has to go tells which one is ahead.
            shares = panel_words.shares(self.panels, self.lineup.left(2))
            # The arrows leave: they are as long as the step, and what is told is what is left.
            leave = self.playhead.to(2 + MEASURED)
            self.play(*self.light(index), leave, *map(FadeIn, shares), seconds=0.4)
            self.leaving = VGroup(*bars, *names, *shares)
            self.playhead.release(*bars)

    def all_steps(self) -> None:
        """Go on to the last step, while the histories grow: one run has hardly moved."""
        with self.beat(HISTORIES, seconds=5):
            self.bring_strips()
            if self.lineup.last > self.playhead.position:
                self.play(self.playhead.to(self.lineup.last), seconds=2.4)
            steps = panel_words.step_of_readouts(self.panels, self.lineup.last)
            if len(steps):
                self.play(FadeIn(steps), seconds=0.3)
                self.strips += steps
        template, fields, short = self.lineup.trailing()
        with self.beat(template, **fields, seconds=4.5, still="all-steps", short=short):
            self.play(*self.light(self.lineup.farthest), seconds=0.4)

    # -- compared --------------------------------------------------------------------------------

    def compare(self) -> None:
        """Join two runs that are as near, or tell which ones cross the minimum."""
        pair = self.lineup.equals
        told = self.lineup.equal() if pair else self.lineup.sides()
        if told is None:
            return
        template, fields, short = told
        with self.beat(template, **fields, still="equally-near" if pair else "sides", short=short):
            lit = pair or [at for at in range(len(self.panels)) if self.lineup.always(at)]
            self.play(*self.light(*lit), seconds=0.5)
            if pair:
                self.leaving = panel_words.factors(self.panels, pair, self.lineup.factors(pair))
                self.play(*map(FadeIn, self.leaving), seconds=0.6)

    def arrive(self) -> None:
        """Let the runs go on until each has arrived, and count their steps."""
        lineup = self.lineup
        template, fields, short = lineup.arrivals()
        with self.beat(template, **fields, seconds=7, hold=1.5, still="steps-needed", short=short):
            gone = self.leave()
            if lineup.valley is None:
                self.play(*self.light(), *gone, seconds=0.4)
                return
            gone += [FadeOut(VGroup(panel.readout, panel.axes)) for panel in self.panels]
            self.playhead.release(*self.playhead.parts)
            self.play(*self.light(), *gone, *map(FadeOut, self.strips), seconds=0.4)
            # They pass the places of what has gone.
            named = list(zip(self.panels, self.panels.cells_of_counts(), strict=True))
            moves = [cell.write_name(panel.name.animate) for panel, cell in named]
            self.play(*moves, seconds=0.5)
            for panel, cell in named:
                panel.count_in(cell)
            self.count()
            if lineup.contrast:
                self.play(*self.light(*lineup.contrast), seconds=0.4)

    def count(self) -> None:
        """Let the steps of each run up to its arrival be counted."""
        counts = self.lineup.counts
        words = [self.lineup.outcome(index) for index in range(len(counts))]
        tallies, again = self.panels.tallies(counts, words), Playhead()
        again.drive(*tallies)
        dotted = all(tally.is_dotted for tally in tallies)
        goal = panel_words.goal(self.panels, *self.lineup.goal(dotted=dotted))
        self.play(*map(FadeIn, [*tallies, goal]), seconds=0.5)
        end = max((steps or self.lineup.last for steps in counts), default=0)
        self.play(again.to(end, in_log(0, end)), seconds=2.6)
