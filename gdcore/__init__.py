"""The numbers: objectives, optimisers and the traces they leave."""

from gdcore import library, optimizers, theory
from gdcore._checks import ParameterError, Point
from gdcore._optimizer import Optimizer
from gdcore.adam import Adam, AdamW, AMSGrad, NAdam
from gdcore.data import Data, LineLoss, NeuronLoss
from gdcore.descend import descend
from gdcore.expression import ExpressionError
from gdcore.objective import Objective, ObjectiveLike
from gdcore.optimizers import (
    Adadelta,
    AdaGrad,
    GradientDescent,
    Momentum,
    Nesterov,
    RMSProp,
)
from gdcore.sampling import FullBatch, MiniBatch, SingleSample
from gdcore.schedules import Constant, Cosine, Exponential, InverseTime, StepDecay, Warmup
from gdcore.stopping import SmallChange, SmallGradient, SmallStep, SmallValue, Stop, StopReason
from gdcore.trace import Step, Trace
from gdcore.trace_json import TraceFileError

__all__ = [
    "AMSGrad",
    "AdaGrad",
    "Adadelta",
    "Adam",
    "AdamW",
    "Constant",
    "Cosine",
    "Data",
    "Exponential",
    "ExpressionError",
    "FullBatch",
    "GradientDescent",
    "InverseTime",
    "LineLoss",
    "MiniBatch",
    "Momentum",
    "NAdam",
    "Nesterov",
    "NeuronLoss",
    "Objective",
    "ObjectiveLike",
    "Optimizer",
    "ParameterError",
    "Point",
    "RMSProp",
    "SingleSample",
    "SmallChange",
    "SmallGradient",
    "SmallStep",
    "SmallValue",
    "Step",
    "StepDecay",
    "Stop",
    "StopReason",
    "Trace",
    "TraceFileError",
    "Warmup",
    "descend",
    "library",
    "optimizers",
    "theory",
]
