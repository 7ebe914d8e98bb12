"""The stills look as they did, to a tolerance that a changed colour or a moved label fails."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageChops

from scenes.export.catalogue import catalogue
from tests.scenes import golden


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", catalogue())
def test_still_is_as_it_was(name: str, theme: str) -> None:
    kept_at = golden.path(name, theme)
    assert kept_at.is_file(), f"no golden still of {name}: run python -m tests.scenes.golden {name}"
    with Image.open(kept_at) as kept:
        gap = golden.difference(golden.take(name, theme), kept.convert("RGB"))
    assert gap <= golden.MOST, f"a block differs by {gap:.1f}: look, then take it anew"


def test_the_tolerance_sees_a_colour_and_a_move() -> None:
    picture = golden.take("OneStep", "dark")
    assert golden.difference(picture, picture) == 0
    moved = ImageChops.offset(picture, 3, 0)
    assert golden.difference(picture, moved) > golden.MOST
    step, other = (0x66, 0xE8, 0xC8), (0x47, 0x8A, 0xE2)
    pixels = np.asarray(picture).copy()
    pixels[np.abs(pixels.astype(int) - step).sum(axis=-1) < 60] = other
    assert golden.difference(picture, Image.fromarray(pixels)) > golden.MOST


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("16:9", (640, 360)), ("4:3", (480, 360)), ("1:1", (360, 360)), ("9:16", (360, 640))],
)
def test_a_still_has_the_shape_of_its_aspect(aspect: str, size: tuple[int, int]) -> None:
    _, pictures = golden.capture(
        catalogue()["OneStep"].scene, {"aspect": aspect}, height=golden.HEIGHT
    )
    assert pictures[0][1].size == size
