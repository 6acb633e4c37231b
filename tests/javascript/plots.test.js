import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { colors, drawn, load, plain, snapshot } from "./page.js";

/**
 * What optuna_oracle.py wrote.
 * @typedef {object} Recorded
 * @property {{ study: Snapshot.Study, edf: { x: number[], share: number[] }, best_values: number[], ranks: Record<string, number> }[]} single
 * @property {{ study: Snapshot.Study, reference: number[], hypervolumes: number[] }[]} several
 */
/** @type {Recorded} */
const optuna = JSON.parse(readFileSync(new URL("optuna.json", import.meta.url), "utf8"));
const hpo = load();

/** @type {(actual: number, expected: number, of: string) => void} */
const assertClose = (actual, expected, of) => assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${of}: ${actual} is not ${expected}`);

for (const { study: received, edf, best_values: best, ranks } of optuna.single) {
  const { direction } = received.objectives[0];
  const study = hpo.revive(received);

  test(`the distribution of values is Optuna's (${direction})`, () => {
    const [points] = /** @type {number[][][]} */ (drawn(hpo.plots.edf(study, 0)).data);
    assert.equal(edf.x.length, 100);
    edf.x.forEach((x, i) => {
      // The ends of Optuna's range are the values themselves, but for what its arithmetic rounds.
      const slack = i === edf.x.length - 1 ? 1e-9 : 0;
      assertClose(points.filter(([value]) => value <= x + slack).at(-1)?.[1] ?? 0, edf.share[i], `the share at ${x}`);
    });
  });

  test(`the best value so far is Optuna's (${direction})`, () => {
    assert.deepEqual(plain(hpo.bestSoFar(study, 0).map(([, value]) => value)), best);
    const line = drawn(hpo.plots.history(study, 0)).series.find(({ name }) => name === "Best so far");
    assert.deepEqual(plain(line?.data.map(([, value]) => value)), [...best, best.at(-1)]);
  });

  test(`the ranks are those of pandas (${direction})`, () => {
    const points = /** @type {number[][]} */ (drawn(hpo.plots.rank(study, 0, 0, 1)).data.flat());
    assert.deepEqual(Object.fromEntries(points.map(([, , number, rank]) => [number, rank + 1])), ranks);
    // The best is drawn last, on top of the others.
    assert.equal(points.at(-1)?.[3], 0);
  });
}

for (const { study: received, reference, hypervolumes } of optuna.several) {
  const directions = received.objectives.map(({ direction }) => direction).join(", ");
  const study = hpo.revive(received);

  test(`the hypervolume is Optuna's at every trial (${directions})`, () => {
    const { data: [points], note } = drawn(hpo.plots.hypervolume(study));
    for (const [number, volume] of points) assertClose(volume, hypervolumes[number], `the volume at trial ${number}`);
    assert.ok(points.length > 3);
    hypervolumes.forEach((volume, i) => assertClose(points.filter(/** @param {number[]} point */ ([number]) => number <= i).at(-1)[1], volume, `the volume up to trial ${i}`));
    reference.forEach((value, i) => assert.ok(note?.includes(`Objective ${i} ${hpo.number(value)}`), note));
  });
}

test("the front has every complete trial once, in the group that it belongs to", () => {
  const objectives = ["a", "b"].map(name => ({ name, direction: "minimize" }));
  const study = hpo.revive(snapshot([{ values: [1, 2] }, { values: [2, 1], feasible: false }, { values: [3, 3] }, { values: ["Infinity", 0] }], { objectives, best: [0] }));
  assert.deepEqual(drawn(hpo.plots.front(study, 0, 1)).series.map(({ name, data }) => [name, plain(data)]), [
    ["Others", [[3, 3, 2]]], ["Violates constraints", [[2, 1, 1]]], ["Pareto front", [[1, 2, 0]]]]);
});

test("the history has the complete, the infeasible and the pruned trials, by number or by time", () => {
  const study = hpo.revive(snapshot([
    { values: [3], start: 30, end: 40 }, { values: [1], feasible: false, start: 10, end: 90 }, { state: "PRUNED", intermediate: [[0, 9], [1, 8]], start: 20, end: 21 },
    { values: [2], start: 5, end: 6 }, { values: [0] }, { state: "PRUNED", intermediate: [[0, "NaN"]], start: 1 }]));
  const series = /** @param {Plot} plot */ plot => Object.fromEntries(drawn(plot).series.map(({ name, data }) => [name, plain(data)]));
  assert.deepEqual(series(hpo.plots.history(study, 0)), {
    Complete: [[0, 3, 0], [3, 2, 3], [4, 0, 4]], "Violates constraints": [[1, 1, 1]], "Pruned (last report)": [[2, 8, 2]],
    "Best so far": [[0, 3], [3, 2], [4, 0], [5, 0]] });
  assert.deepEqual(series(hpo.plots.history(study, 0, false, { by: "start", withPruned: false })), {
    Complete: [[30, 3, 0], [5, 2, 3]], "Violates constraints": [[10, 1, 1]], "Best so far": [[5, 2], [30, 2], [30, 2]] });
});

