"""Theory against closed forms, mpmath, scipy, and the numbers of the lessons."""

import math
import random
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore import (
    AdaGrad,
    GradientDescent,
    InverseTime,
    LineLoss,
    Momentum,
    Objective,
    ParameterError,
    SmallGradient,
    descend,
    library,
    theory,
)
from gdcore._eigen import eigenvalues
from gdcore.data import least_squares, line_points
from gdcore.theory import Kind, Regime

SQUARE = Objective.parse("x**2")
WELL = library.by_name("double_well").objective
RAVINE = library.by_name("ravine10").objective
SADDLE = library.by_name("saddle").objective
MIN, MAX, INFLECTION = Kind.MINIMUM, Kind.MAXIMUM, Kind.INFLECTION
TAU = math.tau


POINTS = [
    ("x**2", -1, 1, [(0, MIN)]),
    ("-x**2", -1, 2, [(0, MAX)]),
    ("x**3", -1, 2, [(0, INFLECTION)]),
    ("x**4", -1, 2, [(0, MIN)]),
    ("x**11", -1, 2, [(0, INFLECTION)]),
    ("(x**2 - 2)**2", -3, 3, [(-math.sqrt(2), MIN), (0, MAX), (math.sqrt(2), MIN)]),
    ("x**4/4 - 2*x**2 + x/2", -3, 3, [(-2.05979197, MIN), (0.12549409, MAX), (1.93429788, MIN)]),
    ("x**4/4 - 2*x**2 + x/2", 0, 1, [(0.12549409, MAX)]),
    ("(x-1)**3*(x+1)**2", -2, 2, [(-1, MAX), (-0.2, MIN), (1, INFLECTION)]),
    ("(x-1)**20", -2, 3, [(1, MIN)]),  # scanned, for its degree
    ("pi*x**2 - x", -1, 1, [(1 / TAU, MIN)]),
    ("(1/3)*x**3 - 1e-12*x", -1, 1, [(-1e-6, MAX), (1e-6, MIN)]),
    ("sin(x)", 0, 7, [(TAU / 4, MAX), (3 * TAU / 4, MIN)]),
    ("cos(x)", 0, TAU, [(0, MAX), (TAU / 2, MIN), (TAU, MAX)]),
    ("cos(x)", 0.1, 3.1, []),
    ("x - sin(x)", -1, 7, [(0, INFLECTION), (TAU, INFLECTION)]),
    ("x - 1.0001*sin(x)", -1, 1, [(-math.acos(1 / 1.0001), MAX), (math.acos(1 / 1.0001), MIN)]),
    ("exp(-x**2)", -1, 2, [(0, MAX)]),
    ("x*log(x)", -1, 2, [(math.exp(-1), MIN)]),
    ("x**x", -1, 2, [(math.exp(-1), MIN)]),
    ("log(x**2 + 1)", -5, 4, [(0, MIN)]),
    ("sqrt(x**2 + 1)", -5, 4, [(0, MIN)]),
    ("x + 1/x", -3, 3.3, [(-1, MAX), (1, MIN)]),
    ("1/x", -1, 1.5, []),
    ("1/x**2", -1, 1, []),
    ("1/x**2", -1, 1.7, []),
    ("1/(x - 0.3)**2", -1, 1, []),
    ("1/cos(x)", -1, 5, [(0, MIN), (TAU / 2, MAX)]),
    ("tan(x)", -5, 5, []),
    ("log(abs(x))", -1, 1.3, []),
    ("abs(x)/x - x**2", -2, 1.7, []),
    ("abs(x)", -1, 1, [(0, MIN)]),
    ("abs(x)", -1, 1.77, [(0, MIN)]),
    ("1 - abs(x - 0.3)", -1, 1.77, [(0.3, MAX)]),
    ("abs(x**2 - 1)", -2, 2.2, [(-1, MIN), (0, MAX), (1, MIN)]),
    ("(x**4)**(1/3)", -1, 1.2, [(0, MIN)]),
    ("7", -1, 1, []),
    ("x", -1, 1, []),
    ("0*x", -1, 1, []),
    ("sin(x)**2 + cos(x)**2", -1, 1, []),
    ("log(-1 - x**2)", -1, 1, []),
    ("exp(x)", -800, 800, []),
    ("exp(x**2)", -50, 51, [(0, MIN)]),
]


