"""The part about leaving and coming back of `facelock bench`, as values and as lines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.services.benchmark_presence import PresenceBenchmark
    from facelock.services.benchmark_visits import TimesOfVisits


def presence_values(result: PresenceBenchmark) -> dict[str, object]:
    """Return it for JSON."""
    return {
        "watch": asdict(result.watch),
        "locks": [{**asdict(one), "level": one.level.value} for one in result.locks],
        "returns": asdict(result.returns),
    }


def presence_lines(result: PresenceBenchmark) -> list[str]:
    """Return it for people."""
    watch, returns = result.watch, result.returns
    lines = [
        _line("presence check, of one core", f"{watch.core_percent:g}", "%"),
        _line("presence check, in real time", f"{watch.threads_core_percent:g}", "%"),
    ]
    lines += [
        _line(
            f"leaving to locked, {one.level.value}",
            f"{one.shortest_s:g}-{one.longest_s:g}",
            f"s (set: {one.away_s:g} s)",
        )
        for one in result.locks
    ]
    told = f"s ({returns.opened} of {returns.tries} opened)"
    lines += [
        _line("returning to unlocked, median", _seconds(returns.p50_s), told),
        _line("returning to unlocked, 95 %", _seconds(returns.p95_s), "s"),
    ]
    return lines


def visits_lines(result: TimesOfVisits | None) -> list[str]:
    """Return what the window did, for people."""
    if result is None:
        return [_line("the window, coming and going", "no display", "")]
    away = f"s (set: {result.away_s:g} s; {result.locked} of {result.tries} locked)"
    opened = f"s ({result.opened} of {result.tries} opened)"
    lines = [
        _line("window, leaving to locked, median", _seconds(result.lock_p50_s), away),
        _line("window, leaving to locked, 95 %", _seconds(result.lock_p95_s), "s"),
        _line("window, returning to open, median", _seconds(result.open_p50_s), opened),
        _line("window, returning to open, 95 %", _seconds(result.open_p95_s), "s"),
    ]
    if result.failure:
        lines.append(f"it ended early: {result.failure}")
    return lines


def _line(label: str, value: str, unit: str) -> str:
    return f"{label:34} {value:>11} {unit}"


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"{value:g}"
