"""Levels, preferences, looks and observations: small values with promises."""

from __future__ import annotations

import dataclasses

import pytest
from fakes import LEVELS

from facelock.core.levels import RULES, Level
from facelock.core.look import DARK_SCENE, Look
from facelock.core.observation import Match, NonMatch
from facelock.core.settings import Appearance, Settings


def test_every_level_has_rules() -> None:
    assert list(RULES) == list(Level)
    assert [level.value for level in LEVELS] == ["convenient", "balanced", "strict"]


def test_a_stricter_level_is_stricter_in_everything() -> None:
    rules = [RULES[level] for level in LEVELS]
    for name in ("attempt_fmr", "failures_before_passphrase", "passphrase_interval",
                 "lock_when_idle"):  # fmt: skip
        values = [getattr(one, name) for one in rules]
        assert values == sorted(values, reverse=True), name
    for name in ("passphrase_after_reboot", "nearest_impostor_caps"):
        values = [getattr(one, name) for one in rules]
        assert values == sorted(values), name
    away = [float("inf") if one.lock_when_away is None else one.lock_when_away for one in rules]
    assert away == sorted(away, reverse=True)


@pytest.mark.parametrize("level", Level)
def test_each_failure_before_the_last_has_its_cool_down(level: Level) -> None:
    rules = RULES[level]
    assert len(rules.cooldowns) == rules.failures_before_passphrase - 1
    assert list(rules.cooldowns) == sorted(rules.cooldowns)


def test_nothing_that_weakens_the_lock_is_a_preference() -> None:
    """Threat-model row 6: level, threshold and liveness are sealed."""
    names = {one.name for one in dataclasses.fields(Settings)}
    looks = {"appearance", "language", "text_size", "reduced_motion"}
    assert names == looks | {"camera_id", "curtain", "keep_in_tray", "notices"}


def test_preferences_begin_with_the_systems_look_and_any_camera() -> None:
    assert Settings() == Settings(Appearance.SYSTEM, "")


def test_darkness_is_measured_on_the_whole_scene() -> None:
    assert Look(0.0, (64, 48), DARK_SCENE - 0.1, 0, None).too_dark
    assert not Look(0.0, (64, 48), DARK_SCENE, 0, None).too_dark


def test_no_score_is_in_the_text_of_an_observation() -> None:
    assert repr(NonMatch(5, 1.25, 0.625)) == "NonMatch(usable_frames=5)"
    assert repr(Match("ada", 5, 1.25, 0.625)) == "Match(profile_id='ada', usable_frames=5)"
