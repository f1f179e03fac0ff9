"""One person at one browser window: sign in, go to a page, press what a key names, wait, look."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, Response, expect

_NOT_IN_CLASS = re.compile(r"[^A-Za-z0-9_-]")

# Streamlit says on its root element whether the script still runs and the socket is open.
_SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"]');
}"""
_PAUSE = 250  # milliseconds until a click has reached the server


class Desk:
    """A browser window with the manners of the screens; shots go to ``screenshots`` if given."""

    def __init__(self, page: Page, screenshots: Path | None = None) -> None:
        self.page = page
        self._screenshots = screenshots
        self._complaints: list[str] = []
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("dialog", self._refuse_dialog)
        page.on("response", self._refuse_missing)

    def sign_in(self, username: str) -> None:
        """Sign in with the button of a demo account."""
        self.page.goto("/dang-nhap")
        self.page.locator(f'button[data-account="{username}"]').click()
        self.settle()

    def sign_out(self) -> None:
        """Press the sign-out button of the frame."""
        self.page.locator('form[action="/dang-xuat"] button').click()
        self.page.wait_for_url("**/dang-nhap*")

    def open(self, path: str, **names: object) -> None:
        """Go to a page by its address, as a bookmark would."""
        query = f"?{urlencode(names)}" if names else ""
        self.page.goto(f"/{path}{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        for _ in range(2):
            self.page.wait_for_timeout(_PAUSE)
            self.page.wait_for_function(_SETTLED)

    def keyed(self, key: str) -> Locator:
        """The widget that has ``key`` in the program."""
        return self.page.locator(f".st-key-{_NOT_IN_CLASS.sub('-', key)}")

    def starting(self, prefix: str) -> Locator:
        """The widgets whose keys begin with ``prefix``."""
        return self.page.locator(f'[class*="st-key-{_NOT_IN_CLASS.sub("-", prefix)}"]')

    def press(self, key: str) -> None:
        """Click a button and wait for what it does."""
        self.keyed(key).get_by_role("button").first.click()
        self.settle()

    def write(self, key: str, text: str) -> None:
        """Type into a field and leave it, as a person does."""
        field = self.keyed(key).locator("textarea, input").first
        field.fill(text)
        field.blur()
        self.settle()

    def choose(self, key: str, words: str) -> None:
        """Pick from a select box the entry that holds ``words``; typing shortens long lists."""
        self._pick(self.keyed(key), words)

    def choose_starting(self, prefix: str, words: str) -> None:
        """Pick from the select box whose key begins with ``prefix``."""
        self._pick(self.starting(prefix), words)

    def _pick(self, box: Locator, words: str) -> None:
        box.locator("input, [role=combobox]").first.click()
        self.page.keyboard.type(words)
        self.page.get_by_role("option").filter(has_text=words).first.click()
        self.settle()

    def hand_in(self, file: Path, field: str = "tep") -> None:
        """Put a file into the upload field of the page, whose section is folded at first."""
        self.page.locator('[data-testid="stExpander"] summary').first.click()
        self.starting(f"{field}-").locator('input[type="file"]').set_input_files(file)
        self.settle()

    def load(self, file: Path, number: str, seconds: int) -> Locator:
        """Load an act on «Kho văn bản»; returns its link in the report, ``seconds`` at most."""
        self.open("kho-van-ban")
        self.hand_in(file)
        self.press("nap")
        link = self.page.locator("table").get_by_role("link", name=number).first
        link.wait_for(timeout=seconds * 1000)
        self.settle()
        return link

    def propose(self, finding: int, agency: str, reason: str, **words: str) -> None:
        """Fill in and save the open proposal to amend by a circular; ``words`` are more fields."""
        field = f"nhap:de-xuat:{finding}"
        self.choose(f"{field}:handling", "SĐ")
        self.choose(f"{field}:instrument", "Thông tư")
        self.choose(f"{field}:lead_agency", agency)
        for name, text in {**words, "reason": reason}.items():
            self.write(f"{field}:{name}", text)
        self.press("luu-de-xuat")

    def speak(self, verdict: str) -> None:
        """Choose the verdict of one's own opinion."""
        chips = self.page.locator('[class*="st-key-nhap-y-kien"][class*="verdict"]')
        chips.get_by_text(verdict, exact=True).click()
        self.settle()

    def finding(self) -> int:
        """The finding that the address names."""
        found = re.search(r"phat_hien=(\d+)", self.page.url)
        assert found is not None, f"địa chỉ không ghi phát hiện: {self.page.url}"
        return int(found[1])

    def shows(self, words: str) -> None:
        """The words stand somewhere on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def shoot(self, name: str) -> None:
        """Keep a picture of the window when somebody wants pictures."""
        if self._screenshots is not None:
            self.page.screenshot(path=self._screenshots / f"{name}.png")

    def no_complaints(self) -> None:
        """Nothing went wrong in the browser, and no error box is on the page."""
        assert self._complaints == []
        assert self.page.locator('[data-testid="stException"]').count() == 0

    def _refuse_missing(self, answer: Response) -> None:
        if answer.status == 404:
            self._complaints.append(f"không có {answer.url}")

    def _refuse_dialog(self, dialog: object) -> None:
        self._complaints.append("trang mở hộp thoại của trình duyệt")
        dialog.dismiss()  # type: ignore[attr-defined]
