"""The one-place mailbox."""

from __future__ import annotations

import threading

from facelock.workers.latest import Latest


def test_the_newest_value_replaces_one_that_was_not_taken() -> None:
    mailbox: Latest[int] = Latest()
    for value in range(1000):
        mailbox.put(value)
    assert mailbox.peek() == 999
    assert mailbox.take(0.0) == 999
    assert mailbox.take(0.0) is None


def test_taking_waits_for_a_value_from_another_thread() -> None:
    mailbox: Latest[str] = Latest()
    giver = threading.Timer(0.02, mailbox.put, ("here",))
    giver.start()
    assert mailbox.take(5.0) == "here"
    giver.join()


def test_an_empty_mailbox_gives_none_in_time() -> None:
    mailbox: Latest[int] = Latest()
    assert mailbox.take(0.01) is None
    assert mailbox.peek() is None


def test_a_cleared_mailbox_is_empty() -> None:
    mailbox: Latest[int] = Latest()
    mailbox.put(1)
    mailbox.clear()
    assert mailbox.take() is None