test("values are on a logarithmic axis only where all of them can be", () => {
  /** @type {(values: number[]) => string} */
  const axis = values => drawn(hpo.plots.history(hpo.revive(snapshot(values.map(value => ({ values: [value] })))), 0, true)).option.yAxis.type;
  assert.deepEqual([axis([1, 1000]), axis([0, 1000]), axis([-1, 5])], ["log", "value", "value"]);
});

test("a curve is in pieces between the reports that are not finite", () => {
  const study = hpo.revive(snapshot([{ values: [1], intermediate: [[0, "NaN"], [1, 5], [2, 4], [3, "Infinity"], [4, 3], [5, "NaN"]] }]));
  const [lines, dots] = drawn(hpo.plots.intermediate(study)).data;
  assert.deepEqual([lines, dots], [[{ coords: [[1, 5], [2, 4]], number: 0 }], [{ value: [4, 3], number: 0 }]]);
});

test("trials that run at the same time lie in different rows of the timeline", () => {
  const study = hpo.revive(snapshot([{ start: 0, end: 10 }, { start: 5, end: 8 }, { start: 8, end: 20 }, { start: 9, state: "RUNNING" }, { state: "WAITING" }], { takenAt: 50 }));
  assert.deepEqual(drawn(hpo.plots.timeline(study)).data.flat(), [[0, 10, 0, 0], [5, 8, 1, 1], [8, 20, 2, 1], [9, 50, 3, 2]]);
});

test("a parameter's axis is logarithmic, linear, or of its choices", () => {
  const study = hpo.revive(snapshot([]));
  const axes = study.parameters.concat({ name: "x", kind: "float", log: false }).map(parameter => hpo.paramAxis(colors, parameter));
  assert.deepEqual(plain(axes.map(({ type, data, name }) => [name, type, data])), [
    ["lr", "log", undefined], ["kind", "category", ["relu", "tanh"]], ["x", "value", undefined]]);
  const { formatter } = hpo.axis(colors).axisLabel;
  assert.deepEqual([0, 0.1 + 0.2, 1e-5, -123456, 12345, "relu"].map(formatter), ["0", "0.3", "1e−5", "−1.23e5", "12345", "relu"]);
});

test("slices and parallel coordinates leave out what a trial lacks", () => {
  const study = hpo.revive(snapshot([{ values: [3], params: [0.1, 1] }, { values: [1], params: [null, 0] }, { values: [2], params: [0.5, 1], feasible: false }]));
  assert.deepEqual(drawn(hpo.plots.slice(study, 0, 0)).data, [[[0.1, 3, 0]], [[0.5, 2, 2]]]);
  // The lines of trials that violate constraints come first, and are below.
  assert.deepEqual(drawn(hpo.plots.parallel(study, 0)).data, [[
    { value: [2, 0.5, 1], lineStyle: { color: colors.waiting, type: "dashed" } },
    { value: [3, 0.1, 1], lineStyle: { color: "rgb(0, 0, 0)" } }, { value: [1, "-", 0], lineStyle: { color: "rgb(255, 255, 255)" } }]]);
});

test("importances that are no numbers are told, and do not break the page", () => {
  const study = hpo.revive(snapshot([{ values: [1] }], { importance: { trials: 1, leftOut: [], evaluators: [{ name: "fANOVA", byObjective: [{ lr: "NaN", kind: 0.25 }] }] } }));
  const { label, data } = drawn(hpo.plots.importances(study));
  assert.equal(label, "Parameter importances: lr NaN, kind 0.25.");
  assert.deepEqual(data, [[0.25, NaN]]);
});

test("strong colours are good values, and outliers do not wash out the rest", () => {
  const values = [...Array.from({ length: 98 }, (_, i) => i), 1e9, -1e9];
  const trials = values.map(value => ({ values: [value] }));
  const { min, max, colors: scale } = hpo.valueColours(hpo.revive(snapshot(trials)), 0, values, colors);
  assert.ok(min >= 0 && max <= 97, `${min} to ${max}`);
  assert.deepEqual(plain(scale), [...colors.scale].reverse());
  assert.deepEqual(plain(hpo.valueColours(hpo.revive(snapshot(trials, { objectives: [{ name: "v", direction: "maximize" }] })), 0, [3, 3], colors)), { min: 3, max: 4, colors: colors.scale });
});

