"""What is written at a logarithmic axis: powers of ten, or round numbers where there are few."""

from __future__ import annotations

import math

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure
from scenes.parts.window import log_ticks
from scenes.theme import TYPE
from scenes.words import number

FEW = 3
"""Fewer powers of ten than this do not show a scale."""


def log_marks(look: Look, low: float, high: float, about: int) -> list[tuple[float, Lettering]]:
    """Return values between two positive ends with their names.

    Parameters
    ----------
    look
        The look.
    low, high
        The ends.
    about
        How many powers of ten there may be.
    """
    powers = log_ticks(low, high, about)
    if len(powers) >= FEW:
        return [
            (value, look.math(f"10^({round(math.log10(value))})", TYPE.tick, "muted"))
            for value in powers
        ]
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = (unit * 10.0**power for power in range(first, last + 1) for unit in (1, 2, 5))
    return [
        (value, look.math(figure(number(value)), TYPE.tick, "muted"))
        for value in every
        if low <= value <= high
    ]
