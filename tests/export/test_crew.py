"""Many processes draw one film: the same film, and nothing is lost when they end suddenly."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import av
import numpy as np
import psutil
import pytest
from films import shown
from manim import tempconfig

from scenes.beats import Play
from scenes.export import crew as crews
from scenes.export import share
from scenes.export.crew import Crew, _shielded
from scenes.export.job import RenderJob
from scenes.export.render import Rendering, render
from scenes.export.scheduler import Done, WorkerLostError, worked
from scenes.export.share import Share, divided, draw
from scenes.one_step import OneStep
from scenes.parts import glyphs

JOB = RenderJob(OneStep, (("learning_rate", "0.3"),), "l")
COMMAND = [sys.executable, "-m", "scenes.cli", "render", "OneStep", "-q", "l"]
COMMAND += ["--set", "learning_rate=0.3", "--workers", "2"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as opened:
        return [frame.to_ndarray() for frame in opened.decode(video=0)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film as one process draws it."""
    return render(JOB, tmp_path_factory.mktemp("alone"))


def unfinished(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part*"))


# -- the same film ---------------------------------------------------------------------------------


def test_two_workers_make_the_same_film(tmp_path, alone):
    told = []
    with Crew(2) as crew:
        film = render(JOB, tmp_path, scheduler=crew, progress=lambda *done: told.append(done))
    assert shown(film) == shown(alone)
    assert told[-1] == (Done(len(pictures(alone)), 0), len(pictures(alone)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not unfinished(tmp_path)


def test_it_has_the_frames_of_the_plain_manim_command(tmp_path, alone):
    with tempconfig({**JOB.settings(tmp_path / "plain"), "output_file": "plain"}):
        scene = OneStep(JOB.given)
        scene.render()
        film = Path(scene.renderer.file_writer.movie_file_path)
    shown, expected = pictures(film), pictures(alone)
    assert len(shown) == len(expected)
    assert all(map(np.array_equal, shown, expected))


def test_type_is_set_once_and_only_what_a_lesson_needs_is_sent(tmp_path, monkeypatch):
    glyphs.typeset("of another lesson")
    rendering = Rendering(JOB, tmp_path)
    rendering.start()
    (share,) = rendering._shares
    assert "of another lesson" not in share.type
    monkeypatch.setattr(glyphs, "_known", {})
    monkeypatch.setattr(glyphs, "_compiled", lambda source: pytest.fail(f"set anew: {source}"))
    draw(share)
    rendering.close()


def test_a_range_makes_the_segments_of_the_whole(tmp_path, alone):
    """In another order, from another start: a segment depends on nothing that was drawn before."""
    names = {path.name for path in alone.parent.rglob("*.mp4") if path.name != alone.name}
    count = len(names)
    made = draw(Share(JOB, tmp_path, range(count // 2, count // 2 + 2)))
    assert len(made) == 2
    assert {Path(path).name for path in made} < names


def cost(plays, one):
    """What a range of animations costs, with those that are run through before it."""
    drawn = (
        play.frames * (1 + share.MOBJECT * play.moving) + share.BEGIN
        if play.moving
        else min(play.frames, share.STANDING)
        for play in plays[one.start : one.stop]
    )
    return share.SKIP * one.start + sum(drawn)


def least(plays, count):
    """The least that the dearest of so many ranges can cost: all ways to divide are looked at."""
    ends = range(len(plays) + 1)
    best = [cost(plays, range(end)) for end in ends]
    for _ in range(count - 1):
        best = [
            min([best[end]] + [max(best[at], cost(plays, range(at, end))) for at in range(1, end)])
            for end in ends
        ]
    return best[-1]


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_ranges_are_as_even_as_can_be_and_miss_nothing(count):
    picked = random.Random(7)
    plays = [Play(picked.randint(1, 200), picked.choice([0, 20, 600])) for _ in range(50)]
    ranges = divided(plays, count)
    assert len(ranges) == count
    assert [number for one in ranges for number in one] == list(range(50))
    assert max(cost(plays, one) for one in ranges) <= least(plays, count) + 1


def test_more_workers_than_animations():
    assert divided([Play(10, 5), Play(10, 5)], 8) == [range(0, 1), range(1, 2)]


def who(number: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def test_memory_bounds_the_workers(monkeypatch):
    class Memory:
        available = 1.5e9

    monkeypatch.setattr(crews.psutil, "virtual_memory", lambda: Memory)
    with Crew(8) as crew:
        assert crew.size(3840 * 2160) == 1
        assert crew.size(1920 * 1080) == 2
        # Two videos may be under way, with a share for each worker.
        assert len(set(crew.run(who, range(8)))) <= 2
        # What they have is theirs to use again.
        Memory.available = 1.5e9 - crew._held()
        assert crew._held() > 0
        assert crew.size(1920 * 1080) == 2
    assert Crew(1).size(854 * 480) == 1


# -- sudden ends -----------------------------------------------------------------------------------


def dies_once(note: Path) -> str:
    if not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    worked(3)
    return note.name


def dies(note: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fails(note: Path) -> None:
    raise FileNotFoundError(2, "no such thing", str(note))


@posix
def test_work_of_a_worker_that_was_killed_is_done_again(tmp_path):
    told: list[Done] = []
    notes = [tmp_path / "a", tmp_path / "b"]
    notes[1].touch()
    with Crew(2) as crew:
        assert crew.run(dies_once, notes, told.append) == ["a", "b"]
    assert told[-1] == Done(6)


@posix
def test_a_worker_that_is_always_killed_is_told(tmp_path):
    with Crew(2) as crew, pytest.raises(WorkerLostError, match="--workers 1"):
        crew.run(dies, [tmp_path])


def kills_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@posix
def test_the_task_that_kills_its_worker_does_no_harm_to_others():
    with Crew(2) as crew:
        made = dict(crew.each(kills_at_three, range(8), lambda number: -number))
    assert made == {number: -3 if number == 3 else number for number in range(8)}


@posix
def test_a_task_that_kills_its_worker_is_told():
    with Crew(2) as crew, pytest.raises(WorkerLostError, match="--workers 1"):
        list(crew.each(kills_at_three, range(8)))


def test_a_mistake_of_a_worker_is_ours(tmp_path):
    with Crew(2) as crew, pytest.raises(FileNotFoundError, match="no such thing"):
        crew.run(fails, [tmp_path])


def started(command: list[str]) -> subprocess.Popen[str]:
    """Start a command as a terminal does, in a group of its own."""
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Who runs the tests in the background may have it ignored, which is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )


def begun(folder: Path, command: list[str]) -> subprocess.Popen[str]:
    """Start a render and return it when its first segments are there."""
    process = started([*command, "-o", str(folder)])
    deadline = time.monotonic() + 60
    while not any(folder.rglob("*.mp4")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return process


@pytest.mark.skipif(sys.platform != "linux", reason="workers load by themselves elsewhere")
def test_forks_are_no_more_than_memory_allows():
    program = """
import os
from scenes.export import crew as crews
class Memory: available = 0.6e9
crews.psutil.virtual_memory = lambda: Memory
with crews.Crew(4) as crew:
    crew.warm()
    forked = len(crew._pool._processes)
    count = crew.size(1920 * 1080)
    again = set(crew.run(os.path.basename, ["/a/b"] * 3))
    print(forked, count, len(crew._pool._processes), *again)
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert made.stdout.split() == ["4", "1", "1", "b"], made.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="workers load by themselves elsewhere")
def test_a_command_loads_manim_once_for_itself_and_its_workers(tmp_path, alone):
    process = begun(tmp_path, COMMAND)
    children = psutil.Process(process.pid).children(recursive=True)
    commands = [" ".join(child.cmdline()) for child in children]
    process.communicate(timeout=60)
    assert sum("scenes.cli" in command for command in commands) == 2
    assert not any("forkserver" in command for command in commands)


@posix
def test_ctrl_c_stops_all_of_it_and_says_what_is_kept(tmp_path, alone):
    process = begun(tmp_path, COMMAND)
    os.killpg(process.pid, signal.SIGINT)
    stopped = time.monotonic()
    _, error = process.communicate(timeout=20)
    # Two seconds on an idle machine; here other tests run, too.
    assert time.monotonic() - stopped < 10
    assert process.returncode == 130
    assert error.strip().splitlines()[-1].endswith("kept for the next time")
    assert "Traceback" not in error
    assert not unfinished(tmp_path)
    assert subprocess.run([*COMMAND, "-o", str(tmp_path)], capture_output=True).returncode == 0
    assert shown(tmp_path / alone.name) == shown(alone)


@posix
def test_ctrl_c_waits_until_workers_are_started():
    """Also where another thread takes it, as those of a library do."""
    over, reached = threading.Event(), []

    def start() -> None:
        with _shielded():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
            reached.append(True)

    other = threading.Thread(target=over.wait)
    other.start()
    # Those who run tests side by side ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            start()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
        over.set()
        other.join()
    assert reached


@pytest.mark.skipif(sys.platform != "linux", reason="workers load by themselves elsewhere")
@pytest.mark.parametrize("later", [0.0, 0.3, 0.9, 1.5])
def test_ctrl_c_while_workers_are_loading_is_one_line(tmp_path, later):
    process = started([*COMMAND, "-o", str(tmp_path)])
    watched = psutil.Process(process.pid)
    # What looks after the memory that workers share is started before anything is loaded.
    while not watched.children():
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=20)
    # Python ends itself by the signal where a module was loading; to a shell that is 130, too.
    assert process.returncode in (130, -signal.SIGINT)
    (line,) = error.strip().splitlines()
    assert line.startswith("gd: stopped")


@posix
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_killed_at_any_moment_the_next_run_gives_the_right_film(tmp_path, seed):
    """Ten moments each, so that several processes may share the fifty."""
    here = Path(__file__).parent
    found = os.pathsep.join([str(here), str(here.parent.parent)])
    done = subprocess.run(
        [sys.executable, str(here / "killing.py"), str(tmp_path), "10", str(seed)],
        env={**os.environ, "PYTHONPATH": found},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    # Moments that fall after the end would prove nothing.
    assert int(done.stdout.splitlines()[-1]) >= 3


@posix
def test_two_renders_of_the_same_at_once(tmp_path, alone):
    both = [
        subprocess.Popen([*COMMAND, "-o", str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert shown(tmp_path / alone.name) == shown(alone)
    assert not unfinished(tmp_path)


def test_segments_that_are_found_in_between_change_nothing(tmp_path, alone):
    """What is drawn after a found segment must not lean on a frame that nobody drew."""
    film, dice = render(JOB, tmp_path), random.Random(1)
    for _ in range(3):
        for segment in sorted(tmp_path.rglob("segments-*/*.mp4")):
            if dice.random() < 0.5:
                segment.unlink()
        film.unlink()
        assert shown(render(JOB, tmp_path)) == shown(alone)


def test_a_segment_with_a_flipped_bit_is_made_again(tmp_path, alone):
    film = render(JOB, tmp_path)
    victim = max(tmp_path.rglob("segments-*/*.mp4"), key=lambda path: path.stat().st_size)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    film.unlink()
    assert shown(render(JOB, tmp_path)) == shown(alone)


def sleeps(task: tuple[int, bytes]) -> int:
    time.sleep(60)
    return task[0]


@posix
def test_a_task_that_is_being_sent_does_not_keep_a_crew_from_closing():
    """More than a pipe holds, while all workers are busy: nobody would ever read it."""
    crew = Crew(1)
    for number in range(4):
        crew.submit(sleeps, (number, bytes(5_000_000)))
    time.sleep(3)
    begun = time.monotonic()
    crew.close(at_once=True)
    assert time.monotonic() - begun < 10
