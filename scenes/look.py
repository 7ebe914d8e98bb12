"""The look of one render: its theme, and the type set in it. Every part takes it first."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenes.notation import Notation
from scenes.parts.glyphs import typeset
from scenes.parts.lettering import Lettering
from scenes.parts.source import Source, join, math
from scenes.theme import DARK, TYPE, Theme, units


@dataclass(frozen=True)
class Look:
    """A theme and a notation, and how words and formulas are made in them.

    Examples
    --------
    >>> Look().text("slope 8", size=5).em
    0.4
    """

    theme: Theme = DARK
    notation: Notation = field(default_factory=Notation)

    def color(self, role: str) -> str:
        """Return the colour of a role, as ``#rrggbb``."""
        return self.theme.color(role)

    def text(self, *parts: str, size: float = TYPE.label, role: str = "text") -> Lettering:
        """Set words: strings are shown as they are, `Source` is Typst.

        Parameters
        ----------
        *parts
            Set one after the other. Single letters that stand for variables become italic.
        size
            One em in % of the frame's shorter side.
        role
            The role whose colour the words wear, where a part has no `ink` of its own.
        """
        return self.source(self._joined(*parts), size, role)

    def _joined(self, *parts: str) -> Source:
        written = (
            part if isinstance(part, Source) else self.notation.words(part) for part in parts
        )
        return join(*written)

    def math(self, source: str, size: float = TYPE.label, role: str = "text") -> Lettering:
        """Set a formula from Typst mathematics."""
        return self.source(math(source), size, role)

    def text_width(self, *parts: str, size: float = TYPE.label) -> float:
        """Return how long words would be that `text` sets, in units; nothing is made for that."""
        return self.source_width(self._joined(*parts), size)

    def math_width(self, source: str, size: float = TYPE.label) -> float:
        """Return how long a formula would be that `math` sets, in units.

        Examples
        --------
        >>> look = Look()
        >>> look.math_width("x^2", size=5) == look.math("x^2", size=5).advance
        True
        """
        return self.source_width(math(source), size)

    def source_width(self, source: Source, size: float = TYPE.label) -> float:
        """Return how long Typst source would be, in units."""
        return typeset(Source(self.notation.mathematics(source))).width * units(size)

    def fitted(
        self, lettering: Lettering, width: float, largest: float, least: float = TYPE.minimum
    ) -> Lettering:
        """Return type in the largest size in which it fits a line.

        Parameters
        ----------
        lettering
            The type; its size does not matter.
        width
            Of the line, in units.
        largest, least
            The sizes between which it may be, in % of the frame's shorter side. At the least one
            it may still be too wide: the caller sees it from `advance`.

        Examples
        --------
        >>> look = Look()
        >>> look.fitted(look.text("slope"), 1.0, largest=5).em
        0.4
        >>> round(look.fitted(look.text("slope"), 0.7, largest=5).advance, 3)
        0.7
        """
        # The advance grows with the size: no need to try.
        fits = lettering.size_percent * (width - 1e-9) / max(lettering.advance, 1e-9)
        size = min(largest, max(least, fits))
        return self.source(Source(lettering.source), size=size, role=lettering.base_role)

    def source(self, source: Source, size: float = TYPE.label, role: str = "text") -> Lettering:
        """Set Typst source."""
        return Lettering(self.theme, Source(self.notation.mathematics(source)), size, role)
