"""Tell the format of a file from its content; names lie (.doc that is HTML, RTF, MHT or docx)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

Format = Literal[
    "docx", "odt", "doc", "rtf", "pdf", "html", "mht", "text", "phapdien", "zip", "encrypted",
    "xlsx", "pptx", "ole", "image", "archive", "empty", "unknown",
]  # fmt: skip

#: What a reader of the load report calls each format.
NAMES: dict[str, str] = {
    "docx": "Word (.docx)", "odt": "OpenDocument (.odt)", "doc": "Word 97–2003 (.doc)",
    "rtf": "RTF", "pdf": "PDF", "html": "trang web (HTML)", "mht": "trang web lưu một tệp (MHT)",
    "text": "chữ thường (.txt)", "phapdien": "Bộ Pháp điển điện tử", "zip": "gói nén ZIP",
    "xlsx": "bảng tính", "pptx": "trình chiếu", "ole": "tài liệu Office khác", "image": "hình ảnh",
    "archive": "gói nén không phải ZIP",
}  # fmt: skip

_EXPECTED: dict[str, tuple[str, ...]] = {
    ".docx": ("docx",), ".docm": ("docx",), ".dotx": ("docx",), ".odt": ("odt",),
    ".doc": ("doc",), ".dot": ("doc",), ".rtf": ("rtf",), ".pdf": ("pdf",),
    ".html": ("html", "phapdien"), ".htm": ("html", "phapdien"), ".xhtml": ("html", "phapdien"),
    ".mht": ("mht",), ".mhtml": ("mht",), ".txt": ("text",), ".md": ("text",), ".zip": ("zip",),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"), ("image",)),
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# A page starts with a tag that only HTML has, perhaps after comments and declarations.
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|style|script|table|div|p|h[1-6]|br)\b",
    re.I | re.S,
)
_HTML_INSIDE = re.compile(rb"<(?:html|body|div|table|p)\b[^<>]*>", re.I)
_PHAPDIEN = re.compile(rb"<p class='pDieu'>|ViewDanhSachVB\(|class='_content'")
_MHT = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version|Content-Type):", re.I
)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def detect(data: bytes) -> Format:
    """Return the format of ``data``; reads the beginning and, for zip, the directory."""
    if not data:
        return "empty"
    head = data[:4096]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip()[:6].startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_ARCHIVES):
        return "archive"
    if _is_image(head):
        return "image"
    return _text_kind(data, head)


def _is_image(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    # «BM» may begin a text; the header of a bitmap has four zero bytes after its length.
    bitmap = head.startswith(b"BM") and head[6:10] == bytes(4)
    return webp or bitmap or head.startswith(_IMAGES)


def _text_kind(data: bytes, head: bytes) -> Format:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if head.count(0) > len(head) // 4 or data.startswith(_MARKS[1:]):  # UTF-16
        head = head.replace(b"\x00", b"")
    if _PHAPDIEN.search(data[:20_000]):
        return "phapdien"
    if _HTML.search(head):
        return "html"
    if _MHT.match(head) and b"multipart" in head.lower() + data[:20_000].lower():
        return "mht"
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if controls > len(head) * 0.05:
        return "unknown"
    if len(_HTML_INSIDE.findall(head)) >= 3:
        return "html"
    return "text"


def _zip_kind(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        # A cut-off download has lost the directory at its end; the first entry still tells.
        return "docx" if b"word/" in data[:4096] or b"[Content_Types].xml" in data[:200] else "zip"
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    ):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    return "zip"


def _ole_kind(data: bytes) -> Format:
    # Stream names stand in the directory as UTF-16; no need to walk it to know them.
    if _utf16("EncryptedPackage") in data:
        return "encrypted"
    if _utf16("WordDocument") in data:
        return "doc"
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xlsx"
    if _utf16("PowerPoint Document") in data:
        return "pptx"
    return "ole"


def doc_is_encrypted(data: bytes) -> bool:
    """Say whether an OLE Word file has a password: bit 0x0100 of the FIB flags ([MS-DOC] 2.5.2).

    The FIB begins the WordDocument stream, on a sector border, with the magic 0xA5EC.
    """
    sector = 1 << int.from_bytes(data[30:32], "little") if len(data) > 32 else 512
    if not 128 <= sector <= 65_536:
        return False
    for offset in range(sector, min(len(data) - 12, 64 * 1024 * 1024), sector):
        if data[offset : offset + 2] == b"\xec\xa5":
            return bool(int.from_bytes(data[offset + 10 : offset + 12], "little") & 0x0100)
    return False


def mislabelled(name: str, found: str) -> str:
    """Return the extension of ``name`` if it promises another format than ``found``, else ''."""
    extension = PurePosixPath(name.lower()).suffix
    expected = _EXPECTED.get(extension)
    return extension if expected and found not in expected else ""
