"""A note of what a command has made: run again with nothing changed, it is done at once.

Nothing here imports manim, which alone takes longer than all of this.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scenes.assets import asset_path
from scenes.digest import code_digest, digest_of, file_digest
from scenes.writing import write

CACHE = ".cache"
"""The folder in an output folder where what is needed only for the next time is kept."""

NOTE = ".made.json"
"""The note stands in the folder that it is about."""


def wish(command: str, words: Iterable[str], options: Mapping[str, Any]) -> str:
    """Return the digest of what is asked for, of the files that it names, and of the code."""
    words = list(words)
    files = [part for word in words for part in _files(word)]
    files += [Path(str(value)) for value in options.values() if str(value).endswith(".toml")]
    contents = [(str(path), file_digest(path)) for path in files if path.is_file()]
    templates = sorted(path for path in asset_path("templates").rglob("*") if path.is_file())
    looks = [file_digest(path) for path in templates]
    asked = sorted((name, str(value)) for name, value in options.items())
    return digest_of(command, words, asked, contents, looks, code_digest())


def _files(word: str) -> list[Path]:
    """Return a lesson file and the theme files that it names."""
    path = Path(word.partition("#")[0])
    if path.suffix.lower() != ".toml" or not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return [path]
    entries = [content, *_tables(content, "scenes"), *_tables(content, "figures")]
    themes = [entry.get("theme") for entry in entries]
    return [path, *(path.parent / theme for theme in themes if isinstance(theme, str))]


def _tables(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = content.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def is_done(folder: Path, wished: str, name: str = NOTE) -> bool:
    """Whether a folder holds just what is asked for, every file as it was made."""
    return made_before(folder, wished, name) is not None


def made_before(folder: Path, wished: str, name: str = NOTE) -> list[Path] | None:
    """Return the files that were made as they are asked for; None if one is not as it was."""
    try:
        note = json.loads((folder / name).read_text(encoding="utf-8"))
        same = note["wish"] == wished and all(
            _state(folder / name) == state for name, state in note["files"].items()
        )
        return [folder / name for name in note["files"]] if same else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def note_done(folder: Path, wished: str, files: Iterable[Path], name: str = NOTE) -> None:
    """Note what has been made; the last thing that a command does."""
    states = {path.relative_to(folder).as_posix(): _state(path) for path in files}
    content = json.dumps({"wish": wished, "files": states}, indent=1)
    write(folder / name, content.encode() + b"\n")


def _state(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]
