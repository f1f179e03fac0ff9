// Follows links between our own pages without loading the whole page anew: the address changes and
// Streamlit draws what it says, as it does for «back» and «forward».
(() => {
  const { pages: named, landing } = document.currentScript.dataset;
  const pages = new Set(named.split(" "));

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest('a[href^="/"][target="_self"]');
    if (!link) return;
    const target = new URL(link.href);
    if (target.pathname === landing) target.pathname = "/"; // its only address
    if (target.hash || !pages.has(target.pathname) || target.href === location.href) return;
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testConnectionState !== "CONNECTED") return; // the browser's own way
    event.preventDefault();
    history.pushState(null, "", target.pathname + target.search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
    window.scrollTo(0, 0);
  });
})();
