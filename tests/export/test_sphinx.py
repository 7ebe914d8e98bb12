"""The Sphinx project in `assets/`, built with a published lesson in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scenes.assets import asset_path
from scenes.course.targets import Target
from scenes.export import render as rendering
from scenes.export.pages import Course
from scenes.export.publish import Publication, publish
from scenes.export.snippets import latex, snippets
from scenes.manifest import read
from scenes.one_step import OneStep


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a site in it that has the names of the example, in small."""
    folder = tmp_path_factory.mktemp("sphinx")
    shutil.copytree(asset_path("sphinx"), folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rendering.QUALITIES, "h", (144, 10))
        work = Publication(Course("Course"), [Target("OneStep", OneStep, {})], folder / "videos")
        publish(work, folder / "site")
    return folder


def build(source: Path, out: Path) -> str:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(out)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return (out / "index.html").read_text(encoding="utf-8")


class Found(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.frames: list[str] = []
        self.pictures: list[dict[str, str]] = []

    def handle_starttag(self, tag, attrs):
        if tag == "iframe":
            self.frames.append(dict(attrs)["src"])
        if tag == "img":
            self.pictures.append(dict(attrs))


@pytest.mark.slow
def test_the_example_is_built_with_lesson_and_still(source, tmp_path):
    out = tmp_path / "html"
    build(source, out)
    for name in ("index.html", "restructured.html"):
        page = Found()
        page.feed((out / name).read_text(encoding="utf-8"))
        assert page.frames == ["one-step/embed.html"]
        assert (out / page.frames[0]).is_file()
        picture = page.pictures[0]
        assert (out / picture["src"]).is_file()
        assert picture["alt"]
    assert (out / "one-step" / "one-step.mp4").is_file()


@pytest.mark.slow
def test_myst_and_rst_snippets_are_built(source, tmp_path):
    manifest = read(source / "videos" / "one-step.mp4")
    hostile = '"><b>x</b> *a* `b` [c](d) $e$'
    manifest = manifest.model_copy(update={"summary": hostile})
    texts = {s.name: s.text for s in snippets(manifest, "one-step-landed")}
    own = tmp_path / "own"
    shutil.copytree(source, own)
    shutil.copytree(own / "site" / "one-step", own / "one-step")
    (own / "index.md").write_text(
        f"# Snippets\n\n{texts['MyST']}\n\n{texts['MyST: still']}\n", encoding="utf-8"
    )
    (own / "restructured.rst").write_text(
        f":orphan:\n\nSnippet\n=======\n\n{texts['reStructuredText']}\n", encoding="utf-8"
    )
    with (own / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('\nexclude_patterns += ["one-step", "videos"]\n')
    text = build(own, tmp_path / "html")
    assert "<b>x</b>" not in text
    assert text.count("<video") == 1
    assert re.search(r'<img alt="[^"]*&gt;&lt;b&gt;', text)


def test_latex_has_no_open_commands():
    assert latex("\\input{/etc/passwd} 50 % & $x$") == (
        r"\textbackslash{}input\{/etc/passwd\} 50 \% \& \$x\$"
    )
