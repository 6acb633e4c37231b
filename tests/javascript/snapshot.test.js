import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, snapshot } from "./page.js";

const hpo = load();

test("the words of numbers become numbers, wherever a snapshot has them", () => {
  const study = hpo.revive(snapshot([
    { values: ["NaN"], params: ["Infinity", 1], constraints: { c: "-Infinity" }, intermediate: [[0, "NaN"], [1, 2]], start: 1000, end: 3000 },
    { state: "RUNNING", intermediate: undefined, steps: 7, last: "Infinity", start: 5 },
    { state: "WAITING" },
  ], { importance: { evaluators: [{ name: "e", byObjective: [{ lr: "NaN" }] }], trials: 1, leftOut: [] } }));
  const [first, second, third] = plain(study.trials);
  assert.deepEqual([first.values, first.params, first.constraints, first.intermediate], [[NaN], [Infinity, 1], { c: -Infinity }, [[0, NaN], [1, 2]]]);
  assert.deepEqual([first.duration, first.steps, first.last], [2000, 2, 2]);
  assert.deepEqual([second.duration, second.steps, second.last, second.intermediate], [null, 7, Infinity, undefined]);
  assert.deepEqual([third.steps, third.last, third.params], [0, undefined, [null, null]]);
  assert.deepEqual(plain(hpo.importanceOf(study).byObjective), [{ lr: NaN }]);
  assert.equal(study.isConstrained, true);
});

test("what is text stays text", () => {
  const study = hpo.revive(snapshot([{ attrs: { note: "NaN" }, system: { s: "Infinity" } }], { userAttrs: { u: "NaN" } }));
  assert.deepEqual(plain([study.trials[0].attrs, study.trials[0].system, study.userAttrs]), [{ note: "NaN" }, { s: "Infinity" }, { u: "NaN" }]);
});

test("a later snapshot's trials take the place of the known ones, or their own by number", () => {
  const known = hpo.revive(snapshot([{ number: 0, values: [3] }, { number: 2, state: "RUNNING" }, { number: 5, values: [1] }], { best: [5], version: 1 }));
  const kept = known.byNumber.get(0);
  const merged = hpo.merge(known, snapshot([
    { number: 2, values: ["-Infinity"] }, { number: 7, state: "WAITING" }, { number: 3, values: [2], constraints: { c: 1 }, feasible: false },
  ], { best: [2], version: 2, since: 1 }));
  assert.deepEqual(plain(merged.trials.map(({ number, state, values }) => [number, state, values])), [
    [0, "COMPLETE", [3]], [2, "COMPLETE", [-Infinity]], [3, "COMPLETE", [2]], [5, "COMPLETE", [1]], [7, "WAITING", undefined]]);
  for (const trial of merged.trials) assert.equal(merged.byNumber.get(trial.number), trial);
  assert.equal(merged.byNumber.get(0), kept);
  assert.deepEqual([[...merged.best], merged.version, merged.isConstrained], [[2], 2, true]);
});

test("updates one by one give what the whole gives", () => {
  const trials = Array.from({ length: 50 }, (_, i) => ({ number: (i * 17) % 50, values: [i] }));
  let study = hpo.revive(snapshot([]));
  for (const trial of trials) study = hpo.merge(study, snapshot([trial]));
  assert.deepEqual(plain(study.trials), plain(hpo.revive(snapshot([...trials].sort((a, b) => a.number - b.number))).trials));
});

test("curves that come later are given to the trials that lack them, and to no other", () => {
  const study = hpo.revive(snapshot([{ intermediate: undefined, steps: 2, last: 4 }, { intermediate: [[0, 1]] }]));
  hpo.giveCurves(study, snapshot([{ intermediate: [[0, 3], [1, "NaN"]] }, { intermediate: [[0, 9]] }, { number: 77, intermediate: [] }]).trials);
  assert.deepEqual(plain(study.trials.map(({ intermediate, steps, last }) => [intermediate, steps, last])), [
    [[[0, 3], [1, NaN]], 2, NaN], [[[0, 1]], 1, 1]]);
});

test("only complete trials with a finite value count, and of these only feasible ones are best", () => {
  const study = hpo.revive(snapshot([
    { values: [5] }, { values: ["Infinity"] }, { values: [1], feasible: false }, { state: "PRUNED", values: [0] }, { values: [7] }, { values: [4] }, { state: "FAIL" }]));
  assert.deepEqual(plain(hpo.complete(study, 0).map(({ number }) => number)), [0, 2, 4, 5]);
  assert.deepEqual(plain(hpo.bestSoFar(study, 0).map(([{ number }, best]) => [number, best])), [[0, 5], [4, 5], [5, 4]]);
});

test("of many curves the drawn ones grow no fewer than the choice says, with the latest, the running and the best", () => {
  const curve = [[0, 1]];
  const study = hpo.revive(snapshot(Array.from({ length: 2000 }, (_, number) =>
    ({ intermediate: number === 40 ? [] : curve, state: number === 101 ? "RUNNING" : "COMPLETE" })), { best: [303] }));
  const numbers = plain(hpo.drawnCurves(study).map(({ number }) => number));
  assert.deepEqual(numbers.filter(number => number < 64), [0, 32]);
  for (const number of [101, 303, 1980, 1999]) assert.ok(numbers.includes(number), String(number));
  assert.deepEqual([hpo.stride(1, 200), hpo.stride(200, 200), hpo.stride(201, 200), hpo.stride(2000, 200)], [1, 1, 2, 16]);
});
