"""The conversion to YUV: only what has changed, and the same to the last bit."""

from __future__ import annotations

from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.pixels import BAND, COLUMNS, Box, Converter, unmultiplied

RNG = np.random.default_rng(1847)
WIDTH, HEIGHT = 2 * COLUMNS + 24, 3 * BAND + 8


def noise(width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    return RNG.integers(0, 256, (height, width, 4), dtype=np.uint8)


def whole(pixels: NDArray[np.uint8], pixel_format: str = "yuv420p") -> NDArray[Any]:
    """Convert in the way of manim's writer, with full colours where there is alpha."""
    if pixel_format in ("rgba", "argb", "yuva420p"):
        pixels = unmultiplied(pixels)
    return (
        av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format=pixel_format).to_ndarray()
    )


@pytest.mark.parametrize("top", [0, 1, BAND - 3, BAND - 2, BAND - 1, BAND, BAND + 1, HEIGHT - 1])
@pytest.mark.parametrize("rows", [1, 2, BAND, HEIGHT])
def test_the_same_to_the_last_bit(top: int, rows: int) -> None:
    """Noise is the worst case: every pixel tells on its neighbours."""
    convert, pixels = Converter(WIDTH, HEIGHT, "yuv420p"), noise()
    assert np.array_equal(convert(pixels).to_ndarray(), whole(pixels))
    pixels[top : top + rows] = noise()[top : top + rows]
    assert np.array_equal(convert(pixels).to_ndarray(), whole(pixels))


@pytest.mark.parametrize(
    "size", [(1920, 1080), (854, 480), (480, 854), (1440, 1080), (1080, 1920), (64, 4), (31, 17)]
)
@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv444p", "yuva420p", "argb", "rgba"])
def test_any_size_and_any_format(size: tuple[int, int], pixel_format: str) -> None:
    convert, pixels = Converter(*size, pixel_format), noise(*size)
    if size[1] % 2 and pixel_format == "yuv420p":
        convert(pixels)  # to_ndarray cannot show it
        return
    for _ in range(2):
        made = convert(pixels)
        assert made.format.name == pixel_format
        if pixel_format != "yuva420p":
            assert np.array_equal(made.to_ndarray(), whole(pixels, pixel_format))
        pixels[-3:, :7] = 0


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv444p", "rgba"])
def test_a_frame_keeps_its_picture_when_the_next_is_drawn(pixel_format: str) -> None:
    """One buffer is drawn in again and again, while frames wait for the encoder."""
    convert, pixels = Converter(WIDTH, HEIGHT, pixel_format), noise()
    frames, expected = [], []
    for top in range(0, HEIGHT - 10, 10):
        pixels[top : top + 10] = 0
        frames.append(convert(pixels))
        expected.append(whole(pixels, pixel_format))
    shown = [frame.to_ndarray() for frame in frames]
    assert all(map(np.array_equal, shown, expected))


def test_half_a_colour_over_a_page_is_the_mixture() -> None:
    """Cairo draws half a red as (128, 0, 0, 128); a player puts it over white as light red."""
    plain = unmultiplied(np.array([[[128, 0, 0, 128], [9, 9, 9, 255], [0, 0, 0, 0]]], np.uint8))
    assert plain.tolist() == [[[255, 0, 0, 128], [9, 9, 9, 255], [0, 0, 0, 0]]]
    drawn, alpha = RNG.integers(0, 256, (2, 40, 40)), RNG.integers(1, 256, (40, 40))
    pixels = np.dstack([drawn[0] * alpha // 255, drawn[1] * alpha // 255, 0 * alpha, alpha])
    over = unmultiplied(pixels.astype(np.uint8)).astype(float)
    share = over[..., 3:] / 255
    mixture = over[..., :3] * share + 255 * (1 - share)
    assert np.abs(mixture - (pixels[..., :3] + 255 - alpha[..., None])).max() <= 1


def test_only_what_has_changed_is_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    convert, pixels = Converter(WIDTH, HEIGHT, "yuv420p"), noise()
    convert(pixels)
    converted: list[Box] = []
    plain = Converter._convert_box

    def count(self: Converter, pixels: Any, box: Box, made: Any) -> None:
        converted.append(box)
        plain(self, pixels, box, made)

    monkeypatch.setattr(Converter, "_convert_box", count)
    convert(pixels)
    assert converted == []
    pixels[BAND + 10, COLUMNS + 10 : COLUMNS + 20] = 0
    convert(pixels)
    assert converted == [Box(BAND, 2 * BAND, COLUMNS, 2 * COLUMNS)]


@pytest.mark.parametrize("left", [0, 1, COLUMNS - 3, COLUMNS - 2, COLUMNS - 1, COLUMNS, -1])
@pytest.mark.parametrize("columns", [1, 2, 7, COLUMNS])
def test_columns_are_the_same_to_the_last_bit(left: int, columns: int) -> None:
    convert, pixels = Converter(WIDTH, HEIGHT, "yuv420p"), noise()
    convert(pixels)
    for top in (0, BAND - 1, HEIGHT - 2):
        inside = slice(top, top + 3), slice(left % WIDTH, left % WIDTH + columns)
        pixels[inside] = noise()[inside]
        assert np.array_equal(convert(pixels).to_ndarray(), whole(pixels))


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match=r"A frame has shape \(90, 160, 4\), but the film"):
        Converter(WIDTH, HEIGHT, "yuv420p")(noise(160, 90))
