"""A disk that is full or read-only: one line, nothing half made, and all well afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from films import shown

from scenes.export.job import RenderJob
from scenes.one_step import OneStep

GD = [sys.executable, "-m", "scenes.cli"]
RENDER = [*GD, "render", "OneStep", "-q", "l", "--set", "learning_rate=0.3"]
NAME = RenderJob(OneStep, (("learning_rate", "0.3"),), "l").file_name

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk"
)


def mounted(folder: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for some segments, but not for all."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "size=600k")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command, "-o", str(folder)], capture_output=True, text=True)


def unfinished(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part*"))


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_is_one_line_and_what_is_finished_is_found_again(disk, video, workers):
    full = run([*RENDER, "--workers", workers], disk)
    assert full.returncode == 2, full.stderr
    (line,) = full.stderr.strip().splitlines()
    assert "No space left on device" in line
    assert ".part" not in line
    assert not (disk / NAME).exists()
    assert not unfinished(disk)
    assert any(disk.rglob("segments-*/*.mp4"))
    mounted(disk, "remount,size=64m")
    assert run(RENDER, disk).returncode == 0
    assert shown(disk / NAME) == shown(video)
    assert not unfinished(disk)


def test_a_full_disk_keeps_the_picture_of_before(disk):
    stills = [*GD, "stills", "OneStep", "--only", "landed", "--width", "480"]
    assert run(stills, disk).returncode == 0
    (still,) = disk.glob("*.png")
    before = still.read_bytes()
    (disk / "filler").write_bytes(bytes(disk_free(disk)))
    full = run([*stills[:-1], "1920"], disk)
    assert full.returncode == 2, full.stderr
    assert len(full.stderr.strip().splitlines()) == 1
    assert still.read_bytes() == before
    assert not unfinished(disk)


def disk_free(folder: Path) -> int:
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize


def test_a_disk_that_may_only_be_read_is_one_line(disk):
    mounted(disk, "remount,ro")
    for command in (RENDER, [*GD, "stills", "OneStep", "--width", "480"]):
        done = run(command, disk)
        assert done.returncode == 2
        (line,) = done.stderr.strip().splitlines()
        assert "cannot be written" in line
        assert "Read-only file system" in line
