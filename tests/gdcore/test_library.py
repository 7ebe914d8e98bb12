"""The named functions: their minima are minima, and all of them."""

import math

import mpmath
import pytest

from gdcore import ParameterError, library, theory


@pytest.mark.parametrize("name", library.NAMES)
def test_minima_are_minima(name):
    named = library.by_name(name)
    assert named.name == name
    assert named.note.endswith(".")
    assert named.minima
    assert [value for _, value in named.minima] == sorted(value for _, value in named.minima)
    for point, value in named.minima:
        found, gradient = named.objective.value_and_gradient(point)
        steepest = theory.curvature(named.objective, point)
        assert found == pytest.approx(value, rel=1e-14, abs=1e-25)
        assert math.hypot(*gradient) <= 1e-13 * max(1.0, steepest)
        assert min(theory.curvatures(named.objective, point)) >= 0


def test_minima_to_the_last_digit():
    """Against mpmath, to the nearest float."""
    with mpmath.workdps(40):
        well = lambda x: x**4 / 4 - 2 * x**2 + x / 2  # noqa: E731
        waves = lambda x: x**2 / 10 + mpmath.sin(2 * x)  # noqa: E731
        for name, f, slope in (
            ("double_well", well, lambda x: x**3 - 4 * x + mpmath.mpf(1) / 2),
            ("waves", waves, lambda x: x / 5 + 2 * mpmath.cos(2 * x)),
        ):
            for (x,), value in library.by_name(name).minima:
                root = mpmath.findroot(slope, x)
                assert (x, value) == (float(root), float(f(root)))
        for point, _ in library.by_name("himmelblau").minima:
            root = mpmath.findroot(lambda x, y: [x**2 + y - 11, x + y**2 - 7], point)
            assert point == tuple(map(float, root))


def test_no_minimum_is_missing():
    for name, far in (("square", 50), ("quartic", 50), ("double_well", 50), ("waves", 50)):
        named = library.by_name(name)
        points = theory.stationary_points(named.objective, -far, far)
        found = sorted(p.x for p in points if p.kind is theory.Kind.MINIMUM)
        assert found == pytest.approx(sorted(x for (x,), _ in named.minima), rel=1e-14)


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [("double_well", -5.015, -2.0598), ("waves", -0.941, -0.75), ("saddle", -0.25, 0.0)],
)
def test_the_first_is_the_lowest(name, value, place):
    (x, *_), lowest = library.by_name(name).minima[0]
    assert round(lowest, 3) == value
    assert x == pytest.approx(place, abs=0.005)


def test_look_up():
    assert library.by_name("parabola") == library.by_name("square")
    assert [n for n in library.NAMES if len(library.by_name(n).objective.variables) == 1] == [
        "square", "quartic", "double_well", "waves",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("himelblau", "no function 'himelblau': did you mean 'himmelblau'? Known: square"),
        ("Rosenbrok", "did you mean 'rosenbrock'?"),
        ("zzz", "no function 'zzz': Known: square"),
    ],
)
def test_unknown_name(name, hint):
    with pytest.raises(ParameterError) as caught:
        library.by_name(name)
    assert hint in str(caught.value)
    assert str(caught.value).isprintable()
