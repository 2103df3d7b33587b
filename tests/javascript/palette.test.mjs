import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as palette from "../../dashboard/static/shared/palette.js";

const sheet = readFileSync(new URL("../../dashboard/static/shared/tokens.css", import.meta.url), "utf8");
const [light, dark] = [".gs {", '\n.gs[data-theme="dark"] {'].map((start) => {
  const block = sheet.slice(sheet.indexOf(start), sheet.indexOf("}", sheet.indexOf(start)));
  return Object.fromEntries(
    [...block.matchAll(/--gs-([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]),
  );
});
const pages = {
  light: { ...light, background: "#ffffff", text: "#1b2530" },
  dark: { ...light, ...dark, background: "#0f1419", text: "#e6ebf0" },
};

test("a ramp begins, passes and ends at its anchors", () => {
  const colours = palette.ramp(["#2166ac", "#f5f6f8", "#b2182b"]);
  assert.deepEqual(colours.rgb[0], [33, 102, 172]);
  assert.deepEqual(colours.rgb[255], [178, 24, 43]);
  const ends = palette.ramp(["#000000", "#ffffff"]);
  assert.deepEqual(ends.rgb[255], [255, 255, 255]);
});

test("the table for pixels holds the same colours, opaque", () => {
  const colours = palette.ramp(["#0b7a6b", "#ffffff"]);
  const bytes = new Uint8Array(colours.lut.buffer, 0, 4);
  assert.deepEqual([...bytes], [0x0b, 0x7a, 0x6b, 255]);
});

test("what lies beyond the bounds is clamped; what is no number is the lowest", () => {
  assert.deepEqual(
    [-9, 0, 0.5, 1, 9, NaN].map((value) => palette.level(value, 0, 1)),
    [0, 0, 128, 255, 255, 0],
  );
  assert.equal(palette.level(0, -2, 2), 128);
});

test("shares grow steadily darker on light pages and lighter on dark ones", () => {
  const steps = (page) =>
    palette.ramp([page["share-low"], page["share-middle"], page["share-high"]]).rgb.map(palette.luminance);
  const rising = (values) => values.every((value, index) => index === 0 || value >= values[index - 1] - 1e-9);
  assert.ok(rising(steps(pages.light).map((value) => -value)));
  assert.ok(rising(steps(pages.dark)));
});

test("black on white has the contrast that WCAG names", () => {
  assert.equal(palette.contrast([0, 0, 0], [255, 255, 255]), 21);
});

for (const [name, page] of Object.entries(pages)) {
  const rgb = (token) => palette.parseHex(page[token]);
  test(`${name}: every text colour reads at 4.5 : 1 on every ground it stands on`, () => {
    const pairs = [
      ...["background", "panel", "raised", "tint", "band-train", "band-validation", "band-test"].map((ground) => [
        "text",
        ground,
      ]),
      ...["background", "panel", "raised", "band-train", "band-validation", "band-test"].map((ground) => [
        "muted",
        ground,
      ]),
      ["muted", "tint"],
      ["lstm", "background"],
      ["lstm", "panel"],
      ["lstm", "tint"],
      ["accent", "panel"],
      ["accent", "background"],
      ["on-accent", "accent"],
      ["on-share", "share-high"],
      ["on-signed", "signed-low"],
      ["on-signed", "signed-high"],
    ];
    for (const [ink, ground] of pairs) {
      const ratio = palette.contrast(rgb(ink), rgb(ground));
      assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
  });

  test(`${name}: lines, dots and the playhead stand out at 3 : 1 from every ground they are drawn on`, () => {
    for (const ink of ["lstm", "price", "naive", "accent"]) {
      for (const ground of ["background", "panel", "band-train", "band-validation", "band-test"]) {
        const ratio = palette.contrast(rgb(ink), rgb(ground));
        assert.ok(ratio >= 3, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${name}: the words in the dimmed future read on every colour that a lane can have there`, () => {
    const ramps = [
      ["share-low", "share-middle", "share-high"],
      ["signed-low", "signed-zero", "signed-high"],
    ];
    const under = rgb("background");
    for (const anchors of ramps) {
      for (const colour of palette.ramp(anchors.map((token) => page[token])).rgb) {
        const dimmed = colour.map((channel, k) => 0.26 * channel + 0.74 * under[k]);
        const ratio = palette.contrast(rgb("text"), dimmed);
        assert.ok(ratio >= 4.5, `on ${colour}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${name}: the number in a gate reads on every colour that a gate can have`, () => {
    const ramps = [
      ["share-low", "share-middle", "share-high"],
      ["signed-low", "signed-zero", "signed-high"],
    ];
    for (const anchors of ramps) {
      for (const ground of palette.ramp(anchors.map((token) => page[token])).rgb) {
        const ratio = palette.contrast(palette.parseHex(palette.inkOn(ground)), ground);
        assert.ok(ratio >= 4.5, `on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  test(`${name}: a scalar reads on every colour that its field can have`, () => {
    for (const ground of palette.ramp([page["weight-low"], page["weight-zero"], page["weight-high"]]).rgb) {
      const ratio = palette.contrast(rgb("text"), ground);
      assert.ok(ratio >= 4.5, `on ${ground}: ${ratio.toFixed(2)}`);
    }
  });
}
