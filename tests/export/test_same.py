"""The same job on the same versions: the same bytes, in any process, at any time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from films import shown

from scenes.export.cache import stock
from scenes.export.job import RenderJob
from scenes.export.render import render
from scenes.one_step import OneStep

JOB = RenderJob(OneStep, (("learning_rate", "0.3"),), "l")
GD = [sys.executable, "-m", "scenes.cli"]


def made(folder: Path, seed: str, *words: str) -> dict[str, bytes]:
    """Return what a command makes in a process with its own order of hashes and its own zone."""
    own = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{int(seed) % 9}"}
    subprocess.run([*GD, *words, "-o", str(folder)], env=own, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    "words",
    [
        ("stills", "OptimiserRace", "--width", "480", "--only", "ravine"),
        ("stills", "TwoMinima", "--format", "svg"),
        ("stills", "FourRates", "--build"),
        ("figure", "path-contours", "--format", "pdf"),
    ],
)
def test_two_processes_make_the_same_files(tmp_path, words):
    one, other = (made(tmp_path / seed, seed, *words) for seed in ("1", "4242"))
    assert one == other
    assert len(one) > 1


def test_two_processes_make_the_same_film(tmp_path):
    words = ("render", "OneStep", "-q", "l", "--set", "learning_rate=0.3", "--workers", "2")
    for seed in ("1", "4242"):
        made(tmp_path / seed, seed, *words)
    one, other = (next((tmp_path / seed).glob("*.mp4")) for seed in ("1", "4242"))
    assert shown(one) == shown(other)
    names = [{path.name for path in film.parent.rglob("segments-*/*.mp4")} for film in (one, other)]
    assert names[0] == names[1]


@pytest.mark.parametrize("then", [0.0, 4.1e9], ids=["1970", "2099"])
def test_a_clock_that_jumped_does_no_harm(tmp_path, then):
    """Files from the future or from long ago: found again, kept whole, and never in the way."""
    film = render(JOB, tmp_path)
    content, segments = shown(film), len(stock(tmp_path / ".cache"))
    for path in tmp_path.rglob("*"):
        os.utime(path, (then, then))
    film.unlink()
    told = []
    again = render(JOB, tmp_path, progress=lambda done, frames: told.append(done))
    assert shown(again) == content
    assert told[-1].found >= segments
    assert len(stock(tmp_path / ".cache")) == segments