test("points are in shades of a colour by their share, and many are drawn at once", () => {
  const look = { symbolSize: 3, itemStyle: { opacity: 0.5 } };
  /** @type {(count: number) => any[]} */
  const shaded = count => hpo.shaded(Array.from({ length: count }, (_, i) => [i, -i]), ([x]) => x / (count - 1), colors.scale, look);
  const few = shaded(3);
  assert.deepEqual(plain(few.map(({ data, itemStyle, large }) => [[...data], itemStyle, large])), [
    [[0, -0], { opacity: 0.5, color: "rgb(0, 0, 0)" }, false], [[1, -1], { opacity: 0.5, color: "rgb(140, 140, 140)" }, false],
    [[2, -2], { opacity: 0.5, color: "rgb(255, 255, 255)" }, false]]);
  const many = shaded(5000);
  assert.ok(many.every(({ large, type }) => large && type === "scatter"));
  assert.equal(many.length, 12);
  assert.deepEqual(plain(many.flatMap(({ data }) => [...data].filter((_, i) => i % 2 === 0))), Array.from({ length: 5000 }, (_, i) => i));
  // A number that a database holds may be negative, or beyond the others.
  assert.deepEqual(plain(hpo.shaded([[-1, 0], [2, 0]], ([x]) => x, colors.scale, look).map(({ data }) => [...data])), [[-1, 0], [2, 0]]);
});

test("rings are discs where many are drawn at once, which have no borders", () => {
  const look = { symbolSize: 3, itemStyle: hpo.plotting.hollow(colors) };
  assert.deepEqual(plain([1000, 1001].map(count => hpo.scatter(Array.from({ length: count }, (_, i) => [i, i, i]), look).itemStyle)), [
    { color: "transparent", borderColor: colors.waiting, borderWidth: 1.5 }, { color: colors.waiting }]);
});

test("the contour goes from the least to the greatest parameter, and is as its trials are there", () => {
  /** @type {Uint8ClampedArray | undefined} */
  let pixels;
  const context = {
    createImageData: /** @type {(width: number, height: number) => object} */ ((width, height) => ({ data: pixels = new Uint8ClampedArray(width * height * 4) })),
    putImageData() {},
  };
  const page = load({ document: { documentElement: { dataset: {} }, createElement: () => ({ setAttribute() {}, replaceChildren() {}, getContext: () => context }) } });
  const parameters = ["x", "y"].map(name => ({ name, kind: "float", log: name === "x" }));
  const study = page.revive(snapshot([{ values: [0], params: [1, 0] }, { values: [1], params: [100, 10] }, { values: [5], params: [null, 3] }], { parameters }));
  const { option } = drawn(page.plots.contour(study, 0, 0, 1));
  assert.deepEqual([option.xAxis[0].min, option.xAxis[0].max].map(Math.log10).map(value => value.toFixed(2)), ["-0.08", "2.08"]);
  assert.deepEqual([option.yAxis[0].min, option.yAxis[0].max], [-0.4, 10.4]);
  assert.ok(pixels);
  // The lowest value is at the bottom on the left, and strong there.
  const at = /** @type {(column: number, row: number) => number[]} */ ((column, row) => [...(pixels ?? []).slice((row * 150 + column) * 4, (row * 150 + column) * 4 + 4)]);
  assert.deepEqual([at(5, 95), at(144, 4)], [[255, 255, 255, 255], [0, 0, 0, 255]]);
});

test("what could still be gained is drawn with the error, below which Optuna's terminator stops", () => {
  /** @type {(estimates: Snapshot.TerminatorImprovement[], complete: number) => ReturnType<typeof drawn>} */
  const plot = (estimates, complete) => drawn(hpo.plots.terminator(hpo.revive(snapshot([], { terminator: { evaluator: "RegretBoundEvaluator", minTrials: 20, complete, estimates } }))));
  const both = plot([{ number: 4, improvement: 3, error: 2 }, { number: 30, improvement: 1, error: 2 }], 25);
  assert.deepEqual(both.data, [[[4, 3], [30, 1]], [[4, 2], [30, 2]]]);
  assert.match(both.note ?? "", /RegretBoundEvaluator, after 2 of 25 complete trials.*would stop now\.$/);
  assert.match(plot([{ number: 4, improvement: 3, error: 2 }, { number: 30, improvement: 1, error: 2 }], 19).note ?? "", /would go on\.$/);
  const alone = plot([{ number: 1, improvement: "Infinity" }, { number: 2, improvement: 5 }], 2);
  assert.deepEqual(alone.data, [[[1, Infinity], [2, 5]]]);
  assert.match(alone.note ?? "", /There is no error of the values to compare it with\.$/);
  assert.equal(drawn(hpo.plots.terminator(hpo.revive(snapshot([], { terminator: { evaluator: "X", minTrials: 20, complete: 0, estimates: [], missing: "Optuna 3.2 has it." } })))).empty, "Optuna 3.2 has it.");
});

test("a plot without data says why it is empty", () => {
  const study = hpo.revive(snapshot([]));
  for (const plot of [hpo.plots.edf(study, 0), hpo.plots.history(study, 0), hpo.plots.rank(study, 0, 0, 1), hpo.plots.hypervolume(study),
    hpo.plots.intermediate(study), hpo.plots.timeline(study), hpo.plots.parallel(study, 0), hpo.plots.slice(study, 0, 0), hpo.plots.contour(study, 0, 0, 1), hpo.plots.importances(study)]) {
    assert.match(drawn(plot).empty ?? "", /\.$/);
  }
});
