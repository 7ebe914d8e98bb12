"""The LaTeX snippet in real documents: an article, and Beamer slides."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from scenes.export.drawing import save
from scenes.export.snippets import latex, snippets
from scenes.export.stillfiles import StillJob, make
from scenes.manifest import read
from scenes.one_step import OneStep


def has(file: str) -> bool:
    """Whether LaTeX is there, and a file of it."""
    tools = shutil.which("pdflatex") and shutil.which("kpsewhich")
    return bool(tools) and not subprocess.run(["kpsewhich", file], capture_output=True).returncode


needs_latex = pytest.mark.skipif(not has("article.cls"), reason="there is no LaTeX")
needs_beamer = pytest.mark.skipif(not has("pgfmath.sty"), reason="there is no Beamer")

ARTICLE = r"\documentclass{article}\usepackage{graphicx}\begin{document}%s\end{document}"
BEAMER = r"\documentclass{beamer}\begin{document}\begin{frame}%s\end{frame}\end{document}"
HOSTILE = r"\input{/etc/passwd} 50 % of $x_1^2 & {y} ~ # − · ² η <script> ]]>"


@pytest.fixture(scope="module")
def figure(video: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a lesson with its stills, and the snippet for its last one."""
    manifest, folder = read(video), tmp_path_factory.mktemp("latex")
    job = StillJob(OneStep, (("learning_rate", "0.3"),), "pdf", name=manifest.name)
    still = save(make(job), folder / manifest.name / "stills")[-1].stem
    found = {
        one.name: one.text for one in snippets(manifest, still, "https://a.example/my%20course")
    }
    return folder, found["LaTeX or Beamer: still"]


def compiled(folder: Path, text: str) -> pypdfium2.PdfDocument:
    (folder / "page.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "page"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    assert ended.returncode == 0, ended.stdout[-2000:]
    return pypdfium2.PdfDocument(folder / "page.pdf")


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(ARTICLE, marks=needs_latex, id="article"),
        pytest.param(BEAMER, marks=needs_beamer, id="beamer"),
    ],
)
def test_the_snippet_shows_the_still(figure, document):
    folder, snippet = figure
    pdf = compiled(folder, document % snippet)
    assert len(pdf) == 1
    picture = pdf[0].render(scale=1).to_numpy()
    # The dark ground of the still is on the page.
    assert (picture.max(axis=2) < 60).mean() > 0.05


def test_the_file_is_named_as_latex_reads_it(figure):
    folder, snippet = figure
    path = snippet.partition("linewidth]{")[2].partition("}")[0]
    assert (folder / path).is_file()
    assert "%" not in path


@needs_latex
def test_hostile_words_are_words(figure):
    folder, _ = figure
    pdf = compiled(folder, ARTICLE % latex(HOSTILE))
    text = pdf[0].get_textpage().get_text_range()
    assert "/etc/passwd" in text
    assert "root:" not in text
    assert "50 % of $x" in text
