"""Which data a rendering missed, in words: paths of look-ups that failed, exact rows of a list. Pure."""

from __future__ import annotations

import re

_MAX_ROWS_TOLD = 50


def paths_by_id(data: dict[str, object]) -> dict[int, str]:
    """Where each mapping and list of the data is, to trace a failed look-up back to its path."""
    found: dict[int, str] = {id(data): ""}
    waiting: list[object] = [data]
    while waiting:
        holder = waiting.pop()
        base = found[id(holder)]
        pairs = (
            [(f"{base}.{key}".lstrip("."), item) for key, item in holder.items()]
            if isinstance(holder, dict)
            else [(f"{base}[{index}]", item) for index, item in enumerate(holder)]  # type: ignore[var-annotated, arg-type]
        )
        for path, item in pairs:
            if isinstance(item, dict | list):
                found[id(item)] = path
                waiting.append(item)
    return found


def missing_rows(data: dict[str, object], name: str) -> list[str]:
    """The exact values a name with ``[]`` stands for that are absent or None, the first fifty."""
    found: list[str] = []
    _search(data, re.findall(r"\[\]|[^.\[\]]+", name), "", found)
    return found[:_MAX_ROWS_TOLD]


def _search(value: object, steps: list[str], path: str, found: list[str]) -> None:
    if value is None:
        found.append(path)
    elif not steps:
        return
    elif steps[0] == "[]" and isinstance(value, list):
        for index, item in enumerate(value):
            _search(item, steps[1:], f"{path}[{index}]", found)
    elif isinstance(value, dict):
        _search(value.get(steps[0]), steps[1:], f"{path}.{steps[0]}".lstrip("."), found)
