"""``docs/du-lieu.md``: every table and column of the data files, from what gives them out.

``python -m tests.docs.data_table`` brings it up to date; the test tells when to.
"""

from __future__ import annotations

from collections.abc import Mapping

from exports import data_files
from review.people.permission import TABLE
from review.reports.holding import Holding, holdings, left_out
from tests.docs.error_table import ROOT

FILE = ROOT / "docs" / "du-lieu.md"

_HEAD = """# Toàn bộ dữ liệu: bảng và cột

Tệp này lập từ `review/reports/holdings.yaml` và `exports/data_files.yaml` bằng lệnh
`python -m tests.docs.data_table`; không sửa tay.

Ở trang **Báo cáo**, «Toàn bộ dữ liệu tôi được xem» (hoặc lệnh `rasoat export toan-bo-csv`,
`rasoat export toan-bo-json`) xuất mọi bảng của đợt rà soát trong một tệp .zip:

* `toan-bo-csv`: mỗi bảng một tệp `.csv` UTF-8 có BOM, dấu phẩy, mở được bằng Excel; danh sách nối bằng «; »,
  giá trị lồng nhau ghi dạng JSON; chữ có thể bị bảng tính hiểu là công thức có dấu nháy đơn ở đầu.
* `toan-bo-json`: mỗi bảng một tệp `.jsonl`, mỗi dòng một đối tượng JSON, giá trị như trong kho.

Ngày dạng `2026-11-30`, thời điểm dạng `2026-11-30T08:15:00+00:00` (UTC). `LUOC-DO.csv` trong gói nêu nghĩa của
từng cột; `XUAT-XU.csv` nêu người xuất, thời điểm, đợt, mốc hiệu lực, bộ tiêu chí, số dòng và SHA-256 của từng
tệp. Mỗi lần xuất được ghi nhật ký.

Mỗi người chỉ lấy được điều mình xem được trên màn hình: bộ lấy dòng của bộ mình; ý kiến chỉ có sau khi mở;
đề xuất chưa trình không ra khỏi bộ; mật khẩu, mã phiên không bao giờ được xuất.
"""


_REPORT = """## Số liệu của báo cáo

«Số liệu của báo cáo» (`rasoat export csv-bo`, `csv-tong-hop`, `json-bo`, `json-tong-hop`) chỉ có đúng các dòng
của báo cáo Word và tệp Excel, đã đối chiếu tổng số. CSV: mỗi bảng dưới đây một tệp; JSON: một đối tượng với
`acts`, `findings` (kèm căn cứ, đề xuất), `boards` (ý kiến đã mở), `summary`, `digest`, `sources`, `programme`,
`sampled`, cùng tên cột.
"""


def text() -> str:
    """Return the whole file."""
    parts = [_HEAD, *map(_section, holdings().values()), _tail(), _REPORT]
    parts += [_table(f"`{name}`: {title}", data_files.meanings(name)) for name, title in _titles()]
    return "\n".join(parts)


def _titles() -> list[tuple[str, str]]:
    return list(data_files.titles().items())


def _table(heading: str, columns: Mapping[str, str]) -> str:
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in columns.items())
    return f"### {heading}\n\n| Cột | Nghĩa |\n|---|---|\n{rows}\n"


def _section(holding: Holding) -> str:
    label = TABLE.actions[holding.action].label
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in holding.columns.items())
    return (
        f"## `{holding.name}`: {holding.title}\n\nDành cho ai được: {label}.\n\n"
        f"| Cột | Nghĩa |\n|---|---|\n{rows}\n"
    )


def _tail() -> str:
    rows = "\n".join(f"| `{name}` | {why} |" for name, why in left_out().items())
    return f"## Bảng không xuất\n\n| Bảng | Vì sao |\n|---|---|\n{rows}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
