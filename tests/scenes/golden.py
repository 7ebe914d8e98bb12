"""The golden stills: one small picture of each lesson, kept to notice a change.

Run as a module to take them anew, all or some: python -m tests.scenes.golden [SCENE …]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from scenes.export.catalogue import catalogue
from scenes.export.stills import capture

FOLDER = Path(__file__).resolve().parent.parent / "data" / "golden"
HEIGHT = 360
BLOCK = 12
"""Side of a block in pixels. Noise at edges averages out in it, a moved label does not."""

MOST = 6.0
"""The largest mean difference of a block, of 255, that is still the same picture."""


def take(name: str, theme: str) -> Image.Image:
    """Return the last still of a lesson, small."""
    _, pictures = capture(catalogue()[name].scene, {"theme": theme}, height=HEIGHT)
    return pictures[-1][1].convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the largest mean difference of any block of two pictures."""
    if one.size != other.size:
        return 255.0
    gap = np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean(axis=2)
    rows, columns = (size // BLOCK * BLOCK for size in gap.shape)
    blocks = gap[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK)
    return float(blocks.mean(axis=(1, 3)).max())


def path(name: str, theme: str) -> Path:
    """Return where a golden still is kept."""
    return FOLDER / f"{name}-{theme}.png"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for scene in sys.argv[1:] or catalogue():
        for theme in ("dark", "light"):
            take(scene, theme).save(path(scene, theme), optimize=True)
            print(path(scene, theme).name)
