"""The table of secants as it grows; in a tall frame it rises with its rows."""

from __future__ import annotations

from manim import DOWN

from scenes.backstage.slope_tables import SlopeTables
from scenes.parts.lettering import Lettering
from scenes.parts.table import Table


class GrowingTable:
    """The table of secants as it stands at each of its rows, and how the slopes come about.

    Parameters
    ----------
    tables, count
        What makes the table, and how many secants there are.
    low
        Whether it stands as low as it can before the lens, so that a plot over it is higher.

    Attributes
    ----------
    full
        The table with all its rows, where it stands in the end.
    last, algebra, kept
        The table that it becomes, what stands under that, and which rows are kept.
    free
        How much lower than in the end it stands at each of its rows, in units.
    """

    def __init__(self, tables: SlopeTables, count: int, *, low: bool) -> None:
        self.last, self.algebra, self.kept = tables.limit()
        self.full = tables.growing(limit=not self.algebra)
        self._workings = tables.workings
        bottom = tables.region.bottom
        before = range(count - 2) if low else ()
        self.free = [max(self._lowest(row) - bottom, 0.0) for row in before]
        self.free += [0.0] * (count - len(self.free))

    def _lowest(self, row: int) -> float:
        """Return where what stands at a row of the full table ends."""
        lines = self._workings.under(self.full, row)
        ends = [line.box.bottom for line in lines]
        return min([self.full.baselines[row] - self.full.pitch / 2, *ends])

    def at(self, row: int) -> Table:
        """Return the table as it stands at a row, the full one itself where that is its place."""
        free = self.free[row]
        if not free:
            return self.full
        table: Table = self.full.copy()
        table.shift(free * DOWN)
        table.baselines = [y - free for y in self.full.baselines]
        return table

    def under(self, row: int) -> list[Lettering]:
        """Return how the slope of a row comes about, under it, if there is room for that."""
        free = self.free[row] * DOWN
        return [line.shift(free) for line in self._workings.under(self.full, row)]
