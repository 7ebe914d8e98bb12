"""Handouts: what is given out on paper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from scenes.cli import main
from scenes.export.handout import Handout, Part, export
from scenes.export.stills import rehearse
from scenes.one_step import OneStep
from scenes.overshoot import Overshoot
from scenes.parameters import UsageError

MM = 72 / 25.4
HOSTILE = '#read("/etc/passwd") <script> $x$ \\ " *bold* \u202e'


def made(folder: Path, **more) -> pypdfium2.PdfDocument:
    parts = more.pop("parts", (Part(OneStep), Part(Overshoot)))
    return pypdfium2.PdfDocument(export(Handout(parts, **more), folder).read_bytes())


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("each", [3, 6])
def test_every_still_has_its_caption(tmp_path, paper, each):
    document = made(tmp_path, paper=paper, each=each)
    wide, high = document[0].get_size()
    expected = (210 * MM, 297 * MM) if paper == "a4" else (8.5 * 72, 11 * 72)
    assert (wide, high) == pytest.approx(expected, abs=1)
    told = " ".join(words(page) for page in document)
    scenes = [rehearse(scene) for scene in (OneStep, Overshoot)]
    captions = [beat.caption.text for scene in scenes for beat in scene.beats if beat.still]
    assert len(document) == -(-len(captions) // each)
    for caption in captions:
        assert caption.replace(" ", "") in told.replace(" ", "")


def test_stills_are_vectors(tmp_path):
    kinds = {thing.type for page in made(tmp_path) for thing in page.get_objects(max_depth=8)}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds


def test_a_second_run_writes_the_same_bytes(tmp_path):
    parts = (Part(OneStep),)
    one, two = (export(Handout(parts), tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


def test_it_reads_in_grey(tmp_path):
    """Curve, tangent, point and arrow are all far darker than the paper."""
    page = made(tmp_path, parts=(Part(OneStep),), each=3)[0]
    grey = np.asarray(page.render(scale=2).to_pil().convert("L"), dtype=int)
    light = OneStep.resolve({"theme": "light"})["theme"]
    for role in ("curve", "slope_up", "point", "step"):
        red, green, blue = (int(light.color(role)[at : at + 2], 16) for at in (1, 3, 5))
        shade = (299 * red + 587 * green + 114 * blue) // 1000
        assert shade < 140
        assert (abs(grey - shade) <= 3).sum() > 20


def test_text_of_others_is_text(tmp_path):
    part = Part(OneStep, (("title", HOSTILE), ("wording", {"landed": "{x} " + HOSTILE})))
    document = made(tmp_path, parts=(part,), title=HOSTILE, author=HOSTILE)
    told = "".join(words(page) for page in document)
    assert told.count('#read("/etc/passwd")') >= 3
    assert "root:" not in told


def test_what_is_not_allowed_is_said(tmp_path):
    with pytest.raises(UsageError, match="paper = a3: allowed: a4, letter"):
        Handout((Part(OneStep),), paper="a3")
    with pytest.raises(UsageError, match="each = 4: allowed: 3 or 6 stills"):
        Handout((Part(OneStep),), each=4)
    with pytest.raises(UsageError, match="a positive number"):
        made(tmp_path / "out", parts=(Part(OneStep, (("learning_rate", "-1"),)),))
    assert not (tmp_path / "out").exists()


def test_the_command_takes_scenes_and_lesson_files(capsys, tmp_path):
    lesson = tmp_path / "My lesson.toml"
    lesson.write_text(
        'title = "Slopes"\nauthor = "A. Teacher"\nlanguage = "de-CH"\n'
        '[notation]\ndecimal = "comma"\n[[scenes]]\nscene = "OneStep"\n',
        encoding="utf-8",
    )
    assert main(["handout", str(lesson), "--each", "6", "-o", str(tmp_path)]) == 0
    path = tmp_path / "my-lesson-handout.pdf"
    assert capsys.readouterr().out.split("\n")[0] == str(path)
    told = words(pypdfium2.PdfDocument(path.read_bytes())[0])
    assert "Slopes" in told
    assert "A. Teacher" in told
    assert "10,24" in told
    assert main(["handout", "OneStep", "--set", "learning_rate=0.3", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "one-step-learning-rate-0.3-handout.pdf").is_file()
    assert main(["handout", "OneStp", "-o", str(tmp_path / "none")]) == 2
    assert "did you mean OneStep?" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
