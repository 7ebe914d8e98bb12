"""What is wrong with a file: one line for each fault, whatever the file has in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.parameters import UsageError

MOST = 100
"""Faults that are told; how many more there are is told too."""

LONGEST = 60
"""Characters of a value that are shown."""

JOINERS = "\u00ad\u200c\u200d"
"""Invisible characters that some languages need: soft hyphen, non-joiner and joiner."""

Key = tuple[str | int, ...]
"""Where a value stands: names of tables and keys, and places in lists."""


@dataclass(frozen=True)
class Fault:
    """A fault, where it is, and the words for it."""

    key: Key
    words: str


def stray(text: str, more: str = "") -> str:
    r"""Return the first character that no text may have, by its number; nothing if there is none.

    Parameters
    ----------
    text
        What somebody wrote.
    more
        Further characters that are allowed.

    Examples
    --------
    >>> stray("naïve"), stray("a\u202eb"), stray("a\tb", more="\t")
    ('', 'U+202E', '')
    """
    for char in text:
        code = ord(char)
        nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
        if nothing or (
            unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            and char not in JOINERS
            and char not in more
        ):
            return f"U+{code:04X}"
    return ""


def shown(value: Any) -> str:
    """Return a value as a message shows it.

    Examples
    --------
    >>> shown(True), shown("a" * 70)[-2:], shown([1, 2])
    ('true', 'a…', '[1, 2]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    flat = " ".join((value if isinstance(value, str) else repr(value)).split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def harmless(text: str) -> str:
    r"""Return text that a terminal can print: what would steer it is written as its number.

    Examples
    --------
    >>> harmless("a\x1b[2Jb\n")
    'a\\x1b[2Jb '
    """
    return "".join(
        char if char.isprintable() else " " if char.isspace() else ascii(char)[1:-1]
        for char in text
    )


def written(key: Key) -> str:
    """Return where a value stands, counted from one.

    Examples
    --------
    >>> written(("scenes", 1, "wording", "beat-3"))
    'scenes[2].wording.beat-3'
    """
    out = ""
    for part in key:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            out += f"{'.' if out else ''}{shown(part)}"
    return out


def refusal(path: Path, faults: Iterable[tuple[int, str]]) -> UsageError:
    """Return the error that tells faults in the order of their lines.

    Parameters
    ----------
    path
        The file.
    faults
        Line and words of each.
    """
    lines = [
        harmless(f"{path}:{line}: {words}") for line, words in sorted(faults, key=lambda at: at[0])
    ]
    if len(lines) > MOST:
        lines[MOST:] = [harmless(f"{path}: and {len(lines) - MOST} more")]
    return UsageError("\n".join(lines))
