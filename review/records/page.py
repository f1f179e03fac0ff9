"""A page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: ``items`` of ``total``; ``number`` counts from 1."""

    items: list[T]
    total: int
    number: int = 1
    size: int = 50

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted; ``size`` is capped at 500 by the services."""

    number: int = 1
    size: int = 50
