"""How much one input may cost; the defaults suit an upload to a ministry's own machine."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, checked before the work they bound is done."""

    file_mb: float = 100  # one file on disk or one upload
    expanded_mb: float = 1024  # everything inside one archive, and every archive inside it
    members: int = 20_000  # entries of one archive
    ratio: float = 200  # expanded size over packed size of one archive entry above 1 MB
    pages: int = 3_000  # pages of one PDF
    converter_seconds: float = 90  # LibreOffice: to start, and again for each file
    ocr_pages: int = 300  # scanned pages recognised in one file
    ocr_page_seconds: float = 120
    ocr_seconds: float = 3_600  # all scanned pages of one file
    ocr_dpi: float = 300
    ocr_megapixels: float = 30  # a larger page is rendered coarser
    image_megapixels: float = 200  # one picture file; A4 at 1,200 dots an inch has 139

    @property
    def file_bytes(self) -> int:
        return int(self.file_mb * MEGABYTE)

    @property
    def expanded_bytes(self) -> int:
        return int(self.expanded_mb * MEGABYTE)
