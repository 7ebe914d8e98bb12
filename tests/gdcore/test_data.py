"""Data sets and losses: recorded data, derivatives against differences and mpmath, stability."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcore import Data, LineLoss, NeuronLoss, ParameterError
from gdcore.data import least_squares, line_points, noisy_line, sigmoid, two_classes

LOSSES = [LineLoss(line_points()), LineLoss(noisy_line()), NeuronLoss(two_classes())]
POINTS = [(0.0, 0.0), (1.3, -0.7), (-2.0, 2.5), (8.0, -3.0)]


def test_least_squares_of_the_lesson():
    assert least_squares(line_points()) == pytest.approx((1.97, 1.06), rel=1e-13)


def test_least_squares_agrees_with_numpy_and_has_no_slope_left():
    data = noisy_line()
    line = least_squares(data)
    assert line == pytest.approx(tuple(np.polyfit(data.xs, data.ys, 1)), rel=1e-12)
    assert LineLoss(data).gradient(line) == pytest.approx((0, 0), abs=1e-13)


def test_noisy_line_is_what_the_lesson_says():
    data = noisy_line()
    noise = [y - (2 * x - 1) for x, y in zip(data.xs, data.ys, strict=True)]
    assert (len(data), min(data.xs), max(data.xs)) == (40, -2.0, 2.0)
    assert abs(sum(noise) / 40) < 3 * 0.8 / math.sqrt(40)
    assert math.sqrt(sum(e * e for e in noise) / 40) == pytest.approx(0.8, rel=0.3)
    big = noisy_line(4000)
    noise = [y - (2 * x - 1) for x, y in zip(big.xs, big.ys, strict=True)]
    assert math.sqrt(sum(e * e for e in noise) / 4000) == pytest.approx(0.8, rel=0.04)


def test_two_classes_overlap():
    data = two_classes()
    by_class = {y: [x for x, t in zip(data.xs, data.ys, strict=True) if t == y] for y in (0.0, 1.0)}
    assert len(by_class[0.0]) == len(by_class[1.0]) == 20
    # No threshold separates them, in either order, so the loss has a minimum.
    assert max(by_class[0.0]) > min(by_class[1.0])
    assert max(by_class[1.0]) > min(by_class[0.0])


def test_seeded_data_are_the_same_everywhere():
    """Recorded once: if this fails, every lesson on these data has changed."""
    assert noisy_line().ys[:4] == (-4.25, -5.92, -5.12, -4.08)
    assert two_classes().xs[:4] == (-0.06, -2.4, -1.68, -0.63)
    assert noisy_line() == noisy_line()
    assert noisy_line(seed=1) != noisy_line(seed=2)
    for number in (*noisy_line().ys, *two_classes().xs):
        assert number == round(number, 2)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("point", POINTS)
def test_derivatives_against_differences(loss, point):
    h = 1e-5
    for i in range(2):
        up = tuple([x + h * (i == j) for j, x in enumerate(point)])
        down = tuple([x - h * (i == j) for j, x in enumerate(point)])
        assert loss.gradient(point)[i] == pytest.approx(
            (loss.value(up) - loss.value(down)) / (2 * h), rel=1e-6, abs=1e-8
        )
        differences = [
            (a - b) / (2 * h) for a, b in zip(loss.gradient(up), loss.gradient(down), strict=True)
        ]
        assert loss.hessian(point)[i] == pytest.approx(differences, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("point", POINTS)
def test_neuron_against_its_definition_in_50_digits(point):
    data = two_classes()
    with mpmath.workdps(50):
        w, b = map(mpmath.mpf, point)
        total = slope = mpmath.mpf(0)
        for x, y in zip(data.xs, data.ys, strict=True):
            s = 1 / (1 + mpmath.exp(-(w * mpmath.mpf(x) + b)))
            total -= mpmath.log(s) if y else mpmath.log(1 - s)
            slope += (s - y) * mpmath.mpf(x)
        value, slope_w = float(total / 40), float(slope / 40)
    assert NeuronLoss(data).value(point) == pytest.approx(value, rel=1e-13)
    assert NeuronLoss(data).gradient(point)[0] == pytest.approx(slope_w, rel=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
def test_arrays_agree_with_floats(loss):
    w, b = np.meshgrid(np.linspace(-3, 3, 7), np.linspace(-2, 2, 5))
    grid = loss.values(w, b)
    assert grid.shape == (5, 7)
    for i in range(5):
        for j in range(7):
            assert grid[i, j] == pytest.approx(loss.value((w[i, j], b[i, j])), rel=1e-12)
    assert loss.values(1.0, np.zeros(3)).shape == (3,)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True))
def test_no_point_raises(w, b):
    for loss in LOSSES:
        value, gradient = loss.value_and_gradient((w, b))
        assert isinstance(value, float)
        assert len(gradient) == 2
        loss.hessian((w, b))


def test_far_from_the_data_the_neuron_stays_exact():
    one = NeuronLoss(Data((1.0,), (0.0,)))
    assert one.value((1000.0, 0.0)) == 1000.0
    assert one.value((-1000.0, 0.0)) == 0.0
    assert one.value((-40.0, 0.0)) == pytest.approx(math.exp(-40), rel=1e-15)
    assert one.gradient((-40.0, 0.0))[0] == pytest.approx(math.exp(-40), rel=1e-15)
    assert one.values(np.array([1000.0, -1000.0]), 0.0).tolist() == [1000.0, 0.0]


@given(st.floats(-700, 700))
def test_sigmoid_is_symmetric(z):
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, rel=1e-15)


def test_batch_is_the_loss_over_those_examples():
    loss = LineLoss(line_points())
    assert loss.batch((4, 0)) == LineLoss(Data((4.0, 0.0), (9.0, 1.1)))
    assert (loss.size, loss.variables) == (5, ("w", "b"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Data((), ()),
        lambda: Data((1.0,), (1.0, 2.0)),
        lambda: Data((math.nan,), (1.0,)),
        lambda: Data(("a",), (1.0,)),
        lambda: NeuronLoss(line_points()),
        lambda: noisy_line(1),
        lambda: noisy_line(noise=-1),
        lambda: two_classes(seed=-1),
        lambda: least_squares(Data((1.0, 1.0), (0.0, 1.0))),
    ],
)
def test_wrong_data_are_one_line(make):
    with pytest.raises(ParameterError, match=r"^[^\n]+$"):
        make()
