"""The cache of segments in an output folder: what is in it, and what may go.

A segment is used when it is made and when it is found again; its seal's time says when that was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scenes.parameters import UsageError
from scenes.segments import is_sealed, seal_path
from scenes.writing import beside, remove_stale

LIMIT = 4e9
"""Bytes that the segments of an output folder may have: some hundred lessons."""

RUNNING = "render"
"""In the names of the notes of renders that are under way."""


@dataclass(frozen=True)
class Segment:
    """A segment: its file, its bytes, and when it was last used, in seconds."""

    path: Path
    bytes: int
    used: float


def stock(cache: Path) -> list[Segment]:
    """Return the segments in a cache, the longest unused first."""
    found = []
    for path in cache.glob("segments-*/[!.]*"):
        if path.suffix == ".sum":
            continue
        try:
            seal = seal_path(path)
            used = (seal if seal.is_file() else path).stat().st_mtime
            found.append(Segment(path, path.stat().st_size, used))
        except FileNotFoundError:
            continue
    return sorted(found, key=lambda segment: (segment.used, segment.path))


@contextmanager
def in_use(cache: Path) -> Iterator[None]:
    """Let nobody take segments away for the time of a render."""
    cache.mkdir(parents=True, exist_ok=True)
    note = beside(cache / RUNNING)
    note.touch()
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def is_in_use(cache: Path) -> bool:
    """Whether a render is under way that may need what is in a cache."""
    remove_stale(cache)
    return any(cache.glob(f".{RUNNING}.*"))


def prune(cache: Path, limit: float = LIMIT) -> list[Segment]:
    """Remove the segments that have not been used for the longest time, until the rest fits.

    Parameters
    ----------
    cache
        The folder in the output folder.
    limit
        Bytes that may stay.

    Returns
    -------
    list of Segment
        Those that were removed.

    Raises
    ------
    UsageError
        If a render is under way, which may need any of them.
    """
    kept = stock(cache)
    total = sum(segment.bytes for segment in kept)
    if total <= limit:
        return []
    if is_in_use(cache):
        raise UsageError(f"{cache}: a render needs it; allowed: when that has ended")
    gone = []
    for segment in kept:
        if total <= limit:
            break
        _remove(segment)
        gone.append(segment)
        total -= segment.bytes
    return gone


def verify(cache: Path) -> list[Segment]:
    """Remove the segments that are not as they were made, and return them."""
    damaged = [segment for segment in stock(cache) if not is_sealed(segment.path)]
    for segment in damaged:
        _remove(segment)
    return damaged


def _remove(segment: Segment) -> None:
    segment.path.unlink(missing_ok=True)
    seal_path(segment.path).unlink(missing_ok=True)
