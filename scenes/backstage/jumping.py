"""What may be said of a run that jumps across a minimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import Step, StopReason, Trace, theory
from scenes.telling import (
    Contraction,
    is_parabola,
    partner_rate,
    rate_of,
    short_formula,
    up_or_down,
)
from scenes.words import MINUS, as_factor, column, in_a_row, is_close, number

SIZE = 5.6
"""Of the formulas in the header, in % of the shorter side."""

Words = tuple[str, dict[str, Any]]
"""A caption's template, and its fields."""

STANDING = "The slope is 0, and so is every step: x stays {x}."
"""The caption of a run that never moves."""


def downhill(objective: Any, x: float, reach: float) -> float | None:
    """Return the x of the minimum in whose valley a place lies, or None."""
    found = theory.minimum_near(objective, x, x - reach, x + reach)
    return None if found is None else found.x


def is_alone(objective: Any, minimum: float | None, reach: float) -> bool:
    """Whether there is no other minimum within reach: only then it is "the" minimum."""
    if minimum is None:
        return False
    around = theory.stationary_points(objective, minimum - reach, minimum + reach)
    return sum(point.kind is theory.Kind.MINIMUM for point in around) == 1


def crosses(step: Step, minimum: float | None) -> bool:
    """Whether a step lands on the other side of a minimum."""
    if minimum is None or minimum in (step.point[0], step.next_point[0]):
        return False
    return (step.point[0] < minimum) != (step.next_point[0] < minimum)


def measured(optimizer: Any, step: Step) -> Words:
    """Return the words of a step that is made from a slope."""
    rate = rate_of(optimizer, step)
    if rate is None:
        return (
            "{method} at x = {x}: from the slope {slope} it makes a step of {delta}.",
            {"method": type(optimizer).__name__},
        )
    return (
        "Learning rate η = {rate}: at x = {x} the step is −{rate} · {factor} = {delta}.",
        {"rate": rate, "factor": as_factor(number(step.gradient[0]))},
    )


def passing(step: Step, minimum: float | None, *, only: bool = True) -> Words:
    """Return the words of a landing: past the minimum, short of it, or on it.

    Parameters
    ----------
    step, minimum
        The step, and the x of the minimum that lies downhill.
    only
        Whether there is no other minimum near.
    """
    if minimum is None:
        return "The step of {delta} leads to x = {next_x}.", {"size": abs(step.delta[0])}
    before, after = abs(step.point[0] - minimum), abs(step.next_point[0] - minimum)
    fields = {"size": abs(step.delta[0]), "distance": before, "which": "The" if only else "A"}
    if after <= 1e-9 * before:
        what = "and so long is the step: it lands there."
    elif crosses(step, minimum):
        what = "the step of {delta} passes it, to x = {next_x}."
    elif after < before:
        what = "the step of {delta} stops short, at x = {next_x}."
    else:
        what = "the step of {delta} leads from it, to x = {next_x}."
    glue = "," if what.startswith("and") else ";"
    return f"{{which}} minimum is {{distance}} away{glue} {what}", fields


def comparing(step: Step, minimum: float | None) -> Words:
    """Return the words that compare the values before and after a step."""
    moved = up_or_down(step.value, step.next_value)
    fields = {"moved": moved}
    if moved == "stayed":
        return "f is as high as before: {value}.", fields
    if number(step.value) == number(step.next_value):
        return "f {moved}, by too little to show: {value}.", fields
    if not crosses(step, minimum):
        return "f {moved} from {value} to {next_value}.", fields
    judged = "Too far, and still lower" if moved == "fell" else "Too far, and higher"
    return f"{judged}: f {{moved}} from {{value}} to {{next_value}}.", fields


def back_again(optimizer: Any, before: Step, step: Step, minimum: float | None) -> tuple[str, str]:
    """Return the words of the second step, and shorter ones."""
    if step.delta[0] == 0:
        return "At {x} the slope is {slope}, and the step is 0: x stays {x}.", ""
    so = "so" if rate_of(optimizer, step) is not None else "and"
    turns = before.delta[0] * step.delta[0] < 0
    back = "back " if turns and crosses(step, minimum) else ""
    return (
        f"At {{x}} the slope is {{slope}}, {so} the step is {{delta:+}}: {back}to x = {{next_x}}.",
        "At {x:3} the slope is {slope:3}; the step {delta:+3} leads to x = {next_x:3}.",
    )


