"""The V of |1 − rate · L|: how much of the distance a step leaves, and its three zones."""

from __future__ import annotations

from typing import Any, ClassVar

from gdcore import GradientDescent
from scenes.backstage.zones import EDGE, NAMES, SAMPLES, Zones
from scenes.figure import Figure
from scenes.layout import Region
from scenes.parts.axis_marks import BELOW, AxisMarks
from scenes.parts.bands import Bands
from scenes.parts.bounces import Bounces
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure, math
from scenes.parts.strokes import dots, line, set_lines
from scenes.parts.window import Window
from scenes.telling import formula, is_parabola
from scenes.theme import STROKE, TYPE
from scenes.words import as_factor, number

TITLE, FOOT, AIR = 0.56, 0.44, 0.14
"""Room for the line over the plot and for those under the small pictures; air beside words."""

KNOWN = (
    "The part |1 − rate · L| of the distance to the minimum that a step of descent leaves{near}, "
    "on {formula} with L = {bend}: below 1/L = {one} the run stays on the same side, from there to "
    "2/L = {two} it alternates, beyond it diverges."
)
UNKNOWN = (
    "The part |1 − rate · L| of the distance to the minimum that a step of descent leaves: "
    "below 1/L a run stays on the same side, from there to 2/L it alternates, beyond it diverges. "
    "No L is given: {formula} has no minimum with a curvature near the start."
)


