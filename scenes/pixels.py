"""From drawn pixels to a video's: RGBA to YUV, only where the picture has changed.

Converting a whole frame takes half as long as encoding it. In a lesson little moves, so a frame is
compared with the one before in bands of rows, and only bands that differ are converted. The result
is the same to the last bit.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim.typing import RGBAPixelArray
from numpy.typing import NDArray

__all__ = ["Converter", "unmultiplied"]

BAND: Final = 40
"""Rows that are compared and converted together, measured: of 20 to 360 the quickest."""

MARGIN: Final = 2
"""Rows beyond a band that its colours depend on: in YUV four pixels share one, smoothly."""


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
        # One for each height of a band, because setting one up for another size takes time.
        self._reformatters: defaultdict[int, VideoReformatter] = defaultdict(VideoReformatter)
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
        for top, bottom in self._changed(pixels, rows):
            self._convert_band(pixels, top, bottom, made)
            self._seen[top:bottom] = pixels[top:bottom]
        self._made = made
        return made

    def _convert(self, pixels: RGBAPixelArray) -> av.VideoFrame:
        if self._has_alpha:
            pixels = unmultiplied(pixels)
        drawn = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        reformatter = self._reformatters[len(pixels)]
        frame = reformatter.reformat(drawn, format=self.pixel_format, threads=1)
        # Where nothing had to be done, this is still the buffer that is drawn in.
        return frame if frame is not drawn else av.VideoFrame.from_ndarray(pixels, format="rgba")

    def _changed(
        self, pixels: RGBAPixelArray, rows: NDArray[np.bool_] | None
    ) -> list[tuple[int, int]]:
        """Return first row and end of each band that must be converted."""
        height = self.height
        bands = [(top, min(top + BAND, height)) for top in range(0, height, BAND)]
        if self._seen is None:
            self._seen = np.empty_like(pixels)
            return bands
        # A pixel is one number here: that compares faster than four.
        now, before = pixels.view(np.uint32), self._seen.view(np.uint32)
        near = [slice(max(top - MARGIN, 0), end + MARGIN) for top, end in bands]
        return [
            band
            for band, here in zip(bands, near, strict=True)
            if (rows is None or rows[here].any()) and not np.array_equal(now[here], before[here])
        ]

    def _convert_band(
        self, pixels: RGBAPixelArray, top: int, bottom: int, made: av.VideoFrame
    ) -> None:
        first = max(top - MARGIN, 0)
        band = self._convert(pixels[first : bottom + MARGIN])
        for target, source, scale in zip(_planes(made), _planes(band), (1, 2, 2), strict=True):
            inner = slice((top - first) // scale, (bottom - first) // scale)
            target[top // scale : bottom // scale] = source[inner]


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
