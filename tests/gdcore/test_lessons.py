"""Every number the lessons show, computed and held to the last digit that is shown.

A row is (lesson, what, the computed numbers, the numbers as they are shown). A shown number must be
the computed one rounded to as many digits as are shown; whole numbers without a point are counts or
exact values and must be equal.
"""

import itertools
import math
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from gdcore import (
    AdaGrad,
    Adam,
    FullBatch,
    GradientDescent,
    InverseTime,
    LineLoss,
    MiniBatch,
    Momentum,
    Objective,
    RMSProp,
    SingleSample,
    SmallGradient,
    SmallStep,
    descend,
)
from gdcore.data import least_squares, line_points, noisy_line
from gdcore.sampling import updates_per_epoch

SQUARE = Objective.parse("x**2")
DOUBLE_WELL = Objective.parse("x**4/4 - 2*x**2 + x/2")
RIPPLES = Objective.parse("x**2/10 + sin(2*x)")
HIMMELBLAU = Objective.parse("(x**2 + y - 11)**2 + (x + y**2 - 7)**2")
SADDLE = Objective.parse("x**2/2 + y**4/4 - y**2/2")
RAVINE = Objective.parse("(x**2 + 10*y**2)/2")
STEEP_RAVINE = Objective.parse("(x**2 + 100*y**2)/2")


@cache
def run(objective, start, optimizer, steps):
    return descend(objective, start, optimizer, max_steps=steps)


def xs(objective, start, rate, steps):
    """Return the first coordinates of a run of gradient descent."""
    return [p[0] for p in run(objective, start, GradientDescent(rate), steps).points]


def ys(objective, start, rate, steps):
    """Return the second coordinates of a run of gradient descent."""
    return [p[1] for p in run(objective, start, GradientDescent(rate), steps).points]


def fs(objective, start, rate, steps):
    """Return the values of a run of gradient descent."""
    return run(objective, start, GradientDescent(rate), steps).values


def line(rate=0.05, steps=200):
    return run(LineLoss(line_points()), (0, 0), GradientDescent(rate), steps)


def one_step():
    return run(SQUARE, 4, GradientDescent(0.1), 2)


def tutorial():
    return run(SQUARE, 80, GradientDescent(0.01), 1000)


def until_one_percent(start, rate):
    return run(SQUARE, start, GradientDescent(rate), 400).first(
        lambda p, f: abs(p[0]) <= start / 100 * (1 + 1e-12)
    )


def secant(h):
    return (SQUARE.value_and_gradient((3 + h,))[0] - 9) / h


def below(objective, start, optimizer, value=0.01, steps=600):
    """Return from which step on f stays below `value`."""
    return run(objective, start, optimizer, steps).settled(lambda p, f: f < value)


def first_below(objective, start, optimizer, value=0.01, steps=600):
    return run(objective, start, optimizer, steps).first(lambda p, f: f < value)


def value(objective, *point):
    return objective.value_and_gradient(point)[0]


def slope(objective, *point):
    return objective.value_and_gradient(point)[1]


def factor(objective, rate):
    """Return what a step of gradient descent multiplies x = 4 by."""
    return xs(objective, 4, rate, 1)[1] / 4


def largest_curvature(loss):
    return max(np.linalg.eigvalsh(loss.hessian((0.0, 0.0))))


def ends(starts, objective, rate, steps):
    return [run(objective, s, GradientDescent(rate), steps).points[-1] for s in starts]


def bisected(objective, low, high):
    """Return where the derivative changes sign between two points."""
    while (middle := (low + high) / 2) not in (low, high):
        same = slope(objective, low)[0] * slope(objective, middle)[0] > 0
        low, high = (middle, high) if same else (low, middle)
    return low


def many_starts():
    found = [x for (x,) in ends([-6 + 1.2 * i for i in range(11)], RIPPLES, 0.1, 100)]
    groups = [list(g) for _, g in itertools.groupby(sorted(found), key=lambda x: round(x, 2))]
    return [len(g) for g in groups], [g[0] for g in groups]


def escapes(y, optimizer=None):
    return saddle_run(y, optimizer).first(lambda p, f: abs(p[1]) > 0.5)


