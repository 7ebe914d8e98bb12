"""Stills as files: what a slide or a page takes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
import typst
from manim import ImageMobject
from PIL import Image

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.cli import main
from scenes.export import vectors
from scenes.export.drawing import save
from scenes.export.questions import asked
from scenes.export.stillfiles import StillJob, make
from scenes.export.stills import rehearse
from scenes.one_step import OneStep
from scenes.overshoot import Overshoot
from scenes.parameters import UsageError
from scenes.parts.lettering import Lettering

SVG = "{http://www.w3.org/2000/svg}"


def drawn(folder: Path, format: str, **more) -> dict[str, bytes]:
    """Return the stills of OneStep by name, without the scene's."""
    options = {"width": 960, "only": ("scaled", "landed"), **more}
    job = StillJob(OneStep, format=format, **options)
    paths = save(make(job), folder)
    names = ("slope", "scaled", "landed", "second-step")
    return {
        next(name for name in names if path.stem.endswith(name)): path.read_bytes()
        for path in paths
    }


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"), dtype=float)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ by more than a rim's shade."""
    assert one.size == other.size
    return float((np.abs(pixels(one) - pixels(other)).max(axis=2) > 64).mean())


def from_svg(document: bytes, folder: Path) -> Image.Image:
    """Draw an SVG with another renderer than the one that wrote it: resvg, in Typst."""
    (folder / "still.svg").write_bytes(document)
    page = folder / "page.typ"
    page.write_text(
        '#set page(width: 960pt, height: 540pt, margin: 0pt)\n#image("still.svg", width: 100%)'
    )
    return Image.open(io.BytesIO(typst.compile(page, format="png", ppi=72)))


def from_pdf(document: bytes, page: int = 0) -> Image.Image:
    """Draw a page with PDFium."""
    opened = pypdfium2.PdfDocument(document)
    return opened[page].render(scale=960 / opened[page].get_width()).to_pil()


def test_png_svg_and_pdf_are_the_same_picture(tmp_path):
    png, svg, pdf = (drawn(tmp_path, name) for name in ("png", "svg", "pdf"))
    assert list(png) == list(svg) == list(pdf) == ["scaled", "landed"]
    for name in png:
        picture = Image.open(io.BytesIO(png[name]))
        assert picture.size == (960, 540)
        assert unlike(picture, from_svg(svg[name], tmp_path)) < 0.004
        assert unlike(picture, from_pdf(pdf[name])) < 0.004
    # The comparison can fail: another still is another picture.
    others = (Image.open(io.BytesIO(png[name])) for name in ("scaled", "landed"))
    assert unlike(*others) > 0.004


@pytest.mark.parametrize("format", ["svg", "pdf", "png"])
def test_a_second_run_writes_the_same_bytes(tmp_path, format):
    assert drawn(tmp_path / "one", format) == drawn(tmp_path / "two", format)


def test_svg_is_vectors_and_describes_itself(tmp_path):
    for document in drawn(tmp_path, "svg").values():
        root = ElementTree.fromstring(document)
        kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert kinds <= {"svg", "title", "desc", "g", "path", "rect"}
        assert root.findtext(f"{SVG}title") == "One step"
        assert re.search(r"0\.8|10\.24", root.findtext(f"{SVG}desc"))
        assert root.get("role") == "img"


def test_pdf_is_vectors_and_has_a_title(tmp_path):
    for document in drawn(tmp_path, "pdf").values():
        opened = pypdfium2.PdfDocument(document)
        kinds = {thing.type for page in opened for thing in page.get_objects()}
        assert kinds == {pypdfium2.raw.FPDF_PAGEOBJ_PATH}
        assert opened.get_metadata_value("Title").startswith("One step: ")


def test_png_describes_itself(tmp_path):
    picture = Image.open(io.BytesIO(drawn(tmp_path, "png")["landed"]))
    assert picture.text["Title"] == "One step"
    assert picture.text["Description"] == "On the curve again: f fell from 16 to 10.24."


def test_transparent_pngs_have_straight_alpha(tmp_path):
    """Half transparent rims have the full colour of what they are the rim of."""
    whole = Image.open(io.BytesIO(drawn(tmp_path / "a", "png")["landed"]))
    clear = Image.open(io.BytesIO(drawn(tmp_path / "b", "png", transparent=True)["landed"]))
    assert clear.mode == "RGBA"
    assert clear.getpixel((3, 3)) == (0, 0, 0, 0)
    ground = Image.new("RGBA", clear.size, OneStep.resolve()["theme"].background)
    ground.alpha_composite(clear)
    assert np.abs(pixels(ground) - pixels(whole)).max() <= 3


def test_svg_without_background(tmp_path):
    document = drawn(tmp_path, "svg", transparent=True)["landed"]
    assert b"<rect" not in document


def test_the_index_tells_of_every_file(tmp_path):
    drawn(tmp_path, "svg")
    save(make(StillJob(Overshoot, (("learning_rate", "0.7"),), "png", 320)), tmp_path)
    files = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["files"]
    assert set(files) == {path.name for path in tmp_path.glob("*.???")}
    assert files["one-step-landed.svg"]["alt"].startswith("On the curve again")
    assert files["overshoot-learning-rate-0.7-step.png"]["parameters"] == {"learning_rate": "0.7"}
    (tmp_path / "one-step-landed.svg").unlink()
    drawn(tmp_path, "png")
    files = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["files"]
    assert "one-step-landed.svg" not in files
    assert "one-step-landed.png" in files


def test_a_broken_index_is_made_anew(tmp_path):
    (tmp_path / "index.json").write_text("[1, 2")
    drawn(tmp_path, "svg")
    files = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["files"]
    assert set(files) == {"one-step-scaled.svg", "one-step-landed.svg"}