@pytest.mark.parametrize(("text", "low", "high", "expected"), POINTS)
def test_stationary_points(text, low, high, expected):
    objective = Objective.parse(text)
    began = time.perf_counter()
    points = theory.stationary_points(objective, low, high)
    assert time.perf_counter() - began < 2
    assert [p.kind for p in points] == [kind for _, kind in expected]
    assert [p.x for p in points] == pytest.approx([x for x, _ in expected], rel=1e-6, abs=1e-14)
    for p in points:
        assert p.value == objective.value((p.x,))
        bend = objective.hessian((p.x,))[0][0]
        assert p.curvature == bend or (math.isnan(p.curvature) and math.isnan(bend))
        if not math.isnan(bend) and abs(bend) > 1e-9:
            assert (bend > 0) == (p.kind is MIN)
            # The slope is as near to 0 as the neighbouring floats allow.
            assert (
                abs(objective.gradient((p.x,))[0])
                <= 8 * abs(bend) * max(math.ulp(p.x), math.ulp(1.0) * 1e-3) + 1e-15
            )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=1, max_size=6), st.integers(-5, 5))
def test_polynomials_with_known_roots(roots, constant):
    """The antiderivative of a product of (x − root): kinds follow from multiplicities."""
    slope = np.poly1d([1.0])
    for root in roots:
        slope *= np.poly1d([1.0, -root])
    whole = [round(c) for c in slope.coeffs]
    degree = len(whole)
    text = " + ".join(f"({c})*x**{degree - n}/{degree - n}" for n, c in enumerate(whole))
    points = theory.stationary_points(Objective.parse(f"{text} + {constant}"), -30, 30.5)
    assert [p.x for p in points] == sorted({float(r) for r in roots})
    for p in points:
        right = sum(root > p.x for root in roots) % 2 == 0
        kind = INFLECTION if roots.count(int(p.x)) % 2 == 0 else MIN if right else MAX
        assert p.kind is kind


def test_where_stationary_points_are_refused():
    with pytest.raises(ParameterError, match="one variable, not"):
        theory.stationary_points(RAVINE, -1, 1)
    for low, high in ((1, 1), (2, 1), (math.nan, 1), (0, math.inf)):
        with pytest.raises(ParameterError):
            theory.stationary_points(SQUARE, low, high)


@pytest.mark.parametrize(
    ("text", "x", "low", "high", "expected"),
    [
        ("x**4/4 - 2*x**2 + x/2", 3, -3, 3, 1.93429788),
        ("x**4/4 - 2*x**2 + x/2", 0.13, -3, 3, 1.93429788),
        ("x**4/4 - 2*x**2 + x/2", 0.12, -3, 3, -2.05979197),
        ("x**4/4 - 2*x**2 + x/2", -3, -3, 3, -2.05979197),
        ("x**4/4 - 2*x**2 + x/2", 0.12, -1, 3, None),  # the way down leads out of the interval
        ("x**4/4 - 2*x**2 + x/2", -5, -3, 3, -2.05979197),  # the interval is stretched to x
        ("x**2", 0, -1, 1, 0),
        ("x**2", 1e-300, -1, 1, 0),
        ("-x**2", 0, -1, 1, None),
        ("-x**2", 0.5, -1, 1, None),
        ("x**3", 0, -1, 1, None),
        ("x**3", 1, -1, 1, None),
        ("x**4*(x-1)**3", 2, -1, 2, 4 / 7),  # over the inflection at 1
        ("abs(x)", 0.5, -1, 1, 0),
        ("x + 1/x", 3, -3, 3, 1),
        ("x + 1/x", -3, -3, 3, None),
        ("x**2 - 1/(x-1)**2", 3, -3, 3, None),  # a pole on the way down
        ("log(x)", -1, -3, 3, None),
        ("5", 0, -1, 1, None),
    ],
)
def test_minimum_near(text, x, low, high, expected):
    found = theory.minimum_near(Objective.parse(text), x, low, high)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found.kind is MIN
        assert found.x == pytest.approx(expected, rel=1e-6, abs=1e-14)


