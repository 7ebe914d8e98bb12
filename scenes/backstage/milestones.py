"""The steps of a long run that are worth telling, found in its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gdcore import StopReason, Trace, theory
from scenes.telling import Contraction, up_or_down
from scenes.words import about, count, equals, is_close

Words = tuple[str, dict[str, Any]]
"""A caption's template, and its fields."""

Kind = Literal["ten", "half", "hundred", "percent", "short", "last"]

ORDER: tuple[Kind, ...] = ("last", "percent", "short", "half", "hundred", "ten")
"""Where two fall on one step, the first of them is told."""

DIGITS: dict[Kind, int] = {"percent": 2, "last": 3}
"""Significant digits in which x is told where the minimum is 0; four elsewhere."""

STILLS: dict[Kind, str] = {
    "ten": "ten-steps",
    "half": "halved",
    "hundred": "hundred-steps",
    "percent": "one-percent",
    "short": "too-short-to-see",
    "last": "last-step",
}
"""What the pictures are called."""


@dataclass(frozen=True)
class Moment:
    """A step that is told: after `n` steps something is true for the first time."""

    n: int
    kind: Kind
    digits: int = 4
    """Significant digits in which its x is told."""
    plain: bool = False
    """Whether its x is told without a power of ten."""

    @property
    def still(self) -> str:
        """What the picture of the moment is called."""
        return STILLS[self.kind]


def moments(trace: Trace, valley: float | None, too_short: float) -> tuple[Moment, ...]:
    """Return what is told of a run after its first step, in order.

    Parameters
    ----------
    trace
        A run of one variable.
    valley
        The x of the minimum that it is about, or None.
    too_short
        Steps shorter than this are too short to see.
    """
    last = len(trace.steps)
    found: dict[Kind, int | None] = {"ten": 10, "hundred": 100, "last": last}
    if valley is not None:
        found["half"] = theory.steps_to(trace, valley, 0.5)
        found["percent"] = theory.steps_to(trace, valley, 0.01)
    short = next((step for step in trace.steps if abs(step.delta[0]) < too_short), None)
    # The first step that is so short is the one that leads to point n.
    found["short"] = short.index + 1 if short else None
    if all(step.delta[0] == 0 for step in trace.steps):
        found = {"last": last}
    told: dict[int, Kind] = {}
    for kind in ORDER:
        n = found.get(kind)
        if n is not None and 1 < n <= last:
            told.setdefault(n, kind)
    digits = DIGITS if valley == 0 else {}
    # What is small is told with all its zeros, as long as they can be counted.
    plain = valley == 0 and 1e-9 < abs(trace.points[last][0]) < 1
    out = [
        Moment(n, told[n], digits.get(told[n], 4), plain and told[n] == "last")
        for n in sorted(told)
    ]
    kinds = [moment.kind for moment in out]
    if "ten" in kinds and "half" in kinds and abs(kinds.index("ten") - kinds.index("half")) > 1:
        out = [moment for moment in out if moment.kind != "ten"]
    return tuple(out)


def together(told: Sequence[Moment]) -> tuple[tuple[Moment, ...], ...]:
    """Return the moments by beat: the tenth step goes with the halfway point that follows it."""
    if len(told) > 2 and {told[0].kind, told[1].kind} == {"ten", "half"}:
        return (tuple(told[:2]), *((moment,) for moment in told[2:]))
    return tuple((moment,) for moment in told)


def left_over(trace: Trace, valley: float, n: int) -> float:
    """Return how many percent of the start's distance to the minimum are left after n steps."""
    whole = abs(trace.points[0][0] - valley)
    return 100 * abs(trace.points[n][0] - valley) / whole if whole else 0.0


