"""The script of docs/pam.md lets a face through for sudo at the screen, and in no other case."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from facelock.cli.exit_codes import Exit

PAGE = Path(__file__).parents[1] / "docs" / "pam.md"
PATH_LINE = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
PYTHON_LINE = "python='/opt/facelock/bin/python'"

pytestmark = [
    pytest.mark.security,
    pytest.mark.skipif("not sys.platform.startswith('linux')", reason="PAM and logind"),
]

SUDO = {
    "PAM_TYPE": "auth",
    "PAM_SERVICE": "sudo",
    "PAM_USER": "ada",
    "PAM_RUSER": "ada",
    "PAM_RHOST": "",
    "PAM_TTY": "/dev/pts/1",
}
AT_THE_SCREEN = {"Remote": "no", "Seat": "seat0", "Active": "yes", "LockedHint": "no"}


@dataclass
class Machine:
    """A folder with fakes of what the script calls, and the script itself."""

    folder: Path
    verify: int = 0  # what `facelock verify` exits with
    uid: str = "1000"
    sessions: dict[str, dict[str, str]] = field(default_factory=lambda: {"2": AT_THE_SCREEN})
    logind: bool = True

    def put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def prepare(self) -> Path:
        """Write the fakes and the script of the page; return the script."""
        said = "".join(
            f'[ "$*" = "show-session {one} --property={key} --value" ] && echo "{value}" && exit\n'
            for one, facts in self.sessions.items()
            for key, value in facts.items()
        )
        everybody = 'show-user ada --property=Sessions --value" ]'
        listed = f'[ "$*" = "{everybody} && echo "{" ".join(self.sessions)}" && exit\n'
        self.put("loginctl", f"{listed}{said}exit 1" if self.logind else "exit 1")
        self.put("id", f'[ "$*" = "-u ada" ] && echo {self.uid} && exit\nexit 1')
        self.put("getent", '[ "$2" = ada ] && echo "ada:x:1000:1000::/home/ada:/bin/sh"')
        self.put("runuser", f'echo "$@" >{self.folder}/runuser.said\nshift 3\nexec "$@"')
        told = f'{{ env; echo "$@"; }} >{self.folder}/verify.said\necho "Look at the camera." >&2'
        self.put("python", f"{told}\nexit {self.verify}")
        script = script_of_the_page()
        for line, mine in (
            (PATH_LINE, f"PATH={self.folder}:/usr/bin:/bin"),
            (PYTHON_LINE, f"python='{self.folder}/python'"),
        ):
            assert script.count(line) == 1
            script = script.replace(line, mine)
        path = self.folder / "facelock-sudo"
        path.write_text(script)
        path.chmod(0o755)
        return path

    def run(self, **changed: str | None) -> subprocess.CompletedProcess[str]:
        """Run the script as pam_exec does; None takes a variable away."""
        items = {**SUDO, **changed}
        return subprocess.run(
            [self.prepare()],
            env={key: value for key, value in items.items() if value is not None},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    @property
    def has_asked(self) -> bool:
        return (self.folder / "verify.said").exists()


def script_of_the_page() -> str:
    (script,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```\n", PAGE.read_text(), flags=re.DOTALL)
    return str(script)


@pytest.fixture
def pam(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_match_for_sudo_at_the_screen_is_let_through(pam: Machine) -> None:
    done = pam.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "Look at the camera.\n", "")


def test_verify_runs_as_the_user_with_nothing_of_the_callers_environment(pam: Machine) -> None:
    assert pam.run(LD_PRELOAD="", PYTHONPATH="/home/ada", FACELOCK_DEMO="1").returncode == 0
    assert (pam.folder / "runuser.said").read_text().startswith("-u ada -- env -i ")
    *environment, arguments = (pam.folder / "verify.said").read_text().splitlines()
    assert arguments == "-I -m facelock verify --person Ada Lovelace --timeout 4"
    given = dict(one.split("=", 1) for one in environment)
    assert given.pop("PATH").startswith(str(pam.folder))
    assert given.keys() - {"PWD", "_", "SHLVL", "OLDPWD"} == {
        "HOME",
        "USER",
        "LOGNAME",
        "XDG_RUNTIME_DIR",
        "DBUS_SESSION_BUS_ADDRESS",
    }
    assert given["HOME"] == "/home/ada"
    assert given["XDG_RUNTIME_DIR"] == "/run/user/1000"
    assert given["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/run/user/1000/bus"


@pytest.mark.parametrize("code", sorted({*map(int, Exit), 3, 124, 137, 255} - {0}))
def test_every_other_exit_code_is_a_refusal(pam: Machine, code: int) -> None:
    pam.verify = code
    assert pam.run().returncode == 1
    assert pam.has_asked


@pytest.mark.parametrize(
    "changed",
    [
        {"PAM_SERVICE": "login"},
        {"PAM_SERVICE": "su"},
        {"PAM_SERVICE": "sshd"},
        {"PAM_SERVICE": "sudo-i"},
        {"PAM_SERVICE": "polkit-1"},
        {"PAM_SERVICE": None},
        {"PAM_TYPE": "account"},
        {"PAM_TYPE": "open_session"},
        {"PAM_TYPE": None},
        {"PAM_RHOST": "192.0.2.7"},
        {"PAM_RHOST": "localhost"},
        {"PAM_USER": "root"},
        {"PAM_USER": "grace"},
        {"PAM_USER": None},
        {"PAM_RUSER": "grace"},
        {"PAM_RUSER": ""},
        {"PAM_RUSER": None},
    ],
    ids=str,
)
def test_another_service_user_or_computer_is_refused_unasked(
    pam: Machine, changed: dict[str, str | None]
) -> None:
    assert pam.run(**changed).returncode == 1
    assert not pam.has_asked


@pytest.mark.parametrize(
    "changed",
    [
        {"Remote": "yes"},
        {"Remote": ""},
        {"Seat": ""},
        {"Active": "no"},
        {"LockedHint": "yes"},
        {"LockedHint": ""},
    ],
    ids=str,
)
def test_a_session_that_is_not_at_the_screen_and_unlocked_is_refused_unasked(
    pam: Machine, changed: dict[str, str]
) -> None:
    pam.sessions = {"2": {**AT_THE_SCREEN, **changed}}
    assert pam.run().returncode == 1
    assert not pam.has_asked


def test_one_session_over_the_network_is_enough_for_a_refusal(pam: Machine) -> None:
    ssh = {"Remote": "yes", "Seat": "", "Active": "yes", "LockedHint": "no"}
    pam.sessions = {"2": AT_THE_SCREEN, "9": ssh}
    assert pam.run().returncode == 1
    assert not pam.has_asked


def test_a_second_session_of_the_computer_itself_is_no_hindrance(pam: Machine) -> None:
    manager = {"Remote": "no", "Seat": "", "Active": "yes", "LockedHint": "no"}
    pam.sessions = {"1": manager, "2": AT_THE_SCREEN}
    assert pam.run().returncode == 0


def test_where_logind_knows_nothing_it_is_refused_unasked(pam: Machine) -> None:
    pam.logind = False
    assert pam.run().returncode == 1
    pam.logind, pam.sessions = True, {}
    assert pam.run().returncode == 1
    assert not pam.has_asked


def test_root_and_accounts_of_the_system_are_refused_unasked(pam: Machine) -> None:
    pam.uid = "0"
    assert pam.run().returncode == 1
    assert not pam.has_asked


def test_what_the_script_calls_there_is_and_isolated_python_finds_facelock() -> None:
    called = ("env", "id", "getent", "cut", "timeout", "runuser")
    assert [
        one for one in called if shutil.which(one, path="/usr/sbin:/usr/bin:/bin") is None
    ] == []
    command = [sys.executable, "-I", "-m", "facelock", "verify", "--help"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_the_table_of_the_page_is_that_of_the_program() -> None:
    codes = {int(one) for one in re.findall(r"^\| (\d+) \|", PAGE.read_text(), flags=re.MULTILINE)}
    assert codes == {int(one) for one in Exit} - {Exit.BROKEN_PIPE}
