"""Contour lines of a function of two variables: lines on which it has one value."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, line
from scenes.parts.window import Window
from scenes.theme import STROKE

SPACING = 0.025
"""How far apart the samples are, in units: three pixels at 1080p. The places between them where a
line passes are found by bisection, so that lines are smooth however they are magnified."""

MOST_SAMPLES = 900
"""The most samples along one side."""


def geometric_levels(
    function: object, window: Window, floor: float, most: int = 9, reach: float = 0.98
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
    across, up = _grid(window, 120, 80)
    above = _values(function, across, up) - floor
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
    """

    def __init__(
        self,
        look: Look,
        function: object,
        plots: Sequence[Plot],
        levels: Sequence[float],
        role: str = "axis",
        width: float = STROKE.axis * 0.8,
    ) -> None:
        shade = look.theme.blend(role, 1.0)
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(line(look, role=role, width=width, color=shade))
        self.role, self.backdrop = role, True
        self.plots = tuple(plots)
        windows = [plot.window for plot in plots]
        whole = Window(
            min(window.left for window in windows),
            max(window.right for window in windows),
            min(window.bottom for window in windows),
            max(window.top for window in windows),
        )
        unit = max(plot.inner.width / (plot.window.right - plot.window.left) for plot in plots)
        self.segments = _all_segments(function, whole, levels, SPACING / unit)
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
        self.points = _curves(_clipped(self.segments * scale + shift, low, high))


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


def _curves(segments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return segments (n, 2, 2) as straight cubic curves (4n, 3)."""
    out = np.zeros((len(segments), 4, 3))
    along = segments[:, 1] - segments[:, 0]
    for index, part in enumerate((0.0, 1 / 3, 2 / 3)):
        out[:, index, :2] = segments[:, 0] + along * part
    out[:, 3, :2] = segments[:, 1]
    return out.reshape(-1, 3)


def _all_segments(
    function: object, window: Window, levels: Sequence[float], spacing: float
) -> NDArray[np.float64]:
    columns = min(MOST_SAMPLES, max(40, math.ceil((window.right - window.left) / spacing)))
    rows = min(MOST_SAMPLES, max(40, math.ceil((window.top - window.bottom) / spacing)))
    across, up = _grid(window, columns, rows)
    values = _values(function, across, up)
    pieces = [
        np.stack([chain[:-1], chain[1:]], axis=1)
        for level in levels
        for chain in level_lines(function, across, up, values, level)
    ]
    return np.concatenate(pieces) if pieces else np.zeros((0, 2, 2))


def _grid(
    window: Window, columns: int, rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    across, up = np.meshgrid(
        np.linspace(window.left, window.right, columns + 1),
        np.linspace(window.bottom, window.top, rows + 1),
    )
    return across, up


def _values(
    function: object, across: NDArray[np.float64], up: NDArray[np.float64]
) -> NDArray[np.float64]:
    found = function.values(across, up)  # type: ignore[attr-defined]
    return np.broadcast_to(np.asarray(found, dtype=np.float64), across.shape)


# -- marching squares ----------------------------------------------------------------------------


def level_lines(
    function: object,
    across: NDArray[np.float64],
    up: NDArray[np.float64],
    values: NDArray[np.float64],
    level: float,
) -> list[Points]:
    """Return the polylines on which a function has one value, in data units.

    Marching squares (Lorensen and Cline, 1987, in the plane): where the function passes the level
    between two neighbouring samples there is a corner of a line, and each cell joins its corners.

    Parameters
    ----------
    function
        With vectorised `values` of two arrays.
    across, up, values
        Coordinates and values at the samples, all (rows, columns).
    level
        The value.
    """
    high = values > level
    finite = np.isfinite(values)
    rows, columns = values.shape
    # Edges between neighbours in a row come first, then those between neighbours in a column.
    flat = [(high[:, 1:] != high[:, :-1]) & finite[:, 1:] & finite[:, :-1]]
    flat += [(high[1:] != high[:-1]) & finite[1:] & finite[:-1]]
    number = np.full(flat[0].size + flat[1].size, -1)
    passed = np.flatnonzero(np.concatenate([edges.ravel() for edges in flat]))
    nodes = np.arange(rows * columns).reshape(rows, columns)
    starts = np.concatenate([nodes[:, :-1].ravel(), nodes[:-1].ravel()])[passed]
    ends = np.concatenate([nodes[:, 1:].ravel(), nodes[1:].ravel()])[passed]
    places, sound = _crossings(function, across.ravel(), up.ravel(), starts, ends, level)
    number[passed[sound]] = np.flatnonzero(sound)
    row_edges = number[: flat[0].size].reshape(rows, columns - 1)
    column_edges = number[flat[0].size :].reshape(rows - 1, columns)
    cells = np.stack(
        [row_edges[:-1], column_edges[:, 1:], row_edges[1:], column_edges[:, :-1]], axis=-1
    ).reshape(-1, 4)
    count = (cells >= 0).sum(axis=1)
    simple = cells[count == 2]
    pairs = [simple[simple >= 0].reshape(-1, 2)]
    crowded = np.flatnonzero(count == 4)
    if len(crowded):
        # A saddle: the middle tells which corners belong together.
        lower_left = high[:-1, :-1].ravel()[crowded]
        corners = [values[:-1, :-1], values[:-1, 1:], values[1:, :-1], values[1:, 1:]]
        middle = (sum(corner.ravel()[crowded] for corner in corners) / 4 > level) == lower_left
        joined = cells[crowded]
        pairs += [joined[middle][:, :2], joined[middle][:, 2:]]
        pairs += [joined[~middle][:, [0, 3]], joined[~middle][:, 1:3]]
    return [places[chain] for chain in _chains(np.concatenate(pairs))]


def _crossings(
    function: object,
    across: NDArray[np.float64],
    up: NDArray[np.float64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    level: float,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return where edges pass the level, by bisection, and whether they really do: a pole leaps."""
    first = np.column_stack([across[starts], up[starts]])
    along = np.column_stack([across[ends], up[ends]]) - first

    def above(part: NDArray[np.float64]) -> NDArray[np.float64]:
        here = first + along * part[:, None]
        return _values(function, here[:, 0], here[:, 1]) - level

    low, high = np.zeros(len(first)), np.ones(len(first))
    begins, finishes = above(low), above(high)
    rising = begins < 0
    for _ in range(30):
        middle = (low + high) / 2
        before = (above(middle) < 0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    size = np.maximum(np.abs(begins), np.abs(finishes))
    rest = np.abs(above((low + high) / 2))
    return first + along * ((low + high) / 2)[:, None], rest <= 1e-3 * size + 1e-12


def _chains(pairs: NDArray[np.int64]) -> list[list[int]]:
    """Return the chains that pairs of neighbours make; a closed one ends where it begins."""
    neighbours: dict[int, list[int]] = {}
    for one, other in pairs.tolist():
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    # Open chains are followed from an end; what is left after them is closed.
    order = sorted(neighbours, key=lambda node: len(neighbours[node]))
    chains: list[list[int]] = []
    for start in order:
        while neighbours[start]:
            chain = [start]
            while neighbours[chain[-1]]:
                here = chain[-1]
                there = neighbours[here].pop()
                neighbours[there].remove(here)
                chain.append(there)
            chains.append(chain)
    return chains
