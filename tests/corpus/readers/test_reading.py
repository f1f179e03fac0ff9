"""Reading as a whole: every input gets a line, no input stops the others, bad input has a code."""

from __future__ import annotations

import io
import shutil
import stat
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoding import _TCVN3
from corpus.readers import doc
from corpus.readers.detect import detect, mislabelled
from corpus.reading import Limits, read_bytes, read_paths
from corpus.records import ReadResult
from tests.corpus.readers import build

USUAL = Limits()
TEXT = "Điều 1. Phạm vi thử\n1. Người nộp đơn không phải xuất trình giấy tờ.\n"
DOCX = build.docx(build.par("Điều 1. Phạm vi thử"))
RTF = rb"{\rtf1\ansi\ansicpg1252 {\fonttbl\f0 Times New Roman;}\f0 Dieu 1. Van ban thu\par 1. Khoan thu.\par}"

ODT = build.archive(
    {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
)


def _codes(results: list[ReadResult]) -> list[str]:
    return [note.code for result in results for note in result.notes]


def _bytes(name: str, data: bytes, limits: Limits = USUAL) -> list[ReadResult]:
    return list(read_bytes(name, data, limits))


def _bomb() -> bytes:
    return build.archive({"to.txt": b"0" * 30_000_000})


def _with_path(name: str) -> bytes:
    return build.archive({"x" * len(name): TEXT.encode()}).replace(b"x" * len(name), name.encode())


def _symlink() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        entry = zipfile.ZipInfo("lien-ket.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, "/etc/hostname")
    return buffer.getvalue()


NESTED = build.archive(
    {"trong.zip": build.archive({"sau.zip": build.archive({"a.txt": TEXT.encode()})})}
)

BAD = {
    "empty": ("rong.docx", b"", "RS-102"),
    "too-big": ("to.txt", b"a" * 2_000_000, "RS-103"),
    "junk": ("rac.doc", bytes(range(256)) * 40, "RS-104"),
    "truncated-zip": ("cut.zip", build.archive({"a.txt": TEXT.encode() * 99})[:120], "RS-105"),
    "truncated-docx": ("cut.docx", DOCX[: len(DOCX) // 2], "RS-105"),
    "truncated-pdf": ("cut.pdf", build.pdf([["Dieu 1."]])[:150], "RS-105"),
    "password-docx": ("khoa.docx", build.ole("EncryptedPackage"), "RS-106"),
    "password-doc": ("khoa.doc", build.ole("WordDocument", b"\xec\xa5" + bytes(8) + b"\x00\x01"), "RS-106"),
    "password-pdf": ("khoa.pdf", build.pdf([["Dieu 1."]], encrypt="00" * 32), "RS-106"),
    "password-zip": ("khoa.zip", build.encrypted_archive("a.txt", TEXT.encode()), "RS-106"),
    "empty-pages": ("trang.pdf", build.pdf([[]]), "RS-115"),
    "bomb": ("bom.zip", _bomb(), "RS-111"),
    "too-many-members": ("dong.zip", build.archive({f"{n}.txt": b"a" for n in range(60)}), "RS-112"),
    "path-up": ("duong.zip", _with_path("../../ngoai.txt"), "RS-113"),
    "path-absolute": ("duong.zip", _with_path("/etc/ngoai.txt"), "RS-113"),
    "path-drive": ("duong.zip", _with_path("C:\\ngoai\\a.txt"), "RS-113"),
    "symlink": ("lien.zip", _symlink(), "RS-113"),
    "nested-twice": ("long.zip", NESTED, "RS-114"),
    "no-letters": ("trang.txt", b" \n\n ", "RS-115"),
    "empty-zip": ("rong.zip", build.archive({}), "RS-115"),
    "spreadsheet": ("bang.xlsx", build.archive({"xl/workbook.xml": b"<a/>"}), "RS-117"),
    "picture": ("anh.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "RS-105"),
    "rar": ("goi.rar", b"Rar!\x1a\x07\x00" + bytes(99), "RS-117"),
    "entity": ("thuc-the.docx", build.archive({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "RS-119"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), BAD.values(), ids=BAD.keys())
def test_bad_input_has_its_code_and_a_remedy(name: str, data: bytes, code: str) -> None:
    limits = Limits(file_mb=1, members=50)
    results = _bytes(name, data, limits)
    assert [result.document for result in results] == [None]
    assert results[0].failed
    assert _codes(results) == [code]
    assert results[0].notes[0].message.count(". ") >= 1


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    for name, (file_name, data, _) in BAD.items():
        path = tmp_path / name / file_name
        path.parent.mkdir()
        path.write_bytes(data)
    (tmp_path / "tot.txt").write_text(TEXT, encoding="utf-8")
    results = list(read_paths([tmp_path], Limits(file_mb=1, members=50)))
    assert len(results) == len(BAD) + 1
    assert [result.source for result in results if result.document] == ["tot.txt"]
    assert [result.source for result in results] == sorted(result.source for result in results)


def test_file_over_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "to.txt").write_bytes(b"a" * 3_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("đã đọc tệp quá cỡ"))
    assert _codes(list(read_paths([tmp_path / "to.txt"], Limits(file_mb=1)))) == ["RS-103"]


def test_missing_file_is_told() -> None:
    assert _codes(list(read_paths([Path("khong-co.txt")]))) == ["RS-118"]


def test_hidden_and_lock_files_are_skipped_and_said(tmp_path: Path) -> None:
    for name in ("~$thu.docx", ".an.txt", ".git/a.txt", "Thumbs.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    results = list(read_paths([tmp_path]))
    assert len(results) == 4
    assert all(result.skipped and not result.failed for result in results)
    assert set(_codes(results)) == {"RS-132"}


def test_sources_are_relative_and_name_the_folder_where_there_are_several(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder / "con").mkdir(parents=True)
        (tmp_path / folder / "con" / "thu.txt").write_text(TEXT, encoding="utf-8")
    assert [r.source for r in read_paths([tmp_path])] == ["a/con/thu.txt", "b/con/thu.txt"]
    both = read_paths([tmp_path / "a", tmp_path / "b"])
    assert [r.source for r in both] == ["a/con/thu.txt", "b/con/thu.txt"]


def test_archive_members_carry_the_archive_in_their_name() -> None:
    inner = build.archive({"sau.txt": TEXT.encode()})
    data = build.archive(
        {"thư mục/thử.txt": TEXT.encode(), "trong.zip": inner, "hong.docx": DOCX[:99]}
    )
    results = _bytes("goi.zip", data)
    assert {result.source: bool(result.document) for result in results} == {
        "goi.zip/hong.docx": False, "goi.zip/thư mục/thử.txt": True, "goi.zip/trong.zip/sau.txt": True,
    }  # fmt: skip


def test_allowance_covers_archives_inside_archives() -> None:
    filler = bytes(range(256)) * 4096 * 3  # 3 MB that hardly packs
    inner = build.archive({"a.bin": filler})
    outer = build.archive({"1.zip": inner, "b.bin": filler})
    assert "RS-111" in _codes(_bytes("goi.zip", outer, Limits(expanded_mb=5)))


def test_text_stays_as_it_is_but_for_line_ends() -> None:
    nfd = unicodedata.normalize("NFD", "Điều 1. Hồ sơ\u200b gồm\u00a0thẻ")
    (result,) = _bytes("nfd.txt", f"{nfd}\r\nhai\rba\x0cbốn\x00".encode())
    assert result.document is not None
    assert result.document.text == f"{nfd}\nhai\nba\nbốn\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Article 1. This decree prescribes the conditions of a trial. " * 9, True),
        (TEXT * 9, False),
    ],
)
def test_text_in_another_language_is_said(text: str, told: bool) -> None:
    assert ("RS-155" in _codes(_bytes("thu.txt", text.encode()))) is told


@pytest.mark.parametrize(
    ("name", "data", "found", "extension"),
    [
        ("thu.doc", f"<html><body><p>{TEXT}</p></body></html>".encode(), "html", ".doc"),
        ("thu.doc", DOCX, "docx", ".doc"),
        ("thu.docx", build.pdf([["Dieu 1. Thu nghiem van ban nay cho biet"]]), "pdf", ".docx"),
        ("thu.pdf", TEXT.encode(), "text", ".pdf"),
        ("thu.txt", TEXT.encode(), "text", ""),
        ("khong-duoi", TEXT.encode(), "text", ""),
    ],
)
def test_format_is_told_from_the_content(
    name: str, data: bytes, found: str, extension: str
) -> None:
    assert detect(data) == found
    assert mislabelled(name, found) == extension
    (result,) = _bytes(name, data)
    assert result.document is not None
    assert result.document.format == found
    assert ("RS-131" in _codes([result])) is bool(extension)


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="không có LibreOffice")
def test_rtf_under_the_name_doc_goes_through_libreoffice(tmp_path: Path) -> None:
    for name in ("mot.doc", "hai.doc"):
        (tmp_path / name).write_bytes(RTF)
    results = list(read_paths([tmp_path]))
    for result in results:
        assert result.document is not None
        assert result.document.format == "rtf"
        assert result.document.text == "Dieu 1. Van ban thu\n1. Khoan thu.\n"
        assert "RS-131" in _codes([result])


def test_without_a_converter_the_remedy_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    results = _bytes("thu.odt", ODT)
    assert _codes(results) == ["RS-108"]
    assert "libreoffice-writer" in results[0].notes[0].message


def test_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "soffice" else None)
    assert _codes(_bytes("thu.odt", ODT, Limits(converter_seconds=0.3))) == ["RS-109"]


def test_converter_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "soffice" else None)
    assert _codes(_bytes("thu.odt", ODT)) == ["RS-110"]


def test_antiword_reads_a_doc_where_there_is_no_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "antiword"
    printed = "|BỘ THỬ        |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|\n|Số: 9/2099   |Độc lập - Tự do - Hạnh phúc |\n\nĐiều 1. Thử\n|1 |Đơn |\n|2 |Thẻ |"
    program.write_text(f"#!/bin/sh\ncat <<'HET'\n{printed}\nHET\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program) if name == "antiword" else None)
    (result,) = _bytes("cu.doc", build.ole("WordDocument"))
    assert result.document is not None
    assert result.document.text.splitlines() == [
        "BỘ THỬ", "Số: 9/2099", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Điều 1. Thử", "1 \t Đơn", "2 \t Thẻ",
    ]  # fmt: skip
    assert "RS-149" in _codes([result])


def test_rtf_is_read_where_there_is_no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    (result,) = _bytes("thu.rtf", RTF)
    assert result.document is not None
    assert (result.document.format, result.document.text) == (
        "rtf", "Dieu 1. Van ban thu\n1. Khoan thu.\n",
    )  # fmt: skip
    assert "RS-162" in _codes([result])


def test_rtf_in_an_old_font_and_with_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    lines = [
        "Điều 1. Thẻ đọc sách được cấp tại thư viện",
        "1. Người đề nghị nộp đơn và ảnh của mình.",
    ]
    old = {letter: f"\\'{code:02x}" for code, letter in _TCVN3.items()}
    body = "\\par ".join("".join(old.get(char, char) for char in line) for line in lines)
    row = "\\trowd\\cellx100\\cellx200 Cot 1\\cell Cot 2\\cell\\row"
    data = rf"{{\rtf1\ansi\ansicpg1252 {{\fonttbl{{\f0\fcharset0 .VnTime;}}}}\f0 {body}\par {row}\pard}}"
    (result,) = _bytes("cu.rtf", data.encode("ascii"))
    assert result.document is not None
    assert result.document.text.splitlines() == [*lines, "Cot 1 \t Cot 2"]
    assert {"RS-162", "RS-138"} <= set(_codes([result]))


def test_files_of_a_folder_share_one_start_of_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []

    def convert(files: dict[str, bytes], limits: Limits) -> dict[str, bytes]:
        batches.append(len(files))
        return dict.fromkeys(files, DOCX)

    monkeypatch.setattr(doc, "convert_many", convert)
    monkeypatch.setattr(doc, "BATCH", 3)
    for number in range(7):
        (tmp_path / f"{number}.rtf").write_bytes(RTF)
    results = list(read_paths([tmp_path]))
    assert all(result.document for result in results)
    assert batches == [3, 3, 1]


STARTS = [b"", b"PK\x03\x04", DOCX[:300], b"%PDF-1.4\n", b"<html><p>", b"\xff\xfe", b"<p class='pDieu'>",
          b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", build.pdf([["Dieu 1."]])[:200]]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=600))
def test_any_bytes_give_results_and_raise_nothing(start: bytes, rest: bytes) -> None:
    results = _bytes("bat-ky.bin", start + rest)
    assert results
    assert all(result.document is not None or result.notes for result in results)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DOCX) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_docx_raises_nothing(place: int, patch: bytes) -> None:
    assert _bytes("hong.docx", DOCX[:place] + patch + DOCX[place + len(patch) :])


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.parametrize(("folder", "read"), [("docx", 20), ("html", 29), ("pdf", 20)])
def test_real_originals(shared: Path, folder: str, read: int) -> None:
    results = list(read_paths([shared / "corpus/originals" / folder]))
    assert sum(result.document is not None for result in results) == read
    assert not [result.notes for result in results if result.failed]
