"""A program on screen: read token by token, some lines lit, and numbers put in below a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.color import mix
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.code_sheet import DESCENT, LIFT, OPEN, Below, LitBar, Sheet
from scenes.parts.glyphs import typeset
from scenes.parts.lettering import Lettering
from scenes.parts.source import code
from scenes.theme import TEXT_CONTRAST, TYPE, units

PITCHES = (1.6, 1.5, 1.42, 1.36, 1.3, 1.26)
"""Heights of a line, in em: the widest one that does not make the type smaller than labels."""

GAP = 0.45
"""Height of an empty line, in em."""

LARGEST = 5.2
"""The largest size of code, in % of the shorter side."""

KEYWORDS = {"def", "return", "for", "in", "range", "print", "from", "import", "math"}

_TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\d.]*(?:e[-+]?\d+)?|[^\sA-Za-z_0-9]+")
_ASSIGNED = re.compile(r"(\w+) = -?[\d.e+-]+")


@dataclass(frozen=True)
class Token:
    """A word of a program: its column and its text."""

    column: int
    text: str


def tokens(written: str) -> list[Token]:
    """Return the words of a line with their columns.

    Examples
    --------
    >>> [token.text for token in tokens("    x = x - rate * slope(x)")]
    ['x', '=', 'x', '-', 'rate', '*', 'slope', '(', 'x', ')']
    """
    return [Token(match.start(), match.group()) for match in _TOKEN.finditer(written)]


class CodePanel(VGroup):
    """Lines of code in a region, as large as fits.

    All of it stands there from the start, quiet. One playhead reads it, token by token, which gives
    each its colour; others move the bar, and open the row for numbers.

    Parameters
    ----------
    look, region, lines
        The look, where the code stands, and its lines.
    slope
        The role of the slope: its colour tells the sign that it has at first.
    opens
        How the line begins below which a row can be opened, if there is room for it.

    Attributes
    ----------
    spread
        How many times as far apart the lines stand at first.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        lines: Sequence[str],
        *,
        slope: str = "slope_up",
        opens: str = "x = x -",
    ) -> None:
        super().__init__()
        self.look, self.region, self.code = look, region, tuple(lines)
        # Names that stand for something in the picture wear its colour.
        self.roles = {"f": "curve", "slope": slope, "x": "point"}
        self.quiet = look.theme.blend("muted", 1, floor=TEXT_CONTRAST)
        self.opens, self.has_room, self.spread = self.find(opens), True, 1.0
        self.size, self.pitch = self._fit(1)
        if self.size < TYPE.minimum:
            self.has_room = False
            self.size, self.pitch = self._fit(0)
            self.size = max(self.size, TYPE.minimum)
        self.em = units(self.size)
        self.column = typeset(code("0")).width * self.em
        # The tops of the lines: an empty one takes less room.
        self.baselines: list[float] = []
        y = region.top - self.em
        for written in self.code:
            self.baselines.append(y)
            y -= (self.pitch if written.strip() else GAP) * self.em
        # Where the last line ends when the row is open.
        self.bottom = self.baselines[-1] - (0.25 + self.pitch * self.has_room) * self.em
        placed = zip(self.code, self.baselines, strict=True)
        self.lines = [self._line(written, y) for written, y in placed]
        self.ends: list[int] = []
        for letters in self.lines:
            self.ends.append((self.ends[-1] if self.ends else 0) + len(letters))
        self.below = Below(self)
        self.sheet = Sheet(self)
        self.bar = LitBar(self)
        self.add(self.bar, self.sheet)

    def _fit(self, opened: int) -> tuple[float, float]:
        """Return size and pitch at which the lines and so many opened rows fit."""
        one = units(1.0)
        longest = max(len(written) for written in self.code)
        wide = self.region.width / (longest * typeset(code("0")).width * one)
        full = sum(1 for written in self.code if written.strip()) + opened
        empty = len(self.code) + opened - full
        for pitch in PITCHES:
            tall = self.region.height / ((full * pitch + empty * GAP) * one)
            if tall >= min(wide, TYPE.label):
                break
        return min(wide, tall, LARGEST) * (1 - 1e-9), pitch

    def replacing(self, index: int, written: str) -> VGroup:
        """Return a line that replaces another, where that one stands now."""
        return self._line(written, self.baseline(index))

    def _line(self, written: str, y: float) -> VGroup:
        return VGroup(*(self._token(token, written, y) for token in tokens(written)))

    def _role(self, token: Token, written: str) -> str:
        """Return the role of a token of a line."""
        if written[token.column + len(token.text) :].startswith('"'):
            return "text"  # the f of an f-string is not the function
        assigned = _ASSIGNED.fullmatch(written)
        if assigned and token.text != "=":
            return self.roles.get(assigned.group(1), "text")
        return "muted" if token.text in KEYWORDS else self.roles.get(token.text, "text")

    def _token(self, token: Token, written: str, y: float) -> Lettering:
        role = self._role(token, written)
        lettering = self.look.source(code(token.text), size=self.size, role=role)
        return lettering.place(self.region.left + token.column * self.column, y)

    def find(self, text: str) -> int:
        """Return the index of the first line that contains a text."""
        return next(index for index, written in enumerate(self.code) if text in written)

    def token(self, index: int, text: str, number: int = 0) -> Lettering:
        """Return a token of a line, the first that reads so, or a later one."""
        found: list[Lettering] = [
            lettering
            for token, lettering in zip(tokens(self.code[index]), self.lines[index], strict=True)
            if token.text == text
        ]
        return found[number]

    def read_through(self, index: int) -> int:
        """Return how many tokens there are up to the end of a line."""
        return self.ends[index]

    def show(self, read: float) -> None:
        """Show the first so many tokens in their colours; the next one is on its way there."""
        for at, token in enumerate(itertools.chain.from_iterable(self.lines)):
            part = min(max(read - at, 0.0), 1.0)
            token.set_fill(mix(self.quiet, self.look.color(token.base_role), part))

    def right_of(self, first: int, last: int) -> float:
        """Return where the longest of some lines ends, in units."""
        return float(self.region.left + self.columns(first, last) * self.column)

    @property
    def stretch(self) -> float:
        """How many times as far apart as in the end the lines stand now."""
        return 1 + (self.spread - 1) * (1 - self.sheet.closed)

    def baseline(self, index: int) -> float:
        """Return where a line stands now; an open row moves those below it."""
        first = self.baselines[0]
        lower = self.below.opened * (index > self.opens)
        return first + (self.baselines[index] - first) * self.stretch - lower * self.pitch * self.em

    def air_at(self, index: int) -> float:
        """Return the air between lines that a bar stands behind and the line next to them, in em.

        There is more of it where nothing is written in that line, or there is none.
        """
        written = 0 <= index < len(self.code) and self.code[index].strip()
        return (self.pitch * self.stretch - 1) / 2 + (0.0 if written else OPEN)

    def top_of(self, index: int) -> float:
        """Return the upper edge of a bar whose first line this is, in units."""
        over = self.air_at(index - 1)
        return self.baseline(index) + (1 - DESCENT + over + LIFT) * self.em

    def columns(self, first: int, last: int) -> float:
        """Return how many characters the longest of some lines has."""
        return max(len(written) for written in self.code[first : last + 1])

    def reach(self, row: VGroup) -> float:
        """Return how many columns a row of letterings takes, from the left edge of the code."""
        ends = (letters.origin[0] + letters.advance for letters in row)
        return (max(ends, default=self.region.left) - self.region.left) / self.column

    def below_terms(self, terms: Sequence[tuple[str, str, int | None]]) -> VGroup:
        """Return numbers in the opened row, each below its word as far as they have room.

        Parameters
        ----------
        terms
            Text, role and the token of the line above that it stands for; None for what follows.
        """
        if not self.has_room:
            return VGroup()
        above = tokens(self.code[self.opens])
        columns: list[float] = []
        column, size = 0, self.size
        for text, _, index in terms:
            column = max(column, above[index].column if index is not None else 0)
            columns.append(column)
            column += len(text) + 1
        room = self.region.width / self.column + 1e-6
        if column - 1 > room:
            # In a line then, and not below their words: farther left, and smaller if need be.
            long = sum(len(text) + 1 for text, _, _ in terms) - 1
            scale = min(1.0, room / long)
            size = self.size * scale
            if size < TYPE.minimum - 1e-9:
                return VGroup()
            at = max(0.0, min(above[0].column, room - long))
            columns = []
            for text, _, _ in terms:
                columns.append(at)
                at += (len(text) + 1) * scale
        y = self.baselines[self.opens] - self.pitch * self.em
        return VGroup(
            *(
                self.look.source(code(text), size, role).place(
                    self.region.left + at * self.column, y
                )
                for (text, role, _), at in zip(terms, columns, strict=True)
            )
        )
