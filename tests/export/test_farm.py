"""Workers behind a real Dask scheduler, over the loopback: the same film, and every job ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from films import shown

from scenes.cli import main
from scenes.export import farm as farms
from scenes.export.farm import Farm
from scenes.export.job import RenderJob
from scenes.export.render import render, render_all
from scenes.export.scheduler import WorkerLostError
from scenes.export.stillfiles import StillJob, make
from scenes.one_step import OneStep
from scenes.parameters import UsageError

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")

HERE = Path(__file__).parent
JOBS = [RenderJob(OneStep, (("learning_rate", rate),), "l") for rate in ("0.3", "0.6")]
DASK = [sys.executable, "-m", "dask"]


@contextmanager
def cluster(folder: Path, workers: int, memory: str = "2GB") -> Iterator[str]:
    """Start a scheduler and its workers as a user would, and return the scheduler's address."""
    note = folder / "scheduler.json"
    own = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent.parent)])}
    silence = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    told = {"cwd": folder, "env": own, "start_new_session": True, **silence}
    quiet = ["--no-dashboard", "--scheduler-file", str(note)]
    command = [*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", *quiet]
    running = [subprocess.Popen(command, **told)]
    try:
        if workers:
            each = ["--nthreads", "1", "--nworkers", str(workers), "--memory-limit", memory]
            running.append(subprocess.Popen([*DASK, "worker", *each, *quiet], **told))
        end = time.monotonic() + 60
        while not note.exists() and time.monotonic() < end:
            time.sleep(0.1)
        yield json.loads(note.read_text())["address"]
    finally:
        # All at once, with the nannies and their workers, however they are.
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The films as one process draws them."""
    folder = tmp_path_factory.mktemp("alone")
    return [shown(render(job, folder)) for job in JOBS]


def gather_all(farm: Farm, count: int) -> None:
    end = time.monotonic() + 60
    while farm.size(1) < count and time.monotonic() < end:
        time.sleep(0.1)


# -- the same files --------------------------------------------------------------------------------


def test_a_cluster_makes_the_same_films(tmp_path, address, alone):
    with Farm(address) as farm:
        gather_all(farm, 2)
        films = list(render_all(JOBS, tmp_path, scheduler=farm))
    assert list(map(shown, films)) == alone
    assert not list(tmp_path.rglob("*.part*"))
    assert not list(tmp_path.rglob(".render*"))


def test_its_segments_are_found_again_without_it(tmp_path, address, alone):
    with Farm(address) as farm:
        film = render(JOBS[0], tmp_path, scheduler=farm)
    film.unlink()
    told = []
    again = render(JOBS[0], tmp_path, progress=lambda done, frames: told.append(done))
    assert shown(again) == alone[0]
    segments = len(list(tmp_path.rglob("segments-*/*.sum")))
    assert told[-1].found >= segments


def test_a_shared_folder_takes_the_segments(tmp_path, address, alone):
    shared = tmp_path / "shared"
    with Farm(address) as farm:
        film = render(JOBS[0], tmp_path / "out", scheduler=farm, shared=shared)
    assert shown(film) == alone[0]
    assert list(shared.rglob("segments-*/*.mp4"))
    assert not list((tmp_path / "out").rglob("segments-*"))


def test_stills_come_back_through_the_scheduler(address):
    jobs = [StillJob(OneStep, (("learning_rate", rate),), "svg") for rate in ("0.3", "0.6")]
    with Farm(address) as farm:
        made = {job.stem: files for job, files in farm.each(make, jobs)}
    assert made == {job.stem: make(job) for job in jobs}


def test_the_command_draws_with_a_cluster(tmp_path, address, capsys):
    words = ["render", "OneStep", "-q", "l", "-o", str(tmp_path), "--cluster", address, "--json"]
    assert main(words) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in (events[0], events[-1])] == ["scene", "file"]
    progress = [event for event in events if event["event"] == "progress"]
    assert progress[-1]["done"] == progress[-1]["of"] > 0
    assert len({event["done"] for event in progress}) > 2
    assert Path(events[-1]["path"]).is_file()


def test_a_table_is_rendered_by_a_cluster(tmp_path, address):
    table = tmp_path / "class.csv"
    table.write_text("scene,name,learning_rate\nOneStep,a,0.3\nOneStep,b,none\nOneStep,c,0.6\n")
    for more in ([], ["--shared", str(tmp_path / "shared")]):
        out = tmp_path / f"out{len(more)}"
        words = ["batch", str(table), "-q", "l", "-o", str(out), "--cluster", address, *more]
        assert main(words) == 1
        assert {path.name for path in out.glob("*.mp4")} == {"a-480p.mp4", "c-480p.mp4"}
        assert (out / "a-480p.mp4.json").is_file()


# -- sudden ends -----------------------------------------------------------------------------------


def dies_once(note: Path) -> int:
    if not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 7


def eats(note: Path) -> int:
    hoard = []
    for _ in range(100):
        hoard.append(b"x" * 50_000_000)
        time.sleep(0.05)
    return len(hoard)


def fails(note: Path) -> int:
    raise FileNotFoundError(2, "no such thing", str(note))


def test_work_of_a_worker_that_was_killed_is_done_by_another(tmp_path, address):
    notes = [tmp_path / "a", tmp_path / "b"]
    notes[1].touch()
    with Farm(address) as farm:
        assert farm.run(dies_once, notes) == [7, 7]


def test_a_film_is_whole_though_a_worker_was_killed(tmp_path, alone):
    with cluster(tmp_path, 2) as place, Farm(place) as farm:
        gather_all(farm, 2)
        killed: list[int] = []

        def kill(done, frames):
            if not killed:
                pids = farm._client.run(os.getpid)
                killed.extend(pids.values())
                os.kill(killed[0], signal.SIGKILL)

        film = render(JOBS[0], tmp_path / "out", scheduler=farm, progress=kill)
    assert killed
    assert shown(film) == alone[0]


@pytest.mark.slow
def test_a_worker_without_memory_is_told(tmp_path):
    told = pytest.raises(WorkerLostError, match="more memory")
    with cluster(tmp_path, 1, "500MB") as place, Farm(place) as farm, told:
        farm.run(eats, [tmp_path])


def test_a_mistake_of_a_worker_is_ours(tmp_path, address):
    with Farm(address) as farm, pytest.raises(FileNotFoundError, match="no such thing"):
        farm.run(fails, [tmp_path])


# -- what cannot be --------------------------------------------------------------------------------


def test_other_code_on_a_worker_is_said(address, monkeypatch):
    monkeypatch.setattr(farms, "code_digest", lambda: "0" * 64)
    with pytest.raises(UsageError, match=r"worker tcp://.* has other code .*here 00000000"):
        Farm(address)


def test_a_worker_that_comes_later_is_looked_at_too(address, monkeypatch):
    with Farm(address) as farm:
        monkeypatch.setattr(farms, "code_digest", lambda: "0" * 64)
        with pytest.raises(UsageError, match="has other code"):
            farm.run(len, [[]])


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_no_scheduler_is_one_line(wrong, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(farms, "PATIENCE", 1.0)
    words = ["render", "OneStep", "-q", "l", "-o", str(tmp_path), "--cluster", wrong]
    assert main(words) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith(f"gd: --cluster {wrong}: no scheduler answers; allowed: local")
    assert "\n" not in said


def test_no_worker_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(farms, "PATIENCE", 2.0)
    with cluster(tmp_path, 0) as place, pytest.raises(UsageError, match="there is no worker"):
        Farm(place)


def test_shared_is_for_clusters(tmp_path, capsys):
    assert main(["render", "OneStep", "--shared", str(tmp_path), "-o", str(tmp_path)]) == 2
    assert "--shared: allowed: with --cluster" in capsys.readouterr().err
