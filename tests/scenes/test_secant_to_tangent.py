"""The lens of SecantToTangent, and what is written at its secants."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.stills import rehearse
from scenes.parts.lettering import Lettering
from scenes.secant_to_tangent import SecantToTangent
from tests.scenes.checks import visible_lettering

ASPECTS = ["16:9", "4:3", "1:1", "9:16"]


def written(aspect: str) -> dict[str, list[Lettering]]:
    """Return the type of each still, as copies that later beats do not move."""
    out: dict[str, list[Lettering]] = {}

    def look(scene: DescentScene, beat: Beat) -> None:
        if beat.still:
            out[beat.still] = [letters.copy() for letters in visible_lettering(scene)]

    rehearse(SecantToTangent, {"aspect": aspect}, at_beat_end=look)
    return out


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_lens_has_its_width_its_rise_and_its_factor_in_one_size(aspect: str) -> None:
    stills = written(aspect)
    sizes = set()
    for still, told in (
        ("lens", ("$h = 0.1$", "$0.61$")),
        ("straight", ("$h = 0.01$", "$0.0601$")),
    ):
        lens = [one for one in stills[still] if one.source in told and one.size_percent < 4]
        factor = [one for one in stills[still] if one.source.startswith("$times ")]
        assert len(lens) == 2
        assert len(factor) == 1
        sizes |= {one.size_percent for one in (*lens, *factor)}
    assert len(sizes) == 1


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_width_stands_at_its_triangle_while_the_second_point_slides_in(aspect: str) -> None:
    closer = written(aspect)["closer"]
    assert sum(one.source == "$h = 0.5$" for one in closer) == 2


@pytest.mark.parametrize("aspect", ASPECTS)
def test_ties_end_at_a_mark_that_is_seen_and_do_not_run_into_the_lines(aspect: str) -> None:
    scene = rehearse(SecantToTangent, {"aspect": aspect})
    assert isinstance(scene, SecantToTangent)
    for width in scene.lens.told:
        marked = scene.lens._marked(width)
        assert marked is not None
        assert min(marked.width, marked.height) >= 0.2
        for start, end in scene.lens._ties(marked, scene.lens.pairs):
            # The mark stands on the lines: only there a tie may come near them.
            near = end + (start - end) * min(1.0, 0.2 / np.hypot(*(end - start)))
            assert scene.lens._meets(width, np.array([start, near])) == 0