def test_starts_of_the_lesson_part_company_at_the_hilltop():
    top = theory.stationary_points(WELL, 0, 1)[0]
    assert round(top.x, 4) == 0.1255
    left = theory.minimum_near(WELL, math.nextafter(top.x, -1) - 1e-9, -3, 3)
    right = theory.minimum_near(WELL, math.nextafter(top.x, 1) + 1e-9, -3, 3)
    assert (round(left.x, 4), round(left.value, 3)) == (-2.0598, -5.015)
    assert (round(right.x, 4), round(right.value, 3)) == (1.9343, -3.016)
    assert round(right.value - left.value, 3) == 1.999


@pytest.mark.parametrize(
    ("objective", "at", "curvature", "critical"),
    [
        (SQUARE, 0.0, 2.0, 1.0),
        (SQUARE, (5,), 2.0, 1.0),
        (RAVINE, (10, 1), 10.0, 0.2),
        (library.by_name("ravine100").objective, (0, 0), 100.0, 0.02),
        (SADDLE, (0, 0), 1.0, 2.0),
        (Objective.parse("0.25*x**2"), 0, 0.5, 4.0),
        (Objective.parse("3*x**2"), 0, 6.0, 1 / 3),
        (Objective.parse("-x**2"), 0, -2.0, math.inf),
        (Objective.parse("x"), 0, 0.0, math.inf),
        (Objective.parse("abs(x)"), 0, math.nan, math.nan),
        (Objective.parse("log(x)"), -1, math.nan, math.nan),
    ],
)
def test_curvature_and_critical_rate(objective, at, curvature, critical):
    assert theory.curvature(objective, at) == pytest.approx(curvature, rel=1e-15, nan_ok=True)
    assert theory.critical_rate(objective, at) == pytest.approx(critical, rel=1e-15, nan_ok=True)


def test_numbers_of_the_lessons():
    loss = LineLoss(line_points())
    assert round(theory.critical_rate(loss, least_squares(line_points())), 4) == 0.1492
    assert round(theory.critical_rate(WELL, (1.9343,)), 3) == 0.277
    for bend, factor in ((0.5, 0.825), (2, 0.3), (6, -1.1)):
        objective = Objective.parse(f"({bend}/2)*x**2")
        assert theory.contraction_factor(objective, 0, 0.35) == pytest.approx(factor, rel=1e-14)
    for rate, factor in ((0.1, 0.8), (0.5, 0), (0.9, -0.8), (1, -1), (1.05, -1.1)):
        assert theory.contraction_factor(SQUARE, 4, rate) == pytest.approx(factor, abs=1e-15)


@pytest.mark.parametrize("at", [(), (1, 2), "3", None, (math.nan,), (math.inf,), ("1",), (True,)])
def test_points_that_are_refused(at):
    with pytest.raises(ParameterError, match="at = "):
        theory.curvature(SQUARE, at)


@given(st.integers(1, 8), st.integers(0, 10**6), st.sampled_from([1.0, 1e-200, 1e150]))
@settings(max_examples=120, deadline=None)
def test_eigenvalues_against_numpy(size, seed, scale):
    dice = random.Random(seed)
    half = [[dice.uniform(-1, 1) * 10 ** dice.uniform(-3, 3) for _ in range(size)]
            for _ in range(size)]  # fmt: skip
    matrix = [[(half[i][j] + half[j][i]) * scale for j in range(size)] for i in range(size)]
    expected = np.linalg.eigvalsh(matrix)
    largest = max(abs(expected))
    assert eigenvalues(matrix) == pytest.approx(expected, rel=1e-12, abs=1e-13 * largest)


def test_eigenvalues_of_the_ends():
    assert eigenvalues(((0.0, 0.0), (0.0, 0.0))) == (0.0, 0.0)
    assert eigenvalues(((1.0, 0.0), (0.0, 1e-300))) == (1e-300, 1.0)
    assert all(map(math.isnan, eigenvalues(((math.inf, 0.0), (0.0, 1.0)))))


