"""Between Python's syntax trees and SymPy: building, differentiating, writing.

Every number is exact here: decimals are fractions. SymPy evaluates as it builds, so sizes are
checked before each power and after each step.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy.printing.str import StrPrinter

from gdcore.expression import ExpressionError, part_of

MOST_BITS = 900
"""A numerator or denominator of more bits is refused; floats end at 1024."""
LARGEST_EXPONENT = 100
MOST_PARTS = 2500
"""The gradient, and the second derivatives, may have so many parts in all."""
MOST_SECONDS = 1.2
"""Nobody waits longer for a formula. The other limits come first, in all formulas met so far."""

# SymPy's own Abs, sign and DiracDelta are made for complex numbers and distributions: derivatives
# of Abs(log(x)) come out in real and imaginary parts. These three are for real numbers.


class kink(sympy.Function):  # type: ignore[misc]  # noqa: N801 (written in formulas)
    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        return kink(self.args[0])


class sign(sympy.Function):  # type: ignore[misc]  # noqa: N801
    nargs = 1

    @classmethod
    def eval(cls, argument: Any) -> Any:
        return sympy.sign(argument) if argument.is_Rational else None

    def fdiff(self, argindex: int = 1) -> Any:
        return kink(self.args[0])


class absolute(sympy.Function):  # type: ignore[misc]  # noqa: N801
    nargs = 1

    @classmethod
    def eval(cls, argument: Any) -> Any:
        return abs(argument) if argument.is_Rational else None

    def fdiff(self, argindex: int = 1) -> Any:
        return sign(self.args[0])


_CALLS: dict[str, Callable[[Any], Any]] = {
    "abs": absolute, "acos": sympy.acos, "asin": sympy.asin, "atan": sympy.atan, "cos": sympy.cos,
    "cosh": sympy.cosh, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "sinh": sympy.sinh,
    "sqrt": sympy.sqrt, "tan": sympy.tan, "tanh": sympy.tanh,
}  # fmt: skip
_TOO_LARGE = f"makes a number too large: about {MOST_BITS * 3 // 10} digits fit"
_NOT_REAL = (sympy.I, sympy.zoo, sympy.oo, -sympy.oo, sympy.nan)


def symbol(name: str) -> Any:
    """Return the real symbol that stands for a variable."""
    return sympy.Symbol(name, real=True)


def build(tree: ast.expr, line: str, variables: Sequence[str]) -> Any:
    """Return a checked syntax tree as a SymPy expression.

    Parameters
    ----------
    tree
        What Python's parser made of `line`.
    line
        The formula on one line, to show parts of it.
    variables
        All names in it.

    Raises
    ------
    ExpressionError
        If a number in it grows too large, if it divides by 0, or if no value of it is real.
    """
    # sqrt(x**2) becomes SymPy's Abs(x) on the way.
    return _Builder(line, variables).build(tree).replace(sympy.Abs, absolute)


class _Builder:
    def __init__(self, line: str, variables: Sequence[str]) -> None:
        self.line = line
        self.symbols = {name: symbol(name) for name in variables}
        self.deadline = time.monotonic() + MOST_SECONDS

    def build(self, node: ast.expr) -> Any:
        """Return a tree as an expression; a long sum is walked along, not into."""
        rest: list[ast.BinOp] = []
        while isinstance(node, ast.BinOp):
            rest.append(node)
            node = node.left
        made = self._checked(self._single(node), node)
        for link in reversed(rest):
            made = self._checked(self._joined(made, link, self.build(link.right)), link)
        return made

    def _single(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(int(value)):
                return sympy.Integer(value)
            case ast.Constant(value):
                return sympy.Rational(repr(value))
            case ast.Name("pi"):
                return sympy.pi
            case ast.Name("e"):
                return sympy.E
            case ast.Name(name):
                return self.symbols[name]
            case ast.UnaryOp(ast.USub(), operand):
                return -self.build(operand)
            case ast.UnaryOp(_, operand):
                return self.build(operand)
            case ast.Call(ast.Name(name), [argument]):
                return _CALLS[name](self.build(argument))
        raise self._error(node, "is not allowed")

    def _joined(self, a: Any, node: ast.BinOp, b: Any) -> Any:
        match node.op:
            case ast.Add():
                return a + b
            case ast.Sub():
                return a - b
            case ast.Mult():
                return a * b
            case ast.Div() if b.is_zero:
                raise self._error(node, "divides by 0")
            case ast.Div():
                return a / b
        return self._power(a, b, node)

    def _power(self, base: Any, exponent: Any, node: ast.expr) -> Any:
        """Return a power, unless it would be too large to write down."""
        if base.is_zero and exponent.is_negative:
            raise self._error(node, "divides by 0")
        if exponent.is_Rational:
            inner = base.exp if base.is_Pow and base.exp.is_Rational else sympy.Integer(1)
            if max(abs(exponent), abs(exponent * inner)) > LARGEST_EXPONENT:
                raise self._error(node, f"has an exponent above {LARGEST_EXPONENT}")
            if _bits(base) * abs(exponent) > MOST_BITS:
                raise self._error(node, _TOO_LARGE)
        return base**exponent

    def _checked(self, made: Any, node: ast.expr) -> Any:
        if made.has(*_NOT_REAL):
            raise self._error(node, "is not a real number anywhere")
        if _bits(made) > MOST_BITS:
            raise self._error(node, _TOO_LARGE)
        if time.monotonic() > self.deadline:
            raise self._error(node, "is too complicated: write it more simply")
        return made

    def _error(self, node: ast.expr, what: str) -> ExpressionError:
        return ExpressionError(f"'{part_of(self.line, node)}' {what}")


def _bits(expression: Any) -> int:
    """Return the size of the largest numerator or denominator; 1 and −1 do not count."""
    numbers = [(abs(number.p), number.q) for number in expression.atoms(sympy.Rational)]
    return max([max(pair).bit_length() for pair in numbers if pair != (1, 1)], default=0)


def derivatives(
    expression: Any, variables: Sequence[str]
) -> tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """Return the gradient and the matrix of second derivatives.

    Returns
    -------
    gradient
        One expression per variable.
    hessian
        A symmetric matrix, as a tuple of rows.

    Raises
    ------
    ExpressionError
        If they would be too large to work with, or not real.
    """
    deadline = time.monotonic() + MOST_SECONDS
    symbols = [symbol(name) for name in variables]
    gradient = _bounded([(expression, s) for s in symbols], deadline)
    size = len(symbols)
    pairs = [(row, column) for row in range(size) for column in range(row, size)]
    upper = _bounded([(gradient[row], symbols[column]) for row, column in pairs], deadline)
    entry = dict(zip(pairs, upper, strict=True))
    hessian = [[entry[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]
    return tuple(gradient), tuple([tuple(row) for row in hessian])


def _bounded(jobs: Sequence[tuple[Any, Any]], deadline: float) -> list[Any]:
    """Return the derivatives asked for, unless they are too many parts in all."""
    found, parts = [], 0
    for expression, by in jobs:
        found.append(expression.diff(by))
        for part in sympy.preorder_traversal(found[-1]):
            parts += 1
            if parts > MOST_PARTS or time.monotonic() > deadline:
                raise ExpressionError("the derivatives are too large: write the formula shorter")
            if part in _NOT_REAL or isinstance(part, sympy.Derivative | sympy.Subs):
                raise ExpressionError(f"the derivative by {by} is not a real number anywhere")
            if part.is_Rational and max(abs(part.p), part.q).bit_length() > MOST_BITS:
                raise ExpressionError("a number in the derivatives grows too large")
    return found


class _Printer(StrPrinter):  # type: ignore[misc]
    """Python source in this package's own names."""

    def _print_Exp1(self, expr: Any) -> str:  # noqa: N802 (names that SymPy looks for)
        return "e"

    def _print_absolute(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"

    _print_Abs = _print_absolute  # noqa: N815

    def _print_DiracDelta(self, expr: Any) -> str:  # noqa: N802
        return f"kink({self._print(expr.args[0])})"


def source(expression: Any) -> str:
    """Return a SymPy expression as Python source.

    Examples
    --------
    >>> source(symbol("x") ** 2 / 4 + sympy.E)
    'x**2/4 + e'
    """
    return str(_Printer().doprint(expression))
