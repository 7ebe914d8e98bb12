"""Traces: comparison, immutability, files there and back, malformed files."""

import csv
import json
import math
import os
import pickle
import stat
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest
from byhand import LOG, RAVINE, SQUARE, ByHand

from gdcore import (
    Adam,
    Cosine,
    GradientDescent,
    MiniBatch,
    Momentum,
    Stop,
    StopReason,
    Trace,
    TraceFileError,
    Warmup,
    descend,
)
from gdcore.data import LineLoss, line_points
from gdcore.optimizers import OPTIMIZERS, build


@pytest.fixture
def trace():
    return descend(RAVINE, (10, 1), Momentum(0.05), max_steps=7)


def test_immutable_and_comparable(trace):
    same = descend(RAVINE, (10, 1), Momentum(0.05), max_steps=7)
    assert trace == same
    assert hash(trace) == hash(same)
    assert trace != descend(RAVINE, (10, 1), Momentum(0.05), max_steps=8)
    assert trace != descend(RAVINE, (10, 1), Momentum(0.05, momentum=0.8), max_steps=7)
    assert trace != "trace"
    with pytest.raises(FrozenInstanceError):
        trace.values = ()
    with pytest.raises(AttributeError):
        trace.steps[0].value = 0.0
    assert pickle.loads(pickle.dumps(trace)) == trace


def test_first_and_settled():
    bouncing = descend(SQUARE, 4.0, Momentum(0.02, momentum=0.9), max_steps=60)
    assert bouncing.first(lambda point, value: value < 0.03) == 9
    settled = bouncing.settled(lambda point, value: value < 0.3)
    assert all(value < 0.3 for value in bouncing.values[settled:])
    assert bouncing.values[settled - 1] >= 0.3
    assert settled > bouncing.first(lambda point, value: value < 0.3)
    assert bouncing.first(lambda point, value: value < 0) is None
    assert bouncing.settled(lambda point, value: value < 0) is None
    assert bouncing.settled(lambda point, value: True) == 0


def round_trips(trace, folder):
    trace.to_json(folder / "t.json")
    trace.to_csv(folder / "t.csv")
    for again in (Trace.from_json(folder / "t.json"), Trace.from_csv(str(folder / "t.csv"))):
        assert again == trace
        assert repr(again) == repr(trace)
        yield again


@pytest.mark.parametrize("rate", [0.1, Warmup(Cosine(0.1, steps=9), steps=2)], ids=type)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_files_bring_everything_back(name, rate, tmp_path):
    loss = LineLoss(line_points())
    sampled = descend(loss, (0, 0), build(name, learning_rate=rate), sampling=MiniBatch(2))
    for trace in (sampled, descend(SQUARE, 4, build(name, learning_rate=rate), max_steps=3)):
        for again in round_trips(trace, tmp_path):
            assert type(again.steps[0].state) is OPTIMIZERS[name].state_type


def test_awkward_floats_survive(tmp_path):
    odd = (-0.0, 5e-324, 0.1 + 0.2, 1.7976931348623157e308, 2**53 + 1.0)
    trace = descend(SQUARE, 1.0, GradientDescent(0.1), max_steps=4)
    for again in round_trips(replace(trace, values=odd, steps=tuple(
        [s._replace(value=a, next_value=b)
         for s, a, b in zip(trace.steps, odd, odd[1:], strict=False)])), tmp_path):  # fmt: skip
        assert repr(again.values) == repr(odd)


def test_nan_and_infinities_survive(tmp_path):
    pole = ByHand("1/x", ("x",), lambda x: math.inf, lambda x: (-math.inf,))
    for objective in (LOG, pole):
        trace = descend(objective, -1.0, GradientDescent(0.1))
        assert not math.isfinite(trace.values[0])
        assert len(list(round_trips(trace, tmp_path))) == 2
    blown = descend(LOG, 0.5, GradientDescent(1.0))
    assert [again.stop.refused for again in round_trips(blown, tmp_path)] == [(-1.5,)] * 2


def test_json_is_json_for_every_reader(tmp_path):
    descend(LOG, -1.0, GradientDescent(0.1)).to_json(tmp_path / "t.json")

    def refuse(name):
        raise AssertionError(name)

    document = json.loads((tmp_path / "t.json").read_text(), parse_constant=refuse)
    assert document["values"] == ["nan"]


