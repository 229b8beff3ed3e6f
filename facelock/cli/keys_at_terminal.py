"""What `facelock passphrase` and `facelock recovery` share: whom it is about, a new passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from facelock.cli import machine
from facelock.cli.ask import ask_passphrase
from facelock.core.errors import NotEnrolled, WrongPassphrase

if TYPE_CHECKING:
    from facelock.cli.output import Output
    from facelock.core.template import Person
    from facelock.services.access import Access
    from facelock.services.keys_desk import KeysDesk


@contextmanager
def opened_desk() -> Iterator[tuple[Access, KeysDesk]]:
    """Open the lock and the desk for its keys; lock at the end. Raises NotEnrolled, StoreError."""
    from facelock.services.keys_desk import KeysDesk

    if not machine.has_store():
        raise NotEnrolled("there is no store")
    with machine.opened_lock() as (access, store):
        if not access.is_enrolled:
            raise NotEnrolled("nobody is enrolled")
        try:
            yield access, KeysDesk(access, store)
        finally:
            access.lock()


def whom(access: Access, name: str | None) -> Person:
    """Return the person of that name or id; without one, the only one there is.

    Raises NotEnrolled.
    """
    people = access.people
    if name is None:
        if len(people) == 1:
            return people[0]
        raise NotEnrolled("several people are enrolled: say whose")
    for one in people:
        if name == one.profile_id or name.casefold() == (one.name or "").casefold():
            return one
    raise NotEnrolled("nobody of that name")


def enter(access: Access, person: Person) -> None:
    """Ask for this person's passphrase and unlock. Raises WrongPassphrase, PassphraseTooSoon."""
    passphrase = ask_passphrase(f"Passphrase of {person.name or person.profile_id}:")
    try:
        opened = access.slow_open(person.profile_id, passphrase)
    except WrongPassphrase:
        access.refused(person.profile_id)
        raise
    access.accept(opened)


def new_passphrase(out: Output) -> str:
    """Ask for a new passphrase until it was typed twice alike."""
    passphrase = ask_passphrase("New passphrase:")
    while ask_passphrase("The same again:") != passphrase:
        out.note("That is not the same. Ctrl+C to stop.")
    return passphrase
