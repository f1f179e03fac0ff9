"""What a provision does: the cue phrases that demand, exempt or let choose, and list stems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.text import fold
from models import yaml_lines
from models.errors import ERRORS
from models.wording import compile_wordings

LABELS = ("demand", "list", "weak", "noise", "have", "forbid", "exempt", "data_first", "option")
STEMS = ("dossier", "other", "never", "headings")


@dataclass(frozen=True, slots=True)
class ModalityRules:
    """Cue phrases by label (folded) and the patterns of list stems."""

    cues: dict[str, tuple[str, ...]]
    dossier: re.Pattern[str]  # the stem opens a list of papers to hand in
    other: re.Pattern[str]  # the stem opens a list of something else
    never: re.Pattern[str]  # so does a stem that ends like this, whatever papers it names
    headings: re.Pattern[str]  # headings of Điều that are about a dossier


def load(path: Path) -> ModalityRules:
    """Read ``modality.yaml``; raises RS-301/RS-302 naming the line."""
    data = yaml_lines.read(path)
    yaml_lines.check_keys(data, required={"cues", "stems"}, optional=set(), file=path.name)
    cues, stems = data["cues"], data["stems"]
    yaml_lines.check_keys(cues, required=set(LABELS), optional=set(), file=path.name)
    yaml_lines.check_keys(stems, required=set(STEMS), optional=set(), file=path.name)
    for label in LABELS:
        if not all(isinstance(phrase, str) and phrase for phrase in cues[label]):
            raise ERRORS.error(
                "RS-301",
                file=path.name,
                line=cues[yaml_lines.LINE],
                problem=f"{label} phải là danh sách cụm từ",
            )
    compiled = {
        key: compile_wordings(stems[key], {}, path.name, stems[yaml_lines.LINE]) for key in STEMS
    }
    phrases = {label: tuple(fold(phrase) for phrase in cues[label]) for label in LABELS}
    return ModalityRules(phrases, **compiled)
