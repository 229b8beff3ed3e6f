"""A run of a training recipe: what it is given, and how it trains its parts.

Light on purpose, as `training_recipe`: neither numpy nor torch is loaded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from facelock.core.errors import Cancelled, ModelCorrupt, RunFolderUnusable, TrainingDiverged
from facelock.services.training_folder import RunFolder, file_name


@dataclass(frozen=True)
class Progress:
    """How much of something is done."""

    what: str
    done: int
    total: int


@dataclass(frozen=True)
class Remark:
    """Something worth a line, such as the end of a part."""

    text: str


Event: TypeAlias = Progress | Remark


class EpochTold(Protocol):
    """What is read of `facelock.learning.report.EpochReport`."""

    @property
    def epoch(self) -> int:
        """Number of the epoch, from 1."""
        ...

    @property
    def loss(self) -> float:
        """Mean over the batches."""
        ...

    @property
    def validation(self) -> float | None:
        """On people held out; None if nobody looked."""
        ...


class Resumable(Protocol):
    """What is used of `facelock.learning.training.Training`, so that torch can come late."""

    def epochs(self, should_stop: Callable[[], bool]) -> Iterator[EpochTold]:
        """Train, one report an epoch; raises Cancelled once `should_stop` says so."""
        ...

    def checkpoint(self) -> bytes:
        """Return a file from which `restore` goes on."""
        ...

    def restore(self, data: bytes) -> None:
        """Go back to a checkpoint. Raises ModelCorrupt."""
        ...


class Trainable(Protocol):
    """What is used of a torch module."""

    def state_dict(self) -> dict[str, Any]:
        """Return the weights by name."""
        ...

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> object:
        """Take these weights."""
        ...

    def eval(self) -> object:
        """Stop being trained."""
        ...


@dataclass(frozen=True)
class Run:
    """One run of a recipe. Everything random in it derives from the seed."""

    data: Path
    seed: int
    epochs: int  # at most, of each training
    folder: RunFolder = field(repr=False)
    tell: Callable[[Event], object] = field(repr=False)
    should_stop: Callable[[], bool] = field(repr=False)

    def progress(self, what: str, done: int, total: int) -> None:
        """Tell how much is done. Raises Cancelled if the run is to stop."""
        if self.should_stop():
            raise Cancelled
        self.tell(Progress(what, done, total))

    def train(self, part: str, training: Resumable, model: Trainable) -> None:
        """Train `model` to the end of `training`, saving each epoch, from where it was left.

        A part that was finished earlier is loaded instead. `part` names it, in the folder and to
        people. Raises Cancelled, with all that was done saved; TrainingDiverged; RunFolderUnusable
        if what was saved is damaged; RunFolderUnwritable.
        """
        from facelock.learning.weights import weights_to_bytes  # brings torch

        finished, under_way = file_name(part, "safetensors"), file_name(part, "checkpoint")
        if (weights := self.folder.read(finished)) is not None:
            self._load(finished, weights, model)
            self.folder.remove(under_way)
            return
        if (saved := self.folder.read(under_way)) is not None:
            try:
                training.restore(saved)
            except ModelCorrupt as error:
                raise self._damaged(under_way) from error
        try:
            self._train(part, training)
        except Cancelled:
            self.folder.write(under_way, training.checkpoint())
            raise
        except FloatingPointError as error:
            raise TrainingDiverged(f"{part}: {error}") from error
        self.folder.write(finished, weights_to_bytes(model.state_dict()))
        self.folder.remove(under_way)

    def _train(self, part: str, training: Resumable) -> None:
        """Train and save each epoch: the log first, so that no epoch is saved and not logged."""
        last = None
        for last in training.epochs(self.should_stop):
            self.folder.log(part, last.epoch, {"loss": last.loss, "validation": last.validation})
            self.folder.write(file_name(part, "checkpoint"), training.checkpoint())
            self.tell(Progress(part, last.epoch, self.epochs))
        if last is not None:
            held_out = "" if last.validation is None else f", held out {last.validation:.4f}"
            self.tell(Remark(f"{part}: {last.epoch} epochs, loss {last.loss:.4f}{held_out}"))

    def _load(self, name: str, data: bytes, model: Trainable) -> None:
        """Give a model the weights of a finished part. Raises RunFolderUnusable."""
        from facelock.learning.weights import sha256_of, weights_from_bytes

        try:
            # The person's own file of numbers: its form is checked, its hash would guard nothing.
            model.load_state_dict(weights_from_bytes(data, sha256=sha256_of(data)))
        except (ModelCorrupt, RuntimeError) as error:  # torch's word for other names or shapes
            raise self._damaged(name) from error
        model.eval()

    def _damaged(self, name: str) -> RunFolderUnusable:
        path = self.folder.path / name
        return RunFolderUnusable(f"{path} is damaged; delete it to train that part again")