# -- what may be said ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """What is true of a run after so many steps.

    Attributes
    ----------
    trace
        A run of one variable.
    valley
        The x of the minimum that it is about, or None.
    too_short
        Steps shorter than this are too short to see.
    """

    trace: Trace
    valley: float | None
    too_short: float

    def words(self, moment: Moment) -> tuple[str, dict[str, Any], str]:
        """Return the caption of a moment, and one for long numbers or nothing."""
        n = moment.n
        fields = {
            "n": n,
            "steps": count(n, "step"),
            "x": self.trace.points[n][0],
            "first": self.trace.values[0],
            "value": self.trace.values[n],
            "change": abs(self.trace.values[n] - self.trace.values[0]),
            "too_short": self.too_short,
            "left": self._left(n),
        }
        if moment.kind == "last":
            return self._last(plain=moment.plain), fields | self._more(n), ""
        if moment.kind == "short":
            what = "Step {n} is the first shorter than {too_short}"
            whole = f"{what}: a program with this tolerance would stop."
            return whole, fields, f"{what}."
        if moment.kind == "ten":
            law = self._law(n)
            if law:
                return f"{law[0]} {{x}} after {{n}}.", fields | law[1], ""
        if moment.kind in ("half", "percent"):
            return "After {steps} " + self._nearness(n), fields, ""
        return f"After {{steps}} {self._x(n)}, and {self._height(n)}", fields, ""

    def pair(self, one: Moment, other: Moment) -> tuple[str, dict[str, Any], str]:
        """Return the caption of the first two moments together, and one for long numbers."""
        fields: dict[str, Any] = {
            "n": one.n,
            "after": count(one.n, "step"),
            "x": self.trace.points[one.n][0],
            "then": other.n,
            "next_x": self.trace.points[other.n][0],
        }
        law = self._law(other.n)
        if law:
            halved = other.kind == "half" and 0 < fields["next_x"] < self.trace.points[0][0] / 2
            near = about(fields["x"], fields["next_x"])
            start = f"{law[0]} {near}{{x}} after {{after}}"
            then = "under half" if self.valley == 0 and halved else "{next_x}"
            return f"{start}, {then} after {{then}}.", fields | law[1], f"{start}."
        first, last = (about(fields[x]) for x in ("x", "next_x"))
        return (
            f"x is {first}{{x}} after {{after}}, and {last}{{next_x}} after {{then}}.",
            fields,
            "",
        )

    def halfway(self, moment: Moment) -> float | None:
        """Return the place halfway to the minimum, where a moment is the first beyond it."""
        if moment.kind != "half" or self.valley is None:
            return None
        return (self.trace.points[0][0] + self.valley) / 2

    def _law(self, n: int) -> Words | None:
        """Return words up to an x: what each of n steps does to it, if that is always the same."""
        law = Contraction.of(self.trace.beginning(n), self.valley)
        if law is None or abs(law.factor - 1) < 5e-4:
            return None
        fields = {"factor": law.factor, "kept": 100 * law.factor}
        if 0 < law.factor < 1:
            if self.valley == 0:
                return "Each step keeps {kept} % of x:", fields
            return "Each step keeps {kept} % of the distance; x is", fields
        if self.valley == 0:
            return law.each("x") + ":", fields
        return law.each("distance") + "; x is", fields

    def _x(self, n: int, digits: int = 4, *, plain: bool = False) -> str:
        """Return x after so many steps, with the sign that is true at so many digits."""
        sign = equals(self.trace.points[n][0], digits=digits)
        return f"x {sign} {{x:{digits}{'p' * plain}}}"

    def _height(self, n: int) -> str:
        """Return what became of f, as the end of a sentence."""
        first, value = self.trace.values[0], self.trace.values[n]
        moved = up_or_down(first, value)
        if moved == "stayed":
            return "f is {value}, as at the start."
        if f"{first:.4g}" == f"{value:.4g}":
            return f"f {moved} by only {{change:2}}."
        start, end = map(about, (first, value))
        return f"f {moved} from {start}{{first}} to {end}{{value}}."

    def _left(self, n: int) -> float:
        return left_over(self.trace, self.valley, n) if self.valley is not None else 0.0

    def _more(self, n: int) -> dict[str, Any]:
        valley = self.valley or 0.0
        return {
            "gap": abs(self.trace.points[n][0] - valley),
            "slope": self.trace.gradients[n][0],
            "stop": self.trace.stop.sentence,
        }

    def _nearness(self, n: int) -> str:
        """Return how much of the way is still ahead, as the end of a sentence."""
        left, x = self._left(n), self._x(n)
        if left == 0:
            return f"{x}: no distance to the minimum is left."
        if left < 1e-6:
            return f"{x}: as good as no distance is left."
        if left > 99.5:
            return f"{x}: nearly all of the distance is left."
        digits = 1 if left < 1.5 else 2
        if left < 1.5 and self.valley == 0:
            x = self._x(n, 2)
        near = about(left, digits=digits)
        return f"{x}: {near}{{left:{digits}}} % of the distance is left."

    def _last(self, *, plain: bool) -> str:
        """Return the template of the end of the run."""
        trace, valley, n = self.trace, self.valley, len(self.trace.steps)
        end, left = trace.points[n][0], self._left(n)
        after = f"After {{steps}} {self._x(n)}"
        regime = theory.regime(trace)
        if all(step.delta[0] == 0 for step in trace.steps):
            return f"{after}, as at the start: a slope of 0 makes no step."
        if regime is theory.Regime.DIVERGING:
            return f"After {{steps}} {self._x(n, 3)}: it moves away in ever larger steps."
        if trace.stop.reason is StopReason.NOT_FINITE:
            return "{stop}"
        if regime is theory.Regime.PERIODIC:
            return f"{after}: it goes to and fro and comes no closer."
        if valley is None:
            value = f"f {equals(trace.values[n])} {{value}}"
            return f"{after} and {value}; the slope there is {{slope:2}}."
        if is_close(left, 100.0):
            return f"{after}: as far from the minimum as at the start."
        if left > 100:
            return f"{after}: farther from the minimum than at the start."
        if left >= 1 or left == 0:
            return "After {steps} " + self._nearness(n)
        if valley == 0:
            return f"After {{steps}} {self._x(n, 3, plain=plain)}: near 0, not 0."
        if is_close(end, valley):
            return f"{after}: at the minimum, but for rounding."
        return "After {steps} x is {gap:3} from the minimum: near it, not at it."
