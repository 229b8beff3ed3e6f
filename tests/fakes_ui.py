"""Stand-ins for what the pages drive: eyes that see what a test says, a lock without a disk."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from fake_renewal import FakeHeads, FakeRenewal
from fakes import MODEL, NO_HEAD, made_up_densities
from PySide6.QtCore import QObject, Signal

from facelock.core.attempt import Accepted, Attempt, Inconclusive, Rejected, Verdict
from facelock.core.comparison import Gallery
from facelock.core.errors import FacelockError, NameTaken, NotEnrolled, WrongPassphrase
from facelock.core.frames import FaceBox, FaceCrop, Frame, HeadPose, Landmarks
from facelock.core.head import Head, NetworkId, network_sha256
from facelock.core.levels import RULES, Level
from facelock.core.liveness import LAYERS, Judgement, Layer, Prompt, Shown
from facelock.core.look import Look, SeenFace
from facelock.core.passphrase_delay import WrongPassphrases
from facelock.core.policy import (
    AttemptEnded,
    Event,
    Locked,
    LockRequested,
    LockState,
    PassphraseAccepted,
    ScanStarted,
    TimePassed,
    Unlocked,
    advance,
)
from facelock.core.quality import QualityReport
from facelock.core.template import (
    Person,
    Profile,
    Sample,
    make_gallery,
    make_references,
    make_thresholds,
)
from facelock.core.threshold import Calibration
from facelock.services.access import Access
from facelock.services.gallery import Terms
from facelock.services.measured_scores import MeasuredScores
from facelock.services.recognition import FacePipeline, Seen
from facelock.ui.numbered_work import NumberedSeen, NumberedWork
from facelock.vault.store import DamagedRecord, OpenedKey
from facelock.workers.eyes import Eyes
from facelock.workers.latest import Latest

if TYPE_CHECKING:
    from facelock.core.observation import Observation

DIMENSION = 192
PASSPHRASE = "tern harbour violet stone"


def embedding(seed: int, noise: float = 0.0, sample: int = 0) -> np.ndarray[Any, Any]:
    """Return a unit vector of a made-up person; `noise` moves it, differently per `sample`."""
    vector = np.random.default_rng(seed).normal(size=DIMENSION)
    vector /= np.linalg.norm(vector)
    away = np.random.default_rng(seed * 1000 + sample).normal(size=DIMENSION)
    moved = vector + noise * away / np.linalg.norm(away)
    return (moved / np.linalg.norm(moved)).astype(np.float32)


def calibration() -> Calibration:
    """Return a calibration of made-up impostors."""
    features = np.stack([embedding(seed) for seed in range(500, 600)])
    return Calibration(
        model_sha256=MODEL,
        fmr_grid=np.array([1e-6, 1e-5, 1e-4, 1e-3]),
        distance_grid=np.array([0.6, 0.7, 0.8, 0.9]),
        mated_median=0.35,
        people=1680,
        comparisons=29_600_000,
        features=features,
        person_index=np.arange(100, dtype=np.int32),
        densities=made_up_densities(),
    )


def measured_on_pairs(people: int = 400) -> MeasuredScores:
    """Return made-up scores of people with two pictures each."""
    whose = np.repeat(np.arange(people, dtype=np.int32), 2)
    return MeasuredScores(replace(calibration(), person_index=whose, people=people))


def profile(name: str, seed: int, *, demo: bool = True) -> Profile:
    """Return an enrolled made-up person."""
    features = [embedding(seed, 0.2, index) for index in range(6)]
    samples = tuple(Sample(one, one, None, HeadPose(0.0, 0.0, 0.0)) for one in features)
    references = make_references(samples)
    return Profile(
        profile_id=f"{seed:032x}",
        name=name,
        created_at=float(seed),
        demo=demo,
        backbone_sha256=MODEL,
        model_sha256=MODEL,
        samples=samples,
        references=references,
        thresholds=make_thresholds(samples, references, calibration()),
        poses=("centre",),
    )


def look(pose: HeadPose | None = HeadPose(0.0, 0.0, 0.0), at: float = 0.0, faces: int = 1) -> Look:
    """Return a good look at a face in a 640 x 480 frame; without a pose, at nobody."""
    if pose is None:
        return Look(at, (640, 480), 120.0, 0, None)
    report = QualityReport(
        eye_distance=80.0,
        frame_share=0.5,
        sharpness=5.0,
        brightness=120.0,
        contrast=45.0,
        clipped=0.0,
        pose=pose,
        eye_openness=0.3,
        inside=1.0,
        presence=1.0,
    )
    turns = np.linspace(0.0, 2 * np.pi, 468)
    points = np.stack([320 + 90 * np.cos(turns), 240 + 120 * np.sin(turns), 0 * turns], axis=1)
    face = SeenFace(
        1,
        FaceBox(230, 120, 180, 240),
        Landmarks(points.astype(np.float32), 1.0),
        FaceCrop(np.zeros((112, 112, 3), np.uint8)),
        report,
    )
    return Look(at, (640, 480), 120.0, faces, face)


def frame(at: float = 0.0) -> Frame:
    """Return a small grey simulated frame."""
    return Frame(np.full((48, 64, 3), 128, np.uint8), at, simulated=True)


class NobodyDenies:
    """A liveness that denies nobody."""

    def begin(self, layers: frozenset[Layer]) -> None:
        """Nothing is remembered."""

    def restart(self) -> None:
        """Nothing is remembered."""

    def judge(self, frame: Frame, look: Look, *, usable: bool) -> Judgement:
        del frame, look, usable
        return Shown()


class ScriptedPipeline:
    """Sees in each frame the look a test has put there."""

    network = NetworkId(MODEL, MODEL)
    model_sha256 = MODEL
    head = NO_HEAD

    def __init__(self, seed: int = 1) -> None:
        self.seed = seed
        self.next_look = look()
        self.liveness = NobodyDenies()
        self.restarts = 0
        self._embedded = 0

    def look(self, _frame: Frame) -> Look:
        return self.next_look

    def feature_of(self, _crop: FaceCrop) -> np.ndarray[Any, Any]:
        return self._next()

    def embed(self, _face: SeenFace) -> np.ndarray[Any, Any]:
        return self._next()

    def _next(self) -> np.ndarray[Any, Any]:
        self._embedded += 1
        return embedding(self.seed, 0.2, self._embedded)

    def restart(self) -> None:
        self.restarts += 1

    def with_head(self, head: Head | None) -> ScriptedPipeline:
        """Return itself under another head; None: its own."""
        if (head or NO_HEAD) is self.head:
            return self
        other = copy.copy(self)
        other.head = head or NO_HEAD
        other.model_sha256 = network_sha256(MODEL, other.head)
        other.network = NetworkId(MODEL, other.model_sha256)
        return other


class FakeEyes(QObject):
    """Looks when asked and sees what the test says."""

    camera_opened = Signal()
    camera_failed = Signal(object)
    clip_ended = Signal()
    pipeline_ready = Signal(object)
    pipeline_failed = Signal(object)
    seen = Signal(object)
    watched = Signal(object, object)
    watch_failed = Signal(object, object)
    camera_on_changed = Signal(bool)

    def __init__(self, pipeline: ScriptedPipeline | None = None) -> None:
        super().__init__()
        self.preview: Latest[Frame] = Latest()
        self.pipeline = cast("FacePipeline | None", pipeline)
        self.is_looking = False
        self.trouble: Exception | None = None
        self.opened: list[object] = []
        self.current: Any = None
        self.watching: Any = None  # the work of the watch under way
        self.watch_pace = 0.0
        self.held_off: set[object] = set()
        self.reopened = 0
        self.camera_is_on = False

    def look(self, open_source: object) -> None:
        self.is_looking = True
        self.opened.append(open_source)

    def close_eyes(self) -> None:
        self.is_looking = False

    @property
    def is_watching(self) -> bool:
        return self.watching is not None

    def watch(self, open_source: object, work: object, pace: float = 0.5) -> None:
        if self.watching is None:
            self.opened.append(open_source)
        self.watching, self.watch_pace = work, pace

    def stop_watching(self, work: object) -> None:
        if work is self.watching:
            self.watching = None

    def hold_off(self, why: object) -> None:
        self.held_off.add(why)

    def go_on(self, why: object) -> None:
        self.held_off.discard(why)

    def reopen(self) -> None:
        self.reopened += 1

    def set_camera_on(self, on: bool) -> None:  # noqa: FBT001 - as the signal has it
        """Switch the camera on or off, as its thread would."""
        self.camera_is_on = on
        self.camera_on_changed.emit(on)

    def show_watched(self, result: object) -> None:
        """Report what the work of the watch under way returned, if there is one."""
        if self.watching is not None:
            self.watched.emit(self.watching, result)

    def work(self, work: object) -> None:
        self.current = work

    def use_head(self, head: Head | None) -> None:
        if self.pipeline is not None:
            self.pipeline = self.pipeline.with_head(head)
            self.pipeline_ready.emit(self.pipeline)

    def show(
        self,
        observation: Observation,
        prompt: Prompt | None = None,
        seen_look: Look | None = None,
    ) -> None:
        """Report an observation of the attempt under way, if there is one."""
        if isinstance(self.current, NumberedWork):
            seen = Seen(seen_look or look(), observation, prompt)
            self.seen.emit(NumberedSeen(self.current._number, seen))

    def offer(self, seen_look: Look) -> None:
        """Do the work on a frame that shows this look, as the recognition thread would."""
        cast("ScriptedPipeline", self.pipeline).next_look = seen_look
        if self.current is not None:
            self.seen.emit(self.current(frame(seen_look.captured_at)))

    def as_eyes(self) -> Eyes:
        return cast("Eyes", self)


@dataclass
class FakeLeaving:
    """What is chosen about leaving and coming back."""

    asks_first: bool = False


@dataclass
class FakeAccess:
    """A lock in memory with the real state machine; its passphrase is `PASSPHRASE`."""

    profiles: tuple[Profile, ...] = ()
    demo: bool = True
    level: Level = Level.BALANCED
    layers: frozenset[Layer] = LAYERS[Level.BALANCED]
    bound: list[tuple[str, str]] = field(default_factory=list)
    eyes_required: bool = True
    challenge_by_blinking: bool = False
    state: LockState = field(default_factory=Locked)
    now: float = 1000.0
    trouble: FacelockError | None = None  # raised where something would be written
    is_confirmed: bool = True
    attempt: Attempt = field(default_factory=Attempt)
    renewal: FakeRenewal = field(default_factory=FakeRenewal)
    heads: FakeHeads = field(default_factory=FakeHeads)
    leaving: FakeLeaving = field(default_factory=FakeLeaving)
    wrong: dict[str, WrongPassphrases] = field(default_factory=dict)

    def profile(self, profile_id: str) -> Profile:
        for one in self.profiles:
            if one.profile_id == profile_id:
                return one
        raise NotEnrolled(profile_id)

    @property
    def unlocked_for(self) -> Person | None:
        if (inside := self.unlocked_profile) is None:
            return None
        return Person(inside.profile_id, inside.name)

    @property
    def unlocked_profile(self) -> Profile | None:
        return self.profile(self.state.profile_id) if isinstance(self.state, Unlocked) else None

    @property
    def damaged(self) -> tuple[DamagedRecord, ...]:
        return ()

    def bind_camera(self, profile_id: str, camera_id: str) -> None:
        self.bound.append((profile_id, camera_id))

    @property
    def terms(self) -> Terms:
        return Terms(self.level, self.demo, self.layers)

    def gallery(self, model_sha256: str) -> Gallery:
        return make_gallery(self.profiles, self.level, demo=self.demo, model_sha256=model_sha256)

    def start_scan(self) -> LockState:
        return self._advance(ScanStarted())

    def tick(self) -> LockState:
        return self._advance(TimePassed())

    def lock(self) -> LockState:
        return self._advance(LockRequested())

    def observe(self, seen: Observation) -> Verdict | None:
        result = self.attempt.observe(seen, self.now)
        if isinstance(result, Attempt):
            self.attempt = result
            return None
        self.attempt = (
            self.attempt.carried_over() if isinstance(result, Inconclusive) else Attempt()
        )
        if self.trouble is not None and isinstance(result, Rejected | Accepted):
            raise self.trouble
        self._advance(AttemptEnded(result))
        return result

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(Person(one.profile_id, one.name) for one in self.profiles)

    def slow_open(self, profile_id: str, passphrase: str) -> OpenedKey:
        if passphrase != PASSPHRASE:
            raise WrongPassphrase("no")
        return OpenedKey(profile_id, bytearray(32), bytes(32))

    def seconds_to_wait(self, profile_id: str) -> float:
        return self.wrong.get(profile_id, WrongPassphrases()).seconds_left(self.now)

    def refused(self, profile_id: str) -> None:
        before = self.wrong.get(profile_id, WrongPassphrases())
        self.wrong[profile_id] = before.one_more(self.now)

    def accept(self, opened: OpenedKey) -> LockState:
        return self._advance(PassphraseAccepted(opened.profile_id))

    def confirm(self, _opened: OpenedKey) -> None:
        self.is_confirmed = True

    def enrol(
        self, person: Profile, _keys: object, *, enter: bool = False, camera_id: str = ""
    ) -> None:
        self.bound.append((person.profile_id, camera_id))
        if self.trouble is not None:
            raise self.trouble
        if person.name in [one.name for one in self.profiles]:
            raise NameTaken(person.name)
        self.profiles = (*self.profiles, person)
        if enter:
            self._advance(PassphraseAccepted(person.profile_id))

    def _advance(self, event: Event) -> LockState:
        self.state = advance(self.state, event, self.now, RULES[self.level])
        return self.state

    def as_access(self) -> Access:
        return cast("Access", self)
