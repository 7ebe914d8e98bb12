"""How a course writes its mathematics: η or α, x or w, f′ or df/dx, a decimal point or a comma.

Scenes write one way. On its way to type all of it passes through here, formulas as Typst source
and words as plain text, so that a notation holds everywhere or nowhere. Code is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

GREEK: Final = {"α": "alpha", "η": "eta", "θ": "theta", "β": "beta", "λ": "lambda", "ω": "omega"}
"""Letters as people write them, and their names in Typst."""

CHOICES: Final = {
    "rate": ("η", "α", "λ"),
    "variable": ("x", "w", "θ", "u", "t", "z"),
    "derivative": ("f′", "df/dx"),
    "decimal": ("point", "comma"),
}
"""What can be chosen; the first is how the scenes write."""


@dataclass(frozen=True)
class Notation:
    r"""A notation.

    Parameters
    ----------
    rate
        The letter of the learning rate.
    variable
        The letter of the coordinate that scenes of one variable call x.
    derivative
        How the derivative is written.
    decimal
        What stands before the decimals.

    Examples
    --------
    >>> own = Notation(rate="α", variable="w", derivative="df/dx", decimal="comma")
    >>> own.words("At x = 3.2 the slope f′(x) is 6.4; η = 0.1.")
    'At w = 3,2 the slope df/dw is 6,4; α = 0,1.'
    >>> own.mathematics("f'(3.2) = 2 dot 3.2 - eta")
    'd f \\/ d w (3","2) = 2 dot 3","2 - alpha'
    """

    rate: str = "η"
    variable: str = "x"
    derivative: str = "f′"
    decimal: str = "point"

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                chosen = getattr(self, name)
                raise ValueError(f"{name} = {chosen}: allowed: {', '.join(allowed)}")

    @property
    def is_own(self) -> bool:
        """Whether anything is written in another way than the scenes write it."""
        return self != Notation()

    def words(self, text: str) -> str:
        """Return a sentence in this notation."""
        if not self.is_own:
            return text
        if self.derivative != "f′":
            text = re.sub(r"f′(\(x\))?", "df/dx", text)
        if self.variable != "x":
            text = re.sub(r"(?<![A-Za-z′])(d?)x(?![A-Za-z])", rf"\1{self.variable}", text)
        text = text.replace("η", self.rate)
        if self.decimal == "comma":
            text = re.sub(r"(?<=\d), (?=[−+]?\d)", "; ", text)
            text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
        return text

    def mathematics(self, source: str) -> str:
        """Return Typst source in this notation; strings in it, such as code, stay as they are."""
        if not self.is_own:
            return source
        return "".join(
            part if part.startswith('"') else self._formula(part) for part in _strings(source)
        )

    def _formula(self, source: str) -> str:
        if self.derivative != "f′":
            source = re.sub(r"\bf'(\s*\(x\))?", r"d f \\/ d x ", source)
        if self.variable != "x":
            name = GREEK.get(self.variable, self.variable)
            source = re.sub(r"(?<![A-Za-z#.])x(?![A-Za-z])", name, source)
        if self.rate != "η":
            source = re.sub(r"(?<![A-Za-z#])eta(?![A-Za-z])", GREEK[self.rate], source)
        if self.decimal == "comma":
            source = re.sub(r"(?<=\d), ?(?=[-−+]?\d)", r'";" ', source)
            source = re.sub(r"(?<=\d)\.(\d+)(?!\d|em|pt|mm|cm|fr|%)", r'","\1', source)
        return source


def _strings(source: str) -> list[str]:
    """Cut Typst source into its string literals and what stands between them."""
    return re.findall(r'"(?:[^"\\]|\\.)*"|[^"]+|"', source)
