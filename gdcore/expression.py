"""Formulas as text, read without ever being run.

Text goes through three gates: its characters and tokens, Python's own parser, and a whitelist of
syntax. What comes out is a syntax tree of numbers, variables, ``+ - * / **`` and elementary
functions, and the same as a SymPy expression, built from that tree piece by piece. SymPy never
sees the text, and limits at each gate keep every answer quick.
"""

from __future__ import annotations

import ast
import difflib
import keyword
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

FUNCTIONS = (
    "abs", "acos", "asin", "atan", "cos", "cosh", "exp", "log", "sin", "sinh", "sqrt", "tan",
    "tanh",
)  # fmt: skip
"""The functions of one argument that a formula may use; log is the natural logarithm."""
CONSTANTS = ("e", "pi")
RESERVED = (*FUNCTIONS, *CONSTANTS, "kink", "sign")

MOST_CHARACTERS = 400
MOST_NODES = 150
MOST_DEPTH = 12
MOST_VARIABLES = 10
LARGEST_NUMBER = 1e50

ALLOWED = (
    f"numbers, variables, + - * / **, brackets, {', '.join(CONSTANTS)}, {', '.join(FUNCTIONS)}"
)

_TOKEN = re.compile(
    r"(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<operator>\*\*|//|[-+*/^()])|(?P<space>[ \t\r\n]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,11}(_[A-Za-z0-9]{1,4})?")
_HINTS = {
    "^": "write ** for powers", "//": "write / for division", "÷": "write / for division",
    "−": "write - for minus", "–": "write - for minus", "×": "write * for times",
    "·": "write * for times", "π": "write pi", "√": "write sqrt(…)", "²": "write **2",
    "³": "write **3", "|": "write abs(…)", "=": "write the right-hand side alone",
    "[": "write round brackets", "{": "write round brackets",
    ",": "write decimals with a point; functions take one argument",
}  # fmt: skip
_OTHER_NAMES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "pow": "**", "E": "e",
    "Abs": "abs", "PI": "pi", "Pi": "pi",
}  # fmt: skip
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


class ExpressionError(ValueError):
    """A formula that is not allowed. The message is one line: what is wrong, what is allowed."""


@dataclass(frozen=True)
class ParsedExpression:
    """A formula that passed all gates.

    Attributes
    ----------
    text
        As given, without blanks at the ends.
    variables
        The names of the coordinates, in order.
    tree
        Python's syntax tree; it holds only what is allowed.
    expression
        The same as a SymPy expression in real symbols, decimals as exact fractions.
    """

    text: str
    variables: tuple[str, ...]
    tree: ast.expr
    expression: Any


def parse(text: str, variables: Sequence[str] | None = None) -> ParsedExpression:
    """Return a formula read from text.

    Parameters
    ----------
    text
        Such as ``"x**4/4 - 2*x**2 + x/2"``.
    variables
        The names of the coordinates, in order; they may be more than the text uses. By default
        those in the text, in alphabetical order; ``("x",)`` for a constant.

    Raises
    ------
    ExpressionError
        A `ValueError` of one line, for anything that is not allowed.

    Examples
    --------
    >>> parse("(1-y)**2 + x").variables
    ('x', 'y')
    >>> parse("x^2")
    Traceback (most recent call last):
    ...
    gdcore.expression.ExpressionError: '^' is not allowed: write ** for powers
    >>> parse("2x + 1")
    Traceback (most recent call last):
    ...
    gdcore.expression.ExpressionError: '2x': write * between factors, as in 2*x
    """
    if not isinstance(text, str):
        raise ExpressionError(f"a formula must be text, not {type(text).__name__}")
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        shown = f"'{_short(text)}'"
        raise ExpressionError(f"{shown} is too long: {MOST_CHARACTERS} characters are allowed")
    names = _check_tokens(text)
    line = " ".join(text.split())
    tree = _tree(line)
    _check_tree(tree, line)
    known = _variables(names, variables)

    from gdcore import _symbolic, notation  # they need this module's errors

    for name in known if variables is None else ():
        if name.isalpha() and len(name) > 1 and name not in notation.GREEK:
            # Almost always a product with its * left out; a wrong function would be drawn.
            raise ExpressionError(
                f"'{name}': write * between factors, as in {'*'.join(name)}; "
                "a variable is one letter, a letter with a number, or a Greek name"
            )

    return ParsedExpression(text, known, tree, _symbolic.build(tree, line, known))


def _short(text: str, most: int = 30) -> str:
    flat = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _check_tokens(text: str) -> list[str]:
    """Return the names that can only be variables, after a check of every token."""
    if not text:
        raise ExpressionError(f"the formula is empty; allowed: {ALLOWED}")
    names: list[str] = []
    before = ""  # the token before, if a factor can end with it
    for kind, token in _tokens(text):
        if kind == "other" or token in _HINTS:
            hint = _HINTS.get(token, f"allowed are {ALLOWED}")
            raise ExpressionError(f"'{_short(token) or '�'}' is not allowed: {hint}")
        starts = kind in ("number", "name") or token == "("
        if kind == "name":
            _check_name(token, text)
        if before in FUNCTIONS:
            _check_argument(before, token)
        elif before and starts:
            _complain_of_neighbours(before, token)
        if kind == "name" and token not in FUNCTIONS and token not in CONSTANTS:
            names.append(token)
        before = token if kind in ("number", "name") or token == ")" else ""
    if before in FUNCTIONS:
        _check_argument(before, "")
    return names


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "space":
            yield match.lastgroup, match.group()


