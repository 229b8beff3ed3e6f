"""The activity log as a file for people and programs: CSV or JSON, whichever its name ends in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from facelock.core.activity import Activity
from facelock.core.atomic_file import write_atomically
from facelock.core.errors import ExportUnwritable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_values(activity: Activity, names: Mapping[str, str]) -> dict[str, str]:
    """Return one entry in words for programs: time (UTC, ISO 8601), what, and who.

    `names` by profile id; somebody who is not in it is told by their id.
    """
    at = datetime.fromtimestamp(activity.at, UTC).isoformat(timespec="seconds")
    whom = activity.profile_id
    return {"at": at, "what": activity.what.value, "who": names.get(whom, whom)}


def as_csv(activities: Iterable[Activity], names: Mapping[str, str]) -> str:
    """Return a table with a heading. No name is taken for a formula by a spreadsheet."""
    text = io.StringIO()
    table = csv.DictWriter(text, ("at", "what", "who"))
    table.writeheader()
    for activity in activities:
        values = as_values(activity, names)
        if values["who"].startswith(_FORMULA):
            values["who"] = "'" + values["who"]
        table.writerow(values)
    return text.getvalue()


def as_json(activities: Iterable[Activity], names: Mapping[str, str]) -> str:
    """Return one JSON object with a list of entries."""
    entries = [as_values(activity, names) for activity in activities]
    return json.dumps({"activity": entries}, ensure_ascii=False, indent=1) + "\n"


def export_activities(path: Path, activities: Iterable[Activity], names: Mapping[str, str]) -> None:
    """Write the file, for this user's eyes only; JSON if its name ends so. For a task.

    Raises ExportUnwritable; what was there before then still stands.
    """
    make = as_json if path.suffix.lower() == ".json" else as_csv
    try:
        write_atomically(path, make(activities, names).encode("utf-8"))
    except OSError as error:
        raise ExportUnwritable(f"the activity log: {error.strerror}") from error