GD = GradientDescent
REGIMES = [
    # The lessons' runs: FourRates, Overshoot, BounceAndDiverge, CriticalRate, TutorialRun
    (SQUARE, 4, GD(0.01), 20, Regime.CREEPING),
    (SQUARE, 4, GD(0.1), 20, Regime.MONOTONE),
    (SQUARE, 4, GD(0.45), 20, Regime.MONOTONE),
    (SQUARE, 4, GD(0.5), 20, Regime.ONE_STEP),
    (SQUARE, 4, GD(0.5), 1, Regime.ONE_STEP),
    (SQUARE, 4, GD(0.9), 10, Regime.ALTERNATING),
    (SQUARE, 4, GD(0.99), 10, Regime.ALTERNATING),
    (SQUARE, 4, GD(1.0), 8, Regime.PERIODIC),
    (SQUARE, 4, GD(1.05), 8, Regime.DIVERGING),
    (SQUARE, 4, GD(1.05), 1000, Regime.DIVERGING),
    (SQUARE, 4, GD(100.0), 1000, Regime.DIVERGING),
    (SQUARE, 80, GD(0.01), 20, Regime.CREEPING),
    (SQUARE, 80, GD(0.01), 1000, Regime.MONOTONE),
    (SQUARE, 4, GD(0.1), 10_000, Regime.MONOTONE),
    (SQUARE, 4, GD(InverseTime(1.2, 0.1)), 14, Regime.ALTERNATING),
    # JumpTheHill, and the same with momentum
    (WELL, 3, GD(0.05), 60, Regime.MONOTONE),
    (WELL, 3, GD(0.2), 60, Regime.ALTERNATING),
    (WELL, 3, GD(0.25), 60, Regime.PERIODIC),
    (WELL, 3, GD(0.4), 60, Regime.DIVERGING),
    (WELL, 3, Momentum(0.05, momentum=0.9), 100, Regime.SWINGING),
    # Ravines: one coordinate is enough
    (RAVINE, (10, 1), GD(0.05), 60, Regime.MONOTONE),
    (RAVINE, (10, 1), GD(0.18), 60, Regime.ALTERNATING),
    (RAVINE, (10, 1), GD(0.2), 20, Regime.PERIODIC),
    (RAVINE, (10, 1), GD(0.2), 200, Regime.PERIODIC),
    (RAVINE, (10, 1), GD(0.21), 60, Regime.DIVERGING),
    (RAVINE, (10, 1), GD(0.21), 300, Regime.DIVERGING),
    # Saddles, and where nothing moves
    (SADDLE, (2, 0), GD(0.1), 60, Regime.STUCK_AT_A_SADDLE),
    (SADDLE, (2, 0), GD(0.1), 1000, Regime.STUCK_AT_A_SADDLE),
    (SADDLE, (2, 1e-6), GD(0.1), 60, Regime.STUCK_AT_A_SADDLE),
    (SADDLE, (2, 1e-6), GD(0.1), 400, Regime.MONOTONE),
    (SADDLE, (0, 0), GD(0.1), 10, Regime.AT_REST),
    (SQUARE, 0, GD(0.1), 10, Regime.AT_REST),
    (Objective.parse("-x**2"), 0, GD(0.1), 10, Regime.AT_REST),
    (Objective.parse("3", ("x",)), 1, GD(0.1), 10, Regime.AT_REST),
    (Objective.parse("x**2*(4 - x**2)"), 1, GD(0.25), 10, Regime.ONE_STEP),
    # No minimum, no value, too few steps
    (Objective.parse("-x**2"), 1, GD(0.1), 1000, Regime.DIVERGING),
    (Objective.parse("x"), 1, GD(0.1), 50, Regime.UNSETTLED),
    (Objective.parse("log(x)"), 1, GD(0.3), 50, Regime.UNDEFINED),
    (Objective.parse("log(x)"), -1, GD(0.3), 50, Regime.UNDEFINED),
    (Objective.parse("1/x"), 0, GD(0.3), 50, Regime.UNDEFINED),
    (Objective.parse("exp(x**2)"), 2, GD(0.5), 50, Regime.DIVERGING),
    (Objective.parse("exp(x)"), 800, GD(0.5), 50, Regime.UNDEFINED),
    (Objective.parse("x**4"), 3, GD(0.5), 50, Regime.DIVERGING),
    (Objective.parse("x**4"), 1, GD(0.1), 1000, Regime.MONOTONE),
    (SQUARE, 4, GD(0.1), 1, Regime.UNSETTLED),
    (SQUARE, 4, GD(1e-18), 20, Regime.UNSETTLED),
    (Objective.parse("cos(x)"), 1, AdaGrad(0.5), 200, Regime.MONOTONE),
    (LineLoss(line_points()), (0, 0), GD(0.14), 20, Regime.ALTERNATING),
    (LineLoss(line_points()), (0, 0), GD(0.15), 20, Regime.DIVERGING),
]


