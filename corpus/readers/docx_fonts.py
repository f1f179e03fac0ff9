"""Fonts of a .docx that draw Vietnamese over Western letters (.VnTime, VNI-Times)."""

from __future__ import annotations

from lxml import etree

from corpus import encoding
from corpus.encoding import Legacy
from corpus.readers.docx_numbering import child_value
from corpus.readers.docx_package import W

_MAX_INHERITANCE = 20  # styles based on styles; more is a loop


class Fonts:
    """Tells the encoding of a run; only of those whose letters bear the font's name out."""

    def __init__(self, document: etree._Element, styles: dict[str, etree._Element]) -> None:
        self._styles = styles
        self._style_fonts: dict[str, str] = {}
        self._normal = next(
            (key for key, style in styles.items()
             if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")),
            "",
        )  # fmt: skip
        root = next(iter(styles.values())).getparent() if styles else None
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._default = _named(default)
        self.trusted: set[Legacy] = set()
        self.trusted = self._borne_out(document)

    def _borne_out(self, document: etree._Element) -> set[Legacy]:
        # Many files keep the old font name over text that was converted long ago.
        samples: dict[Legacy, list[str]] = {}
        for paragraph in document.iter(f"{W}p"):
            style = child_value(paragraph.find(f"{W}pPr"), "pStyle") or ""
            for run in paragraph.iter(f"{W}r"):
                legacy = encoding.by_font(self.font(run, style))
                if legacy is not None:
                    samples.setdefault(legacy, []).extend(run.itertext(f"{W}t"))
        trusted: set[Legacy] = set()
        for legacy, pieces in samples.items():
            text = "".join(pieces)[:200_000]
            converted = encoding.vietnamese_hits(encoding.convert(text, legacy))
            if converted > encoding.vietnamese_hits(text):
                trusted.add(legacy)
        return trusted

    def legacy(self, run: etree._Element, paragraph_style: str) -> tuple[Legacy | None, bool]:
        """Return the encoding of a run and whether its font draws capitals."""
        if not self.trusted:
            return None, False
        font = self.font(run, paragraph_style)
        legacy = encoding.by_font(font)
        if legacy not in self.trusted:
            return None, False
        return legacy, encoding.draws_capitals(font)

    def font(self, run: etree._Element, paragraph_style: str) -> str:
        """Return the name of the font Word would draw a run's Western letters with."""
        properties = run.find(f"{W}rPr")
        if font := _named(properties):
            return font
        character_style = child_value(properties, "rStyle")
        if character_style and (font := self._of_style(character_style)):
            return font
        return self._of_style(paragraph_style or self._normal) or self._default

    def _of_style(self, key: str) -> str:
        if key not in self._style_fonts:
            font, at = "", key
            for _ in range(_MAX_INHERITANCE):
                style = self._styles.get(at)
                if style is None:
                    break
                font = _named(style.find(f"{W}rPr"))
                at = child_value(style, "basedOn") or ""
                if font or not at:
                    break
            self._style_fonts[key] = font
        return self._style_fonts[key]


def _named(properties: etree._Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
