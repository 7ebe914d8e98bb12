"""TutorialRun with other starts, rates and functions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.tutorial_run import TutorialRun
from tests.scenes import checks


def written(parameters: dict[str, Any], still: str) -> tuple[list[str], str]:
    """Return the sources of all type in a still, and its caption."""
    found: list[str] = []
    captions: list[str] = []

    def keep(scene: Any, beat: Beat) -> None:
        if beat.still == still:
            found.extend(letters.source for letters in checks.visible_lettering(scene))
            captions.append(beat.caption.text)

    rehearse(TutorialRun, parameters, height=180, at_beat_end=keep)
    return found, captions[0]


@pytest.mark.parametrize(
    "parameters", [{}, {"start": "111"}, {"objective": "(x-3)**2+2", "start": "10"}]
)
def test_the_length_of_a_short_step_is_the_same_wherever_it_is_written(
    parameters: dict[str, Any],
) -> None:
    letters, _ = written(parameters, "too-short-to-see")
    lengths = [re.findall(r"0\.\d+", source)[0] for source in letters if "length" in source]
    assert len(lengths) == 2
    assert len(set(lengths)) == 1
    assert float(lengths[0]) < 0.001


def test_whole_numbers_are_not_said_to_be_about() -> None:
    _, caption = written({"start": "111"}, "hundred-steps")
    assert "from 12321 to about 216.7" in caption


def test_a_lens_that_is_closed_again_leaves_the_fall_of_f_its_room() -> None:
    scene: Any = rehearse(TutorialRun, {"start": "10", "learning_rate": "0.05"}, height=180)
    assert scene.stage.marks.drop is not None
