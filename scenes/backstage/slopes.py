"""The numbers of secants at one point, what may be said of them, and their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from gdcore.secant import excess, secant_slope
from scenes.backstage.equations import SIZES, SMALLEST_LINE, aligned, derivative, height
from scenes.backstage.quotient import at_a_point, everywhere, in_one_colour
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.secant_table import flush_left, on_the_point, slope_table
from scenes.parts.slope import slope_role
from scenes.parts.source import EQUALS, figure, ink, math
from scenes.parts.table import WIDEST_GAP, Table
from scenes.theme import TYPE
from scenes.words import as_factor, fixed, is_close, number

SMALLEST_SPLIT = 3.6
"""A third column that makes a table smaller than this is left out, in % of the shorter side."""

DIGITS = 4
"""Of a slope in a table, if there is room."""

EMPTY = "#h(0em)"
"""A cell without anything in it."""

Column = tuple[str, list[str]]


class Slopes:
    """The slopes of secants of several widths, and the slope that they tend to.

    Parameters
    ----------
    look, objective, at, widths
        The look, a function of one variable, the fixed point, and the widths, from large to small.
    size
        The largest size of the tables' type.
    """

    def __init__(
        self, look: Look, objective: Any, at: float, widths: Sequence[float], size: float
    ) -> None:
        self.size = size
        self.look, self.objective, self.at, self.widths = look, objective, at, tuple(widths)
        self.value, (self.slope,) = objective.value_and_gradient((at,))
        self.secants = [secant_slope(objective, at, width) for width in self.widths]
        self.rests = [excess(objective, at, width) for width in self.widths]
        self.role = slope_role(self.slope)

    @property
    def are_defined(self) -> bool:
        """Whether f and all the slopes are defined, and the secants do not speak of a kink."""
        every = (self.value, self.slope, *self.secants)
        if not all(value - value == 0 for value in every):
            return False
        ((bend,),) = self.objective.hessian((self.at,))
        return self.settle or bend - bend == 0

    @property
    def settle(self) -> bool:
        """Whether what the secants have over the tangent shrinks as they do."""
        sizes = [abs(rest) for rest in self.rests]
        falls = all(later <= before for before, later in pairwise(sizes))
        return falls and (sizes[-1] < 0.5 * sizes[0] or is_close(sizes[0], 0.0))

    @property
    def are_slope_and_width(self) -> bool:
        """Whether every secant has the slope of the tangent and its width besides."""
        return all(is_close(*pair) for pair in zip(self.rests, self.widths, strict=True))

    @property
    def words(self) -> str:
        """The caption of what the slopes tend to; it needs the field `slope`."""
        if self.are_slope_and_width:
            return "Every slope here is {slope} + h; as h shrinks to 0 the slope tends to {slope}."
        if all(is_close(rest, 0.0) for rest in self.rests):
            return "Every slope here is {slope}: this curve is a straight line."
        if self.settle:
            return "Each slope is {slope} and a rest; the rest shrinks to 0 with h."
        return "As h shrinks to 0 the slope tends to {slope}."

    def question(self, region: Region) -> Lettering:
        """Return the question for the slope, where its answer will be."""
        asked = self.look.text(
            "slope ", math(f"{EQUALS} thin ?"), size=TYPE.equation, role=self.role
        )
        return asked.place(self.table(region).left, region.top - 0.75 * asked.em)

    # -- tables ----------------------------------------------------------------------------------

    @property
    def _widths(self) -> Column:
        widths = [figure(number(width)) for width in self.widths]
        return on_the_point(self.look, "h", [*widths, "-> 0"])

    def _slopes(self, digits: int = DIGITS) -> Column:
        slopes = [figure(number(slope, digits)) for slope in self.secants]
        limit = f"-> {figure(number(self.slope, digits))}"
        return on_the_point(self.look, '"slope"', [*slopes, limit])

    def table(self, region: Region) -> Table:
        """Return the table of widths and slopes; its last row is the limit."""
        roles = ("text", self.role)
        return self._fitting(
            region, (((self._widths, self._slopes(digits)), roles) for digits in (DIGITS, 3, 2))
        )

    def split_table(self, region: Region) -> Table:
        """Return the same table with each slope as the tangent's and a rest.

        In a narrow region that is written in place of the slope, or left out, else beside it.
        """
        parts = [self._split(*pair) for pair in zip(self.secants, self.rests, strict=True)]
        rest = "h" if self.are_slope_and_width else '"rest"'
        head = f"= {self._fixed_part} + {rest}"
        third = flush_left(self.look, head, [*(f"= {part}" for part in parts), EMPTY])
        wide = self._table(
            region, (self._widths, self._slopes(), third), ("text", self.role, "text")
        )
        if _fits(wide, region) and wide.size_percent >= SMALLEST_SPLIT:
            return wide
        second = flush_left(self.look, '"slope"', [*parts, f"-> {self._fixed_part}"])
        narrow = self._table(region, (self._widths, second), ("text", "text"))
        return narrow if _fits(narrow, region) else self.table(region)

    def panel(self, region: Region) -> tuple[Table, list[Lettering]]:
        """Return the table, and under it why the slopes are what they are, where there is room.

        That is known of a polynomial of low degree.
        """
        lines = at_a_point(self.objective, self.at, self.role)
        # What holds for h may stand under the line that needs it.
        *others, (left, right), condition = lines or [("", ""), ("", "")]
        narrow = [*others, (left, right), condition]
        wide = [*others, (left, f"{right} quad {condition[1]}")]
        found: list[tuple[float, Table, list[Lettering]]] = []
        for size, form in ((size, form) for size in SIZES for form in (wide, narrow) if lines):
            table = self.table(region.inset(bottom=min(height(form, size), 0.7 * region.height)))
            below = aligned(self.look, region, table.baselines[-1], form, self.role, size)
            least = min(table.size_percent, size)
            if below and least >= SMALLEST_LINE and table.pitch > 1.15 * table.em:
                found.append((least, table, below))
        if not found:
            return self.table(region), []
        # Neither of the two larger than it need be while the other one is small.
        _, table, below = max(found, key=lambda panel: panel[0])
        return table, below

    def _fitting(
        self, region: Region, tries: Iterable[tuple[Sequence[Column], Sequence[str]]]
    ) -> Table:
        """Return the first table that fits, or else the last one."""
        for columns, roles in tries:
            table = self._table(region, columns, roles)
            if _fits(table, region):
                break
        return table

    def _table(self, region: Region, columns: Sequence[Column], roles: Sequence[str]) -> Table:
        widest = 1.5 if len(columns) > 2 else WIDEST_GAP
        return slope_table(self.look, region, columns, roles, self.size, widest)

    @property
    def _fixed_part(self) -> str:
        return ink(self.role, math(figure(number(self.slope))))

    def _split(self, secant: float, rest: float) -> str:
        size = abs(rest)
        # As many decimals as its slope has, so that what is written adds up.
        more = (
            number(size)
            if self.are_slope_and_width
            else fixed(size, len(number(secant).partition(".")[2]))
        )
        return f"{self._fixed_part} {'+' if rest >= 0 else '-'} {figure(more)}"

    def derivative_table(self, region: Region, xs: Sequence[float]) -> Table:
        """Return the table of the slopes at several points, and how the derivative gives them."""
        slopes = [self.objective.gradient((x,))[0] for x in xs]
        first = on_the_point(self.look, "x", [figure(number(x)) for x in xs])

        def second(digits: int) -> Column:
            written = [figure(number(slope, digits)) for slope in slopes]
            return on_the_point(self.look, '"slope"', written)

        inserted = [text for x in xs if (text := self._inserted(x)) is not None]
        if len(inserted) == len(xs):
            name = in_one_colour(self.objective.typst_gradient[0], self.objective.variables[0])
            cells = [f"{EQUALS} {text}" for text in inserted]
            third = flush_left(self.look, f"{EQUALS} {name}", cells)
            roles = ("point", self.role, self.role)
            wide = self._table(region, (first, second(DIGITS), third), roles)
            if _fits(wide, region) and wide.size_percent >= SMALLEST_SPLIT:
                return wide
        tries = (((first, second(digits)), ("point", self.role)) for digits in (DIGITS, 3, 2))
        return self._fitting(region, tries)

    def derivation(
        self, region: Region, xs: Sequence[float]
    ) -> tuple[Table, Lettering, list[Lettering]]:
        """Return the table of several points, the derivative, and how the quotient tends to it.

        That stands between both, where it is known and there is room.
        """
        texts = everywhere(self.objective, self.role)
        for rows, parts in (((1.1, 1.0), texts), ((1.1, 1.0), texts[:-1]), ((2.2, 1.0), [])):
            table = self.derivative_table(region.rows(*rows, gap=0.1)[0], xs)
            law, quotient = derivative(
                self.look, region, table.baselines[-1], self.objective, parts, self.role
            )
            if quotient and law.box.bottom >= region.bottom:
                break
        return table, law, quotient

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


def _fits(table: Table, region: Region) -> bool:
    return table.right <= region.right + 1e-6


def round_places(
    places: Sequence[float],
    at: float,
    shown: Any,
    function: Any,
    most: int = 4,
    gap: float = 0.08,
) -> list[float]:
    """Return a few places near another one at which a function has a slope, that one included.

    Parameters
    ----------
    places
        What there is to choose from.
    at
        The one that they are near.
    shown
        The window in which they and their values must lie, with air.
    function, most
        The function, and how many.
    gap
        How far apart they are at least, in parts of the window.
    """
    air = 0.04 * (shown.right - shown.left), 0.04 * (shown.top - shown.bottom)
    found = [at]
    for x in sorted(places, key=lambda x: (abs(x - at), x)):
        value, (slope,) = function.value_and_gradient((x,))
        inside = (
            shown.left + air[0] <= x <= shown.right - air[0]
            and shown.bottom + air[1] * (value < 0) <= value <= shown.top - air[1]
        )
        apart = all(abs(x - other) > gap * (shown.right - shown.left) for other in found)
        if inside and apart and slope - slope == 0 and len(found) < most:
            found.append(x)
    return sorted(found)
