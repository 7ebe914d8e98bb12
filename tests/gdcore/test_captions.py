"""Captions say what the formula says: no exponent, factor or fraction can be read another way."""

import pytest

from gdcore import Objective


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("x**4/4 - 2*x**2 + x/2", "x⁴/4 − 2x² + x/2"),
        ("(x**2 + 100*y**2)/2", "(x² + 100y²)/2"),
        ("0.1*x**2 + sin(2*x)", "0.1x² + sin(2x)"),
        ("exp(2*x)", "e^(2x)"),
        ("exp(x)", "e^x"),
        ("exp(-x**2)", "e^(−x²)"),
        ("x**y**2", "x^(y²)"),
        ("x**(2*y)", "x^(2y)"),
        ("x**x1", "x^(x₁)"),
        ("x**2**3", "x^(2³)"),
        ("x**-2", "x⁻²"),
        ("x**(1/2)", "x^(1/2)"),
        ("(x**2)**3", "(x²)³"),
        ("exp(x)*(y + 1)", "e^x (y + 1)"),
        ("2*(x/3)", "2x/3"),
        ("2*(x/3)*y", "(2x/3) y"),
        ("2*(x/3)/y", "(2x/3)/y"),
        ("x/2*y", "(x/2) y"),
        ("-1/2*x**2", "(−1/2) x²"),
        ("-x/2", "−x/2"),
        ("x/(2*y)", "x/(2y)"),
        ("x/y/z", "(x/y)/z"),
        ("x - (y - 1)", "x − (y − 1)"),
        ("-2**2*x", "−2² x"),
        ("(-2)**2*x", "(−2)² x"),
    ],
)
def test_plain(text, plain):
    assert Objective.parse(text).plain == plain