def test_bare_leaves_title_and_caption_out(tmp_path):
    name = save(
        make(StillJob(OneStep, format="png", width=960, only=("landed",), bare=True)), tmp_path
    )
    picture = pixels(Image.open(name[0]))
    ground = picture[3, 3]
    left_top, footer = picture[:70, :300], picture[520:]
    assert (left_top == ground).all()
    assert (footer == ground).all()
    assert name[0].name == "one-step-bare-landed.png"


def test_build_has_a_page_for_each_beat(tmp_path):
    (path,) = save(make(StillJob(OneStep, format="pdf", width=960, build=True)), tmp_path)
    scene = rehearse(OneStep)
    document = path.read_bytes()
    assert len(pypdfium2.PdfDocument(document)) == len(scene.beats)
    # Nothing of a page is left on the next one.
    alone = drawn(tmp_path, "pdf", only=())
    for at, beat in enumerate(scene.beats):
        if beat.still:
            assert unlike(from_pdf(document, at), from_pdf(alone[beat.still])) == 0, beat.still


def test_hostile_titles_stay_text(tmp_path):
    title = "</title><script>alert(1)</script>\x00\x0b\ud800]]>&"
    document = drawn(tmp_path, "svg", parameters=(("title", title),))["landed"]
    root = ElementTree.fromstring(document)
    assert root.findtext(f"{SVG}title") == "</title><script>alert(1)</script>]]>&"
    assert root.find(f".//{SVG}script") is None


def questions(folder: Path, *hidden: str) -> dict[str, dict]:
    """Return the entries of the index of OneStep's stills with something hidden."""
    save(make(StillJob(OneStep, format="svg", width=960, hide=hidden)), folder)
    return json.loads((folder / "index.json").read_text(encoding="utf-8"))["files"]


def test_a_question_hides_what_it_asks_for(tmp_path):
    files = questions(tmp_path, "next_x")
    answers = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))["files"]
    for still, value in (("landed", "3.2"), ("second-step", "2.56")):
        name = f"one-step-{still}-question.svg"
        assert answers[name] == {"A": {"name": "next_x", "answer": value}}
        assert value not in files[name]["alt"]
        asked_, solved = (
            (tmp_path / f"one-step-{still}-{kind}.svg").read_bytes()
            for kind in ("question", "solution")
        )
        assert unlike(from_svg(asked_, tmp_path), from_svg(solved, tmp_path)) > 0.001
    save(make(StillJob(OneStep, format="svg", width=960, only=("landed",))), tmp_path)
    assert (tmp_path / "one-step-landed.svg").read_bytes() == (
        tmp_path / "one-step-landed-solution.svg"
    ).read_bytes()


def test_no_picture_tells_the_answer_elsewhere():
    """Every lettering that still stands has no trace of the number."""
    seen: list[str] = []

    def standing(frame) -> list[str]:
        family = [part for each in frame for part in each.get_family()]
        return [
            part.source
            for part in family
            if isinstance(part, Lettering) and any(len(run.points) for run in part)
        ]

    def look(scene: DescentScene, beat: Beat) -> None:
        if beat.still == "landed":
            with asked(scene, beat, ("slope",)) as question:
                seen.extend(standing(question.frame))
            told = [re.sub(r"[^\w'()]", "", source) for source in standing(scene.mobjects)]
            assert any(re.search(r"f'\(.*4.*\).*8", source) for source in told)

    rehearse(OneStep, at_beat_end=look)
    assert not [source for source in seen if re.search(r"(?<![\d.])8(?![\d.])", source)]
    assert any("3.2" in source for source in seen)


def test_captions_blank_what_is_hidden(tmp_path):
    files = questions(tmp_path, "slope", "delta")
    alt = files["one-step-scaled-question.svg"]["alt"]
    assert alt == "Scale: the step is −0.1 · (A) = (B); 0.1 is the learning rate."


class Photograph(DescentScene):
    """A scene with a picture of pixels in it."""

    def construct(self):
        with self.beat("A photograph.", still="photograph"):
            self.add(ImageMobject(np.full((8, 8), 200, np.uint8)).scale_to_fit_height(4))


def test_what_cannot_be_a_vector_says_so(tmp_path):
    with pytest.raises(UsageError, match=r"ImageMobject is made of pixels.*allowed: png"):
        save(make(StillJob(Photograph, format="svg")), tmp_path)
    assert not list(tmp_path.iterdir())
    (path,) = save(make(StillJob(Photograph, format="png", width=320)), tmp_path)
    middle = Image.open(path).getpixel((160, 90))
    assert middle == (200, 200, 200)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["overshot"], "did you mean Overshoot?"),
        (["overshoot", "--only", "jmp-1"], "did you mean jump-1?"),
        (["overshoot", "--width", "1e9"], "a whole number"),
        (["overshoot", "--width", "9000"], "16 to 7680"),
        (["overshoot", "onestep", "--only", "step"], "with one scene"),
        (["onestep", "--hide", "slop"], "did you mean slope?"),
        (["overshoot", "--set", "learning_rate=-1"], "a positive number"),
    ],
)
def test_one_line_for_a_mistake(words, said, capsys, tmp_path):
    assert main(["stills", *words, "-o", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_command_writes_what_it_says(capsys, tmp_path):
    assert main(["stills", "onestep", "overshoot", "--format", "svg", "-o", str(tmp_path)]) == 0
    said = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert set(said) == set(tmp_path.glob("*.svg"))
    assert tmp_path / "overshoot-jump-1.svg" in said


def test_paths_keep_their_digits():
    """The rounding of coordinates leaves no trace that could be seen."""
    assert vectors._LONG.sub(lambda found: f"{float(found[0]):.2f}", "1.23456 0.5") == "1.23 0.5"
