"""The V of |1 − rate · L|: how much of the distance a step leaves, and its three zones."""

from __future__ import annotations

from typing import Any, ClassVar

from gdcore import GradientDescent
from scenes.figure import Figure
from scenes.layout import Region
from scenes.parts.axis_marks import BELOW, AxisMarks
from scenes.parts.bounces import Bounces
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure, math
from scenes.parts.strokes import dots, line, set_lines, shape
from scenes.parts.window import Window
from scenes.telling import formula, is_parabola
from scenes.theme import STROKE, TYPE
from scenes.words import in_a_row, number
from scenes.zones import EDGE, NAMES, SAMPLES, Zones

HEADING, FACTOR = 0.5, 0.42
"""Heights of a zone's name and of the line under its picture, in units."""


class RateZones(Figure):
    """The factor |1 − rate · L| of a step against the rate: same side, alternating, diverging.

    Parameter of its own: `rates`, the samples on the V, or auto for some from every zone.
    """

    objective = "x**2"
    optimizer = GradientDescent(learning_rate=0.1)
    title = "What a rate does"
    rates: Any = "auto"
    kinds: ClassVar = {"rates": SAMPLES}
    heights: ClassVar = {"85mm": 8.2, "170mm": 7.8}

    def construct(self) -> None:
        """Draw the V, its zones, and what the distance does in each of them."""
        self.zones = Zones.of(self.objective, self.start)
        self.samples = self.zones.samples(self.rates)
        start = "The part |1 − rate · L| of the distance to the minimum that a step leaves"
        zones = "same side below 1/L{one}, alternating up to 2/L{two}, diverging beyond"
        known = self.zones.known
        near = "" if is_parabola(self.objective) else ", near the minimum"
        values = {"one_value": self.zones.at(1.0), "two_value": self.zones.at(2.0)}
        with self.picture(
            f"{start}{near}, on {{formula}} where L = {{bend}}: "
            "same side below 1/L = {one}, alternating from there to 2/L = {two}, diverging beyond."
            if known
            else f"{start}, a V over the rate: same side below 1/L, alternating from there to "
            "2/L, diverging beyond. {formula} has no L: no minimum with a curvature.",
            formula=formula(self.objective),
            bend=self.zones.bend,
            one=self.zones.at(1.0),
            two=self.zones.at(2.0),
        ):
            self.draw()

    def draw(self) -> None:
        upper, lower = self.region.rows(0.62, 1.0, gap=0.15)
        if not self.zones.known:
            upper, lower = self.region.rows(0.1, 1.0)
        look, zones = self.look, self.zones
        window = Window(0.0, zones.at(EDGE), 0.0, EDGE - 1)
        plot = Plot(
            look,
            lower.inset(bottom=BELOW, top=0.55),
            window,
            x_name='"rate"',
            y_name="",
            x_ticks=(),
            y_ticks=(0.0, 1.0, 2.0),
        )
        inner = plot.inner
        edges = [plot.x(zones.at(share)) for share in (0.0, 1.0, 2.0, EDGE)]
        bands = [
            self.band(Region(edges[i], inner.bottom, edges[i + 1], inner.top), 0.97 - 0.07 * i)
            for i in (1, 2)
        ]
        vee = line(look, role="text", width=1.3 * STROKE.curve)
        set_lines(vee, plot.path([zones.at(s) for s in (0.0, 1.0, EDGE)], [1.0, 0.0, EDGE - 1]))
        level = plot.guide(plot.at(0.0, 1.0), plot.at(window.right, 1.0), "muted")
        borders = [
            plot.guide(plot.at(zones.at(s), 0.0), (plot.x(zones.at(s)), inner.top), "muted")
            for s in (1.0, 2.0)
        ]
        marks = AxisMarks(
            look,
            plot,
            [(0.0, look.math("0", TYPE.tick, "muted"))]
            + [(zones.at(s), self.border_name(int(s))) for s in (1.0, 2.0)],
        )
        self.add(*bands, plot, level, *borders, vee, marks)
        near = "" if is_parabola(self.objective) else "near the minimum, "
        title = look.text(
            f"{near}a step leaves ", math('abs(1 - "rate" dot L)'), " of the distance"
        )
        self.add(title.place(self.region.left, inner.top + 0.3))
        clear = Obstacles(inner)
        clear.add(plot, level, vee, *borders)
        self.label_samples(plot, clear)
        for i, name in enumerate(NAMES):
            column = Region(edges[i], upper.bottom, edges[i + 1], upper.top)
            self.head(column.inset(0.12, 0, 0.12, 0), i, name)

    def band(self, region: Region, blend: float) -> Any:
        b = shape(
            self.look,
            [
                (region.left, region.bottom),
                (region.right, region.bottom),
                (region.right, region.top),
                (region.left, region.top),
            ],
            "muted",
            color=self.look.theme.blend("muted", blend, floor=1),
        )
        b.backdrop = True
        return b

    def border_name(self, k: int) -> Lettering:
        value = f" = {figure(number(self.zones.at(k)))}" if self.zones.known else ""
        return self.look.math(f"{k} \\/ L{value}")

    def label_samples(self, plot: Plot, clear: Obstacles) -> None:
        shown = [rate for rate in self.samples if rate <= plot.window.right]
        factors = [abs(self.zones.factor(rate)) for rate in shown]
        points = [plot.at(rate, factor) for rate, factor in zip(shown, factors, strict=True)]
        d = dots(self.look, points)
        clear.add(d)
        self.add(d)
        for i, (rate, point) in enumerate(zip(shown, points, strict=True)):
            words = self.look.text(f"{'rate ' if i == 0 else ''}{number(rate)}", role="point")
            side = ("right", "above right", "left")
            place_near(words, point, clear, side)
            if words.is_free:
                self.add(words)

    def head(self, column: Region, i: int, name: str) -> None:
        look = self.look
        self.add(look.text(name).place(column.left, column.top - 0.36))
        inside = [rate for rate in self.samples if self.zones.zone(rate) == i]
        if not inside:
            return
        rate = inside[0]
        factor = self.zones.factor(rate)
        self.add(Bounces(look, column.inset(top=HEADING, bottom=FACTOR), factor))
        words = look.math(
            f'"rate" {figure(number(rate))}: times {figure(number(factor, 3))}', TYPE.tick
        )
        self.add(words.place(column.left, column.bottom + 0.1))
