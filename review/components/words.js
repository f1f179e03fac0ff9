// Puts the English words of the framework that no option and no style sheet reaches into Vietnamese.
// data-words: the whole text, or one with {} where a name or number stands, and what to say instead.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];
  const words = JSON.parse(document.currentScript.dataset.words);
  const whole = new Map(Object.entries(words).filter(([english]) => !english.includes("{}")));
  const parts = Object.entries(words)
    .filter(([english]) => english.includes("{}"))
    .map(([english, ours]) => [...english.split("{}"), ours]);

  function inOurs(text) {
    const said = whole.get(text);
    if (said) return said;
    for (const [before, after, ours] of parts)
      if (text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after))
        return ours.replace("{}", text.slice(before.length, text.length - after.length));
    return null;
  }

  // Texts only in what the framework draws itself: all else on a page is ours.
  const OWN = '[role="listbox"], [role="dialog"], [data-testid="stSkipToContent"]';
  function change(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const said = node.parentElement?.closest(OWN) && inOurs(node.data);
      if (said) node.data = said;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) {
      const said = node.hasAttribute(name) && inOurs(node.getAttribute(name));
      if (said) node.setAttribute(name, said);
    }
  }

  function changeAll(root) {
    change(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) change(walker.currentNode);
  }

  new MutationObserver((records) => {
    for (const record of records)
      if (record.type === "childList") record.addedNodes.forEach(changeAll);
      else change(record.target);
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES,
  });
  changeAll(document.documentElement); // what was drawn before this script came
})();
