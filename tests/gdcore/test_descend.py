"""The loop: closed forms, guards, arguments, and invariants on random runs."""

import math
import pickle

import numpy as np
import pytest
from byhand import DOUBLE_WELL, LOG, QUARTIC, RAVINE, ROOT, SQUARE, ByHand
from hypothesis import given, settings
from hypothesis import strategies as st

from gdcore import (
    Adam,
    GradientDescent,
    Momentum,
    ParameterError,
    SmallGradient,
    StopReason,
    Trace,
    descend,
)
from gdcore.optimizers import OPTIMIZERS, build


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.25, 0.45, 0.5, 0.75, 0.9, 1.0, 1.05])
def test_quadratic_closed_form(rate):
    trace = descend(SQUARE, 4.0, GradientDescent(rate), max_steps=60)
    for n, (x,) in enumerate(trace.points):
        assert x == pytest.approx(4 * (1 - 2 * rate) ** n, rel=1e-13, abs=1e-300)


def test_momentum_closed_form():
    """Two-term recurrence xₙ₊₁ = (1 + β − rL) xₙ − β xₙ₋₁, solved by its complex roots."""
    rate, beta, curvature = 0.05, 0.9, 2.0
    trace = descend(SQUARE, 4.0, Momentum(rate, momentum=beta), max_steps=60)
    middle = (1 + beta - rate * curvature) / 2
    root = complex(middle, math.sqrt(beta - middle**2))
    # x₀ = 4 and x₁ = 4 (1 − rL) fix the amplitude.
    imaginary = (4 * (1 - rate * curvature) - 4 * root.real) / (-root.imag)
    for n, (x,) in enumerate(trace.points):
        assert x == pytest.approx((complex(4, imaginary) * root**n).real, rel=1e-10, abs=1e-12)


def test_what_a_trace_holds():
    trace = descend(SQUARE, 4, GradientDescent(0.1), max_steps=2)
    assert trace.start == (4.0,)
    assert trace.points == ((4.0,), (3.2,), (3.2 + -0.1 * 6.4,))
    assert trace.values == tuple([x**2 for (x,) in trace.points])
    assert trace.gradients == tuple([(2 * x,) for (x,) in trace.points])
    first = trace.steps[0]
    assert first == (0, (4.0,), 16.0, (8.0,), (-0.8,), 1, (3.2,), 3.2**2)
    assert first._fields == (
        "index", "point", "value", "gradient", "delta", "state", "next_point", "next_value",
    )  # fmt: skip
    assert (len(trace), trace.variables, trace.objective_text) == (2, ("x",), "x**2")
    assert trace.optimizer == GradientDescent(0.1)
    assert trace.stop.reason is StopReason.MAX_STEPS
    assert trace.stop.sentence == "After 2 steps, as many as were asked for."
    assert not trace.stop.blew_up


def test_the_state_of_a_step_is_the_one_behind_its_delta():
    step = descend(SQUARE, 4, Momentum(0.1, momentum=0.5), max_steps=3).steps[2]
    assert step.state.updates == 3
    assert step.delta == (-0.1 * step.state.velocity[0],)


def finite(trace):
    rows = [*trace.points, *trace.gradients, *[s.delta for s in trace.steps], trace.values]
    return all(math.isfinite(x) for row in rows for x in row)


