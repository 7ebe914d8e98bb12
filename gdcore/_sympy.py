"""SymPy, fitted to this package: real functions, its own names, and limits of time."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import sympy
from sympy.printing.str import StrPrinter

from gdcore.expression import ExpressionError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 5.0
"""So many times the processor's time may pass on the clock."""


class _TooSlow(BaseException):
    """Time is up. Not an Exception, for SymPy catches those on its way."""


def limited(seconds: float) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that turns a call into an `ExpressionError` when its time is up.

    SymPy asks itself whether things are 0, or real, and may expand a power of a hundred terms to
    find out. No limit of size foresees all of that. So a second thread waits, and throws an
    exception into the first. That works on any system and in any thread, unlike an alarm, and
    costs nothing until then, unlike a tracing hook, which makes SymPy three times as slow.

    The time is the processor's: a machine that is busy with other things refuses no formula that
    an idle one accepts, unless it takes `PATIENCE` times as long.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            caller = ctypes.c_ulong(threading.get_ident())
            lock = threading.Lock()
            done = threading.Event()
            began, used = time.monotonic(), time.process_time()

            def watch() -> None:
                left = seconds
                while left > 0 and not done.wait(max(left, 0.01)):
                    late = time.monotonic() - began > PATIENCE * seconds
                    left = 0.0 if late else used + seconds - time.process_time()
                with lock:
                    if not done.is_set():
                        throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
                        throw(caller, ctypes.py_object(_TooSlow))

            try:
                threading.Thread(target=watch, daemon=True).start()
                try:
                    return function(*args, **kwargs)
                finally:
                    with lock:
                        done.set()
                    _arrived()
            except (_TooSlow, ArithmeticError, RecursionError, MemoryError, NotImplementedError):
                message = "the formula is too complicated: write it more simply"
                raise ExpressionError(message) from None

        return guarded

    return decorate


def _arrived() -> None:
    """Do nothing: an exception that is already on its way arrives here at last."""


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


CALLS: dict[str, Callable[[Any], Any]] = {
    "abs": absolute, "acos": sympy.acos, "asin": sympy.asin, "atan": sympy.atan, "cos": sympy.cos,
    "cosh": sympy.cosh, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "sinh": sympy.sinh,
    "sqrt": sympy.sqrt, "tan": sympy.tan, "tanh": sympy.tanh,
}  # fmt: skip
_KNOWN = (*CALLS.values(), kink, sign)


def symbol(name: str) -> Any:
    """Return the real symbol that stands for a variable."""
    return sympy.Symbol(name, real=True)


def in_known_functions(expression: Any) -> Any:
    """Return an expression without the functions that SymPy brings in by itself.

    sqrt(x**2) becomes Abs(x), and tan(x + pi/2) becomes -cot(x).
    """
    expression = expression.replace(sympy.Abs, absolute).replace(sympy.sign, sign)
    expression = expression.replace(sympy.cot, lambda u: 1 / sympy.tan(u))
    for part in expression.atoms(sympy.Function):
        if part.func not in _KNOWN:
            raise ExpressionError(f"'{part.func}' comes in by simplification: write it differently")
    return expression


class _Printer(StrPrinter):  # type: ignore[misc]
    """Python source in this package's own names."""

    def _print_Exp1(self, expr: Any) -> str:  # noqa: N802 (names that SymPy looks for)
        return "e"

    def _print_absolute(self, expr: Any) -> str:
        return f"abs({self._print(expr.args[0])})"


def source(expression: Any) -> str:
    """Return a SymPy expression as Python source.

    Examples
    --------
    >>> source(symbol("x") ** 2 / 4 + sympy.E)
    'x**2/4 + e'
    """
    return str(_Printer().doprint(expression))
