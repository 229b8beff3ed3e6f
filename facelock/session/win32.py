"""Windows itself, through ctypes: a window that nobody sees, which hears of lock, sleep and lid."""

from __future__ import annotations

import ctypes
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from facelock.session.foreign import declare
from facelock.session.windows import PBT_POWERSETTINGCHANGE, WM_POWERBROADCAST, Hear

_GWLP_WNDPROC, _SM_CMONITORS = -4, 80
_LID_SWITCH = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
_SETTING_DATA = 20  # bytes from the start of POWERBROADCAST_SETTING: a GUID and a length before it
_NEITHER = -1  # no state of the lid

_pointer, _number = ctypes.c_void_p, ctypes.c_uint
_word = ctypes.c_ssize_t  # as wide as a pointer: WPARAM, LPARAM, LRESULT
_Procedure = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(
    _word, _pointer, _number, _word, _word
)


def _library(name: str) -> Any:  # noqa: ANN401 - a library; ctypes has no other type for it
    return ctypes.WinDLL(name)  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO of winuser.h."""

    _fields_ = (("size", ctypes.c_uint), ("time", ctypes.c_uint))


class Win32:
    """Implements `WindowsPort`. GUI thread: its loop delivers the messages.

    `library`: loads a system library by name; tests have their own.
    """

    def __init__(self, library: Callable[[str], Any] = _library) -> None:
        self._library = library
        self._user32: Any = None
        self._wtsapi32: Any = None
        self._window: int | None = None
        self._lid: int | None = None
        self._usual: int | None = None  # what the window did with messages before
        self._procedure: Any = None  # kept: Windows calls it as long as the window is there

    def listen(self, hear: Hear) -> bool:
        """Hear of everything from now on; False if Windows made no window for it."""
        with suppress(OSError, AttributeError):
            self._load()
            create = self._user32.CreateWindowExW
            # Not a message-only window: those are not told of sleep.
            nothing = (0, 0, 0, 0, 0, None, None, None, None)
            self._window = create(0, "STATIC", None, *nothing)
            if not self._window:
                return False
            self._procedure = _Procedure(self._answer_by(hear))
            address = ctypes.cast(self._procedure, _pointer)
            self._usual = self._user32.SetWindowLongPtrW(self._window, _GWLP_WNDPROC, address)
            this_session = 0
            self._wtsapi32.WTSRegisterSessionNotification(self._window, this_session)
            self._lid = self._user32.RegisterPowerSettingNotification(self._window, _LID_SWITCH, 0)
            return True
        return False

    def close(self) -> None:
        """Hear nothing more."""
        if self._window is None:
            return
        if self._lid:
            self._user32.UnregisterPowerSettingNotification(self._lid)
        self._wtsapi32.WTSUnRegisterSessionNotification(self._window)
        self._user32.SetWindowLongPtrW(self._window, _GWLP_WNDPROC, self._usual)
        self._user32.DestroyWindow(self._window)
        self._window = self._lid = self._usual = self._procedure = None

    def lock(self) -> bool:
        """Show the lock screen."""
        with suppress(OSError, AttributeError):
            self._load()
            return bool(self._user32.LockWorkStation())
        return False

    def unused_milliseconds(self) -> int | None:
        """Return for how long no key and no pointer was used in this session."""
        with suppress(OSError, AttributeError):
            self._load()
            last = _LastInput(ctypes.sizeof(_LastInput), 0)
            if self._user32.GetLastInputInfo(ctypes.byref(last)):
                now, used = int(self._library("kernel32").GetTickCount()), int(last.time)
                return (now - used) & 0xFFFFFFFF  # it begins anew after 49.7 days
        return None

    def screens(self) -> int:
        """Return how many screens show the desktop."""
        return int(self._user32.GetSystemMetrics(_SM_CMONITORS))

    def _load(self) -> None:
        if self._user32 is not None:
            return
        user32, self._wtsapi32 = self._library("user32"), self._library("wtsapi32")
        text, whole = ctypes.c_wchar_p, ctypes.c_int
        numbers = (_number, whole, whole, whole, whole)
        handles = (_pointer, _pointer, _pointer, _pointer)
        declare(user32.CreateWindowExW, _pointer, _number, text, text, *numbers, *handles)
        declare(user32.SetWindowLongPtrW, _pointer, _pointer, whole, _pointer)
        declare(user32.CallWindowProcW, _word, _pointer, _pointer, _number, _word, _word)
        declare(user32.DestroyWindow, whole, _pointer)
        register = user32.RegisterPowerSettingNotification
        declare(register, _pointer, _pointer, ctypes.c_char_p, _number)
        declare(user32.UnregisterPowerSettingNotification, whole, _pointer)
        declare(self._wtsapi32.WTSRegisterSessionNotification, whole, _pointer, _number)
        declare(self._wtsapi32.WTSUnRegisterSessionNotification, whole, _pointer)
        self._user32 = user32

    def _answer_by(self, hear: Hear) -> Callable[[int, int, int, int], int]:
        def answer(window: int, message: int, number: int, address: int) -> int:
            lid = _NEITHER
            if message == WM_POWERBROADCAST and number == PBT_POWERSETTINGCHANGE and address:
                if ctypes.string_at(address, len(_LID_SWITCH)) != _LID_SWITCH:
                    return 1
                lid = ctypes.c_ubyte.from_address(address + _SETTING_DATA).value
            hear(message, number, lid)
            usual = self._user32.CallWindowProcW
            return int(usual(self._usual, window, message, number, address))

        return answer
