"""Every kind of export is made of what its golden file says: XML of documents, cells of workbooks."""

from __future__ import annotations

import pytest

from tests.exports import golden


@pytest.mark.parametrize("name", golden.GOLDEN)
def test_an_export_is_made_of_what_was_agreed(name: str) -> None:
    kept = golden.path(name).read_text(encoding="utf-8")
    assert golden.GOLDEN[name]() == kept, "nếu đổi có chủ ý: python -m tests.exports.golden"


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in golden.FOLDER.glob("*.txt")} == set(golden.GOLDEN)
