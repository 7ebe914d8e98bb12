"""What FromScratch says of its runs when they have ended: words that depend on the numbers.

The sentences are templates of captions with the fields n or turns, x, sign and goal; `sign` is the
one before x, and goal is the x of the minimum.
"""

from __future__ import annotations

from gdcore import Trace
from scenes.backstage.program import printed
from scenes.words import MINUS, number

MOST_ZEROS = 12
"""Zeros of a small number that is written without an exponent."""


def ending(trace: Trace, valley: float | None, most: int) -> tuple[str, str]:
    """Return what is said of the run that the program makes, and a shorter sentence.

    Parameters
    ----------
    trace, valley
        A run of more than one step, and the x of the minimum that it is about, if there is one.
    most
        How many turns the program asks for.
    """
    reached = "After {n} steps x {sign} {x}"
    if trace.stop.blew_up and len(trace.steps) < most:
        return "The run ends at step {n}, at x {sign} {x}: it leaves all bounds.", ""
    first, last = (abs(trace.steps[at].delta[0]) for at in (0, -1))
    if last >= first:
        grow = "the steps grow" if last > first else "the steps do not shrink"
        return f"{reached}: {grow}.", ""
    if valley is None:
        return f"{reached}: the steps shrink.", ""
    if reads_alike(trace.points[-1][0], valley):
        return f"{reached}: the steps shrink, and this is the minimum to four digits.", ""
    return (
        "The steps shrink: after {n} of them x {sign} {x}, not yet at the minimum, {goal}.",
        f"{reached}, not yet at the minimum, {{goal}}.",
    )


def meaning(x: float, start: float, valley: float | None) -> str:
    """Return what is said of the place where the longer run ends.

    A number with an exponent needs the fields printed and spelled_out too.
    """
    reached = "After {turns} steps x {sign} {x}"
    if valley is None:
        return f"{reached}."
    if valley == 0 and "e-" in printed(x):
        if spelled_out(x).startswith("≈"):
            return (
                "After {turns} steps x {spelled_out}, printed as {printed}: almost the minimum, 0."
            )
        return "After {turns} steps x, printed as {printed}, {spelled_out}: almost 0."
    if abs(x - valley) > abs(start - valley):
        return f"{reached}, farther from the minimum than at the start."
    if reads_alike(x, valley):
        return f"{reached}, the minimum to four digits."
    return f"{reached}, not yet at the minimum, {{goal}}."


def reads_alike(one: float, other: float) -> bool:
    """Return whether two numbers read the same, to four digits."""
    return number(one) == number(other)


def spelled_out(value: float) -> str:
    """Return what a number that is printed with a negative exponent is, in a caption's words.

    Other numbers need no words.

    Examples
    --------
    >>> spelled_out(8.148143905337951e-10), spelled_out(1.2e-97), spelled_out(0.5)
    ('≈ 0.0000000008', 'begins with 97 zeros', '')
    """
    exponent = printed(value).partition("e-")[2]
    if not exponent:
        return ""
    zeros = int(exponent)
    if zeros > MOST_ZEROS:
        return f"begins with {zeros} zeros"
    return f"≈ {value:.{zeros}f}".replace("-", MINUS)
