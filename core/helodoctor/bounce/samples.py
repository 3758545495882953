"""The built-in samples that a newcomer can try before having a bounce of their own."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from helodoctor.knowledge import load, resource


class Sample(Struct, frozen=True):
    """One sample: its id, the key of its title in ``words/samples.toml``, and the policy that plays its receiver."""

    id: str
    policy: str

    @property
    def text(self) -> str:
        """What a user would paste."""
        return resource(f"samples/{self.id}.txt").read_text(encoding="utf-8")


class _Samples(Struct, frozen=True):
    sample: tuple[Sample, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """All samples in the order they are offered; the first is the one the demonstration plays."""
    return load("samples/samples.toml", _Samples).sample
