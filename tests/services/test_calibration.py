"""The bundled calibration is whole, fits the network, and tells the levels apart."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import made_up_calibration, person_embedding

from facelock.core.attempt import LOOKS
from facelock.core.comparison import fuse
from facelock.core.errors import ModelCorrupt
from facelock.core.head import network_sha256
from facelock.core.levels import RULES, Level
from facelock.core.threshold import HIGHEST, LOWEST, Bound, Calibration, derive_threshold
from facelock.services import calibration as module
from facelock.services.calibration import load_calibration, load_impostor_features
from facelock.services.calibration_file import calibration_to_bytes
from facelock.vision.networks import NETWORKS


@pytest.fixture(scope="module")
def bundled() -> Calibration:
    return load_calibration()


def test_it_belongs_to_the_bundled_network(bundled: Calibration) -> None:
    network = NETWORKS["bundled"]
    head = network.load_head()
    assert bundled.model_sha256 == network_sha256(network.backbone_sha256, head)
    assert bundled.features.shape[1] == head.outputs


def test_features_are_unit_rows_with_a_person_each(bundled: Calibration) -> None:
    np.testing.assert_allclose(np.linalg.norm(bundled.features, axis=1), 1.0, atol=1e-5)
    assert bundled.features.dtype == np.float32
    assert len(bundled.person_index) == len(bundled.features)
    assert len(set(bundled.person_index.tolist())) <= bundled.people


def test_the_backbones_features_are_there_for_training_another_head(bundled: Calibration) -> None:
    features = load_impostor_features()
    np.testing.assert_allclose(np.linalg.norm(features.embeddings, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(features.people, bundled.person_index)
    head = NETWORKS["bundled"].load_head()
    np.testing.assert_allclose(head.apply(features.embeddings), bundled.features, atol=1e-5)


def test_the_table_ascends_in_rate_and_in_distance(bundled: Calibration) -> None:
    assert len(bundled.fmr_grid) == len(bundled.distance_grid) > 10
    assert np.all(np.diff(bundled.fmr_grid) > 0)
    assert np.all(np.diff(bundled.distance_grid) >= 0)


@pytest.mark.parametrize("level", Level)
def test_a_level_is_carried_or_the_strictest_is_used(bundled: Calibration, level: Level) -> None:
    """Strict asks for 3.3e-6 of one comparison; these data carry 3.4e-6."""
    rate = RULES[level].attempt_fmr / len(LOOKS)
    distance, stands_for = bundled.distance_at(rate)
    if level is Level.STRICT:
        assert stands_for == bundled.strictest_fmr < 1.2 * rate
    else:
        assert stands_for <= rate * (1 + 1e-9)
    assert LOWEST < distance < HIGHEST


def test_levels_lie_at_different_distances(bundled: Calibration) -> None:
    distances = [bundled.distance_at(RULES[level].attempt_fmr / len(LOOKS))[0] for level in Level]
    assert distances == sorted(distances, reverse=True)
    assert len(set(distances)) == len(Level)


def test_the_shipped_levels_differ_for_somebody_whose_pictures_are_spread_wide(
    bundled: Calibration,
) -> None:
    samples = [person_embedding(1, noise=1.2, sample=number) for number in range(10)]
    values = [
        derive_threshold(level, {"usual": samples}, [fuse(samples)], bundled).value
        for level in Level
    ]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(Level)


def test_the_shipped_margin_term_decides_for_somebody_whose_pictures_are_alike(
    bundled: Calibration,
) -> None:
    """And then no level's line stands for more strangers than that level allows, by far."""
    samples = [person_embedding(1, noise=0.3, sample=number) for number in range(10)]
    lines = {
        level: derive_threshold(level, {"usual": samples}, [fuse(samples)], bundled)
        for level in Level
    }
    assert {line.bound for line in lines.values()} == {Bound.MARGIN}
    assert {line.attempt_fmr for line in lines.values()} == {bundled.strictest_fmr * len(LOOKS)}


def test_there_are_people_enough_for_the_issue(bundled: Calibration) -> None:
    assert bundled.people >= 1500
    assert set(bundled.person_index.tolist()) == set(range(bundled.people))


def test_the_densities_tell_mated_from_non_mated(bundled: Calibration) -> None:
    densities = bundled.densities
    assert (densities.edges[0], densities.edges[-1], densities.edges.size) == (0.0, 4.0, 81)
    middle = (densities.edges[:-1] + densities.edges[1:]) / 2
    assert middle @ densities.mated < 1.0 < middle @ densities.non_mated


def test_a_file_that_holds_no_calibration_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cannot happen with our pin; the parser's own exception must not get out all the same."""
    monkeypatch.setattr(module, "load_verified", lambda _name: b"not a tensor file")
    with pytest.raises(ModelCorrupt):
        load_calibration()


def test_a_calibration_of_another_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = made_up_calibration()
    data = calibration_to_bytes(made_up, made_up.features)
    monkeypatch.setattr(module, "load_verified", lambda _name: data)
    with pytest.raises(ModelCorrupt, match="another network"):
        load_calibration()
