"""From secant to tangent: the derivative is the slope that is left when the width goes to 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, ClassVar

from manim import Animation, Create, FadeIn, FadeOut, ReplacementTransform, VGroup

from scenes.backstage.secant_stage import CLOSER, FIRST, SecantStage
from scenes.backstage.secant_words import SecantWords
from scenes.backstage.slope_tables import Rows
from scenes.backstage.slopes import Slopes
from scenes.base import DescentScene
from scenes.parameters import NUMBER, NUMBERS, Kind, UsageError
from scenes.parts.lettering import Lettering
from scenes.parts.secant import Secant, beside, obstacles
from scenes.parts.secant_lens import SecantLens, lens_region
from scenes.parts.secant_lens_words import SecantLensWords
from scenes.parts.secant_table import rewritten
from scenes.parts.sliding import SlidingTangent, Tangents
from scenes.parts.table import Table
from scenes.playhead import Playhead
from scenes.telling import formula
from scenes.words import about, equals, number


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
    seconds = 44

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
        self.slopes = Slopes(self.objective, self.at, self.widths)
        self.slope, self.value = self.slopes.slope, self.slopes.value
        self.rows = list(zip(self.widths, self.slopes.rises, self.slopes.secants, strict=True))
        self.set_stage()
        self.open_scene()
        if not self.slopes.are_defined:
            return
        self.first_secant()
        self.closer()
        self.through_the_lens()
        self.limit()
        self.everywhere()

    def set_stage(self) -> None:
        """Lay out the plot beside the place of the tables, and the header."""
        self.stage = SecantStage(self.look, self.layout, self.slopes)
        self.plot, self.curve = self.stage.plot, self.stage.curve
        self.add_header()
        self.width, self.row = Playhead(self.widths[0]), Playhead(-1.0)

    @property
    def free_side(self) -> tuple[str, ...]:
        """The directions to that side of the last line on which the secants before it are not."""
        above = self.slopes.rests[0] >= 0
        return beside(self.slope, not above)

    # -- beats -----------------------------------------------------------------------------------

    def open_scene(self) -> None:
        """Ask the question."""
        with self.beat(
            "How steep is {formula} at x = {at}?"
            if self.slopes.are_defined
            else "{formula} has no slope at x = {at} that these widths could show.",
            seconds=4,
            formula=formula(self.objective),
            at=self.at,
            still="question",
        ):
            self.play(FadeIn(self.plot), Create(self.curve), seconds=1.0)
            if not self.slopes.are_defined:
                return
            self.secant = Secant(self.look, self.plot, self.objective, self.at)
            self.point, self.foot = self.stage.point(self.value)
            self.words = SecantWords(self.secant, self.point, self.curve, self.stage.edge)
            name = self.words.coordinates()
            asked = self.point.question(self.words.clear(name), self.slope)
            self.question = VGroup(name, *([asked] if asked.is_free else []))
            self.play(FadeIn(self.point, self.foot, self.question), seconds=0.5)

    def first_secant(self) -> None:
        """Measure the first slope: so far across, so far up."""
        width, up, slope = self.rows[0]
        self.growing = self.stage.growing
        self.table, self.algebra = self.growing.at(0), self.growing.algebra
        self.row.drive(self.table)
        with self.beat(
            "From x = {at} go h = {width} to the right: f {moves} by {rise}, "
            "slope {up} / {width} {equals} {slope}.",
            at=self.at,
            there=self.at + width,
            moves="rises" if up >= 0 else "falls",
            rise=abs(up),
            up=up,
            width=width,
            slope=slope,
            equals=equals(up, width, slope),
            still="secant",
            short="Go h = {width} to the right: the slope is {up:3} / {width} {near} {slope:3}.",
            near=equals(up, width, slope, digits=3),
        ):
            self.play(FadeOut(self.question), seconds=0.3)
            # The plot makes room for the table.
            self.play(self.stage.dial.to(FIRST), seconds=0.8)
            self.words.keep_off(self.table, *self.algebra)
            self.width.drive(self.secant)
            self.play(FadeIn(self.secant), seconds=0.5)
            # From now on the secant draws both points.
            self.point.remove(self.point.dot)
            name = self.words.coordinates()
            worked = self.growing.under(0)
            self.labels = self.words.legs(width, name, far=True, worked=bool(worked))
            self.labels.add(*name, *self.stage.feet(self.at + width), *worked)
            self.add(self.table)
            self.play(FadeIn(self.labels), FadeIn(self.table.header, self.table.rule), seconds=0.5)
            self.play(self.row.to(0), seconds=0.4)

    def closer(self) -> None:
        """Let the second point slide in."""
        told = self.rows[1:-2]
        if not told:
            return
        slopes = [f"{about(slope)}{number(slope)}" for *_, slope in told]
        sentence = ", ".join(
            f"h = {number(width)} gives {'' if index else 'slope '}{slope}"
            for index, ((width, *_), slope) in enumerate(zip(told, slopes, strict=True))
        )
        # What stays of the others depends on where this one will be in the end.
        last = Secant(self.look, self.plot, self.objective, self.at)
        width = told[-1][0]
        with self.stage.standing(self.stage.lens - 1):
            last.show(width)
            self.fan, names = self.words.fan(self.widths[:-2], last, width)
        with self.beat("Closer: {sentence}.", sentence=sentence, still="closer"):
            self.width.drive(self.fan, self.fan.ends)
            self.add(self.fan, self.secant, self.fan.ends)
            for index, (here, *_) in enumerate(told, start=1):
                self.play(FadeOut(self.labels), seconds=0.3)
                # The plot goes nearer as the secant gets narrower: the triangle stays large.
                nearer = self.stage.dial.to(CLOSER + index - 1)
                with self.becoming(self.growing.at(index)) as moves:
                    self.play(nearer, self.width.to(here), *moves, seconds=1.0)
                self.labels = self.words.legs(
                    here, self.fan, self.fan.ends, names, away=self.free_side
                )
                self.labels.add(*self.stage.feet(self.at + here))
                if here == width:
                    self.labels.add(*names, *self.growing.under(index))
                self.play(FadeIn(self.labels), self.row.to(index), seconds=0.4)
                self.hold(0.4)

    def through_the_lens(self) -> None:
        """Look closer at the last two widths: the lines that part in the lens close up."""
        with self.stage.standing(self.stage.lens, self.width):
            clear = self.words.clear(self.secant)
            box = lens_region(self.plot, clear, self.plot.at(self.at, self.value))
            self.lens = SecantLens(self.look, self.secant, box, self.widths[-2:])
        count = len(self.rows)
        worked = [self.growing.under(index) for index in (count - 2, count - 1)]
        words = SecantLensWords(self.lens, self.curve, has_quotient=not all(worked))
        width, up, slope = self.rows[-2]
        gone = [self.fan, self.fan.ends] if len(self.rows) > 3 else []
        with self.beat(
            "At h = {width} the rise is {up}, so the slope is {up} / {width} {equals} {slope}.",
            equals=equals(up, width, slope),
            width=width,
            up=up,
            slope=slope,
            still="lens",
        ):
            self.play(FadeOut(self.labels, *gone), seconds=0.3)
            self.width.release(*gone)
            here = self.width.to(self.width.position)
            with self.becoming(self.growing.full) as moves:
                self.play(self.stage.dial.to(self.stage.lens), here, *moves, seconds=0.8)
            self.width.drive(self.lens)
            self.play(FadeIn(self.lens), seconds=0.6)
            self.hold(0.3)
            self.play(self.width.to(width), seconds=1.2)
            self.lens_words = self.in_lens(words, width, worked[0])
            self.play(FadeIn(self.lens_words), self.row.to(count - 2), seconds=0.5)
        width, _, slope = self.rows[-1]
        with self.beat(
            "In the lens curve and secant look like one line: slope {about}{slope}."
            if self.lens.zoom(width) >= 1.5 and self.lens.looks_straight(width)
            else "At h = {width} the secant’s slope is {about}{slope}.",
            about=about(slope),
            width=width,
            slope=slope,
            still="straight",
        ):
            self.play(FadeOut(self.lens_words), seconds=0.3)
            self.play(self.width.to(width), seconds=1.6)
            self.lens_words = self.in_lens(words, width, worked[1])
            self.play(FadeIn(self.lens_words), self.row.to(count - 1), seconds=0.6)

    @contextmanager
    def becoming(self, table: Table, kept: Rows = ()) -> Iterator[list[Animation]]:
        """Let the table become another one, which has kept some of its rows, by these animations.

        All of them, where none are named.
        """
        before, self.table = self.table, table
        if table is before:
            yield []
            return
        self.row.release(before)
        self.row.drive(table)
        yield rewritten(before, table, kept or range(len(table.rows)))
        self.remove(before)
        self.add(table)

    def in_lens(self, words: SecantLensWords, width: float, worked: list[Lettering]) -> VGroup:
        """Return what is written in the lens, and how the slope comes about.

        That stands beside the plot, in the lens or, where it has no room there, at the line.
        """
        written = words.at(width)
        told = bool(worked) or words.has_quotient
        name = self.words.slope(width, self.lens, away=self.free_side, worked=told)
        return VGroup(written, *worked, name)

    def limit(self) -> None:
        """Work out what stays and what shrinks; keep the tangent."""
        table = self.growing.last
        self.tangent = SlidingTangent(self.look, self.plot, self.objective, length=100.0)
        self.words.keep_off(table, *self.algebra)
        left = self.widths[: max(1, len(self.widths) - 3)]
        with self.stage.standing(self.stage.limit):
            Playhead(self.at).drive(self.tangent)
            self.fan, names = self.words.fan(left, self.tangent, self.widths[-1])
            Playhead(self.widths[-1]).drive(self.fan, self.fan.ends)
            # Best in the plot: beside the equations it would seem to read on into them.
            parts = self.curve, self.point, self.fan, self.fan.ends, self.tangent, names
            clear = obstacles(self.plot, *parts)
            self.fan.ends.keep_off(clear)
            room = self.words.room(clear.within)
            name = self.tangent.label(self.at, clear, self.free_side, room)
        self.labels = VGroup(*names, *([name] if name.is_free else []), *self.algebra)
        with self.beat(
            self.slopes.words,
            at=self.at,
            about=about(self.slope),
            slope=self.slope,
            seconds=7,
            still="limit",
        ):
            self.play(FadeOut(self.lens, self.lens_words), seconds=0.3)
            self.width.release(self.lens)
            here = self.width.to(self.width.position)
            self.play(self.stage.dial.to(self.stage.limit), here, seconds=0.8)
            self.play(FadeIn(self.fan, self.tangent, self.fan.ends), seconds=0.5)
            self.remove(self.secant)
            with self.becoming(table, self.growing.kept) as moves:
                self.play(*moves, seconds=0.8)
            self.play(FadeIn(self.labels), seconds=0.5)
            self.play(self.row.to(len(self.rows)), seconds=0.5)

    def everywhere(self) -> None:
        """Name what was found at one point, and let it hold for every point."""
        xs = self.stage.xs
        table, quotient, law = self.stage.tables.derivation(xs)
        self.words.keep_off(table, *quotient, *law)
        slide, row = Playhead(self.at), Playhead(-1.0)
        row.drive(table)
        with self.stage.standing(self.stage.everywhere):
            others = self.stage.feet(*(x for x in xs if x != self.at))
            tangents = Tangents(self.look, self.plot, self.objective, xs, self.stage.reach)
            clear = obstacles(self.plot, self.curve)
            clear.within = self.words.room(clear.within)
            names = tangents.labels(clear)
            short = SlidingTangent(self.look, self.plot, self.objective, reach=self.stage.reach)
            slide.drive(short)
        name = self.objective.plain_gradient[0]
        with self.beat(
            "Every x has such a slope: the derivative, f′(x) = {derivative}."
            if len(name) < 24
            else "Every x at which f is smooth has such a slope: the derivative f′(x).",
            derivative=name,
            seconds=9 if quotient else 7,
            hold=1.5,
            still="derivative",
        ):
            self.play(
                FadeOut(self.labels, self.fan, self.fan.ends, self.point, self.table),
                ReplacementTransform(self.tangent, short),
                self.stage.dial.to(self.stage.everywhere),
                seconds=0.5,
            )
            self.add(table)
            self.play(FadeIn(table.header, table.rule, others), seconds=0.3)
            for index, x in enumerate(xs):
                self.play(slide.to(x), seconds=0.4)
                here = tangents.lines[index], tangents.dots[index], names[index]
                self.play(FadeIn(*filter(None, here)), row.to(index), seconds=0.25)
            self.remove(short)
            # A derivative too long for the line is not shown; the caption names it no more either.
            if quotient:
                self.play(FadeOut(table.bar), FadeIn(*quotient), seconds=0.5)
                self.hold(1.0)
            if len(law):
                self.play(FadeIn(law), seconds=0.7)
            # All rows alike: what is said holds for each.
            if not quotient:
                self.play(FadeOut(table.bar), seconds=0.3)
