"""Sampling: epochs, seeds, and the same batches on every platform."""

from itertools import islice

import pytest
from byhand import SQUARE

from gdcore import FullBatch, GradientDescent, MiniBatch, ParameterError, SingleSample, descend
from gdcore.data import LineLoss, noisy_line
from gdcore.sampling import updates_per_epoch


def take(sampling, count, size):
    return list(islice(sampling.batches(size), count))


def test_full_batch():
    assert take(FullBatch(), 2, 4) == [(0, 1, 2, 3)] * 2


@pytest.mark.parametrize("sampling", [MiniBatch(8), MiniBatch(7), MiniBatch(50), SingleSample()])
def test_an_epoch_sees_every_example_once(sampling):
    size = 40
    per_epoch = updates_per_epoch(sampling, size)
    batches = take(sampling, 2 * per_epoch, size)
    epochs = [
        [i for batch in batches[:per_epoch] for i in batch],
        [i for batch in batches[per_epoch:] for i in batch],
    ]
    assert [sorted(epoch) for epoch in epochs] == [list(range(size))] * 2
    assert epochs[0] != epochs[1]


def test_updates_per_epoch_of_the_lesson():
    assert [updates_per_epoch(s, 40) for s in (FullBatch(), MiniBatch(8), SingleSample())] == [
        1, 5, 40,
    ]  # fmt: skip


def test_seeds():
    assert take(MiniBatch(8, seed=1), 9, 40) == take(MiniBatch(8, seed=1), 9, 40)
    assert take(MiniBatch(8, seed=1), 9, 40) != take(MiniBatch(8, seed=2), 9, 40)


def test_the_same_on_every_platform():
    """Recorded once: if this fails, every sampled lesson has changed."""
    assert take(MiniBatch(4, seed=0), 3, 6) == [(4, 2, 1, 0), (5, 3), (5, 4, 2, 3)]


def test_full_batch_is_plain_descent():
    loss = LineLoss(noisy_line())
    sampled = descend(loss, (-1.5, 2), GradientDescent(0.1), sampling=FullBatch())
    assert sampled.points == descend(loss, (-1.5, 2), GradientDescent(0.1)).points
    assert sampled.batches == (tuple(range(40)),) * 100


def test_steps_use_the_batch_and_the_trace_the_whole():
    loss = LineLoss(noisy_line())
    trace = descend(loss, (-1.5, 2), GradientDescent(0.1), sampling=MiniBatch(8), max_steps=25)
    assert len(trace.batches) == len(trace.steps) == 25
    for step, batch in zip(trace.steps, trace.batches, strict=True):
        assert step.gradient == loss.batch(batch).gradient(step.point)
        assert step.delta == tuple([-0.1 * g for g in step.gradient])
        assert trace.values[step.index] == loss.value(step.point)
        assert trace.gradients[step.index] == loss.gradient(step.point)
    assert trace.steps[0].gradient != trace.gradients[0]


def test_an_epoch_of_gradients_averages_to_the_whole_gradient():
    loss, point = LineLoss(noisy_line()), (-1.5, 2.0)
    parts = [loss.batch(b).gradient(point) for b in take(MiniBatch(8), 5, 40)]
    mean = tuple([sum(column) / 5 for column in zip(*parts, strict=True)])
    assert mean == pytest.approx(loss.gradient(point), rel=1e-12)


@pytest.mark.parametrize(
    "make",
    [lambda: MiniBatch(0), lambda: MiniBatch(2.0), lambda: MiniBatch(8, seed=-1),
     lambda: SingleSample(seed="x"), lambda: next(MiniBatch(2).batches(0)),
     lambda: descend(SQUARE, 1, GradientDescent(0.1), sampling=MiniBatch(2)),
     lambda: descend(LineLoss(noisy_line()), (0, 0), GradientDescent(0.1), sampling=8)],
)  # fmt: skip
def test_wrong_arguments_are_one_line(make):
    with pytest.raises(ParameterError, match=r"^[^\n]*$"):
        make()
