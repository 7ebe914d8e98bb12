"""Every lesson, run dry: with its own parameters in four shapes, and with awkward ones."""

from __future__ import annotations

import pytest

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.catalogue import catalogue
from scenes.export.stills import rehearse
from scenes.parameters import UsageError
from tests.scenes import checks
from tests.scenes.stills import EVERY_ASPECT, at_end

SCENES = {name: entry.scene for name, entry in catalogue().items()}
ONE_VARIABLE = [
    name for name, scene in SCENES.items() if len(scene.resolve()["objective"].variables) == 1
]
TWO_VARIABLES = [name for name in SCENES if name not in ONE_VARIABLE]

D = "x**4/4 - 2*x**2 + x/2"
AWKWARD = {
    "diverges": {"learning_rate": 1.05},
    "explodes": {"learning_rate": 5.0},
    "crawls": {"learning_rate": 1e-6},
    "lands": {"learning_rate": 0.5},
    "at-the-minimum": {"start": 0.0},
    "from-the-left": {"start": -3.0},
    "at-a-maximum": {"objective": "cos(x)", "start": 0.0},
    "two-wells": {"objective": D, "start": 3.0, "learning_rate": 0.05},
    "pole": {"objective": "x + 1/x", "start": 3.0},
    "over-the-pole": {"objective": "1/x + x/100", "start": 0.3, "learning_rate": 0.5},
    "undefined": {"objective": "log(x)", "start": 1.0, "learning_rate": 2.0},
    "no-minimum": {"objective": "x**3/10", "start": 2.0},
    "flat": {"objective": "x*0 + 3", "start": 2.0},
    "kink": {"objective": "abs(x)", "start": 2.0},
    "long": {"objective": "sin(x)**2 + cos(3*x)*exp(-x**2/20)/2 + x**2/30 + sqrt(x**2 + 1)/7"},
    "huge": {"objective": "1e6*x**2", "start": 1e5, "learning_rate": 1e-7},
    "tiny": {"objective": "x**2/1e6", "start": 1e-4},
    "one-step": {"max_steps": 1},
    "many-steps": {"max_steps": 10_000},
    "adam": {"optimizer": "adam", "learning_rate": 0.3},
    "hostile-title": {"title": '#read("/etc/passwd") $x$ <script> \\ " * _ ` @'},
}
AWKWARD_PAIR = {
    "diverges": {"learning_rate": 0.5},
    "at-the-minimum": {"start": (0.0, 0.0)},
    "rosenbrock": {"objective": "(1 - x)**2 + 100*(y - x**2)**2", "start": (-1.2, 1.0)},
    "one-step": {"max_steps": 1},
    "many-steps": {"max_steps": 10_000},
}


def watch(scene: type[DescentScene], parameters: dict[str, object]) -> list[str]:
    """Run a scene and return all faults of all its beats."""
    faults: list[str] = []

    def look(played: DescentScene, beat: Beat) -> None:
        for check in (
            checks.off_frame,
            checks.type_on_type,
            checks.strokes_on_type,
            checks.too_small,
        ):
            faults.extend(f"beat {beat.index + 1}: {fault}" for fault in check(played))

    played = rehearse(scene, parameters, height=360, at_beat_end=look)
    for beat in played.beats:
        faults.extend(checks.caption_faults(beat, 60.0))
    return faults


@pytest.mark.parametrize("aspect", EVERY_ASPECT)
@pytest.mark.parametrize("name", SCENES)
def test_every_beat_is_clean(name: str, aspect: str) -> None:
    faults = watch(SCENES[name], {"aspect": aspect})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("captions", ["track", "none"])
@pytest.mark.parametrize("name", SCENES)
def test_without_the_footer(name: str, captions: str) -> None:
    faults = watch(SCENES[name], {"captions": captions, "theme": "light"})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", SCENES)
def test_length_and_names(name: str) -> None:
    played = at_end(SCENES[name])
    seconds = played.frames / 60
    assert 20 <= seconds <= 46
    assert abs(seconds - SCENES[name].seconds) <= 1.5, f"seconds = {seconds:.1f}"
    stills = [beat.still for beat in played.beats if beat.still]
    assert len(stills) >= 3
    assert len(stills) == len(set(stills))
    assert all(set(still) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for still in stills)
    # A file of numbers for each goes with the video: not for what is only tried out.
    assert len(played.traces) <= 8


@pytest.mark.parametrize("name", SCENES)
def test_a_function_of_another_number_of_variables_is_refused(name: str) -> None:
    scene = SCENES[name]
    given = (
        {"objective": "x**2 + y**2", "start": (1.0, 2.0)}
        if scene.dimensions == 1
        else {"objective": "x**2", "start": 1.0}
    )
    with pytest.raises(UsageError, match="allowed: a function of"):
        scene.resolve(given)


@pytest.mark.parametrize("case", AWKWARD)
@pytest.mark.parametrize("name", ONE_VARIABLE)
def test_awkward_parameters(name: str, case: str) -> None:
    scene = SCENES[name]
    known = {**scene.all_kinds(), "learning_rate": None}
    given = {key: value for key, value in AWKWARD[case].items() if key in known}
    try:
        scene.resolve(given)
    except UsageError:
        pytest.skip("the lesson refuses these parameters, in one line")
    faults = watch(scene, given)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("case", AWKWARD_PAIR)
@pytest.mark.parametrize("name", TWO_VARIABLES)
def test_awkward_parameters_of_two_variables(name: str, case: str) -> None:
    faults = watch(SCENES[name], AWKWARD_PAIR[case])
    assert not faults, "\n".join(faults)
