"""From syntax trees to quick functions of floats, and of arrays.

The trees are written out as Python source again: operations in their own order, equal parts
computed once, and no name of the user's in it. There are two ways to write it. The quick one is
bare arithmetic, which computes what the same formula computes in plain Python, and raises where
Python does. The careful one calls a function for whatever may fail; it runs after the quick one has
raised, and on arrays.

What is undefined is NaN: a division by 0, a logarithm of 0 or less, a root of less than 0. What is
too large for a float is inf.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdcore.expression import FUNCTIONS

DEEPEST = 25
"""Longer nests of operations are cut up into assignments, for Python's compiler."""

_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
_CONSTANTS = {"pi": math.pi, "e": math.e}

Key = tuple[Any, ...]


class Program:
    """Some formulas in the same variables, broken into operations that are computed once each.

    Parameters
    ----------
    variables
        The names of the coordinates, in order.
    """

    def __init__(self, variables: Sequence[str]) -> None:
        self.variables = tuple(variables)
        self._keys: list[Key] = []
        self._numbers: dict[Key, int] = {}

    def add(self, tree: ast.expr) -> int:
        """Return the number of the operation that computes a tree."""
        match tree:
            case ast.Constant(value):
                return self._number(("constant", repr(float(str(value)))))
            case ast.Name(name) if name in _CONSTANTS:
                return self._number(("constant", repr(_CONSTANTS[name])))
            case ast.Name(name):
                return self._number(("variable", self.variables.index(name)))
            case ast.UnaryOp(ast.USub(), operand):
                return self._negative(self.add(operand))
            case ast.UnaryOp(_, operand):
                return self.add(operand)
            case ast.Call(ast.Name(name), [argument]):
                return self._number(("call", name, self.add(argument)))
        return self._chain(tree)

    def _chain(self, tree: ast.expr) -> int:
        """Return the number of a chain of operators; works from its left end, without recursion."""
        rest: list[ast.BinOp] = []
        while isinstance(tree, ast.BinOp):
            rest.append(tree)
            tree = tree.left
        made = self.add(tree)
        for node in reversed(rest):
            made = self._number((_SIGNS[type(node.op)], made, self.add(node.right)))
        return made

    def _negative(self, operand: int) -> int:
        kind, *parts = self._keys[operand]
        if kind == "constant" and not parts[0].startswith("-"):
            return self._number(("constant", f"-{parts[0]}"))
        return self._number(("negative", operand))

    def _number(self, key: Key) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._keys)
            self._keys.append(key)
        return self._numbers[key]

    def write(self, outputs: Sequence[int], *, careful: bool) -> tuple[list[str], list[str]]:
        """Return assignments, and one source expression per output."""
        needed, uses = self._needed(outputs)
        text: dict[int, str] = {}
        depth: dict[int, int] = {}
        lines: list[str] = []
        for number in needed:  # parts have smaller numbers than what they are part of
            key = self._keys[number]
            parts = _parts(key)
            text[number] = self._text(key, text, careful)
            depth[number] = 1 + max((depth[part] for part in parts), default=0)
            if parts and (uses[number] > 1 or depth[number] > DEEPEST):
                lines.append(f"t{number} = {text[number]}")
                text[number], depth[number] = f"t{number}", 1
        return lines, [text[number] for number in outputs]

    def _needed(self, outputs: Sequence[int]) -> tuple[list[int], dict[int, int]]:
        uses: dict[int, int] = {}
        waiting = list(outputs)
        while waiting:
            number = waiting.pop()
            uses[number] = uses.get(number, 0) + 1
            if uses[number] == 1:
                waiting += _parts(self._keys[number])
        return sorted(uses), uses

    def _text(self, key: Key, text: Mapping[int, str], careful: bool) -> str:
        match key:
            case ("constant", number):
                return f"({number})" if number.startswith("-") else str(number)
            case ("variable", place):
                return f"v{place}"
            case ("negative", operand):
                return f"(-{text[operand]})"
            case ("call", name, argument):
                return f"{name}({text[argument]})"
            case ("**", base, exponent) if careful or not self._is_whole(exponent):
                # Not **, which makes a negative number to a broken power complex.
                return f"power({text[base]}, {text[exponent]})"
            case ("/", above, below) if careful:
                return f"divide({text[above]}, {text[below]})"
        sign, left, right = key
        return f"({text[left]} {sign} {text[right]})"

    def _is_whole(self, number: int) -> bool:
        key = self._keys[number]
        return key[0] == "constant" and float(key[1]).is_integer()


def _parts(key: Key) -> tuple[int, ...]:
    if key[0] in ("constant", "variable"):
        return ()
    return tuple(key[2:] if key[0] == "call" else key[1:])


