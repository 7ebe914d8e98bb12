"""Update rules: hand-computed first steps, weight decay, validation, names."""

import math
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields

import pytest
from byhand import QUARTIC, RAVINE, SQUARE

from gdcore import (
    Adadelta,
    AdaGrad,
    Adam,
    AdamW,
    AMSGrad,
    Exponential,
    GradientDescent,
    Momentum,
    NAdam,
    Nesterov,
    ParameterError,
    RMSProp,
    descend,
)
from gdcore.optimizers import OPTIMIZERS, build, by_name

# torch 2.13's defaults, except momentum, which torch's SGD sets to 0.
DEFAULTS = {
    "descent": {"learning_rate": 1e-3, "weight_decay": 0.0},
    "momentum": {"learning_rate": 1e-3, "weight_decay": 0.0, "momentum": 0.9},
    "nesterov": {"learning_rate": 1e-3, "weight_decay": 0.0, "momentum": 0.9},
    "adagrad": {"learning_rate": 1e-2, "weight_decay": 0.0, "epsilon": 1e-10},
    "rmsprop": {"learning_rate": 1e-2, "weight_decay": 0.0, "rho": 0.99, "epsilon": 1e-8},
    "adadelta": {"learning_rate": 1.0, "weight_decay": 0.0, "rho": 0.9, "epsilon": 1e-6},
    "adam": {"learning_rate": 1e-3, "weight_decay": 0.0,
             "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "amsgrad": {"learning_rate": 1e-3, "weight_decay": 0.0,
                "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "adamw": {"learning_rate": 1e-3, "weight_decay": 1e-2,
              "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "nadam": {"learning_rate": 2e-3, "weight_decay": 0.0,
              "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "momentum_decay": 4e-3},
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_defaults(name):
    rule = build(name)
    assert {field.name: getattr(rule, field.name) for field in fields(rule)} == DEFAULTS[name]


def second_deltas(rule, gradients=(2.0, -1.0)):
    """Return the first two steps for two given gradients, from x = 5."""
    first, state = rule.update((gradients[0],), rule.init((5.0,)), (5.0,))
    second, _ = rule.update((gradients[1],), state, (5.0 + first[0],))
    return first[0], second[0]


# Computed by hand from the papers' formulas with r = 0.1, ε = 10⁻³⁰⁰ (no effect), g = 2 then −1.
TINY = 1e-300
HAND = [
    (GradientDescent(0.1), -0.2, 0.1),
    (Momentum(0.1, momentum=0.5), -0.2, -0.1 * (0.5 * 2 - 1)),
    (Nesterov(0.1, momentum=0.5), -0.1 * (2 + 0.5 * 2), -0.1 * (-1 + 0.5 * 0)),
    (AdaGrad(0.1, epsilon=TINY), -0.1, 0.1 / math.sqrt(5)),
    (RMSProp(0.1, rho=0.5, epsilon=TINY), -0.1 * 2 / math.sqrt(2), 0.1 / math.sqrt(1.5)),
    (
        Adadelta(1.0, rho=0.5, epsilon=1.0),
        -2 / math.sqrt(3),
        math.sqrt(0.5 * 4 / 3 + 1) / math.sqrt(1.5 + 1),
    ),
    (
        Adam(0.1, beta1=0.5, beta2=0.75, epsilon=TINY),
        -0.1,
        -0.1 * ((0.5 * 1 - 0.5) / 0.75) / math.sqrt((0.75 * 1 + 0.25) / (1 - 0.75**2)),
    ),
    (
        AMSGrad(0.1, beta1=0.0, beta2=0.0, epsilon=TINY),  # largest g² = 4 rules the second step
        -0.1,
        0.1 / 2,
    ),
    (
        AdamW(0.1, weight_decay=0.2, beta1=0.0, beta2=0.0, epsilon=TINY),
        -0.1 - 0.1 * 0.2 * 5,
        0.1 - 0.1 * 0.2 * 4.8,
    ),
    (
        NAdam(0.1, beta1=0.5, beta2=0.0, epsilon=TINY, momentum_decay=0.0),  # μ = 1/4 throughout
        -0.1 * ((3 / 4) * 2 / (3 / 4) + (1 / 4) * 1 / (15 / 16)) / 2,
        -0.1 * ((3 / 4) * -1 / (15 / 16) + (1 / 4) * 0 / (63 / 64)) / 1,
    ),
]


@pytest.mark.parametrize(("rule", "first", "second"), HAND, ids=lambda v: getattr(v, "name", None))
def test_two_steps_by_hand(rule, first, second):
    assert second_deltas(rule) == pytest.approx((first, second), rel=1e-14, abs=1e-16)


def test_every_optimizer_is_computed_by_hand():
    assert {type(rule) for rule, _, _ in HAND} == set(OPTIMIZERS.values())


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "adamw"])
def test_weight_decay_is_a_penalty_in_the_objective(name):
    """λ on f steps like no λ on f + λ|x|²/2."""

    class Penalised:
        variables = ("x",)
        text = "penalised"

        def value_and_gradient(self, point):
            (x,) = point
            return x**4 + 0.05 * x**2, (4 * x**3 + 0.1 * x,)

    with_decay = descend(QUARTIC, 1.0, build(name, learning_rate=0.05, weight_decay=0.1))
    penalised = descend(Penalised(), 1.0, build(name, learning_rate=0.05))
    for mine, theirs in zip(with_decay.points, penalised.points, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-14)


