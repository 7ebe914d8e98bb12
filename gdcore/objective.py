"""The function that is descended: its value, its exact derivatives, and how it is written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdcore import _symbolic, _sympy, expression, notation
from gdcore._checks import Point
from gdcore._compile import Program, scalar, vector

Matrix = tuple[tuple[float, ...], ...]


class ObjectiveLike(Protocol):
    """What `gdcore.theory` and the scenes ask of an objective.

    Where the function or a derivative is not defined it is NaN; nothing is raised.
    """

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the coordinates."""

    @property
    def value(self) -> Callable[[Point], float]:
        """The function: from a point to a number."""

    @property
    def gradient(self) -> Callable[[Point], Point]:
        """The first derivatives: from a point to one float per variable."""

    @property
    def hessian(self) -> Callable[[Point], Matrix]:
        """The second derivatives: from a point to a symmetric matrix, as rows."""

    @property
    def value_and_gradient(self) -> Callable[[Point], tuple[float, Point]]:
        """Both at once, for the price of little more than one."""


class Objective:
    """A function of one or more variables, written as text. Make it with `Objective.parse`.

    Immutable, comparable by text and variables, picklable. Its value is what the same formula gives
    in plain Python, to the last bit; its derivatives are exact formulas from SymPy, and what
    `gradient_text` gives in plain Python.

    What is undefined is NaN: a division by 0, the logarithm of 0 or less, a root of less than 0.
    What is too large for a float is inf. Where the value is NaN, so are the derivatives. Of
    functions with a kink, |x| has derivative 0 at 0, between its slopes −1 and 1, and second
    derivative NaN there. A slope that is infinite or missing, as of sqrt(x) at 0, is NaN.

    Attributes
    ----------
    text
        The formula as given.
    variables
        The names of the coordinates, in order.

    Examples
    --------
    >>> f = Objective.parse("x**4/4 - 2*x**2 + x/2")
    >>> f.value((3.0,)), f.gradient((3.0,)), f.hessian((3.0,))
    (3.75, (15.5,), ((23.0,),))
    >>> f.typst, f.gradient_text, f.typst_gradient
    ('x^4/4 - 2 x^2 + x/2', ('x**3 - 4*x + 1/2',), ('x^3 - 4 x + 1/2',))
    >>> Objective.parse("log(x)").value_and_gradient((-1.0,))
    (nan, (nan,))
    """

    text: str
    variables: tuple[str, ...]
    _formula: _Formula

    @classmethod
    def parse(cls, text: str, variables: Sequence[str] | None = None) -> Objective:
        """Return the objective that a formula describes.

        Parameters
        ----------
        text
            A formula in Python's notation; see `gdcore.expression`.
        variables
            The names of the coordinates, in order. By default those in the text, in alphabetical
            order; ``("x",)`` for a constant.

        Raises
        ------
        ExpressionError
            A `ValueError` of one line, for anything that is not allowed.
        """
        if not isinstance(text, str):
            raise expression.ExpressionError(f"a formula must be text, not {type(text).__name__}")
        formula = _formula(text, None if variables is None else tuple(variables))
        made = cls.__new__(cls)
        vars(made).update(
            text=formula.parsed.text, variables=formula.parsed.variables, _formula=formula
        )
        return made

    def __init__(self) -> None:
        raise TypeError('write Objective.parse("x**2")')

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an Objective is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"an Objective is immutable: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Objective):
            return NotImplemented
        return (self.text, self.variables) == (other.text, other.variables)

    def __hash__(self) -> int:
        return hash((self.text, self.variables))

    def __reduce__(self) -> tuple[Any, ...]:
        return Objective.parse, (self.text, self.variables)

    def __repr__(self) -> str:
        return f"Objective.parse({self.text!r}, variables={self.variables!r})"

    # The compiled functions are attributes, not methods: the loop calls them without a detour.

    @property
    def value(self) -> Callable[[Sequence[float]], float]:
        """The function: from a point to a float."""
        return self._formula.value

    @property
    def gradient(self) -> Callable[[Sequence[float]], Point]:
        """The first derivatives: from a point to one float per variable."""
        return self._formula.gradient

    @property
    def hessian(self) -> Callable[[Sequence[float]], Matrix]:
        """The second derivatives: from a point to a symmetric matrix, as rows."""
        return self._formula.hessian

    @property
    def value_and_gradient(self) -> Callable[[Sequence[float]], tuple[float, Point]]:
        """Both at once: from a point to (value, gradient)."""
        return self._formula.value_and_gradient

    def values(self, *arrays: ArrayLike) -> NDArray[np.float64]:
        """Return the function on arrays, one per variable, broadcast against each other."""
        return self._formula.arrays(self._counted(arrays))[0]

    def gradients(self, *arrays: ArrayLike) -> tuple[NDArray[np.float64], ...]:
        """Return the first derivatives on arrays: one array per variable."""
        value, *slopes = self._formula.arrays(self._counted(arrays))
        return tuple([np.where(np.isnan(value), np.nan, slope) for slope in slopes])

    def _counted(self, arrays: tuple[ArrayLike, ...]) -> tuple[ArrayLike, ...]:
        if len(arrays) != len(self.variables):
            names = ", ".join(self.variables)
            raise ValueError(f"{len(arrays)} arrays given: one for each of ({names}) is needed")
        return arrays

    @property
    def expression(self) -> Any:
        """The function as a SymPy expression in real symbols, decimals as exact fractions.

        A constant part that is not simple, such as sin(exp(2) + 1), is a symbol with its text as
        its name.
        """
        return self._formula.parsed.expression

    @property
    def typst(self) -> str:
        """The formula for Typst's maths, in its own order."""
        return notation.typst(self._formula.parsed.tree)

    @property
    def plain(self) -> str:
        """The formula as plain text for captions, such as x⁴/4 − 2x² + x/2."""
        return notation.plain(self._formula.parsed.tree)

    @property
    def gradient_text(self) -> tuple[str, ...]:
        """The first derivatives as Python source, one per variable."""
        return self._formula.gradient_text

    @property
    def typst_gradient(self) -> tuple[str, ...]:
        """The first derivatives for Typst's maths, one per variable."""
        return tuple([notation.typst(tree) for tree in self._formula.gradient_trees])

    @property
    def plain_gradient(self) -> tuple[str, ...]:
        """The first derivatives as plain text, one per variable."""
        return tuple([notation.plain(tree) for tree in self._formula.gradient_trees])


