"""How long key work takes with a real Secret Service: gnome-keyring in a private session bus.

    python scripts/measure_keyring.py

Prints one line of JSON, seconds: opening a vault key by face, and everything by passphrase.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from secret_service_daemon import PROGRAMS, private_session

_TESTS = Path(__file__).resolve().parents[1] / "tests"


def main() -> int:
    """Run it."""
    with (
        tempfile.TemporaryDirectory(prefix="fl-") as name,
        private_session(Path(name)) as session,
        session.daemon("throw-away"),
    ):
        done = subprocess.run(
            [sys.executable, str(_TESTS / "real_keyring_work.py"), "times", name],
            env={**session.environment, "PYTHONPATH": f"{_TESTS.parent}:{_TESTS}"},
            check=False,
        )
    return done.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FileNotFoundError:
        sys.exit(f"needs {' and '.join(PROGRAMS)}")