def test_weight_decay_is_felt():
    plain, decayed = (GradientDescent(0.05, weight_decay=decay) for decay in (0.0, 0.1))
    assert descend(QUARTIC, 1.0, decayed).points[50] < descend(QUARTIC, 1.0, plain).points[50]


def test_adamw_without_decay_is_adam():
    a = descend(RAVINE, (10, 1), AdamW(0.1, weight_decay=0.0)).points
    assert a == descend(RAVINE, (10, 1), Adam(0.1)).points


def test_momentum_zero_is_gradient_descent():
    plain = descend(RAVINE, (10, 1), GradientDescent(0.05)).points
    assert descend(RAVINE, (10, 1), Momentum(0.05, momentum=0.0)).points == plain
    assert descend(RAVINE, (10, 1), Nesterov(0.05, momentum=0.0)).points == plain


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_schedule_is_asked_with_the_step_index(name):
    asked = []

    def schedule(index):
        asked.append(index)
        return 0.01

    scheduled = descend(SQUARE, 4.0, build(name, learning_rate=schedule), max_steps=5)
    # AdamW asks twice, for the decay and for the step.
    assert sorted(set(asked)) == [0, 1, 2, 3, 4]
    assert (
        scheduled.points
        == descend(SQUARE, 4.0, build(name, learning_rate=0.01), max_steps=5).points
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_update_changes_neither_state_nor_rule(name):
    rule = build(name, learning_rate=0.1)
    state = rule.init((1.0, 2.0))
    before = pickle.dumps(state)
    once = rule.update((3.0, -4.0), state, (1.0, 2.0))
    assert pickle.dumps(state) == before
    assert rule.update((3.0, -4.0), state, (1.0, 2.0)) == once
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert hash(rule) == hash(build(name, learning_rate=0.1))
    with pytest.raises(FrozenInstanceError):
        rule.learning_rate = 1.0


WRONG = [
    ("descent", "learning_rate", -0.1),
    ("descent", "learning_rate", 0),
    ("descent", "learning_rate", math.nan),
    ("descent", "learning_rate", math.inf),
    ("descent", "learning_rate", "0.1"),
    ("descent", "learning_rate", True),
    ("descent", "learning_rate", None),
    ("descent", "learning_rate", 10**400),
    ("descent", "learning_rate", Exponential),
    ("descent", "weight_decay", -1),
    ("momentum", "momentum", 1.5),
    ("momentum", "momentum", -0.1),
    ("adam", "beta1", 1),
    ("adam", "beta2", 1.0),
    ("adam", "beta1", -0.5),
    ("adam", "epsilon", 0),
    ("rmsprop", "rho", 1),
    ("nadam", "momentum_decay", -1e-9),
]


@pytest.mark.parametrize(("name", "field", "value"), WRONG)
def test_wrong_hyperparameter_is_one_line(name, field, value):
    with pytest.raises(ParameterError) as caught:
        build(name, **{field: value})
    message = str(caught.value)
    assert message.startswith(f"{field} = ")
    assert "it must be" in message
    assert "\n" not in message
    assert len(message) < 200


def test_integers_become_floats():
    rule = Momentum(learning_rate=1, momentum=1)
    assert repr(rule) == "Momentum(learning_rate=1.0, weight_decay=0.0, momentum=1.0)"


@pytest.mark.parametrize("given", [-1.0, math.nan, None, "fast"])
def test_a_schedule_that_returns_nonsense_is_named(given):
    with pytest.raises(ParameterError, match=r"learning_rate\(2\)"):
        descend(SQUARE, 4.0, GradientDescent(lambda n: 0.1 if n < 2 else given))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("gd", GradientDescent), ("SGD", GradientDescent), ("descent", GradientDescent),
     ("Gradient-Descent", GradientDescent), ("ada_grad", AdaGrad), ("AMSGrad", AMSGrad)],
)  # fmt: skip
def test_names(name, kind):
    assert by_name(name) is kind


@pytest.mark.parametrize(
    ("name", "near"), [("adm", "adam"), ("momentun", "momentum"), ("rmsprob", "rmsprop")]
)
def test_unknown_name_suggests_the_nearest(name, near):
    with pytest.raises(ParameterError, match=f"did you mean '{near}'"):
        by_name(name)


def test_unknown_hyperparameter_suggests_the_nearest():
    with pytest.raises(ParameterError, match=r"adam has no 'beta'; did you mean 'beta[12]'"):
        build("adam", beta=0.9)


def test_a_field_of_a_users_own_optimizer_is_left_to_it():
    @dataclass(frozen=True)
    class Signed(GradientDescent):
        label: str = "mine"

        def update(self, gradient, state, point):
            r = self.rate(state)
            return tuple([-math.copysign(r, g) if g else 0.0 for g in gradient]), state + 1

    assert descend(SQUARE, 1.0, Signed(0.25), max_steps=4).points[-1] == (0.0,)
