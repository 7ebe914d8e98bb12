"""Marching squares: the lines on which a function of two variables has one value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.parts.strokes import Points
from scenes.parts.window import Window


def grid(
    window: Window, columns: int, rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of evenly spaced samples, all (rows + 1, columns + 1)."""
    across, up = np.meshgrid(
        np.linspace(window.left, window.right, columns + 1),
        np.linspace(window.bottom, window.top, rows + 1),
    )
    return across, up


def sampled(
    function: object, across: NDArray[np.float64], up: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a function's values at samples."""
    found = function.values(across, up)  # type: ignore[attr-defined]
    return np.broadcast_to(np.asarray(found, dtype=np.float64), across.shape)


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
        return sampled(function, here[:, 0], here[:, 1]) - level

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
