"""Row 13: a malicious model or template file. Tried: a few thousand damaged files of every kind.

`make torture` tries a hundred thousand. What a reader may raise is FacelockError, which is a
sentence for a person; a sealed file that was changed is never taken.
"""

from __future__ import annotations

import ast
import random
import time
from pathlib import Path

import pytest
from fuzz_targets import TARGETS, Target
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangling import mangled
from store_mangling import MangledStore
from vault_mangling import MangledVault

pytestmark = pytest.mark.security

_Dice = random.Random  # damage that can be repeated needs no cryptographic chance

_TRIES = 400
_SLOWEST = 2.0  # seconds for one small file: far beyond what any takes, far below a hang


def try_target(target: Target, dice: _Dice, tries: int) -> int:
    """Read damaged examples; return how many were taken."""
    taken = 0
    for _ in range(tries):
        bad = mangled(target.good, dice)
        began = time.monotonic()
        was_taken = target.survives(bad)
        assert time.monotonic() - began < _SLOWEST
        assert not (was_taken and target.sealed), "a changed sealed file was taken"
        taken += was_taken
    return taken


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_bytes_are_refused_in_words_or_do_no_harm(name: str) -> None:
    target = TARGETS[name]()
    assert target.survives(target.good), "the example itself must be good"
    try_target(target, _Dice(f"row 13 {name}"), _TRIES)


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_from_nowhere_are_refused_in_words(name: str) -> None:
    target = TARGETS[name]()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=2048))
    def attempt(data: bytes) -> None:
        assert not target.survives(data)

    attempt()


@pytest.mark.allow_logs("a store says that it found damage")
def test_a_store_with_a_damaged_file_opens_nothing_new(tmp_path: Path) -> None:
    store = MangledStore(tmp_path)
    dice = _Dice("row 13 store")
    outcomes = [store.try_once(dice) for _ in range(150)]
    assert len(set(outcomes)) > 2, "the damage reached several files"


@pytest.mark.allow_logs("a vault says that it found damage")
def test_a_vault_with_a_damaged_file_gives_out_nothing_else(tmp_path: Path) -> None:
    vault = MangledVault(tmp_path)
    dice = _Dice("row 13 vault")
    outcomes = [vault.try_once(dice) for _ in range(150)]
    assert len(set(outcomes)) > 2, "the damage reached several files"


def test_nothing_that_can_run_code_is_read_anywhere() -> None:
    """No pickle, no torch.load, no marshal, no eval in the whole package."""
    forbidden = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml"}
    package = Path(__file__).parents[2] / "facelock"
    for path in package.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert forbidden.isdisjoint(name.name.split(".")[0] for name in node.names), path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in forbidden, path
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"eval", "exec", "torch.load", "np.load", "numpy.load"}, path
