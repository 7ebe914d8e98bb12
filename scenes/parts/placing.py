"""Labels that find a free place: no letter on a curve, none on another letter."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.parts.cloud import Cloud
from scenes.parts.lettering import Lettering
from scenes.parts.strokes import Points

GAPS = 0.16, 0.26, 0.4, 0.6, 0.85, 1.2, 1.6
"""From a place to a label beside it, in units, the best first."""

AIR = 0.1
"""Free space round a label, in units."""

DIRECTIONS = {
    "right": (1, 0),
    "left": (-1, 0),
    "above": (0, 1),
    "below": (0, -1),
    "above right": (0.75, 0.75),
    "above left": (-0.75, 0.75),
    "below right": (0.75, -0.75),
    "below left": (-0.75, -0.75),
}


class Obstacles:
    """What labels must keep clear of, by `air` units: strokes as dense points, letters as boxes."""

    def __init__(self, within: Region, air: float = AIR) -> None:
        self.within, self.air = within, air
        self._points, self._faint = Cloud(), Cloud()
        self._boxes: list[Region] = []

    def copy(self) -> Obstacles:
        """Return the same obstacles, to try something out."""
        out = Obstacles(self.within, self.air)
        out._points, out._faint = self._points.copy(), self._faint.copy()
        out._boxes = list(self._boxes)
        return out

    def add(self, *mobjects: Mobject) -> None:
        """Add mobjects as they stand now: type as boxes, all else by its outline."""
        for mobject in mobjects:
            if isinstance(mobject, Lettering):
                self._boxes.append(mobject.box)
                continue
            if len(mobject.points):
                self._points.add(outline_of(mobject))
            self.add(*mobject.submobjects)

    def add_points(self, points: ArrayLike) -> None:
        """Add a polyline (n, 2)."""
        self._points.add(dense(np.asarray(points, dtype=float)))

    def add_dots(self, points: ArrayLike) -> None:
        """Add points (n, 2) that no line joins."""
        self._points.add(np.asarray(points, dtype=float).reshape(-1, 2))

    def add_faint(self, points: ArrayLike) -> None:
        """Add points (n, 2) of quiet lines: a label avoids them, but not at the cost of others."""
        self._faint.add(np.asarray(points, dtype=float).reshape(-1, 2))

    def add_box(self, box: Region) -> None:
        """Add a rectangle."""
        self._boxes.append(box)

    def add_spot(self, spot: Points, aside: float, up: float | None = None) -> None:
        """Add the surroundings of a point (2,), so far to its sides and, if told, up and down."""
        (x, y), up = spot, aside if up is None else up
        self.add_box(Region(x - aside, y - up, x + aside, y + up))

    def crossed(self, points: ArrayLike, slack: float = AIR / 2) -> int:
        """Return how many letterings and boxes a polyline (n, 2) comes nearer to than `slack`."""
        along = dense(np.asarray(points, dtype=float))
        return sum(
            bool(
                (
                    (along[:, 0] > box.left - slack)
                    & (along[:, 0] < box.right + slack)
                    & (along[:, 1] > box.bottom - slack)
                    & (along[:, 1] < box.top + slack)
                ).any()
            )
            for box in self._boxes
        )

    def trouble(self, box: Region) -> float:
        """Return how badly a label in this box would collide: 0 is free."""
        inflated = _inflated(box, self.air)
        score = float(self._points.inside(inflated))
        for other in self._boxes:
            if inflated.meets(other):
                wide = min(inflated.right, other.right) - max(inflated.left, other.left)
                tall = min(inflated.top, other.top) - max(inflated.bottom, other.bottom)
                score += 20 + 100 * wide * tall
        outside = (
            max(0.0, self.within.left - box.left)
            + max(0.0, box.right - self.within.right)
            + max(0.0, self.within.bottom - box.bottom)
            + max(0.0, box.top - self.within.top)
        )
        return score + 500 * outside

    def unrest(self, box: Region) -> float:
        """Return how much of quiet lines a label in this box would cover: 0 to less than 1.

        A line that meets only an edge of the label looks worse than one that passes behind it.
        """
        around, core = (
            _inflated(box, AIR),
            box.inset(-AIR, 0.25 * box.height, -AIR, 0.25 * box.height),
        )
        covered = 4 * self._faint.inside(around) - 3 * self._faint.inside(core)
        return covered / (covered + 50.0)


def place_near(
    label: Lettering,
    anchors: ArrayLike,
    obstacles: Obstacles,
    prefer: Sequence[str] = ("right", "above right", "below right", "above", "left"),
    gaps: Sequence[float] = GAPS,
    *,
    only: bool = False,
) -> Lettering:
    """Put a label beside a point, in the first preferred direction that is free.

    Near places are tried in every direction before farther ones; when nothing is free the least
    crowded place is taken, and `label.is_free` is false. The label then is an obstacle to the
    next one.

    Parameters
    ----------
    label
        What is placed.
    anchors
        The point (2,), or several (n, 2) that will do as well, the best first.
    obstacles
        What is in the way.
    prefer
        Names from `DIRECTIONS`, the best first; the others come after them.
    gaps
        Distances between point and label, in units.
    only
        Try no other directions than those.
    """
    points = np.asarray(anchors, dtype=float).reshape(-1, np.asarray(anchors).shape[-1])[:, :2]
    others = () if only else (name for name in DIRECTIONS if name not in prefer)
    order = [*prefer, *others]
    box = label.place(0.0, 0.0).box
    best, spot = np.inf, (0.0, 0.0)
    for gap in gaps:
        for point in points:
            for name in order:
                left, bottom = _beside(point, box, np.array(DIRECTIONS[name]), gap)
                there = Region(left, bottom, left + box.width, bottom + box.height)
                trouble = obstacles.trouble(there)
                if trouble < best:
                    trouble += obstacles.unrest(there)
                if trouble < best:
                    best, spot = trouble, (left - box.left, bottom - box.bottom)
                if best == 0:
                    break
            if best == 0:
                break
        if best == 0:
            break
    label.place(*spot)
    label.is_free = best < 1
    obstacles.add(label)
    return label


def place_along(
    label: Lettering,
    start: ArrayLike,
    end: ArrayLike,
    obstacles: Obstacles,
    prefer: Sequence[str] = ("above", "below"),
) -> Lettering:
    """Put a label at a line from start to end: at its middle, or where else it is free."""
    first, last = np.asarray(start, dtype=float)[:2], np.asarray(end, dtype=float)[:2]
    parts = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
    return place_near(label, [first + (last - first) * part for part in parts], obstacles, prefer)


def _inflated(box: Region, air: float) -> Region:
    return box.inset(-air, -air * 0.7, -air, -air * 0.7)


def _beside(point: Points, box: Region, side: Points, gap: float) -> tuple[float, float]:
    """Return the left and bottom of a box that stands beside a point."""
    reach = np.array([box.width / 2 + gap, box.height / 2 + gap])
    middle = point + np.sign(side) * reach * (1 if 0 in side else 0.9)
    return float(middle[0] - box.width / 2), float(middle[1] - box.height / 2)


def outline_of(mobject: Mobject) -> Points:
    """Return the outline of a mobject as dense points (n, 2): none between two dashes."""
    ends = mobject.points[:, :2].reshape(-1, 4, 2)[:, [0, 3]]
    return np.concatenate([dense(pair) for pair in ends])


def dense(points: Points, spacing: float = 0.04) -> Points:
    """Return a polyline with points no farther apart than `spacing`."""
    if len(points) < 2:
        return points.reshape(-1, 2)
    out = [points[:1]]
    for first, last in itertools.pairwise(points):
        count = max(1, int(np.ceil(np.hypot(*(last - first)) / spacing)))
        out.append(first + (last - first) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(out)
