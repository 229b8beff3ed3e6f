"""A look is remembered for the person inside, by their own passphrase, and for nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from lock_machine import ADA, BOB, Machine
from sealed_people import PASSPHRASE, keys_for

from facelock.core.activity import Happening
from facelock.core.errors import VaultLocked
from facelock.services.access import Access
from facelock.services.adapting import Offer, remember


def enter(access: Access, profile_id: str) -> None:
    access.accept(access.slow_open(profile_id, PASSPHRASE))


def test_nobody_adds_a_look_to_somebody_else(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "store")
    with machine.started() as access:
        enter(access, ADA.profile_id)
        access.enrol(BOB, keys_for(BOB))
        base = access.profile(ADA.profile_id)
        offer = Offer(base.appearances[-1], base, base)
        enter(access, BOB.profile_id)
        assert access.is_confirmed
        with pytest.raises(VaultLocked):
            remember(access, offer)
        access.lock()
        access.confirm(access.slow_open(ADA.profile_id, PASSPHRASE))
        with pytest.raises(VaultLocked):
            remember(access, offer)
        assert not machine.journal.count(Happening.APPEARANCE_ADDED)
        enter(access, ADA.profile_id)
        remember(access, offer)
        assert machine.journal.count(Happening.APPEARANCE_ADDED) == 1
