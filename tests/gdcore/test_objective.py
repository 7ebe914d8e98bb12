"""Values, derivatives and notation: against plain Python, mpmath, differences, torch and Typst."""

import json
import math
import pickle
import re
from itertools import pairwise
from pathlib import Path

import mpmath
import numpy as np
import pytest
import typst
from formulas import formulas
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from gdcore import ExpressionError, GradientDescent, Objective, descend
from gdcore.expression import FUNCTIONS
from gdcore.optimizers import build

NAN, INF = math.nan, math.inf
PYTHON = {name: getattr(math, name) for name in FUNCTIONS if name != "abs"} | {
    "abs": abs, "pi": math.pi, "e": math.e, "sign": lambda u: float((u > 0) - (u < 0)),
}  # fmt: skip
EXACT = {name: getattr(mpmath, name) for name in FUNCTIONS if name != "abs"} | {
    "abs": abs, "pi": mpmath.pi, "e": mpmath.e,
}  # fmt: skip


def plain_python(text, **variables):
    """Return what Python makes of a formula that this test wrote, or None where it raises."""
    try:
        value = eval(text, {"__builtins__": {}}, PYTHON | variables)  # noqa: S307
    except (ArithmeticError, ValueError, TypeError):
        return None
    return None if isinstance(value, complex) else float(value)


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


@pytest.mark.parametrize(
    ("text", "point", "value", "gradient", "hessian"),
    [
        ("x**2", (3.0,), 9.0, (6.0,), ((2.0,),)),
        ("x**2", (4.0,), 16.0, (8.0,), ((2.0,),)),
        ("x**4/4 - 2*x**2 + x/2", (3.0,), 3.75, (15.5,), ((23.0,),)),
        ("(x**2 + 10*y**2)/2", (10.0, 1.0), 55.0, (10.0, 10.0), ((1.0, 0.0), (0.0, 10.0))),
        ("(x**2 + 100*y**2)/2", (10.0, 2.0), 250.0, (10.0, 200.0), ((1.0, 0.0), (0.0, 100.0))),
        (
            "(1-x)**2 + 100*(y-x**2)**2", (2.0, 1.0), 901.0, (2402.0, -600.0),
            ((4402.0, -800.0), (-800.0, 200.0)),
        ),
        (
            "(x**2 + y - 11)**2 + (x + y**2 - 7)**2", (1.0, 2.0), 68.0, (-36.0, -32.0),
            ((-22.0, 12.0), (12.0, 26.0)),
        ),
        ("x*y*z", (2.0, 3.0, 5.0), 30.0, (15.0, 10.0, 6.0),
         ((0.0, 5.0, 3.0), (5.0, 0.0, 2.0), (3.0, 2.0, 0.0))),
        ("7", (2.0,), 7.0, (0.0,), ((0.0,),)),
    ],
)  # fmt: skip
def test_values_by_hand(text, point, value, gradient, hessian):
    objective = Objective.parse(text)
    assert objective.value(point) == value
    assert objective.gradient(point) == gradient
    assert objective.value_and_gradient(point) == (value, gradient)
    assert objective.hessian(point) == hessian
    flat = [objective.value(point), *objective.gradient(point)]
    assert {type(number) for number in flat + [n for row in hessian for n in row]} == {float}


def test_the_run_of_the_lessons_is_what_plain_python_gives():
    x, points = 4, [4]
    for _ in range(10):
        x = x - 0.1 * (2 * x)
        points.append(x)
    trace = descend(Objective.parse("x**2"), 4, GradientDescent(0.1), max_steps=10)
    assert [p[0] for p in trace.points] == points
    assert [round(p, 4) for p in points[:4]] == [4, 3.2, 2.56, 2.048]


