// A phone, upright or on its side, opens on the page and not on the settings. Streamlit keeps the choice under this name;
// what was chosen here and not by a person is taken back where the screen is no phone's.
const isPhone = Math.min(screen.width, screen.height) <= 480;
const [kept, ours] = ["stSidebarCollapsed-", "gatescopeCollapsed"];
if (isPhone && localStorage.getItem(kept) === null) for (const name of [kept, ours]) localStorage.setItem(name, "true");
if (!isPhone && localStorage.getItem(ours)) for (const name of [kept, ours]) localStorage.removeItem(name);
// The app's own skeleton, a picture, or a page that has neither: then this one goes for good.
const is = (query) => document.querySelector(query) !== null;
const better = () =>
  is('.st-key-picture .gsk, .gs, [data-testid="stException"], [role="dialog"]') ||
  (is('[data-test-script-state="notRunning"] [data-testid="stMain"] h2') && !is(".st-key-picture"));
const watch = new MutationObserver(() => {
  if (!better()) return;
  document.getElementById("gsk-welcome").remove();
  watch.disconnect();
});
watch.observe(document.body, {
  childList: true,
  subtree: true,
  attributeFilter: ["data-test-script-state", "class"],
});
