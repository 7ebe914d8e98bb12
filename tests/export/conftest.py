"""One small video for all tests of what is made from videos."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.export.render import RenderJob, render
from scenes.one_step import OneStep


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OneStep in 480p with its manifest beside it; who changes either works on a copy."""
    folder = tmp_path_factory.mktemp("video")
    return render(RenderJob(OneStep, {"learning_rate": "0.3"}, "l"), folder)