UNDEFINED = [
    ("log(x)", 0.0, NAN, NAN),
    ("log(x)", -1.0, NAN, NAN),  # though 1/x has a value there
    ("1/x", 0.0, NAN, NAN),
    ("x/x", 0.0, NAN, NAN),
    ("x**-2", 0.0, NAN, NAN),
    ("atan(1/x)", 0.0, NAN, NAN),
    ("exp(-1/x**2)", 0.0, NAN, NAN),
    ("sqrt(x)", -1.0, NAN, NAN),
    ("sqrt(x)", 0.0, 0.0, NAN),
    ("sqrt(x)**2", -1.0, NAN, NAN),
    ("x**0.5", -4.0, NAN, NAN),
    ("x**(1/3)", -8.0, NAN, NAN),
    ("abs(x**0.5)", -4.0, NAN, NAN),  # Python's own ** would be complex here, and abs real
    ("(x**0.5)**2", -4.0, NAN, NAN),
    ("x**x", -0.5, NAN, NAN),
    ("x**x", 0.0, 1.0, NAN),
    ("asin(x)", 2.0, NAN, NAN),
    ("acos(x)", 1.0, 0.0, NAN),
    ("exp(x)", 1000.0, INF, INF),
    ("exp(x)", -1000.0, 0.0, 0.0),
    ("1/(1 + exp(-x))", -1000.0, 0.0, NAN),
    ("sinh(x)", -1000.0, -INF, INF),
    ("cosh(x)", -1000.0, INF, -INF),
    ("x**3", -1e200, -INF, INF),
    ("x**2", 1e200, INF, 2e200),
    ("abs(x)", 0.0, 0.0, 0.0),
    ("abs(x)", -2.0, 2.0, -1.0),
    ("abs(sin(x))", 0.0, 0.0, 0.0),
    ("sqrt(x**2)", 0.0, 0.0, 0.0),
    ("sqrt(abs(x))", 0.0, 0.0, NAN),
    ("abs(log(x))", 0.5, math.log(2), -2.0),
]


@pytest.mark.parametrize(("text", "x", "value", "slope"), UNDEFINED)
def test_undefined_is_nan_and_too_large_is_inf(text, x, value, slope):
    objective = Objective.parse(text)
    found, (found_slope,) = objective.value_and_gradient((x,))
    assert found == pytest.approx(value, nan_ok=True, rel=1e-15)
    assert found_slope == pytest.approx(slope, nan_ok=True, rel=1e-15)
    assert objective.value((x,)) == pytest.approx(value, nan_ok=True, rel=1e-15)
    assert objective.gradient((x,)) == pytest.approx((slope,), nan_ok=True, rel=1e-15)
    assert objective.values([x, 1.5])[0] == pytest.approx(value, nan_ok=True)
    assert objective.gradients([x, 1.5])[0][0] == pytest.approx(slope, nan_ok=True)
    assert isinstance(objective.hessian((x,))[0][0], float)


def test_second_derivative_at_a_kink():
    kinked = Objective.parse("abs(x)")
    assert math.isnan(kinked.hessian((0.0,))[0][0])
    assert kinked.hessian((2.0,)) == ((0.0,),)
    assert Objective.parse("x*abs(x)").hessian((-3.0,)) == ((-2.0,),)


def test_points_that_are_none():
    square = Objective.parse("x**2")
    for wrong in ((), (1.0, 2.0)):
        with pytest.raises(ValueError, match="values to unpack"):
            square.value(wrong)
    with pytest.raises(TypeError):
        square.value(3.0)
    assert square.value((3,)) == 9.0
    assert type(Objective.parse("x").value((3,))) is float
    assert square.value([np.float64(3)]) == 9.0
    assert math.isnan(Objective.parse("1/x").value((np.float64(0.0),)))


SMOOTH = ("sin", "cos", "exp", "atan", "tanh", "abs", "sqrt", "log", "sinh", "cosh", "asin", "tan")
COORDINATES = st.floats(-3, 3).map(lambda x: round(x, 3))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(functions=FUNCTIONS, depth=4), COORDINATES, COORDINATES)
@example("(x)**3 - y/2", -1.5, 2.0)
@example("(x)**0.5", -1.0, 0.0)
@example("abs((x)**(1/3))", -1.0, 0.0)
@example("2*x**2*y**2 + x*y", 0.1, 0.7)
def test_value_is_what_plain_python_gives(text, x, y):
    try:
        objective = Objective.parse(text, ("x", "y"))
    except ExpressionError:
        return
    value = objective.value((x, y))
    expected = plain_python(text, x=x, y=y)
    assert isinstance(value, float)
    if expected is not None and "abs" not in text:  # abs hides that Python's ** became complex
        assert same(value, expected)
    assert same(objective.value_and_gradient((x, y))[0], value)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(functions=SMOOTH, depth=3), COORDINATES, COORDINATES)
