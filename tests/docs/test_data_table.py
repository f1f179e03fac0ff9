"""The description of the data says what is given out now."""

from __future__ import annotations

from tests.docs import data_table


def test_the_file_describes_every_table_and_column_that_is_given_out() -> None:
    told = data_table.FILE.read_text(encoding="utf-8")
    assert told == data_table.text(), "chạy: python -m tests.docs.data_table"
