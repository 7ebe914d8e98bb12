"""Files that appear when they are complete, in folders that can be written."""

from __future__ import annotations

import os
from pathlib import Path

from scenes.parameters import UsageError


def writable(folder: Path) -> Path:
    """Return a folder that exists and can be written.

    Raises
    ------
    UsageError
        If it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"output folder {folder}: cannot be written ({error.strerror}); "
            "allowed: a folder of your own, as in -o output"
        ) from None
    return folder


def write(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there when it is complete."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    return path
