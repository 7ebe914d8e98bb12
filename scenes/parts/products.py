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
    delta = Source(f"${figure(number(step.delta[0], digits, sign=rate is not None))}$")
    if rate is None:
        return look.source(delta, size=size, role="step")
    slope = step.gradient[0]
    turned = ink(slope_role(slope), Source(f"${figure(as_factor(number(slope)))}$"))
    scaled = f"${figure(number(-rate))} dot$ {turned} $=$ {ink('step', delta)}"
    return look.source(Source(scaled), size=size)
