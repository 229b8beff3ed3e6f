"""What Argon2id may cost is measured, and bounded on both sides."""

from __future__ import annotations

import pytest

from facelock.vault.kdf_calibration import MOST_SECONDS, calibrated
from facelock.vault.keys import INTERACTIVE, KDF_FLOOR, KdfParameters


class Machine:
    """A machine whose Argon2id takes so many seconds for a round of 128 MiB."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.now = 0.0
        self.paid: list[KdfParameters] = []

    def clock(self) -> float:
        return self.now

    def derive(self, kdf: KdfParameters) -> None:
        self.paid.append(kdf)
        self.now += self.cost(kdf)

    def cost(self, kdf: KdfParameters) -> float:
        return self.seconds * kdf.iterations * kdf.memory_kib / INTERACTIVE.memory_kib

    def calibrate(self) -> KdfParameters:
        return calibrated(self.clock, self.derive)


@pytest.mark.parametrize("seconds", [0.02, 0.05, 0.1, 0.17, 0.25, 0.3, 0.4, 0.5, 1.0, 2.0])
def test_an_unlock_takes_about_half_a_second_and_stays_below_one(seconds: float) -> None:
    machine = Machine(seconds)
    kdf = machine.calibrate()
    assert 0.3 < machine.cost(kdf) <= MOST_SECONDS
    assert kdf.is_at_least(KDF_FLOOR)


def test_it_is_never_cheaper_than_the_preset_where_that_can_be_afforded() -> None:
    for seconds in (0.01, 0.1, 0.2, 0.3):
        assert Machine(seconds).calibrate().is_at_least(INTERACTIVE)
    assert Machine(0.05).calibrate().iterations == 10


def test_no_machine_is_too_fast_or_too_slow_for_the_bounds() -> None:
    assert Machine(0.0).calibrate().iterations == 24
    slow = Machine(1000.0).calibrate()
    assert (slow.memory_kib, slow.iterations) == (KDF_FLOOR.memory_kib, KDF_FLOOR.iterations)


def test_finding_out_costs_less_than_one_unlock_and_the_quicker_try_counts() -> None:
    machine = Machine(0.17)
    machine.calibrate()
    assert machine.now < 0.5
    assert {kdf.iterations for kdf in machine.paid} == {1}


def test_here_it_is_measured_for_real() -> None:
    assert calibrated().is_at_least(KDF_FLOOR)
