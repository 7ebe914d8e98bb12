"""From secant to tangent: the derivative is the slope that is left when the width goes to 0."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, ClassVar

from manim import Create, FadeIn, FadeOut, VGroup

from gdcore.secant import excess, rise, secant_slope
from scenes.base import DescentScene
from scenes.parameters import NUMBER, NUMBERS, Kind, UsageError
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.secant import Secant, SecantLens, free_corner
from scenes.parts.sliding import SlidingTangent
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import dots
from scenes.parts.table import Table
from scenes.parts.window import fit
from scenes.playhead import Playhead
from scenes.telling import formula
from scenes.words import is_close, number


class SecantToTangent(DescentScene):
    """The derivative is the slope: a secant's triangle shrinks until only the tangent is left.

    Parameters
    ----------
    at
        Where the slope is wanted.
    widths
        The widths h of the secants, from large to small: three to six of them.
    """

    objective = "x**2"
    at = 3.0
    widths = (2.0, 1.0, 0.5, 0.1, 0.01)
    title = "The slope at a point"
    seconds = 41

    kinds: ClassVar[Mapping[str, Kind]] = {"at": NUMBER, "widths": NUMBERS}

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> None:
        """Check that the widths shrink.

        Raises
        ------
        UsageError
            If not.
        """
        super().check(values)
        widths = values["widths"]
        falling = all(first > last for first, last in pairwise(widths))
        if not 3 <= len(widths) <= 6 or not falling or widths[-1] <= 0:
            raise UsageError(
                f"widths = {', '.join(map(str, widths))}: allowed: three to six positive numbers, "
                "each smaller than the one before"
            )

    def construct(self) -> None:
        """Shrink the width from telling to telling, and keep what remains."""
        self.slope = self.objective.gradient((self.at,))[0]
        self.value = self.objective.value((self.at,))
        self.rows = [(width, secant_slope(self.objective, self.at, width)) for width in self.widths]
        self.set_stage()
        self.open_scene()
        if not self.is_defined:
            return
        self.first_secant()
        self.closer()
        self.through_the_lens()
        self.limit()
        self.everywhere()

    @property
    def is_defined(self) -> bool:
        """Whether f and all the slopes are defined."""
        return all(
            value - value == 0 for value in (self.value, self.slope, *(s for _, s in self.rows))
        )

    def set_stage(self) -> None:
        """Lay out plot, table and header."""
        far = [self.at, self.at + self.widths[0]]
        include = (0.0,) if 0 <= self.at <= 3 * self.widths[0] else ()
        window = fit(self.objective, far, include=include, left=0.0, right=0.12, headroom=0.2)
        self.plot = Plot(self.look, self.layout.stage, window)
        self.curve = self.plot.curve(self.objective)
        self.point = dots(self.look, [self.plot.at(self.at, self.value)] if self.is_defined else [])
        self.add_header(self.look.math(f"f(x) = {self.objective.typst}", 5.6, role="curve"))
        if not self.is_defined:
            return
        self.secant = Secant(self.look, self.plot, self.objective, self.at)
        above, self.below = self.layout.side.rows(1.6, 1.0, gap=0.2)
        rests = self.excesses
        written = [
            (
                number(width),
                number(slope),
                f"{number(self.slope)} {'+' if rest >= 0 else '−'} {number(abs(rest), 3)}",
            )
            for (width, slope), rest in zip(self.rows, rests, strict=True)
        ]
        short = [
            (*row[:2], number(rest, 2, sign=True)) for row, rest in zip(written, rests, strict=True)
        ]
        role = slope_role(self.slope)
        self.table = next(
            table
            for rows in (written, short)
            for table in [
                Table(
                    self.look,
                    above,
                    ("h", '"slope"', self.law),
                    rows,
                    range(len(rows)),
                    ("text", role, role),
                )
            ]
            if table.right <= above.right or rows is short
        )
        self.rests = VGroup(*(row.submobjects[2] for row in self.table.rows))
        for row in self.table.rows:
            row.remove(row.submobjects[2])
        self.width, self.row = Playhead(self.widths[0]), Playhead(-1.0)
        self.row.drive(self.table)

    @property
    def law(self) -> str:
        """The head of the third column: what every slope is, where that is one rule."""
        exact = all(is_close(*pair) for pair in zip(self.excesses, self.widths, strict=True))
        return f"{figure(number(self.slope))} + h" if exact else '"the slope there"'

    @property
    def excesses(self) -> list[float]:
        """By how much each secant is steeper than the tangent."""
        return [excess(self.objective, self.at, width) for width in self.widths]

    # -- beats -----------------------------------------------------------------------------------

    def open_scene(self) -> None:
        """Ask the question."""
        with self.beat(
            "How steep is {formula} at x = {at}?"
            if self.is_defined
            else "{formula} has no slope at x = {at} that these widths could show.",
            seconds=4,
            formula=formula(self.objective),
            at=self.at,
            still="question",
        ):
            self.add(self.plot)
            self.play(FadeIn(self.plot), Create(self.curve), seconds=1.0)
            self.play(FadeIn(self.point), seconds=0.5)

    def first_secant(self) -> None:
        """Measure the first slope: so far across, so far up."""
        width, slope = self.rows[0]
        up = rise(self.objective, self.at, width)
        self.width.drive(self.secant)
        with self.beat(
            "From x = {at} to {there}, f {moves} by {rise}: the slope is {up} / {width} = {slope}.",
            at=self.at,
            there=self.at + width,
            moves="rises" if up >= 0 else "falls",
            rise=abs(up),
            up=up,
            width=width,
            slope=slope,
            still="secant",
        ):
            self.add(self.table)
            self.play(FadeIn(self.secant), FadeIn(self.table.header, self.table.rule), seconds=0.9)
            self.labels = self.legs()
            self.play(FadeIn(self.labels), self.row.to(0), seconds=0.7)

    def legs(self) -> VGroup:
        """Return labels for the legs of the secant as it stands."""
        width = self.width.position
        value = self.objective.value((self.at + width,))
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve, self.point, self.secant)
        first, corner = self.plot.at(self.at, self.value), self.plot.at(self.at + width, self.value)
        last = self.plot.at(self.at + width, value)
        across = place_near(
            self.look.math(f"h = {figure(number(width))}"),
            (first + corner) / 2,
            clear,
            ("below", "above"),
        )
        role = slope_role(self.slope)
        up = self.look.math(figure(number(value - self.value)), role=role)
        return VGroup(across, place_near(up, (corner + last) / 2, clear, ("right", "left")))

    def closer(self) -> None:
        """Let the second point slide in."""
        told = self.rows[1:-2]
        if not told:
            return
        sentence = ", ".join(
            f"h = {number(width)} gives {'slope ' if not index else ''}{number(slope)}"
            for index, (width, slope) in enumerate(told)
        )
        with self.beat("Closer: {sentence}.", sentence=sentence, still="closer"):
            self.play(FadeOut(self.labels), seconds=0.3)
            for index, (width, _) in enumerate(told, start=1):
                self.play(self.width.to(width), seconds=0.9)
                self.play(self.row.to(index), seconds=0.4)
        self.labels = VGroup()

    def through_the_lens(self) -> None:
        """Look closer at the last two widths."""
        box = free_corner(self.plot, self.curve)
        self.lens = SecantLens(self.look, box, self.objective, self.at, self.plot)
        count = len(self.rows)
        width, slope = self.rows[-2]
        up = rise(self.objective, self.at, width)
        with self.beat(
            "At h = {width} the rise is {up}, so the slope is {up} / {width} = {slope}.",
            width=width,
            up=up,
            slope=slope,
            still="lens",
        ):
            self.play(self.width.to(width), seconds=1.0)
            self.width.drive(self.lens)
            labels = self.lens_labels()
            self.play(FadeIn(self.lens), seconds=0.6)
            self.play(FadeIn(labels), self.row.to(count - 2), seconds=0.6)
        width, slope = self.rows[-1]
        with self.beat(
            "At h = {width} the magnified curve looks straight: slope {slope}.",
            width=width,
            slope=slope,
            still="straight",
        ):
            self.play(FadeOut(labels), seconds=0.3)
            self.play(self.width.to(width), seconds=1.6)
            self.lens_words = self.lens_labels()
            self.play(FadeIn(self.lens_words), self.row.to(count - 1), seconds=0.6)

    def lens_labels(self) -> VGroup:
        """Return labels for the legs in the lens."""
        width = self.width.position
        value = self.objective.value((self.at + width,))
        return self.lens.leg_labels(width, value - self.value)

    def limit(self) -> None:
        """Rewrite the slopes as what stays and what shrinks; keep the tangent."""
        rests = self.excesses
        exact = all(
            is_close(rest, width) for rest, (width, _) in zip(rests, self.rows, strict=True)
        )
        shrink = all(abs(last) <= abs(first) for first, last in pairwise(rests))
        if exact:
            words = "Every slope here is {slope} + h; as h shrinks to 0 it tends to {slope}."
        elif all(is_close(rest, 0.0) for rest in rests):
            words = "Every slope here is {slope}: this curve is a straight line."
        elif shrink:
            words = "Each slope is {slope} and a rest; the rest shrinks to 0 with h."
        else:
            words = "As h shrinks to 0 the slope tends to {slope}."
        self.tangent = SlidingTangent(self.look, self.plot, self.objective)
        self.slide = Playhead(self.at)
        self.slide.drive(self.tangent)
        with self.beat(words, slope=self.slope, still="limit"):
            self.play(FadeOut(self.lens, self.lens_words, self.secant), seconds=0.5)
            self.play(FadeIn(self.rests), FadeIn(self.tangent), seconds=0.9)

    def everywhere(self) -> None:
        """Name what was found at one point, and let it hold for every point."""
        role = slope_role(self.slope)
        here = f"f'({figure(number(self.at))}) = {figure(number(self.slope))}"
        first = self.look.math(here, 6.0, role=role)
        second = self.look.math(f"f'(x) = {self.objective.typst_gradient[0]}", 6.0, role=role)
        found = [self.fitted(formula, index) for index, formula in enumerate((first, second))]
        name = self.objective.plain_gradient[0]
        with self.beat(
            "Every x has such a slope: the derivative, f′(x) = {derivative}."
            if len(name) < 24
            else "Every x at which f is smooth has such a slope: the derivative f′(x).",
            derivative=name,
            seconds=7,
            hold=1.5,
            still="derivative",
        ):
            self.play(FadeIn(found[0]), seconds=0.6)
            # A derivative too long for the line is not shown; the caption names it no more either.
            fits = found[1].advance <= self.below.width
            self.play(FadeOut(self.point), FadeIn(found[1]) if fits else None, seconds=0.6)
            window = self.plot.window
            span = window.right - window.left
            self.play(self.slide.to(window.left + 0.12 * span), seconds=1.2)
            self.play(self.slide.to(self.at), seconds=1.0)

    def fitted(self, formula: Any, index: int) -> Any:
        """Return a formula on its line below the table, as large as fits."""
        region = self.below
        formula = self.look.fitted(formula, region.width, largest=6.0)
        return formula.place(region.left, region.top - 0.55 - index * 0.85)
