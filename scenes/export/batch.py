"""Many videos from a table: a lesson for each row, with what stands in its cells."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from scenes.export.catalogue import find
from scenes.export.farm import own_folder
from scenes.export.job import RenderJob
from scenes.export.render import Rendering, render
from scenes.export.scheduler import Scheduler
from scenes.manifest import manifest_path, read
from scenes.parameters import UsageError
from scenes.writing import writable, write

MOST_BYTES, MOST_ROWS = 20_000_000, 100_000
"""Of a table: more is a mistake."""

OFTEN = 5.0
"""Seconds between two writings of the report."""

LOST = "its worker was lost, perhaps for want of memory"

Status = Literal["done", "unchanged", "same", "failed"]


@dataclass(frozen=True)
class Row:
    """A row of a table: its line, what is asked for, and what parameters its cells give.

    Attributes
    ----------
    line
        As a spreadsheet counts; the names of the columns are on line 1.
    scene, name
        The scene, and what its file is called, or nothing.
    parameters
        Names and values.
    fault
        Why there is nothing to render, or nothing.
    """

    line: int
    scene: str = ""
    name: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a row came to: a file, or the reason why there is none."""

    row: Row
    status: Status
    file: str = ""
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True)
class Work:
    """What a worker does for a row.

    Attributes
    ----------
    row, job
        The row, and its video.
    folder
        Where the video goes, or None for a machine with a disk of its own.
    """

    row: Row
    job: RenderJob
    folder: Path | None


@dataclass(frozen=True)
class Rendered:
    """What a worker made of a row: how long it took, what went wrong, files that it sends."""

    seconds: float
    message: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def rows(table: Path) -> list[Row]:
    """Read a table.

    Parameters
    ----------
    table
        A CSV file in UTF-8: a column `scene`, perhaps one `name`, and one for each parameter. An
        empty cell leaves the scene's own value.

    Raises
    ------
    UsageError
        If it cannot be read as such a table. What is wrong with one row alone is said there.
    """
    try:
        if table.stat().st_size > MOST_BYTES:
            raise UsageError(f"{table}: allowed: up to {MOST_BYTES // 1_000_000} MB")
        text = table.read_text(encoding="utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        columns = [name.strip().replace("-", "_") for name in next(reader, [])]
        if "scene" not in columns or len(set(columns)) < len(columns) or "" in columns:
            raise UsageError(
                f"{table}: columns {', '.join(columns) or 'none'}: allowed: scene, name if you "
                "like, and one for each parameter, each of them once"
            )
        found = [_row(reader.line_num, columns, cells) for cells in reader if any(cells)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{table}: cannot be read as a table ({reason})") from None
    if not 0 < len(found) <= MOST_ROWS:
        raise UsageError(f"{table}: {len(found)} rows: allowed: 1 to {MOST_ROWS:,}")
    return found


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns):
        return Row(line, fault=f"{len(cells)} cells: allowed: {len(columns)}, as line 1 has")
    given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()}
    return Row(line, given.pop("scene", ""), given.pop("name", ""), given)


