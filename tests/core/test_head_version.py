"""The calibration of a head that was trained here."""

import numpy as np
from made_up_heads import a_version

from facelock.core.head_version import calibration_of


def test_a_calibration_is_the_heads_own_table_on_the_bundled_features() -> None:
    version = a_version(5, "a" * 32)
    features = np.eye(192, dtype=np.float32)[:4]
    people = np.arange(4, dtype=np.int32)
    measured = calibration_of(version, features, people)
    assert measured.model_sha256 == version.network.model_sha256
    assert measured.fmr_grid is version.table.fmr_grid
    assert measured.densities is version.table.densities
    assert np.array_equal(measured.features, version.head.apply(features))
    assert measured.person_index is people
