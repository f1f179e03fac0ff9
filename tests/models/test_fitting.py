"""Fitting in this process and in one of its own: what comes out, and what happens when it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RasoatError
from models import fitting
from models.fitting import Entry, fit, in_child
from models.shelf import INDEX, MODEL, SISTERS, Fitted
from models.similar import SimilarIndex
from models.sisters import Sisters

PAPERS = ["sổ hộ khẩu", "giấy khai sinh", "giấy phép lái xe", "phiếu lý lịch tư pháp"]
ACTS = ["Người đề nghị nộp bản sao", "Người lao động xuất trình", "Hồ sơ kèm theo bản chính"]
ENTRIES = [
    Entry(number, f"{act} {paper} tại cơ quan tiếp nhận", "Hồ sơ đăng ký")
    for number, (act, paper) in enumerate((a, p) for a in ACTS for p in PAPERS for _ in range(3))
]
TITLE = Entry(900, "Điều 5. Hồ sơ đăng ký", title=True)
STRANGE = Entry(901, "xyzzy qwrtp")


def silent(done: int, total: int, message: str) -> None:
    """Progress nobody looks at."""


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Fitted]:
    folder = tmp_path_factory.mktemp("lap")
    return folder, fit([*ENTRIES, TITLE, STRANGE], folder, silent)


def test_what_comes_out_belongs_together(fitted: tuple[Path, Fitted]) -> None:
    folder, made = fitted
    assert (made.count, made.truncated) == (len(ENTRIES) + 2, 0)
    index = SimilarIndex.load(folder / INDEX, made.digest)
    assert len(index) == len(ENTRIES)
    assert (folder / MODEL / "modules.json").is_file()


def test_a_title_is_found_by_its_words_only(fitted: tuple[Path, Fitted]) -> None:
    folder, made = fitted
    assert SimilarIndex.load(folder / INDEX, made.digest).vector(TITLE.id) is None
    assert Sisters.load(folder / SISTERS).with_wording_of("Điều 9. Hồ sơ đăng ký") == [TITLE.id]


def test_a_text_of_unknown_words_only_lies_nowhere(fitted: tuple[Path, Fitted]) -> None:
    folder, made = fitted
    assert SimilarIndex.load(folder / INDEX, made.digest).vector(STRANGE.id) is None


def test_vectors_have_length_one(fitted: tuple[Path, Fitted]) -> None:
    folder, made = fitted
    vector = SimilarIndex.load(folder / INDEX, made.digest).vector(ENTRIES[0].id)
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_too_little_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(RasoatError, match="RS-331"):
        fit([Entry(1, "Một câu.")], tmp_path, silent)


def test_a_child_gives_the_same_and_tells_its_progress(
    tmp_path: Path, fitted: tuple[Path, Fitted]
) -> None:
    told: list[tuple[int, int, str]] = []
    made = in_child(
        iter([*ENTRIES, TITLE, STRANGE]), tmp_path, lambda *progress: told.append(progress)
    )
    assert made == fitted[1]
    assert told[0][1] == len(ENTRIES) + 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([INDEX, MODEL, SISTERS])


def test_a_childs_error_arrives_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(RasoatError, match="RS-331") as raised:
        in_child([Entry(1, "Một câu.")], tmp_path, silent)
    assert raised.value.remedy


def test_a_child_that_dies_is_reported_with_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    popen = subprocess.Popen

    def dying(_command: list[str], **options: object) -> subprocess.Popen[str]:
        return popen([sys.executable, "-c", "import sys; sys.exit(7)"], **options)

    monkeypatch.setattr(fitting.subprocess, "Popen", dying)
    with pytest.raises(RasoatError, match=r"RS-334.*mã thoát 7"):
        in_child(ENTRIES, tmp_path, silent)


def test_a_child_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    code = "import sys, time; from models import fitting; fitting.fit = lambda *a: time.sleep(60); from pathlib import Path; fitting.main(Path(sys.argv[1]))"
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=30) == 1
