"""From drawn pixels to a video's: RGBA to YUV, only where the picture has changed.

Converting a whole frame takes half as long as encoding it. In a lesson little moves, so a frame is
compared with the one before in bands of rows, and only bands that differ are converted. The result
is the same to the last bit.
"""

from __future__ import annotations

from typing import Any, Final

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim.typing import RGBAPixelArray

__all__ = ["Converter"]

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
        What the encoder takes. Frames are compared for `yuv420p` in sizes that PyAV can share with
        numpy, which nearly every film has; for any other, each frame is converted whole.
    """

    def __init__(self, width: int, height: int, pixel_format: str) -> None:
        self.shape = height, width, 4
        self.pixel_format = pixel_format
        self._whole = VideoReformatter()
        # One for each height of a band, because setting one up for another size takes time.
        self._by_height: dict[int, VideoReformatter] = {}
        self._in_bands = pixel_format == "yuv420p" and width % 2 == height % 4 == 0
        self._seen: Any = None
        self._planes = np.empty((height * 3 // 2, width), np.uint8)

    def __call__(self, pixels: RGBAPixelArray) -> av.VideoFrame:
        """Return a frame of its own: `pixels` may be drawn over afterwards.

        Raises
        ------
        ValueError
            If the frame is not of the film's size, or its rows are not contiguous.
        """
        if pixels.shape != self.shape:
            raise ValueError(f"A frame has shape {pixels.shape}, but the film {self.shape}.")
        if not self._in_bands:
            return self._convert(pixels, self._whole)
        changed = self._changed(pixels)
        if changed:
            # The frame before may still be waiting for the encoder.
            self._planes = self._planes.copy()
            for top, bottom in changed:
                self._convert_band(pixels, top, bottom)
                self._seen[top:bottom] = pixels[top:bottom]
        return av.VideoFrame.from_numpy_buffer(self._planes, format="yuv420p")

    def _convert(self, pixels: RGBAPixelArray, reformatter: VideoReformatter) -> av.VideoFrame:
        drawn = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
        frame = reformatter.reformat(drawn, format=self.pixel_format, threads=1)
        # Where nothing had to be done, this is still the buffer that is drawn in.
        return frame if frame is not drawn else av.VideoFrame.from_ndarray(pixels, format="rgba")

    def _changed(self, pixels: RGBAPixelArray) -> list[tuple[int, int]]:
        """Return first row and end of each band that must be converted."""
        height = self.shape[0]
        bands = [(top, min(top + BAND, height)) for top in range(0, height, BAND)]
        if self._seen is None:
            self._seen = np.empty_like(pixels)
            return bands
        # A pixel is one number here: that compares faster than four.
        now, before = pixels.view(np.uint32), self._seen.view(np.uint32)
        near = [slice(max(top - MARGIN, 0), end + MARGIN) for top, end in bands]
        return [
            band
            for band, rows in zip(bands, near, strict=True)
            if not np.array_equal(now[rows], before[rows])
        ]

    def _convert_band(self, pixels: RGBAPixelArray, top: int, bottom: int) -> None:
        height, width, _ = self.shape
        first, last = max(top - MARGIN, 0), min(bottom + MARGIN, height)
        reformatter = self._by_height.setdefault(last - first, VideoReformatter())
        band = self._convert(pixels[first:last], reformatter)
        luma = self._planes[:height]
        chroma = self._planes[height:].reshape(2, height // 2, width // 2)
        for source, target, scale in zip(band.planes, (luma, *chroma), (1, 2, 2), strict=True):
            rows = np.frombuffer(source, np.uint8).reshape(source.height, source.line_size)
            inner = rows[(top - first) // scale : (bottom - first) // scale, : source.width]
            target[top // scale : bottom // scale] = inner
