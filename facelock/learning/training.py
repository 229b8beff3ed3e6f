"""The training loop: one report an epoch, stopped at will between two steps, resumed bit for bit.

It knows neither faces nor losses. What a batch is, what it costs and how well the model does on
people held out are functions that the caller gives.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from facelock.core.errors import Cancelled
from facelock.learning import checkpoint as saved
from facelock.learning.early_stopping import EarlyStopping
from facelock.learning.losses import BatchLoss
from facelock.learning.optimisation import TrainingConfig, build_optimiser, set_learning_rate
from facelock.learning.report import EpochReport

Batch = TypeVar("Batch")


def _never() -> bool:
    return False


class Training(Generic[Batch]):
    """Trains a model in place.

        training = Training(head, config, batches=sampler.epoch, step=step, validate=validate)
        for report in training.epochs(should_stop):
            path.write_bytes(training.checkpoint())

    `batches(epoch)` gives the batches of an epoch, counted from 1, and depends on that number
    alone: a resumed epoch is drawn again and its first batches are skipped, so batches are best
    light (row numbers, with the `seeds.generator` of that epoch and step for augmentation).
    `step(batch)` returns the loss, with a graph. `validate()` returns a value of the model on
    people held out, who are not in the batches; without it nothing stops early and the last
    weights stand. Torch's global random numbers are this run's own within `step` and `validate`,
    and outside they are as if it had not been. `clock` gives seconds.

    On CPU the same seed gives the same weights, bit for bit, whether interrupted or not (with the
    same torch and number of threads). Not thread-safe: torch's generator is one for the process.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainingConfig,
        *,
        batches: Callable[[int], Iterable[Batch]],
        step: Callable[[Batch], BatchLoss],
        validate: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._model = model
        self._config = config
        self._batches = batches
        self._step = step
        self._validate = validate
        self._clock = clock
        self._optimiser = build_optimiser(model, config)
        stopping = EarlyStopping(patience=config.patience, goal=config.goal)
        self._progress = saved.Progress(stopping=stopping)
        self._best: saved.State = {}
        self._random = torch.Generator().manual_seed(config.seed).get_state()
        self._is_finished = False

    @property
    def initial_validation(self) -> float | None:
        """What the model was worth before training; None before anyone looked."""
        return self._progress.initial

    @property
    def stopping(self) -> EarlyStopping:
        """The best validation so far and its epoch; epoch 0 is the model before training."""
        return self._progress.stopping

    def epochs(self, should_stop: Callable[[], bool] = _never) -> Iterator[EpochReport]:
        """Train, and yield a report after each epoch.

        At the end, after the last epoch or when patience has run out, the model has its best
        weights (which are those from before training, if none were better) and is in evaluation
        mode. During the iteration it has the latest. Raises Cancelled between two steps once
        `should_stop` says so: the model is then as the last step left it, `checkpoint` may be
        taken, and another call of `epochs` goes on from there. Raises FloatingPointError when the
        loss or its gradient is not finite, before it spoils the weights, or a validation is NaN;
        ValueError if an epoch has no batches.
        """
        if self._is_finished:
            return
        self._look_before_training(should_stop)
        while self._progress.epoch <= self._config.epochs and not self.stopping.is_over:
            yield self._train_epoch(should_stop)
        self._finish()

    def checkpoint(self) -> bytes:
        """Return a safetensors file from which `restore` goes on as if nothing had happened.

        Good between two reports and after `Cancelled`. Raises RuntimeError at the end of the
        training, when the best weights have taken the place of the latest.
        """
        if self._is_finished:
            raise RuntimeError("the training has ended: keep the weights instead")
        state = saved.Checkpoint(
            progress=self._progress,
            model=self._model.state_dict(),
            best=self._best,
            optimiser=saved.optimiser_tensors(self._optimiser),
            random=self._random,
        )
        return saved.checkpoint_to_bytes(state, saved.setup_of(self._model, self._config))

    def restore(self, data: bytes) -> None:
        """Go back to a checkpoint, taken with the same configuration and shape of model.

        Raises ModelCorrupt, changing nothing, if it is none. The functions given at the start
        must be the same ones; nothing can check that.
        """
        setup = saved.setup_of(self._model, self._config)
        state = saved.checkpoint_from_bytes(data, setup, self.stopping)
        for weights in filter(None, (state.model, state.best)):
            saved.check_fits(self._model, weights)
        saved.load_optimiser(self._optimiser, state.optimiser)
        self._model.load_state_dict(state.model)
        self._progress, self._best, self._random = state.progress, state.best, state.random
        self._is_finished = False

    def _look_before_training(self, should_stop: Callable[[], bool]) -> None:
        """Take the untrained model as the best so far: what training must beat."""
        if self._validate is None or self._progress.initial is not None:
            return
        if should_stop():
            raise Cancelled
        value = self._validation(self._validate)
        self._remember(0, value)
        self._progress = replace(self._progress, initial=value)

    def _train_epoch(self, should_stop: Callable[[], bool]) -> EpochReport:
        began = self._clock()
        epoch = self._progress.epoch
        rate = self._config.learning_rate_in(epoch)
        set_learning_rate(self._optimiser, rate)
        self._model.train()
        for batch in islice(self._batches(epoch), self._progress.step, None):
            if should_stop():
                raise Cancelled
            self._take_step(batch)
        if should_stop():
            raise Cancelled
        done = self._progress
        if not done.step:
            raise ValueError(f"epoch {epoch} has no batches")
        value = None if self._validate is None else self._validation(self._validate)
        is_best = True if value is None else self._remember(epoch, value)
        self._progress = saved.Progress(
            epoch=epoch + 1, initial=done.initial, stopping=self.stopping
        )
        return EpochReport(
            epoch=epoch,
            loss=done.loss / done.step,
            active_share=done.active / max(done.terms, 1),
            validation=value,
            is_best=is_best,
            learning_rate=rate,
            seconds=self._clock() - began,
        )

    def _take_step(self, batch: Batch) -> None:
        """Descend one step, and count it. If it raises, the weights are as they were."""
        random = self._random
        with self._own_random():
            cost = self._step(batch)
            self._optimiser.zero_grad()
            torch.autograd.backward(cost.loss)
        parameters = [one for group in self._optimiser.param_groups for one in group["params"]]
        length = nn.utils.clip_grad_norm_(parameters, self._config.largest_gradient)
        loss = float(cost.loss.detach())
        if not (math.isfinite(loss) and math.isfinite(length)):
            self._random = random
            where = f"epoch {self._progress.epoch}, step {self._progress.step + 1}"
            raise FloatingPointError(f"{where}: the loss or its gradient is not finite")
        self._optimiser.step()
        self._progress = replace(
            self._progress,
            step=self._progress.step + 1,
            loss=self._progress.loss + loss,
            active=self._progress.active + cost.active,
            terms=self._progress.terms + cost.terms,
        )

    def _validation(self, validate: Callable[[], float]) -> float:
        self._model.eval()
        with torch.no_grad(), self._own_random():
            value = float(validate())
        if math.isnan(value):
            raise FloatingPointError("the validation is not a number")
        return value

    def _remember(self, epoch: int, value: float) -> bool:
        """Keep the weights if they are the best so far; tell whether they are."""
        stopping = self.stopping.after(epoch, value)
        self._progress = replace(self._progress, stopping=stopping)
        is_best = stopping.waited == 0
        if is_best:
            self._best = {name: one.clone() for name, one in self._model.state_dict().items()}
        return is_best

    def _finish(self) -> None:
        if self._best:
            self._model.load_state_dict(self._best)
        self._model.eval()
        self._is_finished = True

    @contextmanager
    def _own_random(self) -> Iterator[None]:
        """Let torch draw from this run's numbers, and from the process's again afterwards."""
        outside: Tensor = torch.get_rng_state()
        torch.set_rng_state(self._random)
        try:
            yield
            self._random = torch.get_rng_state()
        finally:
            torch.set_rng_state(outside)
