"""Places where the search for stationary points is easily wrong: underflow, jumps, ends, kinks."""

import pytest

from gdcore import Objective, theory


def found(text, low, high):
    points = theory.stationary_points(Objective.parse(text), low, high)
    return [(point.x, point.kind.value) for point in points]


@pytest.mark.parametrize("text", ["x**40", "x**100", "1e-30*x**2", "1e30*x**2", "cosh(x)"])
@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (-1.0, 1.1), (-1.0, 1.3), (-0.7, 3.0)])
def test_a_slope_that_underflows_beside_its_root(text, low, high):
    assert found(text, low, high) == [(0.0, "minimum")]


def test_a_slope_that_underflows_beside_a_root_elsewhere():
    ((x, kind),) = found("(x - 1/3)**40", -1, 2.2)
    assert kind == "minimum"
    assert x == pytest.approx(1 / 3, abs=1e-12)


@pytest.mark.parametrize(
    "text", ["abs(x)/x + x**2", "x**2 - abs(x)/x", "atan(1/x) + x**2/1000 + x/1000"]
)
def test_a_jump_is_no_minimum(text):
    assert 0 not in [round(x, 6) for x, kind in found(text, -1, 1.1) if kind == "minimum"]


@pytest.mark.parametrize("text", ["1/x", "1/x**2", "-1/x**2", "log(abs(x - 0.3))", "tan(x)"])
@pytest.mark.parametrize("high", [1.0, 1.1, 3.7])
def test_a_pole_is_no_stationary_point(text, high):
    assert found(text, -1, high) == []


def test_the_end_of_the_domain():
    assert found("x**1.5", 0, 1) == [(0.0, "minimum")]
    assert found("-x**1.5", 0, 1) == [(0.0, "maximum")]
    assert found("sqrt(x)", 0, 1) == []


@pytest.mark.parametrize("text", ["5", "x - x", "0*x", "abs(x) - x"])
def test_a_level_stretch_is_no_point(text):
    assert [kind for _, kind in found(text, 0.5, 2)] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "expected"),
    [
        ("x**3", -1, 2, [(0.0, "inflection")]),
        ("(x - 1)**4", -1, 2.3, [(1.0, "minimum")]),
        ("x**4 - 4*x**3 + 6*x**2 - 4*x + 1", -1, 2.3, [(1.0, "minimum")]),
        ("abs(x - 0.3)", -1, 1.1, [(0.3, "minimum")]),
        ("-abs(x - 0.3)", -1, 1.1, [(0.3, "maximum")]),
        ("(x - 1)**3 + 1e-6*x", -1, 2.3, []),
        ("x**2", 0, 5, [(0.0, "minimum")]),
        ("x**2", -5, 0, [(0.0, "minimum")]),
    ],
)
def test_exact_places(text, low, high, expected):
    assert found(text, low, high) == expected


@pytest.mark.parametrize(
    ("text", "x"),
    [("tan(x)", 0.0), ("x", 0.0), ("x**3", 0.5), ("log(x)", 1.0), ("-1/x**2", 1.0), ("-x**2", 0.0)],
)
def test_no_valley(text, x):
    assert theory.minimum_near(Objective.parse(text), x, -4.0, 4.1) is None
