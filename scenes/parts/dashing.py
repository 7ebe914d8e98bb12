"""Dashed polylines, and the patterns by which runs differ beside their colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from scenes.parts.strokes import Points

PATTERNS: tuple[tuple[float, ...], ...] = (
    (),
    (0.26, 0.09),
    (0.05, 0.07),
    (0.26, 0.08, 0.05, 0.08),
    (0.12, 0.08),
    (0.5, 0.1),
)
"""Lengths of dash and gap by turns, in units; the first is solid."""


def dashed(polylines: Iterable[Points], pattern: Sequence[float]) -> list[Points]:
    """Return the dashes of polylines, each (n, 2); their places depend on what lies before only.

    So a line that grows at its end keeps the dashes that it has.

    Examples
    --------
    >>> [piece[:, 0].tolist() for piece in dashed([np.array([[0, 0], [3, 0]])], (1, 0.5))]
    [[0.0, 1.0], [1.5, 2.5]]
    """
    lines = [np.asarray(points, dtype=float) for points in polylines]
    if not pattern:
        return lines
    return [piece for points in lines if len(points) > 1 for piece in _dashes(points, pattern)]


def _dashes(points: Points, pattern: Sequence[float]) -> list[Points]:
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    ends = np.cumsum(pattern)
    turns = np.arange(int(along[-1] / ends[-1]) + 1) * ends[-1]
    out: list[Points] = []
    for turn in turns:
        for index in range(0, len(pattern), 2):
            start = turn + (ends[index - 1] if index else 0.0)
            end = min(turn + ends[index], along[-1])
            if start >= along[-1]:
                break
            first, last = np.searchsorted(along, [start, end], side="right")
            tips = [
                [np.interp(place, along, points[:, axis]) for axis in (0, 1)]
                for place in (start, end)
            ]
            out.append(np.vstack([tips[0], points[first : max(last, first)], tips[1]]))
    return out
