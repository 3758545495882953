"""Walking over everything a frozen value holds: its reports, and each of its strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.model import Report

T = TypeVar("T")
Place = tuple[type[Struct], str]
"""A field: the type it belongs to, and its name."""


def parts(value: object) -> Iterator[Struct]:
    """Every struct within ``value``, itself first, in the order of the fields."""
    if isinstance(value, Struct):
        yield value
        for name in value.__struct_fields__:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


def change_reports(value: T, change: Callable[[Report], Report]) -> T:
    """``value`` with every :class:`Report` in it replaced by what ``change`` makes of it."""
    return cast(T, _changed(value, lambda item, _place: change(item) if isinstance(item, Report) else item, None))


def change_strings(value: T, change: Callable[[str, Place], str]) -> T:
    """``value`` with every string replaced; ``change`` is told the field it stands in. Closed lists are no strings."""

    def leaf(item: Any, place: Place | None) -> Any:
        return change(item, place) if type(item) is str and place else item

    return cast(T, _changed(value, leaf, None))


def _changed(value: Any, leaf: Callable[[Any, Place | None], Any], place: Place | None) -> Any:
    """Depth first; what did not change stays the same object."""
    if isinstance(value, Struct):
        kind = type(value)
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        made = {name: _changed(old, leaf, (kind, name)) for name, old in fields.items()}
        new = {name: item for name, item in made.items() if item is not fields[name]}
        return leaf(replace(value, **new) if new else value, place)
    if isinstance(value, tuple):
        return tuple(_changed(item, leaf, place) for item in value)
    return leaf(value, place)
