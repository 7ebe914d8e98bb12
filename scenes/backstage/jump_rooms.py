"""Where the parts of a lesson on jumps stand: the plot alone, and with strip and table."""

from __future__ import annotations

from typing import NamedTuple

from scenes.layout import Layout, Region
from scenes.parts.history_rooms import Rooms
from scenes.parts.lettering import Align
from scenes.parts.measure import ROOM
from scenes.parts.table import HEAD

ROW, LAW = 0.46, 0.58
"""What a row of the table needs in a high frame, and a line of a formula under it, in units."""

LABELS = 1.0, 0.8
"""About what the labels of the axes take of the width and height of the plot, in units."""

UNDER_STRIP = 0.4
"""In a high frame, between the strip and the table under it, in units."""

SIDE, SQUARE = (3.65, 0.4, 4.5), (2.55, 0.25, 3.22)
"""How wide the table is beside the plot, with the formula under it, and what is between them, in
units: an x-axis ends with its name, which is air enough. The plot has all that is left. And how
wide a table of two runs is, where no plot stands beside it."""

OVER_CAPTION = 0.1
"""More air between the bars under a plot and a caption than else under a plot, in units."""

HIGHEST = 1.25
"""So high a plot that stands alone may be, in parts of its width: in a higher one a tangent lies on
its curve."""


ROWS = 6
"""So many rows the table may have: those that are spoken of, and the last one."""


class Shares(NamedTuple):
    """How a plot that does not stand alone shares its room with the history.

    Attributes
    ----------
    plot, strip
        How high the plot and the strip under it are, in parts of both.
    """

    plot: float = 0.45
    strip: float = 0.55


def alone(layout: Layout) -> Region:
    """Return where the plot stands alone, with room for distances under it."""
    room = layout.body.inset(bottom=ROOM + OVER_CAPTION)
    return room.inset(top=max(0.0, room.height - HIGHEST * room.width))


def regions(layout: Layout, shares: Shares) -> tuple[Region, Rooms]:
    """Return where the plot stands with its history: the strip below, in line with it."""
    body = layout.body
    if layout.is_tall:
        # A formula has one line under a wide table, and else two or three.
        high = ROW * (ROWS + HEAD) + LAW
        stage, side = body.inset(bottom=high + UNDER_STRIP), body.inset(top=body.height - high)
        table, pair = side.inset(bottom=LAW), side.width
    else:
        wide, gap, pair = SQUARE if layout.is_square else SIDE
        stage, side = body.inset(right=wide + gap), body.inset(left=body.width - wide)
        table = side.inset(bottom=LAW * (2 + layout.is_square))
    plot, strip = stage.rows(shares.plot, shares.strip, gap=0.1)
    # In a square frame a formula is as wide as the side: the table begins where that does.
    align: Align = "center" if layout.is_tall else "left" if layout.is_square else "right"
    return plot, Rooms(strip, table, side, stage, ROWS, align, pair)
