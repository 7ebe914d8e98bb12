"""Numbers that go along with a run: where it is, and how many steps it has made."""

from __future__ import annotations

from typing import Literal

from manim import VGroup

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure
from scenes.theme import TYPE
from scenes.words import fixed

SPACE = 0.14
"""Between a number and its unit, in units."""

Align = Literal["center", "right"]


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
    bare
        Write the number alone.
    """

    def __init__(
        self,
        look: Look,
        trace: Trace,
        last: int,
        decimals: int,
        size: float = TYPE.label,
        *,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.trace, self.size, self.bare = look, trace, size, bare
        self.decimals, self.last = decimals, last
        self.pivot = self.baseline = 0.0

    @property
    def advance(self) -> float:
        """The most room that the steps need that are told: the first ones and the last."""
        lines = [self._written(n) for n in (0, 1, 2, self.last)]
        return max(name.advance for name, _ in lines) + max(value.advance for _, value in lines)

    def place(self, x: float, baseline: float, align: Align = "center") -> Readout:
        """Put the number into the middle at x, or let it end there."""
        self.baseline = baseline
        if align == "right":
            self.pivot = x - max(self._written(n)[1].advance for n in (0, 1, 2, self.last))
            return self
        name, value = self._written(self.last)
        self.pivot = x + (name.advance - value.advance) / 2
        return self

    def _written(self, n: int) -> tuple[Lettering, Lettering]:
        n = min(n, len(self.trace.steps))
        name = "" if self.bare else f"x_{n} = #h(0.25em)"
        value = figure(fixed(self.trace.points[n][0], self.decimals))
        return (
            self.look.math(name, size=self.size, role="point"),
            self.look.math(value, size=self.size, role="point"),
        )

    def show(self, position: float) -> None:
        """Write where the run is at a position of the playhead."""
        name, value = self._written(max(int(position + 1e-9), 0))
        name.place(self.pivot, self.baseline, "right")
        self.submobjects = [name, value.place(self.pivot, self.baseline)]


class Tally(VGroup):
    """How many steps a run needs for something, counted up to the one that does it.

    Parameters
    ----------
    look, region, baseline, align
        The look, and where the number stands.
    count
        The number of steps, or None where there is none.
    otherwise
        What is written then.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        baseline: float,
        align: Align,
        count: int | None,
        otherwise: str,
    ) -> None:
        super().__init__()
        self.look, self.region, self.baseline, self.align = look, region, baseline, align
        self.count, self.otherwise = count, otherwise

    def show(self, position: float) -> None:
        """Write how many steps have been made, up to the one that does it."""
        if self.count is None:
            written = [self.look.text(self.otherwise, size=TYPE.caption, role="warning")]
        else:
            n = min(int(position + 1e-9), self.count)
            role = "text" if n == self.count else "muted"
            written = [
                self.look.math(str(n), size=1.2 * TYPE.equation, role=role),
                self.look.text("step" if n == 1 else "steps", role="muted"),
            ]
        wide = sum(part.advance for part in written) + SPACE * (len(written) - 1)
        middle = self.region.center[0] - wide / 2
        left = self.region.right - wide if self.align == "right" else middle
        for part in written:
            part.place(left, self.baseline)
            left += part.advance + SPACE
        self.submobjects = list(written)
