import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, snapshot } from "./page.js";

/** An element as a form needs it: a select has the value of one of its options, or none. */
class Element {
  /** @type {Record<string, string>} */
  attributes = {};

  /** @type {Element[]} */
  children = [];
  #value = "";

  /** @param {string} tag */
  constructor(tag) { this.tag = tag; }

  /** @type {(name: string, value: string) => void} */
  setAttribute(name, value) { this.attributes[name] = value; }

  /** @param {Element[]} children */
  replaceChildren(...children) { this.children = children; }

  get value() { return this.#value; }

  set value(value) { this.#value = this.tag !== "select" || this.children.some(({ attributes }) => attributes.value === value) ? value : ""; }
}

const hpo = load({ document: { documentElement: { dataset: {} }, createElement: /** @param {string} tag */ tag => new Element(tag) } });

/** @type {(output: string, widgets: Partial<Snapshot.FormWidget>[], trial?: Partial<Snapshot.Trial>) => Study} */
const study = (output, widgets, trial = {}) => hpo.revive(snapshot([{ state: "RUNNING", ...trial }], {
  objectives: widgets.map((_, i) => ({ name: `v${i}`, direction: "minimize" })),
  form: { output, widgets: widgets.map(widget => ({ type: "text", optional: false, ...widget })) },
}));

const CHOICE = { type: "choice", key: "looks", description: "Looks", choices: ["good", "bad"], values: [1, -1.5] };
const SLIDER = { type: "slider", key: "noise", min: 1, max: 10, step: 0.5, labels: [{ value: 1, text: "none" }, { value: 10, text: "much" }] };

test("each objective has a field of the registered form", () => {
  const shown = study("objective", [CHOICE, SLIDER, { type: "user_attr", key: "seconds" }, {}], { attrs: { seconds: "12.5" } });
  const fields = hpo.valueFields(shown, shown.trials[0]);
  assert.deepEqual(plain(fields.map(({ label }) => label)), ["v0: Looks", "v1: 1 none, 10 much", "v2", "v3"]);
  fields[0].input.value = "-1.5";
  fields[1].input.value = "2";
  fields[3].input.value = "1e-3";
  assert.deepEqual(plain(fields.map(({ read }) => read())), [-1.5, 2, 12.5, 0.001]);
  assert.deepEqual(hpo.attributeFields(shown, shown.trials[0]).length, 0);
});

test("without a form each objective has a number", () => {
  const shown = study("user_attr", [CHOICE, SLIDER]);
  assert.deepEqual(plain(hpo.valueFields(shown, shown.trials[0]).map(({ label, input }) => [label, input.tagName ?? /** @type {any} */ (input).attributes.type])), [["v0", "number"], ["v1", "number"]]);
});

test("fields of attributes are numbers and texts, and hold what the trial has", () => {
  const widgets = [CHOICE, SLIDER, { key: "why", optional: true }, { key: "name" }];
  const empty = study("user_attr", widgets);
  const fields = hpo.attributeFields(empty, empty.trials[0]);
  assert.deepEqual(plain(fields.map(({ key, label, input }) => [key, label, input.value])), [["looks", "looks: Looks", ""], ["noise", "noise: 1 none, 10 much", ""], ["why", "why", ""], ["name", "name", ""]]);
  const isRequired = fields.map(({ input }) => "required" in /** @type {any} */ (input).attributes);
  assert.deepEqual(plain(isRequired), [true, true, false, true]);

  // Python writes -1.5 and 1.0; a text that looks like a number stays one.
  const known = study("user_attr", widgets, { attrs: { looks: "1.0", noise: "2.50", why: "12", name: "" } });
  assert.deepEqual(plain(hpo.attributeFields(known, known.trials[0]).map(({ read }) => read())), [1, 2.5, "12", ""]);
  const other = study("user_attr", widgets, { attrs: { looks: "3" } });
  assert.equal(hpo.attributeFields(other, other.trials[0])[0].input.value, "", "it is none of the choices");
});
