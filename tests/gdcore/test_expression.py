"""What is a formula and what is not, and that saying so is quick."""

import math
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sympy
from formulas import formulas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdcore import Objective
from gdcore._sympy import limited
from gdcore.expression import FUNCTIONS, MOST_CHARACTERS, ExpressionError, parse

SECONDS = 2.0


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("x**2", ("x",)),
        ("  x**2\n", ("x",)),
        ("x +\n 1", ("x",)),
        ("(1-x)**2 + 100*(y-x**2)**2", ("x", "y")),
        ("w*b + a", ("a", "b", "w")),
        ("(" * 150 + "x" + ")" * 150, ("x",)),
        ("3", ("x",)),
        ("2*pi*e", ("x",)),
        ("theta_1 + x2 + r", ("r", "theta_1", "x2")),
        ("E + I + S", ("E", "I", "S")),
        (".5*x + 1.*x + 1e-3*x + 1_000", ("x",)),
        ("+x - -x", ("x",)),
        *[(f"{name}(x)", ("x",)) for name in FUNCTIONS],
    ],
)
def test_accepted(text, variables):
    parsed = parse(text)
    assert parsed.variables == variables
    assert parsed.text == text.strip()


def test_a_forgotten_star_is_refused():
    with pytest.raises(ExpressionError, match=r"'xy': write \* between factors, as in x\*y"):
        parse("xy + 1")
    assert parse("rate**2", variables=("rate",)).variables == ("rate",)


