"""`gd new`: a lesson file to begin with, which explains itself."""

from __future__ import annotations

from pathlib import Path

from scenes.assets import asset_path
from scenes.course.faults import harmless
from scenes.parameters import UsageError

EXAMPLE = ("lessons", "example.toml")


def write_example(path: Path) -> Path:
    """Write the example; no file is ever overwritten.

    Raises
    ------
    UsageError
        If there is a file already, or it cannot be written.
    """
    if path.suffix.lower() != ".toml":
        raise UsageError(harmless(f"{path}: allowed: a name that ends in .toml"))
    text = asset_path(*EXAMPLE).read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(harmless(f"{path}: is there already, and stays as it is")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise UsageError(harmless(f"{path}: cannot be written ({reason})")) from None
    return path
