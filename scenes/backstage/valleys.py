"""The valleys of a function, and from which starts runs end in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import Trace, theory
from gdcore.stationary import LARGEST_DEGREE
from scenes.parts.basins import Band
from scenes.parts.window import leading
from scenes.words import is_close

STARTS = 121
"""So many starts are tried along the axis."""

LONG = 1000
"""Steps after which a run that has not settled is taken as one that does not."""

CLOSE = 1e-4
"""A run has settled when its last two points are this near to a minimum, in parts of the width."""

FEW = 3
"""More borders than this are not named."""

FAR_OUT = 1e6
"""A polynomial's stationary points are looked for up to here."""

HUES = ("series_1", "series_5", "series_4", "series_2", "series_3", "series_6", "series_7")
"""The colours of the minima, in the order in which runs reach them."""

NOWHERE = "series_8"
"""The colour of a run that settles in no minimum."""


@dataclass(frozen=True)
class Landscape:
    """The stationary points of a function on a stretch of its axis.

    Attributes
    ----------
    objective, low, high
        The function of one variable, and the stretch.
    points
        Its stationary points there.
    whole
        Whether it certainly has no others.
    """

    objective: Any
    low: float
    high: float
    points: tuple[theory.StationaryPoint, ...]
    whole: bool

    @classmethod
    def of(cls, objective: Any, low: float, high: float) -> Landscape:
        """Return the landscape of a function on a stretch."""
        points = theory.stationary_points(objective, low, high)
        whole = is_solved(objective) and len(points) == len(
            theory.stationary_points(objective, -FAR_OUT, FAR_OUT)
        )
        return cls(objective, low, high, points, whole)

    @property
    def minima(self) -> tuple[theory.StationaryPoint, ...]:
        """The minima, from left to right."""
        return tuple(point for point in self.points if point.kind is theory.Kind.MINIMUM)

    def hill(self, one: float, other: float) -> theory.StationaryPoint | None:
        """Return a maximum between two places, or None."""
        ends = sorted((one, other))
        return next(
            (
                point
                for point in self.points
                if point.kind is theory.Kind.MAXIMUM and ends[0] < point.x < ends[1]
            ),
            None,
        )

    def called(self, x: float) -> str:
        """Return what is written before the x of a border: what it is, if it is a hilltop."""
        hills = (point.x for point in self.points if point.kind is theory.Kind.MAXIMUM)
        return "hilltop " if x in hills else ""

    def settled(self, trace: Trace) -> theory.StationaryPoint | None:
        """Return the minimum at which a run has come to rest, or None."""
        near = CLOSE * (self.high - self.low)
        ends = [point[0] for point in trace.points[-2:]]
        return next(
            (point for point in self.minima if all(abs(x - point.x) <= near for x in ends)), None
        )

    def valley(self, x: float) -> float | None:
        """Return the x of the minimum in whose valley a place lies, or None."""
        if not self.low <= x <= self.high:
            return None
        found = theory.minimum_near(self.objective, x, self.low, self.high)
        return None if found is None else found.x

    def name(self, minimum: theory.StationaryPoint) -> str:
        """Return what a minimum is: local, global, or the only or lowest one shown."""
        lowest = min(point.value for point in self.minima)
        if minimum.value > lowest and not is_close(minimum.value, lowest):
            return "local minimum"
        ends = self.points[0].kind, self.points[-1].kind
        closed = ends == (theory.Kind.MINIMUM, theory.Kind.MINIMUM)
        if self.whole and closed:
            return "global minimum"
        return "only minimum shown" if len(self.minima) == 1 else "lowest minimum shown"


def framed(trace: Trace) -> list[float]:
    """Return the iterates that the window is to show: of a run that blows up, the first ones."""
    xs = [point[0] for point in trace.points]
    return leading(xs) if trace.stop.blew_up else xs


def is_solved(objective: Any) -> bool:
    """Whether theory finds all stationary points of a function: it solves such polynomials."""
    expression = getattr(objective, "expression", None)
    polynomial = None if expression is None else expression.as_poly(*expression.free_symbols)
    if polynomial is None or polynomial.total_degree() > LARGEST_DEGREE:
        return False
    return bool(polynomial.domain.is_ZZ or polynomial.domain.is_QQ)


def bands(
    landscape: Landscape,
    run: Callable[[float], Trace],
    hues: dict[float, str],
    starts: int = STARTS,
) -> list[Band]:
    """Return the stretches of starts from which runs settle in one minimum.

    Starts are tried at equal distances; where two neighbours part company, the border between them
    is narrowed down.

    Parameters
    ----------
    landscape
        The minima and the stretch.
    run
        Makes the run from a start.
    hues
        The colours of the minima by their x; new ones are given to those that are reached.
    starts
        How many are tried.
    """

    def end(x: float) -> float | None:
        found = landscape.settled(run(x))
        return None if found is None else found.x

    width = landscape.high - landscape.low
    tried = [landscape.low + width * n / (starts - 1) for n in range(starts)]
    ends = [end(x) for x in tried]
    borders = [landscape.low]
    kept = [ends[0]]
    for (x, there), (next_x, next_there) in itertools.pairwise(zip(tried, ends, strict=True)):
        if there == next_there:
            continue
        left, right = x, next_x
        for _ in range(12):
            middle = (left + right) / 2
            left, right = (middle, right) if end(middle) == there else (left, middle)
        borders.append((left + right) / 2)
        kept.append(next_there)
    borders.append(landscape.high)
    out = []
    for (left, right), place in zip(itertools.pairwise(borders), kept, strict=True):
        if place is not None:
            role = hue(hues, place)
            out.append(Band(left, right, place, role, list(hues).index(place)))
    return out


def borders(found: Sequence[Band], landscape: Landscape) -> list[tuple[float, float]]:
    """Return x and f of the places where one band ends and the next one starts, if they are few.

    A border at a hilltop is the hilltop: it is known to more digits than the search gives.
    """
    near = CLOSE * (landscape.high - landscape.low)
    hills = [point.x for point in landscape.points if point.kind is theory.Kind.MAXIMUM]
    out = []
    for band, after in itertools.pairwise(found):
        # A run that starts on the hilltop itself may stay there: no band, and next to no gap.
        if after.left - band.right <= near:
            x = next((hill for hill in hills if abs(hill - band.right) <= near), band.right)
            out.append((x, landscape.objective.value((x,))))
    return out if len(out) <= FEW else []


def hue(hues: dict[float, str], place: float | None) -> str:
    """Return the colour of a minimum, a new one where it has none yet."""
    if place is None:
        return NOWHERE
    return hues.setdefault(place, HUES[len(hues) % len(HUES)])


def are_near(landscape: Landscape, starts: Sequence[float]) -> bool:
    """Whether two starts are so close to each other that a lens is needed to tell them apart."""
    return abs(starts[0] - starts[1]) < 0.06 * (landscape.high - landscape.low)