def test_the_largest_formula_fits_on_a_stack_that_is_half_full():
    text = "+".join(["x*y"] * 37)

    def deeper(levels):
        return deeper(levels - 1) if levels else Objective.parse(text).typst_gradient

    assert deeper(sys.getrecursionlimit() // 2 - 100) == ("37 y", "37 x")


def test_given_variables():
    assert parse("x**2", ("x", "y")).variables == ("x", "y")
    assert parse("x*y", ["y", "x"]).variables == ("y", "x")
    assert parse("3", ("t",)).variables == ("t",)


def test_sympy_gets_exact_numbers():
    x = sympy.Symbol("x", real=True)
    assert parse("0.1*x").expression == x / 10
    assert parse("1e-3 + 1.25").expression == sympy.Rational(1251, 1000)
    assert parse("x**4/4 - 2*x**2 + x/2").expression == x**4 / 4 - 2 * x**2 + x / 2


REFUSED = [
    ("", "the formula is empty"),
    ("   ", "the formula is empty"),
    ("x^2", "'^' is not allowed: write ** for powers"),
    ("2x", "'2x': write * between factors, as in 2*x"),
    ("2(x+1)", "'2(': write * between factors, as in 2*("),
    ("x y", "'x y': write * between factors, as in x*y"),
    ("x(y)", "'x(': write * between factors, as in x*("),
    ("(x)(y)", "')(': write * between factors, as in )*("),
    ("(x)2", "')2': write * between factors"),
    ("pi(x)", "'pi(': write * between factors"),
    ("x sin(x)", "'x sin': write * between factors, as in x*sin"),
    ("2e", "'2e': write * between factors"),
    ("0x10", "'0x10': write * between factors"),
    ("1if", "'if' is a reserved word"),
    ("x if y else z", "'if' is a reserved word"),
    ("lambda: 0", "'lambda' is a reserved word"),
    ("sign(x)", "'sign' is a reserved word"),
    ("x//2", "'//' is not allowed: write / for division"),
    ("x − 1", "'−' is not allowed: write - for minus"),
    ("2·x", "'·' is not allowed: write * for times"),
    ("x²", "'²' is not allowed: write **2"),
    ("π*x", "'π' is not allowed: write pi"),
    ("|x|", "'|' is not allowed: write abs(…)"),
    ("0,5*x", "',' is not allowed: write decimals with a point"),
    ("x = 2", "'=' is not allowed: write the right-hand side alone"),
    ("x[0]", "'[' is not allowed: write round brackets"),
    ("x.real", "'.' is not allowed"),
    ("x; y", "';' is not allowed"),
    ("x % 2", "'%' is not allowed"),
    ("x @ y", "'@' is not allowed"),
    ("~x", "'~' is not allowed"),
    ("'x'", "''' is not allowed"),
    ("x # y", "'#' is not allowed"),
    ("x\\", "'\\' is not allowed"),
    ("x\0", "is not allowed"),
    ("#read(\"f\")", "'#' is not allowed"),
    ("foo(x)", "'foo' is not a known function: Known: abs"),
    ("ln(x)", "'ln' is not a known function: did you mean log?"),
    ("arcsin(x)", "did you mean asin?"),
    ("sinn(x)", "did you mean sin?"),
    ("__import__(x)", "'__import__' is not a known function"),
    ("__class__", "'__class__' is not a name for a variable"),
    ("x__1", "is not a name for a variable"),
    ("averylongvariablename", "is not a name for a variable"),
    ("sin", "'sin' needs its argument in brackets: sin(…)"),
    ("sin x", "'sin' needs its argument in brackets: sin(…)"),
    ("sin + 1", "'sin' needs its argument in brackets"),
    ("sin()", "'sin()' is not allowed"),
    ("(x", "a bracket is missing near '(x'"),
    ("x)", "a bracket is missing"),
    ("()", "'()' is not allowed"),
    ("x +", "'x +' cannot be read"),
    ("* x", "cannot be read"),
    ("x ** ", "cannot be read"),
    ("012", "cannot be read"),
    ("1/0", "'1/0' divides by 0"),
    ("x/(1 - 1)", "divides by 0"),
    ("0**-1", "divides by 0"),
    ("log(0)", "'log(0)' is not a real number anywhere"),
    ("sqrt(-2)*x", "'sqrt(-2)' is not a real number anywhere"),
    ("(-2)**x", "the derivative by x is not a real number anywhere"),
    ("9**9**9", "'9**9**9' has an exponent above 100"),
    ("x**1000", "'x**1000' has an exponent above 100"),
    ("(x**50)**50", "'(x**50)**50' has an exponent above 100"),
    ("(99999999*x)**99", "'(99999999*x)**99' makes a number too large"),
    ("1e400*x", "too large"),
    ("1e60*x", "too large"),
    ("1e-60*x", "too small"),
    ("1" * 60, "too large"),
    ("*".join(["1e49"] * 40), "makes a number too large"),
    ("x" + "+x" * 80, "numbers, variables and signs are allowed"),
    ("+".join("abcdfghijkl"), "1 to 10 different names are allowed"),
    ("x" * (MOST_CHARACTERS + 1), "400 characters are allowed"),
    ("sin(" * 20 + "x" + ")" * 20, "12 levels"),
    ("-" * 100 + "x", "12 levels"),
    ("x" + "**x" * 11, "the derivatives are too large"),
    ("*".join(f"sin({a}+{b})" for a in "abcdf" for b in "wxyz"), "the derivatives are too large"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=lambda value: str(value)[:24])
def test_refused_in_one_line_that_says_why(text, reason):
    with pytest.raises(ExpressionError) as caught:
        Objective.parse(text)
    message = str(caught.value)
    assert reason in message
    assert message.isprintable()
    assert len(message) < 250


@pytest.mark.parametrize(
    ("text", "variables", "reason"),
    [
        ("x*y", ("x",), "'y' is not one of the variables (x)"),
        ("x", ("x", "x"), "different names"),
        ("x", (), "different names"),
        ("x", ("x", "sin"), "'sin' cannot be a variable"),
        ("x", ("x", "e"), "'e' cannot be a variable"),
        ("x", ("x", "a b"), "'a b' is not a name"),
        ("x", ("x", 3), "'3' is not a name"),
        ("x", ("x", "if"), "'if' is not a name"),
        ("x", ("x", '"]#'), "is not a name"),
    ],
)
def test_refused_variables(text, variables, reason):
    with pytest.raises(ExpressionError, match=r".*") as caught:
        parse(text, variables)
    assert reason in str(caught.value)


@pytest.mark.parametrize("text", [None, 3, b"x", ["x"]])
def test_only_text(text):
    with pytest.raises(ExpressionError, match="a formula must be text"):
        Objective.parse(text)


@pytest.mark.parametrize(
    "text",
    ["sin(exp(exp(2))) + pi*x", "(1 + sqrt(2))**(1/7)*x", "1e-40**1e-40 + x", "x**(e + 250)"],
)
def test_constants_that_are_not_simple_are_left_alone(text):
    objective = Objective.parse(text)
    assert objective.value((0.9,)) == eval(  # noqa: S307 (the text is above)
        text, {"sin": math.sin, "exp": math.exp, "pi": math.pi, "sqrt": math.sqrt, "e": math.e},
        {"x": 0.9},
    )  # fmt: skip
    assert math.isfinite(objective.gradient((0.9,))[0])


def test_simple_constants_are_simplified():
    assert Objective.parse("sin(pi/2)*x**2 + log(e)*x").gradient_text == ("2*x + 1",)
    assert Objective.parse("2*sqrt(8)*x").gradient_text == ("4*sqrt(2)",)


def test_functions_that_simplification_brings_in():
    f = Objective.parse("tan(x + pi/2)")
    assert f.gradient((1.0,))[0] == pytest.approx(1 / math.sin(1.0) ** 2, rel=1e-12)


@pytest.mark.parametrize("in_main_thread", [True, False])
def test_time_is_up(in_main_thread):
    @limited(0.05)
    def stubborn():
        while True:
            try:
                sorted([3, 1, 2])
            except Exception:
                continue

    def tried():
        began = time.perf_counter()
        with pytest.raises(ExpressionError, match="too complicated"):
            stubborn()
        return time.perf_counter() - began

    if in_main_thread:
        assert tried() < 1
    else:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(tried).result() < 1
    assert limited(0.05)(lambda: 7)() == 7
    time.sleep(0.1)  # nothing strikes after the end


def judged(text):
    """Return the objective or None, after a check of the time and of the error's one line."""
    objective, message = None, ""
    began = time.perf_counter()
    try:
        objective = Objective.parse(text)
    except ExpressionError as error:
        message = str(error)
    assert time.perf_counter() - began < SECONDS, text
    assert objective or message
    assert message.isprintable()
    return objective


HOSTILE = [
    "x**x**x**x**x**x**x",
    "exp(" * 11 + "9" + ")" * 11,
    "sin(" * 11 + "x*y" + ")" * 11,
    "log(" * 11 + "3" + ")" * 11,
    "sqrt(" * 11 + "2" + ")" * 11,
    "log(exp(exp(exp(9))) - exp(exp(exp(9)) + 1e-9))",
    "sin(exp(exp(exp(exp(9)))))",
    "sqrt(sin(1)**2 + cos(1)**2 - 1)*x",
    "abs(exp(exp(exp(9))) - x)",
    "(exp(exp(exp(9))))**(exp(exp(exp(9))))",
    "2**(exp(exp(9)))*x**(exp(exp(9)))",
    "(((((((x+1)**2+1)**2+1)**2+1)**2+1)**2+1)**1+1)**1",
    "((x+y+1)**100 + (x-y)**99)**-1",
    "(x+y)**100*(x-y)**100/(x*y+1)**100",
    "1" + "/(1+x" * 11 + ")" * 11,
    "*".join(["(x+y)"] * 20),
    "*".join(f"sin({n}*x)" for n in range(1, 15)),
    "+".join(f"sin({n}*x)" for n in range(1, 25)),
    "tan(tan(tan(tan(x*y))))",
    "asin(sin(acos(cos(atan(tan(x))))))",
    "(2**(1/3) + 3**(1/5) + 5**(1/7))**50*x",
    "999999999999999999999999999989**(1/3)*x",
    "(0.25*1e-49)**1e-49/(exp(3)*12**-1)",
    "cosh((sin(cosh(99*1e49))**99/(250*2*asin(0.2)) - sin(1/3))*tanh(-1e-49))",
    "exp(tanh((x*asin(acos(x)**0.5)*y)**99)*((1e-9 + w)*(3 - x) - 0.1*x*w))",
    "exp(asin(1 + 1e-49)*sinh(1e49/3)*99*7*y)**99",
    "(1e49+7)**(1/2)*(1e48+9)**(1/3)*x",
    "sqrt(sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)-1)**99",
    "cos(pi/97)*tan(pi/60)*sin(37*pi/51)*x",
    "(x**2)**(1/3)**(1/3)**(1/3)",
    "(" * 100 + "x" + ")" * 100,
    "x" * 400,
    "(" * 399,
    "-" * 399 + "x",
    "9" * 400,
    "0." + "3" * 390,
    "1e99999999999999",
    "9**99**999",
    "(9**99)**99",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:24])
def test_hostile_text_is_answered_quickly(text):
    objective = judged(text)
    if objective is not None:
        point = (0.7,) * len(objective.variables)
        objective.value_and_gradient(point)
        objective.hessian(point)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(formulas(names=("x", "y", "w"), depth=6))
def test_random_formulas_are_answered_quickly(text):
    objective = judged(text)
    if objective is not None:
        for point in ((0.0,) * 3, (-1.5, 0.3, 800.0)):
            objective.value_and_gradient(point[: len(objective.variables)])
            objective.hessian(point[: len(objective.variables)])


PIECES = st.sampled_from(
    [*"xye0129()()()+-*/. ^_,'\"#=[]{}\\\n\0", "**", "**", "sin(", "exp(", "log(", "pi", "1e9",
     "9**9", "x**", "lambda", "if ", "é", "²", "\u202e", "0x", "1_0", "__", "//", "1e-", "abs("]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_garbage_raises_nothing_but_our_error(text):
    judged(text)


def test_waiting_for_the_processor_is_not_work() -> None:
    """On a busy machine a formula that is accepted elsewhere is accepted too."""

    def wait(seconds: float) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.005)
        return "done"

    assert limited(0.2)(wait)(0.4) == "done"
    with pytest.raises(ExpressionError, match="too complicated"):
        limited(0.05)(wait)(5.0)