@pytest.mark.parametrize(("objective", "start", "optimizer", "steps", "expected"), REGIMES)
def test_regime(objective, start, optimizer, steps, expected):
    trace = descend(objective, start, optimizer, max_steps=steps)
    assert theory.regime(trace) is expected


def test_stuck_at_a_maximum():
    """From 3 on x³ − 3x the slope is 24; a rate of 1/6 lands on the maximum at −1 exactly."""
    trace = descend(Objective.parse("x**3 - 3*x"), 3, GD(1 / 6), max_steps=20)
    assert trace.points[-1] == (-1.0,)
    assert theory.regime(trace) is Regime.STUCK_AT_A_MAXIMUM


def test_a_start_that_a_rule_ends_is_unsettled():
    trace = descend(SQUARE, 1e-3, GD(0.1), stopping=SmallGradient(0.1))
    assert not trace.steps
    assert theory.regime(trace) is Regime.UNSETTLED


def test_every_regime_has_its_own_sentence():
    sentences = [regime.sentence for regime in Regime]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in sentences)


@settings(max_examples=150, deadline=None)
@given(st.floats(0.001, 1.2), st.floats(-50, 50), st.integers(2, 60))
def test_regime_on_the_parabola_follows_the_factor(rate, start, steps):
    """What is said agrees with the closed form xₙ = (1 − 2·rate)ⁿ x₀."""
    factor = theory.contraction_factor(SQUARE, 0, rate)
    if abs(start) < 1e-6 or min(abs(abs(factor) - 1), abs(factor)) < 1e-3:
        return
    found = theory.regime(descend(SQUARE, start, GD(rate), max_steps=steps))
    if factor < -1:
        assert found is Regime.DIVERGING
    elif factor < 0:
        assert found in (Regime.ALTERNATING, Regime.ONE_STEP)
    else:
        halved = factor**steps < 0.5
        assert found is (Regime.MONOTONE if halved else Regime.CREEPING)


@pytest.mark.parametrize(
    ("rate", "counts"), [(0.01, 228), (0.1, 21), (0.45, 2), (0.5, 1), (0.9, 21), (1.0, None)]
)
def test_steps_to_one_percent(rate, counts):
    trace = descend(SQUARE, 4, GD(rate), max_steps=300)
    assert theory.steps_to(trace, 0.0, 0.01) == counts


def test_steps_to_in_the_tutorial_run():
    trace = descend(SQUARE, 80, GD(0.01), max_steps=1000)
    assert [theory.steps_to(trace, 0, part) for part in (1, 0.5, 0.01)] == [0, 35, 228]


def test_steps_to_counts_from_where_it_stays():
    trace = descend(SQUARE, 4, Momentum(0.1, momentum=0.9), max_steps=300)
    n = theory.steps_to(trace, 0.0, 0.1)
    distances = [abs(x) for (x,) in trace.points]
    assert distances[n - 1] > 0.4
    assert all(distance <= 0.4 for distance in distances[n:])
    assert min(distances[: n - 1]) < 0.4  # it passed by earlier
    assert theory.steps_to(descend(RAVINE, (10, 1), GD(0.18), max_steps=60), (0, 0), 0.1) == 12


def test_error_shrinks_by_the_contraction_factor_near_a_minimum():
    low = theory.minimum_near(WELL, 3, -3, 3)
    factor = theory.contraction_factor(WELL, low.x, 0.2)
    xs = [p[0] for p in descend(WELL, low.x + 1e-4, GD(0.2), max_steps=8).points]
    for before, after in pairwise(xs):
        assert (after - low.x) / (before - low.x) == pytest.approx(factor, rel=1e-3)
