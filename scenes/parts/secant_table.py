"""Tables of slopes: their columns stand on the decimal point, and one table becomes another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manim import Animation, FadeIn, ReplacementTransform
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.source import math
from scenes.parts.table import Table

_POINT = re.compile(r"\.| dot ")


def on_the_point(look: Look, head: str, cells: Sequence[str]) -> tuple[str, list[str]]:
    """Return a column's head and cells, for a table that sets them flush right.

    The numbers stand on their decimal points, and their column in the middle under its head.

    Parameters
    ----------
    look
        Sets the type that is measured.
    head, cells
        Typst mathematics.
    """
    after = [_ems(look, cell) - _ems(look, _POINT.split(cell, 1)[0]) for cell in cells]
    before = [_ems(look, cell) - behind for cell, behind in zip(cells, after, strict=True)]
    wide, most = max(before) + max(after), _ems(look, head)
    margin = max(0.0, (most - wide) / 2)
    padded = [
        _padded(cell, margin + max(after) - behind)
        for cell, behind in zip(cells, after, strict=True)
    ]
    return _padded(head, max(0.0, (wide - most) / 2)), padded


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
    size: float,
    widest: float,
) -> Table:
    """Return a table of columns, each a head and its cells; a row appears with each step."""
    heads, cells = zip(*columns, strict=True)
    rows = list(zip(*cells, strict=True))
    return Table(look, region, heads, rows, range(len(rows)), roles, size, math, widest)


def rewritten(old: Table, new: Table) -> list[Animation]:
    """Return the animations by which a table becomes another of as many rows.

    Cells become the cells that stand in their place; columns beyond those of the old one come in.
    """
    pairs = [(old.rule, new.rule), (old.bar, new.bar)]
    extra: list[Animation] = []
    for before, after in zip((old.header, *old.rows), (new.header, *new.rows), strict=True):
        count = len(before.submobjects)
        pairs += zip(before.submobjects, after.submobjects, strict=False)
        extra += (FadeIn(cell, rate_func=_at_last) for cell in after.submobjects[count:])
    return [ReplacementTransform(*pair) for pair in pairs] + extra


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
