"""In which line of a TOML file a key stands: the standard library's reader does not say.

The scanner looks at any text, TOML or not, before it is read. Where it does not understand the
text it stops: the reader will say what is wrong there. It also holds the limits that keep a hostile
file from costing time: how deep it is nested, how many keys it has, how long a number is.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from typing import Final

from scenes.course.faults import Key

DEEPEST: Final = 8
"""Names in a key, tables and lists in each other."""

MOST_KEYS: Final = 20_000
"""Keys and list items of a file."""

LONGEST_NUMBER: Final = 100
"""Characters of a number, a date, true or false."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{1,2})?'
    r"|'''.*?'''(?:'{1,2})?"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n\"'\[{=]+")


class LimitError(ValueError):
    """A file that is beyond a limit."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line


class _StopScanningError(Exception):
    """The text is not TOML from here on."""


class Lines:
    r"""The line of each key and list item of a TOML text.

    Parameters
    ----------
    text
        The text.

    Raises
    ------
    LimitError
        For a text that is nested too deeply, or has too many keys or too long a number.

    Examples
    --------
    >>> lines = Lines("title = 'a'\n\n[[scenes]]\nscene = 'OneStep'\nwording.step = 'b'")
    >>> lines.of(("scenes", 0)), lines.of(("scenes", 0, "wording", "step"))
    (3, 5)
    >>> lines.of(("scenes", 0, "name"))
    3
    """

    def __init__(self, text: str) -> None:
        self.known: dict[Key, int] = {}
        self._text, self._at = text, 0
        self._line, self._counted = 1, 0
        self._sizes: dict[Key, int] = {}
        with contextlib.suppress(_StopScanningError):
            self._document()

    def of(self, key: Key) -> int:
        """Return the line of a key, or of what it should stand in."""
        while key and key not in self.known:
            key = key[:-1]
        return self.known.get(key, 1)

    # -- the text --------------------------------------------------------------------------------

    def _line_now(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise _StopScanningError
        self._at = found.end()
        return found.group()

    def _next(self, *signs: str) -> bool:
        for sign in signs:
            if self._text.startswith(sign, self._at):
                self._at += len(sign)
                return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._next(sign):
            raise _StopScanningError

    def _note(self, key: Key, line: int) -> None:
        if len(key) > DEEPEST:
            raise LimitError(line, f"nested too deeply: allowed: {DEEPEST} levels")
        self.known.setdefault(key, line)
        if len(self.known) > MOST_KEYS:
            raise LimitError(line, f"too many keys: allowed: {MOST_KEYS}")

    # -- TOML ------------------------------------------------------------------------------------

    def _document(self) -> None:
        table: Key = ()
        while True:
            self._take(_BLANK)
            if self._at == len(self._text):
                return
            if self._next("[["):
                table = self._heading("]]", is_list=True)
            elif self._next("["):
                table = self._heading("]", is_list=False)
            else:
                self._pair(table)
            self._take(_SPACE)
            if self._at < len(self._text) and self._text[self._at] not in "#\r\n":
                raise _StopScanningError

    def _heading(self, end: str, *, is_list: bool) -> Key:
        line, parts = self._line_now(), self._names()
        self._expect(end)
        key: Key = ()
        for index, part in enumerate(parts):
            key = (*key, part)
            self._note(key, line)
            if is_list and index == len(parts) - 1:
                self._sizes[key] = self._sizes.get(key, 0) + 1
            if key in self._sizes:
                key = (*key, self._sizes[key] - 1)
                self._note(key, line)
        return key

    def _names(self) -> list[str]:
        names: list[str] = []
        while True:
            self._take(_SPACE)
            name = self._take(_KEY)
            if name[0] in "\"'":
                try:
                    name = str(tomllib.loads(f"name = {name}")["name"])
                except ValueError:
                    raise _StopScanningError from None
            names.append(name)
            if len(names) > DEEPEST:
                words = f"nested too deeply: allowed: {DEEPEST} levels"
                raise LimitError(self._line_now(), words)
            self._take(_SPACE)
            if not self._next("."):
                return names

    def _pair(self, table: Key) -> None:
        line, parts = self._line_now(), self._names()
        self._expect("=")
        key = table
        for part in parts:
            key = (*key, part)
            self._note(key, line)
        self._take(_SPACE)
        self._value(key)

    def _value(self, key: Key) -> None:
        if self._next("["):
            self._list(key)
        elif self._next("{"):
            self._inline(key)
        elif self._text.startswith(('"', "'"), self._at):
            self._take(_STRING)
        elif len(self._take(_SCALAR).strip()) > LONGEST_NUMBER:
            words = f"too long a number: allowed: {LONGEST_NUMBER} characters"
            raise LimitError(self._line_now(), f"{str(key[-1])[:60]}: {words}")

    def _list(self, key: Key) -> None:
        index = 0
        while True:
            self._take(_BLANK)
            if self._next("]"):
                return
            item = (*key, index)
            self._note(item, self._line_now())
            self._value(item)
            index += 1
            self._take(_BLANK)
            if not self._next(","):
                self._expect("]")
                return

    def _inline(self, key: Key) -> None:
        self._take(_SPACE)
        if self._next("}"):
            return
        while True:
            self._pair(key)
            self._take(_SPACE)
            if not self._next(","):
                self._expect("}")
                return
            self._take(_SPACE)
