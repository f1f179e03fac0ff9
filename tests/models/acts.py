"""Small invented acts for the tests of the screen."""

from __future__ import annotations

from datetime import date

from corpus.records import Act, Head, Provision, RawDocument
from models.requirement import Example

AS_OF = date(2026, 11, 23)


def act_of(example: Example) -> tuple[Act, int]:
    """An act with one Điều that holds the example; returns it and the example's index."""
    lines = [f"Điều 5. {example.heading or 'Quy định chung'}"]
    lines += [example.stem] if example.stem else []
    lines.append(example.text)
    lines += [example.after] if example.after else []
    text = "\n".join(lines)
    raw = RawDocument("vi-du.txt", "text", text)
    provisions: list[Provision] = []
    offset = 0
    for position, line in enumerate(lines):
        parent = None if position == 0 else 0
        if example.stem and position == 2:
            parent = 1
        level = "dieu" if position == 0 else ("khoan" if parent == 0 else "diem")
        if line.lstrip()[:1] in "-+":
            level = "doan"
        provisions.append(
            Provision(
                path=f"dieu-5/{position}",
                level=level,
                label=f"đoạn {position}",
                heading=example.heading if position == 0 else "",
                text=line,
                start=offset,
                end=offset + len(line),
                parent=parent,
                subtree_end=len(text) if position == 0 else offset + len(line),
            )
        )
        if parent is not None:
            provisions[parent].children.append(position)
            provisions[parent].subtree_end = offset + len(line)
        offset += len(line) + 1
    provisions[0].subtree_end = len(text)
    head = Head(number=example.number or "901/2020/NĐ-CP", type="Nghị định", title=example.title)
    return Act(raw, head, provisions), 2 if example.stem else 1
