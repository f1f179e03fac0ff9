"""Files made for one test each: small, invented, and broken where the test needs it."""

from __future__ import annotations

import io
import zipfile

from PIL import Image, ImageDraw, ImageFont

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROLES = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")


def docx(body: str, **parts: str) -> bytes:
    """Return a .docx whose body and further parts are WordprocessingML without the envelope."""
    names = {
        "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
        "endnotes": "endnotes", "comments": "comments", "header": "hdr", "footer": "ftr",
    }  # fmt: skip
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations([(role, f"{role}.xml") for role in parts]),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
    }
    for role, content in parts.items():
        assert role in _ROLES, role
        files[f"word/{role}.xml"] = _part(names[role], content)
    return archive({name: text.encode() for name, text in files.items()})


def _part(root: str, content: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{content}</w:{root}>"
    )


def _relations(pairs: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="r{i}" Type="{_REL}/{role}" Target="{target}"/>'
        for i, (role, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    """Return a paragraph; plain text becomes one run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return par(text, properties)


def table(*rows: list[str]) -> str:
    """Return a table; a cell is text or ready-made paragraphs."""
    cells = [
        "".join(f"<w:tc>{c if c.startswith('<') else par(c)}</w:tc>" for c in row) for row in rows
    ]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def archive(members: dict[str, bytes]) -> bytes:
    """Return a zip with ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def encrypted_archive(name: str, data: bytes) -> bytes:
    """Return a zip whose entry says that it is encrypted (flag bit 0 in both headers)."""
    raw = bytearray(archive({name: data}))
    raw[6] |= 1
    central = raw.index(b"PK\x01\x02")
    raw[central + 8] |= 1
    return bytes(raw)


def pdf(pages: list[list[str]], *, encrypt: str = "", count_only: int = 0) -> bytes:
    """Return a PDF of Western lines, one list for each page; ``count_only`` repeats the first."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects: list[bytes] = [b"", b"", font]
    kids: list[int] = []
    for lines in pages:
        shown = "".join(
            f"BT /F1 12 Tf 72 {760 - 16 * i} Td ({line}) Tj ET\n" for i, line in enumerate(lines)
        ).encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        content = len(objects)
        for _ in range(count_only or 1):
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
                b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % content
            )
            kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), references)
    return _pdf_file(objects, encrypt)


def scan(
    pages: list[list[str]], font: str, *, stamp: str = "", turn: int = 0, form: str = "PDF"
) -> bytes:
    """Return a PDF, or another ``form`` of picture, whose pages are pictures of lines.

    ``stamp`` is printed over them in red; ``turn`` (degrees) is how the page lay in the scanner.
    """
    drawn = []
    letters = ImageFont.truetype(font, 44)
    for lines in pages:
        page = Image.new("RGB", (1654, 2339), "white")  # A4 at 200 dots an inch
        pen = ImageDraw.Draw(page)
        for row, line in enumerate(lines):
            pen.text((180, 180 + 70 * row), line, font=letters, fill="black")
            if stamp:
                pen.text((400, 190 + 70 * row), stamp, font=letters, fill=(255, 0, 0))
        drawn.append(page.rotate(turn, expand=True))
    buffer = io.BytesIO()
    several = {"save_all": True, "append_images": drawn[1:]} if drawn[1:] else {}
    drawn[0].save(buffer, format=form, resolution=200, **several)
    return buffer.getvalue()


def _pdf_file(objects: list[bytes], encrypt: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    # A dictionary with values that no password opens is enough to be asked for one.
    locked = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{encrypt}>/U<{encrypt}>>>/ID[<00><00>]"
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        locked.encode() if encrypt else b"",
        start,
    )
    return bytes(out)


def ole(stream: str, body: bytes = b"") -> bytes:
    """Return what begins like an OLE file whose directory names ``stream``."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00"
    return header.ljust(512, b"\0") + body.ljust(512, b"\0") + stream.encode("utf-16-le")
