"""Traces as CSV files for spreadsheets, there and back without losing a bit.

One row per point. The columns are `step`, the variables, `f`, one `slope_<variable>` each, then
what the step from this point used: `used_<variable>` (the gradient given to the optimiser),
`delta_<variable>`, `state` (JSON) and `batch`; the last row has no step, so these are empty there.
The column `about` holds objective, optimiser and stop as JSON in the first row, so that the file is
a plain rectangle and still complete.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

from gdcore.trace import Trace
from gdcore.trace_json import TraceFileError, about, assemble, guarded, plain, write_beside


def _header(variables: list[str]) -> list[str]:
    parts = ("slope", "used", "delta")
    groups = [[f"{part}_{name}" for name in variables] for part in parts]
    return ["step", *variables, "f", *groups[0], *groups[1], *groups[2], "state", "batch", "about"]


def write(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Write a trace as CSV, floats as Python's repr."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_header(list(trace.variables)))
    empty = [""] * len(trace.variables)
    for n, point in enumerate(trace.points):
        row: list[Any] = [n, *point, trace.values[n], *trace.gradients[n]]
        if n < len(trace.steps):
            step = trace.steps[n]
            batch = " ".join(map(str, trace.batches[n])) if trace.batches else ""
            row += [*step.gradient, *step.delta, json.dumps(plain(step.state)), batch]
        else:
            row += [*empty, *empty, "", ""]
        table.writerow([*row, json.dumps(about(trace), ensure_ascii=False) if n == 0 else ""])
    write_beside(path, text.getvalue())


def read(path: str | os.PathLike[str]) -> Trace:
    """Read what `write` wrote; raise `TraceFileError` if the file is something else."""

    def parse() -> Trace:
        with Path(path).open(encoding="utf-8", newline="") as file:
            try:
                header, *rows = list(csv.reader(file, strict=True))
            except csv.Error as error:
                raise TraceFileError(str(error)) from None
        document = json.loads(rows[0][-1])
        variables = document["variables"]
        if header != _header(variables):
            raise TraceFileError("the columns are not those of a trace")
        if any(len(row) != len(header) for row in rows):
            raise TraceFileError(f"a row does not have {len(header)} cells")
        if [row[0] for row in rows] != [str(n) for n in range(len(rows))]:
            raise TraceFileError("the steps are not numbered 0, 1, 2, …")
        size = len(variables)

        def group(row: list[str], first: int) -> tuple[float, ...]:
            return tuple([float(cell) for cell in row[first : first + size]])

        batches = [[int(i) for i in row[-2].split()] for row in rows[:-1]]
        return assemble(
            document,
            points=[group(row, 1) for row in rows],
            values=tuple([float(row[1 + size]) for row in rows]),
            gradients=[group(row, 2 + size) for row in rows],
            moves=[
                (group(row, 2 + 2 * size), group(row, 2 + 3 * size), json.loads(row[-3]))
                for row in rows[:-1]
            ],
            batches=batches if any(batches) else [],
        )

    return guarded(path, parse)
