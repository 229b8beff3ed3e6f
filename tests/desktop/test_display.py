"""No display, or no Qt libraries: said in a sentence with what to do."""

from __future__ import annotations

from facelock.desktop.display import display_trouble
from facelock.desktop.process_age import process_age


def test_a_machine_without_a_display_is_told_about_the_terminal() -> None:
    words = display_trouble(platform="linux", environ={}, loads=lambda _: True)
    assert "no display" in words
    assert "facelock demo" in words


def test_missing_libraries_come_with_their_install_line() -> None:
    words = display_trouble(
        platform="linux",
        environ={"DISPLAY": ":0"},
        loads=lambda soname: soname != "libxcb-cursor.so.0",
    )
    assert words.endswith("sudo apt-get install libxcb-cursor0")


def test_a_working_desktop_is_no_trouble() -> None:
    wayland = {"WAYLAND_DISPLAY": "wayland-0"}
    assert display_trouble(platform="linux", environ=wayland, loads=lambda _: True) == ""
    assert display_trouble(platform="win32", environ={}) == ""
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    assert display_trouble(platform="linux", environ=offscreen, loads=lambda _: False) == ""


def test_the_age_of_the_process_grows() -> None:
    first = process_age()
    assert 0 <= first <= process_age() + 0.011  # the kernel counts in hundredths
