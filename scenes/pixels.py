"""From drawn pixels to a video's: RGBA to YUV, only where the picture has changed.

Converting a whole frame takes half as long as encoding it. In a lesson little moves, so a frame is
compared with the one before in bands of rows, and of a band that differs only the columns between
the first and the last difference are converted. The result is the same to the last bit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim.typing import RGBAPixelArray
from numpy.typing import NDArray

__all__ = ["Converter", "unmultiplied"]

BAND: Final = 40
"""Rows that are compared and converted together, measured: of 20 to 360 the quickest."""

COLUMNS: Final = 240
"""What is converted of a band begins and ends at a multiple of so many columns: setting up a
conversion for one more size takes time."""

MARGIN: Final = 2
"""Rows and columns beyond that its colours depend on: in YUV four pixels share one, smoothly."""


class Box(NamedTuple):
    """A part of a picture: its first row and column, and those after its last ones."""

    top: int
    bottom: int
    left: int
    right: int


class Converter:
    """Turn the frames of one film, one after the other, into the encoder's own kind.

    Parameters
    ----------
    width, height
        The size of every frame.
    pixel_format
        What the encoder takes. Frames are compared for `yuv420p` of even size, which nearly every
        film has; for any other, each frame is converted whole.
    """

    def __init__(self, width: int, height: int, pixel_format: str) -> None:
        self.width, self.height = width, height
        self.pixel_format = pixel_format
        self._has_alpha = any(part.is_alpha for part in av.VideoFormat(pixel_format).components)
        self._in_bands = pixel_format == "yuv420p" and width % 2 == height % 2 == 0
        # One for each size, because setting one up for another takes time.
        self._reformatters: defaultdict[tuple[int, ...], VideoReformatter] = defaultdict(
            VideoReformatter
        )
        self._seen: Any = None
        self._made = av.VideoFrame(width, height, pixel_format)

    def __call__(
        self, pixels: RGBAPixelArray, rows: NDArray[np.bool_] | None = None
    ) -> av.VideoFrame:
        """Return a new frame; `pixels` may be drawn over afterwards.

        Parameters
        ----------
        pixels
            Bytes of shape (height, width, 4).
        rows
            Which rows may differ from the frame before (height,), or None where nobody knows.

        Raises
        ------
        ValueError
            If the frame is not of the film's size, or its rows are not contiguous.
        """
        shape = self.height, self.width, 4
        if pixels.shape != shape:
            raise ValueError(f"A frame has shape {pixels.shape}, but the film {shape}.")
        if not self._in_bands:
            return self._convert(pixels)
        # The frame before may still be waiting for the encoder, so this one is its copy.
        made = av.VideoFrame(self.width, self.height, self.pixel_format)
        for plane, before in zip(_planes(made), _planes(self._made), strict=True):
            plane[:] = before
        for box in self._changed(pixels, rows):
            self._convert_box(pixels, box, made)
        self._made = made
        return made

    def _convert(self, pixels: RGBAPixelArray) -> av.VideoFrame:
        if self._has_alpha:
            pixels = unmultiplied(pixels)
        drawn = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        reformatter = self._reformatters[pixels.shape]
        frame = reformatter.reformat(drawn, format=self.pixel_format, threads=1)
        # Where nothing had to be done, this is still the buffer that is drawn in.
        return frame if frame is not drawn else av.VideoFrame.from_ndarray(pixels, format="rgba")

    def _changed(self, pixels: RGBAPixelArray, rows: NDArray[np.bool_] | None) -> Iterator[Box]:
        """Yield what must be converted of each band, and note its pixels as seen.

        A band is compared with the margin around it, for a change there reaches into it. So the
        pixels of none are noted before all have been compared.
        """
        bands = [(top, min(top + BAND, self.height)) for top in range(0, self.height, BAND)]
        if self._seen is None:
            self._seen = pixels.copy()
            yield from (Box(top, bottom, 0, self.width) for top, bottom in bands)
            return
        # A pixel is one number here: that compares faster than four.
        now, before = pixels.view(np.uint32)[..., 0], self._seen.view(np.uint32)[..., 0]
        boxes = []
        for top, bottom in bands:
            near = slice(max(top - MARGIN, 0), bottom + MARGIN)
            if rows is not None and not rows[near].any():
                continue
            differ = now[near] != before[near]
            if differ.any():
                columns = np.flatnonzero(differ.any(axis=0))
                left = max(int(columns[0]) - MARGIN, 0) // COLUMNS * COLUMNS
                right = -(-(int(columns[-1]) + 1 + MARGIN) // COLUMNS) * COLUMNS
                boxes.append(Box(top, bottom, left, min(right, self.width)))
        for box in boxes:
            inside = slice(box.top, box.bottom), slice(box.left, box.right)
            before[inside] = now[inside]
        yield from boxes

    def _convert_box(self, pixels: RGBAPixelArray, box: Box, made: av.VideoFrame) -> None:
        top, left = max(box.top - MARGIN, 0), max(box.left - MARGIN, 0)
        part = pixels[top : box.bottom + MARGIN, left : box.right + MARGIN]
        converted = self._convert(np.ascontiguousarray(part))
        for target, source, scale in zip(_planes(made), _planes(converted), (1, 2, 2), strict=True):
            first, last = box.top // scale, box.bottom // scale
            start, end = box.left // scale, box.right // scale
            down, across = top // scale, left // scale
            target[first:last, start:end] = source[
                first - down : last - down, start - across : end - across
            ]


def unmultiplied(pixels: RGBAPixelArray) -> RGBAPixelArray:
    """Return pixels with their full colours: Cairo's are times alpha, and a player's are not.

    Drawn as they are, the rims of things would have a dark fringe on a light page.

    Parameters
    ----------
    pixels
        Bytes of shape (height, width, 4): red, green and blue times alpha, and alpha.

    Examples
    --------
    >>> unmultiplied(np.array([[[128, 0, 0, 128]]], np.uint8)).tolist()
    [[[255, 0, 0, 128]]]
    """
    # Only the rims of things are half there: few pixels, however large the picture.
    rims = (pixels[..., 3] > 0) & (pixels[..., 3] < 255)
    colors, alpha = pixels[rims][:, :3].astype(np.uint32), pixels[rims][:, 3:].astype(np.uint32)
    out = pixels.copy()
    out[rims, :3] = np.minimum((colors * 255 + alpha // 2) // alpha, 255)
    return out


def _planes(frame: av.VideoFrame) -> list[NDArray[np.uint8]]:
    """Return the planes of a frame as arrays that share its memory."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:, : plane.width]
        for plane in frame.planes
    ]
