"""A number that goes along with a run: where it is."""

from __future__ import annotations

from manim import VGroup

from gdcore import Trace
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.source import figure
from scenes.theme import TYPE
from scenes.words import fixed, number

NAMES = ("x_{n} = #h(0.25em)", "x = #h(0.2em)", "")
"""What may stand before a number, the fullest first."""


class Readout(VGroup):
    """Where a run is: ``x_n`` and its number, whose digits keep their places as the run goes on.

    Parameters
    ----------
    look, trace
        The look, and the run of one variable.
    last
        The step at which the number stands where it is to stand.
    decimals
        How many of them are written.
    size
        Of the type.
    name
        What stands before the number, in Typst mathematics with the step's number for `{n}`.

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
        name: str = NAMES[0],
    ) -> None:
        super().__init__()
        self.look, self.trace, self.size, self.before = look, trace, size, name
        self.decimals, self.told = decimals, (0, 1, 2, last)
        self.middle = self.baseline = 0.0
        lines = [self._written(n) for n in self.told]
        self.advance = max(name.advance + value.advance for name, value in lines)
        self.name, self.value = (Changing(written) for written in lines[0])
        self.add(self.name, self.value)

    def place(self, x: float, baseline: float) -> Readout:
        """Put the numbers that are told into the middle at x, and the others where the last is."""
        self.baseline, self.middle = baseline, x
        return self

    def _written(self, n: int) -> tuple[Lettering, Lettering]:
        n = min(n, len(self.trace.steps))
        name = self.before.replace("{n}", str(n))
        x = self.trace.points[n][0]
        # While it runs the digits keep their places; where it rests they are the caption's.
        value = figure(said(x, self.decimals) if n in self.told else fixed(x, self.decimals))
        return (
            self.look.math(name, size=self.size, role="point"),
            self.look.math(value, size=self.size, role="point"),
        )

    def show(self, position: float) -> None:
        """Write where the run is at a position of the playhead."""
        n = max(int(position + 1e-9), 0)
        name, value = self._written(n)
        # On its way the equals sign stays where it will be at the end.
        first, other = (name, value) if n in self.told else self._written(self.told[-1])
        pivot = self.middle + (first.advance - other.advance) / 2
        self.name.write(name).place(pivot, self.baseline, "right")
        self.value.write(value).place(pivot, self.baseline)


def said(value: float, decimals: int) -> str:
    """Write a number as captions do, with at most so many decimals.

    Examples
    --------
    >>> said(2.6704, 4), said(0.046117, 4), said(4.0, 4), said(4e-20, 4)
    ('2.670', '0.0461', '4', '4·10⁻²⁰')
    """
    for digits in (4, 3):
        written = number(value, digits)
        if "·" not in written and len(written.partition(".")[2]) <= decimals:
            return written
    return number(value, 2)
