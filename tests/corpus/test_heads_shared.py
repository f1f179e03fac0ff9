"""Head data of real acts against a hand-checked table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from corpus.records import Act, Head
from tests.corpus.mutation import faults

TABLE = yaml.safe_load(Path(__file__).with_name("heads.yaml").read_text(encoding="utf-8"))["heads"]
FIELDS = ("number", "type", "issuer", "issued", "title")
WANTED = 0.99


def _facts(head: Head) -> dict[str, str | date | None]:
    title = " ".join(head.title.split()[:4])
    return {
        "number": head.number, "type": head.type, "issuer": head.issuer, "issued": head.issued,
        "title": title.casefold(),
    }  # fmt: skip


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.xdist_group("originals")
def test_heads_of_originals(originals: dict[str, Act]) -> None:
    wrong = []
    for name, row in TABLE.items():
        wanted = row | {"title": row["title"].casefold()}
        found = _facts(originals[name].head)
        wrong += [
            f"{name}: {field}: {found[field]!r}, not {wanted[field]!r}"
            for field in FIELDS
            if found[field] != wanted[field]
        ]
    exact = 1 - len(wrong) / (len(TABLE) * len(FIELDS))
    assert exact >= WANTED, "\n".join(wrong)


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.xdist_group("originals")
def test_no_character_of_an_original_is_lost(originals: dict[str, Act]) -> None:
    assert {name: found for name, act in originals.items() if (found := faults(act))} == {}
