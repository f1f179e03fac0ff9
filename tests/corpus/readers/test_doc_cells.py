"""Words that Word hides in merged cells of a .doc are read once; damage never stops the reader."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
from pathlib import Path

import docx
import olefile
import pytest

from corpus.readers.doc_cells import blank_hidden
from corpus.reading import read_paths

TABLE = b"\x08\xd6"  # sprmTDefTable
ROWS = [
    (["1", "Phí thẻ", "Phí thẻ", "Phí thẻ", "Bìa", "Bìa"], [0, 1, 2, 2, 1, 2]),
    (["2", "11.000", "11.000", "Bìa", "Bìa", "Bìa"], [0, 1, 2, 0, 0, 0]),
    (["3", "Mức một", "Mức hai", "Thẻ", "Sách", "Sách"], [0, 1, 2, 0, 0, 0]),
    (["4", "Một", "Hai", "Ba", "Bốn", "Năm"], [0, 0, 0, 0, 0, 0]),
]
INNER = (["Trong ô", "Trong ô", "Khác"], [1, 2, 0])  # a table inside a cell of another
AROUND = [0, 0]
#: As the file stores them: the row inside ends before the row around it.
FLAGS = [*(flags for _, flags in ROWS), INNER[1], AROUND]


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An invented .doc whose cells keep the words of what was merged, as portals make them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("không có LibreOffice (soffice): cài gói libreoffice-writer")
    folder = tmp_path_factory.mktemp("o-gop")
    document = docx.Document()
    table = document.add_table(len(ROWS), 6)
    for row, (words, _) in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.add_paragraph("Bảng sau")
    inner = document.add_table(1, len(AROUND)).cell(0, 0).add_table(1, 3)
    for cell, text in zip(inner.rows[0].cells, INNER[0], strict=True):
        cell.text = text
    document.save(str(folder / "bang.docx"))
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless",
         "--convert-to", "doc", "--outdir", str(folder), str(folder / "bang.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return _merge((folder / "bang.doc").read_bytes())


def _merge(data: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        main = bytearray(file.openstream("WordDocument").read())
        at = 0
        for flags in FLAGS:
            at = main.index(TABLE, at) + len(TABLE)
            assert main[at + 2] == len(flags)
            first = at + 3 + 2 * (len(flags) + 1)
            for number, bits in reversed(list(enumerate(flags))):
                main[first + 20 * number] |= bits
                if bits == 2:  # no width: its left border is its right one
                    border = at + 3 + 2 * number
                    main[border : border + 2] = main[border + 2 : border + 4]
        file.write_stream("WordDocument", bytes(main))
    return buffer.getvalue()


def _lines(folder: Path, data: bytes) -> list[str]:
    path = folder / "bang.doc"
    path.write_bytes(data)
    (result,) = read_paths([path])
    assert result.document is not None
    return result.document.text.splitlines()


@pytest.mark.office
def test_merged_cells_are_read_once(old_word: bytes, tmp_path: Path) -> None:
    lines = _lines(tmp_path, old_word)
    assert lines == [
        "1 \t Phí thẻ \t Bìa",
        "2 \t 11.000 \t Bìa \t Bìa \t Bìa",  # cells side by side that are not merged stay
        # Words that differ from those shown are kept: nothing is dropped that stands nowhere else.
        "3 \t Mức một \t Mức haiThẻ \t Sách \t Sách",
        "4 \t Một \t Hai \t Ba \t Bốn \t Năm",
        "Bảng sau",
        "Trong ô",
        "Khác",
    ]


@pytest.mark.office
def test_only_letters_of_hidden_cells_change(old_word: bytes) -> None:
    blanked = blank_hidden(old_word)
    assert len(blanked) == len(old_word)
    assert blank_hidden(blanked) == blanked
    hidden = len("Phíthẻ" * 2 + "Bìa" + "11.000" + "Trongô")
    changed = [(a, b) for a, b in zip(old_word, blanked, strict=True) if a != b]
    assert len(changed) >= hidden
    assert {b for _, b in changed} <= {0, 0x20}


@pytest.mark.office
def test_damaged_files_come_back_as_they_are_or_blanked(old_word: bytes) -> None:
    chance = random.Random(6)
    for _ in range(300):
        broken = bytearray(old_word)
        for _ in range(chance.choice((1, 4, 40))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if chance.random() < 0.2:
            del broken[chance.randrange(len(broken)) :]
        assert len(blank_hidden(bytes(broken))) == len(broken)


@pytest.mark.office
def test_pieces_that_overlap_are_not_followed(old_word: bytes) -> None:
    """A piece table that shows one stretch again and again would fill the memory."""
    buffer = io.BytesIO(old_word)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        main = file.openstream("WordDocument").read()
        table = bytearray(file.openstream("1Table").read())
        clx, length = struct.unpack_from("<II", main, 0x01A2)
        struct.pack_into("<I", table, clx + length - 12, len(main))  # where the last piece ends
        file.write_stream("1Table", bytes(table))
    assert blank_hidden(buffer.getvalue()) == buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"Thu"])
def test_what_is_no_word_file_comes_back_as_it_is(data: bytes) -> None:
    assert blank_hidden(data) == data
