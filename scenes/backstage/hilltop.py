"""The hilltop between two valleys, seen through a lens: two starts, one on each side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from gdcore import Trace
from gdcore.theory import StationaryPoint
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens import Lens, close_up
from scenes.parts.lens_room import free_region
from scenes.parts.lens_zoom import zoom_of
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure, told
from scenes.parts.strokes import Points, line
from scenes.parts.window import Window
from scenes.theme import TYPE, units
from scenes.words import number

WIDTHS, HEIGHTS = np.linspace(6.2, 2.6, 13), np.linspace(4.5, 0.85, 70)
"""The sizes that are tried over the hilltop and under it, in units."""

LONGEST = 4.2
"""So many times as wide as high it may be at most."""

LARGEST, SHARE = (3.8, 1.9), (0.48, 0.45)
"""The size of a lens that finds no place there: in units, and at most in parts of the plot's."""

RING, ROUND = 0.16, 0.65
"""Radius of the mark at the hilltop at least, in units, and in parts of what it goes round."""

OFF = 0.21
"""Between this mark and the lens, in units."""

STEEP = math.radians(24)
"""What ties the mark to the lens rises so much at least: the curve at a hilltop is flat."""

SHOULDER = math.radians(50)
"""Where on the mark it begins, from the horizontal."""

ASIDE = 0.15
"""Air on both sides of the starts, in parts of their distance."""

ROW, LOOSE = 0.32, 0.32
"""Between two numbers in the row under the lens, and between a word and a number, in units."""

OVER, UNDER = 0.12, 0.18
"""Free height over a word at the hilltop, and under the middle of the lower start, in units: a
point there stays off the marks of the numbers below it."""

SHALLOW = 0.3
"""Such a part of the height is the drop to the starts at least, also where words take the rest."""

AIR = 0.06
"""Free space round the lens, in units."""

FOOT, LOW = 0.12, 1.6
"""More room under the numbers, but in a frame lower than that, in units."""

BESIDE = 0.2
"""Between the name of the upright axis and words beside it, in units."""

CORNER = 0.13
"""Between the frame and what is written in its corners, in units."""


OVERHEAD = 0.16
"""Between the frame and a line of words over it, in units."""

LOWEST = 1.4
"""The frame leaves no room for such a line where that would make it lower, in units."""

HEAD = 0.34
"""Height of a row for it in the frame, under the upper edge, in units."""

BELOW_RING = (0.1, 0.18, 0.3, 0.45, 0.6)
"""Between the mark at the hilltop and its name under it, in units."""

HILL = "hilltop"
"""What is written there."""


class HillName(NamedTuple):
    """What is written at a hilltop, so large: its x, or what it is; its x may not fit its row."""

    words: Lettering
    size: float
    is_word: bool = False
    crowded: bool = False


