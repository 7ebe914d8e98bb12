"""Contour lines of a function of two variables: lines on which it has one value."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.marching import grid, level_lines, sampled
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, line, straight
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE
from scenes.words import number

SPACING = 0.025
"""How far apart the samples are, in units: three pixels at 1080p. The places between them where a
line passes are found by bisection, so that lines are smooth however they are magnified."""

APART = 0.1
"""More air between two values on lines than round other words, in units."""

COVERED = 0.06
"""Round a value so much of the lines behind it is covered, in units."""

FLAT = 0.4
"""A value stands where its line rises by no more than this: on a flank, not at a vertex."""

MOST_SAMPLES = 900
"""The most samples along one side."""


def geometric_levels(
    function: object, window: Window, floor: float, most: int = 9, reach: float = 0.94
) -> tuple[float, ...]:
    """Return levels above a floor in steps of 1, 2, 5, 10, …, so that a parabola's lines are even.

    Parameters
    ----------
    function
        With vectorised `values` of two arrays.
    window
        What is seen.
    floor
        The level that they are measured from.
    most
        How many levels.
    reach
        The part of the window below the highest level.
    """
    across, up = grid(window, 120, 80)
    above = sampled(function, across, up) - floor
    above = above[np.isfinite(above) & (above > 0)]
    if not len(above):
        return ()
    highest = float(np.quantile(above, reach))
    power = math.floor(math.log10(highest))
    series = [unit * 10.0**at for at in range(power - most, power + 1) for unit in (1, 2, 5)]
    return tuple(floor + level for level in series if level <= highest)[-most:]


class Contours(VMobject):
    """Level lines in one plot, or on their way from one plot to another.

    `show(0)` draws them in the first plot and `show(1)` in the last one, cut at its edges; between
    whole numbers they are on their way.

    Parameters
    ----------
    look
        Gives the colour.
    function
        With vectorised `values` of two arrays, NaN where it is undefined.
    plots
        Where the lines are drawn.
    levels
        The values of the lines.
    faded
        Whether they are as faint as can still be seen.
    seen
        In which of the plots they are there; None for all of them.
    """

    def __init__(
        self,
        look: Look,
        function: object,
        plots: Sequence[Plot],
        levels: Sequence[float],
        role: str = "axis",
        width: float = STROKE.axis * 0.8,
        *,
        faded: bool = True,
        seen: Collection[int] | None = None,
    ) -> None:
        shade = look.theme.blend(role, 1.0 if faded else 0.0)
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(line(look, role=role, width=width, color=shade))
        self.look, self.role, self.backdrop = look, role, True
        self.plots = tuple(plots)
        self.seen = range(len(self.plots)) if seen is None else seen
        windows = [plot.window for plot in plots]
        whole = Window(
            min(window.left for window in windows),
            max(window.right for window in windows),
            min(window.bottom for window in windows),
            max(window.top for window in windows),
        )
        unit = max(plot.inner.width / (plot.window.right - plot.window.left) for plot in plots)
        self.chains = _all_chains(function, whole, levels, SPACING / unit)
        pieces = [
            np.stack([chain[:-1], chain[1:]], axis=1)
            for chains in self.chains.values()
            for chain in chains
        ]
        self.segments = np.concatenate(pieces) if pieces else np.zeros((0, 2, 2))
        self.show(0.0)

    def show(self, position: float) -> None:
        """Draw the lines between two plots, the position counting plots from 0."""
        last = len(self.plots) - 1
        index = min(int(max(position, 0.0)), max(last - 1, 0))
        part = min(max(position - index, 0.0), 1.0) if last else 0.0
        first, other = self.plots[index], self.plots[min(index + 1, last)]
        corner = [_mix(a, b, part) for a, b in zip(_affine(first), _affine(other), strict=True)]
        scale, shift = np.array(corner[:2]), np.array(corner[2:4])
        low, high = np.array(corner[4:6]), np.array(corner[6:8])
        cut = _clipped(self.segments * scale + shift, low, high)
        there = _mix(float(index in self.seen), float(min(index + 1, last) in self.seen), part)
        # What is not there at all has no outline either.
        self.points = straight(cut[:, 0], cut[:, 1]) if there else np.zeros((0, 3))
        if len(self.seen) < len(self.plots):
            self.set_stroke(opacity=there)

    def drawn(self) -> Points:
        """Return points (n, 2) close together along the lines as they are drawn now, in units."""
        ends: Points = self.points[::4, :2]
        return ends

    def values(
        self,
        clear: Obstacles,
        most: int = 2,
        across: float = 0.55,
        *,
        named: bool = False,
        view: int = 0,
        upper: bool = True,
    ) -> list[Lettering]:
        """Return values for some lines of a plot, the highest last: that one has a name.

        Parameters
        ----------
        clear
            What they keep clear of; they are added to it.
        most
            How many lines get one at most.
        across
            About where, from 0 at its left edge to 1 at its right one.
        named
            Whether the others have a name, too.
        view
            Which of the plots.
        upper
            Whether they stand on the upper halves of the lines; on the lower ones if none has room.
        """
        plot, out = self.plots[view], list[Lettering]()
        scale, shift = np.split(np.array(_affine(plot)[:4]), 2)
        drawn = {
            level: np.concatenate(chains) * scale + shift
            for level, chains in self.chains.items()
            if chains
        }
        flat = {
            level: np.concatenate([_is_flat(chain * scale) for chain in self.chains[level]])
            for level in drawn
        }
        inner = plot.inner
        column = inner.left + across * inner.width
        for level in sorted(drawn, reverse=True):
            name = "f = " if named or not out else ""
            label = self.look.math(f"{name}{figure(number(level))}", TYPE.tick, "muted")
            box = label.place(0.0, 0.0, "center", "middle").box
            others = clear.copy()
            for other, points in drawn.items():
                if other != level:
                    others.add_dots(points)
            flank = ((drawn[level][:, 1] > inner.center[1]) == upper) & flat[level]
            own, rest = drawn[level][flank], drawn[level][~flank]
            aside = np.abs(own[:, 0] - column)
            near = own[np.argsort(aside)[: int((aside < 0.2 * inner.width).sum())]][::4]
            for placed in out:
                others.add_box(placed.box.inset(*[-APART] * 4))
            boxes = [_moved(box, spot) for spot in near]
            # On its own line it covers a piece of a flank, never the vertex.
            free = [
                inner.contains(there) and not others.trouble(there) and not _any_in(there, rest)
                for there in boxes
            ]
            spot = near[free.index(True)] if True in free else None
            if spot is not None:
                out.append(label.place(spot[0], spot[1], "center", "middle"))
                clear.add(label)
            if len(out) == most:
                break
        if upper and not out:
            return self.values(clear, most, across, named=named, view=view, upper=False)
        return out[::-1]


def _is_flat(points: Points) -> NDArray[np.bool_]:
    """Return for each point of a polyline (n, 2) whether it rises little there."""
    along = np.abs(np.diff(points, axis=0, append=points[-2:][:1]))
    flat: NDArray[np.bool_] = along[:, 1] <= FLAT * along[:, 0]
    return flat


def _any_in(box: Region, points: Points) -> bool:
    """Whether a point lies in a box or close to it."""
    near = box.inset(*[-COVERED] * 4)
    low, high = (near.left, near.bottom), (near.right, near.top)
    return bool(((points > low) & (points < high)).all(axis=1).any())


def _moved(box: Region, by: Points) -> Region:
    x, y = float(by[0]), float(by[1])
    return box.inset(x, y, -x, -y)


def _mix(first: float, last: float, part: float) -> float:
    return first + (last - first) * part


def _affine(plot: Plot) -> tuple[float, ...]:
    """Return the scale, the shift and the corners of a plot: what `at` does, in six numbers."""
    zero, one = plot.at(0.0, 0.0), plot.at(1.0, 1.0)
    inner = plot.inner
    return (*(one - zero), *zero, inner.left, inner.bottom, inner.right, inner.top)


def _clipped(segments: NDArray[np.float64], low: Points, high: Points) -> NDArray[np.float64]:
    """Return the parts of segments (n, 2, 2) inside a rectangle (Liang and Barsky, 1984)."""
    first, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - first) / along, (high - first) / along
    inside = (first >= low) & (first <= high)
    enter = np.where(along == 0, np.where(inside, 0.0, np.inf), np.minimum(one, other)).max(axis=1)
    leave = np.where(along == 0, np.where(inside, 1.0, -np.inf), np.maximum(one, other)).min(axis=1)
    kept = np.maximum(enter, 0.0) < np.minimum(leave, 1.0)
    first, along, last = first[kept], along[kept], segments[kept, 1]
    enter, leave = np.maximum(enter[kept], 0.0), np.minimum(leave[kept], 1.0)
    start = first + along * enter[:, None]
    # What is not cut keeps its end to the last bit, so that neighbours join.
    end = np.where(leave[:, None] >= 1.0, last, first + along * leave[:, None])
    pieces: NDArray[np.float64] = np.stack([start, end], axis=1)
    return pieces


def _all_chains(
    function: object, window: Window, levels: Sequence[float], spacing: float
) -> dict[float, list[Points]]:
    columns = min(MOST_SAMPLES, max(40, math.ceil((window.right - window.left) / spacing)))
    rows = min(MOST_SAMPLES, max(40, math.ceil((window.top - window.bottom) / spacing)))
    across, up = grid(window, columns, rows)
    values = sampled(function, across, up)
    return {level: level_lines(function, across, up, values, level) for level in levels}
