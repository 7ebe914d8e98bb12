"""A number that goes along with a run: where it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from manim import VGroup

from gdcore import Trace
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.source import figure
from scenes.theme import TYPE
from scenes.words import fixed, is_exact

FULL, BRIEF = "x_{n} {sign} #h(0.25em)", "x {sign} #h(0.2em)"
"""What stands before a number, and where that is too long."""

TIGHT = 'x_{n} #h(0.2em) class("normal", {sign}) #h(0.2em)'
"""The full one for a long number: the signs are close to each other."""

HEADED = "x_{n} {sign}"
"""What stands over a number, on a line of its own."""

NAMES = (((FULL, FULL), (FULL, TIGHT)), ((FULL, HEADED),), ((BRIEF, BRIEF),), (("", HEADED),))
"""What may stand before a number and before the last one, the fullest first; those that say the
same are together."""

IN_LINES = tuple((name, HEADED) for name in (FULL, BRIEF, ""))
"""The same where there is little room beside each other, but more over the last number."""


class Readout(VGroup):
    """Where a run is: ``x_n`` and its number, whose digits keep their places as the run goes on.

    Where it is to stand it has the decimals that all of the runs beside it need, and no more.

    Parameters
    ----------
    look, trace
        The look, and the run of one variable.
    last
        The step at which the number stands where it is to stand.
    decimals
        How many of them are written at most.
    size
        Of the type.
    name, ending
        What stands before the number, in Typst mathematics with the step's number for `{n}` and
        a sign for `{sign}`: one for numbers that are exact, another one for rounded ones. The
        second is for the last number and those on the way there, which can be long.
    others
        The runs in the same row.

    Attributes
    ----------
    advance
        The room that the numbers need of the steps that are told: the first ones and the last.
    """

    def __init__(
        self,
        look: Look,
        trace: Trace,
        last: int,
        decimals: int,
        size: float = TYPE.label,
        *,
        name: str = FULL,
        ending: str = FULL,
        others: Sequence[Trace] = (),
    ) -> None:
        super().__init__()
        self.look, self.trace, self.size = look, trace, size
        self.before, self.ending = name, ending
        self.told = (0, 1, 2, last)
        self.most = decimals
        self.decimals = {
            n: needed([run.points[min(n, len(run.steps))][0] for run in (trace, *others)], decimals)
            for n in self.told
        }
        self.middle = self.baseline = self.lift = 0.0
        lines = {n: [words.advance for words in self._written(n)] for n in self.told}
        self.advance = max(max(line) if self._over(n) else sum(line) for n, line in lines.items())
        self.name, self.value = map(Changing, self._written(0))
        self.add(self.name, self.value)

    def place(self, x: float, baseline: float, lift: float) -> Readout:
        """Put the numbers that are told into the middle at x, and the others where the last is.

        A name that has a line of its own stands so much higher.
        """
        self.baseline, self.middle, self.lift = baseline, x, lift
        return self

    def _over(self, n: int) -> bool:
        """Whether the name of a number has a line of its own."""
        return self.ending == HEADED and n not in self.told[:-1]

    def _written(self, n: int) -> tuple[Lettering, Lettering]:
        before = self.before if n in self.told[:-1] else self.ending
        n = min(n, len(self.trace.steps))
        x, decimals = self.trace.points[n][0], self.decimals.get(n, self.most)
        name = before.replace("{n}", str(n)).replace("{sign}", self.sign(n))
        return (
            self.look.math(name, size=self.size, role="point"),
            self.look.math(figure(fixed(x, decimals)), size=self.size, role="point"),
        )

    def sign(self, n: int) -> str:
        """Return what stands between the name of an iterate and its number."""
        x = self.trace.points[min(n, len(self.trace.steps))][0]
        return "=" if shows(x, self.decimals.get(n, self.most)) else "approx"

    def show(self, position: float) -> None:
        """Write where the run is at a position of the playhead."""
        n = max(int(position + 1e-9), 0)
        name, value = self._written(n)
        # On its way the equals sign stays where it will be at the end.
        first, other = (name, value) if n in self.told else self._written(self.told[-1])
        if self._over(n):
            self.name.write(name).place(self.middle - first.advance / 2, self.baseline + self.lift)
            self.value.write(value).place(self.middle - other.advance / 2, self.baseline)
            return
        pivot = self.middle + (first.advance - other.advance) / 2
        self.name.write(name).place(pivot, self.baseline, "right")
        self.value.write(value).place(pivot, self.baseline)


def shows(value: float, decimals: int) -> bool:
    """Whether a number is exactly what is written of it with so many decimals.

    Examples
    --------
    >>> shows(3.2, 3), shows(2.6704, 3), shows(4e-20, 3)
    (True, False, True)
    """
    written = fixed(value, decimals)
    if "·" in written or not math.isfinite(value):
        return is_exact(value, 2)
    return math.isclose(round(value, decimals), value, rel_tol=1e-12)


def needed(values: Sequence[float], most: int) -> int:
    """Return the decimals with which all of some numbers are exact, or the most that there may be.

    Examples
    --------
    >>> needed([3.92, 3.2, 0.4], 3), needed([2.6704, 4e-20], 3), needed([4.0], 3)
    (2, 3, 0)
    """
    return next((few for few in range(most) if all(shows(x, few) for x in values)), most)