class HillLens(Lens):
    """A lens on two starts that are close to each other, and on the hilltop between them.

    Parameters
    ----------
    look, plot, objective
        The look, the plot that is magnified, and the function that it shows.
    runs, roles
        The two runs, and their colours.
    hill
        The hilltop, or None.
    clear
        What the lens should not cover.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        objective: Any,
        runs: Sequence[Trace],
        roles: Sequence[str],
        hill: StationaryPoint | None,
        clear: Obstacles,
    ) -> None:
        ends = sorted((run.points[0][0], role) for run, role in zip(runs, roles, strict=True))
        starts = [x for x, _ in ends]
        window = close_up(objective, starts, left=ASIDE, right=ASIDE, below=0.0, above=0.0)
        if window.top == window.bottom:
            window = replace(window, top=window.bottom + starts[1] - starts[0])
        if hill:
            # It stands in the middle.
            half = max(hill.x - window.left, window.right - hill.x)
            window = replace(window, left=hill.x - half, right=hill.x + half)

        # The ring holds the starts.
        reach = max(RING, ROUND * (plot.x(window.right) - plot.x(window.left)))
        inner = plot.inner
        size = (min(SHARE[0] * inner.width, LARGEST[0]), min(SHARE[1] * inner.height, LARGEST[1]))
        spot = plot.at(runs[0].points[0][0], runs[0].values[0])
        over = OVERHEAD + units(TYPE.tick)
        region = _at_hill(plot, clear, spot, reach, over)
        if region is None or region.height < LOWEST:
            region = _at_hill(plot, clear, spot, reach) or free_region(inner, *size, clear, spot)
        name = None if hill is None else self._name(look, region, starts, hill)
        below = None if name is None else self._below(look, plot, region, hill, name, reach, clear)
        crowded, tick_size = (name.crowded, name.size) if name else (False, TYPE.tick)
        headroom = 0.0 if below else OVER + units(tick_size)

        def drawn(shown: Window, head: float) -> None:
            # Its lower edge is not f = 0, so it is no axis.
            super(HillLens, self).__init__(
                look,
                plot,
                region,
                shown,
                x_ticks=starts,
                tick_size=tick_size,
                floor=False,
                foot=0.0 if crowded or region.height < LOW else FOOT,
                head=head,
                ring=RING,
            )

        # Where it cannot be said how much it magnifies, the hill is as high as without a head.
        for head in (0.0, HEAD, 0.0):
            drawn(window, head)
            roomy = _roomy(window, self.plot.inner.height, headroom)
            drawn(roomy, head)
            drawn(_evened(roomy, self.zoom, self.zoom * self.stretch), head)
            self.draw(objective)
            for label, (x, role) in zip(self.plot.x_labels, ends, strict=True):
                # There is no axis: what has a number stands over it.
                self._lead(look, x, objective.value((x,)))
                for run in label.submobjects:
                    run.role = role
                    run.set_fill(look.color(role))
            written = self._mark(look, hill, name, below) if hill and name else []
            if self._say_zoom(look, written, clear, head):
                break
        self.runs = tuple(runs)

    def _name(
        self, look: Look, region: Region, starts: Sequence[float], hill: StationaryPoint
    ) -> HillName:
        """Return what stands at the hilltop: its x between those of the starts, or what it is."""
        unit = 0.9 * region.width / ((1 + 2 * ASIDE) * (starts[1] - starts[0]))
        room = unit * min(hill.x - starts[0], starts[1] - hill.x)
        sizes = TYPE.tick, TYPE.minimum
        wide = {
            size: max(look.math_width(figure(number(x)), size=size) for x in starts)
            for size in sizes
        }
        for size in sizes:
            name = look.math(told(hill.x), size)
            if (name.advance + wide[size]) / 2 + ROW <= room:
                return HillName(name, size)
        for size in sizes:
            word = look.text(HILL, size=size)
            if (word.advance + wide[size]) / 2 + LOOSE <= room:
                return HillName(word, size, is_word=True)
        return HillName(name, TYPE.minimum, crowded=True)

    @staticmethod
    def _below(
        look: Look,
        plot: Plot,
        region: Region,
        hill: StationaryPoint | None,
        found: HillName,
        reach: float,
        clear: Obstacles,
    ) -> Lettering | None:
        """Return what the hilltop is under it in the plot, if there is room for that."""
        if hill is None or found.crowded or found.is_word:
            return None
        word, room = look.text(HILL), clear.copy()
        room.add_box(region)
        gaps = [reach + gap for gap in BELOW_RING]
        place_near(word, plot.at(hill.x, hill.value), room, ("below",), gaps, only=True)
        if not word.is_free:
            return None
        clear.add(word)
        return word

    def _say_zoom(
        self, look: Look, names: Sequence[Lettering], outside: Obstacles, head: float
    ) -> bool:
        """Say how much x and f are magnified, and return whether there is room for that.

        It stands over the frame, or in it: in a corner, or in its head if there is one.
        """
        over = look.source(zoom_of(self), TYPE.tick, "muted")
        over.place(self.region.center[0], self.region.top + OVERHEAD, "center", "bottom")
        if not self._around(outside).trouble(over.box):
            self.add(over)
            return True
        room = self.region.inset(*[CORNER] * 4)
        clear = Obstacles(room)
        clear.add(self.curve, self.plot, *names)
        for rows, size in itertools.product((1,) if head else (1, 2), (TYPE.tick, TYPE.minimum)):
            words = look.source(zoom_of(self, rows), size, "muted")
            corners = (room.left, room.right - words.advance)
            for left in (room.center[0] - words.advance / 2,) if head else corners:
                words.place(left, room.top, on="top")
                if not clear.trouble(words.box):
                    self.add(words)
                    return True
        return False

    def _around(self, outside: Obstacles) -> Obstacles:
        """Return what a line of words over the frame keeps clear of."""
        around = outside.copy()
        self.cover(around)
        if self.outer.y_title:
            # Beside the name of the upright axis there is room over the plot.
            title = self.outer.y_title.box
            around.within = replace(around.within, top=title.top)
            around.add_box(title.inset(right=-BESIDE))
        return around

    def _mark(
        self, look: Look, hill: StationaryPoint, found: HillName, below: Lettering | None
    ) -> list[Lettering]:
        """Lead from the hilltop down to the axis, and write its x there, or what it is.

        Where the x has no room it is written above the hilltop, and else what it is, unless that
        stands `below` the one in the plot. What is written is returned.
        """
        name = found.words
        words = [name]
        base, top = self.plot.on_axis(hill.x), self.plot.at(hill.x, hill.value)
        if found.crowded:
            name.place(top[0], top[1] + 0.14, "center")
        else:
            name.place(base[0], base[1] - TICK - 0.08 - 0.66 * name.em, "center")
            if below:
                words.append(below)
            elif not found.is_word:
                word = look.text(HILL, size=name.size_percent)
                words.append(word.place(top[0], top[1] + 0.1, "center", "bottom"))
        self._lead(look, hill.x, hill.value)
        written = [label for label in words if label.box.top < self.region.top - CORNER / 2]
        self.add(*written)
        return written

    def _lead(self, look: Look, x: float, value: float) -> None:
        """Lead from a place on the curve down to its number; that is too short for dashes."""
        ends = [self.plot.at(x, value), self.plot.on_axis(x) - (0.0, TICK)]
        self.add(line(look, ends, role="muted"))

    def _ways(self, middle: Points, radius: float | None, starts: Points) -> list[Points]:
        """Return the ties; those to a frame over or under the hilltop stay off the curve."""
        frame = self.region
        if radius is None or not frame.left < middle[0] < frame.right:
            return super()._ways(middle, radius, starts)
        up = 1.0 if frame.bottom > middle[1] else -1.0
        edge = frame.bottom if up > 0 else frame.top
        pairs = []
        for side, corner in ((-1.0, frame.left), (1.0, frame.right)):
            way = np.array([side * math.cos(SHOULDER), up * math.sin(SHOULDER)])
            start = middle + radius * way
            run = abs(edge - start[1]) / math.tan(STEEP)
            reach = min(run, max(0.0, side * (corner - start[0])))
            pairs.append(np.array([start, (start[0] + side * reach, edge)]))
        return pairs

    def kept(self, most: int) -> int:
        """Return after how many steps, at most, both walkers can still be seen in it."""
        inside = (
            n
            for n in range(most, 0, -1)
            if all(self.plot.shows(run.points[n][0], run.values[n]) for run in self.runs)
        )
        return next(inside, 0)


def _roomy(window: Window, height: float, over: float) -> Window:
    """Return a window with room for words over what it holds, and for a point under it, in units.

    Parameters
    ----------
    window
        What it is to hold, without air.
    height
        In which it is drawn, in units.
    over
        Room over it, in units.
    """
    drop = max(height - over - UNDER, SHALLOW * height)
    unit = (window.top - window.bottom) / drop
    under = (height - drop) * UNDER / (over + UNDER)
    top = window.bottom + (height - under) * unit
    return replace(window, bottom=window.bottom - under * unit, top=top)


def _evened(window: Window, across: float, up: float) -> Window:
    """Return a window round the same place that magnifies by round numbers, a little less."""
    parts = []
    ends = (window.left, window.right, across), (window.bottom, window.top, up)
    for low, high, much in ends:
        if not (math.isfinite(much) and much > 0):
            return window
        power = 10.0 ** (math.floor(math.log10(much)) - 1)
        half, middle = (
            (high - low) / 2 * much / (math.floor(much / power) * power),
            (low + high) / 2,
        )
        parts += [middle - half, middle + half]
    left, right, bottom, top = parts
    return replace(window, left=left, right=right, bottom=bottom, top=top)


def _at_hill(
    plot: Plot, clear: Obstacles, spot: Points, reach: float, over: float = 0.0
) -> Region | None:
    """Return the largest free rectangle straight over a place or straight under it, or None.

    The mark there reaches so far up and down; so high is what else has to be free `over` it. It may
    be as high as the name of the upright axis, beside it.
    """
    within, clear = plot.inner, clear.copy()
    if plot.y_title:
        within = clear.within = replace(within, top=plot.y_title.box.top)
    (x, y), best, found = spot, 0.0, None
    for up, wide, tall in itertools.product((True, False), WIDTHS, HEIGHTS):
        bottom = y + reach + OFF if up else y - reach - OFF - tall
        box = Region(float(x - wide / 2), float(bottom), float(x + wide / 2), float(bottom + tall))
        held = box.inset(top=-over)
        if wide > LONGEST * tall or wide * tall <= best or not within.contains(held):
            continue
        if clear.trouble(held.inset(left=-AIR, bottom=-AIR, right=-AIR)) == 0:
            best, found = wide * tall, box
    return found
