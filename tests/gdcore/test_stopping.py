"""Stop rules: when they end a run, and what they say."""

import math

import pytest
from byhand import RAVINE, SQUARE, ByHand

from gdcore import (
    GradientDescent,
    ParameterError,
    SmallChange,
    SmallGradient,
    SmallStep,
    SmallValue,
    Stop,
    StopReason,
    descend,
)


def run(*rules, start=80.0, rate=0.01, steps=1000):
    return descend(SQUARE, start, GradientDescent(rate), max_steps=steps, stopping=rules)


def test_small_step_ends_with_the_short_step():
    trace = run(SmallStep(1e-3))
    assert len(trace) == 367
    assert abs(trace.steps[-1].delta[0]) < 1e-3 <= abs(trace.steps[-2].delta[0])
    assert trace.stop == Stop(
        StopReason.SMALL_STEP, "After 367 steps: the last one has length 0.0009837, below 0.001."
    )


def test_small_gradient_ends_where_it_is_small():
    trace = run(SmallGradient(1e-3))
    assert len(trace) == 594
    assert abs(trace.gradients[-1][0]) < 1e-3 <= abs(trace.gradients[-2][0])
    assert trace.stop.sentence == (
        "After 594 steps the gradient has length 0.0009827, below 0.001."
    )


def test_small_change():
    trace = run(SmallChange(1e-3))
    drops = [step.value - step.next_value for step in trace.steps]
    assert drops[-1] < 1e-3 <= drops[-2]
    assert trace.stop.reason is StopReason.SMALL_CHANGE


def test_small_change_counts_a_rise_as_change():
    trace = run(SmallChange(1e-3), start=4.0, rate=1.05, steps=20)
    assert trace.stop.reason is StopReason.MAX_STEPS


def test_small_value():
    trace = run(SmallValue(0.01))
    assert trace.values[-1] < 0.01 <= trace.values[-2]
    assert trace.stop.reason is StopReason.SMALL_VALUE


def test_start_on_the_minimum_needs_no_step():
    trace = run(SmallGradient(1e-3), start=0.0)
    assert trace.steps == ()
    assert trace.points == ((0.0,),)
    assert trace.stop.sentence == "Before the first step the gradient has length 0, below 0.001."


def test_start_on_the_minimum_without_rules_runs_on():
    trace = run(start=0.0, steps=3)
    assert trace.points == ((0.0,),) * 4
    assert trace.stop.reason is StopReason.MAX_STEPS


def test_one_rule_alone_and_the_first_to_answer_wins():
    alone = descend(SQUARE, 80, GradientDescent(0.01), max_steps=999, stopping=SmallStep(1e-3))
    assert len(alone) == 367
    assert len(run(SmallGradient(1e-3), SmallStep(1e-3))) == 367
    both = run(SmallGradient(1.0), SmallStep(1.0), start=0.1)
    assert both.stop.reason is StopReason.SMALL_GRADIENT


def test_length_is_euclidean():
    trace = descend(RAVINE, (0.3, 0.04), GradientDescent(0.1), stopping=[SmallGradient(0.51)])
    assert trace.stop.sentence.startswith("Before the first step the gradient has length 0.5,")


def test_a_blow_up_goes_before_a_rule():
    """The landing past the bound is below any tolerance here; the guard speaks first."""
    slide = ByHand("-x**2", ("x",), lambda x: -(x**2), lambda x: (-2 * x,))
    rules = [SmallValue(-1e4)]
    trace = descend(slide, 1.0, GradientDescent(1000.0), stopping=rules, bound=100)
    assert trace.stop.reason is StopReason.DIVERGED
    assert trace.values[-1] < -1e4


def test_a_users_own_rule():
    class Crossed:
        def check(self, step, value, gradient):
            if step is not None and step.point[0] * step.next_point[0] < 0:
                return Stop(StopReason.OTHER, f"Step {step.index + 1} crossed 0.")
            return None

    trace = run(Crossed(), start=4.0, rate=0.9)
    assert trace.stop.sentence == "Step 1 crossed 0."


@pytest.mark.parametrize("rule", [SmallGradient, SmallStep, SmallChange])
@pytest.mark.parametrize("tol", [0, -1, math.nan, math.inf, "x", None, True])
def test_wrong_tolerance_is_one_line(rule, tol):
    with pytest.raises(ParameterError, match=r"^tol = [^\n]*greater than 0$"):
        rule(tol)


def test_small_value_takes_any_number():
    assert SmallValue(-3).tol == -3.0
    with pytest.raises(ParameterError):
        SmallValue(math.nan)
