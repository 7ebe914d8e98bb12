"""What our ``manim.cfg`` would say, said by the scenes themselves, so that it holds in any folder.

A user's own choice wins, be it a flag or their own ``manim.cfg``: nothing is touched that no longer
has manim's default value.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from manim import config
from manim._config.render_session import resolve_render_session
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.layout import ASPECTS
from scenes.theme import SHORT_SIDE

__all__ = ["apply_settings"]

CODEC_OPTIONS: Final = {
    # One thread: x264's picture depends on their number, and more of them save no work. And no
    # look ahead: in drawings it takes a quarter of the time and finds nothing. Measured, films of
    # the same size are as near to what was drawn without it; at this crf they are nearer, and a
    # moving picture weighs half as much again.
    "libx264": {
        "preset": "veryfast",
        "crf": "18",
        "threads": "1",
        "x264-params": "rc-lookahead=0:mbtree=0:b-adapt=0:scenecut=0:weightp=0",
    },
    # Ten times as fast as its defaults, for drawings that look the same and weigh a third more.
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "5"},
}
"""How well and how fast to encode; any other codec keeps manim's options."""

STANDING_OPTIONS: Final = {
    **CODEC_OPTIONS["libx264"],
    "x264-params": CODEC_OPTIONS["libx264"]["x264-params"] + ":me=dia:subme=0",
}
"""For a picture that stands: x264 spends as long on it as on one that moves, and need not look for
what has moved. None of these is in the headers, which a film has once; another crf would be."""

COLOR_TAGS: Final = {
    "colorspace": "smpte170m",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}
"""What the pixels are: manim converts them by BT.601 and does not say so, and players guess 709."""

VIDEO_DIR: Final = "{media_dir}/videos/{module_name}/{quality}"
IMAGES_DIR: Final = "{media_dir}/images/{module_name}"
"""manim's folders, which say nothing of the aspect."""

LIMITS: Final = {
    # What is cached stays.
    "max_files_cached": (100, -1),
    # While one segment is encoded the next is drawn and begun: measured, a fifth less time. Each
    # more would take 200 MB at 1080p.
    "max_inflight_encoders": (1, 2),
    # Our frames wait converted, in 3 MB instead of 8.
    "encoder_queue_size": (8, 16),
}
"""manim's default and our own; whoever has another value has chosen it."""

_changed: dict[str, tuple[Any, Any]] = {}
"""What the last scene changed: the values before and after."""

# The command line asks PyPI for news of manim, but only when a scene's settings have been undone
# again, so this one cannot wait for a scene.
if "--notify_outdated_version" not in sys.argv:
    config.notify_outdated_version = False


def apply_settings(aspect: str | None = None, frame: tuple[float, float] | None = None) -> None:
    """Set manim's configuration for the scene that is about to be made.

    To be called before ``Scene.__init__``, which reads it. What an earlier scene of the same
    process changed is undone first.

    Parameters
    ----------
    aspect
        A key of `ASPECTS`: the frame gets this shape, and its shorter side keeps its pixels.
        None leaves the resolution as it is, and so does a resolution that is not 16:9: that can
        only be the user's own.
    frame
        Width and height in units, for a picture that has a shape of its own; not with an aspect.

    Raises
    ------
    ValueError
        If there is no such aspect.
    """
    _undo()
    if aspect is not None and aspect not in ASPECTS:
        raise ValueError(f"aspect is {aspect!r}, but must be one of {', '.join(ASPECTS)}")
    if aspect is not None and _shape() == "16:9":
        width, height = _pixels(ASPECTS[aspect])
        _set(pixel_width=width, pixel_height=height)
    ratio = config.aspect_ratio
    if frame is None:
        frame = SHORT_SIDE * max(1.0, ratio), SHORT_SIDE * max(1.0, 1 / ratio)
    else:
        unit = min(config.pixel_width, config.pixel_height) / SHORT_SIDE
        _set(
            pixel_width=2 * round(frame[0] * unit / 2), pixel_height=2 * round(frame[1] * unit / 2)
        )
    _set(frame_width=frame[0], frame_height=frame[1])
    _set_folders(_shape())
    for key, (default, ours) in LIMITS.items():
        if config[key] == default:
            _set(**{key: ours})
    _set(video_encoder_options={**_encoder_options(), **config.video_encoder_options})


def _shape() -> str:
    """Return the aspect of the resolution, or the resolution itself if it is none of ours."""
    for name, ratio in ASPECTS.items():
        # 854 by 480 is 16:9 to manim.
        if abs(config.aspect_ratio / ratio - 1) < 0.005:
            return name
    return f"{config.pixel_width}x{config.pixel_height}"


def _pixels(ratio: float) -> tuple[int, int]:
    """Return width and height, even ones, because in video four pixels share a colour."""
    short = min(config.pixel_width, config.pixel_height)
    return 2 * round(short * max(1.0, ratio) / 2), 2 * round(short * max(1.0, 1 / ratio) / 2)


def _set_folders(shape: str) -> None:
    """Keep the aspects apart: manim's folders are named after the height alone."""
    if shape == "16:9":
        return
    folder = shape.replace(":", "x")
    if config.video_dir == VIDEO_DIR:
        _set(video_dir=f"{VIDEO_DIR}_{folder}")
    if config.images_dir == IMAGES_DIR:
        _set(images_dir=f"{IMAGES_DIR}/{folder}")


def _encoder_options() -> dict[str, str]:
    """Our options for the encoder that manim will choose, none if it writes no video."""
    session = resolve_render_session(config, CairoRenderer.capabilities, renderer_name="Cairo")
    encoder = session.video_encoder
    if encoder is None:
        return {}
    tags = COLOR_TAGS if encoder.pixel_format.startswith("yuv") else {}
    return {**CODEC_OPTIONS.get(encoder.codec, {}), **tags}


def _set(**values: Any) -> None:
    for key, value in values.items():
        before = config[key]
        config[key] = value
        _changed[key] = before, value


def _undo() -> None:
    """Put back what the last scene changed, unless someone has changed it again since."""
    for key, (before, after) in _changed.items():
        if config[key] == after:
            config[key] = before
    _changed.clear()