class TestGuards:
    def test_diverged_past_the_bound_is_recorded(self):
        trace = descend(SQUARE, 4.0, GradientDescent(1.05), max_steps=8, bound=6)
        assert [round(x, 2) for (x,) in trace.points] == [4, -4.4, 4.84, -5.32, 5.86, -6.44]
        assert trace.stop.reason is StopReason.DIVERGED
        assert trace.stop.sentence == (
            "After 5 steps the run is at x = −6.442, beyond ±6: it diverged."
        )
        assert trace.stop.blew_up
        assert trace.stop.refused is None

    def test_bound_itself_is_allowed(self):
        trace = descend(SQUARE, 4.0, GradientDescent(1.0), max_steps=8, bound=4)
        assert trace.stop.reason is StopReason.MAX_STEPS

    def test_bound_holds_for_every_coordinate(self):
        trace = descend(RAVINE, (10, 1), GradientDescent(0.21), max_steps=500, bound=50)
        assert trace.stop.reason is StopReason.DIVERGED
        assert abs(trace.points[-1][1]) > 50 >= abs(trace.points[-2][1])

    def test_default_bound(self):
        trace = descend(SQUARE, 4.0, GradientDescent(3.0), max_steps=500)
        assert abs(trace.points[-1][0]) > 1e12 >= abs(trace.points[-2][0])
        assert trace.stop.reason is StopReason.DIVERGED

    def test_a_large_value_is_no_divergence(self):
        steep = ByHand("1e15*x**2", ("x",), lambda x: 1e15 * x * x, lambda x: (2e15 * x,))
        trace = descend(steep, 4.0, GradientDescent(1e-16), max_steps=50)
        assert trace.stop.reason is StopReason.MAX_STEPS

    def test_leaving_the_domain(self):
        """From log's slope 2 at 0.5 a step of −2 leads to −1.5, where there is no logarithm."""
        trace = descend(LOG, 0.5, GradientDescent(1.0))
        assert trace.points == ((0.5,),)
        assert trace.steps == ()
        assert trace.stop.reason is StopReason.NOT_FINITE
        assert trace.stop.refused == (-1.5,)
        assert trace.stop.sentence == "Step 1 would lead to x = −1.5, where f has no finite value."
        assert finite(trace)

    def test_landing_where_the_slope_is_infinite(self):
        trace = descend(ROOT, 0.25, GradientDescent(0.25))
        assert trace.points == ((0.25,),)
        assert trace.stop.refused == (0.0,)
        assert trace.stop.sentence == "Step 1 would lead to x = 0, where the slope is not finite."

    def test_starting_outside_the_domain(self):
        trace = descend(LOG, -1.0, GradientDescent(1.0))
        assert trace.points == ((-1.0,),)
        assert math.isnan(trace.values[0])
        assert trace.steps == ()
        assert trace.stop.sentence == "At the start, x = −1, f has no finite value."
        again = pickle.loads(pickle.dumps(trace))
        assert again == trace
        assert hash(again) == hash(trace)

    def test_overflow_of_the_value(self):
        trace = descend(QUARTIC, 1e5, GradientDescent(1e300))
        assert trace.stop.reason is StopReason.NOT_FINITE
        assert trace.points == ((1e5,),)
        assert finite(trace)

    def test_landing_that_is_no_number(self):
        trace = descend(SQUARE, 1e10, GradientDescent(1.7e308))
        assert trace.stop.reason is StopReason.NOT_FINITE
        assert trace.stop.refused is None
        assert trace.stop.sentence == "Step 1 is too large for a number: it would lead to x = −inf."

    def test_a_slope_whose_square_overflows_is_no_standstill(self):
        """g² = inf makes Adam's step 0: without the guard it would claim to have converged."""
        cliff = ByHand("1e160*x", ("x",), lambda x: 1e160 * x, lambda x: (1e160,))
        trace = descend(cliff, 1.0, Adam(0.1))
        assert trace.stop.reason is StopReason.DIVERGED
        assert "slope is over 1e150" in trace.stop.sentence

    def test_one_steep_coordinate_is_enough(self):
        cliff = ByHand("1e160*y", ("x", "y"), lambda x, y: 1e160 * y, lambda x, y: (0.0, 1e160))
        trace = descend(cliff, (1.0, 1.0), Adam(0.1))
        assert (trace.stop.reason, trace.steps) == (StopReason.DIVERGED, ())

    def test_double_well_blows_up_at_rate_0_4(self):
        trace = descend(DOUBLE_WELL, 3.0, GradientDescent(0.4), max_steps=100)
        assert trace.stop.blew_up
        assert finite(trace)

    def test_a_bad_batch_gradient(self):
        class Torn:
            variables = ("x",)
            text = "torn"
            size = 2

            def value_and_gradient(self, point):
                return 1.0, (1.0,)

            def batch(self, indices):
                return ByHand("nan", ("x",), lambda x: 1.0, lambda x: (math.nan,))

        from gdcore import SingleSample

        trace = descend(Torn(), 0.0, GradientDescent(0.1), sampling=SingleSample())
        assert trace.stop.reason is StopReason.NOT_FINITE
        assert (trace.steps, trace.batches) == ((), ())


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"start": (1.0, 2.0)}, "start"),
        ({"start": ()}, "start"),
        ({"start": math.nan}, "start"),
        ({"start": [math.inf]}, "start"),
        ({"start": "4"}, "start"),
        ({"start": None}, "start"),
        ({"start": True}, "start"),
        ({"start": [[4.0]]}, "start"),
        ({"start": 2e12}, "start"),
        ({"start": 10**400}, "start"),
        ({"start": np.zeros((2, 2))}, "start"),
        ({"max_steps": 0}, "max_steps"),
        ({"max_steps": -3}, "max_steps"),
        ({"max_steps": 10.0}, "max_steps"),
        ({"max_steps": True}, "max_steps"),
        ({"max_steps": "10"}, "max_steps"),
        ({"bound": 0}, "bound"),
        ({"bound": math.inf}, "bound"),
        ({"bound": "wide"}, "bound"),
        ({"optimizer": 0.1}, "optimizer"),
        ({"optimizer": GradientDescent}, "optimizer"),
        ({"stopping": 1e-3}, "stopping"),
        ({"stopping": [SmallGradient]}, "stopping"),
        ({"sampling": 3}, "sampling"),
    ],
)
def test_wrong_argument_is_one_line(change, name):
    arguments = {"start": 4.0, "optimizer": GradientDescent(0.1), **change}
    with pytest.raises(ParameterError, match=rf"^{name} = [^\n]* it must be [^\n]*$") as caught:
        descend(SQUARE, **arguments)
    assert isinstance(caught.value, ValueError)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("start", [4, 4.0, (4,), [4.0], np.float64(4), np.array([4.0])])
