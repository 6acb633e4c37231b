import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { difference, lab, visions } from "./vision.js";
import { colors as plain, load } from "./page.js";

const css = readFileSync(new URL("../../Interop.Reporting/Pages/Assets/page.css", import.meta.url), "utf8");

// The colours of a theme, in the order of the style sheet: light, dark as the system says, dark as the reader chose.
const themes = [...css.matchAll(/\{([^{}]*--scale:[^{}]*)\}/g)].map(([, block]) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value])));

// Told apart by nothing else: bars of the timeline, lines of a comparison, bars of importances.
const toldApart = ["complete", "pruned", "fail", "running", "best"];

// A difference of 2.3 is just seen between two large areas side by side. Dots of 7 pixels and lines of 2 that lie apart, named by
// a legend, take about five times as much.
const SEEN = 12;

test("the difference of colours is that of its authors' examples", () => {
  for (const [first, second, expected] of /** @type {[number[], number[], number][]} */ ([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425], [[50, 2.5, 0], [73, 25, -18], 27.1492], [[50, -1, 2], [50, 0, 0], 2.3669],
    [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792], [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381], [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  ])) assert.ok(Math.abs(difference(first, second) - expected) < 1e-4, `${difference(first, second)}, not ${expected}`);
});

test("red and green look alike without one kind of cone, and not with all", () => {
  const [red, green] = ["#b05a3c", "#7d7b3c"];
  assert.ok(difference(lab(red), lab(green)) > 2 * SEEN);
  assert.ok(difference(lab(red, visions.deuteranopia), lab(green, visions.deuteranopia)) < SEEN / 2);
});

test("there are three blocks of colours, of which the dark ones are the same", () => {
  assert.equal(themes.length, 3);
  assert.deepEqual(themes[1], themes[2]);
});

for (const [name, theme] of [["light", themes[0]], ["dark", themes[1]]].map(pair => /** @type {[string, Record<string, string>]} */ (pair))) {
  for (const [vision, matrix] of Object.entries(visions)) {
    test(`colours of one plot are told apart with ${vision} (${name})`, () => {
      const close = toldApart.flatMap((first, i) => toldApart.slice(0, i).map(second =>
        ({ pair: `${second} ${theme[second]}, ${first} ${theme[first]}`, apart: difference(lab(theme[first], matrix), lab(theme[second], matrix)) })))
        .filter(({ apart }) => apart < SEEN);
      assert.deepEqual(close, []);
    });

    test(`the scale of values goes one way in lightness with ${vision} (${name})`, () => {
      const lightness = theme.scale.split(",").map(colour => lab(colour.trim(), matrix)[0]);
      const steps = lightness.slice(1).map((light, i) => (light - lightness[i]) * Math.sign(lightness[4] - lightness[0]));
      assert.ok(steps.length === 4 && steps.every(step => step > 10), lightness.map(light => light.toFixed(1)).join(" "));
    });
  }
}

test("studies that are compared differ by these colours, and where there are more by dashes, too", () => {
  const hpo = load();
  const looks = Array.from({ length: 15 }, (_, i) => hpo.lineLook(i, plain));
  assert.deepEqual(looks.slice(0, 5).map(look => look.itemStyle.color).sort(), toldApart.map(name => plain[/** @type {"best"} */ (name)]).sort());
  assert.equal(new Set(looks.map(look => JSON.stringify(look))).size, looks.length);
});
