"""Promises over every sequence of what can happen at the lock, on a real store.

Nothing but an accepted face or the right passphrase unlocks. Nothing but those two, or time, lowers
what is owed: no clock, reboot, lock, kill, full disk or keyring that fails.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lock_machine import ADA, Machine
from sealed_people import PASSPHRASE

from facelock.core.attempt import LOOKS
from facelock.core.errors import FacelockError, PassphraseTooSoon, WrongPassphrase
from facelock.core.levels import RULES, Level
from facelock.core.observation import Match, NoFace, NonMatch, Observation, PresentationAttack
from facelock.core.passphrase_delay import LONGEST_SECONDS
from facelock.core.policy import CoolingDown, LockState, PassphraseOnly, Unlocked

YES = Match(ADA.profile_id, 5, 0.2, 0.6)
NO = NonMatch(5, 1.3, 0.6)


@dataclass(frozen=True)
class Owed:
    """What stands between a stranger and the next comparison, or the next passphrase."""

    comparisons: int  # counted so far: failures are three each
    face_gone: bool
    cooling: float  # seconds
    wrong: int
    waiting: float  # seconds

    def is_at_least(self, before: Owed) -> bool:
        """True if nothing became less; seconds may pass by rounding alone."""
        return (
            self.waiting >= before.waiting - 1e-3
            and self.wrong >= before.wrong
            and (
                self.face_gone
                or (
                    not before.face_gone
                    and self.comparisons >= before.comparisons
                    and self.cooling >= before.cooling - 1e-3
                )
            )
        )


class LockUnderAttack(RuleBasedStateMachine):
    """Somebody has the machine for as long as they like, and the owner comes by now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.running = ExitStack()
        self.folder = Path(tempfile.mkdtemp())
        self.machine = Machine(self.folder / "store")
        self.access = self.running.enter_context(self.machine.started())

    @initialize(level=st.sampled_from(Level))
    def choose_level(self, level: Level) -> None:
        self.access.accept(self.access.slow_open(ADA.profile_id, PASSPHRASE))
        self.access.set_level(level)
        self.access.lock()

    @property
    def state(self) -> LockState:
        return self.access.state

    def owed(self) -> Owed:
        clock, state = self.machine.clock, self.state
        failures = 0 if isinstance(state, Unlocked) else state.failures
        cooling = state.until - clock.monotonic() if isinstance(state, CoolingDown) else 0.0
        wrong = self.access._wrong.get(ADA.profile_id)
        return Owed(
            failures * len(LOOKS) + self.access._attempt.non_matches,
            isinstance(state, PassphraseOnly)
            or self.machine.secrets.kept.get(self._face_entry()) is None,
            max(cooling, 0.0),
            wrong.count if wrong else 0,
            self.access.seconds_to_wait(ADA.profile_id),
        )

    def _face_entry(self) -> str:
        return next((one for one in self.machine.secrets.kept if one.startswith("face/")), "none")

    def without_gain(self, work: Callable[[], object]) -> None:
        """Do what must neither unlock nor lower what is owed, whatever fails meanwhile."""
        inside, before = isinstance(self.state, Unlocked), self.owed()
        with suppress(FacelockError):
            work()
        assert inside or not isinstance(self.state, Unlocked)
        if not inside:
            assert self.owed().is_at_least(before), (before, self.owed())

    def see(self, seen: Observation) -> None:
        self.without_gain(lambda: self.access.observe(seen))

    @rule()
    def a_stranger_looks(self) -> None:
        self.without_gain(self.access.start_scan)
        self.see(NO)

    @rule()
    def a_stranger_stays(self) -> None:
        for _ in LOOKS:
            self.a_stranger_looks()

    @rule()
    def a_photograph_is_shown(self) -> None:
        self.without_gain(self.access.start_scan)
        self.see(PresentationAttack("layer"))

    @rule()
    def nobody_is_there(self) -> None:
        self.machine.clock.advance(9.0)
        with suppress(FacelockError):
            self.access.observe(NoFace())
        assert self.access.opened_by is None or isinstance(self.state, Unlocked)

    @rule()
    def it_is_locked(self) -> None:
        self.access.lock()
        assert not isinstance(self.state, Unlocked)
        assert self.access._key.key is None

    @rule(seconds=st.sampled_from([0.5, 10.0, 65.0, 310.0, 90_000.0, 3_000_000.0]))
    def time_passes(self, seconds: float) -> None:
        before = self.owed()
        self.machine.clock.advance(seconds)
        with suppress(FacelockError):
            self.access.tick()
        after = self.owed()
        assert after.wrong == before.wrong
        assert after.comparisons >= before.comparisons or after.face_gone
        assert after.face_gone >= before.face_gone

    @rule(seconds=st.sampled_from([-1e8, -4000.0, -90.0, -5.0, 5.0, 90.0, 1e8]))
    def the_clock_is_turned(self, seconds: float) -> None:
        owed = self.owed()
        if seconds > 0 and (owed.cooling or owed.waiting):
            return  # turned forward and then rebooted cannot be told from time: SECURITY.md

        def turn() -> None:
            self.machine.clock.set_wall(self.machine.clock.wall() + seconds)
            self.access.tick()

        self.without_gain(turn)

    @rule(boots=st.booleans(), back=st.sampled_from([0.0, 0.0, 30.0, 1e6]))
    def it_is_killed_and_started(self, boots: bool, back: float) -> None:  # noqa: FBT001
        """No time passes meanwhile; the clock may be turned back."""

        def restart() -> None:
            self.running.close()
            self.machine.secrets.locked = False  # else nothing starts at all
            if boots:
                self.machine.clock.restart()
            self.machine.clock.set_wall(self.machine.clock.wall() - back)
            self.access = self.running.enter_context(self.machine.started())

        inside = isinstance(self.state, Unlocked)
        if inside or self.unwritten():
            restart()  # what a full disk kept from being written has ended the face path
            assert not isinstance(self.state, Unlocked)
        else:
            self.without_gain(restart)

    def unwritten(self) -> bool:
        """True if passphrases could not be counted on the disk: then only memory waits."""
        record = self.machine.store.machine
        wrong = self.access._wrong.get(ADA.profile_id)
        return record.wrong_passphrases.get(ADA.profile_id, 0) != (wrong.count if wrong else 0)

    @rule(full=st.booleans())
    def the_disk_fills_or_is_emptied(self, full: bool) -> None:  # noqa: FBT001
        self.machine.store.full = full and not self.machine.secrets.locked

    @rule(locked=st.booleans())
    def the_keyring_fails_or_comes_back(self, locked: bool) -> None:  # noqa: FBT001
        self.machine.secrets.locked = locked and not self.machine.store.full

    @rule()
    def a_wrong_passphrase_is_typed(self) -> None:
        def guess() -> None:
            try:
                self.access.slow_open(ADA.profile_id, "another passphrase")
            except WrongPassphrase:
                self.access.refused(ADA.profile_id)

        self.without_gain(guess)

    @rule()
    def the_owner_looks(self) -> None:
        before = self.state
        try:
            self.access.start_scan()
            self.access.observe(YES)
        except FacelockError:
            assert isinstance(before, Unlocked) or not isinstance(self.state, Unlocked)
        if isinstance(before, CoolingDown | PassphraseOnly):
            resting = isinstance(before, CoolingDown) and (
                before.until > self.machine.clock.monotonic()
            )
            if resting or isinstance(before, PassphraseOnly):
                assert not isinstance(self.state, Unlocked)

    @rule()
    def the_owner_types_the_passphrase(self) -> None:
        """It always works, after five minutes at most, whatever is broken (row 11)."""
        wait = self.access.seconds_to_wait(ADA.profile_id)
        assert wait <= LONGEST_SECONDS
        self.machine.clock.advance(wait)
        try:
            self.access.accept(self.access.slow_open(ADA.profile_id, PASSPHRASE))
        except PassphraseTooSoon as error:
            raise AssertionError("the owner is locked out") from error
        except FacelockError:
            pass  # what could not be written, or armed
        assert self.state == Unlocked(ADA.profile_id)
        assert self.access._key.key is not None

    @invariant()
    def locked_means_there_is_no_key(self) -> None:
        assert (self.access._key.key is not None) is isinstance(self.state, Unlocked)
        assert (self.access.opened_by is not None) is isinstance(self.state, Unlocked)

    @invariant()
    def after_a_lock_out_the_third_copy_is_gone(self) -> None:
        failures = RULES[self.access.level].failures_before_passphrase
        state = self.state
        if isinstance(state, PassphraseOnly) and state.failures >= failures:
            assert self._face_entry() == "none" or self.machine.secrets.locked

    def teardown(self) -> None:
        self.running.close()
        shutil.rmtree(self.folder)


TestLockUnderAttack = LockUnderAttack.TestCase
TestLockUnderAttack.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
