"""With keys alone: the focus is in sight, covered by nothing, and wears a ring that can be told from its ground."""

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.browser.person import PAGES, enter, open_page
from tests.helpers.browser.server import Server

# Where the focus is: whether it is in sight and on top at one of five points, and the contrast of its ring with the
# ground. A field that is typed into may tell it by its edge, and a part of a date by its ground; all else has an
# outline. It may be that of what stands for a field that cannot be seen: the thumb of a slider, a radio button's row.
FOCUS = r"""() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const chain = [];
  for (let each = node; each && chain.length < 7; each = each.parentElement) chain.push(each);

  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const isOpaque = (colour) => colour.length > 2 && (colour[3] ?? 1) > 0.99;
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (at) => {
    for (let each = at; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (isOpaque(colour)) return colour;
    }
    return [255, 255, 255];
  };

  const isPart = node.getAttribute("role") === "spinbutton";
  const isTyped = isPart || (node.tagName === "INPUT" && !["range", "radio", "checkbox"].includes(node.type));
  const colours = (at) => {
    const style = getComputedStyle(at);
    const isOutlined = ["solid", "double"].includes(style.outlineStyle) && parseFloat(style.outlineWidth) >= 2;
    const isEdged = isTyped && parseFloat(style.borderTopWidth) > 0;
    const own = isPart && at === node && style.backgroundColor;
    const found = [isOutlined && style.outlineColor, isEdged && style.borderTopColor, own];
    return found.filter(Boolean).map(parse).filter(isOpaque);
  };
  const ratios = chain.flatMap((at) => colours(at).map((colour) => contrast(colour, ground(at.parentElement))));

  const box = (chain.find((each) => each.getBoundingClientRect().width > 4) ?? node).getBoundingClientRect();
  const isSeen = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
    const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return top && (top.contains(node) || chain.slice(0, 3).some((each) => each.contains(top)));
  });
  const words = [node.tagName, node.dataset.testid, node.getAttribute("aria-label"), node.innerText?.slice(0, 30)];
  return {
    name: words.filter(Boolean).join(" ").replaceAll("\n", " "),
    isFirst: node.dataset.testid === "stSkipToContent",
    isSeen,
    contrast: Math.round(10 * Math.max(1, ...ratios)) / 10,
  };
}"""


def walk(page: Page) -> tuple[list[str], list[str]]:
    """Once round the page by Tab: the stops, and what is wrong with some of them."""
    stops, wrong = [], []
    for _ in range(150):
        page.keyboard.press("Tab")
        page.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
        now = page.evaluate(FOCUS)
        if stops and (now is None or now["isFirst"]):
            return stops, wrong
        if now is None:
            continue
        stops.append(now["name"])
        if not now["isSeen"]:
            wrong.append(f"{now['name']}: covered or out of sight")
        if now["contrast"] < 3:
            wrong.append(f"{now['name']}: its ring has a contrast of {now['contrast']}")
    raise AssertionError(f"Tab does not come round: {stops[-10:]}")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_with_tab_alone_the_focus_is_always_seen(browser: Browser, server: Server, scheme: str, width: int):
    page, wrong = enter(browser, scheme, width), {}
    for path in PAGES:
        open_page(page, server, path)
        stops, wrong[path] = walk(page)
        assert len(stops) > 10, stops
    page.context.close()
    assert not any(wrong.values()), wrong