def render_rows(
    table: Sequence[Row],
    folder: Path,
    scheduler: Scheduler,
    *,
    given: Mapping[str, Any] | None = None,
    quality: str = "h",
    format: str = "mp4",
    shared: Path | None = None,
) -> Iterator[Outcome]:
    """Render what has not been rendered yet, and yield what each row came to, in no order.

    Parameters
    ----------
    table
        The rows.
    folder
        Where the videos go.
    scheduler
        Whose workers render, each of them one row after the other.
    given
        Parameters of all rows, where a row has none of its own.
    quality, format
        As of a `RenderJob`.
    shared
        A folder that all workers see under this path.
    """
    writable(folder)
    sends = scheduler.is_far and shared is None
    # Each file is written by one row alone.
    taken: dict[str, tuple[int, RenderJob]] = {}
    todo: list[Work] = []
    for row in table:
        try:
            if row.fault:
                raise UsageError(row.fault)
            job = _job(row, given or {}, quality, format)
            before = taken.setdefault(job.file_name.casefold(), (row.line, job))
            if before[1] != job:
                raise UsageError(f"{job.file_name} is the file of line {before[0]} already")
            if before[0] != row.line:
                yield Outcome(row, "same", job.file_name, message=f"as line {before[0]}")
            elif Rendering(job, folder, shared=shared).is_current:
                yield Outcome(row, "unchanged", job.file_name)
            else:
                target = None if sends else (shared or folder)
                todo.append(Work(row, job, target))
        except UsageError as error:
            yield Outcome(row, "failed", message=str(error))
    for work, made in scheduler.each(render_row, todo, lambda _: Rendered(0.0, LOST)):
        if made.message:
            yield Outcome(work.row, "failed", seconds=made.seconds, message=made.message)
            continue
        if shared is not None and shared != folder:
            made = replace(made, files=_contents(shared / work.job.file_name))
        for name, content in made.files.items():
            write(folder / name, content)
        yield Outcome(work.row, "done", work.job.file_name, made.seconds)


def _job(row: Row, given: Mapping[str, Any], quality: str, format: str) -> RenderJob:
    """Return what a row asks for; raise `UsageError` if that cannot be."""
    if not row.scene:
        raise UsageError("scene: allowed: a name from gd list")
    scene = find(row.scene).scene
    parameters = {**given, **row.parameters}
    scene.resolve(parameters)
    name = re.sub(r"[^a-z0-9.]+", "-", row.name.lower()).strip("-.")
    if row.name and not name:
        raise UsageError(f"name = {row.name}: allowed: letters from a to z, digits and hyphens")
    return RenderJob(scene, tuple(parameters.items()), quality, format, name)


def render_row(work: Work) -> Rendered:
    """Render a row in a worker; a mistake in it is told and does no harm to others."""
    begun = time.monotonic()
    try:
        if work.folder is not None:
            render(work.job, work.folder)
            return Rendered(time.monotonic() - begun)
        video = render(work.job, own_folder() / "rows")
        files = _contents(video)
        for name in files:
            video.with_name(name).unlink()
        return Rendered(time.monotonic() - begun, files=files)
    except (ValueError, ArithmeticError, RuntimeError) as error:
        return Rendered(time.monotonic() - begun, str(error).splitlines()[0])


def _contents(video: Path) -> dict[str, bytes]:
    """Return a video and what is beside it, the manifest last: it stands for the others."""
    paths = [video, *(video.with_name(run.file) for run in read(video).runs), manifest_path(video)]
    return {path.name: path.read_bytes() for path in paths}


class Report:
    """A table of what the rows came to, beside the videos; written now and then, and at the end.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.outcomes: dict[int, Outcome] = {}
        self._written = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take an outcome in."""
        self.outcomes[outcome.row.line] = outcome
        if time.monotonic() - self._written > OFTEN:
            self.write()

    def count(self, status: Status) -> int:
        """Return how many rows came to this."""
        return sum(outcome.status == status for outcome in self.outcomes.values())

    def write(self) -> Path:
        """Write the report and return its path."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(("line", "scene", "name", "status", "seconds", "file", "message"))
        for line in sorted(self.outcomes):
            one = self.outcomes[line]
            told = one.row.scene, one.row.name, one.status, f"{one.seconds:.1f}", one.file
            writer.writerow(_harmless((line, *told, one.message)))
        self._written = time.monotonic()
        return write(self.path, out.getvalue().encode("utf-8", "replace"))


def _harmless(cells: Iterable[object]) -> list[str]:
    """Return cells of which a spreadsheet takes none for a formula."""
    return [f"'{cell}" if str(cell).startswith(tuple("=+-@\t\r")) else str(cell) for cell in cells]
