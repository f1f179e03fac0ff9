"""What the tests of the screen share: the day they judge on, and examples as acts."""

from __future__ import annotations

from datetime import date

from models.sample import act_of

AS_OF = date(2026, 11, 23)

__all__ = ["AS_OF", "act_of"]
