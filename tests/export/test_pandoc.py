"""The Quarto snippet, read by pandoc, which is what reads Quarto's documents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from scenes.export.snippets import snippets
from scenes.manifest import read

HOSTILE = "``` </figure><script>alert(1)</script> {{< include /etc/passwd >}}"

pytestmark = pytest.mark.skipif(shutil.which("pandoc") is None, reason="there is no pandoc")


@pytest.mark.parametrize("summary", ["One step.", HOSTILE], ids=["plain", "hostile"])
def test_the_quarto_snippet_is_the_figure(video: Path, summary: str) -> None:
    manifest = read(video).model_copy(update={"summary": summary})
    texts = {one.name: one.text for one in snippets(manifest, "")}
    page = f"---\ntitle: A course\n---\n\nBefore.\n\n{texts['Quarto']}\n\nAfter.\n"
    command = ["pandoc", "--from", "markdown", "--to", "html"]
    made = subprocess.run(command, input=page, capture_output=True, text=True, check=True).stdout
    assert texts["HTML: figure"] in made
    assert made.count("<figure>") == made.count("</figure>") == 1
    assert "<track" in made
    assert "<script" not in made
    assert "<p>After.</p>" in made
