"""Examples of the catalogue as small acts: what each shows must be what the screen says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.records import Act, Head, Provision, RawDocument
from models.catalogue import Catalogue
from models.records import ScreenResult
from models.requirement import Example
from models.screen import Screener

_NUMBER = "901/2020/NĐ-CP"  # invented
_TYPE = "Nghị định"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that the screen judges otherwise than it says."""

    owner: str  # category or look-alike that holds the example
    text: str
    expected: str
    said: str  # codes, "" for none


def act_of(example: Example) -> tuple[Act, int]:
    """Return an act with one Điều that holds the example, and the example's index in it."""
    lines = [f"Điều 5. {example.heading or 'Quy định chung'}"]
    lines += [example.stem] if example.stem else []
    lines.append(example.text)
    lines += [example.after] if example.after else []
    text = "\n".join(lines)
    provisions: list[Provision] = []
    offset = 0
    for position, line in enumerate(lines):
        parent = None if position == 0 else 0
        if example.stem and position == 2:
            parent = 1
        level = "dieu" if position == 0 else ("khoan" if parent == 0 else "diem")
        if line.lstrip()[:1] in "-+":
            level = "doan"
        end = offset + len(line)
        provisions.append(
            Provision(
                path=f"dieu-5/{position}",
                level=level,
                label=f"đoạn {position}",
                heading=example.heading if position == 0 else "",
                text=line,
                start=offset,
                end=end,
                parent=parent,
                subtree_end=len(text) if position == 0 else end,
            )
        )
        if parent is not None:
            provisions[parent].children.append(position)
            provisions[parent].subtree_end = end
        offset = end + 1
    provisions[0].subtree_end = len(text)
    head = Head(number=example.number or _NUMBER, type=_TYPE, title=example.title)
    raw = RawDocument("vi-du.txt", "text", text)
    return Act(raw, head, provisions), 2 if example.stem else 1


def try_out(example: Example, screener: Screener, as_of: date) -> tuple[ScreenResult, int]:
    """Screen one example; returns all that was said and the index of the example's provision."""
    act, index = act_of(example)
    return screener.screen(act, as_of), index


def failures(catalogue: Catalogue, screener: Screener, as_of: date) -> Iterator[Failure]:
    """Yield the examples that do not hold with this screener."""
    for row in (*catalogue.categories.values(), *catalogue.look_alikes.values()):
        for example in row.examples:
            result, index = try_out(example, screener, as_of)
            found = {f.category for f in result.findings if f.provision == index}
            aside = {s.code for s in result.suppressed if s.provision == index}
            if example.finding:
                holds = example.finding in found
            else:
                holds = example.code in aside and not found
            if not holds:
                said = ", ".join(sorted(found) or sorted(aside))
                yield Failure(row.id, example.text, example.finding or example.code, said)
