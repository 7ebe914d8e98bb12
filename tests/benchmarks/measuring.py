"""Time, memory and targets: what the benchmarks have in common."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """What one process cost, its start included, and what it said in its last line (JSON)."""

    wall: float
    cpu: float
    peak_mb: float
    said: dict[str, Any] = field(default_factory=dict)


def run(script: str, *arguments: object) -> Run:
    """Run a script of this folder in a process of its own and measure it."""
    return measure([sys.executable, str(HERE / script), *map(str, arguments)])


def measure(command: Sequence[str]) -> Run:
    """Run a command and measure it, its threads and the children it waited for."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    with process.stdout:
        lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts in kilobytes, macOS in bytes.
    peak = usage.ru_maxrss / (MB if sys.platform == "darwin" else 1024)
    said = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, said)


def measure_tree(command: Sequence[str]) -> Run:
    """Run a command and measure it with all processes that it starts, looked at ten times a second.

    Their CPU time is summed; the memory is that of the largest one.
    """
    begin = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    cpu: dict[int, float] = {}
    peak = 0
    while process.poll() is None:
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                times = one.cpu_times()
                cpu[one.pid] = times.user + times.system
                peak = max(peak, one.memory_info().rss)
        time.sleep(0.1)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lines = process.stdout.read().splitlines()
    return Run(wall, sum(cpu.values()), peak / MB, {"lines": lines})


def say(line: str) -> None:
    """Show that something is going on."""
    print(f"  {line}", file=sys.stderr, flush=True)


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


@dataclass(frozen=True)
class Result:
    """One line of the table: a number, and what it is to be."""

    what: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None if there is none, or nothing was measured."""
        if self.value is None or (self.at_most is None and self.at_least is None):
            return None
        low = self.at_least if self.at_least is not None else self.value
        high = self.at_most if self.at_most is not None else self.value
        return low <= self.value <= high

    @property
    def target(self) -> str:
        parts = [
            f"{words} {limit:g}"
            for words, limit in (("at least", self.at_least), ("at most", self.at_most))
            if limit is not None
        ]
        return " and ".join(parts)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "reached": self.reached}


def table(results: Sequence[Result]) -> str:
    """Return the results in columns, as people read them."""
    rows = [("", "measured", "target", "")]
    for result in results:
        shown = "not measured" if result.value is None else f"{result.value:,.4g} {result.unit}"
        verdict = {None: "", True: "reached", False: "NOT REACHED"}[result.reached]
        rows.append((result.what, shown.strip(), result.target, verdict))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        f"{what:{widths[0]}}  {shown:>{widths[1]}}  {target:{widths[2]}}  {verdict}".rstrip()
        for what, shown, target, verdict in rows
    )
