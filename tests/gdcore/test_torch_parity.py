"""Ten optimisers on five objectives against torch.optim: committed traces, and torch itself."""

import json
from pathlib import Path

import pytest
from byhand import DOUBLE_WELL, HIMMELBLAU, RAVINE, ROSENBROCK, SQUARE

from gdcore import descend
from gdcore.optimizers import OPTIMIZERS, build

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "data" / "torch_traces.json").read_text(encoding="utf-8")
)
OBJECTIVES = {
    "square": SQUARE,
    "double_well": DOUBLE_WELL,
    "ravine": RAVINE,
    "rosenbrock": ROSENBROCK,
    "himmelblau": HIMMELBLAU,
}
TORCH_CLASSES = {
    "descent": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "rmsprop": ("RMSprop", {}),
    "adadelta": ("Adadelta", {}),
    "adam": ("Adam", {}),
    "amsgrad": ("Adam", {"amsgrad": True}),
    "adamw": ("AdamW", {}),
    "nadam": ("NAdam", {}),
}
RENAMED = {"eps": "epsilon", "alpha": "rho"}
IMPLIED = ("nesterov", "amsgrad")  # torch switches; classes of their own here
# Past step 50 the last bit decides on which side of the minimum this run falls.
LAST_STEP = {("double_well", "rmsprop"): 50}


def hyperparameters(entry):
    settings = {"learning_rate": entry["lr"]}
    for name, value in entry["options"].items():
        if name == "betas":
            settings["beta1"], settings["beta2"] = value
        elif name not in IMPLIED:
            settings[RENAMED.get(name, name)] = value
    return settings


def test_reference_covers_every_optimizer_of_torch_on_every_objective():
    pairs = {(entry["objective"], OPTIMIZERS.get(entry["optimizer"])) for entry in traces()}
    assert len(REFERENCE["traces"]) == len(TORCH_CLASSES) * len(OBJECTIVES) == 50
    assert {name for name, _ in pairs} == set(OBJECTIVES)
    assert {kind for _, kind in pairs} == {OPTIMIZERS[name] for name in TORCH_CLASSES}


def traces():
    return [{**e, "optimizer": {"gd": "descent"}.get(e["optimizer"], e["optimizer"])}
            for e in REFERENCE["traces"]]  # fmt: skip


@pytest.mark.parametrize("entry", traces(), ids=lambda e: f"{e['objective']}-{e['optimizer']}")
def test_parity_with_committed_traces(entry):
    start = REFERENCE["objectives"][entry["objective"]]["start"]
    assert (
        OBJECTIVES[entry["objective"]].text
        == REFERENCE["objectives"][entry["objective"]]["expression"]
    )
    optimizer = build(entry["optimizer"], **hyperparameters(entry))
    points = descend(OBJECTIVES[entry["objective"]], start, optimizer, max_steps=200).points
    last = LAST_STEP.get((entry["objective"], entry["optimizer"]), 200)
    compared = {int(n): x for n, x in entry["x"].items() if int(n) <= last}
    assert max(compared) == last
    for n, expected in compared.items():
        assert points[n] == pytest.approx(expected, rel=1e-12, abs=0), n


@pytest.mark.parametrize("weight_decay", [None, 0.03])
@pytest.mark.parametrize("name", TORCH_CLASSES)
def test_parity_with_torch_itself(name, weight_decay, request):
    """Defaults included: only the learning rate, for progress, and weight decay are given."""
    torch = pytest.importorskip("torch", exc_type=ImportError)
    # NAdam keeps the product of its momenta in torch's default type.
    request.addfinalizer(lambda: torch.set_default_dtype(torch.float32))
    torch.set_default_dtype(torch.float64)
    kind, options = TORCH_CLASSES[name]
    decay = {} if weight_decay is None else {"weight_decay": weight_decay}
    rate = 1.0 if name == "adadelta" else 0.01
    x = torch.tensor([10.0, 1.0], dtype=torch.float64, requires_grad=True)
    theirs = getattr(torch.optim, kind)([x], lr=rate, **options, **decay)
    ours = descend(
        RAVINE, (10.0, 1.0), build(name, learning_rate=rate, **decay), max_steps=100
    ).points
    for n in range(100):
        theirs.zero_grad()
        (0.5 * (x[0] ** 2 + 10 * x[1] ** 2)).backward()
        theirs.step()
        assert ours[n + 1] == pytest.approx(x.tolist(), rel=1e-12, abs=1e-15), n
