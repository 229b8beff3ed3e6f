"""Threat-model row 8: no clock, reboot or re-lock clears what is owed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.activity import Happening
from facelock.core.attempt import LOOKS
from facelock.core.errors import PassphraseTooSoon, WrongPassphrase
from facelock.core.levels import RULES, Level
from facelock.core.observation import NonMatch
from facelock.core.passphrase_delay import FREE_TRIES, delay_after
from facelock.core.policy import CoolingDown, Locked, PassphraseOnly, Why
from facelock.services.access import Access

pytestmark = pytest.mark.security

NO = NonMatch(5, 1.3, 0.6)
DAY = 86_400.0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


def cool_down(machine: Machine, access: Access, failures: int = 3) -> None:
    for _ in range(failures):
        machine.clock.advance(61.0)
        access.start_scan()
        for _ in LOOKS:
            access.observe(NO)
    assert isinstance(access.state, CoolingDown)


def left(machine: Machine, access: Access) -> float:
    state = access.state
    return state.until - machine.clock.monotonic() if isinstance(state, CoolingDown) else 0.0


def face_keys(machine: Machine) -> list[str]:
    return [one for one in machine.secrets.kept if one.startswith("face/")]


def use_passphrase(access: Access) -> None:
    access.accept(access.slow_open(ADA.profile_id, PASSPHRASE))


def guess(access: Access) -> None:
    with pytest.raises(WrongPassphrase):
        access.slow_open(ADA.profile_id, "another passphrase")
    access.refused(ADA.profile_id)


def test_a_clock_turned_forward_ends_no_pause_within_a_boot(machine: Machine) -> None:
    with machine.started() as access:
        cool_down(machine, access)
        machine.clock.set_wall(machine.clock.wall() + 3600.0)
        assert isinstance(access.tick(), CoolingDown)
    with machine.started() as access:
        assert left(machine, access) == pytest.approx(30.0)


@pytest.mark.parametrize("reboots", [False, True], ids=["the same boot", "a reboot"])
def test_a_clock_turned_back_owes_the_whole_pause_anew_and_is_told(
    machine: Machine, *, reboots: bool
) -> None:
    with machine.started() as access:
        cool_down(machine, access)
    machine.clock.advance(29.0)
    if reboots:
        machine.clock.restart()
    machine.clock.set_wall(machine.clock.wall() - 50.0)
    with machine.started() as access:
        assert left(machine, access) == pytest.approx(30.0)
        assert machine.journal.count(Happening.CLOCK_SET_BACK) == 1


def test_a_clock_turned_far_back_ends_the_face_path_in_fact(machine: Machine) -> None:
    with machine.started() as access:
        machine.clock.set_wall(machine.clock.wall() - DAY)
        assert access.tick() == PassphraseOnly(Why.INTERVAL_OVER)
        assert face_keys(machine) == []


def test_locking_again_clears_nothing(machine: Machine) -> None:
    with machine.started() as access:
        cool_down(machine, access)
        before = left(machine, access)
        access.lock()
        assert left(machine, access) == before


def test_a_reboot_clears_nothing(machine: Machine) -> None:
    with machine.started() as access:
        cool_down(machine, access)
    machine.clock.restart(asleep=1.0)
    with machine.started() as access:
        assert left(machine, access) == pytest.approx(29.0)


@pytest.mark.parametrize("level", Level)
def test_a_reboot_asks_for_the_passphrase_at_strict_alone(machine: Machine, level: Level) -> None:
    with machine.started() as access:
        use_passphrase(access)
        access.set_level(level)
        access.lock()
    with machine.started() as access:
        assert access.state == Locked(), "the same boot"
    machine.clock.restart(asleep=10.0)
    with machine.started() as access:
        if level is Level.STRICT:
            assert access.state == PassphraseOnly(Why.AFTER_REBOOT)
            assert face_keys(machine) == [], "the third copy is gone, not only forbidden"
            use_passphrase(access)
            access.lock()
            assert len(face_keys(machine)) == 1
        else:
            assert access.state == Locked()
            assert len(face_keys(machine)) == 1


def test_a_boot_that_is_not_known_counts_as_a_reboot_at_strict(machine: Machine) -> None:
    machine.clock.boot = 0
    with machine.started() as access:
        use_passphrase(access)
        access.set_level(Level.STRICT)
    with machine.started() as access:
        assert access.state == PassphraseOnly(Why.AFTER_REBOOT)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("turned", [0.0, 1.0, -1.0], ids=["left", "forward", "back"])
def test_no_turned_clock_keeps_the_face_path_beyond_the_interval(
    machine: Machine, level: Level, turned: float
) -> None:
    with machine.started() as access:
        use_passphrase(access)
        access.set_level(level)
        access.lock()
        interval = RULES[level].passphrase_interval
        given = machine.clock.wall()
        machine.clock.advance(interval - 10.0)
        assert access.tick() == Locked()
        machine.clock.advance(11.0)
        machine.clock.set_wall(given + interval / 2 + turned * DAY)
        assert access.tick() == PassphraseOnly(Why.INTERVAL_OVER)
        assert face_keys(machine) == []


def test_the_interval_ends_the_third_copy_while_the_app_is_open(machine: Machine) -> None:
    with machine.started() as access:
        use_passphrase(access)
        machine.clock.advance(RULES[Level.BALANCED].passphrase_interval + 1.0)
        access.tick()
        assert face_keys(machine) == []
        assert access.unlocked_for is not None
        access.lock()
        assert isinstance(access.start_scan(), PassphraseOnly)


def test_waits_after_wrong_passphrases_survive_restart_reboot_and_clock(machine: Machine) -> None:
    with machine.started() as access:
        for _ in range(FREE_TRIES):
            guess(access)
        guess(access)
        machine.clock.advance(delay_after(FREE_TRIES + 1))
        guess(access)
    whole = delay_after(FREE_TRIES + 2)
    machine.clock.set_wall(machine.clock.wall() + 600.0)
    with machine.started() as access:
        assert access.seconds_to_wait(ADA.profile_id) == pytest.approx(whole)
        with pytest.raises(PassphraseTooSoon):
            access.slow_open(ADA.profile_id, PASSPHRASE)
    machine.clock.set_wall(machine.clock.wall() - 600.0)
    machine.clock.restart(asleep=1.0)
    with machine.started() as access:
        assert access.seconds_to_wait(ADA.profile_id) == pytest.approx(whole - 1.0)
    machine.clock.set_wall(machine.clock.wall() - 600.0)
    with machine.started() as access:
        assert access.seconds_to_wait(ADA.profile_id) == pytest.approx(whole)
