"""Where the parts of a lesson on jumps stand: the plot alone, and with strip and table."""

from __future__ import annotations

from typing import NamedTuple

from scenes.layout import Layout, Region
from scenes.parts.history_rooms import Rooms
from scenes.parts.lettering import Align
from scenes.parts.measure import ROOM

LAW = 0.58
"""What a line of a formula needs under a table, in units."""

ROW = 0.33
"""What a row of the table needs, in units."""

LABELS = 1.0, 0.8
"""About what the labels of the axes take of the width and height of the plot, in units."""

UNDER_STRIP, MARGIN = 0.4, 0.6
"""In a high frame, between the strip and the table under it, and on each side of the table, where a
brace and its words stand, in units."""

SQUARE = 1.73, 0.25
"""How wide the plot is in a square frame, in widths of its table, and what is between them, in
units: an x-axis ends with its name, which is air enough."""

HIGHEST = 1.2
"""So high a plot that stands alone may be, in parts of its width: in a higher one a tangent lies on
its curve."""

DEEP = 0.4
"""What a formula needs under a bar, in units."""


class Shares(NamedTuple):
    """How a plot that does not stand alone shares its room with the history.

    Attributes
    ----------
    plot, strip
        How high the plot and the strip under it are, in parts of both.
    rows
        So many rows the table may have: those that are spoken of, and the last one.
    """

    plot: float = 0.58
    strip: float = 0.42
    rows: int = 8


def alone(layout: Layout) -> Region:
    """Return where the plot stands alone, with room for distances under it.

    In a high frame there is room for a formula under a bar, too.
    """
    room = layout.body.inset(bottom=ROOM + DEEP * layout.is_tall)
    return room.inset(top=max(0.0, room.height - HIGHEST * room.width))


def regions(layout: Layout, shares: Shares) -> tuple[Region, Rooms]:
    """Return where the plot stands with its history: the strip below, in line with it."""
    if layout.is_tall:
        stage, side = layout.body.rows(1.85, 1.75, gap=UNDER_STRIP)
    else:
        stage, side = layout.plot_and_tables(SQUARE)
    plot, strip = stage.rows(shares.plot, shares.strip, gap=0.1)
    # A formula has one line under a wide table, and else two; three if the rows keep their height.
    deep = layout.is_square and side.height - 3 * LAW >= ROW * (shares.rows + 1)
    table = side.inset(bottom=LAW * (1 if layout.is_tall else 2 + deep))
    if layout.is_tall:
        table = table.inset(left=MARGIN, right=MARGIN)
    align: Align = "center" if layout.is_tall else "right"
    return plot, Rooms(strip, table, side, stage, shares.rows, align)
