"""From Python's syntax trees to SymPy, and to derivatives.

Every number is exact here: decimals are fractions. SymPy evaluates as it builds, so sizes are
checked before each power and after each step.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from typing import Any

import sympy

from gdcore._compile import Program, scalar
from gdcore._sympy import CALLS, in_known_functions, limited, symbol
from gdcore.expression import CONSTANTS, FUNCTIONS, ExpressionError, part_of

MOST_BITS = 900
"""A numerator or denominator of more bits is refused; floats end at 1024."""
FEW_BITS = 24
"""Numbers of more bits do not go into SymPy's functions, which might take them apart."""
LARGEST_EXPONENT = 100
MOST_PARTS = 2500
"""The gradient, and the second derivatives, may have so many parts in all."""
MOST_SECONDS = 0.8
"""For building and for differentiating each. Ordinary formulas take hundredths of it."""

_TOO_LARGE = f"makes a number too large: about {MOST_BITS * 3 // 10} digits fit"
_NOT_REAL = (sympy.I, sympy.zoo, sympy.oo, -sympy.oo, sympy.nan)


@limited(MOST_SECONDS)
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
    return in_known_functions(_Builder(line, variables).build(tree))


class _Builder:
    def __init__(self, line: str, variables: Sequence[str]) -> None:
        self.line = line
        self.symbols = {name: symbol(name) for name in variables}

    def build(self, node: ast.expr) -> Any:
        """Return a tree as an expression; a long sum is walked along, not into."""
        if _is_constant(node):
            return self._constant(node)
        rest: list[ast.BinOp] = []
        while isinstance(node, ast.BinOp) and not _is_constant(node):
            rest.append(node)
            node = node.left
        made = self._constant(node) if _is_constant(node) else self._single(node)
        made = self._checked(made, node)
        for link in reversed(rest):
            made = self._checked(self._joined(made, link, self.build(link.right)), link)
        return made

    def _constant(self, node: ast.expr) -> Any:
        """Return a part without variables: exact if it is simple, else a symbol for it.

        SymPy would compute sin(exp(exp(9))) or 1e-49**1e-49 to thousands of digits just to learn
        its sign.
        """
        made = self._simple(node)
        if made is not None:
            return self._checked(made, node)
        program = Program(("x",))
        value = scalar(program, [program.add(node)])((0.0,))
        if math.isnan(value):
            raise self._error(node, "is not a real number anywhere")
        if math.isinf(value):
            raise self._error(node, "is too large for a number")
        return symbol(f"({self.line[node.col_offset : node.end_col_offset]})")

    def _simple(self, node: ast.expr) -> Any | None:
        """Return a rational number, or one with one irrational factor such as 2*sin(pi/4)."""
        match node:
            case ast.UnaryOp(op, operand):
                made = self._simple(operand)
                return -made if made is not None and isinstance(op, ast.USub) else made
            case ast.Call(ast.Name(name), [argument]):
                made = self._simple(argument)
                if made is None or _bits(made) > FEW_BITS:
                    return None
                plain = made.is_Rational or made is sympy.E or (made / sympy.pi).is_Rational
                return CALLS[name](made) if plain else None
            case ast.BinOp(left, op, right):
                a, b = self._simple(left), self._simple(right)
                return None if a is None or b is None else self._simple_pair(a, node, b)
        return self._single(node)

    def _simple_pair(self, a: Any, node: ast.BinOp, b: Any) -> Any | None:
        both, one = a.is_Rational and b.is_Rational, a.is_Rational or b.is_Rational
        if isinstance(node.op, ast.Pow):
            whole = both and b.is_Integer
            small = max(_bits(a), _bits(b)) <= FEW_BITS and b.is_Rational and b.q <= 12
            fits = whole or (small and (a.is_Rational or a is sympy.E))
        else:
            fits = one if isinstance(node.op, ast.Mult | ast.Div) else both
        return self._joined(a, node, b) if fits else None

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
                return CALLS[name](self.build(argument))
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
        return made

    def _error(self, node: ast.expr, what: str) -> ExpressionError:
        return ExpressionError(f"'{part_of(self.line, node)}' {what}")


def _is_constant(node: ast.expr) -> bool:
    return all(
        not isinstance(part, ast.Name) or part.id in (*CONSTANTS, *FUNCTIONS)
        for part in ast.walk(node)
    )


def _bits(expression: Any) -> int:
    """Return the size of the largest numerator or denominator; 1 and −1 do not count."""
    numbers = [(abs(number.p), number.q) for number in expression.atoms(sympy.Rational)]
    return max([max(pair).bit_length() for pair in numbers if pair != (1, 1)], default=0)


@limited(MOST_SECONDS)
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
    symbols = [symbol(name) for name in variables]
    gradient = _bounded([(expression, s) for s in symbols])
    size = len(symbols)
    pairs = [(row, column) for row in range(size) for column in range(row, size)]
    upper = _bounded([(gradient[row], symbols[column]) for row, column in pairs])
    entry = dict(zip(pairs, upper, strict=True))
    hessian = [[entry[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]
    return tuple(gradient), tuple([tuple(row) for row in hessian])


def _bounded(jobs: Sequence[tuple[Any, Any]]) -> list[Any]:
    """Return the derivatives asked for, unless they are too many parts in all."""
    found, parts = [], 0
    for expression, by in jobs:
        found.append(in_known_functions(expression.diff(by)))
        for part in sympy.preorder_traversal(found[-1]):
            parts += 1
            if parts > MOST_PARTS:
                raise ExpressionError("the derivatives are too large: write the formula shorter")
            if part in _NOT_REAL or isinstance(part, sympy.Derivative | sympy.Subs):
                raise ExpressionError(f"the derivative by {by} is not a real number anywhere")
            if part.is_Rational and max(abs(part.p), part.q).bit_length() > MOST_BITS:
                raise ExpressionError("a number in the derivatives grows too large")
    return found
