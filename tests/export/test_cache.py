"""The cache of segments: what is in it, what goes first, and what stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from films import shown

from scenes.cli import main
from scenes.export import render as rendering
from scenes.export.cache import in_use, prune, stock, verify
from scenes.export.job import RenderJob
from scenes.export.render import render
from scenes.one_step import OneStep
from scenes.parameters import UsageError
from scenes.segments import checksum, seal_path

JOB = RenderJob(OneStep, (("learning_rate", "0.3"),), "l")


def segment(cache: Path, name: str, size: int, used: float) -> Path:
    folder = cache / "segments-480p15"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.mp4"
    path.write_bytes(b"x" * size)
    seal_path(path).write_text(checksum(path))
    os.utime(seal_path(path), (used, used))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    for name, used in (("b", 300), ("a", 100), ("c", 200)):
        segment(tmp_path / ".cache", name, 1_000_000, used)
    return tmp_path / ".cache"


def names(cache: Path) -> list[str]:
    return [one.path.stem for one in stock(cache)]


def test_the_longest_unused_goes_first(cache):
    assert names(cache) == ["a", "c", "b"]
    assert prune(cache, 3e6) == []
    assert [one.path.stem for one in prune(cache, 2.5e6)] == ["a"]
    assert names(cache) == ["c", "b"]
    assert not list(cache.rglob("a.*"))


def test_nothing_goes_while_a_render_needs_it(cache):
    with in_use(cache), pytest.raises(UsageError, match="needs it"):
        prune(cache, 0)
    assert len(names(cache)) == 3
    assert len(prune(cache, 0)) == 3


def test_the_note_of_a_killed_render_does_not_count(cache):
    (cache / ".render.000000000001-1.part").touch()
    os.utime(cache / ".render.000000000001-1.part", (0, 0))
    assert len(prune(cache, 0)) == 3


def test_what_is_damaged_is_found(cache):
    victim = cache / "segments-480p15" / "c.mp4"
    content = bytearray(victim.read_bytes())
    content[500] ^= 1
    victim.write_bytes(content)
    assert [one.path for one in verify(cache)] == [victim]
    assert names(cache) == ["a", "b"]


def test_a_segment_that_is_found_again_is_used(tmp_path):
    film = render(JOB, tmp_path)
    cache = tmp_path / ".cache"
    before = stock(cache)
    for one in before:
        os.utime(seal_path(one.path), (1000, 1000))
    film.unlink()
    render(JOB, tmp_path)
    assert {one.path for one in stock(cache)} == {one.path for one in before}
    assert all(one.used > 1e9 for one in stock(cache))


def test_a_render_from_which_a_segment_is_taken_draws_it_again(tmp_path, monkeypatch):
    join, taken = rendering.join, []

    def robbed(segments, *rest):
        segments = list(segments)
        if not taken:
            taken.append(segments[2])
            Path(segments[2]).unlink()
        return join(segments, *rest)

    monkeypatch.setattr(rendering, "join", robbed)
    film = render(JOB, tmp_path)
    assert taken
    assert film.stat().st_size > 10_000


def test_force_leaves_the_segments_of_others_alone(tmp_path):
    kept = segment(tmp_path / ".cache", "other", 10, 100)
    first = shown(render(JOB, tmp_path))
    before = {path.name for path in (tmp_path / ".cache").rglob("*")}
    assert shown(render(JOB, tmp_path, force=True)) == first
    assert kept.exists()
    assert {path.name for path in (tmp_path / ".cache").rglob("*")} == before


def test_the_command(cache, capsys):
    folder = str(cache.parent)
    assert main(["cache", "-o", folder]) == 0
    assert "3 segments (3.0 MB), the longest unused since 1970-01-01" in capsys.readouterr().out
    assert main(["cache", "prune", "--max-gb", "0.002", "-o", folder]) == 0
    assert capsys.readouterr().out == "1 segment (1.0 MB) removed, 2 segments (2.0 MB) kept\n"
    assert main(["cache", "verify", "-o", folder]) == 0
    assert capsys.readouterr().out.startswith("0 segments (0.0 MB) damaged")


@pytest.mark.parametrize("size", ["-1", "much", "nan", "inf"])
def test_a_size_that_is_none(tmp_path, size, capsys):
    assert main(["cache", "prune", "--max-gb", size, "-o", str(tmp_path)]) == 2
    assert f"max-gb = {size}: allowed" in capsys.readouterr().err


def test_a_folder_without_a_cache(tmp_path, capsys):
    assert main(["cache", "-o", str(tmp_path)]) == 0
    assert "0 segments" in capsys.readouterr().out