class RateZones(Figure):
    """The factor |1 − rate · L| of a step against the rate: same side, alternating, diverging.

    Parameter of its own: `rates`, the samples on the V, which ends at 3/L, or auto for some from
    every zone.
    """

    objective = "x**2"
    optimizer = GradientDescent(learning_rate=0.1)
    title = "What a rate does"
    rates: Any = "auto"
    kinds: ClassVar = {"rates": SAMPLES}
    heights: ClassVar = {"85mm": 8.4, "170mm": 8.0}

    def construct(self) -> None:
        """Draw the V, its zones, and what the distance does in each of them."""
        zones = self.zones = Zones.of(self.objective, self.start)
        self.samples = zones.samples(self.rates) if zones.known else ()
        exact = is_parabola(self.objective) or not zones.known
        self.near = "" if exact else "near the minimum "
        with self.picture(
            KNOWN if zones.known else UNKNOWN,
            formula=formula(self.objective),
            near=f" {self.near}".rstrip(),
            bend=zones.bend,
            one=zones.at(1.0),
            two=zones.at(2.0),
        ):
            self.draw()

    def draw(self) -> None:
        """Draw the V, and under each zone a small picture of a run in it."""
        look, zones = self.look, self.zones
        upper, lower = self.region, self.region
        if self.samples:
            upper, lower = self.region.rows(1.0, 0.55)
        window = Window(0.0, zones.at(EDGE), 0.0, EDGE - 1)
        plot = Plot(
            look,
            upper.inset(bottom=BELOW, top=TITLE),
            window,
            x_name='"rate"',
            y_name="",
            x_ticks=(),
            y_ticks=(0.0, 1.0, 2.0),
        )
        inner = plot.inner
        edges = [plot.x(zones.at(share)) for share in (0.0, 1.0, 2.0, EDGE)]
        vee = line(look, role="text", width=1.3 * STROKE.curve)
        corners = [zones.at(share) for share in (0.0, 1.0, EDGE)]
        set_lines(vee, plot.path(corners, [1.0, 0.0, EDGE - 1]))
        guides = [plot.guide(plot.at(0.0, 1.0), plot.at(window.right, 1.0), "muted")]
        borders = [zones.at(1.0), zones.at(2.0)]
        guides += [plot.guide(plot.on_axis(x), plot.at(x, window.top), "muted") for x in borders]
        names = [(zones.at(share), self.border(share)) for share in (0.0, 1.0, 2.0)]
        self.add(Bands(look, edges, self.region.bottom, inner.top))
        self.add(plot, *guides, vee, AxisMarks(look, plot, names), self.heading(inner.top + 0.2))
        clear = Obstacles(inner.inset(AIR, 0.0, AIR, 0.0))
        clear.add(vee, *guides)
        for index, name in enumerate(NAMES):
            words = look.text(name).place(edges[index] + AIR, inner.top - AIR, on="top")
            clear.add(words)
            self.add(words)
            column = Region(edges[index], lower.bottom, edges[index + 1], lower.top)
            self.add(*self.run_in(index, column.inset(AIR + 0.05, 0.0, 2 * AIR, 0.25)))
        self.add(*self.label_samples(plot, clear), *self.label_bend(plot, clear))

    def heading(self, y: float) -> Lettering:
        """Return what goes upward, in words, over the plot."""
        factor = math('abs(1 - "rate" dot L)')
        start = f"{self.near}a step leaves "
        opening = start[0].upper() + start[1:]
        for rest in (" of the distance to the minimum", " of the distance"):
            words = self.look.text(opening, factor, rest)
            fitted = self.look.fitted(words, self.region.width, TYPE.label)
            if fitted.advance <= self.region.width:
                break
        return fitted.place(self.region.left, y)

    def border(self, share: float) -> Lettering:
        """Return the name of 0, 1/L or 2/L on the axis."""
        if not share:
            return self.look.math("0", TYPE.tick, "muted")
        value = f" = {figure(number(self.zones.at(share), 3))}" if self.zones.known else ""
        return self.look.math(f"{figure(number(share))} \\/ L{value}")

    def label_samples(self, plot: Plot, clear: Obstacles) -> list[Any]:
        """Return the sample rates: a dot on the V, and its rate beside it."""
        shown = [rate for rate in self.samples if rate <= plot.window.right]
        points = [plot.at(rate, abs(self.zones.factor(rate))) for rate in shown]
        marks = dots(self.look, points)
        clear.add(marks)
        out = [marks]
        for index, (rate, point) in enumerate(zip(shown, points, strict=True)):
            words = self.look.text(f"{'' if index else 'rate '}{number(rate)}", role="point")
            down = rate * self.zones.bend < 1
            sides = ("below left", "above right") if down else ("below right", "right")
            if place_near(words, point, clear, sides).is_free:
                out.append(words)
        return out

    def label_bend(self, plot: Plot, clear: Obstacles) -> list[Lettering]:
        """Return the function and its curvature, under the V's right arm where that is free."""
        if not self.zones.known:
            return []
        inner, out = plot.inner, []
        bend = figure(number(self.zones.bend, 3))
        rows = (f'"curvature" L = {bend}', "text"), (f"f(x) = {self.objective.typst}", "curve")
        for index, (source, role) in enumerate(rows):
            words = self.look.math(source, TYPE.tick, role)
            words.place(inner.right - AIR, inner.bottom + 0.22 + 0.42 * index, "right")
            if clear.trouble(words.box) == 0:
                clear.add(words)
                out.append(words)
        return out

    def sample(self, index: int) -> float | None:
        """Return the first sample from a zone, if there is one."""
        return next((rate for rate in self.samples if self.zones.zone(rate) == index), None)

    def told(self, rate: float) -> list[Lettering]:
        """Return what a rate does to the distance, the longest form first."""
        factor = as_factor(number(self.zones.factor(rate), 3))
        named, times = figure(number(rate, 3)), f"times {figure(factor)}"
        short = f'{named}":" {times}'
        sources = f'"rate" {named}":" "each step" {times}', f'"rate" {short}', short, times
        return [self.look.math(source, TYPE.tick) for source in sources]

    def run_in(self, index: int, column: Region) -> list[Any]:
        """Return a small picture of the distance in a zone, if there is a sample from it."""
        rates = [self.sample(zone) for zone in range(len(NAMES))]
        rate = rates[index]
        if rate is None:
            return []
        # All zones in the same form, the longest that fits each of them.
        widest = [
            max(words.advance for words in form)
            for form in zip(*(self.told(some) for some in rates if some is not None), strict=True)
        ]
        fits = [at for at, width in enumerate(widest) if width <= column.width + 1.7 * AIR]
        words = self.told(rate)[fits[0] if fits else -1]
        picture = Bounces(self.look, column.inset(bottom=FOOT), self.zones.factor(rate))
        out: list[Any] = [picture, words.place(column.left, column.bottom + 0.14)]
        if index == 0:
            name = self.look.text("minimum", size=TYPE.minimum, role="minimum")
            out.append(name.place(column.left, picture.middle - 0.1, on="top"))
        return out
