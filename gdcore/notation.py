"""Formulas for people: Typst's maths, and plain text with superscripts.

Both keep the order in which the formula was written, and spell the natural logarithm ln. Only nodes
of the whitelist are written, so what comes out is safe to typeset.
"""

from __future__ import annotations

import ast
from typing import ClassVar, NamedTuple

SUM, PRODUCT, FRACTION, POWER, ATOM = range(1, 6)
"""How tightly the outermost operation of a piece binds."""

_SMALL = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu",
    "nu", "xi", "omicron", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
_CAPITAL = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma", "Phi", "Psi", "Omega")
GREEK = frozenset((*_SMALL, *_CAPITAL))
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Piece(NamedTuple):
    """Part of a formula."""

    text: str
    binds: int
    signed: bool = False
    """Whether it starts with a minus sign."""
    digit: bool = False
    """Whether it starts with a digit, so that a factor before it needs a dot."""

    def in_brackets(self) -> Piece:
        """Return the piece in round brackets."""
        return Piece(f"({self.text})", ATOM)


class Typst:
    """Writes a syntax tree as the source of Typst's maths."""

    minus: ClassVar[str] = "-"
    names: ClassVar[dict[str, str]] = {
        "log": "ln",
        "asin": "arcsin",
        "acos": "arccos",
        "atan": "arctan",
        "sign": 'op("sign")',
    }

    def write(self, tree: ast.expr) -> str:
        """Return the formula."""
        return self._piece(tree).text

    def _piece(self, node: ast.expr) -> Piece:
        match node:
            case ast.Constant(value):
                return self.number(repr(value))
            case ast.Name(name):
                return Piece(self.variable(name), ATOM)
            case ast.UnaryOp(ast.USub(), operand):
                inner = self._piece(operand)
                if inner.binds == SUM or inner.signed:
                    inner = inner.in_brackets()
                return Piece(self.minus + inner.text, max(PRODUCT, inner.binds), signed=True)
            case ast.UnaryOp(_, operand):
                return self._piece(operand)
            case ast.Call(ast.Name("exp"), [argument]):
                return self.power(Piece("e", ATOM), self._piece(argument))
            case ast.Call(ast.Name(name), [argument]):
                return self.call(name, self._piece(argument))
            case ast.BinOp(
                ast.Call(ast.Name(name), [argument]), ast.Pow(), ast.Constant(int(exponent))
            ) if name not in ("abs", "exp", "sqrt"):
                return self.call(name, self._piece(argument), exponent)
            case ast.BinOp(left, op, right):
                return self._joined(self._piece(left), op, self._piece(right))
        raise TypeError(type(node).__name__)

    def _joined(self, left: Piece, op: ast.operator, right: Piece) -> Piece:
        match op:
            case ast.Pow():
                return self.power(left, right)
            case ast.Div():
                return self._fraction(left, right)
            case ast.Mult():
                first = left.in_brackets() if left.binds == SUM else left
                second = right.in_brackets() if right.binds == SUM or right.signed else right
                return self.product(first, second)
        sign = "+" if isinstance(op, ast.Add) else self.minus
        last = right.in_brackets() if right.binds == SUM or right.signed else right
        return Piece(f"{left.text} {sign} {last.text}", SUM, left.signed, left.digit)

    def _fraction(self, above: Piece, below: Piece) -> Piece:
        if not above.signed or above.binds == SUM:
            return self.fraction(above, below)
        # The sign goes before the whole fraction.
        bare = Piece(above.text.removeprefix(self.minus), above.binds, digit=True)
        return Piece(self.minus + self.fraction(bare, below).text, FRACTION, signed=True)

    def number(self, text: str) -> Piece:
        """Return a number; one in Python's short form is written with a power of ten."""
        mantissa, _, exponent = text.partition("e")
        mantissa = mantissa.removesuffix(".0")
        if not exponent:
            return Piece(mantissa, ATOM, digit=True)
        ten = self.power(Piece("10", ATOM, digit=True), Piece(str(int(exponent)), PRODUCT))
        return ten if float(mantissa) == 1 else self.product(Piece(mantissa, ATOM, digit=True), ten)

    def variable(self, name: str) -> str:
        """Return a variable: one letter, a Greek letter, or a word; digits as an index."""
        letters, index = _split(name)
        plain = len(letters) == 1 or letters in GREEK or letters == "pi"
        text = letters if plain else f'"{letters}"'
        if not index:
            return text
        return f"{text}_{index}" if index.isdigit() or len(index) == 1 else f'{text}_"{index}"'

    def call(self, name: str, argument: Piece, exponent: int = 1) -> Piece:
        """Return a function of an argument; sin(x)**2 has its exponent at the sin."""
        shown = self.names.get(name, name)
        if exponent == 1:
            return Piece(f"{shown}({argument.text})", ATOM)
        return Piece(f"{shown}^{exponent} ({argument.text})", PRODUCT)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """Return a power. Typst drops the brackets round an exponent."""
        below = base if base.binds == ATOM and not base.signed else base.in_brackets()
        above = exponent.text if exponent.text.isalnum() else f"({exponent.text})"
        return Piece(f"{below.text}^{above}", POWER, digit=below.digit)

    def product(self, left: Piece, right: Piece) -> Piece:
        """Return a product: side by side, with a dot before a number."""
        between = " dot " if right.digit else " "
        return Piece(left.text + between + right.text, PRODUCT, left.signed, left.digit)

    def fraction(self, above: Piece, below: Piece) -> Piece:
        """Return a fraction of a piece without a sign. Typst drops the brackets."""
        top = above.text if above.binds >= POWER else f"({above.text})"
        bottom = below.text if below.binds >= POWER and not below.signed else f"({below.text})"
        return Piece(f"{top}/{bottom}", FRACTION, digit=above.digit)


