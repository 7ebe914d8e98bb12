"""Tables of slopes and the equations under them, in the largest type that there is room for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from manim import VGroup

from scenes.backstage.equations import SIZES, SMALLEST_LINE, Equations, Line
from scenes.backstage.quotient import at_a_point, everywhere, in_one_colour
from scenes.backstage.slopes import Slopes
from scenes.backstage.workings import EDGE, UNDER, Workings
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.secant_table import flush_left, on_the_point, slope_table
from scenes.parts.source import EQUALS, figure, ink, math
from scenes.parts.table import Table
from scenes.theme import TYPE, units
from scenes.words import as_factor, fixed, number

SMALLEST = 3.6
"""A third column that makes a table smaller than this is left out, in % of the shorter side."""

SMALLEST_RISES = 4.0
"""The same for the rises, which the picture shows as well."""

LARGE = 4.0
"""Equations as large as this are not written in fewer words, in % of the shorter side."""

DIGITS = 4
"""Of a slope in a table, if there is room."""

EMPTY, DOTS = "#h(0em)", "dots.v"
"""A cell without anything in it, and one of a row that stands for others."""

WIDEST = 4.5
"""Between two columns, in em: a table is as wide as its place, but does not fall to pieces; under a
plot it is as wide as that."""

MORE = 0.55
"""What is added between a table and equations if there is room, in em of these."""

LAW = TYPE.equation / TYPE.label
"""How large the derivative is, in parts of the equations that lead to it."""

Column = tuple[str, list[str]]

Rows = Sequence[int | None]
"""Which rows of a full table there are; None is its row of dots."""


class SlopeTables:
    """The tables of a lesson on secants.

    Parameters
    ----------
    look, slopes, region
        The look, what is told, and where the tables stand.

    Attributes
    ----------
    workings
        How the slopes come about, under rows of a table.
    """

    def __init__(self, look: Look, slopes: Slopes, region: Region) -> None:
        self.look, self.slopes, self.region = look, slopes, region
        self.role, self.objective = slopes.role, slopes.objective
        self.count = len(slopes.widths)
        self.workings = Workings(look, slopes, region)

    # -- secants ---------------------------------------------------------------------------------

    def table(
        self,
        region: Region | None = None,
        rows: Rows = (),
        size: float = SIZES[0],
        *,
        limit: bool = False,
    ) -> Table:
        """Return the table of widths, rises and slopes.

        Parameters
        ----------
        region, size
            Where it stands, None for all of the place, and the largest size of its type.
        rows
            Which of them it has; none for all.
        limit
            Whether the limit is one of all.
        """
        kept = rows or range(self.count + limit)
        slopes = [self._slopes(digits) for digits in (DIGITS, 3, 2)]
        wide = ((self._widths, self._rises, each) for each in slopes)
        for columns in wide:
            table = self._table(columns, ("text", "text", self.role), kept, region, size)
            if table.fits and table.size_percent >= SMALLEST_RISES:
                return table
        narrow = ((self._widths, each) for each in slopes)
        return self._fitting(narrow, ("text", self.role), kept, region, size)

    def growing(self, *, limit: bool) -> Table:
        """Return the full table, with room for how a slope comes about under each of its rows.

        The rows are closer for that if need be, as long as they can be read.
        """
        tables = [
            self.table(self.region.inset(bottom=depth), limit=limit)
            for depth in (0.0, *sorted(map(self.workings.depth, SIZES)))
        ]

        def worth(table: Table) -> float:
            sizes = (self.workings.size(table, index) for index in range(self.count))
            return min(table.size_percent, TYPE.label, *sizes)

        return max(tables, key=worth)

    def limit(self) -> tuple[Table, list[Lettering], Rows]:
        """Return the table that ends with the limit, why it is so, and which rows it has kept.

        That stands under it and is known of a polynomial of low degree; of another function each
        slope is taken apart in the table itself.
        """
        lines = at_a_point(self.objective, self.slopes.at, self.role)
        if not lines:
            return self._split_table(), [], range(self.count + 1)
        last = self.count - 1
        middle: Rows = (None,) if self.count > 3 else range(1, last)
        rows: Rows = [0, *middle, last, last + 1]
        # In the plot stands the tangent's slope.
        name = '"secant slope"'
        named = f"{name} {EQUALS} {ink('text', math(lines[0]))}"
        divided, under = f"= {lines[0]}", ("", "text", lines[1], 1.0)
        # Broken before a sign, never behind it.
        forms: list[list[Line]] = [
            [(named, self.role, lines[1], 1.0)],
            [(name, self.role, divided, 1.0), under],
            [(name, self.role, "", 1.0), (divided, "text", "", 1.0), (lines[1], "text", "", 1.0)],
            [(lines[0], "text", "", 1.0), under],
        ]
        found = self._panel(forms, lambda region, size: self.table(region, rows, size), SIZES)
        return (*found, rows) if found else (self.table(rows=rows), [], rows)

    def _split_table(self) -> Table:
        """Return the table with each slope as the tangent's and a rest.

        In a narrow place that is written in place of the slope, or left out, else beside it.
        """
        pairs = zip(self.slopes.secants, self.slopes.rests, strict=True)
        parts = [self._split(*pair) for pair in pairs]
        rest = "h" if self.slopes.are_slope_and_width else '"rest"'
        head = f"= {self._fixed_part} + {rest}"
        third = flush_left(self.look, head, [*(f"= {part}" for part in parts), EMPTY, DOTS])
        rows = range(self.count + 1)
        wide = self._table((self._widths, self._slopes(), third), ("text", self.role, "text"), rows)
        if wide.fits and wide.size_percent >= SMALLEST:
            return wide
        second = flush_left(self.look, '"slope"', [*parts, f"-> {self._fixed_part}", DOTS])
        narrow = self._table((self._widths, second), ("text", "text"), rows)
        return narrow if narrow.fits else self.table(limit=True)

    @property
    def _widths(self) -> Column:
        widths = [figure(number(width)) for width in self.slopes.widths]
        return on_the_point(self.look, "h", widths, ("-> 0", DOTS))

    @property
    def _rises(self) -> Column:
        rises = [figure(number(rise)) for rise in self.slopes.rises]
        return on_the_point(self.look, '"rise"', rises, ("-> 0", DOTS))

    def _slopes(self, digits: int = DIGITS) -> Column:
        slopes = [figure(number(slope, digits)) for slope in self.slopes.secants]
        limit = f"-> {figure(number(self.slopes.slope, digits))}"
        return on_the_point(self.look, '"slope"', slopes, (limit, DOTS))

    @property
    def _fixed_part(self) -> str:
        return ink(self.role, math(figure(number(self.slopes.slope))))

    def _split(self, secant: float, rest: float) -> str:
        size = abs(rest)
        # As many decimals as its slope has, so that what is written adds up.
        more = (
            number(size)
            if self.slopes.are_slope_and_width
            else fixed(size, len(number(secant).partition(".")[2]))
        )
        return f"{self._fixed_part} {'+' if rest >= 0 else '-'} {figure(more)}"

    # -- the derivative --------------------------------------------------------------------------

    def derivation(self, xs: Sequence[float]) -> tuple[Table, list[Lettering], VGroup]:
        """Return the table of several points, how the quotient tends to what, and the derivative.

        The quotient is left out where it is not known, either where there is no room.
        """
        x, gradient = self.objective.variables[0], self.objective.typst_gradient[0]
        law: Line = (
            f"f'({in_one_colour(x, x)})",
            self.role,
            f"= {in_one_colour(gradient, x)}",
            LAW,
        )
        forms: list[list[Line]] = []
        if texts := everywhere(self.objective):
            quotient, result = texts
            limit: Line = ("", "text", "arrow.b quad h -> 0", 1.0)
            tends = f'{result} arrow.r.long {in_one_colour(gradient, x)} quad "as" h -> 0'
            whole: list[Line] = [(quotient, "text", result, 1.0)]
            # In a narrow place all of it begins at the left: line by line one equation.
            broken = [(part, "text", "", 1.0) for part in (quotient, result, limit[2])]
            forms = [[(quotient, "text", tends, 1.0), law], [*whole, limit, law], [*broken, law]]
        for tried in (forms, [[law]]):
            # The last line is larger than these.
            if found := self._panel(tried, partial(self._several, xs), SIZES[1:]):
                table, lines = found
                return table, lines[:-2], VGroup(*lines[-2:])
        return self._several(xs, self.region), [], VGroup()

    def _several(self, xs: Sequence[float], region: Region, size: float = TYPE.label) -> Table:
        """Return the table of the slopes at several points, and how the derivative gives them."""
        slopes = [self.objective.gradient((x,))[0] for x in xs]
        first, rows = on_the_point(self.look, "x", [figure(number(x)) for x in xs]), range(len(xs))

        def second(digits: int) -> Column:
            written = [figure(number(slope, digits)) for slope in slopes]
            return on_the_point(self.look, '"slope"', written)

        inserted = [text for x in xs if (text := self._inserted(x)) is not None]
        if len(inserted) == len(xs):
            written = [ink(self.role, math(figure(number(slope)))) for slope in slopes]
            cells = [f"{slope} = {text}" for slope, text in zip(written, inserted, strict=True)]
            head = ink(self.role, math('"slope"'))
            last = on_the_point(self.look, head, cells, sign=" = ")
            # The rule goes on to the edge of the place; x and its slope stay near each other.
            end = EMPTY, [EMPTY for _ in xs]
            columns = first, last, end
            wide = self._table(columns, ("point", "text", "text"), rows, region, size)
            if wide.fits and wide.size_percent >= SMALLEST:
                return wide
        tries = ((first, second(digits)) for digits in (DIGITS, 3, 2))
        return self._fitting(tries, ("point", self.role), rows, region, size)

    def _inserted(self, x: float) -> str | None:
        """Return the derivative with a number in place of x, where it is a short polynomial."""
        text = self.objective.typst_gradient[0]
        name = self.objective.variables[0]
        if (
            text == name
            or len(text) > 12
            or not re.fullmatch(rf"(?:[0-9.^+\- ]|\b{name}\b)+", text)
        ):
            return None
        written = ink("point", math(figure(as_factor(number(x)))))
        return re.sub(
            rf"(?P<times>(?<=[0-9]) )?\b{name}\b",
            lambda found: f" dot {written}" if found["times"] else written,
            text,
        )

    # -- finding room ----------------------------------------------------------------------------

    def _panel(
        self,
        forms: Sequence[Sequence[Line]],
        make: Callable[[Region, float], Table],
        sizes: Sequence[float],
    ) -> tuple[Table, list[Lettering]] | None:
        """Return a table with equations under it, or None where there is no room for them.

        Of several forms the first is taken that is large enough, or else the largest.

        Parameters
        ----------
        forms
            What may be written, the best first.
        make
            Makes the table in what is left of the place, in type no larger than the equations.
        sizes
            Those of the equations.
        """
        best, found = 0.0, None
        for form in forms:
            for size in sizes:
                lines = Equations(self.look, form, size)
                depth = lines.height + UNDER * units(size)
                if lines.width > self.region.width - EDGE or depth > 0.7 * self.region.height:
                    continue
                largest = min(SIZES[0], size * min(part for *_, part in form))
                table = make(self.region.inset(bottom=depth), largest)
                low = table.baselines[-1] - depth >= self.region.bottom
                # They begin where the table's columns begin.
                within = table.left + EDGE + lines.width <= self.region.right + 1e-6
                least = table.size_percent
                if (
                    low
                    and within
                    and least >= SMALLEST_LINE
                    and least > best + 1e-9
                    and table.pitch > 1.15 * table.em
                ):
                    best, found = least, (table, lines)
            if best >= LARGE:
                break
        if not found:
            return None
        table, lines = found
        under = UNDER * units(lines.size)
        free = table.baselines[-1] - under - lines.height - self.region.bottom
        under += min(MORE * units(lines.size), max(free, 0.0))
        return table, lines.place(table.left + EDGE, table.baselines[-1] - under)

    def _fitting(
        self,
        tries: Iterable[Sequence[Column]],
        roles: Sequence[str],
        rows: Rows,
        region: Region | None,
        size: float,
    ) -> Table:
        """Return the first table that fits, or else the last one."""
        for columns in tries:
            table = self._table(columns, roles, rows, region, size)
            if table.fits:
                break
        return table

    def _table(
        self,
        columns: Sequence[Column],
        roles: Sequence[str],
        rows: Rows,
        region: Region | None = None,
        size: float = SIZES[0],
    ) -> Table:
        place = region or self.region
        # Under a plot it is as wide as that.
        widest = WIDEST if self.region.width < self.region.height else self.region.width / units(1)
        return slope_table(self.look, place, columns, roles, rows, size, widest)
