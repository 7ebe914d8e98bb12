"""Cobwebs: what a step makes of x against the diagonal, for several learning rates."""

from __future__ import annotations

from typing import Any, ClassVar

from gdcore import GradientDescent
from scenes.backstage.zones import COBWEBS, SAMPLES, Zones
from scenes.figure import Figure
from scenes.parts.cobweb import Cobweb, StepMap, left_room, marks_for
from scenes.parts.lettering import Lettering
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles
from scenes.parts.source import figure, ink, join, math
from scenes.parts.window import Window
from scenes.telling import formula, is_parabola
from scenes.theme import TYPE
from scenes.words import in_a_row, is_close, number

ROOM, GAP, AIR = 0.72, 0.36, 1.6
"""Left of a row for its numbers; between pictures; how far beyond the start they reach."""


HEAD = 0.6
"""Room for the line over all pictures, in units."""


class Cobwebs(Figure):
    """The step x → x − rate · f′(x) against the diagonal: a cobweb for each learning rate.

    Parameter of its own: `rates`, one to six of them, or auto for some of every kind.
    """

    objective = "x**2"
    start = 4.0
    optimizer = GradientDescent(learning_rate=0.1)
    max_steps = 12
    title = "Cobwebs"
    rates: Any = "auto"
    kinds: ClassVar = {"rates": SAMPLES}
    heights: ClassVar = {"85mm": 11.2, "170mm": 5.7}

    def construct(self) -> None:
        """Draw one cobweb for each rate, all in the same window."""
        zones = self.zones = Zones.of(self.objective, self.start)
        shares = [share for share in COBWEBS if share != 1.0 or not self.is_narrow]
        self.shown = zones.samples(self.rates, shares)
        fields: dict[str, Any] = {f"rate_{at}": rate for at, rate in enumerate(self.shown)}
        listed = in_a_row([f"{{{name}}}" for name in fields])
        told = f"Cobwebs of runs on {{formula}} from x = {{x}} with the rates {listed}"
        if zones.known:
            slopes = {f"slope_{at}": zones.factor(rate) for at, rate in enumerate(self.shown)}
            fields |= slopes
            told += ": near the minimum a step multiplies what is left by "
            told += in_a_row([f"{{{name}:3}}" for name in slopes])
        with self.picture(
            f"{told}.", formula=formula(self.objective), x=float(self.start), **fields
        ):
            self.draw()

    def draw(self) -> None:
        """Cut the figure into pictures, and fill them."""
        many = len(self.shown)
        columns = min(many, 2) if self.is_narrow else many
        rows = -(-many // columns)
        side = (self.region.width - ROOM - 0.1 - GAP * (columns - 1)) / columns
        room = max(ROOM, left_room(self.look, marks_for(self.look, self.window, side)))
        below = self.region.inset(top=HEAD)
        cells = below.inset(left=room, right=0.1).grid(rows, columns, gap=GAP)
        self.add(self.law())
        headings = self.headings(cells[0].width)
        for index, (rate, cell) in enumerate(zip(self.shown, cells, strict=False)):
            web = Cobweb(
                self.look,
                cell,
                self.run(optimizer=GradientDescent(learning_rate=rate)),
                StepMap(self.objective, rate),
                self.window,
                headings[index],
                room=room,
                labelled=index % columns == 0,
            )
            self.add(web)
            if index == 0:
                self.name_lines(web, rate)

    def law(self) -> Lettering:
        """Return what a step makes of x, and of which function, over all pictures."""
        words = self.look.source(
            join(
                "a step makes ",
                math('x_(n+1) = x_n - "rate" dot f\'(x_n)'),
                ", on ",
                ink("curve", math(f"f(x) = {self.objective.typst}")),
            )
        )
        fitted = self.look.fitted(words, self.region.width, TYPE.label)
        return fitted.place(self.region.left, self.region.top - 0.4)

    @property
    def window(self) -> Window:
        """As much on both sides of the minimum, a little farther than the start."""
        start = float(self.start)
        middle = start if self.zones.minimum is None else self.zones.minimum
        reach = AIR * abs(start - middle) or max(1.0, abs(start))
        return Window(middle - reach, middle + reach, middle - reach, middle + reach)

    def headings(self, width: float) -> list[list[Lettering]]:
        """Return the lines over each picture: the rate, the factor, and what it leads to."""
        titles = [self.look.text(f"rate {number(rate)}") for rate in self.shown]
        if not self.zones.known:
            return [[title] for title in titles]
        slopes = [self.zones.factor(rate) for rate in self.shown]
        fates = [self.fate(slope) if is_parabola(self.objective) else "" for slope in slopes]
        lines = []
        for title, slope, fate in zip(titles, slopes, fates, strict=True):
            words = [self.look.text(fate, size=TYPE.tick, role="step")] if fate else []
            lines.append([title, self.map_words(slope), *words])
        fits = all(words.advance <= width for line in lines for words in line)
        return lines if fits else [line[:2] for line in lines]

    def map_words(self, slope: float) -> Lettering:
        """Return what the map does: the map itself where it is a multiple, or else its slope."""
        factor = number(slope, 3)
        if not is_parabola(self.objective) or self.zones.minimum != 0:
            return self.look.text(f"factor {factor}", size=TYPE.tick, role="step")
        times = "" if is_close(slope, 1.0) else "-" if is_close(slope, -1.0) else figure(factor)
        right = "0" if is_close(slope, 0.0) else f"{times} x_n"
        return self.look.math(f"x_(n+1) = {right}", TYPE.tick, "step")

    def fate(self, slope: float) -> str:
        """Return what a straight map of a slope does with a run."""
        if is_close(slope, 0.0):
            return "there in one step"
        if is_close(slope, -1.0):
            return "back and forth"
        if is_close(slope, 1.0):
            return "stays"
        return "converges" if abs(slope) < 1 else "diverges"

    def name_lines(self, web: Cobweb, rate: float) -> None:
        """Name the map and the diagonal where there is room."""
        clear = Obstacles(web.plot.inner)
        clear.add(web.plot, web.diagonal, web.map, web.path, web.heads, web.start)
        step = self.look.text("one step", size=TYPE.tick, role="step")
        still = self.look.text("no change", size=TYPE.tick, role="muted")
        graph = web.plot.graph(StepMap(self.objective, rate))
        below, above = ("below right", "right", "below"), ("above left", "left", "above")
        for words, path, sides in ((step, graph, below), (still, [web.diagonal_ends], above)):
            if name_line(words, path, clear, sides).is_free:
                self.add(words)
