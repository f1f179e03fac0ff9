"""The zip around a .docx: its parts as XML trees, opened without trusting any of them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from corpus.errors import ERRORS
from corpus.readers.limits import MEGABYTE, Limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict variant of the standard (ISO/IEC 29500-1) uses other namespaces for the same words.
_STRICT = (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")
# What a damaged zip raises when a part is unpacked; ValueError: its directory points before it.
_UNPACKING = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError,
)  # fmt: skip
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


class Package:
    """The parts of one .docx by their role: ``document``, ``styles``, ``numbering`` …"""

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        """Open the zip; raises RS-105 (damaged), RS-106 (password) or RS-111 (grows too big)."""
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as broken:
            raise self._damaged("thiếu phần cuối của tệp nén") from broken
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise ERRORS.error("RS-106", name=name)
        if sum(entry.file_size for entry in entries) > limits.expanded_bytes or any(
            entry.file_size > MEGABYTE and entry.file_size > limits.ratio * entry.compress_size
            for entry in entries
        ):
            raise ERRORS.error("RS-111", name=name, reason="tỷ lệ nén bất thường")
        self._names = {entry.filename.lower(): entry.filename for entry in entries}
        self.main = self._main_part()

    def _damaged(self, reason: str) -> Exception:
        return ERRORS.error("RS-105", name=self._name, reason=reason)

    def _main_part(self) -> str:
        relations = self._xml("_rels/.rels")
        if relations is not None:
            for relation in relations.iter(_RELATION):
                if relation.get("Type", "").endswith("/officeDocument"):
                    return relation.get("Target", "").lstrip("/")
        return "word/document.xml"

    def document(self) -> etree._Element:
        """Return the main part; raises RS-105 where it is missing."""
        root = self._xml(self.main)
        if root is None:
            raise self._damaged("không có nội dung chính")
        return root

    def part(self, role: str) -> etree._Element | None:
        """Return the part the document relates to as ``role`` (styles, numbering, footnotes)."""
        return next(iter(self.parts(role)), None)

    def parts(self, role: str) -> list[etree._Element]:
        """Return all parts of one role (header, footer)."""
        folder, base = posixpath.split(self.main)
        relations = self._xml(f"{folder}/_rels/{base}.rels")
        if relations is None:
            return []
        found = []
        for relation in relations.iter(_RELATION):
            if relation.get("Type", "").endswith(f"/{role}") and relation.get("TargetMode") is None:
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                root = self._xml(posixpath.normpath(path))
                if root is not None:
                    found.append(root)
        return found

    def _xml(self, path: str) -> etree._Element | None:
        actual = self._names.get(path.lower())
        if actual is None:
            return None
        try:
            data = self._zip.read(actual)
        except _UNPACKING as broken:
            raise self._damaged(f"phần {path} không giải nén được") from broken
        return self._parse(path, data)

    def _parse(self, path: str, data: bytes) -> etree._Element:
        if _STRICT_W in data:
            data = data.replace(_STRICT_W, W[1:-1].encode()).replace(*_STRICT)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as broken:
            raise self._damaged(f"phần {path} không phải XML đúng") from broken
        if root.getroottree().docinfo.doctype:
            # Word writes no document type; one that is there is an attack or a mistake.
            raise ERRORS.error("RS-119", name=self._name)
        return root
