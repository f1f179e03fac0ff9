"""The catalogue: everything the screen knows about the law, as files that a lawyer can edit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from models import basis, formula, override, source
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

    version: str  # first 12 hex digits of the SHA-256 over all files
    categories: MappingProxyType[str, Category]  # in file order: A1 … F13
    look_alikes: MappingProxyType[str, LookAlike]  # in the order in which they are tried
    modality: ModalityRules
    bases: basis.Bases
    sources: source.Sources
    formulas: MappingProxyType[str, formula.Formula]
    overrides: override.Overrides


@cache
def load(folder: Path = FOLDER) -> Catalogue:
    """Read and check the catalogue in ``folder``; cached, since every screen needs it.

    Raises RS-301/RS-302 (or ``DataFileError``) naming the file and line that is wrong.
    """
    pieces = load_pieces(folder / "pieces.yaml")
    categories: dict[str, Category] = {}
    files = sorted(folder.glob("requirements-*.yaml"))
    for path in files:
        for category in load_group(path, pieces):
            if category.id in categories:
                raise ERRORS.error(
                    "RS-301", file=path.name, line=1, problem=f"nhóm {category.id} có hai lần"
                )
            categories[category.id] = category
    look_alikes = {row.id: row for row in load_look_alikes(folder / "look_alikes.yaml", pieces)}
    bases = basis.load(folder / "bases.yaml")
    catalogue = Catalogue(
        version=_version(folder),
        categories=MappingProxyType(categories),
        look_alikes=MappingProxyType(look_alikes),
        modality=load_modality(folder / "modality.yaml"),
        bases=bases,
        sources=source.load(folder / "sources.yaml"),
        formulas=MappingProxyType(formula.load(folder / "formulas.yaml")),
        overrides=override.load(folder / "overrides.yaml", bases=bases.rows),
    )
    _check_references(catalogue)
    return catalogue


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
