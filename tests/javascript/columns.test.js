import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, snapshot } from "./page.js";

const hpo = load();
const study = hpo.revive(snapshot([
  { values: [0.5], params: [0.01, 0], start: 0, end: 1000, attrs: { host: "n1" }, constraints: { c: 1 }, feasible: false },
  { values: [2], params: [0.1, 1], start: 0, end: 90_000, attrs: { host: "N2" } },
  { state: "PRUNED", params: [0.5, null], intermediate: [[0, 1], [1, 2]] },
  { state: "RUNNING", params: [null, 1], start: 5 },
  { values: ["NaN"], params: [1, 0] },
]));
const columns = hpo.columns(study);

/** @param {string} words */
const found = words => plain(study.trials.filter(hpo.filter(words, columns)).map(({ number }) => number));

test("comparisons are with what the column holds", () => {
  for (const [words, numbers] of /** @type {[string, number[]][]} */ ([
    ["lr<0.1", [0]], ["lr<=0.1", [0, 1]], ["lr>0.1", [2, 4]], ["lr>=0.1", [1, 2, 4]], ["lr=0.1", [1]], ["LR=1e-1", [1]],
    ["value>0.5", [1]], ["Value>=0.5", [0, 1]], ["number>2", [3, 4]], ["steps>=1", [2]], ["duration>60000", [1]],
  ])) assert.deepEqual(found(words), numbers, words);
});

test("words of a column compare without their case", () => {
  for (const [words, numbers] of /** @type {[string, number[]][]} */ ([
    ["kind=RELU", [0, 4]], ["state=pruned", [2]], ["host=n2", [1]], ["feasible=no", [0]],
  ])) assert.deepEqual(found(words), numbers, words);
});

test("what a trial lacks meets no comparison, and NaN none either", () => {
  assert.deepEqual([...found("kind<zzz")], [0, 1, 3, 4]);
  assert.deepEqual(found("value<=1e9"), [0, 1]);
  assert.deepEqual(found("lr<abc"), []);
});

test("other words are searched everywhere, and all of them have to hold", () => {
  for (const [words, numbers] of /** @type {[string, number[]][]} */ ([
    ["", [0, 1, 2, 3, 4]], ["tanh", [1, 3]], ["  tanh   complete ", [1]], ["relu lr<0.5", [0]], ["unknown<1", []], ["lr<", []], ["n", [0, 1, 2, 3, 4]],
  ])) assert.deepEqual(found(words), numbers, words);
});

test("the columns sort by what they hold", () => {
  /** @type {(name: string, descending: boolean) => number[]} */
  const order = (name, descending) => {
    const column = columns.find(known => known.name === name);
    assert.ok(column);
    return plain([...study.trials].sort((a, b) => hpo.compare(column.of(a), column.of(b), descending)).map(({ number }) => number));
  };
  assert.deepEqual(order("Value", false), [0, 1, 4, 2, 3]);
  assert.deepEqual(order("lr", true), [4, 2, 1, 0, 3]);
  assert.deepEqual(order("host", false), [0, 1, 2, 3, 4]);
});

test("a column of constraints and an alias are there only where they mean something", () => {
  const names = /** @param {Snapshot.Study} received */ received => plain(hpo.columns(hpo.revive(received)).map(({ name, alias }) => alias ?? name));
  assert.deepEqual(names(snapshot([])), ["Number", "State", "value", "lr", "kind", "Duration", "Steps", "Started"]);
  const objectives = ["a", "b"].map(name => ({ name, direction: "minimize" }));
  assert.deepEqual(names(snapshot([{ constraints: { c: 0 } }], { objectives, parameters: [] })), ["Number", "State", "Feasible", "a", "b", "Duration", "Steps", "Started"]);
});
