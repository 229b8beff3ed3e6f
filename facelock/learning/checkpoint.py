"""An interrupted training as bytes: safetensors, so numbers alone and nothing that can run."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import torch
from torch import Tensor, nn

from facelock.core.errors import ModelCorrupt
from facelock.learning.early_stopping import EarlyStopping
from facelock.learning.optimisation import TrainingConfig
from facelock.learning.weights import sha256_of, weights_from_bytes, weights_to_bytes

State: TypeAlias = Mapping[str, Tensor]

_PROGRESS = "progress"  # (6,) int64
_VALUES = "values"  # (3,) float64; NaN stands for None
_RANDOM = "random"  # torch's generator, uint8
_SETUP = "setup"  # (32,) uint8


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a training has come, but for its weights."""

    epoch: int = 1  # the one under way
    step: int = 0  # batches done of it
    loss: float = 0.0  # sum over those batches
    active: int = 0
    terms: int = 0
    initial: float | None = None  # validation before training
    stopping: EarlyStopping


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """All that a training must remember between two steps."""

    progress: Progress
    model: State
    best: State  # empty before the first validation
    optimiser: State  # as of `optimiser_tensors`
    random: Tensor  # state of torch's CPU generator, uint8, as `torch.get_rng_state` gives it


def setup_of(model: nn.Module, config: TrainingConfig) -> bytes:
    """Return 32 bytes that differ when the configuration or the shape of the model does."""
    shapes = [(name, tuple(one.shape), str(one.dtype)) for name, one in model.state_dict().items()]
    trained = [name for name, one in model.named_parameters() if one.requires_grad]
    return hashlib.sha256(repr((config, shapes, trained)).encode()).digest()


def checkpoint_to_bytes(checkpoint: Checkpoint, setup: bytes) -> bytes:
    """Return a checkpoint as a safetensors file, under the `setup_of` its training."""
    progress, stopping = checkpoint.progress, checkpoint.progress.stopping
    counts = [progress.epoch, progress.step, progress.active, progress.terms]
    values = [progress.loss, progress.initial, stopping.best]
    tensors = {
        _PROGRESS: torch.tensor([*counts, stopping.best_epoch, stopping.waited]),
        _VALUES: torch.tensor(
            [torch.nan if value is None else value for value in values], dtype=torch.float64
        ),
        _RANDOM: checkpoint.random,
        _SETUP: torch.tensor(list(setup), dtype=torch.uint8),
    }
    for part in ("model", "best", "optimiser"):
        state: State = getattr(checkpoint, part)
        tensors |= {f"{part}.{name}": value for name, value in state.items()}
    return weights_to_bytes(tensors)


def checkpoint_from_bytes(data: bytes, setup: bytes, stopping: EarlyStopping) -> Checkpoint:
    """Return the checkpoint in a file of `checkpoint_to_bytes`.

    `stopping` says with what patience and goal. Raises ModelCorrupt unless it is a sound file of
    a training with this `setup`. Whether the tensors fit is for `check_fits` and `load_optimiser`.
    """
    # The caller's own file of numbers: its hash guards nothing here, its form is checked.
    tensors = weights_from_bytes(data, sha256=sha256_of(data), max_bytes=len(data))
    if bytes(_take(tensors, _SETUP, torch.uint8, 32).tolist()) != setup:
        raise ModelCorrupt("a checkpoint of another training, or of other settings")
    epoch, step, active, terms, best_epoch, waited = _take(
        tensors, _PROGRESS, torch.int64, 6
    ).tolist()
    loss, initial, best = _take(tensors, _VALUES, torch.float64, 3).tolist()
    random = _take(tensors, _RANDOM, torch.uint8, torch.get_rng_state().numel())
    parts: dict[str, dict[str, Tensor]] = {"model": {}, "best": {}, "optimiser": {}}
    for full_name, value in tensors.items():
        part, _, name = full_name.partition(".")
        if part not in parts:
            raise ModelCorrupt(f"{full_name} has no place in a checkpoint")
        parts[part][name] = value
    progress = Progress(
        epoch=epoch,
        step=step,
        loss=loss,
        active=active,
        terms=terms,
        initial=None if math.isnan(initial) else initial,
        stopping=replace(
            stopping,
            best=None if math.isnan(best) else best,
            best_epoch=best_epoch,
            waited=waited,
        ),
    )
    return Checkpoint(progress=progress, random=random, **parts)


def optimiser_tensors(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Return what an optimiser remembers of each parameter, by names such as `3.exp_avg`."""
    return {
        f"{index}.{key}": value
        for index, slot in optimiser.state_dict()["state"].items()
        for key, value in slot.items()
    }


def load_optimiser(optimiser: torch.optim.Optimizer, tensors: State) -> None:
    """Give an optimiser back what `optimiser_tensors` took. Raises ModelCorrupt if it cannot fit.

    If it raises, nothing has changed. Groups and rates never do: they are the configuration's.
    """
    adam = isinstance(optimiser, torch.optim.AdamW)
    keys = {"step", "exp_avg", "exp_avg_sq"} if adam else {"momentum_buffer"}
    parameters = [one for group in optimiser.param_groups for one in group["params"]]
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        number, _, key = name.partition(".")
        if not number.isdecimal() or int(number) >= len(parameters) or key not in keys:
            raise ModelCorrupt(f"the optimiser remembers nothing called {name!r}")
        shape = () if key == "step" else parameters[int(number)].shape
        if value.shape != shape:
            raise ModelCorrupt(f"{name} of the optimiser has the wrong shape")
        state.setdefault(int(number), {})[key] = value.clone()
    if any(slot.keys() != keys for slot in state.values()):
        raise ModelCorrupt("the optimiser remembers more than the checkpoint has")
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": state, "param_groups": groups})


def check_fits(model: nn.Module, state: State) -> None:
    """Raise ModelCorrupt unless these are weights of such a model."""
    own = model.state_dict()
    if own.keys() != state.keys():
        raise ModelCorrupt("the weights have other names than the model's")
    for name, value in own.items():
        if state[name].shape != value.shape or state[name].dtype != value.dtype:
            raise ModelCorrupt(f"{name} has the wrong shape or type")


def _take(tensors: dict[str, Tensor], name: str, dtype: torch.dtype, size: int) -> Tensor:
    """Remove a tensor of known shape and type from those of a file."""
    value = tensors.pop(name, None)
    if value is None or value.shape != (size,) or value.dtype != dtype:
        raise ModelCorrupt(f"the checkpoint has no sound {name!r}")
    return value
