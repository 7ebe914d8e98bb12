"""One small video for all tests of what is made from videos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import browser_path
from playwright.sync_api import Browser, sync_playwright

from scenes.export.job import RenderJob
from scenes.export.render import render
from scenes.one_step import OneStep


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OneStep in 480p with its manifest beside it; who changes either works on a copy."""
    folder = tmp_path_factory.mktemp("video")
    return render(RenderJob(OneStep, (("learning_rate", "0.3"),), "l"), folder)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser of this machine; one for all tests, because only one can be driven at once."""
    if browser_path() is None:
        pytest.skip("no Chromium here: make setup-browser installs it")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        yield browser
        browser.close()
