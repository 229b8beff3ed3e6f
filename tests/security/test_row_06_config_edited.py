"""Threat-model row 6: nothing that weakens the lock can be written into a file by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fakes import MODEL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lock_machine import ADA, Machine

from facelock.core.errors import PassphraseConfirmationNeeded
from facelock.core.levels import RULES, Level
from facelock.core.liveness import LAYERS
from facelock.core.settings import Settings
from facelock.desktop.settings_file import load_settings, save_settings

pytestmark = pytest.mark.security

WEAKER: list[dict[str, object]] = [
    {"level": "convenient"},
    {"security_level": "convenient"},
    {"threshold": 4.0},
    {"thresholds": {"balanced": 4.0}},
    {"liveness": False},
    {"eyes_required": False, "challenge_by_blinking": True},
    {"cameras": {"x": [""]}},
    {"lock_when_idle_seconds": 3600.0},
    {"demo": True},
    {"simulated": True},
    {"attempt_fmr": 1.0},
    {"failures_before_passphrase": 9999},
    {"cooldowns": []},
    {"failures": 0, "passphrase_only": None},
    {"debug": True, "skip_lock": True},
]


@pytest.mark.parametrize("edit", WEAKER, ids="-".join)
def test_an_edit_of_the_preferences_changes_nothing_about_the_lock(
    edit: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings())
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(kept | edit), encoding="utf-8")
    assert load_settings(path) == Settings(), "a file with a stranger's key is not believed at all"

    machine = Machine(tmp_path / "store")
    path.rename(tmp_path / "store" / "settings.json")
    with machine.started() as access:
        assert access.level is Level.BALANCED
        assert access.rules == RULES[Level.BALANCED]
        assert not access.demo
        assert access._store.machine.liveness
        assert access.layers == LAYERS[Level.BALANCED]
        threshold = ADA.thresholds[Level.BALANCED].value
        np.testing.assert_array_equal(access.gallery(MODEL).thresholds, [threshold])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
HARMLESS = {
    "appearance",
    "camera_id",
    "language",
    "text_size",
    "reduced_motion",
    "curtain",
    "keep_in_tray",
    "notices",
}
keys = st.sampled_from([*sorted(HARMLESS), "level", "threshold"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(keys, anything) | anything)
def test_whatever_stands_in_the_file_only_harmless_preferences_come_of_it(
    tmp_path: Path, content: object
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert set(vars(load_settings(path))) == HARMLESS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_bytes_of_no_sense_give_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings() or b"{" in content


def test_an_edit_of_the_sealed_rules_leaves_the_strictest(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "store")
    for path in (tmp_path / "store").rglob("machine*"):
        data = bytearray(path.read_bytes())
        data[-20] ^= 1
        path.write_bytes(data)
    with machine.started() as access:
        assert access.level is Level.STRICT
        assert access.needs_passphrase
        assert access.gallery(MODEL).people == 0


def test_the_switches_of_liveness_need_the_passphrase(tmp_path: Path) -> None:
    with Machine(tmp_path / "store").started() as access:
        for change in ({"eyes_required": False}, {"by_blinking": True}):
            with pytest.raises(PassphraseConfirmationNeeded):
                access.set_liveness(**change)
        assert access.layers == LAYERS[Level.BALANCED]
