"""How long the search box takes over the whole codified law."""

from __future__ import annotations

import resource
import time

import numpy as np

from models.shelf import Loaded
from models.similar import SimilarIndex
from models.sisters import Sisters
from review.records import SearchFilter
from review.search.lookup import Lookup
from review.search.meaning import Meaning
from review.workbench import Workbench
from tests.benchmarks.search_pairs import FITTING, encoder_of

# As lawyers type: with and without diacritics, addresses, phrases, common words and rare ones.
TYPED = (
    "sổ hộ khẩu", "so ho khau", "hộ khẩu thường trú", "giấy khai sinh", "giay khai sinh ban sao",
    "bản sao có chứng thực", "ban sao co chung thuc", '"bản chính để đối chiếu"', "nộp hồ sơ",
    "nộp trực tiếp hoặc qua bưu điện", "02 bộ hồ sơ", "phiếu lý lịch tư pháp", "ảnh 4x6",
    "xác nhận của ủy ban nhân dân cấp xã", "xac nhan cua cong an noi cu tru", "đăng ký tạm trú",
    "giấy chứng nhận kết hôn", "tình trạng hôn nhân", "giấy phép lái xe", "bang tot nghiep",
    "người đại diện theo pháp luật", "cơ quan nhà nước có thẩm quyền", "thủ tục cấp giấy phép",
    "thời hạn giải quyết", "ký tên đóng dấu", "chứng minh nhân dân", "can cuoc cong dan",
    "sơ yếu lý lịch", "giấy giới thiệu", "hồ sơ giấy", "dịch vụ công trực tuyến", "hồ sơ", "người",
    "điều 10 nghị định 104/2022", "khoản 2 điều 5 nd 20/2021", "so ho khau nd 61", "tt 08/2023",
    "điều 20 luật cư trú", "Đ46.3 luật 26/2023", "khai tử", "giấy chứng sinh", "mã số thuế",
    "đăng ký doanh nghiệp", "quyền sử dụng đất", "thẻ bảo hiểm y tế", "giấy khám sức khỏe",
    "văn bằng chứng chỉ", "con dấu", "nơi cư trú của người đề nghị", "hộ nghèo",
)  # fmt: skip


class Held(Meaning):
    """The fitting that ``build`` made, in memory; or nothing at all."""

    def __init__(self, loaded: Loaded | None) -> None:
        self._held = loaded

    def ready(self) -> Loaded | None:
        return self._held


def speed(bench: Workbench) -> None:
    """Print p50 and p95 of both kinds of search, with the memory of the process."""
    folder = bench.settings.data_dir / FITTING
    before = _memory()
    digest = _model_of(folder)
    loaded = Loaded(
        "benchmark", SimilarIndex.load(folder / "index", digest), Sisters.load(folder / "sisters.npy"),
        encoder_of(bench),
    )  # fmt: skip
    print(f"{len(loaded.index)} vectors; index and model take {_memory() - before:.1f} GB")
    operator = bench.people.operator()
    print(f"{len(TYPED)} queries, three times each\n{'':12}{'p50':>8}{'p95':>8}{'slowest':>9}  ms")
    for name, meaning in (("lexical", Held(None)), ("blended", Held(loaded))):
        lookup = Lookup(bench.store, meaning)
        spent: list[tuple[float, str]] = []
        lookup.find(operator, SearchFilter("khởi động"))
        for typed in TYPED * 3:
            began = time.perf_counter()
            lookup.find(operator, SearchFilter(typed))
            spent.append((1000 * (time.perf_counter() - began), typed))
        times = [taken for taken, _ in spent]
        p50, p95 = np.percentile(times, [50, 95])
        slowest, typed = max(spent)
        print(f"{name:12}{p50:>8.0f}{p95:>8.0f}{slowest:>9.0f}  («{typed}»)", flush=True)
    print(f"largest memory of the process {_memory():.1f} GB")


def _model_of(folder) -> str:
    import json

    return json.loads((folder / "index" / "index.json").read_text())["model"]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
