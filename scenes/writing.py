"""Files that appear when they are complete, in folders that can be written."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from scenes.parameters import UsageError

HERE = hashlib.sha256(platform.node().encode()).hexdigest()[:12]
"""This machine, in the names of unfinished files: a folder may be shared with others."""

STALE_AFTER = 86_400.0
"""Seconds without a write after which another machine's unfinished file is left over."""

UNFINISHED = re.compile(r"\..*\.(?P<node>[0-9a-f]{12})-(?P<pid>\d+)\.part(\.[^.]*)?")


def writable(folder: Path) -> Path:
    """Return a folder that exists and can be written.

    Raises
    ------
    UsageError
        If it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{HERE}-{os.getpid()}"
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
    try:
        with complete_or_absent(path) as partial:
            partial.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    return path


@contextmanager
def complete_or_absent(target: Path) -> Iterator[Path]:
    """Lend a path beside `target`; what is written there gets its name if nothing went wrong.

    It is on the disk before it has its name, so a power cut leaves the old file or the new one.
    """
    partial = beside(target)
    try:
        yield partial
        _to_disk(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def beside(target: Path) -> Path:
    """Return a hidden path, which manim's cache overlooks, in the same folder for the rename."""
    return target.with_name(f".{target.stem}.{HERE}-{os.getpid()}.part{target.suffix}")


def remove_stale(folder: Path) -> None:
    """Remove the unfinished files and folders of processes that are no more."""
    for path in folder.glob(".*.part*"):
        name = UNFINISHED.fullmatch(path.name)
        # Another process may be finishing this very file.
        try:
            if name and _is_stale(name["node"], int(name["pid"]), path.stat().st_mtime):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        except FileNotFoundError:
            continue


def _is_stale(node: str, pid: int, written: float) -> bool:
    if node != HERE:
        return written < time.time() - STALE_AFTER
    return not psutil.pid_exists(pid)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
