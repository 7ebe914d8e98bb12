"""Decks: the clips are the video, they wait where a class should think, and they play."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest
from pptx import Presentation

from scenes.course.targets import Target
from scenes.export.clips import Clip, clips, cut, picture_at
from scenes.export.slides import pages, slides
from scenes.manifest import Manifest, manifest_path, read
from scenes.one_step import OneStep

HOSTILE = '</script><script>alert(1)</script> "><img src=x onerror=alert(2)> ]]> \x00 \u202egnp'


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


def frames(video: Path) -> np.ndarray:
    with av.open(str(video)) as opened:
        return np.array([frame.to_ndarray() for frame in opened.decode(video=0)])


def test_clips_cover_the_video_and_wait_at_pauses(manifest):
    found = clips(manifest)
    assert found[0].start == 0
    assert found[-1].end == manifest.video.frames
    assert [clip.end for clip in found[:-1]] == [clip.start for clip in found[1:]]
    ends = {clip.end for clip in found}
    for beat in manifest.beats[:-1]:
        assert set(beat.pauses or (beat.end_frame,)) <= ends
        if beat.pauses:
            assert beat.end_frame not in ends
    told = [note for clip in found for note in clip.notes]
    assert [beat.caption for beat in manifest.beats] == list(dict.fromkeys(told))


def test_clips_are_the_frames_of_the_video(video, manifest, tmp_path):
    whole = frames(video)
    for index, clip in enumerate(clips(manifest)):
        part = frames(cut(video, clip, tmp_path / f"{index}.mp4"))
        # Copied, not encoded again.
        assert np.array_equal(part, whole[clip.start : clip.end])


def test_a_clip_that_starts_anywhere_is_encoded(video, tmp_path):
    clip = Clip(7, 31, ())
    part, whole = frames(cut(video, clip, tmp_path / "part.mp4")), frames(video)[7:31]
    assert part.shape == whole.shape
    assert np.abs(part.astype(int) - whole).mean() < 1.5


def test_a_picture_is_the_frame_of_its_number(video):
    with av.open(str(video)) as opened:
        wanted = [frame.to_image() for frame in opened.decode(video=0)][100]
    assert np.array_equal(np.asarray(picture_at(video, 100)), np.asarray(wanted))


def hostile(video: Path, folder: Path) -> Path:
    """Return a copy of the video whose words are hostile."""
    copy = Path(shutil.copy(video, folder / video.name))
    own = read(video)
    beats = tuple(beat.model_copy(update={"caption": HOSTILE}) for beat in own.beats)
    own = own.model_copy(update={"title": HOSTILE, "beats": beats})
    manifest_path(copy).write_text(own.model_dump_json(), encoding="utf-8")
    return copy


def test_pptx_has_playing_videos_with_posters_alt_texts_and_notes(video, manifest, tmp_path):
    deck = Presentation(slides([video], tmp_path / "deck.pptx", "One step"))
    wanted = clips(manifest)
    assert len(deck.slides) == len(wanted)
    for page, clip in zip(deck.slides, wanted, strict=True):
        (movie,) = page.shapes
        assert movie.media_format is not None
        assert movie.media_type is not None
        assert movie.poster_frame.content_type == "image/png"
        with av.open(io.BytesIO(movie.part.related_part(_media(movie)).blob)) as clip_file:
            assert clip_file.streams.video[0].frames == clip.end - clip.start
        description = movie._element.nvPicPr.cNvPr.get("descr")
        assert clip.notes[0] in description
        assert page.notes_slide.notes_text_frame.text == "\n".join(clip.notes)
        delays = re.findall(r'<p:cMediaNode.*?delay="(\w+)"', _xml_of(page), re.DOTALL)
        assert delays == ["0"]


def _media(movie) -> str:
    return re.search(r'<p14:media[^>]*r:embed="(\w+)"', _xml_of(movie))[1]


def _xml_of(thing) -> str:
    from lxml import etree

    return etree.tostring(thing._element).decode()


def test_hostile_words_stay_words_in_a_presentation(video, tmp_path):
    deck = Presentation(slides([hostile(video, tmp_path)], tmp_path / "deck.pptx", HOSTILE))
    shown = deck.slides[0].notes_slide.notes_text_frame.text
    assert "<script>alert(1)</script>" in shown
    assert "\x00" not in shown
    assert "alert(1)" in deck.core_properties.title


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
@pytest.mark.slow
def test_libreoffice_reads_the_presentation(video, manifest, tmp_path):
    file = slides([video], tmp_path / "deck.pptx", "One step")
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert len(pdf) == len(clips(manifest))
    picture = pdf[1].render(scale=0.5).to_numpy()
    assert picture.std() > 10


def test_pdf_has_a_vector_page_for_each_clip(manifest, tmp_path):
    target = Target("OneStep", OneStep, {"learning_rate": "0.3"})
    file = pages([target], tmp_path / "deck.pdf", "One step")
    pdf = pypdfium2.PdfDocument(file)
    assert len(pdf) == len(clips(manifest))
    assert b"/Subtype /Image" not in file.read_bytes()
    one, other = (pdf[n].render(scale=0.3).to_numpy().astype(int) for n in (1, len(pdf) - 1))
    assert np.abs(one - other).max() > 50


@pytest.mark.parametrize("words", ["own", "hostile"])
def test_the_deck_advances_clip_by_clip(chrome, video, manifest, tmp_path, words):
    source = video if words == "own" else hostile(video, tmp_path)
    file = slides([source], tmp_path / "deck.html", "One step" if words == "own" else HOSTILE)
    faults: list[str] = []
    page = chrome.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(r.url),
    )
    page.goto(file.as_uri())
    count = len(clips(manifest))
    for index in range(count):
        current = "document.querySelector('section.present video')"
        page.wait_for_function(f"Reveal.getIndices().h === {index} && {current}.currentTime > 0.1")
        assert page.evaluate("document.querySelectorAll('section.present').length") == 1
        assert page.evaluate("Reveal.getSlideNotes() !== null")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"Reveal.getIndices().h === {count - 2}")
    page.wait_for_function(f"{current}.currentTime > {current}.duration - 0.2")
    assert page.evaluate("Reveal.getTotalSlides()") == count
    page.close()
    assert faults == []