def _check_name(name: str, text: str) -> None:
    if keyword.iskeyword(name) or name in ("kink", "sign"):
        raise ExpressionError(f"'{name}' is a reserved word; allowed: {ALLOWED}")
    if name in FUNCTIONS or name in CONSTANTS:
        return
    called = re.search(rf"\b{name}\s*\(", text) is not None
    if called and len(name) > 1:
        better = _OTHER_NAMES.get(name) or next(
            iter(difflib.get_close_matches(name, FUNCTIONS, n=1, cutoff=0.5)), ""
        )
        hint = f"did you mean {better}? " if better else ""
        raise ExpressionError(
            f"'{_short(name)}' is not a known function: {hint}Known: {', '.join(FUNCTIONS)}"
        )
    _check_variable(name)


def _check_variable(name: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise ExpressionError(
            f"'{_short(str(name))}' is not a name for a variable: "
            "a letter, then up to 11 letters or digits; x_1 is allowed too"
        )
    if name in RESERVED:
        raise ExpressionError(f"'{name}' cannot be a variable: it has a meaning of its own")


def _check_argument(function: str, token: str) -> None:
    if token != "(":
        raise ExpressionError(f"'{function}' needs its argument in brackets: {function}(…)")


def _complain_of_neighbours(before: str, token: str) -> None:
    if before == ")":
        shown, fixed = f"){token}", f")*{token}"
    else:
        gap = " " if before[-1].isalnum() and token[0].isalnum() and not before[0].isdigit() else ""
        shown, fixed = f"{before}{gap}{token}", f"{before}*{token}"
    raise ExpressionError(f"'{_short(shown)}': write * between factors, as in {_short(fixed)}")


def part_of(line: str, node: ast.expr) -> str:
    """Return the part of a line that a node was made from, shortened if it is long."""
    return _short(line[node.col_offset : node.end_col_offset])


def _tree(line: str) -> ast.expr:
    """Return Python's syntax tree of a line of checked tokens."""
    try:
        return ast.parse(line, mode="eval").body
    except SyntaxError as error:
        where = (error.offset or 1) - 1
        part = _short(line[max(0, where - 8) : where + 8].strip())
        if line.count("(") != line.count(")"):
            raise ExpressionError(f"a bracket is missing near '{part}'") from None
        raise ExpressionError(f"'{part}' cannot be read; allowed: {ALLOWED}") from None
    except (ValueError, MemoryError, RecursionError):  # too deep, or a number too long
        raise ExpressionError(f"'{_short(line)}' cannot be read; allowed: {ALLOWED}") from None


def _check_tree(tree: ast.expr, line: str) -> None:
    """Check that there are only allowed nodes, not too many, not too deep."""
    waiting: list[tuple[ast.expr, int]] = [(tree, 1)]
    nodes = 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > MOST_DEPTH or nodes > MOST_NODES:
            what = f"nested deeper than {MOST_DEPTH} levels" if depth > MOST_DEPTH else "too big"
            raise ExpressionError(
                f"'{part_of(line, node)}' makes the formula {what}: "
                f"{MOST_DEPTH} levels and {MOST_NODES} numbers, variables and signs are allowed"
            )
        children = _children(node)
        if children is None:
            raise ExpressionError(f"'{part_of(line, node)}' is not allowed; allowed: {ALLOWED}")
        waiting += [(child, depth + deeper) for child, deeper in children]


def _children(node: ast.expr) -> list[tuple[ast.expr, int]] | None:
    """Return the parts of a node, each with what it adds to the depth; None if not allowed."""
    match node:
        case ast.BinOp(left, op, right) if isinstance(op, _OPERATORS):
            # A sum or product of many terms leans to the left; it is long, not deep.
            chain = isinstance(left, ast.BinOp) and _family(left.op) == _family(op)
            return [(left, 0 if chain else 1), (right, 1)]
        case ast.UnaryOp(ast.UAdd() | ast.USub(), operand):
            return [(operand, 1)]
        case ast.Call(ast.Name(name), [argument], []) if name in FUNCTIONS:
            return [(argument, 1)]
        case ast.Constant(value) if type(value) in (int, float):
            _check_number(value)
            return []
        case ast.Name(name) if name not in FUNCTIONS:
            return []
    return None


def _family(operator: ast.operator) -> str:
    if isinstance(operator, ast.Pow):
        return "power"
    return "sum" if isinstance(operator, ast.Add | ast.Sub) else "product"


def _check_number(value: Any) -> None:
    size = abs(value)
    if size and not (1 / LARGEST_NUMBER <= size <= LARGEST_NUMBER and math.isfinite(size)):
        shown = "The number" if size > LARGEST_NUMBER else f"The number {value!r}"
        raise ExpressionError(
            f"{shown} is too {'large' if size > 1 else 'small'}: "
            f"{1 / LARGEST_NUMBER:.0e} to {LARGEST_NUMBER:.0e} is allowed"
        )


def _variables(names: Iterable[str], given: Sequence[str] | None) -> tuple[str, ...]:
    used = sorted(set(names))
    known = tuple(used or ["x"]) if given is None else tuple(given)
    for name in known:
        _check_variable(name)
    if len(set(known)) != len(known) or not known or len(known) > MOST_VARIABLES:
        shown = _short(", ".join(known))
        raise ExpressionError(
            f"variables ({shown}): 1 to {MOST_VARIABLES} different names are allowed"
        )
    for name in used:
        if name not in known:
            shown = ", ".join(known)
            raise ExpressionError(f"'{_short(name)}' is not one of the variables ({shown})")
    return known
