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


# Texts that are cut off, or stick out of their panel or of the window, with the reason.
CUT = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].flatMap((node) => {
  const says = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const box = node.getBoundingClientRect();
  if (!says || box.width <= 1 || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
  if (node.closest('.gs-hidden, .gs-plot, style, option')) return [];
  const style = getComputedStyle(node);
  const hides = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis';
  const around = node.closest('.gs-panel')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
  const reasons = [
    hides && node.scrollWidth > node.clientWidth + 1 && 'cut',
    box.left < around.left - 1 && 'left of its place',
    box.right > around.right + 1 && 'right of its place',
  ].filter(Boolean);
  return reasons.map((reason) => [reason, node.textContent.slice(0, 40)]);
})"""
# Names of rows that lie on each other or under their lanes.
TOUCHING = """() => [...document.querySelectorAll('.gs-lanes')].flatMap((lanes) => {
  const left = lanes.querySelector('canvas').getBoundingClientRect().left;
  const boxes = [...lanes.querySelectorAll('.gs-lane-words')].filter((node) => node.checkVisibility())
    .map((node) => [node.textContent, node.getBoundingClientRect()]);
  const ends = [...lanes.querySelectorAll('.gs-lane-words > *')].filter((node) => node.checkVisibility())
    .map((node) => [node.textContent, node.getBoundingClientRect().left + node.scrollWidth]);
  const under = ends.filter(([, right]) => right > left + 0.5).map(([text]) => [text, 'under the lane']);
  const isOn = ([, box], at) => box.top < boxes[at][1].bottom - 1.5;
  const on = boxes.slice(1).filter(isOn).map(([text]) => [text, 'on the one above']);
  return [...under, ...on];
})"""
WIDER = "() => document.querySelector('[data-testid=\"stMain\"]').scrollWidth > innerWidth"


def flaws(page: Page) -> list[tuple[str, str]]:
    """What is wrong, and the words that it is wrong with."""
    cut = [(what, words) for what, words in page.evaluate(CUT)]
    touching = [(what, words) for words, what in page.evaluate(TOUCHING)]
    return cut + touching + ([("it scrolls sideways", "")] if page.evaluate(WIDER) else [])


# Letters smaller than so many pixels, as drawn: [size, text].
SMALL = """(least) => [...document.querySelectorAll('.gs *')].filter((node) =>
  node.checkVisibility({visibilityProperty: true}) && node.getBoundingClientRect().width > 1
  && [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())).map((node) => {
    const drawing = node.ownerSVGElement;
    const zoom = drawing?.viewBox.baseVal ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
    return [parseFloat(getComputedStyle(node).fontSize) * zoom, node.textContent];
  }).filter(([size]) => size < least)"""


def small_letters(page: Page, least: float = 10.99) -> list[list[object]]:
    return page.evaluate(SMALL, least)


# Of what a selector finds: [contrast of its letters with the ground, text].
CONTRAST = """selector => [...document.querySelectorAll(selector)].filter(node => node.checkVisibility()).map(node => {
  const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = at => { for (let n = at; n; n = n.parentElement) {
    const [r, g, b, a = 1] = parse(getComputedStyle(n).backgroundColor);
    if (a > 0.99) return [r, g, b];
  } return [255, 255, 255]; };
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let [r, g, b, a = 1] = parse(getComputedStyle(node).color);
  for (let n = node; n; n = n.parentElement) a *= Number(getComputedStyle(n).opacity);
  const under = ground(node), over = [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
  const [high, low] = [light(over), light(under)].sort((x, y) => y - x);
  return [Math.round((high + 0.05) / (low + 0.05) * 100) / 100, node.textContent.slice(0, 40)];
})"""


def contrasts(page: Page, selector: str) -> list[tuple[float, str]]:
    return [tuple(each) for each in page.evaluate(CONTRAST, selector)]
