"""A step written as what it is: the rate times the slope, downhill."""

from __future__ import annotations

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink
from scenes.theme import TYPE
from scenes.words import as_factor, number


def product(
    look: Look, step: Step, rate: float | None, size: float = TYPE.label, digits: int = 4
) -> Lettering:
    """Return −rate · slope = step, or the step alone where the rate is None.

    Parameters
    ----------
    look, step
        The look, and a step of a run of one variable.
    rate
        What the slope is multiplied by, or None where the step is no such product.
    size, digits
        Of the type, and of the step.
    """
    if rate is None:
        delta = Source(f"${figure(number(step.delta[0], digits))}$")
        return look.source(delta, size=size, role="step")
    return look.source(Source(" ".join(_sides(step, rate, digits))), size=size)


def halves(look: Look, step: Step, rate: float, size: float) -> tuple[Lettering, Lettering]:
    """Return −rate · slope and = step, which are to stand in two lines."""
    first, second = (look.source(side, size=size) for side in _sides(step, rate, 4))
    return first, second


def _sides(step: Step, rate: float, digits: int) -> tuple[Source, Source]:
    """Return −rate · slope, and what it is."""
    slope, delta = step.gradient[0], number(step.delta[0], digits, sign=True)
    turned = ink(slope_role(slope), Source(f"${figure(as_factor(number(slope)))}$"))
    made = ink("step", Source(f"${figure(delta)}$"))
    return Source(f"${figure(number(-rate))} dot$ {turned}"), Source(f"$=$ {made}")
