"""The segments of a film: made once, and again only where the picture has changed."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from manim import tempconfig

from scenes.one_step import OneStep
from scenes.overshoot import Overshoot

SMALL = {
    "pixel_width": 192,
    "pixel_height": 108,
    "frame_rate": 15,
    "progress_bar": "none",
    "verbosity": "ERROR",
}


def film(media: Path, **parameters) -> list[str]:
    """Render OneStep and return the paths of its segments."""
    with tempconfig({**SMALL, "media_dir": str(media)}):
        scene = OneStep(parameters)
        scene.render()
        return [path for path in scene.renderer.file_writer.partial_movie_files if path]


def pictures(segment: str) -> np.ndarray:
    with av.open(segment) as opened:
        return np.array([frame.to_ndarray() for frame in opened.decode(video=0)])


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def first(media: Path) -> list[str]:
    return film(media)


def test_an_unchanged_lesson_makes_nothing_again(media, first):
    made = {path: Path(path).stat().st_mtime_ns for path in first}
    assert film(media) == first
    assert {path: Path(path).stat().st_mtime_ns for path in first} == made


def test_a_changed_caption_costs_its_own_beat(media, first):
    """All the segments that are made show another picture, and they stand together."""
    after = film(media, wording={"scaled": "Now the slope is scaled; here is the step."})
    made = [index for index, path in enumerate(after) if path not in first]
    assert 0 < len(made) <= len(after) / 3
    assert made == list(range(made[0], made[0] + len(made)))
    assert len(after) == len(first)
    for index in made:
        before, now = pictures(first[index]), pictures(after[index])
        assert before.shape != now.shape or not np.array_equal(before, now)


def test_another_rate_keeps_only_what_comes_before_the_step(media, first):
    """What hangs on the run is drawn anew, even where manim cannot see it."""
    after = film(media, learning_rate=0.2)
    assert not set(after[-10:]) & set(first)


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_run_is_part_of_the_digest_in_every_frame(aspect):
    """A square frame asks for the run early: its header has the rate."""
    digests = []
    for start in (4.0, 3.0):
        with tempconfig({**SMALL, "dry_run": True}):
            scene = Overshoot({"aspect": aspect, "start": start})
            scene.setup()
            assert scene.trace.steps
            digests.append((scene.camera.digest, scene.digest()))
    (first, bare), (second, _) = digests
    assert first not in (bare, second)
