"""A lesson file from the disk: its size, its text, its TOML, and its lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from scenes.course.faults import Key, harmless, refusal, written
from scenes.course.lines import LimitError, Lines
from scenes.parameters import UsageError

LARGEST: Final = 1_000_000
"""Bytes of a file."""

LARGEST_WHOLE: Final = 2**63 - 1
"""The largest whole number of TOML."""


def read(path: Path) -> tuple[dict[str, Any], Lines]:
    """Read a TOML file.

    Returns
    -------
    tuple
        What it says, and where.

    Raises
    ------
    UsageError
        If it cannot be read, is too large, or is no TOML; with line and column.
    """
    try:
        # Not a device and not a pipe: those may never end.
        if not path.is_file():
            raise UsageError(harmless(f"{path}: there is no such file; gd new FILE writes one"))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, UsageError):
            raise
        reason = getattr(error, "strerror", None) or "not a path"
        raise UsageError(harmless(f"{path}: cannot be read ({reason})")) from None
    if len(content) > LARGEST:
        raise UsageError(harmless(f"{path}: larger than {LARGEST // 1_000_000} MB, the most"))
    return parse(path, content)


def parse(path: Path, content: bytes) -> tuple[dict[str, Any], Lines]:
    """Return what a TOML file says, and where; `path` is for the messages.

    Raises
    ------
    UsageError
        If it is no TOML, or beyond a limit.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(path, [(line, "not UTF-8 text; save the file as UTF-8")]) from None
    text = text.replace("\r\n", "\n")
    try:
        lines = Lines(text)
        data = tomllib.loads(text)
    except LimitError as error:
        raise refusal(path, [(error.line, str(error))]) from None
    except (ValueError, RecursionError) as error:
        raise _not_toml(path, text, error) from None
    huge = [(lines.of(key), f"{written(key)}: {words}") for key, words in _too_large(data)]
    if huge:
        raise refusal(path, huge)
    return data, lines


def _not_toml(path: Path, text: str, error: Exception) -> UsageError:
    words = str(error) if isinstance(error, ValueError) else "nested too deeply"
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", words)
    if found is None:
        return UsageError(harmless(f"{path}: not TOML: {words}"))
    line = int(found[1]) if found[1] else text.rstrip().count("\n") + 1
    last = text.rstrip().rpartition("\n")[2]
    column = int(found[2]) if found[2] else len(last) + 1
    return UsageError(harmless(f"{path}:{line}:{column}: not TOML: {words[: found.start()]}"))


def _too_large(value: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Find whole numbers that are not TOML's: Python's own have no end."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _too_large(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _too_large(inner, (*key, index))
    elif isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        yield key, f"allowed: whole numbers up to {LARGEST_WHOLE}"