def against(step: Step, minimum: float | None) -> tuple[str, dict[str, Any], str]:
    """Return the words that hold a step against the distance to the minimum; they need `rate`."""
    short = "Rate {rate:3} at x = {x:3}: the step is {delta:3}."
    if minimum is None or step.point[0] == minimum:
        return "Learning rate η = {rate} at x = {x}: the step is {delta}.", {}, short
    # The longer name of the goal leaves no room for that of the rate.
    name = "Learning rate η =" if _goal(minimum) == "0" else "Rate"
    start = f"{name} {{rate}} at x = {{x}}: the step is {{delta}}, "
    ratio = abs(step.delta[0] / (step.point[0] - minimum))
    if ratio < 0.01:
        return f"{start[:-2]}.", {}, short
    goal = _goal(minimum)
    if is_close(ratio, 1.0):
        return f"{start}as long as the distance to {goal}.", {}, short
    times = "twice" if is_close(ratio, 2.0) else "{ratio:3} times"
    return f"{start}{times} the distance to {goal}.", {"ratio": ratio}, short


def _goal(minimum: float | None) -> str:
    """Return what distances are measured to."""
    return "0" if minimum is not None and abs(minimum) < 1e-9 else "the minimum"


def standing(trace: Trace, minimum: float | None) -> Words:
    """Return the words of where a run stands, against its start."""
    fields: dict[str, Any] = {"n": len(trace.steps), "x": trace.points[-1][0]}
    fields |= {"first": trace.values[0]}
    fields |= {"value": trace.values[-1], "noun": "step" if len(trace.steps) == 1 else "steps"}
    moved = up_or_down(trace.values[0], trace.values[-1])
    law = Contraction.of(trace, minimum)
    if law and is_close(law.factor, -1.0) and _goal(minimum) == "0":
        each = f"Each step turns x into {MINUS}x; after {{n}} {{noun}} "
        return f"{each}x is {{x}}, f is {{value}}.", fields
    if is_close(trace.points[-1][0], trace.points[0][0]):
        return "After {n} {noun} x is {x} and f is {value}, as at the start.", fields
    if moved == "stayed":
        return "After {n} {noun} x is {x}; f is {value}, as at the start.", fields
    fields["moved"] = "fallen" if moved == "fell" else "risen"
    return "After {n} {noun} x is {x}; f has {moved} from {first} to {value}.", fields


def resetting(step: Step) -> tuple[str, dict[str, Any], str]:
    """Return the words of a first step with another rate; they need `rate`."""
    if step.delta[0] == 0:
        return "Rate {rate}: the step is 0, and x stays {x}.", {}, ""
    moved = up_or_down(step.value, step.next_value)
    fields = {"moves": {"rose": "rises to", "fell": "falls to", "stayed": "stays"}[moved]}
    return (
        "Rate {rate}: the step is {delta}, from {x} to {next_x}; f {moves} {next_value}.",
        fields,
        "Rate {rate:3}: the step is {delta:3}, to {next_x:3}; f {moves} {next_value:3}.",
    )


def grown(trace: Trace) -> Words:
    """Return the words of where a run that may grow has landed."""
    if trace.stop.reason in (StopReason.DIVERGED, StopReason.NOT_FINITE):
        return "{stop}", {"stop": trace.stop.sentence}
    fields: dict[str, Any] = {"n": len(trace.steps), "x": trace.points[-1][0]}
    fields |= {"value": trace.values[-1]}
    fields |= {"first": trace.values[0]}
    moved = up_or_down(trace.values[0], trace.values[-1])
    if moved == "stayed":
        return "Step {n} lands at {x}; f is {value}, as at the start.", fields
    fields["moved"] = "fallen" if moved == "fell" else "grown"
    return "Step {n} lands at {x}; f has {moved} from {first} to {value}.", fields


