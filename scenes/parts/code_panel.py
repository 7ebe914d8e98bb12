"""A program on screen: typed token by token, with one line lit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.glyphs import typeset
from scenes.parts.lettering import Lettering
from scenes.parts.source import code
from scenes.parts.strokes import set_lines, shape
from scenes.theme import TYPE, units

PITCH, GAP = 1.42, 0.6
"""Height of a line and of an empty line, in em."""

LARGEST = 5.2
"""The largest size of code, in % of the shorter side."""

ROLES = {"f": "curve", "slope": "slope_up", "x": "point"}
"""Names that stand for something in the picture wear its colour."""

KEYWORDS = {"def", "return", "for", "in", "range", "print", "from", "import", "math"}

_TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\d.]*(?:e[-+]?\d+)?|[^\sA-Za-z_0-9]+")


@dataclass(frozen=True)
class Token:
    """A word of a program: its column and its text."""

    column: int
    text: str


def tokens(line: str) -> list[Token]:
    """Return the words of a line with their columns.

    Examples
    --------
    >>> [token.text for token in tokens("    x = x - rate * slope(x)")]
    ['x', '=', 'x', '-', 'rate', '*', 'slope', '(', 'x', ')']
    """
    return [Token(match.start(), match.group()) for match in _TOKEN.finditer(line)]


class CodePanel(VGroup):
    """Lines of code in a region, as large as fits.

    One playhead types it, token by token; another one moves the bar.

    Parameters
    ----------
    look, region, lines
        The look, where the code stands, and its lines.
    """

    def __init__(self, look: Look, region: Region, lines: Sequence[str]) -> None:
        super().__init__()
        self.look, self.region, self.code = look, region, tuple(lines)
        self.size = self._fitting_size()
        self.em = units(self.size)
        self.column = typeset(code("0")).width * self.em
        # The tops of the lines: an empty one takes less room.
        self.baselines: list[float] = []
        y = region.top - self.em
        for line in self.code:
            self.baselines.append(y)
            y -= (PITCH if line.strip() else GAP) * self.em
        self.bottom = y + (PITCH - 0.35) * self.em
        self.lines = [self.make_line(index, line) for index, line in enumerate(self.code)]
        self.ends: list[int] = []
        for line in self.lines:
            self.ends.append((self.ends[-1] if self.ends else 0) + len(line))
        self.text = VGroup(*self.lines)
        self.bar = LitBar(look, self)
        self.add(self.bar, self.text)

    def _fitting_size(self) -> float:
        longest = max(len(line) for line in self.code)
        width = typeset(code("0")).width
        height = sum(PITCH if line.strip() else GAP for line in self.code)
        size = LARGEST
        while size > TYPE.minimum and (
            longest * width * units(size) > self.region.width
            or height * units(size) > self.region.height
        ):
            size = max(TYPE.minimum, size * 0.97)
        return size

    def make_line(self, index: int, line: str) -> VGroup:
        """Return a line's tokens in their places; also for a line that replaces another."""
        return VGroup(*(self._token(token, line, self.baselines[index]) for token in tokens(line)))

    def _token(self, token: Token, line: str, y: float) -> Lettering:
        role = "muted" if token.text in KEYWORDS else ROLES.get(token.text, "text")
        if line[token.column + len(token.text) :].startswith('"'):
            role = "text"  # the f of an f-string is not the function
        lettering = self.look.source(code(token.text), size=self.size, role=role)
        lettering.place(self.region.left + token.column * self.column, y)
        return lettering

    def find(self, text: str) -> int:
        """Return the index of the first line that contains a text."""
        return next(index for index, line in enumerate(self.code) if text in line)

    def token(self, line: int, text: str, number: int = 0) -> Lettering:
        """Return a token of a line, the first that reads so, or a later one."""
        found: list[Lettering] = [
            lettering
            for token, lettering in zip(tokens(self.code[line]), self.lines[line], strict=True)
            if token.text == text
        ]
        return found[number]

    def typed_through(self, line: int) -> int:
        """Return how many tokens there are up to the end of a line."""
        return self.ends[line]

    def show(self, typed: float) -> None:
        """Show the first so many tokens; the one that is being typed is on its way in."""
        index = 0
        for line in self.lines:
            for token in line:
                token.set_fill(opacity=min(max(typed - index, 0.0), 1.0))
                index += 1


class LitBar(VGroup):
    """The bar behind the line that is running.

    Its position is the line; from −1 to 0 it grows behind the line `home`, where it first appears.
    """

    def __init__(self, look: Look, panel: CodePanel) -> None:
        super().__init__()
        self.panel = panel
        self.home = 0
        # Faint, so that type on it keeps its contrast.
        color = look.theme.blend("muted", 0.9, floor=1)
        self.shade = shape(look, role="muted", color=color)
        self.shade.backdrop = True
        self.add(self.shade)

    def show(self, line: float) -> None:
        """Move the bar to a line."""
        panel = self.panel
        grown = min(max(line + 1.0, 0.0), 1.0)
        line = min(line if line >= 0 else float(self.home), len(panel.baselines) - 1.0)
        below = panel.baselines[int(line)]
        above = panel.baselines[min(int(line) + 1, len(panel.baselines) - 1)]
        y = below + (above - below) * (line - int(line))
        bottom, top = y - 0.36 * panel.em, y + 1.0 * panel.em
        left = panel.region.left - 0.02
        width = max(len(code) for code in panel.code) * panel.column + 0.12
        right = left + width * grown
        box = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        set_lines(self.shade, [box] if grown > 0 else [])
