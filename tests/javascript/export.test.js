import assert from "node:assert/strict";
import { test } from "node:test";
import { load, snapshot } from "./page.js";

const hpo = load();

/** @param {Snapshot.Study} received */
const csv = received => {
  const study = hpo.revive(received);
  return hpo.trialsCsv(study, study.trials);
};

/** @param {Record<string, string>} attrs */
const attrOf = attrs => csv(snapshot([{ attrs }], { parameters: [] })).slice("number,value,datetime_start,datetime_complete,duration_seconds,user_attrs_a,state\r\n0,,,,,".length, -"COMPLETE\r\n".length - 1);

test("the columns are those of Optuna's trials_dataframe", () => {
  assert.equal(csv(snapshot([
    { values: [0.5], params: [0.01, 1], start: Date.UTC(2024, 0, 2, 3, 4, 5), end: Date.UTC(2024, 0, 2, 3, 4, 7), attrs: { b: "2", a: "1" }, constraints: { c: -1 } },
    { state: "RUNNING" },
  ])), [
    "number,value,datetime_start,datetime_complete,duration_seconds,params_lr,params_kind,user_attrs_a,user_attrs_b,constraints_c,state",
    "0,0.5,2024-01-02 03:04:05,2024-01-02 03:04:07,2,0.01,tanh,1,2,-1,COMPLETE",
    "1,,,,,,,,,,RUNNING", ""].join("\r\n"));
});

test("several objectives have a column each", () => {
  const objectives = [{ name: "loss", direction: "minimize" }, { name: "speed", direction: "maximize" }];
  assert.match(csv(snapshot([{ values: [1, "-Infinity"] }], { objectives })), /^number,values_loss,values_speed,.*\r\n0,1,-inf,/);
});

test("numbers that JSON lacks are in Python's words", () => {
  assert.deepEqual(["Infinity", "-Infinity", "NaN"].map(value =>
    csv(snapshot([{ values: [/** @type {Snapshot.Double} */ (value)] }])).split("\r\n")[1].split(",")[1]), ["inf", "-inf", "nan"]);
});

test("commas, quotes and line ends are quoted", () => {
  for (const [text, field] of [["a,b", '"a,b"'], ['say "hi"', '"say ""hi"""'], ["a\nb", '"a\nb"'], ["a\r\nb", '"a\r\nb"'], ["plain", "plain"], ["", ""]]) {
    assert.equal(attrOf({ a: text }), field);
  }
});

test("what a spreadsheet would run stays text, and numbers stay numbers", () => {
  for (const [text, field] of [["=1+1", "'=1+1"], ["+cmd", "'+cmd"], ["-x", "'-x"], ["@sum", "'@sum"], ["\tx", "'\tx"], ['=a,"b"', `"'=a,""b"""`], ["-1.5", "-1.5"], ["+2e3", "+2e3"]]) {
    assert.equal(attrOf({ a: text }), field);
  }
  const [head] = csv(snapshot([{ attrs: { "x,y": "1" } }])).split("\r\n");
  assert.match(head, /,"user_attrs_x,y",/);
});

test("JSON holds what the table does, with words for what it lacks", () => {
  const study = hpo.revive(snapshot([{ values: ["NaN"], params: [null, 0], intermediate: [[0, "Infinity"]], system: { s: "1" } }]));
  assert.deepEqual(JSON.parse(hpo.trialsJson(study, study.trials)), {
    study: "study", objectives: [{ name: "Value", direction: "minimize" }],
    trials: [{
      number: 0, state: "COMPLETE", values: ["NaN"], params: { kind: "relu" }, datetime_start: null, datetime_complete: null,
      intermediate_values: [[0, "Infinity"]], feasible: true, constraints: {}, user_attrs: {}, system_attrs: { s: "1" },
    }],
  });
});