@example("sin((x)**2)*exp(y/3)", 1.25, -0.5)
@example("abs((x)**3 - y)", -1.25, 0.5)
@example("sqrt((x)**2 + (y)**2)", 0.3, -0.4)
@example("(x)*(abs((x)**(1/3)))", 0.0, 0.0)
@example("(0) + ((sinh(2.5e2)) + (x))", 0.0, 0.0)
def test_gradient_against_mpmath(text, x, y):
    try:
        objective = Objective.parse(text, ("x", "y"))
    except ExpressionError:
        return
    value, gradient = objective.value_and_gradient((x, y))
    assert all(isinstance(slope, float) for slope in gradient)
    if math.isnan(value):
        assert all(map(math.isnan, gradient))
    assume(math.isfinite(value) and all(map(math.isfinite, gradient)))

    with mpmath.workdps(400):  # a slope of 1 must show beside a value of 1e308

        def exact(*point):
            space = EXACT | {"x": point[0], "y": point[1]}
            result = eval(_exact_numbers(text), {"__builtins__": {}, "mpf": mpmath.mpf}, space)  # noqa: S307
            if mpmath.im(result):
                raise ValueError("complex")
            return mpmath.re(result)

        start = mpmath.mpf(x), mpmath.mpf(y)
        step = mpmath.mpf(10) ** -15

        def central(step):
            return [
                (exact(start[0] + a, start[1] + b) - exact(start[0] - a, start[1] - b)) / (2 * step)
                for a, b in ((step, 0), (0, step))
            ]

        try:
            slopes, closer = central(step), central(step / 1000)
            sides = [
                (exact(start[0] + a, start[1] + b) - exact(*start)) / step
                for a, b in ((step, 0), (0, step))
            ]
        except (ArithmeticError, ValueError):
            return
        for slope, near, side, found in zip(slopes, closer, sides, gradient, strict=True):
            if mpmath.isnan(slope):
                continue  # undefined on one side, as 0**x is
            if max(abs(slope - side), abs(slope - near)) > 1e-9 * (1 + abs(slope)):
                continue  # a kink, a curvature without bound, or too wild for differences
            allowed = 1e-7 * (1 + abs(slope)) * _sensitivity(text)
            assert abs(slope - found) < allowed


def _sensitivity(text):
    """Return how many times more digits a formula may lose than a harmless one."""
    return 10.0 ** sum(text.count(name) for name in ("exp", "sinh", "cosh", "tan", "**"))


def _exact_numbers(text):
    """Return the formula with its numbers as mpmath's, so that 1/3 is not rounded to a float."""
    return re.sub(r"(?<![\w.])(\d+\.?\d*(?:e[+-]?\d+)?)", r"mpf('\1')", text)


@pytest.mark.parametrize(
    "text",
    [
        "(1-x)**2 + 100*(y-x**2)**2", "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        "sin(x*y)*exp(-x**2) + log(y)", "x**y", "atan(y/x) + sqrt(x*y)", "tanh(x)*cosh(y) - tan(x)",
        "asin(x/3)*acos(y/3) + abs(x - y)**3",
    ],
)  # fmt: skip
def test_derivatives_against_central_differences(text):
    objective = Objective.parse(text)
    point, h = (0.7, 1.3), 1e-5
    gradient, hessian = objective.gradient(point), objective.hessian(point)
    for i, unit in enumerate(((h, 0.0), (0.0, h))):
        ahead = tuple(map(sum, zip(point, unit, strict=True)))
        back = tuple([p - u for p, u in zip(point, unit, strict=True)])
        slope = (objective.value(ahead) - objective.value(back)) / (2 * h)
        assert gradient[i] == pytest.approx(slope, rel=1e-7, abs=1e-8)
        pairs = zip(objective.gradient(ahead), objective.gradient(back), strict=True)
        bends = [(a - b) / (2 * h) for a, b in pairs]
        assert hessian[i] == pytest.approx(bends, rel=1e-6, abs=1e-7)
    assert hessian[0][1] == hessian[1][0]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(depth=4), COORDINATES, COORDINATES)