class Plain(Typst):
    """Writes a syntax tree as plain text, such as x⁴/4 − 2x² + x/2."""

    minus: ClassVar[str] = "−"
    names: ClassVar[dict[str, str]] = {**Typst.names, "sign": "sign", "sqrt": "√"}

    def variable(self, name: str) -> str:
        """Return a variable, with digits as an index."""
        letters, index = _split(name)
        if letters == "pi":
            return "π"
        lowered = index.translate(_LOWERED) if index.isdigit() else f"_{index}" if index else ""
        return letters + lowered

    def call(self, name: str, argument: Piece, exponent: int = 1) -> Piece:
        """Return a function of an argument."""
        if name == "abs":
            return Piece(f"|{argument.text}|", ATOM)
        raised = "" if exponent == 1 else str(exponent).translate(_RAISED)
        return Piece(f"{self.names.get(name, name)}{raised}({argument.text})", ATOM)

    def power(self, base: Piece, exponent: Piece) -> Piece:
        """Return a power: whole exponents raised, others after a ^."""
        below = base if base.binds == ATOM and not base.signed else base.in_brackets()
        text = exponent.text.replace("−", "-")
        if text.removeprefix("-").isdecimal():
            return Piece(below.text + text.translate(_RAISED), POWER, digit=below.digit)
        # e^2x would be e²·x, and x^y² would be (x^y)².
        simple = exponent.binds == ATOM and text.isalnum() and text.isascii()
        above = text if simple else f"({exponent.text})"
        return Piece(f"{below.text}^{above}", POWER, digit=below.digit)

    def product(self, left: Piece, right: Piece) -> Piece:
        """Return a product: 2x, x y, x·2."""
        first = left.in_brackets() if left.binds == FRACTION else left
        open_end = left.binds == POWER and first.text[-1].isalpha()  # e^x (y + 1)
        close = first.text[-1].isdecimal() or (right.text.startswith("(") and not open_end)
        between = "·" if right.digit else "" if close else " "
        # 2x/3 ends like a fraction: a further factor must not get below the line.
        binds = FRACTION if right.binds == FRACTION else PRODUCT
        return Piece(first.text + between + right.text, binds, first.signed, first.digit)

    def fraction(self, above: Piece, below: Piece) -> Piece:
        """Return a fraction on one line."""
        top = above.text if above.binds in (PRODUCT, POWER, ATOM) else f"({above.text})"
        bottom = below.text if below.binds >= POWER and not below.signed else f"({below.text})"
        return Piece(f"{top}/{bottom}", FRACTION, digit=above.digit)


def _split(name: str) -> tuple[str, str]:
    """Return the letters of a name, and its index: ``x_1`` and ``x1`` are x with index 1."""
    letters, _, index = name.partition("_")
    if not index:
        letters = name.rstrip("0123456789")
        index = name[len(letters) :]
    return letters, index


def typst(tree: ast.expr) -> str:
    """Return the source of Typst's maths for a checked syntax tree.

    Examples
    --------
    >>> from gdcore.expression import parse
    >>> typst(parse("x**4/4 - 2*x**2 + x/2").tree)
    'x^4/4 - 2 x^2 + x/2'
    """
    return Typst().write(tree)


def plain(tree: ast.expr) -> str:
    """Return plain text for a checked syntax tree.

    Examples
    --------
    >>> from gdcore.expression import parse
    >>> plain(parse("x**4/4 - 2*x**2 + x/2").tree)
    'x⁴/4 − 2x² + x/2'
    """
    return Plain().write(tree)
