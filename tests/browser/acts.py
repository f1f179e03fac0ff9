"""An invented act as a Word 97 file (.doc), as ministries still send them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from docx import Document

NUMBER = "921/2019/TT-{code}"
TITLE = "Quy định việc cấp thẻ người giữ phao tiêu trên sông nhỏ"
INJECTION = '<script>document.title = "hỏng"; window.alert(1)</script>'
_CONVERSION_SECONDS = 120

_LINES = f"""VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA
{{issuer}}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {NUMBER}
Hà Nội, ngày 12 tháng 4 năm 2019
THÔNG TƯ
{TITLE}
Căn cứ Luật Giao thông đường thủy nội địa ngày 15 tháng 6 năm 2004;
Bộ trưởng ban hành Thông tư quy định việc cấp thẻ người giữ phao tiêu trên sông nhỏ.
Điều 1. Phạm vi điều chỉnh
Thông tư này quy định hồ sơ, thủ tục cấp thẻ người giữ phao tiêu {INJECTION} trên sông nhỏ.
Điều 2. Hồ sơ đề nghị cấp thẻ
1. Hồ sơ gồm:
a) Đơn đề nghị cấp thẻ;
b) Bản sao có chứng thực sổ hộ khẩu của người đề nghị;
c) Bản sao giấy khai sinh;
d) 02 ảnh màu cỡ 3 cm x 4 cm {INJECTION};
đ) Giấy khám sức khỏe còn thời hạn.
2. Người đề nghị nộp trực tiếp 02 bộ hồ sơ tại bến đò.
Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 01 tháng 6 năm 2019.
Nơi nhận:
- Lưu: VT (bản giả định).
BỘ TRƯỞNG
(Nhân vật giả định)"""


def word_file(folder: Path, code: str, issuer: str) -> Path:
    """Write the act as .doc where LibreOffice is installed, else as .docx; return its path."""
    document = Document()
    for line in _LINES.format(code=code, issuer=issuer.upper()).splitlines():
        document.add_paragraph(line)
    path = folder / "thong-tu-phao-tieu.docx"
    document.save(path)
    office = shutil.which("soffice")
    if office is None:
        return path
    profile = folder / "soffice"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=_CONVERSION_SECONDS,
    )
    return path.with_suffix(".doc")


_PLAIN = """VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA
{issuer}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Hà Nội, ngày 09 tháng 4 năm 2019
THÔNG TƯ
{title}
Điều 1. Hồ sơ
{body}
"""


def text_file(folder: Path, number: str, issuer: str, title: str, body: str) -> Path:
    """Write an invented circular of one Điều; return its path."""
    path = folder / f"{number.replace('/', '-')}.txt"
    text = _PLAIN.format(issuer=issuer.upper(), number=number, title=title, body=body)
    path.write_text(text, encoding="utf-8")
    return path
