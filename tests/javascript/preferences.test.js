import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, snapshot } from "./page.js";

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
