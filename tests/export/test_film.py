"""A film: the parts frame by frame, chapters that players read, captions in time."""

from __future__ import annotations

import itertools
from pathlib import Path

import av
import numpy as np
import pytest
import srt as subrip

from scenes.course.targets import Target
from scenes.export import render as rendering
from scenes.export.card import TitleCard
from scenes.export.film import FilmManifest, film
from scenes.export.job import RenderJob
from scenes.export.render import render
from scenes.export.stills import rehearse
from scenes.layout import ASPECTS
from scenes.manifest import manifest_path, read
from scenes.one_step import OneStep
from scenes.parameters import UsageError
from scenes.parts.lettering import Lettering, box_of
from scenes.tutorial_run import TutorialRun

TITLE = 'Gradient "descent" <b>&</b> more'


@pytest.fixture(scope="module")
def small():
    """1080p in small: a film has all of it twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rendering.QUALITIES, "h", (144, 10))
        yield


@pytest.fixture(scope="module")
def targets() -> list[Target]:
    return [Target("OneStep", OneStep, {}), Target("TutorialRun", TutorialRun, {})]


@pytest.fixture(scope="module")
def made(small, targets, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file, _ = film(targets, tmp_path_factory.mktemp("film") / "film.mp4", TITLE)
    return file


@pytest.fixture(scope="module")
def about(made: Path) -> FilmManifest:
    return FilmManifest.model_validate_json(manifest_path(made).read_bytes())


def frames(video: Path) -> np.ndarray:
    with av.open(str(video)) as opened:
        return np.array([frame.to_ndarray() for frame in opened.decode(video=0)])


def test_the_parts_are_the_videos_frame_by_frame(made, about):
    whole = frames(made)
    assert len(whole) == about.video.frames == about.parts[-1].end_frame
    for part in about.parts:
        video = made.parent / part.manifest.removesuffix(".json")
        start = part.start_frame + part.card_frames
        assert part.card_frames > 0
        assert np.array_equal(whole[start : part.end_frame], frames(video))


def test_times_are_even_and_the_index_comes_first(made):
    with av.open(str(made)) as opened:
        stream = opened.streams.video[0]
        times = sorted(packet.pts for packet in opened.demux(stream) if packet.pts is not None)
    assert len(set(np.diff(times))) == 1
    content = made.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_players_find_the_chapters(made, about):
    with av.open(str(made)) as opened:
        found = opened.chapters()
    titles = [chapter["metadata"]["title"] for chapter in found]
    assert titles == [part.title for part in about.parts]
    for chapter, part in zip(found, about.parts, strict=True):
        assert float(chapter["start"] * chapter["time_base"]) == pytest.approx(part.start, abs=0.01)
        assert float(chapter["end"] * chapter["time_base"]) == pytest.approx(part.end, abs=0.01)


def test_captions_are_in_time_with_the_film(made, about):
    # Drawn captions: under this name no player loads them by itself.
    assert not made.with_suffix(".srt").exists()
    said = list(subrip.parse(made.with_name("film.captions.srt").read_text(encoding="utf-8")))
    second = about.parts[1]
    manifest = read(made.parent / second.manifest)
    start = second.start + second.card_frames / manifest.video.frame_rate
    first = next(cue for cue in said if cue.start.total_seconds() >= start - 1e-3)
    assert " ".join(first.content.split()) == manifest.beats[0].caption
    assert first.start.total_seconds() == pytest.approx(start, abs=1e-3)
    assert all(one.end <= other.start for one, other in itertools.pairwise(said))


def test_a_film_again_makes_nothing_again(small, targets, made):
    before = {path: path.stat().st_mtime_ns for path in made.parent.rglob("*.mp4")}
    film(targets, made, TITLE)
    assert {path: path.stat().st_mtime_ns for path in made.parent.rglob("*.mp4")} == before


def test_one_changed_part_costs_that_part(small, targets, made):
    before = {path: path.stat().st_mtime_ns for path in made.parent.rglob("*.mp4")}
    other = Target("OneStep", OneStep, {"title": "Another step"})
    film([other, targets[1]], made, TITLE)
    after = {path: path.stat().st_mtime_ns for path in made.parent.rglob("*.mp4")}
    kept = made.parent / "tutorial-run.mp4"
    assert before[kept] == after[kept]
    assert before[made] != after[made]


def test_without_cards(small, targets, tmp_path):
    file, _ = film(targets[:1], tmp_path / "bare.mp4", TITLE, cards=False)
    video = render(RenderJob.of(targets[0]), tmp_path)
    assert np.array_equal(frames(file), frames(video))


def test_players_load_only_sentences_that_are_not_in_the_picture(small, tmp_path):
    def made(captions: str) -> list[str]:
        film([Target("OneStep", OneStep, {"captions": captions})], tmp_path / "one.mp4", TITLE)
        return sorted(path.name for path in tmp_path.glob("one.*srt"))

    assert made("track") == ["one.srt"]
    # The film under this name is another one now.
    assert made("drawn") == ["one.captions.srt"]
    assert made("track") == ["one.srt"]
    assert made("none") == ["one.captions.srt"]


def test_a_file_that_the_film_has_not_made_is_left_alone(small, tmp_path):
    own = tmp_path / "one.srt"
    own.write_text("a translation", encoding="utf-8")
    film([Target("OneStep", OneStep, {})], tmp_path / "one.mp4", TITLE)
    film([Target("OneStep", OneStep, {})], tmp_path / "one.mp4", "Another title")
    assert own.read_text(encoding="utf-8") == "a translation"


def test_a_title_that_is_no_text_is_shown_as_far_as_it_is(small, targets, tmp_path):
    film(targets[:1], tmp_path / "odd.mp4", "bad\udcff")
    made = FilmManifest.model_validate_json(manifest_path(tmp_path / "odd.mp4").read_bytes())
    assert made.title == "bad?"


@pytest.mark.parametrize(
    ("parts", "file", "says"),
    [
        ([("a", {}), ("b", {"aspect": "1:1"})], "film.mp4", "b: aspect = 1:1: allowed: 16:9"),
        ([("a", {}), ("a", {"learning_rate": 0.3})], "film.mp4", "allowed: another name than a"),
        ([("a", {})], "A.mp4", "allowed: another name, because the part a"),
    ],
)
def test_what_cannot_be_one_film_is_refused_before_it_is_rendered(
    small, tmp_path, parts, file, says
):
    targets = [Target(name, OneStep, given, name) for name, given in parts]
    with pytest.raises(UsageError, match=says):
        film(targets, tmp_path / file, TITLE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("title", ["One step", "A title " * 25, "Wort" * 50, "#read(1) $x$ <b>"])
def test_cards_stay_within_the_frame(aspect, title):
    words = {"title": title, "course": title, "place": "10 / 12", "aspect": aspect}
    scene = rehearse(TitleCard, words)
    lines = [
        part
        for mobject in scene.mobjects
        for part in mobject.get_family()
        if isinstance(part, Lettering)
    ]
    assert len(lines) >= 3
    safe = scene.layout.safe
    boxes = [box_of(line) for line in lines]
    assert all(safe.contains(box) for box in boxes)
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
