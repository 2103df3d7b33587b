"""What is wrong with a part of the page, as anybody could see it: boxes, letters, names, words, choices."""

from playwright.sync_api import Page

AUDIT = r"""root => {
  const found = [];
  const say = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 160)}`);
  const visible = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
  const nodes = [root, ...root.querySelectorAll("*")].filter(visible);
  const own = (node) => [...node.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data).join("");
  const WRONG = /undefined|NaN|Infinity|\[object|[{}]|\bnull\b|\b1 (days|timesteps|units|matches|stretches)\b/;
  for (const node of nodes) {
    const style = getComputedStyle(node);
    const flows = !["INPUT", "SELECT", "OPTION"].includes(node.tagName) && !(node instanceof SVGElement);
    if (flows && node.clientWidth && node.scrollWidth > node.clientWidth + 1 && style.overflowX !== "auto")
      say(`overflows, ${node.scrollWidth} in ${node.clientWidth}`, node);
    if (own(node).trim()) {
      const scale = node instanceof SVGElement ? node.getScreenCTM().a : 1;
      if (parseFloat(style.fontSize) * scale < 10.99 && node.tagName !== "OPTION")
        say(`letters of ${(parseFloat(style.fontSize) * scale).toFixed(1)} px`, node);
      if (WRONG.test(own(node))) say("unfilled words", node);
    }
    if (["BUTTON", "INPUT", "SELECT", "CANVAS"].includes(node.tagName)) {
      const labels = [...(node.labels ?? [])].map((each) => each.textContent).join("");
      const name = node.getAttribute("aria-label") || (node.tagName === "BUTTON" ? node.textContent : "") || labels;
      if (!name.trim()) say("has no name", node);
    }
    if (node.tagName === "SELECT" && node.options.length < 2 && node.dataset.testid !== "stage-clamp-what")
      say("offers one thing alone", node);
    if (/^H\d$/.test(node.tagName)) {
      const below = [...node.parentElement.children].filter((each) => each !== node && visible(each));
      if (!node.textContent.trim() || !below.some((each) => each.textContent.trim())) say("heads nothing", node);
    }
  }
  return found;
}"""


def faults(page: Page, name: str) -> list[str]:
    return page.get_by_test_id(name).evaluate(AUDIT)
