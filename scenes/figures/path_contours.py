"""Contour lines with the paths of several optimisers, from one start."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, ClassVar

from manim import VGroup, VMobject

from gdcore import GradientDescent
from scenes.backstage.methods import race_of, with_own
from scenes.backstage.racer import Racer
from scenes.backstage.racing import Race, equation, symbols
from scenes.figure import Figure
from scenes.parameters import POSITIVE
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.dashing import PATTERNS
from scenes.parts.lettering import Lettering
from scenes.parts.naming import name_apart, name_from_afar
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import PlaneView, box_of_runs, plane
from scenes.parts.plot import Plot
from scenes.parts.strokes import grounded
from scenes.telling import formula
from scenes.theme import STROKE, TYPE
from scenes.words import spot

FIRST = GradientDescent(learning_rate=0.17)

TITLE = 0.8
"""Room for the line over the plane, in units."""

OVER = 0.15
"""Words may stand so far over the plane's edge, in units."""

LEAST = 0.3
"""A path that goes less far than this, in units, has no name."""


class PathContours(Figure):
    """Contour lines in true scale, with the paths of several optimisers from one start.

    Parameters of its own: `runs`, one to six optimisers with rate and hyper-parameters, as in
    "descent 0.17; momentum 0.05 momentum=0.8"; `threshold`, how near to the minimum's value a run
    has to stay. An `optimizer` or hyper-parameter given alone takes the place of the first run.
    """

    objective = "(x**2 + 10*y**2)/2"
    start = (10.0, 4.0)
    optimizer = FIRST
    max_steps = 300
    title = "Paths of optimisers"
    runs: Any = "descent 0.17; momentum 0.05 momentum=0.8; adagrad 1.5; adam 0.5"
    threshold: Any = 0.01
    dimensions = 2
    kinds: ClassVar = {"runs": race_of(1, 6), "threshold": POSITIVE}
    heights: ClassVar = {"85mm": 6.7, "170mm": 8.7}

    def construct(self) -> None:
        """Draw the contour lines and all paths."""
        methods = with_own(self.runs, self.optimizer, FIRST)
        self.race = Race.of(self.run, self.tried, self.objective, methods, self.threshold, 1.0)
        racers = self.race.racers
        ends = "; ".join(self.race.sentence(index) for index in range(len(racers)))
        with self.picture(
            "Contour lines of {formula} with the paths of {many} from {start}, each at a "
            "rate of its own, so not a ranking. {ends}.",
            formula=formula(self.objective),
            many="one run" if len(racers) == 1 else f"{len(racers)} runs",
            start=spot(self.start),
            ends=ends,
        ):
            self.draw()

    def draw(self) -> None:
        """Draw the plane, the paths, and their names."""
        look, race, floor = self.look, self.race, self.race.floor
        points = [racer.trace.points[: race.last + 1] for racer in race.racers]
        box = box_of_runs(points, floor.point)
        plot = plane(look, self.region.inset(top=TITLE), box, floor.point)
        goal = floor.point if floor.is_minimum else None
        view = PlaneView(look, plot, symbols(self.objective), self.start, goal)
        levels = geometric_levels(self.objective, plot.window, floor.value)
        contours = Contours(look, self.objective, [plot], levels)
        paths = [
            Path(
                look,
                plot,
                run,
                f"series_{index + 1}",
                STROKE.ghost * 0.55,
                STROKE.curve * 0.75,
                PATTERNS[index % len(PATTERNS)],
            )
            for index, run in enumerate(points)
        ]
        for path, racer in zip(paths, race.racers, strict=True):
            path.show(self.seen(racer, plot))
        self.add(contours, view, *paths)
        clear = Obstacles(plot.inner.inset(top=-OVER))
        clear.add(view, *paths)
        start = self.look.text(f"start {spot(self.start)}")
        sides = ("above", "right", "above right", "above left", "left")
        place_near(start, plot.at(*self.start), clear.copy(), sides, (0.2, 0.3))
        here = [start] if plot.shows(*self.start) and start.is_free else []
        clear.add(*here)
        names = self.names(paths, clear)
        leader = VGroup()
        if goal is not None and (named := self.goal_name(plot, goal, clear, names)):
            names.append(named[0])
            leader.add(named[1])
        words = VGroup(leader, *(grounded(look, name) for name in (*here, *names)))
        self.add(view.values(contours, *paths, *here, *names), words)
        self.add(*self.heading())

    def seen(self, racer: Racer, plot: Plot) -> int:
        """Return how many steps of a run are drawn: of one that goes off, until it leaves."""
        last = min(self.race.last, len(racer.trace.steps))
        if not (racer.diverges or racer.trace.stop.blew_up):
            return last
        outside = (n for n, point in enumerate(racer.trace.points) if not plot.shows(*point))
        return min(last, next(outside, last))

    def goal_name(
        self, plot: Plot, goal: Sequence[float], clear: Obstacles, names: Sequence[Lettering]
    ) -> tuple[Lettering, VMobject] | None:
        """Return the name of the minimum, off the paths that end there, and a line to it."""
        words = self.look.text("minimum", size=TYPE.tick, role="minimum")
        free = clear.copy()
        free.add(*names)
        return name_from_afar(self.look, words, plot.at(*goal), free)

    def heading(self) -> list[Lettering]:
        """Return what is descended, and what may not be read off, if there is room for it."""
        formula = self.look.math(equation(self.objective), role="curve")
        formula.place(self.region.left, self.region.top - 0.4)
        inside = formula.box.right < self.region.right and formula.box.top < self.region.top
        if not inside:
            return []
        told = "each at a rate of its own: not a ranking"
        note = self.look.text(told, size=TYPE.tick, role="muted")
        note.place(self.region.right, self.region.top - 0.4, "right")
        several = len(self.race.racers) > 1
        fits = several and note.box.left > formula.box.right + 0.3
        return [formula, note] if fits else [formula]

    def names(self, paths: Sequence[Path], clear: Obstacles) -> list[Lettering]:
        """Return the names of all paths, in the longest form that finds room for all of them.

        Without the numbers of steps: these are a matter of the rates, which nobody made equally
        good, and would read as a ranking of the methods.
        """
        racers, best = self.race.racers, list[Lettering]()
        forms = (
            [f"{racer.title}, {racer.settings}" for racer in racers],
            [f"{racer.title} {racer.rate_text}" for racer in racers],
            [racer.title for racer in racers],
        )
        drawn = [path.drawn() for path in paths]
        far = [path.reach > LEAST for path in paths]
        for texts, size in itertools.product(forms, (TYPE.label, TYPE.tick)):
            trial, placed = clear.copy(), []
            for index, text in enumerate(texts):
                others = [points for at, points in enumerate(drawn) if at != index]
                words = self.look.text(text, size=size, role=f"series_{index + 1}")
                if far[index] and name_apart(words, drawn[index], others, trial.copy()).is_free:
                    trial.add(words)
                    placed.append(words)
            if len(placed) == sum(far):
                return placed
            best = max(best, placed, key=len)
        return best
