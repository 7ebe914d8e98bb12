"""Where a race puts the ravine, the loss and the table, for each shape of frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Layout, Region

GAP = 0.42
"""Between ravine and loss, in units: there the loss has its name."""

NAME = 0.25
"""Above the loss, where there is no ravine, in units."""

RATES = 0.42
"""Below the loss alone, in units: there two runs that are compared have their rates."""

LOW = 1.5
"""The least height of the loss below the ravine, in units, where there is room."""

MORE = 0.7
"""So much wider the key may be, in units, where the ravine leaves it the room."""

ROW = 0.5
"""The height of an entry of the key, in units, where there is room."""


@dataclass(frozen=True)
class Rooms:
    """The regions of a race.

    Attributes
    ----------
    wide
        The ravine alone.
    ravine
        The ravine above the loss; a lens takes its place.
    losses
        The loss: below the ravine, alone, and with the large table if it is to be seen there.
    key
        Who is who during the race, or None where the plots need the space.
    result
        The large table at the end.
    """

    wide: Region
    ravine: Region
    losses: tuple[Region, ...]
    key: Region | None
    result: Region


def rooms(layout: Layout, ratio: float, runs: int) -> Rooms:
    """Return the regions of a race.

    Parameters
    ----------
    layout
        The frame.
    ratio
        Width over height of what happens in the ravine.
    runs
        How many runs there are, the repeated one left out.
    """
    # Under a figure on an axis no letter goes below the line; in "steps" one does.
    body = layout.body.inset(bottom=0.08)
    if layout.is_tall or layout.is_square:
        plots, below = body.rows(1.4, 1.0, gap=0.45) if layout.is_tall else (body, None)
        high = _high(plots.width, ratio, plots.height)
        low = plots.inset(top=high + GAP)
        alone = plots.inset(top=NAME, bottom=RATES)
        ravine = plots.inset(bottom=plots.height - high)
        if below is None:
            return Rooms(body, ravine, (low, alone), None, body)
        return Rooms(body, ravine, (low, alone, alone), below, below)
    roomy = body.width > 11
    aside = 4.2 if roomy else 3.5
    left = body.inset(right=aside + 0.4)
    # Beside the ravine there is the key, so the loss can have all of the width below both.
    high = max(_high(left.width, ratio, body.height), min(ROW * runs, body.height - GAP - LOW))
    top, low = body.inset(bottom=body.height - high), body.inset(top=high + GAP)
    # What the ravine does not need, the key can use, as far as it says more then.
    spare = left.width - 1.0 - (high - 0.5) * ratio
    aside += min(max(spare, 0.0), MORE)
    left = body.inset(right=aside + 0.4)
    ravine = top.inset(right=aside + 0.4)
    # One more run is told when the loss is alone: its entry goes on below the others.
    key = top.inset(left=left.width + 0.4, bottom=-high / max(runs, 1))
    # The large table has a heading, and one row more.
    tall = max(high, min(0.9 * ROW * (runs + 2), body.height - GAP - LOW))
    losses = (low, left.inset(top=NAME, bottom=RATES), body.inset(top=tall + GAP))
    return Rooms(body, ravine, losses, key, body.inset(bottom=body.height - tall + 0.1))


def _high(width: float, ratio: float, height: float) -> float:
    """Return how high the ravine is: true scale wants so much, and the loss needs some, too."""
    wanted = (width - 0.9) / ratio + 0.5
    return min(wanted, height - GAP - min(LOW, 0.38 * height))
