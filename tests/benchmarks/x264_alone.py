"""The least a film can cost: x264 alone, fed with finished frames that lie in memory.

The frames are those that our scene drew, as RGBA arrays, each of them in memory before the clock
runs. What is timed is what no renderer can do without: wrapping an array, converting it to YUV and
encoding it, without a copy, with the same settings. Decoding the frames is not timed.

Run: python tests/benchmarks/x264_alone.py LOSSLESS_FILM
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av

from scenes.settings import CODEC_OPTIONS, COLOR_TAGS

CHUNK = 60
"""Frames in memory at a time; each takes 8 MB."""


def chunks(path: str) -> Iterator[list[Any]]:
    with av.open(path) as film:
        arrays = (frame.to_ndarray(format="rgba") for frame in film.decode(video=0))
        while chunk := list(itertools.islice(arrays, CHUNK)):
            yield chunk


def main(source: str) -> dict[str, float]:
    with av.open(source) as film:
        template = film.streams.video[0]
        rate, width, height = template.average_rate, template.width, template.height
    wall = cpu = 0.0
    frames = 0
    with tempfile.TemporaryDirectory() as folder:
        out = av.open(str(Path(folder) / "film.mp4"), "w")
        options = {**CODEC_OPTIONS["libx264"], **COLOR_TAGS}
        stream = out.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for chunk in itertools.chain(chunks(source), [[]]):
            begin = time.perf_counter(), time.process_time()
            for pixels in chunk:
                frame = av.VideoFrame.from_numpy_buffer(pixels, format="rgba")
                frame.pts, frame.time_base = frames, 1 / rate
                out.mux(stream.encode(frame))
                frames += 1
            if not chunk:
                out.mux(stream.encode())
                out.close()
            wall += time.perf_counter() - begin[0]
            cpu += time.process_time() - begin[1]
    return {"wall": wall, "cpu": cpu, "frames": frames}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
