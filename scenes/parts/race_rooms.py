"""Where a race puts the ravine, the loss and the table, for each shape of frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Layout, Region

GAP = 0.42
"""Between ravine and loss, in units: there the loss has its name."""

NAME = 0.25
"""Above the loss, where there is no ravine, in units."""

LOW = 2.1
"""The least height of the loss below the ravine, in units, where there is room."""


@dataclass(frozen=True)
class Rooms:
    """The regions of a race.

    Attributes
    ----------
    wide
        The ravine alone.
    ravine
        The ravine above the loss.
    lens, beside
        A lens, and the ravine beside it.
    losses
        The loss: below the ravine, alone, and beside the large table if it is to be seen there.
    table
        The results during the race, or None where the plots need the space.
    result
        The large table at the end.
    """

    wide: Region
    ravine: Region
    lens: Region
    beside: Region
    losses: tuple[Region, ...]
    table: Region | None
    result: Region


def rooms(layout: Layout, ratio: float) -> Rooms:
    """Return the regions of a race, given width over height of what happens in the ravine."""
    # Under a figure on an axis no letter goes below the line; in "steps" one does.
    body = layout.body.inset(bottom=0.08)
    table: Region | None
    last: tuple[Region, ...]
    if layout.is_tall:
        plots, table = body.rows(1.4, 1.0, gap=0.45)
        last, result = (plots,), table
    elif layout.is_square:
        plots, table, last, result = body, None, (), body
    else:
        roomy = body.width > 11
        plots, table = body.columns(1.55 if roomy else 1.45, 1.0, gap=0.5)
        beside, result = body.columns(1.0, 1.5, gap=0.6)
        last, result = ((beside,), result) if roomy else ((), body)
    # True scale wants so much height, axes included; the loss needs some, too.
    wanted = (plots.width - 0.9) / ratio + 0.5
    high = min(wanted, plots.height - GAP - min(LOW, 0.41 * plots.height))
    ravine = plots.inset(bottom=plots.height - high)
    low = plots.inset(top=high + GAP)
    # The lens's drawing is about square: beside it there are labels, and below it.
    lens = ravine.inset(right=ravine.width - min(high + 0.45, 0.46 * ravine.width))
    beside = ravine.inset(left=lens.width + 0.25)
    losses = (low, *(region.inset(top=NAME) for region in (plots, *last)))
    return Rooms(body, ravine, lens, beside, losses, table, result)
