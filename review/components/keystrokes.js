// Saves what is typed into forms with a draft while it is typed: Streamlit sends a text only when
// its field is left. Each form has one line with data-rs-draft that names its fields.
(() => {
  const PAUSE = 700; // after the last key stroke
  const LONGEST = 1500; // however fast somebody types
  const AGAIN = 2000; // after a failure
  const waiting = new Map(); // draft key: what has not reached the server yet

  const marks = () => [...document.querySelectorAll("[data-rs-draft]")];

  function formOf(field) {
    const box = field.closest('[class*="st-key-nhap-"]');
    if (!box) return null;
    for (const mark of marks()) {
      const form = JSON.parse(mark.dataset.rsDraft);
      for (const [name, title] of Object.entries(form.fields))
        if (box.classList.contains(name)) return { form, title };
    }
    return null;
  }

  // After a lost connection the page is drawn anew, with another sheet of the same form.
  function newest(form) {
    const forms = marks().map((mark) => JSON.parse(mark.dataset.rsDraft));
    return forms.find((other) => other.key === form.key) || form;
  }

  function tell(form, words) {
    for (const mark of marks())
      if (JSON.parse(mark.dataset.rsDraft).key === form.key) mark.textContent = words;
  }

  document.addEventListener("input", (event) => {
    const found = event.target.closest && formOf(event.target);
    if (!found) return;
    const now = Date.now();
    const entry = waiting.get(found.form.key) || { values: {}, since: now, version: 0 };
    entry.form = found.form;
    entry.values[found.title] = event.target.value;
    entry.version += 1;
    waiting.set(found.form.key, entry);
    clearTimeout(entry.timer);
    const wait = Math.max(0, Math.min(PAUSE, LONGEST - (now - entry.since)));
    entry.timer = setTimeout(() => send(found.form.key), wait);
  }, true);

  async function send(key, leaving = false) {
    const entry = waiting.get(key);
    if (!entry || (entry.busy && !leaving)) return;
    clearTimeout(entry.timer);
    entry.busy = true;
    const { version } = entry;
    const form = newest(entry.form);
    const body = JSON.stringify({ key, sheet: form.sheet, values: entry.values, under: form.under });
    let answer = null;
    try {
      answer = await fetch("/nhap", {
        method: "POST", body, headers: { "content-type": "application/json" },
        keepalive: leaving && body.length < 60000, signal: AbortSignal.timeout(8000),
      });
    } catch { /* no connection: said below, tried again */ }
    entry.busy = false;
    entry.since = Date.now();
    if (answer && (answer.ok || answer.status === 410 || answer.status === 413)) {
      if (entry.version === version) waiting.delete(key);
      else entry.timer = setTimeout(() => send(key), PAUSE);
      if (answer.ok) tell(form, form.saved.replace("{time}", (await answer.json()).luc));
      if (answer.status === 413) tell(form, await answer.text());
      return;
    }
    tell(form, answer && answer.status === 401 ? form.closed : form.unsaved);
    entry.timer = setTimeout(() => send(key), AGAIN);
  }

  const leave = () => { for (const key of waiting.keys()) send(key, true); };
  document.addEventListener("focusout", leave, true);
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", leave);
})();
