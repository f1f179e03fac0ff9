"""The catalogue: everything the screen knows about the law, as files that a lawyer can edit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from models import basis, formula, overlay, override, source
from models.errors import ERRORS
from models.look_alike import LookAlike
from models.look_alike import load as load_look_alikes
from models.modality import ModalityRules
from models.modality import load as load_modality
from models.requirement import Category, load_group
from models.wording import load_pieces

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All catalogue data, validated against each other."""

    version: str  # first 12 hex digits of the SHA-256 over all files, and over the changes
    changes: str  # overlay of this catalogue over the shipped one (models/overlay.py); "" = none
    entries: MappingProxyType[str, dict[str, Any]]  # of categories and look-alikes, as written
    pieces: MappingProxyType[str, str]
    categories: MappingProxyType[str, Category]  # in file order: A1 … F13
    look_alikes: MappingProxyType[str, LookAlike]  # in the order in which they are tried
    modality: ModalityRules
    bases: basis.Bases
    sources: source.Sources
    formulas: MappingProxyType[str, formula.Formula]
    overrides: override.Overrides


@lru_cache(maxsize=8)
def load(folder: Path = FOLDER, changes: str = "") -> Catalogue:
    """Read and check the catalogue in ``folder`` with ``changes``; cached: every screen needs it.

    Raises RS-301/RS-302 (or ``DataFileError``) naming the file and line that is wrong, RS-305
    naming the line of the changes.
    """
    pieces = load_pieces(folder / "pieces.yaml")
    over = overlay.parse(changes, pieces)
    entries: dict[str, dict[str, Any]] = {}

    def category(entry: dict[str, Any]) -> dict[str, Any]:
        changed = overlay.changed_category(entry, over.categories.get(entry.get("id", "")), pieces)
        return entries.setdefault(str(entry.get("id")), changed)

    def look_alike(entry: dict[str, Any]) -> dict[str, Any]:
        changed = overlay.changed_look_alike(entry, over.look_alikes.get(entry.get("id", "")))
        return entries.setdefault(str(entry.get("id")), changed)

    categories: dict[str, Category] = {}
    files = sorted(folder.glob("requirements-*.yaml"))
    for path in files:
        for row in load_group(path, pieces, category):
            if row.id in categories:
                raise ERRORS.error(
                    "RS-301", file=path.name, line=1, problem=f"nhóm {row.id} có hai lần"
                )
            categories[row.id] = row
    rows = load_look_alikes(folder / "look_alikes.yaml", pieces, look_alike)
    bases = basis.load(folder / "bases.yaml")
    catalogue = Catalogue(
        version=_version(folder, changes),
        changes=changes,
        entries=MappingProxyType(entries),
        pieces=MappingProxyType(pieces),
        categories=MappingProxyType(categories),
        look_alikes=MappingProxyType({row.id: row for row in rows}),
        modality=load_modality(folder / "modality.yaml"),
        bases=bases,
        sources=_sources(folder, over),
        formulas=MappingProxyType(formula.load(folder / "formulas.yaml")),
        overrides=override.load(folder / "overrides.yaml", bases=bases.rows),
    )
    _check_changes(catalogue, over)
    _check_references(catalogue)
    return catalogue


def _version(folder: Path, changes: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(changes.encode())
    return digest.hexdigest()[:12]


def _sources(folder: Path, over: overlay.Overlay) -> source.Sources:
    found = source.load(folder / "sources.yaml")
    for name, readiness in over.readiness.items():
        if name not in found.rows:
            raise overlay.wrong(over.lines[name], f"không có nguồn {name}")
        found.rows[name] = replace(found.rows[name], readiness=readiness)
    return found


def _check_changes(catalogue: Catalogue, over: overlay.Overlay) -> None:
    """Every id of the changes must be one of the catalogue's; raises RS-305."""
    known = {
        "bases": catalogue.bases.rows,
        "sources": catalogue.sources.rows,
        "formula": {"", *catalogue.formulas},
    }
    for ids, rows, what in (
        (over.categories, catalogue.categories, "nhóm"),
        (over.look_alikes, catalogue.look_alikes, "mã loại trừ"),
    ):
        for name, change in ids.items():
            if name not in rows:
                raise overlay.wrong(over.lines[name], f"không có {what} {name}")
            for key, allowed in known.items():
                value = change.values.get(key, [])
                for item in [value] if isinstance(value, str) else value:
                    if item not in allowed:
                        raise overlay.wrong(change.line, f"{name}: {key} không có {item}")
    codes = {*catalogue.categories, *catalogue.look_alikes}
    for name, change in {**over.categories, **over.look_alikes}.items():
        named = [
            *(row.get(key) for row in change.added.get("examples", ()) for key in _CODES),
            *(code for rule in change.added.get("rules", ()) for key in _REACH
              for code in rule.get(key, ())),
        ]  # fmt: skip
        for code in named:
            if code and code not in codes and code not in {row[0] for row in codes}:
                raise overlay.wrong(change.line, f"{name}: không có mã {code}")


_CODES, _REACH = ("finding", "code"), ("applies_to", "except")


def _check_references(catalogue: Catalogue) -> None:
    """Every id that a category names must exist; raises RS-301 naming the category's file."""
    for category in catalogue.categories.values():
        targets = {variant.id for variant in category.variants} - set(catalogue.categories)
        missing = [
            *(f"căn cứ {name}" for name in category.bases if name not in catalogue.bases.rows),
            *(f"nguồn {name}" for name in category.sources if name not in catalogue.sources.rows),
            *(f"nhóm {name}" for name in sorted(targets)),
        ]
        if category.formula and category.formula not in catalogue.formulas:
            missing.append(f"công thức {category.formula}")
        known = {*catalogue.categories, *catalogue.look_alikes}
        if category.otherwise not in known:
            missing.append(f"mã {category.otherwise}")
        if missing:
            raise ERRORS.error(
                "RS-301",
                file=f"requirements-{category.group.lower()}.yaml",
                line=category.line,
                problem=f"nhóm {category.id} dẫn tới {', '.join(missing)} không có trong danh mục",
            )