def test_csv_is_a_plain_rectangle(trace, tmp_path):
    trace.to_csv(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert list(rows[0]) == [
        "step", "x", "y", "f", "slope_x", "slope_y", "used_x", "used_y", "delta_x", "delta_y",
        "state", "batch", "about",
    ]  # fmt: skip
    assert [float(row["x"]) for row in rows] == [x for x, _ in trace.points]
    assert rows[-1]["delta_x"] == ""


def test_a_users_own_optimizer_is_described(tmp_path):
    @dataclass(frozen=True)
    class Mine(Adam):
        pass

    for rule in (Mine(0.1), Adam(lambda n: 0.1)):
        trace = descend(SQUARE, 4.0, rule, max_steps=3)
        trace.to_json(tmp_path / "t.json")
        trace.to_csv(tmp_path / "t.csv")
        for again in (Trace.from_json(tmp_path / "t.json"), Trace.from_csv(tmp_path / "t.csv")):
            assert again.optimizer == repr(rule)
            assert (again.points, again.values, again.stop) == (
                trace.points, trace.values, trace.stop,
            )  # fmt: skip
            assert again.steps[2].state == tuple(trace.steps[2].state)
            # Written again it is the same file.
            again.to_json(tmp_path / "again.json")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(trace, tmp_path, monkeypatch):
    path = tmp_path / "t.json"
    path.write_text("old")

    def fail(*arguments):
        raise OSError("no space left")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="no space"):
        trace.to_json(path)
    assert [p.name for p in tmp_path.iterdir()] == ["t.json"]
    assert path.read_text() == "old"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_files_have_ordinary_permissions(trace, tmp_path):
    trace.to_json(tmp_path / "t.json")
    (tmp_path / "plain").write_text("")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1


def document(tmp_path):
    descend(SQUARE, 4.0, Momentum(0.1), max_steps=2).to_json(tmp_path / "t.json")
    return json.loads((tmp_path / "t.json").read_text())


@pytest.mark.parametrize(
    "change",
    [
        {"format": "gdcore trace 99"},
        {"points": [[4.0]]},
        {"points": 3},
        {"points": [[4.0], [3.2], ["x"]]},
        {"points": [[4.0], [3.2, 1.0], [1.84]]},
        {"points": [[4.0], [3.0], [1.84]]},
        {"values": [16.0, True, 3.0]},
        {"values": None},
        {"steps": "none"},
        {"steps": [{}, {}]},
        {"stop": {"reason": "bored", "sentence": "", "refused": None}},
        {"stop": []},
        {"optimizer": {"name": "nobody"}},
        {"optimizer": {"name": "momentum", "learning_rate": -1}},
        {"optimizer": {"name": "momentum", "speed": 1}},
        {"optimizer": {"name": "adam", "learning_rate": 0.1}},
        {"optimizer": {"name": "momentum", "learning_rate": {"kind": "Magic"}}},
        {"optimizer": 7},
        {"batches": [[1]]},
        {"batches": [["a"], ["b"]]},
        {"variables": ["x", "y"]},
        {"variables": 1},
    ],
    ids=str,
)
def test_malformed_json_is_one_line(change, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({**document(tmp_path), **change}))
    with pytest.raises(TraceFileError, match=r"^bad\.json is not a trace: [^\n]+$"):
        Trace.from_json(path)


@pytest.mark.parametrize("key", ["format", "points", "values", "gradients", "steps", "stop",
                                 "optimizer", "objective", "variables", "batches"])  # fmt: skip
def test_missing_key_is_named(key, tmp_path):
    whole = document(tmp_path)
    del whole[key]
    (tmp_path / "bad.json").write_text(json.dumps(whole))
    with pytest.raises(TraceFileError, match=f"'{key}' is missing"):
        Trace.from_json(tmp_path / "bad.json")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000, b"a,b\n1,2\n", b"\x00"]
)
def test_something_else_is_one_line(content, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(content)
    for read in (Trace.from_json, Trace.from_csv):
        with pytest.raises(TraceFileError, match=r"^bad is not a trace: [^\n]+$"):
            read(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [("step,x,f", "step,y,f"), ("\n1,", "\n7,"), (",3.2,", ",three,"), (",3.2,", ",3.3,"),
     ("\n2,", "\n2,0,"), ("momentum", "nobody")],
)  # fmt: skip
def test_malformed_csv_is_one_line(old, new, tmp_path):
    descend(SQUARE, 4.0, Momentum(0.1), max_steps=2).to_csv(tmp_path / "bad.csv")
    text = (tmp_path / "bad.csv").read_text()
    assert old in text
    (tmp_path / "bad.csv").write_text(text.replace(old, new, 1))
    with pytest.raises(TraceFileError, match=r"^bad\.csv is not a trace: [^\n]+$"):
        Trace.from_csv(tmp_path / "bad.csv")


def test_a_missing_file_is_an_oserror(tmp_path):
    for read in (Trace.from_json, Trace.from_csv):
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "nowhere")


def test_stop_reads_back():
    stop = Stop(StopReason.NOT_FINITE, "Step 1 …", (1.0,))
    assert pickle.loads(pickle.dumps(stop)) == stop
    assert stop.blew_up
