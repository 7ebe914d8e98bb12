"""How much a lens on a long run magnifies, written in its head, over it, or beside it."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.flags import ASIDE
from scenes.parts.lens import Lens
from scenes.parts.lettering import CAP_HEIGHT
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import Source, join, mark, math
from scenes.theme import TYPE
from scenes.words import number

ALIKE = 0.02
"""Factors that differ by less than this part are said as one."""

MOST = 9e6
"""A smaller factor is written with all its zeros; it is between two round ones."""

HEAD, ROW = 0.38, 0.4
"""Height of the head of a lens, and of another row in it, in units."""

MARGIN, DOWN = 0.16, 0.13
"""From the rim of a lens to the words in its head, and down to them, in units."""

OVER = 0.25
"""From a lens up to the foot of words over it, in units: in line with the name of the axis."""

PLACES = np.linspace(0.0, 1.0, 11)
"""Where beside a lens it may be written, from its lowest place upward: what is said stands high."""

HIGH = (0.0, 0.15, 0.3, 0.45, 0.6)
"""Where in it, from its highest place downward."""


def in_head(look: Look, lens: Lens, *, both: bool = True, rows: int = 1) -> bool:
    """Write in the head of a lens how much it magnifies x and, where there is room, f.

    `both` is false where only x is talked about; in two rows f stands under x. Return whether there
    is room for all of it.
    """
    room, (across, upward) = lens.region, _factors(lens)
    over, up = math(f"x times {across}"), math(f"f times {upward}")
    ways = [join("zoom: ", over), over]
    if both:
        ways = [zoom_of(lens, rows), zoom_of(lens), ways[0], join(over, ", ", up), over]
    if _is_one(lens):
        ways = [zoom_of(lens)]
    for way in ways:
        # Exponents are smaller still.
        for size in (TYPE.tick,) if "^" in way else (TYPE.tick, TYPE.minimum):
            words = look.source(way, size, "muted")
            if words.advance <= room.width - 2 * MARGIN:
                top = room.top - DOWN - CAP_HEIGHT * words.em
                lens.name_zoom(words.place(room.left + MARGIN, top))
                return way is ways[0]
    return False


def at_lens(look: Look, lens: Lens, plot: Plot, curve: VMobject, trace: Trace) -> None:
    """Write how much a lens on a first step magnifies: over it, beside it, or in it.

    Where it has no room, the numbers of the lens say it too.
    """
    inside, outside = Obstacles(lens.region.inset(*[0.1] * 4)), Obstacles(plot.inner)
    inside.add(*lens.shown)
    for point, value in zip(trace.points[:2], trace.values[:2], strict=True):
        inside.add_points(np.array([lens.plot.on_axis(point[0]), lens.plot.at(point[0], value)]))
    outside.add(plot, curve)
    lens.cover(outside)
    outside.add_box(lens.region.inset(*[-MARGIN] * 4))
    # Over the plot is the row of its axis's name.
    outside.within = plot.inner.inset(top=-ROW - OVER)
    room, said = lens.region, zoom_of(lens)
    for size in (TYPE.tick, TYPE.minimum):
        words = look.source(said, size, "muted")
        edge, rim = (off + words.advance / 2 for off in (ASIDE, MARGIN))
        lowest, highest = room.bottom + 0.2 + 0.33 * words.em, room.top - 0.17 - 0.33 * words.em
        over = (room.right - words.advance / 2, room.top + OVER + CAP_HEIGHT / 2 * words.em)
        beyond = [
            (x, float(lowest + (highest - lowest) * part))
            for part in PLACES
            for x in (room.right + edge, room.left - edge)
        ]
        within = [
            (x, highest + (lowest - highest) * part)
            for part in HIGH
            for x in (room.left + rim, room.right - rim, room.center[0])
        ]
        for clear, places in ((outside, [over, *beyond]), (inside, within)):
            for place in places:
                if not clear.trouble(words.place(*place, "center", "middle").box):
                    lens.name_zoom(words)
                    return


def zoom_of(lens: Lens, rows: int = 1) -> Source:
    """Return how much a lens magnifies x and f, in one row or in two."""
    across, upward = _factors(lens)
    if _is_one(lens):
        return join("zoom ", math(f"times {across}"))
    comma = ", " if rows == 1 else join(",", Source("#linebreak()#hide[zoom: ]"))
    return join("zoom: ", math(f"x times {across}"), comma, math(f"f times {upward}"))


def _factors(lens: Lens) -> tuple[str, str]:
    zooms = lens.zoom, lens.zoom * lens.stretch
    across, upward = (mark(number(zoom, 2, plain=zoom < MOST)) for zoom in zooms)
    return across, upward


def _is_one(lens: Lens) -> bool:
    return abs(lens.stretch - 1) < ALIKE
