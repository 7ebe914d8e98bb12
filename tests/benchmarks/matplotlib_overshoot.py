"""The same film drawn with matplotlib: the baseline of many lecturers.

Artists are made once and updated in place, and frames go to the same encoder with the same
settings, without a copy. With --held a frame in which nothing moves is not drawn again, which
matplotlib's own animations do not do.

Run: python tests/benchmarks/matplotlib_overshoot.py SCORE FILM [--held]
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import matplotlib
import numpy as np

from scenes.settings import CODEC_OPTIONS, COLOR_TAGS

matplotlib.use("Agg")

from matplotlib import pyplot as plt

FPS = 60
INK, DIM, CURVE, POINT, SLOPE, STEP = (
    "#eeeeee",
    "#888899",
    "#5b93e8",
    "#ffdd77",
    "#ff7777",
    "#66ddbb",
)


class Drawing:
    """Plot, strip, table and caption, at any position of the playhead."""

    def __init__(self, score: dict[str, Any], *, held: bool) -> None:
        self.held = held
        self.xs, self.fs = np.array(score["points"]), np.array(score["values"])
        self.slopes = np.array(score["slopes"])
        self.figure = plt.figure(figsize=(19.2, 10.8), dpi=100, facecolor="#101418")
        self.figure.text(0.04, 0.92, "Overshooting", color=INK, size=34)
        self.figure.text(0.68, 0.92, r"$f(x) = x^2 \qquad \eta = 0.9$", color=CURVE, size=30)
        self.caption = self.figure.text(0.5, 0.05, "", color=INK, size=26, ha="center")
        self._plot()
        self._strip()
        self.rows = [self._row(n) for n in range(len(self.xs))]
        self.shown: tuple[float, str] | None = None

    def _axes(self, bottom: float, height: float) -> Any:
        axes = self.figure.add_axes((0.05, bottom, 0.57, height), facecolor="none")
        axes.tick_params(colors=DIM, labelsize=16)
        for side, spine in axes.spines.items():
            spine.set_color(DIM)
            spine.set_visible(side in ("left", "bottom"))
        axes.set_xlim(-5, 5)
        return axes

    def _plot(self) -> None:
        axes = self._axes(0.38, 0.5)
        axes.set_ylim(-1, 18)
        grid = np.linspace(-4.3, 4.3, 400)
        axes.plot(grid, grid**2, color=CURVE, lw=4)
        (self.ghosts,) = axes.plot([], [], "o", color=POINT, alpha=0.5, ms=10)
        (self.tangent,) = axes.plot([], [], color=SLOPE, lw=3)
        (self.step,) = axes.plot([], [], color=STEP, lw=5)
        (self.guide,) = axes.plot([], [], ":", color=DIM, lw=2)
        (self.ball,) = axes.plot([], [], "o", color=POINT, ms=18)

    def _strip(self) -> None:
        axes = self._axes(0.14, 0.2)
        axes.set_ylim(len(self.xs) - 0.5, -0.5)
        (self.chord,) = axes.plot([], [], "o-", color=POINT, lw=2, ms=6)

    def _row(self, n: int) -> list[Any]:
        y = 0.84 - 0.055 * n
        cells = (str(n), f"{self.xs[n]:.3f}", f"{self.fs[n]:.3f}")
        return [
            self.figure.text(x, y, cell, color=color, size=24, ha="right", visible=False)
            for x, cell, color in zip((0.72, 0.83, 0.95), cells, (DIM, POINT, CURVE), strict=True)
        ]

    def show(self, position: float, caption: str) -> Any:
        """Return the frame as RGBA."""
        if not self.held or (position, caption) != self.shown:
            self.shown = position, caption
            self._update(position)
            self.caption.set_text(caption)
            self.figure.canvas.draw()
        return np.asarray(self.figure.canvas.buffer_rgba())

    def _update(self, position: float) -> None:
        last = len(self.xs) - 1
        n = min(int(position), last - 1)
        part = position - n
        x, f, slope = self.xs[n], self.fs[n], self.slopes[n]
        here = x + (self.xs[n + 1] - x) * part
        self.ball.set_data([here], [here**2])
        self.ghosts.set_data(self.xs[: n + 1], self.fs[: n + 1])
        self.tangent.set_data([x - 0.8, x + 0.8], [f - 0.8 * slope, f + 0.8 * slope])
        self.step.set_data([x, here], [0, 0])
        self.guide.set_data([here, here], [0, here**2])
        self.chord.set_data([*self.xs[: n + 1], here], [*range(n + 1), position])
        for index, row in enumerate(self.rows):
            for cell in row:
                cell.set_visible(index <= position)


def main(score_file: str, film: str, held: str = "") -> None:
    score = json.loads(Path(score_file).read_text())
    captions = [""] * len(score["positions"])
    for beat in score["beats"]:
        captions[beat["start"] : beat["end"]] = [beat["caption"]] * (beat["end"] - beat["start"])
    drawing = Drawing(score, held=bool(held))
    with av.open(film, "w") as out:
        options = {**CODEC_OPTIONS["libx264"], **COLOR_TAGS}
        stream = out.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for n, (position, caption) in enumerate(zip(score["positions"], captions, strict=False)):
            pixels = drawing.show(position, caption)
            frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
            frame.pts, frame.time_base = n, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
