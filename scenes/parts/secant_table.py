"""Tables of slopes: their columns stand on the decimal point, and one table becomes another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from manim import Animation, FadeIn, FadeOut, ReplacementTransform
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import math
from scenes.parts.table import Table

POINT = r"\.| dot "
"""The end of the whole part of a number."""


def on_the_point(
    look: Look, head: str, cells: Sequence[str], more: Sequence[str] = (), sign: str = POINT
) -> tuple[str, list[str]]:
    """Return a column's head and cells, for a table that sets them flush right.

    The numbers stand on their decimal points, and the head begins where they begin.

    Parameters
    ----------
    look
        Sets the type that is measured.
    head, cells
        Typst mathematics.
    more
        Cells below that begin there too, wherever their points are.
    sign
        What the cells stand on, as a regular expression: a decimal point.
    """
    before = [_ems(look, re.split(sign, cell, maxsplit=1)[0]) for cell in cells]
    begins = [max(before) - ahead for ahead in before] + [0.0] * (len(more) + 1)
    every = [*cells, *more, head]
    ends = [begin + _ems(look, text) for begin, text in zip(begins, every, strict=True)]
    *padded, name = (_padded(text, max(ends) - end) for text, end in zip(every, ends, strict=True))
    return name, padded


def flush_left(look: Look, head: str, cells: Sequence[str]) -> tuple[str, list[str]]:
    """Return a column's head and cells that start one below the other, for the same tables."""
    wide = [_ems(look, text) for text in (head, *cells)]
    head, *cells = (
        _padded(text, max(wide) - width) for text, width in zip((head, *cells), wide, strict=True)
    )
    return head, list(cells)


def slope_table(
    look: Look,
    region: Region,
    columns: Sequence[tuple[str, Sequence[str]]],
    roles: Sequence[str],
    kept: Sequence[int | None],
    size: float,
    widest: float,
) -> Table:
    """Return a table of columns, each a head and its cells.

    Of all rows it has those that are kept, in place of None the last one; each appears with the
    step of its number, that one with the row before it.
    """
    heads, cells = zip(*columns, strict=True)
    every = list(zip(*cells, strict=True))
    rows = [every[-1 if row is None else row] for row in kept]
    steps = [before if row is None else row for before, row in pairwise((0, *kept))]
    return Table(
        look, region, heads, rows, [step or 0 for step in steps], roles, size, math, widest
    )


def rewritten(old: Table, new: Table, kept: Sequence[int | None]) -> list[Animation]:
    """Return the animations by which a table becomes another one, which has kept some of its rows.

    Cells become cells under the same head; other columns and rows go and come.
    """
    pairs, fresh = [(old.header, new.header)], []
    for at, row in zip(kept, new.rows, strict=True):
        if at is None:
            fresh.append(row)
        elif at < len(old.rows):
            pairs.append((old.rows[at], row))
    there = {_name(head): index for index, head in enumerate(new.header)}
    columns = [there.get(_name(head)) for head in old.header]
    out = [ReplacementTransform(old.rule, new.rule), ReplacementTransform(old.bar, new.bar)]
    for before, after in pairs:
        for cell, column in zip(before, columns, strict=True):
            same = column is not None
            out.append(ReplacementTransform(cell, after[column]) if same else FadeOut(cell))
        others = (cell for index, cell in enumerate(after) if index not in columns)
        out += (FadeIn(cell, rate_func=_at_last) for cell in others)
    lasting = [row for row, _ in pairs]
    out += (FadeOut(row, rate_func=_at_first) for row in old.rows if row not in lasting)
    out += (FadeIn(row, rate_func=_at_last) for row in fresh)
    return out


def _name(head: Lettering) -> str:
    """Return what stands over a column, without what moves it aside."""
    return head.source.partition(" #h(")[0].strip("$")


def _at_first(alpha: float) -> float:
    """Go before what moves comes there."""
    return float(smooth(min(1.0, 2 * alpha)))


def _at_last(alpha: float) -> float:
    """Come in when what moves has made room."""
    return float(smooth(max(0.0, 2 * alpha - 1)))


def _ems(look: Look, text: str) -> float:
    """Return the width of a formula in em."""
    if not text:
        return 0.0
    lettering = look.math(text, size=10.0)
    return lettering.advance / lettering.em


def _padded(text: str, ems: float) -> str:
    return f"{text} #h({ems:.4f}em)" if ems > 1e-3 else text
