"""Where the history of a run stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.layout import Region
from scenes.parts.lettering import Align

HIGH = 4.6
"""How high a table of two runs is at least with its formulas, where it stands under the strip, in
units."""

FROM_TABLE = 0.4
"""From the name of a run to the table, in units: closer, it reads as the head of a row."""


@dataclass(frozen=True)
class Rooms:
    """Where a history stands, and its table, which may have so many rows.

    The table has its room in the side, which it shares with the laws that stand under it. The stage
    is what strip and plot have together. The table ends at the right, in line with the header's
    formulas, or stands in the middle. A table of two runs is so wide, a `pair`.
    """

    strip: Region
    table: Region
    side: Region
    stage: Region
    rows: int
    align: Align
    pair: float

    def of_two(self) -> Rooms:
        """Return the rooms of a table of two runs, when no plot stands beside it."""
        higher = HIGH - self.side.height
        if self.align == "center" and higher > 0:
            table, side = (room.inset(top=-higher) for room in (self.table, self.side))
            return replace(self, table=table, side=side, stage=self.stage.inset(bottom=higher))
        wider = self.pair - self.side.width
        if wider <= 0:
            return self
        table, side = (room.inset(left=-wider) for room in (self.table, self.side))
        stage = replace(self.stage, right=min(self.stage.right, side.left - FROM_TABLE))
        return replace(self, table=table, side=side, stage=stage)
