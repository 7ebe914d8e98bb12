"""Two basins: from which starts runs end in which minimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from gdcore import GradientDescent, Trace, theory
from scenes import parameters
from scenes.backstage import valleys
from scenes.backstage.methods import name_of
from scenes.backstage.valley_names import name_valleys
from scenes.backstage.valley_words import band_words
from scenes.figure import Figure
from scenes.parts.basins import TOP, Band, Basins, deepened
from scenes.parts.beaded import Beaded
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.plumb import Plumb
from scenes.parts.source import ink, join, math, told
from scenes.parts.window import fit
from scenes.telling import formula, rate_of
from scenes.words import equals, in_a_row, number

MOST = 4
"""More stretches of starts than this are not listed in the description."""

CELLAR = 1.6
"""Free height between the axis and the curve: the bands, and two lines of type over them."""

START = (0.22, 0.32, 0.45)
"""Between a start and its words, in units."""

UP = 0.3
"""The number of a border stands so far up its line, in parts of it."""


class TwoBasins(Figure):
    """Two basins along the axis: the starts from which runs end in each minimum of a double well.

    Parameter of its own: `other_start`, where the second run starts.
    """

    objective = "x**4/4 - 2*x**2 + x/2"
    start = 3.0
    optimizer = GradientDescent(learning_rate=0.05)
    max_steps = 60
    title = "Two basins"
    other_start: Any = -3.0
    kinds: ClassVar = {"other_start": parameters.NUMBER}
    heights: ClassVar = {"85mm": 7.6, "170mm": 8.2}

    def construct(self) -> None:
        """Draw two runs, and the axis in bands."""
        self.runs = [self.trace]
        if self.other_start != self.start:
            self.runs.append(self.run(start=self.other_start))
        xs = [x for run in self.runs for x in valleys.framed(run)]
        window = fit(self.objective, xs, left=0.07, right=0.07, headroom=0.1)
        window = deepened(self.objective, window, 0.85 * self.region.height, CELLAR)
        self.plot = Plot(self.look, self.region, window)
        self.curve = self.plot.curve(self.objective)
        self.land = valleys.Landscape.of(self.objective, window.left, window.right)
        self.hues: dict[float, str] = {}

        def long_run(start: float) -> Trace:
            return self.tried(start=start, max_steps=valleys.LONG)

        # The colour says where a start leads, even if the run that is drawn ends before.
        rests = [self.land.settled(long_run(run.start[0])) for run in self.runs]
        self.roles = [valleys.hue(self.hues, rest.x if rest else None) for rest in rests]
        found = valleys.bands(self.land, long_run, self.hues)
        template, fields = self.told(found)
        with self.picture(template, **fields):
            self.draw(found)

    def told(self, found: Sequence[Band]) -> tuple[str, dict[str, Any]]:
        """Return the description: which starts end where."""
        steps = self.trace.steps
        rate = rate_of(self.optimizer, steps[0]) if steps else None
        how = "at rate {rate}" if rate is not None else "of {method}"
        fields: dict[str, Any] = {
            "formula": formula(self.objective),
            "rate": rate,
            "method": name_of(self.optimizer),
            "low": self.land.low,
            "high": self.land.high,
        }
        begins = f"{{formula}} from x = {{low}} to {{high}}, and where runs {how} end"
        if not found:
            return f"{begins}: none of the starts tried leads to a minimum here.", fields
        if len(found) > MOST:
            fields["many"] = len(found)
            return f"{begins}: {{many}} stretches of starts, each with its minimum.", fields
        parts = []
        for at, band in enumerate(found):
            ends = zip(("left", "right"), (band.left, band.right), strict=True)
            fields |= {f"{name}_{at}": self.border(x) for name, x in ends}
            fields[f"place_{at}"] = band.place
            parts.append(f"between x = {{left_{at}}} and {{right_{at}}} at {{place_{at}:5}}")
        return f"{begins}: those that start {in_a_row(parts)}.", fields

    def border(self, x: float) -> float:
        """Return the end of a band: at a hilltop, the hilltop, known to more digits."""
        near = valleys.CLOSE * (self.land.high - self.land.low)
        return next((p.x for p in self.land.points if abs(p.x - x) <= near), x)

    def draw(self, found: Sequence[Band]) -> None:
        """Draw the runs, the bands, and their words."""
        look, plot = self.look, self.plot
        first = next(iter(self.hues.values()), "")
        beads = [
            Beaded(look, plot, self.pairs(run), role, hollow=role != first)
            for run, role in zip(self.runs, self.roles, strict=True)
        ]
        basins = Basins(look, plot, found)
        borders = valleys.borders(found, self.land)
        plumbs = [Plumb(look, plot, x, value, lift=TOP) for x, value in borders]
        self.add(plot, self.curve, *plumbs, *beads)
        clear = Obstacles(plot.inner)
        clear.add(plot, self.curve, *plumbs, *beads)
        self.add(*basins.labels(look, band_words, clear))
        basins.show(1.0)
        self.add(basins)
        for plumb, (x, _) in zip(plumbs, borders, strict=True):
            hill = any(p.x == x and p.kind is theory.Kind.MAXIMUM for p in self.land.points)
            for text in ("hilltop ", "") if hill else ("",):
                words = look.text(text, math(told(x)))
                if plumb.put(words, clear.copy(), least=UP).is_free:
                    clear.add(words)
                    self.add(words)
                    break
        for bead, run, role in zip(beads, self.runs, self.roles, strict=True):
            for place in bead.firsts:
                words = look.text(f"start {number(run.start[0])}", role=role)
                inward = ("left", "right") if place[0] > plot.inner.center[0] else ("right", "left")
                if place_near(words, place, clear.copy(), inward, START, only=True).is_free:
                    clear.add(words)
                    self.add(words)
        names = [self.land.name(point) for point in self.land.minima]
        values = [
            f"{name}, f {equals(point.value)} {number(point.value)}"
            for name, point in zip(names, self.land.minima, strict=True)
        ]

        def role_of(place: float) -> str:
            return self.hues.get(place, "muted")

        self.add(*name_valleys(look, plot, self.land.minima, (values, names), role_of, clear))
        # Other rates would part the starts otherwise.
        rate = rate_of(self.optimizer, self.trace.steps[0]) if self.trace.steps else None
        how = f"rate {number(rate)}" if rate is not None else name_of(self.optimizer)
        source = math(f"f(x) = {self.objective.typst}")
        laws = (
            look.source(join(ink("curve", source), ", ", how)),
            look.source(source, role="curve"),
        )
        for law in laws:
            if name_line(law, plot.graph(self.objective), clear.copy()).is_free:
                self.add(law)
                break

    def pairs(self, run: Trace) -> list[tuple[float, float]]:
        """Return the points of a run with their values."""
        return [(x, value) for (x,), value in zip(run.points, run.values, strict=True)]
