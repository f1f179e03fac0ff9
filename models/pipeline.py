"""The screen as a spaCy pipeline: syllable tokenizer, then masks, triggers, modality, context.

Each component writes what it saw to ``doc.spans`` (``masks``, ``triggers``, ``modality``), so that
a data scientist can load a saved pipeline (``spacy.load``: the parts are entry points) and look.
The last component writes ``doc._.verdicts``. Texts are passages: folded, single blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from models import catalogue as catalogue_files
from models.catalogue import Catalogue
from models.context import Judge
from models.errors import ERRORS
from models.passage import Passage
from models.prefilter import Prefilter
from models.trigger import TriggerFinder

# A syllable is a run of letters or digits; everything else stands alone.
_TOKEN = re.compile(r"(\w+|[^\w ]| )( ?)")

for _name in ("passage", "act_text"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Doc.has_extension("verdicts"):
    Doc.set_extension("verdicts", default=())


class SyllableTokenizer:
    """Splits Vietnamese into syllables; spaCy's own "vi" needs pyvi or splits on blanks only."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = [], []
        for word, space in _TOKEN.findall(text):
            words.append(word)
            spaces.append(space == " ")
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_kwargs: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: Any) -> SyllableTokenizer:
        return self

    def to_disk(self, _path: str | Path, **_kwargs: Any) -> None:
        """Nothing to save: the splitting rule is code."""

    def from_disk(self, _path: str | Path, **_kwargs: Any) -> SyllableTokenizer:
        return self


@spacy.registry.tokenizers("rasoat.syllables.v1")
def create_syllable_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """Return the tokenizer factory that spaCy's config names."""

    def create(nlp: Language) -> SyllableTokenizer:
        return SyllableTokenizer(nlp.vocab)

    return create


class _CatalogueComponent:
    """A component that depends on the catalogue and remembers its version when saved."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def to_disk(self, path: str | Path, **_kwargs: Any) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ruleset").write_text(self.catalogue.version, encoding="utf-8")

    def from_disk(self, path: str | Path, **_kwargs: Any) -> _CatalogueComponent:
        """Raises RS-303 when the pipeline was saved with another catalogue."""
        saved = (Path(path) / "ruleset").read_text(encoding="utf-8")
        if saved != self.catalogue.version:
            raise ERRORS.error("RS-303", saved=saved, current=self.catalogue.version)
        return self


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    return doc.char_span(start, end, label=label, alignment_mode="expand")


@Language.factory("rasoat_masks", default_config={"changes": ""})
def create_masks(nlp: Language, name: str, changes: str) -> Masks:
    """Marks words that only cite, quote or illustrate (look-alike rules of scope «mask»)."""
    return Masks(catalogue_files.load(changes=changes))


class Masks(_CatalogueComponent):
    """Writes ``doc.spans["masks"]``, labelled with the N-code."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._rules = [
            (row.id, rule)
            for row in catalogue.look_alikes.values()
            for rule in row.rules
            if rule.scope == "mask"
        ]

    def __call__(self, doc: Doc) -> Doc:
        # The passage has the text at hand; a Doc would glue it together again.
        text = doc._.passage.text if doc._.passage else doc.text
        doc.spans["masks"] = [
            _span(doc, match.start(), match.end(), code)
            for code, rule in self._rules
            for match in rule.cue.finditer(text)
            if not (rule.unless and rule.unless.search(match.group()))
        ]
        return doc


@Language.factory("rasoat_triggers", default_config={"changes": ""})
def create_triggers(nlp: Language, name: str, changes: str) -> Triggers:
    """Marks the wording of requirement types."""
    return Triggers(catalogue_files.load(changes=changes))


class Triggers(_CatalogueComponent):
    """Writes ``doc.spans["triggers"]``, labelled with the category."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.finder = TriggerFinder(catalogue, Prefilter(catalogue))

    def __call__(self, doc: Doc) -> Doc:
        hits = doc.user_data.get("triggers")
        if hits is None:
            hits = self.finder.find(doc.text)
            doc.user_data["triggers"] = hits
        doc.spans["triggers"] = [_span(doc, hit.start, hit.end, hit.category) for hit in hits]
        return doc


@Language.factory("rasoat_modality", default_config={"changes": ""})
def create_modality(nlp: Language, name: str, changes: str) -> Modality:
    """Marks what the provision does: demand, forbid, exempt, …"""
    return Modality(catalogue_files.load(changes=changes), nlp)


class Modality(_CatalogueComponent):
    """Writes ``doc.spans["modality"]``, labelled demand, have, forbid, exempt, …"""

    def __init__(self, catalogue: Catalogue, nlp: Language) -> None:
        super().__init__(catalogue)
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for label, phrases in catalogue.modality.cues.items():
            self._matcher.add(label, [nlp.make_doc(phrase) for phrase in phrases])

    def __call__(self, doc: Doc) -> Doc:
        # «xuất trình» also holds shorter cues: the longest one counts.
        found = filter_spans(self._matcher(doc, as_spans=True))
        doc.spans["modality"] = sorted(found, key=_position)
        return doc


def _position(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label_


@Language.factory("rasoat_context", default_config={"changes": ""})
def create_context(nlp: Language, name: str, changes: str) -> Context:
    """Decides on every trigger from its words and from what governs them."""
    return Context(catalogue_files.load(changes=changes))


class Context(_CatalogueComponent):
    """Writes ``doc._.verdicts``."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._judge = Judge(catalogue)

    def __call__(self, doc: Doc) -> Doc:
        passage = doc._.passage or Passage(0, doc.text, doc.text, 0, None)
        cues = [(s.label_, s.start_char, s.end_char) for s in doc.spans["modality"]]
        masks = [(s.label_, s.start_char, s.end_char) for s in doc.spans["masks"]]
        triggers = doc.user_data["triggers"]
        doc._.verdicts = tuple(self._judge.decide(passage, doc._.act_text, triggers, cues, masks))
        return doc


def build(changes: str = "") -> Language:
    """Return the pipeline ``rasoat`` on a blank multi-language vocabulary.

    ``changes`` over the shipped catalogue are kept in the pipeline's own configuration, so that a
    saved pipeline says the same wherever it is loaded.
    """
    config = {"nlp": {"tokenizer": {"@tokenizers": "rasoat.syllables.v1"}}}
    nlp = spacy.blank("xx", config=config)
    for component in ("rasoat_masks", "rasoat_triggers", "rasoat_modality", "rasoat_context"):
        nlp.add_pipe(component, config={"changes": changes})
    return nlp
