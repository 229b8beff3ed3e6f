"""scripts/check_system.py: what is missing, and the line that brings it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "check_system.py"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_system", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_system"] = module  # dataclasses look their module up here
    spec.loader.exec_module(module)
    return module


check_system = load_script()


def find(*, lacking: set[str], font: bool = True, for_tests: bool = False) -> list[str]:
    needs = check_system.missing(
        for_tests=for_tests,
        loads=lambda soname: soname not in lacking,
        has_font=lambda: font,
        which=lambda name: None,
        has_module=lambda name: True,
    )
    return [need.what for need in needs]


def test_a_complete_machine_lacks_nothing() -> None:
    assert find(lacking=set()) == []


def test_a_missing_library_is_named() -> None:
    assert find(lacking={"libxcb-cursor.so.0"}) == ["libxcb-cursor.so.0"]


def test_a_machine_without_fonts_is_told_so() -> None:
    assert find(lacking=set(), font=False) == ["a font"]


def test_xvfb_and_a_keyring_are_only_asked_for_by_the_tests() -> None:
    assert find(lacking=set(), for_tests=True) == ["Xvfb", "gnome-keyring", "dbus-daemon", "age"]


def test_a_library_that_exists_loads_and_an_invented_one_does_not() -> None:
    assert not check_system.loads("libfacelock-does-not-exist.so.9")


def test_a_font_is_found_in_a_subfolder(tmp_path: Path) -> None:
    assert not check_system.has_font([tmp_path])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "a.TTF").touch()
    assert check_system.has_font([tmp_path, tmp_path / "absent"])


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ({"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
        ({"ID": "nixos"}, ""),
        ({}, ""),
    ],
)
def test_the_distribution_family_is_read_from_os_release(
    release: dict[str, str], expected: str
) -> None:
    assert check_system.family(release) == expected


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("debian", "apt-get install --yes --no-install-recommends libegl1 libgl1"),
        ("fedora", "dnf install --assumeyes libglvnd-egl libglvnd-glx"),
        ("arch", "pacman -S --needed libglvnd"),
        ("", ""),
    ],
)
def test_each_distribution_gets_its_own_line(family: str, expected: str) -> None:
    two = check_system.QT_LIBRARIES[:2]
    assert " ".join(check_system.install_command(two, family)) == expected


def test_an_unknown_distribution_is_told_the_names_of_the_libraries() -> None:
    text = check_system.report(check_system.QT_LIBRARIES[:1], [])
    assert "libEGL.so.1" in text
    assert "sudo" not in text


def answer(code: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], code)


@pytest.mark.parametrize(
    ("user_id", "sudo", "sudo_answers", "expected"),
    [
        (0, None, 1, []),
        (1000, None, 1, None),
        (1000, "sudo", 1, None),
        (1000, "sudo", 0, ["sudo", "-n"]),
    ],
)
def test_it_installs_only_as_root_or_with_a_sudo_that_asks_nothing(
    user_id: int, sudo: str | None, sudo_answers: int, expected: list[str] | None
) -> None:
    prefix = check_system.privilege(
        user_id=user_id, which=lambda name: sudo, run=lambda *a, **k: answer(sudo_answers)
    )
    assert prefix == expected


@pytest.mark.parametrize(
    ("system", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_recognised(system: str, environ: dict[str, str], *, expected: bool) -> None:
    assert check_system.has_display(system, environ) is expected


def test_without_permission_it_names_the_line_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_system.sys, "platform", "linux")
    monkeypatch.setattr(check_system, "missing", lambda *, for_tests: [check_system.XVFB])
    monkeypatch.setattr(check_system, "os_release", lambda: {"ID": "debian"})
    assert check_system.main(["--tests"]) == 1
    assert "sudo apt-get install --yes --no-install-recommends xvfb" in capsys.readouterr().err


def test_with_permission_it_fetches_the_list_installs_and_looks_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    answers = [[check_system.XVFB], []]

    def record(words: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(words)
        return answer(0)

    monkeypatch.setattr(check_system.sys, "platform", "linux")
    monkeypatch.setattr(check_system, "missing", lambda *, for_tests: answers.pop(0))
    monkeypatch.setattr(check_system, "os_release", lambda: {"ID": "debian"})
    monkeypatch.setattr(check_system, "privilege", lambda: ["sudo", "-n"])
    monkeypatch.setattr(check_system.subprocess, "run", record)
    assert check_system.main(["--install", "--tests"]) == 0
    assert ran[0][:4] == ["sudo", "-n", "apt-get", "update"]
    assert ran[1][-1] == "xvfb"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["--tests"], ["--tests", "--install"]])
def test_the_age_tool_is_done_without_where_it_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(check_system, "missing", lambda *, for_tests: [check_system.AGE])
    monkeypatch.setattr(check_system, "privilege", lambda: None)
    assert check_system.main(arguments) == 0