def test_arrays_agree_with_floats(text, x, y):
    try:
        objective = Objective.parse(text, ("x", "y"))
    except ExpressionError:
        return
    points = [(x, y), (0.0, y), (x, 0.0), (-x, 1.0)]
    xs, ys = zip(*points, strict=True)
    values, gradients = objective.values(xs, ys), objective.gradients(xs, ys)
    loss = 1e-9 * _sensitivity(text)  # numpy's functions differ in the last bit
    for n, point in enumerate(points):
        value, gradient = objective.value_and_gradient(point)
        found = [values[n], *[slopes[n] for slopes in gradients]]
        for a, b in zip(found, (value, *gradient), strict=True):
            if math.isfinite(a) and math.isfinite(b) and max(abs(a), abs(b)) < 1e100:
                assert a == pytest.approx(b, rel=loss, abs=loss)
    assert [math.isnan(v) for v in values] == [math.isnan(objective.value(p)) for p in points]


def test_arrays_broadcast_and_are_new():
    f = Objective.parse("x + 0*y", ("x", "y"))
    xs = np.linspace(0, 1, 3)
    grid = f.values(xs[None, :], np.zeros((4, 1)))
    assert grid.shape == (4, 3)
    assert grid.dtype == np.float64
    values = Objective.parse("x").values(xs)
    values[0] = 7
    assert xs[0] == 0
    assert Objective.parse("5").values(xs).tolist() == [5.0, 5.0, 5.0]
    assert [g.shape for g in f.gradients(xs, 1.0)] == [(3,), (3,)]
    with pytest.raises(ValueError, match=r"1 arrays given: one for each of \(x, y\)"):
        f.values(xs)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(depth=4), COORDINATES, COORDINATES)
def test_gradient_is_what_its_text_gives(text, x, y):
    try:
        objective = Objective.parse(text, ("x", "y"))
    except ExpressionError:
        return
    value, gradient = objective.value_and_gradient((x, y))
    if math.isfinite(value):
        for slope, source in zip(gradient, objective.gradient_text, strict=True):
            expected = plain_python(source, x=x, y=y)
            if expected is not None and not any(word in source for word in ("abs", "sign")):
                assert same(slope, expected) or slope == pytest.approx(expected, rel=1e-12)


def test_immutable_comparable_picklable():
    f, g = Objective.parse("x**2"), Objective.parse(" x**2 ")
    assert f == g
    assert hash(f) == hash(g)
    assert f != Objective.parse("x*x")
    assert f != Objective.parse("x**2", ("x", "y"))
    assert f != "x**2"
    assert pickle.loads(pickle.dumps(f)) == f
    assert pickle.loads(pickle.dumps(Objective.parse("x", ("y", "x")))).variables == ("y", "x")
    assert repr(f) == "Objective.parse('x**2', variables=('x',))"
    with pytest.raises(AttributeError, match="immutable"):
        f.text = "x"
    with pytest.raises(AttributeError, match="immutable"):
        del f.text
    with pytest.raises(TypeError, match=r"Objective\.parse"):
        Objective()


NOTATION = [
    ("x**4/4 - 2*x**2 + x/2", "x^4/4 - 2 x^2 + x/2", "x⁴/4 − 2x² + x/2"),
    ("(1-x)**2 + 100*(y-x**2)**2", "(1 - x)^2 + 100 (y - x^2)^2", "(1 − x)² + 100(y − x²)²"),
    ("(x**2 + 10*y**2)/2", "(x^2 + 10 y^2)/2", "(x² + 10y²)/2"),
    ("0.1*x**2 + sin(2*x)", "0.1 x^2 + sin(2 x)", "0.1x² + sin(2x)"),
    ("x*y", "x y", "x y"),
    ("x*2", "x dot 2", "x·2"),
    ("2*3*x", "2 dot 3 x", "2·3x"),
    ("2*(1/3)", "2 dot 1/3", "2·1/3"),
    ("1/3*x", "1/3 x", "(1/3) x"),
    ("2*x/3", "(2 x)/3", "2x/3"),
    ("x/(2*y)", "x/(2 y)", "x/(2y)"),
    ("x/y/2", "(x/y)/2", "(x/y)/2"),
    ("-x**2", "-x^2", "−x²"),
    ("(-x)**2", "(-x)^2", "(−x)²"),
    ("-(x+1)", "-(x + 1)", "−(x + 1)"),
    ("-x/2", "-x/2", "−x/2"),
    ("x - (y - 1)", "x - (y - 1)", "x − (y − 1)"),
    ("x - -y", "x - (-y)", "x − (−y)"),
    ("x*-y", "x (-y)", "x(−y)"),
    ("--x", "-(-x)", "−(−x)"),
    ("x**-2", "x^(-2)", "x⁻²"),
    ("x**(1/3)", "x^(1/3)", "x^(1/3)"),
    ("x**y**2", "x^(y^2)", "x^(y²)"),
    ("(x**2)**3", "(x^2)^3", "(x²)³"),
    ("exp(x)", "e^x", "e^x"),
    ("exp(-x**2)", "e^(-x^2)", "e^(−x²)"),
    ("e**x", "e^x", "e^x"),
    ("exp(x)**2", "(e^x)^2", "(e^x)²"),
    ("sqrt(x**2 + 1)", "sqrt(x^2 + 1)", "√(x² + 1)"),
    ("abs(x)**3", "abs(x)^3", "|x|³"),
    ("log(x)", "ln(x)", "ln(x)"),
    ("sin(x)**2/2", "(sin^2 (x))/2", "sin²(x)/2"),
    ("sin(x)**-1", "sin(x)^(-1)", "sin(x)⁻¹"),
    ("asin(x)*pi", "arcsin(x) pi", "arcsin(x) π"),
    ("theta_1*r", "theta_1 r", "theta₁ r"),
    ("x1**2", "x_1^2", "x₁²"),
    ("2**x1", "2^(x_1)", "2^(x₁)"),
    ("1e-7*x", "10^(-7) x", "10⁻⁷ x"),
    ("2e20*x", "2 dot 10^20 x", "2·10²⁰ x"),
]