def flat(trace):
    """Return the first index where the gradient is shorter than 0.01."""
    return next(n for n, g in enumerate(trace.gradients) if math.hypot(*g) < 0.01)


def saddle_run(y, optimizer=None):
    return run(SADDLE, (2, y), optimizer or GradientDescent(0.1), 400)


def tuned():
    """Gradient descent and heavy ball with their best rates for κ = 100 (Polyak, 1964)."""
    small, large = 1.0, 100.0
    descent = GradientDescent(2 / (small + large))
    roots = math.sqrt(small), math.sqrt(large)
    ball = Momentum(
        4 / sum(roots) ** 2, momentum=((roots[1] - roots[0]) / (roots[1] + roots[0])) ** 2
    )
    return [below(STEEP_RAVINE, (10, 1), rule) for rule in (descent, ball)]


def hovering():
    return run(STEEP_RAVINE, (10, 2), RMSProp(0.1, rho=0.9), 600)


def sampled_updates():
    return [10 * updates_per_epoch(s, 40) for s in (FullBatch(), MiniBatch(8), SingleSample())]


MINIMA = [lambda: bisected(DOUBLE_WELL, -3, -1), lambda: bisected(DOUBLE_WELL, 1, 3)]

ROWS = [
    ("D", "minima", lambda: [m() for m in MINIMA], "-2.0598 1.9343"),
    ("D", "values", lambda: [value(DOUBLE_WELL, m()) for m in MINIMA], "-5.015 -3.016"),
    ("D", "hilltop", lambda: [bisected(DOUBLE_WELL, -1, 1)], "0.1255"),
    ("WhatIsDescent", "x5 x10 x15",
     lambda: [xs(DOUBLE_WELL, 0.5, 0.05, 15)[n] for n in (5, 10, 15)],
     "0.96 1.57 1.87"),
    ("LineFit", "errors", lambda: [line().values[n] for n in (0, 1, 2, 50)],
     "32.78 3.613 0.438 0.0199"),
    ("LineFit", "end", lambda: line().points[-1], "1.970 1.059"),
    ("LineFit", "least squares", lambda: least_squares(line_points()), "1.97 1.06"),
    ("LineFit", "2/L", lambda: [2 / largest_curvature(LineLoss(line_points()))], "0.1492"),
    ("SecantToTangent", "slopes", lambda: [secant(h) for h in (2, 1, 0.5, 0.1, 0.01)],
     "8.00 7.00 6.50 6.10 6.01"),
    ("SecantToTangent", "tangent", lambda: slope(SQUARE, 3.0), "6"),
    ("SecantToTangent", "rises", lambda: [secant(2) * 2, secant(0.1) * 0.1], "16.00 0.61"),
    ("OneStep", "slopes", lambda: [s.gradient[0] for s in one_step().steps],
     "8.0 6.4"),
    ("OneStep", "steps", lambda: [s.delta[0] for s in one_step().steps],
     "-0.80 -0.64"),
    ("OneStep", "points", lambda: xs(SQUARE, 4, 0.1, 2), "4.00 3.20 2.56"),
    ("OneStep", "values", lambda: fs(SQUARE, 4, 0.1, 1), "16.00 10.24"),
    ("FourRates", "x20", lambda: [xs(SQUARE, 4, r, 20)[20] for r in (0.01, 0.1, 0.45, 0.9)],
     "2.670 0.0461 4e-20 0.0461"),
    ("FourRates", "to 1 %", lambda: [until_one_percent(4, r) for r in (0.01, 0.1, 0.45, 0.9)],
     "228 21 2 21"),
    ("FourRates", "first steps",
     lambda: [-xs(SQUARE, 4, r, 1)[1] + 4 for r in (0.01, 0.1, 0.45, 0.9)],
     "0.08 0.80 3.60 7.20"),
    ("FourRates", "0.45 after 2", lambda: [xs(SQUARE, 4, 0.45, 2)[2]], "0.04"),
    ("FourRates", "0.5 lands in one", lambda: [xs(SQUARE, 4, 0.5, 1)[1]], "0"),
    ("Overshoot", "points", lambda: xs(SQUARE, 4, 0.9, 5), "4.00 -3.20 2.56 -2.048 1.638 -1.311"),
    ("Overshoot", "x10", lambda: [xs(SQUARE, 4, 0.9, 10)[10], xs(SQUARE, 4, 0.1, 10)[10]],
     "0.4295 0.4295"),
    ("Overshoot", "f", lambda: fs(SQUARE, 4, 0.9, 1), "16.00 10.24"),
    ("BounceAndDiverge", "rate 1", lambda: xs(SQUARE, 4, 1.0, 8), "4 -4 4 -4 4 -4 4 -4 4"),
    ("BounceAndDiverge", "rate 1.05", lambda: xs(SQUARE, 4, 1.05, 8),
     "4.00 -4.40 4.84 -5.32 5.86 -6.44 7.09 -7.79 8.57"),
    ("BounceAndDiverge", "f", lambda: [fs(SQUARE, 4, 1.05, 8)[n] for n in (0, 1, 8)],
     "16.00 19.36 73.5"),
    ("CriticalRate", "factors",
     lambda: [factor(Objective.parse(f), 0.35) for f in ("x**2/4", "x**2", "3*x**2")],
     "0.825 0.300 -1.100"),
    ("Cobweb", "slopes", lambda: [factor(SQUARE, r) for r in (0.1, 0.5, 0.9, 1.0, 1.05)],
     "0.80 0.00 -0.80 -1.00 -1.10"),
    ("SurrogateParabola", "landings", lambda: [xs(SQUARE, 4, r, 1)[1] for r in (0.25, 0.5, 0.75)],
     "2 0 -2"),
    ("RateDecay", "points", lambda: xs(SQUARE, 4, InverseTime(1.2, decay=0.1), 14)[:9],
     "4.00 -5.60 6.62 -6.62 5.60 -4.00 2.40 -1.20 0.49"),
    ("TutorialRun", "points", lambda: [tutorial().points[n][0] for n in (1, 10, 35, 100, 228)],
     "78.40 65.37 39.45 10.61 0.80"),
    ("TutorialRun", "x1000", lambda: [tutorial().points[1000][0]], "1.35e-7"),
    ("TutorialRun", "x1000, long", lambda: [tutorial().points[1000][0]], "0.000000135"),
    ("TutorialRun", "f", lambda: [tutorial().values[n] for n in (0, 100)], "6400.0 112.6"),
    ("TutorialRun", "first step",
     lambda: [tutorial().gradients[0][0], tutorial().steps[0].delta[0]],
     "160.0 -1.6"),
    ("StoppingRule", "halved, 1 %",
     lambda: [tutorial().first(lambda p, f, x=x: p[0] <= x) for x in (40, 0.8)], "35 228"),
    ("StoppingRule", "stop rules",
     lambda: [len(descend(SQUARE, 80, GradientDescent(0.01), max_steps=1000, stopping=rule(1e-3)))
              for rule in (SmallStep, SmallGradient)], "367 594"),
    ("LogLoss", "x**4",
     lambda: [xs(Objective.parse("x**4"), 1, 0.1, 1000)[n] for n in (10, 100, 1000)],
     "0.303 0.109 0.035"),
    ("FromScratch", "points", lambda: xs(SQUARE, 4, 0.1, 4), "4.0 3.2 2.56 2.048 1.6384"),
    ("FromScratch", "end", lambda: [xs(SQUARE, 4, 0.1, 10)[10], fs(SQUARE, 4, 0.1, 10)[10]],
     "0.4295 0.1845"),
    ("FromScratch", "f", lambda: fs(SQUARE, 4, 0.1, 2), "16.00 10.24 6.554"),
    ("FromScratch", "x100", lambda: [xs(SQUARE, 4, 0.1, 100)[100]], "8.148e-10"),
    ("TwoMinima", "ends", lambda: [x for (x,) in ends((3, -3), DOUBLE_WELL, 0.05, 60)],
     "1.9343 -2.0598"),
    ("TwoMinima", "first step", lambda: [slope(DOUBLE_WELL, 3)[0], *xs(DOUBLE_WELL, 3, 0.05, 1)],
     "15.5 3.0 2.225"),
    ("TwoMinima", "gap",
     lambda: [value(DOUBLE_WELL, MINIMA[1]()) - value(DOUBLE_WELL, MINIMA[0]())],
     "1.999"),
    ("TwoMinima", "beside the hilltop",
     lambda: [x for (x,) in ends((0.12, 0.13), DOUBLE_WELL, 0.05, 30)],
     "-1.05 0.98"),
    ("JumpTheHill", "rate 0.2", lambda: xs(DOUBLE_WELL, 3, 0.2, 6),
     "3.00 -0.10 -0.28 -0.60 -1.14 -1.85 -2.16"),
    ("JumpTheHill", "rate 0.2, end", lambda: [xs(DOUBLE_WELL, 3, 0.2, 60)[60]], "-2.0598"),
    ("JumpTheHill", "rate 0.25, cycle", lambda: sorted(xs(DOUBLE_WELL, 3, 0.25, 400)[-2:]),
     "-2.2989 -1.6854"),
    ("JumpTheHill", "momentum 0.9 and 0.8",
     lambda: [run(DOUBLE_WELL, 3, Momentum(0.05, momentum=b), 400).points[-1][0]
              for b in (0.9, 0.8)],
     "-2.0598 1.9343"),
    ("ManyStarts", "walkers", lambda: many_starts()[0], "1 2 3 3 2"),
    ("ManyStarts", "valleys", lambda: many_starts()[1], "-6.70 -3.74 -0.75 2.24 5.22"),
    ("Basins", "different minima",
     lambda: [len({tuple(round(x, 3) for x in end) for end in ends(
         itertools.product((1, -1), (1, -1)), HIMMELBLAU, 0.01, 500)})], "4"),
    ("Saddle", "false convergence", lambda: [flat(saddle_run(1e-6))], "51"),
    ("Saddle", "|y| > 0.5",
     lambda: [escapes(1e-6), escapes(1e-6, Momentum(0.1, momentum=0.9))], "139 50"),
    ("Saddle", "stuck", lambda: [saddle_run(0.0).points[-1][1]], "0"),
    ("RavineZigZag", "x", lambda: xs(RAVINE, (10, 1), 0.18, 2), "10.00 8.20 6.72"),
    ("RavineZigZag", "y", lambda: ys(RAVINE, (10, 1), 0.18, 2),
     "1.00 -0.80 0.64"),
    ("RavineZigZag", "f < 0.01", lambda: [below(RAVINE, (10, 1), GradientDescent(0.18))], "22"),
    ("RavineZigZag", "rate 0.2", lambda: ys(RAVINE, (10, 1), 0.2, 4),
     "1 -1 1 -1 1"),
    ("MomentumRoll", "f < 0.01",
     lambda: [below(RAVINE, (10, 1), Momentum(0.18, momentum=0.3))], "13"),
    ("MomentumRoll", "tuned", tuned, "231 44"),
    ("BatchNoise", "updates", sampled_updates, "10 50 400"),
    ("AdaptiveRates", "first steps",
     lambda: [abs(d) for rule in (Adam(0.3), GradientDescent(0.019))
              for d in run(STEEP_RAVINE, (10, 2), rule, 1).steps[0].delta], "0.3 0.3 0.19 3.8"),
    ("OptimiserRace", "f < 0.01 for good",
     lambda: [below(STEEP_RAVINE, (10, 2), rule) for rule in (
         GradientDescent(0.019), Momentum(0.019, momentum=0.8),
         AdaGrad(0.5), AdaGrad(1.0), Adam(0.3))],
     "223 47 433 121 86"),
    ("OptimiserRace", "RMSProp, rho 0.99",
     lambda: [first_below(STEEP_RAVINE, (10, 2), RMSProp(0.1, rho=0.99))], "97"),
    ("OptimiserRace", "RMSProp, rho 0.9, y",
     lambda: sorted(p[1] for p in hovering().points[-2:]),
     "-0.05 0.05"),
    ("OptimiserRace", "RMSProp, rho 0.9, f",
     lambda: [hovering().values[-1]], "0.126"),
    ("OptimiserRace", "first points",
     lambda: [x for rule in (GradientDescent(0.019), Adam(0.3))
              for x in run(STEEP_RAVINE, (10, 2), rule, 1).points[1]], "9.81 -1.80 9.7 1.7"),
]  # fmt: skip


