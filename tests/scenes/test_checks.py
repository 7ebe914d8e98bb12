"""The checks of stills see what they are for, and look at what stood there."""

from __future__ import annotations

import pytest
from manim import RIGHT

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.one_step import OneStep
from scenes.parts.strokes import line
from scenes.words import caption
from tests.scenes import checks
from tests.scenes.stills import at_end, at_still, at_stills


@pytest.fixture
def scene() -> DescentScene:
    return at_end(OneStep)


def outlines(scene: DescentScene) -> list[bytes]:
    return [part.points.tobytes() for part in scene.get_mobject_family_members()]


def test_a_still_is_what_stood_there_and_each_test_has_its_own() -> None:
    seen: dict[str | None, list[bytes]] = {}

    def look(scene: DescentScene, beat: Beat) -> None:
        seen[beat.still] = outlines(scene)

    rehearse(OneStep, at_beat_end=look)
    stills = at_stills(OneStep)
    assert list(stills) == ["slope", "scaled", "landed", "second-step"]
    for still, scene in stills.items():
        assert outlines(scene) == seen[still]
        for part in scene.mobjects:
            part.shift(RIGHT)
        assert outlines(scene) != seen[still]
        assert outlines(at_still(OneStep, still)) == seen[still]
    assert outlines(at_end(OneStep)) == seen["second-step"]


def test_a_clean_scene_has_no_faults(scene: DescentScene) -> None:
    for check in (checks.off_frame, checks.type_on_type, checks.strokes_on_type, checks.too_small):
        assert check(scene) == []


def test_type_on_type_is_seen(scene: DescentScene) -> None:
    title = next(item for item in checks.visible_lettering(scene) if "One step" in item.source)
    copy = scene.look.text("over it", size=6).place(*title.origin)
    scene.add(copy)
    assert checks.type_on_type(scene)


def test_a_stroke_through_type_is_seen_unless_it_is_covered(scene: DescentScene) -> None:
    title = next(item for item in checks.visible_lettering(scene) if "One step" in item.source)
    box = title.box
    stroke = line(scene.look, [(box.left, box.center[1]), (box.right, box.center[1])])
    scene.add(stroke)
    assert checks.strokes_on_type(scene)
    stroke.set_stroke(opacity=0)
    assert not checks.strokes_on_type(scene)


def test_small_and_lost_type_is_seen(scene: DescentScene) -> None:
    small = scene.look.text("small", size=3).place(0, 0)
    lost = scene.look.text("lost", size=5).place(scene.layout.frame.right - 0.2, 0)
    scene.add(small, lost)
    assert any("3.00" in fault for fault in checks.too_small(scene))
    assert any("lost" in fault for fault in checks.off_frame(scene))


@pytest.mark.parametrize(
    ("template", "fields", "faults"),
    [
        ("x is {x}.", {"x": 3.2}, 0),
        ("x is {x:2}.", {"x": 0.7987}, 0),
        ("x is 3.3.", {"x": 3.2}, 0),  # the author's own number
        ("x is {x}.", {"x": "3.3"}, 0),
        ("f = {f}", {"f": 4e-20}, 0),
    ],
)
def test_numbers_are_held_to_the_fields(template: str, fields: dict, faults: int) -> None:
    beat = Beat(0, caption(template, fields), "", None, 0, 360)
    assert len(checks.number_faults(beat)) == faults


def test_a_number_from_nowhere_is_seen() -> None:
    words = caption("x is {x}.", {"x": 3.2})
    wrong = type(words)(words.text.replace("3.2", "3.3"), words.template, words.fields)
    assert checks.number_faults(Beat(0, wrong, "", None, 0, 360))


def test_a_caption_that_nobody_can_read_in_time_is_seen() -> None:
    words = caption("This sentence is much too long for a single second.", {})
    assert checks.caption_faults(Beat(0, words, "", None, 0, 60), 60.0)
