"""The three zones of the learning rate on a parabola, or near a minimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gdcore import theory
from scenes.backstage.lineup import valley_of
from scenes.parameters import EXAMPLE_RATES, Kind, rates

NAMES = ("same side", "alternating", "diverging")
"""What the zones are called, in their order."""

SHARES = (0.2, 0.9, 1.8, 2.1)
"""Rates that are shown unless others are asked for, in parts of 1/L, rounded."""

COBWEBS = (0.2, 1.0, 1.8, 2.0, 2.1)
"""The same where the borders are shown too."""

EDGE = 3.0
"""The largest rate that is shown, in parts of 1/L: as far beyond 2/L as that is beyond 1/L."""

MOST = 6
"""Sample rates that find room."""


def _samples(value: Any) -> Any:
    return value if value == "auto" else rates(1, MOST).check(value)


SAMPLES = Kind(f"auto, or 1 to {MOST} positive numbers, as in {', '.join(EXAMPLE_RATES)}", _samples)
"""The kind of a list of sample rates."""


@dataclass(frozen=True)
class Zones:
    """What the curvature at a minimum says of learning rates.

    Attributes
    ----------
    objective
        The function of one variable.
    minimum
        The x of the minimum in whose valley the start lies, or None.
    bend
        L, the curvature there; 1 where there is none, so that rates are in parts of 1/L.
    known
        Whether there is such a curvature.
    """

    objective: Any
    minimum: float | None
    bend: float
    known: bool

    @classmethod
    def of(cls, objective: Any, start: float) -> Zones:
        """Return the zones at the minimum in whose valley a start lies."""
        minimum = valley_of(objective, start)
        bend = math.nan if minimum is None else theory.curvature(objective, (minimum,))
        known = bool(math.isfinite(bend) and bend > 0 and math.isfinite(EDGE / bend))
        return cls(objective, minimum, bend if known else 1.0, known)

    def at(self, share: float) -> float:
        """Return a rate that is so many parts of 1/L."""
        return share / self.bend

    def samples(self, asked: Any, shares: Sequence[float] = SHARES) -> tuple[float, ...]:
        """Return the rates to show: those asked for, or such parts of 1/L, rounded.

        Where there is no L, the rates are those of f(x) = x².
        """
        if asked != "auto":
            return tuple(sorted(set(asked)))
        bend = self.bend if self.known else 2.0
        # Rounded to two digits, a rate just beyond 2/L might be half as far again beyond it.
        digits = [3 if share >= 2 else 2 for share in shares]
        pairs = zip(shares, digits, strict=True)
        return tuple(float(f"{share / bend:.{kept}g}") for share, kept in pairs)

    def factor(self, rate: float) -> float:
        """Return what a step multiplies the distance to the minimum by."""
        assert self.minimum is not None
        return theory.contraction_factor(self.objective, (self.minimum,), rate)

    def zone(self, rate: float) -> int:
        """Return the zone of a rate: 0, 1 or 2; the two borders belong to none, -1."""
        share = rate * self.bend
        if any(math.isclose(share, border, rel_tol=1e-9) for border in (1.0, 2.0)):
            return -1
        return int(min(share, EDGE - 0.5))