def test_ways_to_give_a_start(start):
    trace = descend(SQUARE, start, GradientDescent(0.1), max_steps=1)
    assert trace.start == (4.0,)
    assert type(trace.points[0][0]) is float


POLYNOMIALS = st.lists(st.floats(-10, 10, allow_subnormal=True), min_size=2, max_size=6)
NUMBERS = st.floats(-1e6, 1e6)
RATES = st.one_of(st.floats(1e-6, 10), st.floats(min_value=5e-324, max_value=1.7e308))


def polynomial(coefficients, dimension):
    """Return Σ over coordinates of a polynomial, plus the product of all coordinates."""

    def f(*point):
        return math.prod(point) + sum(c * x**k for x in point for k, c in enumerate(coefficients))

    def df(*point):
        return tuple(
            [
                math.prod(y for j, y in enumerate(point) if j != i)
                + sum(k * c * x ** (k - 1) for k, c in enumerate(coefficients) if k)
                for i, x in enumerate(point)
            ]
        )

    return ByHand("random", ("x", "y", "z")[:dimension], f, df)


@settings(max_examples=300, deadline=None)
@given(
    coefficients=POLYNOMIALS,
    start=st.lists(NUMBERS, min_size=1, max_size=3),
    rate=RATES,
    name=st.sampled_from(sorted(OPTIMIZERS)),
    steps=st.integers(1, 40),
)
def test_invariants(tmp_path_factory, coefficients, start, rate, name, steps):
    objective = polynomial(coefficients, len(start))
    optimizer = build(name, learning_rate=rate)
    trace = descend(objective, start, optimizer, max_steps=steps)

    count = len(trace.steps)
    assert len(trace.points) == len(trace.values) == len(trace.gradients) == count + 1
    assert trace.start == tuple(start)
    for n, step in enumerate(trace.steps):
        assert step.index == n
        assert step.point == trace.points[n]
        assert step.value == trace.values[n]
        assert step.gradient == trace.gradients[n]
        assert step.next_point == trace.points[n + 1]
        assert step.next_value == trace.values[n + 1]
        assert step.next_point == tuple(
            [x + d for x, d in zip(step.point, step.delta, strict=True)]
        )
    for point, value, gradient in zip(trace.points, trace.values, trace.gradients, strict=True):
        assert repr(objective.value_and_gradient(point)) == repr((value, gradient))
    assert count == 0 or finite(trace)
    whole = count == steps and not trace.stop.blew_up
    assert (trace.stop.reason is StopReason.MAX_STEPS) == whole
    if trace.stop.reason is StopReason.NOT_FINITE:
        assert count < steps
    assert all(abs(x) <= 1e12 for point in trace.points[:-1] for x in point)

    again = descend(objective, start, optimizer, max_steps=steps)
    assert repr(again) == repr(trace)
    assert again == trace
    assert repr(pickle.loads(pickle.dumps(trace))) == repr(trace)
    folder = tmp_path_factory.mktemp("traces")
    trace.to_json(folder / "t.json")
    trace.to_csv(folder / "t.csv")
    assert repr(Trace.from_json(folder / "t.json")) == repr(trace)
    assert repr(Trace.from_csv(folder / "t.csv")) == repr(trace)


@settings(max_examples=200, deadline=None)
@given(
    start=st.floats(-1e12, 1e12),
    settings_=st.fixed_dictionaries(
        {
            "beta1": st.floats(0, 1, exclude_max=True),
            "beta2": st.floats(0, 1, exclude_max=True),
            "epsilon": st.floats(5e-324, 1e308),
            "weight_decay": st.floats(0, 1.7e308),
            "learning_rate": RATES,
        }
    ),
    name=st.sampled_from(["adam", "amsgrad", "adamw", "nadam"]),
    decay=st.floats(0, 1.7e308),
)
def test_no_hyperparameters_raise(start, settings_, name, decay):
    extra = {"momentum_decay": decay} if name == "nadam" else {}
    trace = descend(DOUBLE_WELL, start, build(name, **settings_, **extra), max_steps=30)
    assert not trace.steps or finite(trace)
