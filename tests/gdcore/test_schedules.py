"""Schedules against their closed forms."""

import math
import pickle

import pytest
from byhand import SQUARE

from gdcore import (
    Constant,
    Cosine,
    Exponential,
    GradientDescent,
    InverseTime,
    ParameterError,
    StepDecay,
    Warmup,
    descend,
)
from gdcore.schedules import SCHEDULES

CASES = [
    (Constant(0.3), [0.3, 0.3, 0.3, 0.3, 0.3]),
    (StepDecay(0.8, factor=0.5, every=2), [0.8, 0.8, 0.4, 0.4, 0.2]),
    (Exponential(0.8, factor=0.25), [0.8, 0.2, 0.05, 0.0125, 0.003125]),
    (InverseTime(1.2, decay=1), [1.2, 0.6, 0.4, 0.3, 0.24]),
    (Cosine(1.0, steps=3, lowest=0.2), [1.0, 0.8, 0.4, 0.2, 0.2]),
    (Warmup(Exponential(0.9, factor=0.5), steps=3), [0.3, 0.6, 0.9, 0.9, 0.45]),
]


@pytest.mark.parametrize(("schedule", "rates"), CASES, ids=lambda v: type(v).__name__)
def test_rates(schedule, rates):
    assert [schedule(n) for n in range(5)] == pytest.approx(rates, rel=1e-14)
    assert pickle.loads(pickle.dumps(schedule)) == schedule


def test_every_schedule_has_a_case():
    assert {type(schedule) for schedule, _ in CASES} == set(SCHEDULES.values())


def test_a_run_with_a_schedule_multiplies_the_factors():
    schedule = Warmup(Cosine(0.4, steps=10), steps=4)
    trace = descend(SQUARE, 4.0, GradientDescent(schedule), max_steps=20)
    product = math.prod(1 - 2 * schedule(n) for n in range(20))
    assert trace.points[-1][0] == pytest.approx(4 * product, rel=1e-13)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Constant(0), "rate"),
        (lambda: Constant(math.nan), "rate"),
        (lambda: StepDecay(0.1, factor=1.5), "factor"),
        (lambda: StepDecay(0.1, every=0), "every"),
        (lambda: StepDecay(0.1, every=2.0), "every"),
        (lambda: Exponential(0.1, factor=-0.5), "factor"),
        (lambda: InverseTime(0.1, decay=-1), "decay"),
        (lambda: Cosine(0.1, steps=0), "steps"),
        (lambda: Cosine(0.1, steps=5, lowest=0.2), "lowest"),
        (lambda: Warmup(0.1, steps=5), "schedule"),
        (lambda: Warmup(Constant(0.1), steps=-1), "steps"),
    ],
)
def test_wrong_field_is_one_line(make, name):
    with pytest.raises(ParameterError, match=rf"^{name} = [^\n]*it must be [^\n]*$"):
        make()
