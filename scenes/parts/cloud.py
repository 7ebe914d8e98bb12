"""Points that are counted in many boxes, one after the other."""

from __future__ import annotations

import numpy as np

from scenes.layout import Region
from scenes.parts.strokes import Points

FEW = 8
"""So many pieces are looked at one by one before they are sorted in with the others."""


class Cloud:
    """Points (n, 2) that come in pieces, in the order of their x as soon as there are many.

    Examples
    --------
    >>> cloud = Cloud()
    >>> cloud.add(np.array([(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]))
    >>> cloud.inside(Region(-1, -1, 3, 0.5)), cloud.inside(Region(0, 0, 2, 2))
    (2, 1)
    """

    def __init__(self) -> None:
        self._new: list[Points] = []
        self._sorted: Points = np.zeros((0, 2))

    def copy(self) -> Cloud:
        """Return the same points; what is sorted of them is shared."""
        if len(self._new) > FEW:
            self._sort()
        out = Cloud()
        out._new, out._sorted = list(self._new), self._sorted
        return out

    def add(self, points: Points) -> None:
        """Add points (n, 2)."""
        self._new.append(points)

    def inside(self, box: Region) -> int:
        """Return how many points lie within a box, not on its edges."""
        if len(self._new) > FEW:
            self._sort()
        x, y = self._sorted.T
        first, end = x.searchsorted(box.left, "right"), x.searchsorted(box.right, "left")
        level = y[first:end]
        count = int(np.count_nonzero((level > box.bottom) & (level < box.top)))
        for points in self._new:
            x, y = points.T
            among = (x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top)
            count += int(np.count_nonzero(among))
        return count

    def _sort(self) -> None:
        points = np.concatenate([self._sorted, *self._new])
        self._sorted, self._new = points[np.argsort(points[:, 0])], []
