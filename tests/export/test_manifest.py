"""The manifest says of a video what is true of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import av
import pytest

from gdcore import GradientDescent, Objective, Trace, descend
from scenes.export.job import RenderJob
from scenes.export.render import render
from scenes.export.stills import rehearse
from scenes.manifest import Manifest, input_digest, is_current, manifest_path, read
from scenes.one_step import OneStep
from scenes.parameters import UsageError


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


def test_the_video_is_as_the_manifest_says(video, manifest):
    with av.open(str(video)) as opened:
        frames = sum(1 for _ in opened.decode(video=0))
        stream = opened.streams.video[0]
        assert (stream.width, stream.height) == (manifest.video.width, manifest.video.height)
    assert frames == manifest.video.frames == manifest.beats[-1].end_frame
    assert manifest.video.seconds == pytest.approx(frames / 15)
    assert manifest.video.bytes == video.stat().st_size


def test_the_beats_follow_each_other_and_are_those_of_the_scene(manifest):
    played = rehearse(OneStep, {"learning_rate": "0.3"}, frame_rate=15)
    assert [beat.caption for beat in manifest.beats] == [b.caption.text for b in played.beats]
    assert [beat.still for beat in manifest.beats] == [b.still for b in played.beats]
    starts = [beat.start_frame for beat in manifest.beats]
    assert starts == [0, *(beat.end_frame for beat in manifest.beats[:-1])]
    for beat in manifest.beats:
        assert all(beat.start_frame < pause < beat.end_frame for pause in beat.pauses)
    assert any(beat.pauses for beat in manifest.beats)


def test_the_runs_beside_it_are_the_true_ones(video, manifest):
    (entry,) = manifest.runs
    run = Trace.from_json(video.with_name(entry.file))
    own = descend(Objective.parse("x**2"), 4.0, GradientDescent(learning_rate=0.3), max_steps=2)
    assert run.points[:3] == own.points
    assert entry.steps == len(run.steps)
    assert entry.start == (4.0,)
    assert manifest.given == {"learning_rate": "0.3"}
    assert "learning_rate=0.3" in manifest.parameters["optimizer"]


def test_an_unchanged_render_does_nothing(video):
    before = video.stat().st_mtime_ns
    job = RenderJob(OneStep, (("learning_rate", "0.3"),), "l")
    assert render(job, video.parent) == video
    assert video.stat().st_mtime_ns == before


def test_another_rate_and_a_damaged_file_are_another_video(video, manifest, tmp_path):
    same = OneStep.resolve({"learning_rate": 0.3})
    other = OneStep.resolve({"learning_rate": 0.31})
    encoding = ("l", "mp4", "en", False)
    assert input_digest(OneStep, same, *encoding) == manifest.digests["input"]
    assert input_digest(OneStep, other, *encoding) != manifest.digests["input"]
    copy = tmp_path / video.name
    content = bytearray(video.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    manifest_path(copy).write_bytes(manifest_path(video).read_bytes())
    assert is_current(video, manifest.digests["input"])
    assert not is_current(copy, manifest.digests["input"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "slopewise-manifest-9"}, "format"),
        ({"beats": 3}, "beats"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_line(video, tmp_path, change, says):
    content = {**json.loads(manifest_path(video).read_text(encoding="utf-8")), **change}
    path = tmp_path / "broken.mp4.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match=says) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_a_missing_manifest_is_said_in_one_line(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "none.mp4")


@pytest.mark.slow
def test_the_plain_manim_command_writes_a_manifest_too(tmp_path):
    lesson = tmp_path / "mine.py"
    lesson.write_text(
        "from scenes.one_step import OneStep\n\n\nclass Mine(OneStep):\n    learning_rate = 0.2\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "manim", "render", "-r", "192,108", "--fps", "15"]
    run = subprocess.run(
        [*command, "mine.py", "Mine"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (path,) = tmp_path.rglob("Mine.mp4.json")
    made = read(path)
    assert made.scene == "Mine"
    assert "learning_rate=0.2" in made.parameters["optimizer"]
    assert made.video.frames == made.beats[-1].end_frame
