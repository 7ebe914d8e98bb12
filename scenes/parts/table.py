"""A table of iterates that grows as the run does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Align, Lettering
from scenes.parts.lit import Lit
from scenes.parts.source import Source, figure, math
from scenes.parts.strokes import line, set_lines
from scenes.theme import TYPE, units

WIDEST_GAP = 2.6
"""Between two columns, in em: farther apart, a row falls to pieces."""

SPARE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""So much of what is left of a wide region stands left of the table."""

HEAD, OVER = 1.25, 1.4
"""What the headings need over the rows, and a heading over them, in em."""


def told_rows(steps: int, room: int) -> tuple[int | None, ...]:
    """Return which steps get a row; None stands for the rows that are left out.

    Examples
    --------
    >>> told_rows(3, 6), told_rows(100, 6)
    ((0, 1, 2, 3), (0, 1, 2, 3, None, 100))
    """
    if steps + 1 <= room:
        return tuple(range(steps + 1))
    return (*range(room - 2), None, steps)


def as_formula(text: str) -> Source:
    """Return a written number as mathematics."""
    return math(figure(text))


class Table(VGroup):
    """Rows of numbers under a header; the row of the step that has landed is lit.

    Parameters
    ----------
    look, region
        The look, and where the table stands.
    headings
        Typst mathematics for the columns, or a `Source`.
    rows
        The written numbers of each row, or None for a row of dots.
    steps
        The step at which each row appears.
    roles
        The colours of the columns.
    size
        The largest size of the type.
    setting
        How a cell's text becomes Typst source.
    widest
        The widest gap between two columns, in em.
    align
        Where the table stands in a region that is wider.
    over
        Typst mathematics for a heading over the headings of all columns but the first; none if
        empty.
    lines
        The line that each row stands on, until another one comes to it; None for one line each.

    Attributes
    ----------
    left, right, fits
        Where it begins and ends, and whether that is in its region.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        headings: Sequence[str],
        rows: Sequence[Sequence[str] | None],
        steps: Sequence[int],
        roles: Sequence[str],
        size: float = TYPE.label,
        setting: Callable[[str], Source] = as_formula,
        widest: float = WIDEST_GAP,
        align: Align = "center",
        over: str = "",
        lines: Sequence[int] | None = None,
    ) -> None:
        super().__init__()
        self.setting, self.widest, self.align = setting, widest, align
        self.steps, self.lines = tuple(steps), tuple(lines or range(len(rows)))
        # The heads, and all lines.
        deep = HEAD + bool(over) * OVER + max(self.lines) + 1
        size = self._fitting_size(look, region, headings, rows, deep, size)
        self.size_percent, em = size, units(size)
        pitch = min(1.42 * em, (region.height - 0.1) / deep)
        cells = [
            [
                look.source(setting(text), size=size, role=role)
                for text, role in zip(row, roles, strict=True)
            ]
            if row is not None
            else None
            for row in rows
        ]
        heads = [
            look.source(heading(text), size=size, role=role)
            for text, role in zip(headings, roles, strict=True)
        ]
        gap = self._gap(region, heads, cells, em)
        rights = self._right_edges(region, heads, cells, gap)
        rule_y = region.top - (HEAD + bool(over) * OVER) * em
        self.header = VGroup(
            *(
                head.place(right, rule_y + 0.5 * em, "right")
                for head, right in zip(heads, rights, strict=True)
            )
        )
        ends = [(self.left, rights[-1] + 0.1, rule_y)]
        if over:
            start = rights[1] - self._widths(heads, cells)[1]
            joint = look.math(over, size, "muted")
            middle = (start + rights[-1]) / 2
            self.header.add(joint.place(middle, region.top - 0.75 * em, "center"))
            ends.append((start, rights[-1], region.top - 1.2 * em))
        self.rule = set_lines(
            line(look, role="axis"), [[(left, y), (right, y)] for left, right, y in ends]
        )
        self.bar = Lit(look, roles, framed=False)
        self.right = rights[-1] + 0.1
        self.fits = self.right < region.right + 1e-6
        self.baselines = [rule_y - (at + 0.92) * pitch for at in self.lines]
        self.pitch, self.em = pitch, em
        self.rows = [
            VGroup(
                *(
                    (cell.place(right, y, "right") for cell, right in zip(row, rights, strict=True))
                    if row is not None
                    else [look.math("dots.v", size=size, role="muted").place(rights[0], y, "right")]
                )
            )
            for row, y in zip(cells, self.baselines, strict=True)
        ]
        self.add(self.header, self.rule, self.bar, *self.rows)

    def _fitting_size(
        self,
        look: Look,
        region: Region,
        headings: Sequence[str],
        rows: Sequence[Sequence[str] | None],
        deep: float,
        size: float,
    ) -> float:
        """Return the largest size at which columns and rows fit."""
        columns = zip(
            map(heading, headings),
            *([self.setting(cell) for cell in row] for row in rows if row),
            strict=True,
        )
        widths = [max(look.source_width(cell, size) for cell in column) for column in columns]
        # Everything between the cells, too, is in proportion to the type.
        whole = sum(widths) / units(size) + 0.9 * (len(widths) - 1)
        while size > TYPE.minimum:
            em = units(size)
            if whole * em + 0.2 <= region.width and deep * 1.2 * em <= region.height:
                break
            size = max(TYPE.minimum, size * 0.95)
        return size

    def _widths(
        self, heads: Sequence[Lettering], cells: Sequence[Sequence[Lettering] | None]
    ) -> list[float]:
        return [
            max([head.advance] + [row[column].advance for row in cells if row])
            for column, head in enumerate(heads)
        ]

    def _gap(
        self,
        region: Region,
        heads: Sequence[Lettering],
        cells: Sequence[Sequence[Lettering] | None],
        em: float,
    ) -> float:
        free = region.width - sum(self._widths(heads, cells)) - 0.2
        return min(self.widest * em, max(0.4 * em, free / max(1, len(heads) - 1)))

    def _right_edges(
        self,
        region: Region,
        heads: Sequence[Lettering],
        cells: Sequence[Sequence[Lettering] | None],
        gap: float,
    ) -> list[float]:
        widths = self._widths(heads, cells)
        spare = region.width - sum(widths) - gap * (len(widths) - 1) - 0.2
        self.left = region.left + max(spare, 0.0) * SPARE[self.align]
        edges, left = [], self.left + 0.1
        for width in widths:
            edges.append(left + width)
            left += width + gap
        return edges

    def show(self, position: float) -> None:
        """Show the rows of the steps that have landed, the last one on a bar."""
        lit = None
        shown: dict[int, int] = {}
        for index, (row, step) in enumerate(zip(self.rows, self.steps, strict=True)):
            grown = min(max((position - step + 0.12) / 0.12, 0.0), 1.0)
            before = shown.get(self.lines[index])
            if before is not None:
                # Two rows on one line could not be read: one goes when the other comes.
                grown = float(position >= step)
                if grown:
                    self.rows[before].set_fill(opacity=0.0)
            row.set_fill(opacity=grown)
            if grown > 0:
                lit = shown[self.lines[index]] = index
        self.bar.put(None if lit is None else self._box(lit))

    def _box(self, row: int) -> Region:
        middle, half = self.baselines[row] + 0.33 * self.em, 0.5 * self.pitch
        return Region(self.left, middle - half, self.right, middle + half)


def heading(text: str) -> Source:
    """Return a heading: Typst mathematics, or a source as it is."""
    return text if isinstance(text, Source) else math(text)
