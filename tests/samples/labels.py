"""``corpus/samples/labels.yaml`` as records: what is expected of every leaf of every sample."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


@dataclass(frozen=True, slots=True)
class LabelledProvision:
    """Expected findings (category, quote), look-alikes (N-code, quote) and free categories."""

    path: str
    findings: tuple[tuple[str, str], ...]
    look_alikes: tuple[tuple[str, str], ...]
    optional: frozenset[str]

    @property
    def categories(self) -> frozenset[str]:
        return frozenset(category for category, _ in self.findings)


@dataclass(frozen=True, slots=True)
class LabelledAct:
    """One sample act: head data as it must be read, and a label for every leaf."""

    file: str
    number: str
    type: str
    provisions: dict[str, LabelledProvision]


def load_labels() -> dict[str, LabelledAct]:
    """Return the labels of all samples by file name."""
    entries = yaml.safe_load((SAMPLES / "labels.yaml").read_text(encoding="utf-8"))
    return {entry["file"]: _act(entry) for entry in entries["acts"]}


def _act(entry: dict) -> LabelledAct:
    provisions = {
        path: LabelledProvision(path, (), (), frozenset()) for path in entry.get("clean", [])
    }
    for path, label in entry.get("labels", {}).items():
        if path in provisions:
            raise ValueError(f"{entry['file']}: {path} vừa có nhãn vừa ghi là không có gì")
        provisions[path] = LabelledProvision(
            path,
            tuple((one["category"], one["quote"]) for one in label.get("findings", [])),
            tuple((one["code"], one["quote"]) for one in label.get("look_alikes", [])),
            frozenset(label.get("optional", [])),
        )
    return LabelledAct(entry["file"], entry["number"], entry["type"], provisions)