def shown(computed, text):
    """Return a number rounded to as many digits as `text` shows, to be compared with it."""
    digits = Decimal(text)
    if digits == digits.to_integral() and "." not in text and "e" not in text:
        return computed
    return float(Decimal(computed).quantize(Decimal((0, (1,), digits.as_tuple().exponent))))


@pytest.mark.parametrize(
    ("compute", "texts"),
    [pytest.param(row[2], row[3], id=f"{row[0]}: {row[1]}") for row in ROWS],
)
def test_number(compute, texts):
    computed = list(compute())
    expected = texts.split()
    assert [shown(x, text) for x, text in zip(computed, expected, strict=True)] == [
        float(text) for text in expected
    ]


# What the lessons claim without a number.


def test_line_fit_regimes():
    def swings(rate):
        w = [p[0] - 1.97 for p in line(rate, 30).points]
        return sum(a * b < 0 for a, b in itertools.pairwise(w))

    assert swings(0.05) <= 1
    assert swings(0.14) >= 25
    assert line(0.14, 200).values[-1] < 0.05
    assert line(0.15, 200).values[-1] > line(0.15, 200).values[0]


def test_overshoot_falls_every_time_and_lands_on_alternate_sides():
    trace = run(SQUARE, 4, GradientDescent(0.9), 10)
    assert all(step.next_value < step.value for step in trace.steps)
    assert all(step.point[0] * step.next_point[0] < 0 for step in trace.steps)


