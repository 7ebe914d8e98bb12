"""Numbers that go along with a run: where it is, and how many steps it has made."""

from __future__ import annotations

from typing import Literal

from manim import VGroup

from gdcore import Trace
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
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

    Attributes
    ----------
    widest, advance
        The room that the numbers of the steps need that are told, the first ones and the last;
        and the room with what stands before them. Readouts in a column share the widest.
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
        lines = [self._written(n) for n in (0, 1, 2, last)]
        self.widest = max(value.advance for _, value in lines)
        self.advance = max(name.advance for name, _ in lines) + self.widest
        self.name, self.value = (Changing(written) for written in lines[0])
        self.add(self.name, self.value)

    def place(self, x: float, baseline: float, align: Align = "center") -> Readout:
        """Put the number into the middle at x, or let the widest one end there."""
        self.baseline = baseline
        name, value = self._written(self.last)
        middle = x + (name.advance - value.advance) / 2
        self.pivot = x - self.widest if align == "right" else middle
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
        self.name.write(name).place(self.pivot, self.baseline, "right")
        self.value.write(value).place(self.pivot, self.baseline)


class Tally(VGroup):
    """How many steps a run needs for something, counted up to the one that does it.

    Parameters
    ----------
    look
        Gives the colours.
    count
        The number of steps, or None where there is none.
    otherwise
        What is written then.
    size
        Of the number.
    unit
        Whether it is written that these are steps.
    """

    def __init__(
        self, look: Look, count: int | None, otherwise: str, size: float, *, unit: bool = True
    ) -> None:
        super().__init__()
        self.look, self.count, self.otherwise = look, count, otherwise
        self.size, self.unit = size, unit
        self.end, self.baseline = 0.0, 0.0
        self.align: Align = "center"
        written = self._written(count or 0)
        self.advance = self._wide(written)
        self.add(*map(Changing, written))

    def place(self, x: float, baseline: float, align: Align = "center") -> Tally:
        """Put the middle of the number and its unit at x, or their end."""
        self.end, self.baseline, self.align = x, baseline, align
        return self

    def _written(self, n: int) -> list[Lettering]:
        if self.count is None:
            size = min(self.size, TYPE.caption)
            return [self.look.text(self.otherwise, size=size, role="warning")]
        role = "text" if n == self.count else "muted"
        figures = self.look.math(str(n), size=self.size, role=role)
        unit = self.look.text("step" if n == 1 else "steps", role="muted")
        return [figures, unit] if self.unit else [figures]

    def _wide(self, written: list[Lettering]) -> float:
        return sum(part.advance for part in written) + SPACE * (len(written) - 1)

    def show(self, position: float) -> None:
        """Write how many steps have been made, up to the one that does it."""
        written = self._written(min(int(position + 1e-9), self.count or 0))
        left = self.end - self._wide(written) * (1.0 if self.align == "right" else 0.5)
        for line, part in zip(self.submobjects, written, strict=True):
            line.write(part).place(left, self.baseline)
            left += part.advance + SPACE
