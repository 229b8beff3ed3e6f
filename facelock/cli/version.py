"""The version of what is installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of(distribution: str = "facelock-desktop") -> str:
    """Return the version of a distribution; "not installed" if there is none.

    That is also said of Facelock itself when it runs from a checkout that was not installed.
    """
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"
