"""A picture that stands, in H.264: encoded once, and from then on only said to stay.

Encoding a frame in which nothing moves takes x264 half as long as one in which something does, and
half of a lesson stands. Yet "all is as before" reads the same whatever the picture is: what changes
from frame to frame are two counters, which come round after `ROUND` frames. So these packets are
taken from a film of plain grey, made once with the same settings.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import av
from av.codec.context import Flags
from av.video.frame import PictureType
from manim._config.video_encoder import VideoEncoderSpec

__all__ = ["SETTLED", "settled", "staying", "stays"]

SETTLED = 8
"""Frames until a picture is as good as it gets: x264 mends a little of the first in the next ones.
Measured: after 4 some noise is left around small letters; after 8 the mean square error of two
lessons' frames is within 0.3 % of that after 40."""

ROUND = 32
"""Frames after which the counters in a packet are the same again: 16 for the frames that others are
predicted from, and 32 for the time, each counted in so many bits."""


def settled(frame: av.VideoFrame, number: int) -> av.VideoFrame:
    """Return a frame of a standing picture, of the kind that `staying` goes on from.

    Parameters
    ----------
    frame
        The frame, which is changed.
    number
        Its number in the segment, from 0.
    """
    frame.pict_type = PictureType.P if number else PictureType.NONE
    return frame


def stays(spec: VideoEncoderSpec, header: bytes | None) -> Sequence[bytes] | None:
    """Return what says that all is as before, for `ROUND` frames, from number `SETTLED` on.

    Parameters
    ----------
    spec
        The settings of the encoder.
    header
        What the encoder has said once for all packets.

    Returns
    -------
    What the packets hold, or None where they do not come round, or belong to another header: an
    x264 of another make may count otherwise.
    """
    expected, packets = _of_grey(spec)
    comes_round = packets[ROUND] == packets[0]
    return packets[:ROUND] if comes_round and header == expected else None


def staying(
    packets: Sequence[bytes], last: av.Packet[Any], rate: Fraction, count: int
) -> Iterator[av.Packet[Any]]:
    """Yield packets after which the picture is the same as before.

    Parameters
    ----------
    packets
        What `stays` has returned.
    last
        The last packet that was encoded; its picture is the last of some that were `settled`.
    rate
        Frames a second.
    count
        How many.
    """
    shown, stored = (round((time or 0) * last.time_base * rate) for time in (last.pts, last.dts))
    for further in range(1, count + 1):
        packet = av.Packet(packets[(shown + further - SETTLED) % ROUND])
        packet.time_base, packet.duration = 1 / rate, 1
        packet.pts, packet.dts = shown + further, stored + further
        yield packet


@functools.cache
def _of_grey(spec: VideoEncoderSpec) -> tuple[bytes | None, list[bytes]]:
    """Return a header and, from number `SETTLED` on, packets: `ROUND` of them and one more."""
    codec = av.VideoCodecContext.create(spec.codec, "w")
    codec.width, codec.height, codec.pix_fmt = spec.width, spec.height, spec.pixel_format
    codec.time_base, codec.framerate = 1 / spec.frame_rate, spec.frame_rate
    codec.options = dict(spec.options)
    # As in a container that has the header in one place.
    codec.flags |= Flags.global_header
    frame = av.VideoFrame(spec.width, spec.height, spec.pixel_format)
    for plane in frame.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    packets: list[av.Packet[Any]] = []
    for number in range(SETTLED + ROUND + 1):
        frame.pts, frame.time_base = number, codec.time_base
        packets += codec.encode(settled(frame, number))
    packets += codec.encode(None)
    return codec.extradata, [bytes(packet) for packet in packets[SETTLED:]]
