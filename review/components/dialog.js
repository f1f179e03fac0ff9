// While a dialog is open, keys of buttons mean those in the dialog: the framework would press those
// of the page behind it, and confirm or leave a finding that nobody looks at.
(() => {
  const TYPED_INTO = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

  window.addEventListener("keydown", (event) => {
    const dialog = document.querySelector('[data-testid="stDialog"]');
    if (!dialog || event.metaKey || event.altKey) return;
    const key = `${event.ctrlKey ? "Ctrl+" : ""}${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
    if (!event.ctrlKey && (event.key.length !== 1 || event.key === " ")) return;
    if (!event.ctrlKey && event.target.matches?.(TYPED_INTO)) return;
    const button = [...dialog.querySelectorAll("button:enabled")].find((one) => shown(one) === key);
    if (event.ctrlKey && !button) return;
    event.stopImmediatePropagation();
    if (button) {
      event.preventDefault();
      if (event.target.matches?.(TYPED_INTO)) event.target.blur(); // its words go first
      button.click();
    }
  }, true);

  const shown = (button) => {
    const label = button.querySelector("kbd")?.textContent.trim() ?? "";
    return label.replaceAll(" ", ""); // "Ctrl + Enter"
  };
})();