def test_surrogate_parabola_is_lowest_at_the_landing():
    for rate in (0.25, 0.5, 0.75):
        landing = xs(SQUARE, 4, rate, 1)[1]
        assert 8 + (landing - 4) / rate == pytest.approx(0, abs=1e-14)


def test_slope_sign_flips_at_three_points():
    signs = [slope(DOUBLE_WELL, -3 + i / 100)[0] > 0 for i in range(601)]
    assert sum(a != b for a, b in itertools.pairwise(signs)) == 3


def test_the_gradient_is_the_steepest_of_eight_directions():
    g = slope(RAVINE, 3.0, 1.0)
    turns = [math.atan2(g[1], g[0]) + k * math.pi / 4 for k in range(8)]
    rises = [g[0] * math.cos(a) + g[1] * math.sin(a) for a in turns]
    assert max(rises) == rises[0] == pytest.approx(math.hypot(*g))
    assert rises[2] == pytest.approx(0, abs=1e-12)


def test_double_well_at_0_4_blows_up():
    assert run(DOUBLE_WELL, 3, GradientDescent(0.4), 100).stop.blew_up


def test_ravine_at_0_21_diverges():
    ys = [abs(p[1]) for p in run(RAVINE, (10, 1), GradientDescent(0.21), 60).points]
    assert ys == sorted(ys)
    assert ys[-1] > 100


def test_rmsprop_with_rho_0_9_never_settles():
    assert below(STEEP_RAVINE, (10, 2), RMSProp(0.1, rho=0.9)) is None


def test_straight_lines_on_a_log_axis():
    for rate in (0.01, 0.1, 0.3):
        values = run(SQUARE, 4, GradientDescent(rate), 30).values
        assert {round(b / a, 12) for a, b in itertools.pairwise(values)} == {
            round((1 - 2 * rate) ** 2, 12)
        }


def test_batch_noise():
    """Quick, and restless near the end: the fewer examples in a batch, the more so."""
    loss, start = LineLoss(noisy_line()), (-1.5, 2)
    lowest = loss.value(least_squares(noisy_line()))
    late = []
    for sampling in (FullBatch(), MiniBatch(8), SingleSample()):
        trace = descend(loss, start, GradientDescent(0.1), max_steps=400, sampling=sampling)
        late.append(max(trace.values[300:]) - lowest)
    assert late[0] < 1e-12 < late[1] < late[2]
    epoch = [
        descend(loss, start, GradientDescent(0.1), max_steps=n, sampling=s).values[-1] - lowest
        for s, n in ((FullBatch(), 1), (MiniBatch(8), 5))
    ]
    assert epoch[1] < epoch[0]
