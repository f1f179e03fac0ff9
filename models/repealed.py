"""Units that the notes of an act call repealed: they demand nothing any more (N04).

Consolidated texts say it in footnotes («2 Điểm này được bãi bỏ theo quy định tại …»), Bộ Pháp điển
in the note under the article («… bị bãi bỏ bởi Điều 1 Luật số … có hiệu lực thi hành kể từ ngày
…»). «Có nội dung bị bãi bỏ» is about words in the article, which Bộ Pháp điển has taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.number import find_numbers
from corpus.provenance import provenance_of
from corpus.records import Act

_WHOLE = re.compile(
    r"(?<=\d{4}),\s*bị\s+(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thay\s+thế)\s+bởi\s+(?P<by>[^,;)]{1,200}?)"
    r"\s+có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+ngày\s+"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Repealed:
    """One unit with everything under it, and what ended it."""

    path: str
    by: str  # number of the repealing act, as it can be read
    since: date | None

    def holds(self, path: str) -> bool:
        """Whether ``path`` is this unit or stands under it."""
        return path == self.path or path.startswith(f"{self.path}/")

    @property
    def sentence(self) -> str:
        since = f" từ {self.since:%d/%m/%Y}" if self.since else ""
        return f"Ghi chú của văn bản cho biết quy định này bị bãi bỏ bởi {self.by}{since}."


def repealed_units(act: Act, as_of: date) -> list[Repealed]:
    """Return the units that the notes of ``act`` call repealed on ``as_of``."""
    found = [*_codified(act), *_consolidated(act)]
    return [unit for unit in found if unit.since is None or unit.since <= as_of]


def _codified(act: Act) -> Iterator[Repealed]:
    for note in act.raw.article_notes:
        for match in _WHOLE.finditer(note.text):
            try:
                since = date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:  # a day that does not exist, as printed: nothing is concluded
                continue
            named = next(iter(find_numbers(match["by"])), None)
            by = named.number.official if named else match["by"]
            yield Repealed(note.dieu, by, since)


def _consolidated(act: Act) -> Iterable[Repealed]:
    if act.raw.article_notes:
        return ()
    return (
        Repealed(edge.path, edge.by, edge.since)
        for edge in provenance_of(act)
        if edge.kind == "bai_bo" and edge.path and not edge.phrase
    )
