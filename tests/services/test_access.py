"""The lock with a real store: what is counted, when it is written, what a restart still owes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import MODEL, FakeClock, FakeSecrets
from lock_machine import ADA, BOB, Machine
from sealed_people import FAST, PASSPHRASE, keys_for

from facelock.core.activity import Happening
from facelock.core.attempt import LOOKS, Accepted, Inconclusive, Rejected, Verdict
from facelock.core.errors import (
    NotEnrolled,
    PassphraseConfirmationNeeded,
    PassphraseTooSoon,
    StoreDamaged,
    StoreUnwritable,
    VaultLocked,
    WrongPassphrase,
)
from facelock.core.levels import RULES, Level
from facelock.core.observation import Gathering, Match, NoFace, NonMatch, PresentationAttack
from facelock.core.policy import (
    CoolingDown,
    Locked,
    PassphraseOnly,
    Scanning,
    Unlocked,
    Why,
)
from facelock.services.access import Access
from facelock.services.held_key import CONFIRMED_SECONDS
from facelock.vault.store import OpenedKey, ProfileStore

NO = NonMatch(5, 1.3, 0.6)
YES = Match(ADA.profile_id, 5, 0.2, 0.6)
LIMIT = RULES[Level.BALANCED].failures_before_passphrase


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "store")


@pytest.fixture
def access(machine: Machine) -> Iterator[Access]:
    with machine.started() as started:
        yield started


def fail_once(access: Access) -> Verdict | None:
    """One full attempt of a stranger."""
    assert isinstance(access.start_scan(), Scanning)
    verdict = None
    for _ in LOOKS:
        verdict = access.observe(NO)
    return verdict


def fail(access: Access, clock: FakeClock, times: int) -> None:
    """So many failed attempts, with the waiting between them."""
    for _ in range(times):
        clock.advance(61.0)
        access.tick()
        assert fail_once(access) == Rejected("no-match")


def typed(access: Access, profile_id: str = ADA.profile_id) -> OpenedKey:
    return access.slow_open(profile_id, PASSPHRASE)


def test_starting_is_locked(access: Access) -> None:
    assert access.state == Locked()
    assert access.unlocked_for is None
    assert access._key._key is None
    assert not access.is_confirmed
    assert [person.name for person in access.people] == ["Ada"]


def test_an_accepted_face_opens_and_brings_the_key(access: Access) -> None:
    access.start_scan()
    assert access.observe(YES) == Accepted(ADA.profile_id)
    assert access.state == Unlocked(ADA.profile_id)
    assert access.unlocked_for is not None
    assert access.unlocked_for.name == "Ada"
    assert access._key._key is not None
    assert any(access._key._key)


def test_the_counter_is_on_the_disk_before_the_verdict_is_returned(
    access: Access, machine: Machine
) -> None:
    access.start_scan()
    for count, _ in enumerate(LOOKS[:-1], start=1):
        assert access.observe(NO) is None
        assert (machine.store.saved[-1].failures, machine.store.saved[-1].non_matches) == (0, count)
    assert access.observe(NO) == Rejected("no-match")
    assert (machine.store.saved[-1].failures, machine.store.saved[-1].non_matches) == (1, 0)


def test_a_kill_right_after_the_verdict_forgives_nothing(machine: Machine) -> None:
    with machine.started() as access:
        fail_once(access)
    with machine.started() as access:
        assert access.state == Locked(1)


def test_failures_lead_to_the_passphrase_and_the_face_key_is_destroyed(
    access: Access, machine: Machine
) -> None:
    fail(access, machine.clock, LIMIT)
    assert access.state == PassphraseOnly(Why.TOO_MANY_FAILURES, LIMIT)
    assert machine.store.open_key_by_face(ADA.profile_id) is None, "gone, not only forbidden"
    assert isinstance(access.start_scan(), PassphraseOnly)
    assert access.observe(YES) == Inconclusive()


def test_passphrase_only_survives_a_restart(machine: Machine) -> None:
    with machine.started() as access:
        fail(access, machine.clock, LIMIT)
    machine.clock.restart(asleep=1e6)
    with machine.started() as access:
        assert access.state == PassphraseOnly(Why.TOO_MANY_FAILURES, LIMIT)
        assert access.accept(typed(access)) == Unlocked(ADA.profile_id)
        access.lock()
        access.start_scan()
        assert access.observe(YES) == Accepted(ADA.profile_id), "the passphrase armed the face"


def test_a_cool_down_survives_a_restart(machine: Machine) -> None:
    with machine.started() as access:
        fail(access, machine.clock, 3)
        assert access.state == CoolingDown(3, machine.clock.monotonic() + 30)
    machine.clock.restart(asleep=10.0)
    with machine.started() as access:
        assert isinstance(access.state, CoolingDown)
        assert access.state.until - machine.clock.monotonic() == pytest.approx(20)
        assert isinstance(access.start_scan(), CoolingDown)
        machine.clock.advance(20.1)
        assert access.tick() == Locked(3)


def test_a_clock_turned_back_owes_the_whole_cool_down_and_never_more(machine: Machine) -> None:
    with machine.started() as access:
        fail(access, machine.clock, 4)
    machine.clock.advance(40.0)
    machine.clock.set_wall(machine.clock.wall() - 59.0)
    with machine.started() as access:
        assert isinstance(access.state, CoolingDown)
        longest = max(RULES[Level.BALANCED].cooldowns)
        assert access.state.until - machine.clock.monotonic() == pytest.approx(longest)


def test_a_clock_turned_far_back_measures_nothing_so_the_passphrase_is_due(
    machine: Machine,
) -> None:
    with machine.started() as access:
        fail(access, machine.clock, 4)
    machine.clock.set_wall(machine.clock.wall() - 1e7)
    with machine.started() as access:
        assert access.state == PassphraseOnly(Why.INTERVAL_OVER, 4)


def test_nothing_seen_outside_a_scan_gives_a_stranger_a_free_comparison(
    access: Access, machine: Machine
) -> None:
    for _ in range(20):
        assert access.observe(NO) == Inconclusive()
        assert access.observe(YES) == Inconclusive()
    assert access.state == Locked()
    fail(access, machine.clock, 3)
    cooling = access.state
    for _ in range(20):
        assert access.observe(YES) == Inconclusive()
    assert access.state == cooling


def test_an_attempt_without_a_verdict_counts_nothing_but_keeps_its_non_matches(
    access: Access, machine: Machine
) -> None:
    access.start_scan()
    access.observe(NO)
    access.observe(NO)
    machine.clock.advance(60.0)
    assert access.observe(NoFace()) == Inconclusive()
    assert access.state == Locked()
    access.start_scan()
    assert access.observe(NO) == Rejected("no-match")


def test_an_attack_ends_the_attempt_at_once_and_counts(access: Access) -> None:
    access.start_scan()
    assert access.observe(Gathering(1)) is None
    assert access.observe(PresentationAttack("layer")) == Rejected("layer")
    assert access.state == Locked(1)


def test_an_accepted_face_forgives_the_failures_before_it(access: Access, machine: Machine) -> None:
    fail(access, machine.clock, 2)
    access.start_scan()
    access.observe(YES)
    assert machine.store.machine.failures == 0
    assert access.lock() == Locked(0)


def test_a_face_whose_key_is_gone_does_not_open(access: Access, machine: Machine) -> None:
    machine.store.disarm_face(ADA.profile_id)
    access.start_scan()
    assert access.observe(YES) == Inconclusive()
    assert access.state == PassphraseOnly(Why.NO_FACE_KEY)


def test_locking_wipes_the_key(access: Access) -> None:
    access.start_scan()
    access.observe(YES)
    key = access._key._key
    assert key is not None
    assert access.lock() == Locked()
    assert access._key._key is None
    assert not any(key)


def test_closing_wipes_the_key(machine: Machine) -> None:
    with machine.started() as access:
        access.accept(typed(access))
        key = access._key._key
        access.close()
        assert key is not None
        assert not any(key)


def test_the_passphrase_opens_in_every_locked_state(machine: Machine) -> None:
    for failures in (0, 1, 3, LIMIT):
        with machine.started() as access:
            fail(access, machine.clock, failures)
            assert access.accept(typed(access)) == Unlocked(ADA.profile_id)
            assert machine.store.machine.failures == 0


def test_a_wrong_passphrase_opens_nothing(access: Access) -> None:
    with pytest.raises(WrongPassphrase):
        access.slow_open(ADA.profile_id, "another passphrase")
    with pytest.raises(NotEnrolled):
        access.slow_open(BOB.profile_id, PASSPHRASE)
    assert access.state == Locked()


def test_a_failure_that_cannot_be_written_counts_and_ends_the_scans(
    access: Access, machine: Machine
) -> None:
    access.start_scan()
    access.observe(NO)
    access.observe(NO)
    machine.store.full = True
    with pytest.raises(StoreUnwritable):
        access.observe(NO)
    assert access.state == Locked(1)
    with pytest.raises(StoreUnwritable):
        access.start_scan()
    assert access.state == Locked(1), "nobody tries again before the failure is on the disk"
    machine.store.full = False
    assert access.start_scan() == Scanning(1)
    assert machine.store.machine.failures == 1


@pytest.mark.parametrize("looks", [1, len(LOOKS)], ids=["a non-match", "a failure"])
def test_what_cannot_be_counted_ends_the_face_path_for_good(machine: Machine, looks: int) -> None:
    """Else a read-only folder and a restart would buy comparisons without end."""
    with machine.started() as access:
        access.start_scan()
        for _ in range(looks - 1):
            access.observe(NO)
        machine.store.full = True
        with pytest.raises(StoreUnwritable):
            access.observe(NO)
    with machine.started() as access:
        access.start_scan()
        assert access.observe(YES) == Inconclusive()
        assert access.state == PassphraseOnly(Why.NO_FACE_KEY)
        assert access.accept(typed(access)) == Unlocked(ADA.profile_id)


def test_an_error_nobody_foresaw_does_not_uncount_a_failure(
    access: Access, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    access.start_scan()
    access.observe(NO)
    access.observe(NO)

    def broken(_: object) -> None:
        raise LookupError

    monkeypatch.setattr(machine.store, "save_machine", broken)
    with pytest.raises(LookupError):
        access.observe(NO)
    assert access.state == Locked(1)
    assert machine.store.open_key_by_face(ADA.profile_id) is None


def test_every_face_path_goes_though_one_key_file_is_damaged(
    access: Access, machine: Machine
) -> None:
    access.confirm(typed(access))
    access.enrol(BOB, keys_for(BOB))
    (machine.folder / "people" / f"{ADA.profile_id}.keys").write_bytes(b"no key file")
    fail(access, machine.clock, LIMIT - 1)
    machine.clock.advance(61.0)
    with pytest.raises(StoreDamaged):
        fail_once(access)
    assert access.state == PassphraseOnly(Why.TOO_MANY_FAILURES, LIMIT)
    assert machine.store.open_key_by_face(BOB.profile_id) is None


def test_a_full_disk_does_not_keep_the_app_open(access: Access, machine: Machine) -> None:
    fail(access, machine.clock, 1)
    machine.store.full = True
    with pytest.raises(StoreUnwritable):
        access.accept(typed(access))
    assert isinstance(access.lock(), Locked)
    assert access.unlocked_for is None
    assert access._key._key is None


def test_a_face_does_not_open_what_cannot_be_written_down(access: Access, machine: Machine) -> None:
    fail(access, machine.clock, 1)
    access.start_scan()
    machine.store.full = True
    with pytest.raises(StoreUnwritable):
        access.observe(YES)
    assert access.unlocked_for is None
    assert access._key._key is None


def test_the_passphrase_opens_though_the_disk_is_full(access: Access, machine: Machine) -> None:
    fail(access, machine.clock, 1)
    machine.store.full = True
    with pytest.raises(StoreUnwritable):
        access.accept(typed(access))
    assert access.state == Unlocked(ADA.profile_id)
    assert access._key._key is not None


def test_the_passphrase_is_due_again_after_the_levels_interval(
    access: Access, machine: Machine
) -> None:
    access.accept(typed(access))
    access.lock()
    machine.clock.advance(RULES[Level.BALANCED].passphrase_interval + 1)
    assert access.start_scan() == PassphraseOnly(Why.INTERVAL_OVER)


def test_a_clock_turned_back_makes_the_passphrase_due(access: Access, machine: Machine) -> None:
    access.accept(typed(access))
    access.lock()
    machine.clock.set_wall(machine.clock.wall() - 3600)
    assert access.start_scan() == PassphraseOnly(Why.INTERVAL_OVER)


def test_sensitive_actions_need_the_passphrase_though_the_app_is_open(access: Access) -> None:
    access.start_scan()
    access.observe(YES)
    with pytest.raises(PassphraseConfirmationNeeded):
        access.remove(ADA.profile_id)
    with pytest.raises(PassphraseConfirmationNeeded):
        access.set_level(Level.CONVENIENT)
    with pytest.raises(PassphraseConfirmationNeeded):
        access.enrol(BOB, keys_for(BOB))
    assert access.level is Level.BALANCED
    assert access.profiles == (access.profile(ADA.profile_id),)


def test_a_typed_passphrase_serves_for_two_minutes(access: Access, machine: Machine) -> None:
    access.start_scan()
    access.observe(YES)
    access.confirm(typed(access))
    machine.clock.advance(CONFIRMED_SECONDS - 1)
    access.set_level(Level.STRICT)
    assert access.level is Level.STRICT
    machine.clock.advance(1)
    with pytest.raises(PassphraseConfirmationNeeded):
        access.set_level(Level.CONVENIENT)


def test_only_a_longer_time_than_now_needs_the_passphrase(access: Access) -> None:
    access.start_scan()
    access.observe(YES)
    assert access.lock_when_idle == 300.0
    with pytest.raises(PassphraseConfirmationNeeded):
        access.set_lock_when_idle(600.0)
    access.set_lock_when_idle(60.0)
    assert (access.lock_when_idle, access.chosen_idle) == (60.0, 60.0)
    for longer in (None, 120.0):  # both within what the level allows, and later than now
        with pytest.raises(PassphraseConfirmationNeeded):
            access.set_lock_when_idle(longer)
    assert access.chosen_idle == 60.0
    access.confirm(typed(access))
    access.set_lock_when_idle(600.0)
    assert access.lock_when_idle == 600.0


def test_a_stricter_level_gives_up_a_longer_time_and_keeps_a_shorter_one(
    access: Access, machine: Machine
) -> None:
    access.accept(typed(access))
    access.set_lock_when_idle(900.0)
    access.set_level(Level.CONVENIENT)
    assert access.chosen_idle == 900.0
    access.set_level(Level.STRICT)
    assert access.chosen_idle is None
    assert access.lock_when_idle == 60.0
    access.set_lock_when_idle(30.0)
    access.set_level(Level.BALANCED)
    access.close()
    with machine.started() as again:
        assert again.lock_when_idle == 30.0


def test_an_idle_time_out_of_all_bounds_is_not_kept(access: Access) -> None:
    access.accept(typed(access))
    for seconds in (0.0, 29.0, 3601.0):
        with pytest.raises(ValueError, match="idle"):
            access.set_lock_when_idle(seconds)
    assert access.chosen_idle is None


def test_locking_ends_the_confirmation(access: Access) -> None:
    access.accept(typed(access))
    assert access.is_confirmed
    access.lock()
    assert not access.is_confirmed


def test_confirming_keeps_no_second_key(access: Access) -> None:
    access.accept(typed(access))
    inside = access._key._key
    opened = typed(access)
    access.confirm(opened)
    assert access._key._key is inside
    assert not any(opened.vault_key)


def test_the_first_person_needs_no_confirmation_and_may_enter(tmp_path: Path) -> None:
    secrets = FakeSecrets()
    store = ProfileStore.open(tmp_path / "new", secrets, demo=False, kdf_floor=FAST)
    access = Access(store, FakeClock())
    assert not access.is_enrolled
    keys = keys_for(ADA)
    access.enrol(ADA, keys, enter=True)
    assert access.state == Unlocked(ADA.profile_id)
    assert access._key._key == keys.vault_key
    access.close()


def test_removing_the_person_inside_locks(access: Access) -> None:
    access.accept(typed(access))
    access.remove(ADA.profile_id)
    assert access.state == Locked()
    assert access._key._key is None
    assert not access.is_enrolled
    with pytest.raises(NotEnrolled):
        access.profile(ADA.profile_id)


def test_removing_somebody_else_leaves_the_app_open(access: Access) -> None:
    access.accept(typed(access))
    access.enrol(BOB, keys_for(BOB))
    access.remove(BOB.profile_id)
    assert access.state == Unlocked(ADA.profile_id)


def test_the_keys_of_another_person_do_not_enrol(access: Access) -> None:
    access.accept(typed(access))
    with pytest.raises(ValueError, match="somebody else"):
        access.enrol(BOB, keys_for(ADA))
    assert len(access.people) == 1


def test_each_persons_passphrase_opens_for_them(access: Access) -> None:
    access.accept(typed(access))
    access.enrol(BOB, keys_for(BOB))
    access.lock()
    assert access.accept(typed(access, BOB.profile_id)) == Unlocked(BOB.profile_id)
    assert access.unlocked_for is not None
    assert access.unlocked_for.name == "Bob"


def test_names_can_be_changed(access: Access) -> None:
    access.rename(ADA.profile_id, "  Ada L. ")
    assert access.profile(ADA.profile_id).name == "Ada L."
    with pytest.raises(NotEnrolled):
        access.rename(BOB.profile_id, "Nobody")


def test_without_a_keyring_nothing_is_read_until_a_passphrase_comes(machine: Machine) -> None:
    machine.secrets = FakeSecrets(is_persistent=False)
    with machine.started() as access:
        assert access.needs_passphrase
        assert access.is_enrolled
        assert [person.name for person in access.people] == [None]
        assert isinstance(access.start_scan(), PassphraseOnly)
        assert access.accept(typed(access)) == Unlocked(ADA.profile_id)
        assert [person.name for person in access.people] == ["Ada"]


def test_the_gallery_is_of_the_level_in_force(access: Access) -> None:
    access.accept(typed(access))
    for level in Level:
        access.set_level(level)
        gallery = access.gallery(MODEL)
        assert gallery.thresholds[0] == ADA.thresholds[level].value
        assert not gallery.demo


def test_a_level_is_kept_across_a_restart(machine: Machine) -> None:
    with machine.started() as access:
        access.accept(typed(access))
        access.set_level(Level.STRICT)
    with machine.started() as access:
        assert access.level is Level.STRICT
        assert access.rules == RULES[Level.STRICT]
        assert not access.demo
        assert access.damaged == ()


def test_what_is_open_is_closed_in_order_while_the_key_is_still_there(access: Access) -> None:
    seen: list[tuple[str, bytes]] = []
    access.add_closer(lambda: seen.append(("first", bytes(access._key.key or b""))))
    access.add_closer(lambda: seen.append(("second", bytes(access._key.key or b""))))
    access.lock()
    assert not seen, "nothing was open"
    access.accept(typed(access))
    key = bytes(access.vault_key())
    access.lock()
    assert seen == [("first", key), ("second", key)]


@pytest.mark.allow_logs
def test_a_closer_that_fails_keeps_neither_the_others_nor_the_lock(access: Access) -> None:
    closed: list[int] = []

    def broken() -> None:
        raise LookupError

    access.add_closer(broken)
    access.add_closer(lambda: closed.append(1))
    access.accept(typed(access))
    assert access.lock() == Locked()
    assert closed == [1]
    assert access._key.key is None


def test_the_vault_key_is_there_while_open_and_what_opened_it_is_known(access: Access) -> None:
    with pytest.raises(VaultLocked):
        access.vault_key()
    access.start_scan()
    access.observe(YES)
    assert access.opened_by == "face"
    by_face = bytes(access.vault_key())
    access.lock()
    assert access.opened_by is None
    with pytest.raises(VaultLocked):
        access.vault_key()
    access.accept(typed(access))
    assert access.opened_by == "passphrase"
    assert access.vault_key() == by_face


def test_the_journal_hears_of_everything_at_the_lock(access: Access, machine: Machine) -> None:
    machine.journal.noted.clear()
    fail_once(access)
    access.start_scan()
    access.observe(PresentationAttack("layer"))
    access.accept(typed(access))
    access.rename(ADA.profile_id, "Ada L.")
    access.lock()
    access.start_scan()
    access.observe(YES)
    ada = ADA.profile_id
    assert machine.journal.noted == [
        (Happening.FACE_REFUSED, ""),
        (Happening.ATTACK_REFUSED, ""),
        (Happening.UNLOCKED_BY_PASSPHRASE, ada),
        (Happening.PERSON_RENAMED, ada),
        (Happening.LOCKED, ada),
        (Happening.UNLOCKED_BY_FACE, ada),
    ]


def test_somebody_elses_passphrase_locks_the_first_out_before_it_opens(access: Access) -> None:
    access.accept(typed(access))
    access.enrol(BOB, keys_for(BOB))
    mine = access.vault_key()
    assert access.accept(typed(access, BOB.profile_id)) == Unlocked(BOB.profile_id)
    assert not any(mine)
    assert access.vault_key() is not mine


def test_the_passphrase_again_while_open_confirms_and_keeps_the_key(access: Access) -> None:
    access.accept(typed(access))
    mine = access.vault_key()
    assert access.accept(typed(access)) == Unlocked(ADA.profile_id)
    assert access.vault_key() is mine
    assert any(mine)


def test_one_persons_interval_ends_their_face_path_and_nobody_elses(
    access: Access, machine: Machine
) -> None:
    access.accept(typed(access))
    access.enrol(BOB, keys_for(BOB))
    access.lock()
    machine.clock.advance(RULES[Level.BALANCED].passphrase_interval - 10.0)
    access.accept(typed(access, BOB.profile_id))
    access.lock()
    machine.clock.advance(20.0)
    assert access.tick() == Locked()
    assert machine.store.open_key_by_face(ADA.profile_id) is None
    assert machine.store.open_key_by_face(BOB.profile_id) is not None
    access.start_scan()
    assert access.observe(YES) == Inconclusive()
    assert access.state == PassphraseOnly(Why.INTERVAL_OVER)
    access.accept(typed(access))
    assert machine.store.open_key_by_face(BOB.profile_id) is not None, "theirs is untouched"


def test_wrong_passphrases_are_forgotten_after_the_right_one(
    access: Access, machine: Machine
) -> None:
    for _ in range(3):
        access.refused(ADA.profile_id)
    assert machine.store.machine.wrong_passphrases == {ADA.profile_id: 3}
    access.accept(typed(access))
    assert machine.store.machine.wrong_passphrases == {}


def test_without_a_keyring_wrong_passphrases_are_counted_in_memory(machine: Machine) -> None:
    machine.secrets = FakeSecrets(is_persistent=False)
    with machine.started() as access:
        for _ in range(5):
            access.refused(ADA.profile_id)
        with pytest.raises(PassphraseTooSoon):
            access.slow_open(ADA.profile_id, PASSPHRASE)
        machine.clock.advance(5.0)
        assert access.accept(typed(access)) == Unlocked(ADA.profile_id)


def test_a_rolled_back_store_is_told(machine: Machine) -> None:
    old = (machine.folder / "machine.sealed").read_bytes()
    with machine.started() as access:
        fail_once(access)
    (machine.folder / "machine.sealed").write_bytes(old)
    with machine.started() as access:
        assert access.needs_passphrase
        assert machine.journal.count(Happening.STORE_ROLLED_BACK) == 1


def test_no_verdict_costs_more_than_one_write_of_the_record(
    access: Access, machine: Machine
) -> None:
    access.start_scan()
    before = len(machine.store.saved)
    for count, _ in enumerate(LOOKS, start=1):
        access.observe(NO)
        assert len(machine.store.saved) == before + count
    access.start_scan()
    before = len(machine.store.saved)
    access.observe(YES)
    assert len(machine.store.saved) == before + 1


def test_a_passphrase_typed_before_a_face_opened_serves_nobody_inside(access: Access) -> None:
    access.accept(typed(access))
    access.enrol(BOB, keys_for(BOB))
    access.lock()
    access.confirm(typed(access, BOB.profile_id))
    assert access.is_confirmed
    access.start_scan()
    assert access.observe(YES) == Accepted(ADA.profile_id)
    assert not access.is_confirmed


def test_a_closer_that_locks_too_calls_each_of_them_once(access: Access) -> None:
    access.accept(typed(access))
    closed: list[bool] = []
    key = access.vault_key()
    access.add_closer(access.lock)
    access.add_closer(lambda: closed.append(any(key)))
    access.lock()
    assert closed == [True]
    assert not any(key)


def test_an_interrupt_in_a_closer_leaves_no_key(access: Access) -> None:
    access.accept(typed(access))
    key = access.vault_key()

    def interrupted() -> None:
        raise KeyboardInterrupt

    access.add_closer(interrupted)
    with pytest.raises(KeyboardInterrupt):
        access.lock()
    assert not any(key)
    assert access.state == Locked()
