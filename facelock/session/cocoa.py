"""macOS itself, through its Objective-C runtime: an object that hears notices; the idle time."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Any

from facelock.session.foreign import declare
from facelock.session.macos import SENT_BY_PROGRAMS, SENT_BY_WORKSPACE, Hear

_OBJC = "/usr/lib/libobjc.A.dylib"
_FRAMEWORKS = "/System/Library/Frameworks"
_APPKIT = f"{_FRAMEWORKS}/AppKit.framework/AppKit"
_SERVICES = f"{_FRAMEWORKS}/ApplicationServices.framework/ApplicationServices"
_HARDWARE, _ANY_INPUT = 1, 0xFFFFFFFF  # kCGEventSourceStateHIDSystemState, kCGAnyInputEventType
_AT_ONCE = 4  # NSNotificationSuspensionBehaviorDeliverImmediately: in the background too
_pointer = ctypes.c_void_p
_Method = ctypes.CFUNCTYPE(None, _pointer, _pointer, _pointer)


class Cocoa:
    """Implements `MacPort`. GUI thread: its loop delivers the notices."""

    def __init__(self) -> None:
        self._objc: Any = None  # a library; ctypes has no other type for it
        self._method: Any = None  # kept: the runtime calls it as long as it lives
        self._listener: int | None = None
        self._centres: list[int] = []

    def listen(self, hear: Hear) -> bool:
        """Hear of everything from now on; False where this is no Mac."""
        with suppress(OSError, AttributeError):
            self._load()
            self._listener = self._make_listener(hear)
            if not self._listener:
                return False
            self._listen_to_programs()
            self._listen_to_workspace()
            return True
        return False

    def close(self) -> None:
        """Hear nothing more. The listener stays with the runtime, which knows its class."""
        for centre in self._centres:
            self._send(None, _pointer)(centre, self._name("removeObserver:"), self._listener)
        self._centres.clear()
        self._listener = None

    def unused_seconds(self) -> float | None:
        """Return for how long no key and no pointer was used."""
        with suppress(OSError, AttributeError):
            ask = ctypes.CDLL(_SERVICES).CGEventSourceSecondsSinceLastEventType
            ask.restype = ctypes.c_double
            ask.argtypes = [ctypes.c_int32, ctypes.c_uint32]
            return float(ask(_HARDWARE, _ANY_INPUT))
        return None

    def _load(self) -> None:
        if self._objc is not None:
            return
        objc = ctypes.CDLL(_OBJC)
        ctypes.CDLL(_APPKIT)  # brings the classes
        text = ctypes.c_char_p
        declare(objc.objc_getClass, _pointer, text)
        declare(objc.sel_registerName, _pointer, text)
        declare(objc.objc_allocateClassPair, _pointer, _pointer, text, ctypes.c_size_t)
        declare(objc.class_addMethod, ctypes.c_bool, _pointer, _pointer, _pointer, text)
        declare(objc.objc_registerClassPair, None, _pointer)
        self._objc = objc

    def _make_listener(self, hear: Hear) -> int | None:
        def method(_self: int, _selector: int, notice: int) -> None:
            name = self._send(_pointer)(notice, self._name("name"))
            text = self._send(ctypes.c_char_p)(name, self._name("UTF8String"))
            hear((text or b"").decode())

        self._method = _Method(method)
        name = f"FacelockSessionListener{id(self)}".encode()  # a class cannot be made twice
        made = self._objc.objc_allocateClassPair(self._class("NSObject"), name, 0)
        if not made:
            return None
        address = ctypes.cast(self._method, _pointer)
        self._objc.class_addMethod(made, self._name("hear:"), address, b"v@:@")
        self._objc.objc_registerClassPair(made)
        listener: int | None = self._send(_pointer)(made, self._name("new"))
        return listener

    def _listen_to_programs(self) -> None:
        kind = self._class("NSDistributedNotificationCenter")
        centre = self._send(_pointer)(kind, self._name("defaultCenter"))
        add = self._send(None, _pointer, _pointer, _pointer, _pointer, ctypes.c_ulong)
        selector = self._name("addObserver:selector:name:object:suspensionBehavior:")
        for notice in SENT_BY_PROGRAMS:
            text = self._text(notice)
            add(centre, selector, self._listener, self._name("hear:"), text, None, _AT_ONCE)
        self._centres.append(centre)

    def _listen_to_workspace(self) -> None:
        shared = self._send(_pointer)(self._class("NSWorkspace"), self._name("sharedWorkspace"))
        centre = self._send(_pointer)(shared, self._name("notificationCenter"))
        add = self._send(None, _pointer, _pointer, _pointer, _pointer)
        selector = self._name("addObserver:selector:name:object:")
        for notice in SENT_BY_WORKSPACE:
            add(centre, selector, self._listener, self._name("hear:"), self._text(notice), None)
        self._centres.append(centre)

    def _class(self, name: str) -> Any:  # noqa: ANN401 - a pointer, as ctypes gives it
        return self._objc.objc_getClass(name.encode())

    def _name(self, selector: str) -> Any:  # noqa: ANN401 - as above
        return self._objc.sel_registerName(selector.encode())

    def _text(self, words: str) -> Any:  # noqa: ANN401 - as above
        make = self._send(_pointer, ctypes.c_char_p)
        kind, selector = self._class("NSString"), self._name("stringWithUTF8String:")
        return make(kind, selector, words.encode())

    def _send(self, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - types of ctypes
        # It has the signature of the method called: each is declared, or ARM passes rubbish.
        address = ctypes.cast(self._objc.objc_msgSend, _pointer).value
        return ctypes.CFUNCTYPE(result, _pointer, _pointer, *arguments)(address or 0)