def factors(
    objective: Any, runs: Sequence[Trace], minimum: float | None
) -> tuple[str, dict[str, Any], str]:
    """Return the words of several runs: their factors and the bound where theory gives one."""
    laws = [Contraction.of(run, minimum) for run in runs]
    ends = {f"x_{index}": run.points[-1][0] for index, run in enumerate(runs)}
    listed = in_a_row([f"{{{name}:3}}" for name in ends])
    short = f"The same start, other rates: the runs end at {listed}."
    if minimum is not None and is_parabola(objective) and all(laws):
        shown = [law.factor for law in laws if law]
        fields = {f"factor_{index}": value for index, value in enumerate(shown)}
        listed = in_a_row([f"{{{name}}}" for name in fields])
        fields |= ends
        fields["critical"] = theory.critical_rate(objective, (minimum,))
        name = short_formula(objective)
        return f"Factors {listed}: on {name}, any rate above {{critical}} diverges.", fields, short
    return short, ends, ""


def partner(
    objective: Any, trace: Trace, minimum: float | None, rate: float | None
) -> float | None:
    """Return the rate that brings a run as near from one side only, where there is one."""
    if rate is None or Contraction.of(trace, minimum) is None:
        return None
    return partner_rate(objective, minimum, rate)


def each_time(
    law: Contraction | None, minimum: float | None, steps: Sequence[Step], trace: Trace, digits: int
) -> Words:
    """Return the words of some steps of a run: the factor between them, if there is one.

    Their numbers are written as in the table of the run, which has about so many digits.
    """
    written = column([x for (x,) in trace.points], digits)
    xs = [written[step.index + 1] for step in steps]
    fields: dict[str, Any] = {"following": ", ".join(xs)}
    if law is None or minimum is None:
        return "The next steps lead to x = {following}.", fields
    fields["factor"] = law.factor
    if abs(minimum) < 1e-9:
        return "Each x is {factor} times the last: {following}.", fields
    fields |= {"sign": "+" if minimum < 0 else MINUS, "minimum": abs(minimum)}
    return "Each x {sign} {minimum} is {factor} times the last: x = {following}.", fields


def ended(trace: Trace, minimum: float | None) -> Words:
    """Return the words of the end: what became of the distance, or why the run stopped."""
    if trace.stop.reason in (StopReason.DIVERGED, StopReason.NOT_FINITE):
        return "{stop}", {"stop": trace.stop.sentence}
    law = Contraction.of(trace, minimum)
    count = len(trace.steps)
    fields = {
        "n": count,
        "noun": "step" if count == 1 else "steps",
        "x": trace.points[-1][0],
        "value": trace.values[-1],
        "percent": law.percent if law else 0.0,
        "left": law.left if law else 0.0,
        "goal": _goal(minimum),
    }
    ending = law.ending() if law else "f = {value}"
    if count == 1:
        ending = ending.replace("each ", "it ")
    return f"After {{n}} {{noun}} x = {{x}}; {ending}.", fields


def compared(objective: Any, trace: Trace, other: Trace, minimum: float) -> Words:
    """Return the words that put a run with another rate beside the first; they need `rate`."""
    start, mine, its = (
        x - minimum for x in (trace.start[0], trace.points[-1][0], other.points[-1][0])
    )
    crossing = any(crosses(step, minimum) for step in other.steps)
    how = "crossing too" if crossing else "without crossing"
    fields = {"x": other.points[-1][0], "n": len(other.steps), "how": how}
    fields["formula"] = short_formula(objective)
    if max(abs(mine), abs(its)) <= 1e-9 * abs(start):
        return "Rate {rate} has come as near after {n} steps, {how}.", fields
    if number(trace.points[-1][0]) == number(other.points[-1][0]):
        # What the other run does is no law: it holds for parabolas.
        return "On {formula}, rate {rate} is also at {x} after {n} steps, {how}.", fields
    if number(abs(mine)) == number(abs(its)):
        return "Rate {rate} is as near, at {x}, after {n} steps, {how}.", fields
    return "Rate {rate} is at {x} after {n} steps, {how}.", fields
