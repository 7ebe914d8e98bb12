"""`show` in a notebook, and the notebook in `assets/`, executed."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from scenes import show
from scenes.assets import asset_path
from scenes.parameters import UsageError


def test_a_video_is_shown_with_captions_and_words(video):
    shown = show("OneStep", quality="l", output=video.parent, learning_rate="0.3")
    assert shown.path == video
    both = shown._repr_mimebundle_()
    data = re.search(r'src="data:video/mp4;base64,([^"]+)"', both["text/html"])[1]
    assert base64.b64decode(data) == video.read_bytes()
    track = re.search(r'src="data:text/vtt;base64,([^"]+)"', both["text/html"])[1]
    assert base64.b64decode(track).startswith(b"WEBVTT")
    assert "aria-label=" in both["text/html"]
    assert both["text/plain"].startswith("One step: ")


def test_a_still_is_a_vector_with_its_caption(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = show("OneStep", still="landed", learning_rate=0.3)
    markup = shown._repr_mimebundle_()["text/html"]
    assert 'alt="On the curve again: f fell from 16 to 2.56."' in markup
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', markup)[1]
    assert base64.b64decode(data).lstrip().startswith(b"<?xml")
    assert not list(tmp_path.iterdir())


def test_hostile_words_are_escaped():
    shown = show("OneStep", still="landed", title='"><script>alert(1)</script>')
    assert "<script" not in shown.markup


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"scene": "OneStpe"}, "OneStep"),
        ({"scene": "OneStep", "learning_rate": "fast"}, "learning_rate = fast"),
        ({"scene": "OneStep", "still": "landing"}, "landed"),
        ({"scene": "OneStep", "quality": "z"}, "quality = z"),
        ({"scene": "all"}, "one scene"),
    ],
)
def test_a_mistake_is_one_line(arguments, says):
    with pytest.raises(UsageError, match=says) as caught:
        show(**arguments)
    assert caught.value._render_traceback_() == [str(caught.value)]
    assert "\n" not in str(caught.value)


EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
NotebookClient(notebook, timeout=240, resources={"metadata": {"path": "."}}).execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.mark.slow
def test_the_notebook_runs(tmp_path):
    # In a process of its own: a browser that is driven in this one has the event loop.
    source, done = str(asset_path("notebooks", "show.ipynb")), str(tmp_path / "done.ipynb")
    command = [sys.executable, "-c", EXECUTE, source, done]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    notebook = nbformat.read(done, as_version=4)
    outputs = [cell.outputs[-1].data for cell in notebook.cells if cell.cell_type == "code"]
    assert "<video" in outputs[0]["text/html"]
    assert "<img" in outputs[1]["text/html"]
    assert "(4.0, 16.0)" in outputs[2]["text/plain"]
    assert Path(tmp_path, "output", "one-step-learning-rate-0.3-480p.mp4").is_file()