class _Formula:
    """What is worked out once per formula, and shared by all objectives of that formula."""

    def __init__(self, text: str, variables: tuple[str, ...] | None) -> None:
        self.parsed = expression.parse(text, variables)
        # The derivatives belong to the check: a formula whose derivatives are too large is refused.
        gradient, hessian = _symbolic.derivatives(self.parsed.expression, self.parsed.variables)
        self.gradient_text = tuple([_sympy.source(slope) for slope in gradient])
        self.gradient_trees = tuple([_tree(slope) for slope in self.gradient_text])
        self._bends = hessian

    def _compiled(self, *trees: ast.expr) -> Callable[[Sequence[float]], Any]:
        program = Program(self.parsed.variables)
        return scalar(program, [program.add(tree) for tree in (self.parsed.tree, *trees)])

    @cached_property
    def value(self) -> Callable[[Sequence[float]], float]:
        return self._compiled()

    @cached_property
    def value_and_gradient(self) -> Callable[[Sequence[float]], tuple[float, Point]]:
        return self._compiled(*self.gradient_trees)

    @cached_property
    def gradient(self) -> Callable[[Sequence[float]], Point]:
        both = self.value_and_gradient
        return lambda point: both(point)[1]

    @cached_property
    def hessian(self) -> Callable[[Sequence[float]], Matrix]:
        size = len(self.parsed.variables)
        trees = [_tree(_sympy.source(bend)) for row in self._bends for bend in row]
        compiled = self._compiled(*trees)

        def hessian(point: Sequence[float]) -> Matrix:
            flat = compiled(point)[1]
            return tuple([tuple(flat[row * size : (row + 1) * size]) for row in range(size)])

        return hessian

    @cached_property
    def _arrays(self) -> Callable[..., list[NDArray[np.float64]]]:
        program = Program(self.parsed.variables)
        trees = (self.parsed.tree, *self.gradient_trees)
        return vector(program, [program.add(tree) for tree in trees])

    def arrays(self, arrays: Sequence[ArrayLike]) -> list[NDArray[np.float64]]:
        return self._arrays(*arrays)


@lru_cache(maxsize=128)
def _formula(text: str, variables: tuple[str, ...] | None) -> _Formula:
    return _Formula(text, variables)


def _tree(source: str) -> ast.expr:
    """Return the syntax tree of a derivative, which SymPy wrote."""
    return ast.parse(source, mode="eval").body
