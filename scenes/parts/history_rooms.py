"""Where the history of a run stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.layout import Region
from scenes.parts.lettering import Align

PAIR = 3.1
"""How wide a table of two runs is at least, where no plot stands beside it, in units."""

FROM_TABLE = 0.4
"""From the name of a run to the table, in units: closer, it reads as the head of a row."""


@dataclass(frozen=True)
class Rooms:
    """Where a history stands, and its table, which may have so many rows.

    The table has its room in the side, which it shares with the laws that stand under it. The stage
    is what strip and plot have together. The table ends at the right, in line with the header's
    formulas, or stands in the middle.
    """

    strip: Region
    table: Region
    side: Region
    stage: Region
    rows: int
    align: Align

    def of_two(self) -> Rooms:
        """Return the rooms of a table of two runs, when no plot stands beside it."""
        wider = PAIR - self.side.width
        if wider <= 0:
            return self
        table, side = (room.inset(left=-wider) for room in (self.table, self.side))
        stage = replace(self.stage, right=min(self.stage.right, side.left - FROM_TABLE))
        return replace(self, table=table, side=side, stage=stage)
