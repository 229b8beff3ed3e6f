"""Threat-model row 9: a face before the camera for ever gets no further than five attempts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import MODEL, fake_pipeline, synthetic_frame
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.attempt import LOOKS, Accepted, Rejected
from facelock.core.levels import RULES, Level
from facelock.core.observation import Match, NoFace, NonMatch, Observation
from facelock.core.policy import CoolingDown, Locked, PassphraseOnly, Scanning, Unlocked, Why
from facelock.services.access import Access
from facelock.services.recognition import Recogniser
from facelock.ui.guidance_text import observation_sentence, verdict_sentence

pytestmark = pytest.mark.security

OWNER, STRANGER = 1, 2
FAILURES = RULES[Level.BALANCED].failures_before_passphrase
RATE = 10.0  # frames a second


class Camera:
    """What the lock page does with each frame, for as long as somebody stays."""

    def __init__(self, machine: Machine, access: Access) -> None:
        self.machine, self.access = machine, access
        self.recogniser = Recogniser(fake_pipeline(), access.gallery(MODEL))
        self.recogniser.restart()
        self.compared = 0
        self.seen: list[Observation] = []

    def show(self, person: int | None, *, light: float = 1.0) -> None:
        """Show one frame; scan again whenever the policy lets us."""
        self.machine.clock.advance(1 / RATE)
        if not isinstance(self.access.state, Scanning):
            self.access.tick()
            self.recogniser.restart()
            if not isinstance(self.access.start_scan(), Scanning):
                return
        frame = synthetic_frame(person, at=self.machine.clock.monotonic(), light=light)
        self.seen.append(self.recogniser.observe(frame).observation)
        self.compared += isinstance(self.seen[-1], Match | NonMatch)
        verdict = self.access.observe(self.seen[-1])
        if verdict is not None:
            self.recogniser.restart()

    def show_for(self, seconds: float, person: int | None, *, light: float = 1.0) -> None:
        for _ in range(round(seconds * RATE)):
            self.show(person, light=light)

    def is_open(self) -> bool:
        return self.access.state == Unlocked(ADA.profile_id)


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        yield Camera(machine, access)


def test_a_stranger_in_view_for_ever_gets_five_attempts_of_three_comparisons(
    camera: Camera,
) -> None:
    camera.show_for(240.0, STRANGER)
    assert camera.access.state == PassphraseOnly(Why.TOO_MANY_FAILURES, FAILURES)
    assert camera.compared == FAILURES * len(LOOKS)


def test_leaving_and_coming_back_buys_no_comparison(camera: Camera) -> None:
    """They step out of the picture after every comparison."""
    while not isinstance(camera.access.state, PassphraseOnly):
        before = camera.compared
        for _ in range(LOOKS[0]):
            camera.show(STRANGER)
        if camera.compared > before:
            camera.show_for(9.0, None)  # longer than an attempt lasts
    assert camera.compared == FAILURES * len(LOOKS)


def test_restarting_buys_no_comparison(tmp_path: Path) -> None:
    """They kill the program after every failed attempt."""
    machine = Machine(tmp_path / "store")
    compared = failures = 0
    for _ in range(40):
        with machine.started() as access:
            camera = Camera(machine, access)
            for _ in range(LOOKS[-1] + 1):
                camera.show(STRANGER)
            compared += camera.compared
        machine.clock.restart(asleep=61.0)
    with machine.started() as access:
        assert isinstance(access.state, PassphraseOnly)
        failures = access.state.failures
    assert (failures, compared) == (FAILURES, FAILURES * len(LOOKS))


def test_killing_in_the_middle_of_an_attempt_buys_no_comparison(tmp_path: Path) -> None:
    """They kill the program after every comparison, before the attempt has its verdict."""
    machine = Machine(tmp_path / "store")
    compared = 0
    for _ in range(40):
        with machine.started() as access:
            camera = Camera(machine, access)
            for _ in range(LOOKS[0]):
                camera.show(STRANGER)
            compared += camera.compared
        machine.clock.restart(asleep=61.0)
    with machine.started() as access:
        assert access.state == PassphraseOnly(Why.TOO_MANY_FAILURES, FAILURES)
    assert compared == FAILURES * len(LOOKS)


def test_after_that_even_the_owners_face_opens_nothing(camera: Camera) -> None:
    camera.show_for(240.0, STRANGER)
    camera.show_for(60.0, OWNER)
    assert isinstance(camera.access.state, PassphraseOnly)
    assert camera.machine.store.open_key_by_face(ADA.profile_id) is None
    camera.access.accept(camera.access.slow_open(ADA.profile_id, PASSPHRASE))
    assert camera.is_open()


def test_the_third_copy_of_the_key_is_destroyed_in_the_keyring_and_in_the_key_file(
    camera: Camera,
) -> None:
    machine, person = camera.machine, ADA.profile_id
    entries = [name for name in machine.secrets.kept if name.startswith("face/")]
    key_file = machine.folder / "people" / f"{person}.keys"
    before = key_file.read_bytes()
    assert len(entries) == 1
    assert machine.store.key_slots(person).face is not None
    camera.show_for(240.0, STRANGER)
    assert not any(name.startswith("face/") for name in machine.secrets.kept)
    assert machine.store.key_slots(person).face is None
    key_file.write_bytes(before)  # an old copy of the key file is put back
    assert machine.store.open_key_by_face(person) is None


def test_the_owner_cannot_end_a_cool_down_with_their_face(camera: Camera) -> None:
    while not isinstance(camera.access.state, CoolingDown):
        camera.show(STRANGER)
    camera.show_for(camera.access.state.until - camera.machine.clock.monotonic() - 1.0, OWNER)
    assert isinstance(camera.access.state, CoolingDown)
    camera.show_for(3.0, OWNER)
    assert camera.is_open()


@pytest.mark.parametrize(
    ("person", "light"), [(None, 1.0), (None, 0.02), (STRANGER, 0.12)], ids=["empty", "dark", "dim"]
)
def test_frames_that_show_nobody_clearly_never_count(
    camera: Camera, person: int | None, light: float
) -> None:
    camera.show_for(120.0, person, light=light)
    assert isinstance(camera.access.state, Scanning | Locked)
    assert camera.access.state.failures == 0
    assert camera.compared == 0
    camera.show_for(3.0, OWNER)
    assert camera.is_open()


def test_each_longer_series_of_failures_waits_at_least_as_long(camera: Camera) -> None:
    waits = []
    while not isinstance(camera.access.state, PassphraseOnly):
        before = camera.access.state
        camera.show(STRANGER)
        after = camera.access.state
        if isinstance(after, CoolingDown) and not isinstance(before, CoolingDown):
            waits.append(after.until - camera.machine.clock.monotonic())
    assert waits == [pytest.approx(30.0), pytest.approx(60.0)]


def test_no_text_tells_how_near_a_face_came(camera: Camera) -> None:
    """A score shown while locked would let somebody work their way towards a match."""
    near, far = NonMatch(25, 0.6125, 0.6), NonMatch(25, 1.8375, 0.6)
    assert repr(near) == repr(far)
    assert observation_sentence(near) == observation_sentence(far)
    camera.show_for(6.0, STRANGER)
    texts = [repr(seen) for seen in camera.seen]
    texts += [observation_sentence(seen) for seen in camera.seen]
    texts += [repr(camera.access.state), verdict_sentence(Rejected("no-match"))]
    texts += [verdict_sentence(Accepted(ADA.profile_id)), observation_sentence(NoFace())]
    assert camera.compared
    for seen in camera.seen:
        if isinstance(seen, NonMatch):
            for score in (seen.distance, seen.threshold):
                assert not any(f"{score:.2f}" in text for text in texts)
    assert not any("." in text and any(c.isdigit() for c in text) for text in texts)
