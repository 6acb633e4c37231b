import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

const hpo = load();

test("numbers have four digits, and words where they are none", () => {
  for (const [value, text] of /** @type {[Maybe<number>, string][]} */ ([
    [null, "–"], [undefined, "–"], [NaN, "NaN"], [Infinity, "∞"], [-Infinity, "−∞"], [0, "0"], [-3, "−3"], [1234567, "1234567"],
    [0.1, "0.1"], [-0.123456, "−0.1235"], [12.5, "12.5"], [1e-7, "1e−7"], [0.00001234, "1.234e−5"], [123456.7, "1.235e+5"], [2.0001, "2"],
  ])) assert.equal(hpo.number(value), text, String(value));
});

test("durations have the units that suit their length", () => {
  for (const [milliseconds, text] of /** @type {[Maybe<number>, string][]} */ ([
    [null, "–"], [0, "0 ms"], [999, "999 ms"], [1000, "1.0 s"], [59_900, "59.9 s"], [60_000, "1 min 0 s"], [3_599_000, "59 min 59 s"],
    [3_600_000, "1 h 0 min"], [172_740_000, "47 h 59 min"], [172_800_000, "2 d 0 h"],
  ])) assert.equal(hpo.duration(milliseconds), text);
});

test("no duration has as many of a unit as make the next one", () => {
  assert.deepEqual([999.4, 999.6, 59_940, 59_960, 59_999].map(hpo.duration), ["999 ms", "1.0 s", "59.9 s", "1 min 0 s", "1 min 0 s"]);
});

test("times are shown by a zone's clock, and by the reader's", () => {
  const moment = Date.UTC(2024, 1, 29, 23, 59, 58, 999);
  assert.deepEqual(["UTC", "Asia/Tokyo", "America/New_York"].map(zone => hpo.time(moment, zone)),
    ["2024-02-29 23:59:58", "2024-03-01 08:59:58", "2024-02-29 18:59:58"]);
  assert.equal(hpo.time(moment), hpo.time(moment, Intl.DateTimeFormat().resolvedOptions().timeZone));
  assert.equal(hpo.time(undefined), "–");
});

test("counts and shares", () => {
  assert.deepEqual([hpo.count(0, "trial"), hpo.count(1, "trial"), hpo.count(1234, "trial")], ["0 trials", "1 trial", "1,234 trials"]);
  assert.deepEqual([0, 0.001, 0.0999, 0.1, 1].map(hpo.percent), ["0 %", "0.1 %", "10.0 %", "10 %", "100 %"]);
});

test("numbers sort by size, words with their numbers by size, and what is missing comes last in either order", () => {
  const sorted = /** @type {(values: Maybe<number | string>[], descending?: boolean) => Maybe<number | string>[]} */ (
    (values, descending) => [...values].sort((a, b) => hpo.compare(a, b, descending)));
  assert.deepEqual(sorted([3, null, NaN, -Infinity, 10, undefined, Infinity]), [-Infinity, 3, 10, Infinity, NaN, null, undefined]);
  assert.deepEqual(sorted([3, null, 10, Infinity], true), [Infinity, 10, 3, null]);
  assert.deepEqual(sorted(["layer10", "layer9", "Layer1", null]), ["Layer1", "layer9", "layer10", null]);
  assert.deepEqual(sorted(["a", "c", null, "b"], true), ["c", "b", "a", null]);
});

test("a file's name has only what every system takes", () => {
  assert.equal(hpo.fileName("a/b:c", "é 1.png"), "a-b-c é 1.png");
  assert.equal(hpo.fileName("x".repeat(500)).length, 120);
});
