"""Texts made to be slow: each takes a size and grows in proportion to it."""

from __future__ import annotations

HOSTILE = {
    "điểm on one line": lambda n: "a) " * n,
    "điểm on many lines": lambda n: "a) x\n" * n,
    "quotes that never close": lambda n: "Điều 1. Sửa đổi như sau:\n" + "“1. x\n" * n,
    "quotes alone": lambda n: "“" * n,
    "one long word": lambda n: "x" * (3 * n),
    "one long line": lambda n: "Điều 1. " + "khoản 1 Điều 2, " * (n // 4),
    "the same Điều": lambda n: "Điều 1.\n" * n,
    "deep numbers": lambda n: "1.1.1.1.1. x\n" * n,
    "khoản without end": lambda n: "Điều 1. Một\n" + "".join(f"{i}. x\n" for i in range(1, n)),
    "forms": lambda n: "Điều 1. Một\n" + "Mẫu số 01\n" * n,
    "annexes": lambda n: "Điều 1. Một\nNơi nhận:\n" + "PHỤ LỤC I\nTÊN\n" * n,
    "references": lambda n: (
        "Điều 1. Một\n1. " + "điểm a khoản 1 Điều 2 Luật số 1/2031/QH19, " * (n // 4)
    ),
    "effect clauses": lambda n: (
        "Điều 1. Một\n1. " + "Luật số 1/2031/QH19 tiếp tục có hiệu lực " * (n // 4)
    ),
    "combining marks": lambda n: "e\u0301\u0323" * n,
}
