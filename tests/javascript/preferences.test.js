import assert from "node:assert/strict";
import { test } from "node:test";
import { colors, load, plain, snapshot } from "./page.js";

const hpo = load();

/** @type {Snapshot.Preferential} */
const none = { candidates: [], more: 0, skipped: [], pairs: [], choices: [] };

/** A preferential study as a page has it. @param {Partial<Snapshot.Preferential>} [preferential] @param {Partial<Snapshot.Trial>[]} [trials] */
const study = (preferential, trials = [{}]) => hpo.revive(snapshot(trials, { objectives: [], preferential: { ...none, ...preferential } }));

/** @param {Study} shown */
const tile = shown => hpo.choicesTile(shown, (...parts) => /** @type {any} */ (parts));

test("comparisons that no choice made were reported by a program", () => {
  const { preferential } = study({
    pairs: [[0, 2], [1, 2], [3, 0], [2, 5]],
    choices: [{ id: "a", candidates: [0, 1, 2], worst: 2, isTakenBack: false }, { id: "b", candidates: [3, 0], worst: 0, isTakenBack: true }],
  });
  assert.deepEqual(plain(hpo.reportedPairs(/** @type {Preferential} */ (preferential))), [[3, 0], [2, 5]]);
});

test("the summary counts the choices that count", () => {
  /** @type {Snapshot.Choice} */
  const choice = { id: "a", candidates: [0, 1], worst: 0, isTakenBack: false };
  assert.deepEqual(plain(tile(study({}))), ["Choices", "0", "which trial is the worst"]);
  assert.deepEqual(plain(tile(study({ choices: [choice, { ...choice, isTakenBack: true }, choice], skipped: [1, 2] }))), ["Choices", "2", "1 taken back, 2 trials skipped"]);
  assert.equal(hpo.choicesTile(hpo.revive(snapshot([{}])), () => { throw new Error("no tile"); }), null);
});

test("what people preferred is that of the newest snapshot", () => {
  const known = study({ pairs: [[0, 1]] }, [{}, {}]);
  const merged = hpo.merge(known, snapshot([], { since: 1, objectives: [], preferential: { ...none, choices: [{ id: "a", made: 5, candidates: [0, 1], worst: 0, isTakenBack: true }] } }));
  assert.deepEqual(plain([merged.preferential?.pairs, merged.preferential?.choices[0].made, merged.trials.length]), [[], 5, 2]);
});

test("trials without values have no column and no field of them", () => {
  const shown = study({}, [{ params: [0.5, 0] }]);
  assert.deepEqual(plain(hpo.columns(shown).map(({ name }) => name)), ["Number", "State", "lr", "kind", "Duration", "Steps", "Started"]);
  const [head, row] = hpo.trialsCsv(shown, shown.trials).split("\r\n");
  assert.equal(head, "number,datetime_start,datetime_complete,duration_seconds,params_lr,params_kind,state");
  assert.equal(row.split(",").length, head.split(",").length);
});

test("the graph has better trials above, without what follows from other preferences", () => {
  const { rows, arrows } = plain(hpo.preferenceGraph([[0, 2], [1, 2], [3, 2], [0, 1], [3, 1], [0, 4], [4, 4]]));
  assert.deepEqual(rows, [[0, 3], [4, 1], [2]]);
  assert.deepEqual(arrows.sort(), [[0, 1], [0, 4], [1, 2], [3, 1]]);
});

test("where people contradict each other, one arrow of the circle goes up", () => {
  const { rows, arrows } = plain(hpo.preferenceGraph([[0, 1], [1, 2], [2, 0], [5, 0]]));
  assert.deepEqual(rows, [[5], [0], [1], [2]]);
  assert.deepEqual(arrows.sort(), [[0, 1], [1, 2], [2, 0], [5, 0]]);
  assert.deepEqual(plain(hpo.preferenceGraph([[7, 8], [8, 7]])).rows, [[7], [8]]);
});

test("of many trials, those are drawn that were compared latest", () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => [i, i + 1]);
  /** @type {Snapshot.Choice[]} */
  const choices = [{ id: "a", candidates: [3, 4], worst: 4, isTakenBack: false }, { id: "b", candidates: [8, 9], worst: 9, isTakenBack: true }];
  const { option, note, height } = hpo.plots.preferences(study({ pairs: chain, choices }))({ colors, narrow: false, width: 800 });
  const [{ data, links }] = /** @type {any} */ (option).series;
  // The two of the choice, and the 58 of the greatest numbers, in a row each.
  const trials = data.filter(/** @param {any} node */ ({ number }) => number !== undefined);
  assert.deepEqual([trials.length, links.length, height], [60, 58, 1600]);
  assert.deepEqual(plain(trials.map(/** @param {any} node */ ({ number }) => number).sort(/** @type {(a: number, b: number) => number} */ (a, b) => a - b).slice(0, 3)), [3, 4, 19_943]);
  assert.match(note ?? "", /the 60 trials that were compared latest, of 20,001\.$/);
});

test("each trial that is drawn has a preference that is drawn", () => {
  const pairs = Array.from({ length: 100 }, (_, i) => [i, 100 + i]);
  const { option, label } = hpo.plots.preferences(study({ pairs }))({ colors, narrow: false, width: 800 });
  assert.equal(/** @type {any} */ (option).series[0].links.length, 30);
  assert.equal(label, "Preferences among 60 trials, in 2 rows; none is best.");
});

test("the best trials are filled, each leads to its page, and words say it", () => {
  const shown = study({ pairs: [[1, 0], [2, 0]] }, [{}, {}, {}]);
  const { option, label } = hpo.plots.preferences({ ...shown, best: new Set([1, 2]) })({ colors, narrow: false, width: 800 });
  const [{ data, links }] = /** @type {any} */ (option).series;
  assert.deepEqual(plain(data.slice(0, 3).map(/** @param {any} node */ ({ number, itemStyle }) => [number, itemStyle.color])), [[1, colors.best], [2, colors.best], [0, colors.card]]);
  assert.deepEqual(plain(links), [{ source: "1", target: "0" }, { source: "2", target: "0" }]);
  assert.equal(label, "Preferences among 3 trials, in 2 rows; best: 1, 2.");
  assert.equal(hpo.plots.preferences(study())({ colors, narrow: false, width: 800 }).empty, "No trials were compared yet.");
});
