"""Bundled files are found by a path that cannot leave the package."""

import pytest

from facelock.resources import resource


def test_a_bundled_file_is_found() -> None:
    assert resource("models/MANIFEST.json").is_file()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"models/none\.onnx"):
        resource("models/none.onnx")


@pytest.mark.parametrize("path", ["../pyproject.toml", "/etc/hostname", "models/../../x", "a\\b"])
def test_a_path_that_leaves_the_package_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        resource(path)