def scalar(program: Program, outputs: Sequence[int]) -> Callable[[Sequence[float]], Any]:
    """Return a function of a point.

    Parameters
    ----------
    outputs
        Numbers of the value of f and then of any derivatives.

    Returns
    -------
    function
        Of a sequence of floats, one per variable. It returns the value and the tuple of the
        derivatives: NaN where the value is NaN, though their own formulas may reach further. It
        returns the value alone if there are no derivatives.
    """
    head = "".join(f"v{i}, " for i in range(len(program.variables))) + "= point"
    floats = [f"v{i} = float(v{i})" for i in range(len(program.variables))]
    careful = _define("careful", head, floats, program.write(outputs, careful=True), guard=False)
    quick = _define("quick", head, floats, program.write(outputs, careful=False), guard=True)
    space: dict[str, Any] = {**_CAREFUL, "nan": math.nan}
    exec(careful, space)
    space = {**_QUICK, "nan": math.nan, "careful": space["careful"]}
    exec(quick, space)
    function: Callable[[Sequence[float]], Any] = space["quick"]
    return function


def _define(
    name: str, head: str, floats: list[str], body: tuple[list[str], list[str]], *, guard: bool
) -> str:
    lines, (value, *rest) = body
    if rest:
        slopes = "".join(f"{part}, " for part in rest)
        lines = [
            *lines,
            f"f = {value}",
            "if f != f:",
            f"    return f, ({'nan, ' * len(rest)})",
            f"return f, ({slopes})",
        ]
    else:
        lines = [*lines, f"return {value}"]
    lines = [*floats, *lines]
    if guard:
        lines = ["try:", *[f"    {line}" for line in lines],
                 "except (ArithmeticError, ValueError):", "    return careful(point)"]  # fmt: skip
    return "\n".join([f"def {name}(point):", *[f"    {line}" for line in (head, *lines)]])


def vector(program: Program, outputs: Sequence[int]) -> Callable[..., list[NDArray[np.float64]]]:
    """Return a function of arrays, one per variable, that returns one array per output."""
    lines, results = program.write(outputs, careful=True)
    names = ", ".join(f"v{i}" for i in range(len(program.variables)))
    lines = [*lines, f"return [{', '.join(results)}]"]
    space: dict[str, Any] = dict(_ARRAYS)
    exec("\n".join([f"def arrays({names}):", *[f"    {line}" for line in lines]]), space)

    def function(*arrays: Any) -> list[NDArray[np.float64]]:
        floats = np.broadcast_arrays(*[np.asarray(array, dtype=float) for array in arrays])
        with np.errstate(all="ignore"):
            found = space["arrays"](*floats)
        return [np.array(np.broadcast_to(each, floats[0].shape), dtype=float) for each in found]

    return function


def _sign(x: float) -> float:
    return math.nan if x != x else float((x > 0) - (x < 0))


def _kink(x: float) -> float:
    """Return the derivative of the sign: none at 0, and 0 elsewhere."""
    return 0.0 if x else math.nan


def _divide(above: float, below: float) -> float:
    return above / below if below else math.nan


def _power(base: float, exponent: float) -> float:
    if math.isnan(base) or math.isnan(exponent):
        return math.nan  # Python says that nan**0 is 1
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.nan


def _safe(function: Callable[[float], float]) -> Callable[[float], float]:
    def safe(x: float) -> float:
        try:
            return function(x)
        except OverflowError:  # of exp, cosh and sinh
            return -math.inf if function is math.sinh and x < 0 else math.inf
        except ValueError:
            return math.nan

    return safe


_QUICK: dict[str, Any] = {
    **{name: getattr(math, name) for name in FUNCTIONS if name != "abs"},
    "abs": abs, "sign": _sign, "kink": _kink, "power": math.pow, "float": float,
}  # fmt: skip
_CAREFUL: dict[str, Any] = {
    **{name: _safe(getattr(math, name)) for name in FUNCTIONS if name != "abs"},
    "abs": abs, "sign": _sign, "kink": _kink, "power": _power, "divide": _divide, "float": float,
}  # fmt: skip


def _array_divide(above: Any, below: Any) -> Any:
    return np.divide(above, np.where(below == 0, np.nan, below))


def _array_power(base: Any, exponent: Any) -> Any:
    undefined = ((base == 0) & (exponent < 0)) | np.isnan(base) | np.isnan(exponent)
    return np.where(undefined, np.nan, np.power(base, exponent))


_NUMPY_NAMES = {"acos": "arccos", "asin": "arcsin", "atan": "arctan"}
_ARRAYS: dict[str, Any] = {
    **{name: getattr(np, _NUMPY_NAMES.get(name, name)) for name in FUNCTIONS},
    "log": lambda x: np.log(np.where(x == 0, np.nan, x)),
    "sign": np.sign,
    "kink": lambda x: np.where(x == 0, np.nan, 0.0 * np.abs(x)),
    "power": _array_power,
    "divide": _array_divide,
}
