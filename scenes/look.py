"""The look of one render: its theme, and the type set in it. Every part takes it first."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.parts.lettering import Lettering
from scenes.parts.source import Source, join, math
from scenes.theme import DARK, TYPE, Theme


@dataclass(frozen=True)
class Look:
    """A theme, and how words and formulas are made in it.

    Examples
    --------
    >>> Look().text("slope 8", size=5).em
    0.4
    """

    theme: Theme = DARK

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
        return Lettering(self.theme, join(*parts), size, role)

    def math(self, source: str, size: float = TYPE.label, role: str = "text") -> Lettering:
        """Set a formula from Typst mathematics."""
        return Lettering(self.theme, math(source), size, role)

    def source(self, source: Source, size: float = TYPE.label, role: str = "text") -> Lettering:
        """Set Typst source as it is."""
        return Lettering(self.theme, source, size, role)
