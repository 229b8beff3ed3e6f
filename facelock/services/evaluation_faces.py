"""From pictures to embeddings, in one process or several.

Each worker process has a pipeline of its own and one thread for OpenCV: that is faster than many
threads in one process, because most of the work is many small networks in a row.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from facelock.core.comparison import Embedding, fuse
from facelock.core.errors import PictureUnreadable
from facelock.core.frames import FaceCrop
from facelock.services.picture_file import read_picture
from facelock.vision.networks import NetworkName

if TYPE_CHECKING:
    from facelock.services.recognition import FacePipeline

_CHUNK = 8  # pictures handed over at once
_MOST_PROCESSES = 61  # Windows cannot wait for more
_WORTH_A_PROCESS = 40  # pictures; starting a process takes as long as looking at so many

Tell = Callable[[int], object]
"""Hears how many pictures are done."""


@dataclass(frozen=True)
class Treatment:
    """What is done to each picture. Sent to the worker processes."""

    networks: tuple[NetworkName, ...] = ("bundled",)
    severity: int = 0  # of the degraded protocol, 0: as it is
    mirror: bool = False  # the embedding is the mean of the face's and its mirror image's
    features: bool = False  # those of the backbone, in the place of embeddings


@dataclass(frozen=True, eq=False)
class Faced:
    """What came of one picture."""

    embeddings: tuple[Embedding, ...] | None = field(repr=False)  # one per network; None: no face
    unreadable: bool = False


class FaceReader:
    """Turns pictures into embeddings, one after the other."""

    def __init__(self, pipelines: Sequence[FacePipeline], treatment: Treatment) -> None:
        """`pipelines`: one per network of the treatment; the first one finds the faces."""
        self._pipelines = pipelines
        self.treatment = treatment

    @property
    def model_sha256(self) -> tuple[str, ...]:
        """Identifies each network."""
        return tuple(pipeline.model_sha256 for pipeline in self._pipelines)

    def read(self, path: Path) -> Faced:
        """Return what a picture shows. Its principal face counts, if there are several."""
        try:
            frame = read_picture(path)
        except PictureUnreadable:
            return Faced(None, unreadable=True)
        first = self._pipelines[0]
        first.restart()  # a picture has nothing to do with the one before it
        look = first.look(frame)
        if look.face is None:
            return Faced(None)
        crop = look.face.crop
        if self.treatment.severity:
            from facelock.learning.degradation import degrade

            crop = degrade(crop, self.treatment.severity)
        return Faced(tuple(self._embedding(one, crop) for one in self._pipelines))

    def _embedding(self, pipeline: FacePipeline, crop: FaceCrop) -> Embedding:
        embed = pipeline.feature_of if self.treatment.features else pipeline.embed_crop
        if not self.treatment.mirror:
            return embed(crop)
        mirrored = FaceCrop(np.ascontiguousarray(crop.pixels[:, ::-1]))
        return fuse([embed(crop), embed(mirrored)])


def load_reader(treatment: Treatment, *, threads: int | None = None) -> FaceReader:
    """Load the networks of a treatment. Raises ModelMissing, ModelCorrupt."""
    from facelock.services.loading import load_pipeline

    pipelines = [load_pipeline(threads=threads, network=name) for name in treatment.networks]
    return FaceReader(pipelines, treatment)


def read_faces(
    paths: Sequence[Path], reader: FaceReader, *, workers: int, tell: Tell
) -> list[Faced]:
    """Return what each picture shows, in order.

    `reader` works in this process: alone if `workers` is 1 or the pictures are few, and for what
    is left over if worker processes cannot be had. On KeyboardInterrupt all of them end.
    """
    found: list[Faced | None] = [None] * len(paths)
    if workers > 1 and len(paths) > _WORTH_A_PROCESS:
        count = min(workers, len(paths) // (_WORTH_A_PROCESS // 2), _MOST_PROCESSES)
        # A machine may allow no more processes, or have no memory for them.
        with suppress(OSError, ImportError, NotImplementedError, BrokenProcessPool):
            _read_in_processes(paths, reader.treatment, count, found, tell)
    done = sum(one is not None for one in found)
    for index, path in enumerate(paths):
        if found[index] is None:
            found[index] = reader.read(path)
            done += 1
            tell(done)
    return [one for one in found if one is not None]


def _read_in_processes(
    paths: Sequence[Path],
    treatment: Treatment,
    workers: int,
    found: list[Faced | None],
    tell: Tell,
) -> None:
    """Fill `found`. Raises BrokenProcessPool if a worker dies; what was found by then stays."""
    starts = iter(range(0, len(paths), _CHUNK))
    context = get_context("spawn")  # a fork would inherit OpenCV's threads in an unknown state
    with _ending(ProcessPoolExecutor(workers, context, _prepare, (treatment,))) as pool:
        waiting: dict[Future[list[Faced]], int] = {}

        def hand_over(count: int) -> None:
            for _, start in zip(range(count), starts, strict=False):
                waiting[pool.submit(_read_chunk, paths[start : start + _CHUNK])] = start

        with _interrupts_held():  # a process is started by each of the first tasks
            hand_over(workers)
        hand_over(workers)
        done = 0
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                start = waiting.pop(future)
                chunk = future.result()
                found[start : start + len(chunk)] = chunk
                done += len(chunk)
                tell(done)
            hand_over(len(finished))


@contextmanager
def _ending(pool: ProcessPoolExecutor) -> Iterator[ProcessPoolExecutor]:
    """Let the processes end with the block; what they have not begun is dropped."""
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl+C back for a moment, and from processes started meanwhile for good.

    The terminal sends it to all of them, and only this one should say something about it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows; `_prepare` has to do
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_reader: FaceReader | None = None  # of a worker process, which knows no other way to keep one


def _prepare(treatment: Treatment) -> None:
    global _reader  # noqa: PLW0603 - set once, in a process of its own
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader = load_reader(treatment, threads=1)


def _read_chunk(paths: Sequence[Path]) -> list[Faced]:
    if _reader is None:
        raise RuntimeError("the process was not prepared")
    return [_reader.read(path) for path in paths]