def _typeset(*sources):
    page = "#set page(width: auto, height: auto)\n"
    body = "\n\n".join(f"$ {source} $" for source in sources)
    return typst.compile((page + body).encode(), format="svg")


@pytest.mark.parametrize(("text", "source", "words"), NOTATION)
def test_notation(text, source, words):
    objective = Objective.parse(text)
    assert (objective.typst, objective.plain) == (source, words)


def test_notation_of_a_named_variable():
    objective = Objective.parse("2*rate", variables=("rate",))
    assert (objective.typst, objective.plain) == ('2 "rate"', "2rate")


def test_notation_of_derivatives():
    f = Objective.parse("(x**2 + 10*y**2)/2")
    assert (f.gradient_text, f.typst_gradient, f.plain_gradient) == (
        ("x", "10*y"), ("x", "10 y"), ("x", "10y"),
    )  # fmt: skip
    assert Objective.parse("x**4/4 - 2*x**2 + x/2").gradient_text == ("x**3 - 4*x + 1/2",)
    assert Objective.parse("exp(2*x) + abs(x)").gradient_text == ("2*exp(2*x) + sign(x)",)
    assert Objective.parse("e**2*x").gradient_text == ("exp(2)",)
    assert Objective.parse("e*x").gradient_text == ("e",)


def test_typst_accepts_the_notation():
    sources = []
    for text, _, _ in NOTATION:
        objective = Objective.parse(text)
        sources += [objective.typst, *objective.typst_gradient]
    sources += Objective.parse("abs(x) + abs(sin(x))").typst_gradient
    _typeset(*sources)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(names=("x", "theta", "x_1", "r"), depth=4))
def test_typst_accepts_random_formulas(text):
    try:
        objective = Objective.parse(text)
    except ExpressionError:
        return
    _typeset(objective.typst, *objective.typst_gradient)


REFERENCE = json.loads(
    (Path(__file__).parents[1] / "data" / "torch_traces.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", REFERENCE["objectives"])
def test_parsed_objectives_descend_as_in_torch(name):
    entry = REFERENCE["objectives"][name]
    objective = Objective.parse(entry["expression"], entry["variables"])
    runs = [t for t in REFERENCE["traces"] if t["objective"] == name and t["optimizer"] == "gd"]
    assert runs
    for run in runs:
        optimizer = build("descent", learning_rate=run["lr"])
        points = descend(objective, entry["start"], optimizer, max_steps=200).points
        for n, expected in run["x"].items():
            assert points[int(n)] == pytest.approx(expected, rel=1e-12, abs=0)


def test_equal_parts_are_computed_once():
    """The steep slopes of a tower share their parts: work grows with size, not with its square."""
    tower = "x"
    work = []
    for _ in range(10):
        tower = f"sin({tower})"
        code = Objective.parse(tower).value_and_gradient.__code__
        work.append(len(code.co_code))
    growth = [after - before for before, after in pairwise(work)]
    assert max(growth[-3:]) <= 1.1 * max(growth[:3])
