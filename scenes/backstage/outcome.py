"""What FromScratch says of its runs when they have ended: words that depend on the numbers.

The sentences are templates of captions with the fields n or turns, x, sign and goal; `sign` is the
one before x, and goal is the x of the minimum.
"""

from __future__ import annotations

from gdcore import Trace
from scenes.backstage.program import printed
from scenes.words import number


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

    A number with an exponent needs the field printed, too.
    """
    reached = "After {turns} steps x {sign} {x}"
    if valley is None:
        return f"{reached}."
    if valley == 0 and "e-" in printed(x):
        return f"{reached}, printed as {{printed}}: almost the minimum, {{goal}}."
    if abs(x - valley) > abs(start - valley):
        return f"{reached}, farther from the minimum than at the start."
    if reads_alike(x, valley):
        return f"{reached}, the minimum to four digits."
    return f"{reached}, not yet at the minimum, {{goal}}."


def reads_alike(one: float, other: float) -> bool:
    """Return whether two numbers read the same, to four digits."""
    return number(one) == number(other)
