"""Render one of our scenes, as a process of its own: what `bench_render` measures.

Run: python tests/benchmarks/film.py scenes/overshoot.py:Overshoot MEDIA_DIR [options]
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOSSLESS = {
    "video_codec": "libx264rgb",
    "pixel_format": "rgb24",
    "video_encoder_options": {"qp": "0", "preset": "ultrafast"},
}
"""Every pixel as it was drawn, and still small enough to keep."""


def load(place: str) -> type[Any]:
    """Return the class named by ``path/to/file.py:Class``."""
    path, _, name = place.rpartition(":")
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return getattr(module, name)  # type: ignore[no-any-return]


def score(scene: Any, positions: list[float]) -> dict[str, Any]:
    """Return what another program needs to draw the same film."""
    trace = scene.trace
    return {
        "positions": positions,
        "points": [point[0] for point in trace.points],
        "values": list(trace.values),
        "slopes": [gradient[0] for gradient in trace.gradients],
        "beats": [
            {"caption": beat.caption.text, "start": beat.start, "end": beat.end}
            for beat in scene.beats
        ],
    }


def listen(scene: Any) -> list[float]:
    """Note where the playhead stands at each frame that is written."""
    positions: list[float] = []
    write: Callable[..., None] = scene.renderer.file_writer.write_frame

    def noted(pixels: Any, *, repeat: int = 1) -> None:
        positions.extend([scene.playhead.position] * repeat)
        write(pixels, repeat=repeat)

    scene.renderer.file_writer.write_frame = noted
    return positions


def edit(scene: Any, index: int) -> None:
    """Let the caption of one beat end in another stop, as if its lesson had been edited."""
    beats = itertools.count()
    lines: Callable[[str], Any] = scene.caption_lines
    scene.caption_lines = lambda text: lines(f"{text[:-1]}!" if next(beats) == index else text)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("scene")
    parser.add_argument("media_dir")
    parser.add_argument("--quality", default="high_quality")
    parser.add_argument("--parameters", type=json.loads, default={})
    parser.add_argument("--score", type=Path, help="write the film's score, and the film lossless")
    parser.add_argument(
        "--plain", action="store_true", help="leave manim's settings of the encoder alone"
    )
    parser.add_argument("--edit", type=int, help="change the caption of this beat")
    given = parser.parse_args()
    sys.argv = sys.argv[:1]

    from manim import tempconfig

    import scenes.settings

    if given.plain:
        for ours in (scenes.settings.CODEC_OPTIONS, scenes.settings.STANDING_OPTIONS):
            ours.clear()

    settings = {
        "quality": given.quality,
        "media_dir": given.media_dir,
        "progress_bar": "none",
        "verbosity": "ERROR",
        **(LOSSLESS if given.score else {}),
    }
    with tempconfig(settings):
        scene = load(given.scene)(given.parameters)
        positions = listen(scene) if given.score else []
        if given.edit is not None:
            edit(scene, given.edit)
        scene.render()
        writer = scene.renderer.file_writer
        if given.score:
            given.score.write_text(json.dumps(score(scene, positions)))
    segments = [path for path in writer.partial_movie_files if path is not None]
    print(json.dumps({"film": str(writer.final_file_path), "segments": segments}))


if __name__ == "__main__":
    main()
