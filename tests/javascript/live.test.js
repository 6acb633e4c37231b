import assert from "node:assert/strict";
import { test } from "node:test";
import { load, snapshot } from "./page.js";

/** The page of a study that runs, over a server and a browser of its own: what it asks for is answered by hand. */
const open = () => {
  /** @type {{ path: string, answer: (received: Snapshot.Study) => void, fail: (text: string) => void }[]} */
  const asked = [];
  /** @type {Record<string, (event?: object) => void>} */
  const events = {};
  const status = { textContent: "" };
  const element = { setAttribute() {}, addEventListener() {}, replaceChildren() {}, append() {}, prepend() {}, contains: () => false };
  const hpo = load({
    document: {
      documentElement: { dataset: { kind: "live" } }, querySelector: () => element,
      createElement: /** @param {string} tag */ tag => (tag === "span" ? Object.assign(status, element) : { ...element }),
    },
    location: { search: "?name=a%20b" }, performance: { now: () => 0, mark() {}, measure() {} }, requestAnimationFrame: setImmediate, setTimeout,
    EventSource: class {
      /** @param {string} path */
      constructor(path) { assert.equal(path, "/api/versions?name=a%20b"); }

      /** @type {(name: string, react: (event?: object) => void) => void} */
      addEventListener(name, react) { events[name] = react; }
    },
    fetch: /** @param {string} path */ path => new Promise(resolve => {
      if (path === "/api/rights") return;
      asked.push({
        path, answer: received => resolve({ ok: true, json: async () => received }),
        fail: text => resolve({ ok: false, status: 500, text: async () => text }) });
    }),
  });
  /** @type {Snapshot.Study[]} */
  const shown = [];
  hpo.showStudy = received => { shown.push(received); };
  return { asked, events, shown, status, hpo };
};

/** What is under way has gone as far as it can without an answer. */
const settled = async () => { for (let i = 0; i < 5; i++) await new Promise(setImmediate); };

test("a page asks for what changed since what it shows, once at a time, and for the newest in the end", async () => {
  const { asked, events, shown, status } = open();
  events.version();
  events.version();
  events.version();
  assert.deepEqual(asked.map(({ path }) => path), ["/api/shown?name=a%20b"]);
  asked[0].answer(snapshot([{}], { version: 7 }));
  await settled();
  assert.deepEqual(asked.map(({ path }) => path).slice(1), ["/api/shown?name=a%20b&since=7"]);
  asked[1].answer(snapshot([], { version: 8, since: 7 }));
  await settled();
  assert.deepEqual([shown.map(({ version }) => version), asked.length, status.textContent], [[7, 8], 2, "· live"]);
});

test("what failed to be shown is asked for whole the next time", async () => {
  const { asked, events, status, hpo } = open();
  hpo.showStudy = () => { throw new Error("broken"); };
  events.version();
  asked[0].answer(snapshot([], { version: 3 }));
  await settled();
  assert.equal(status.textContent, "· broken");
  events.version();
  assert.equal(asked[1].path, "/api/shown?name=a%20b");
});

test("the server's own words are shown where it fails, and the version stays", async () => {
  const { asked, events, status } = open();
  events.version();
  asked[0].answer(snapshot([], { version: 3 }));
  await settled();
  events.version();
  asked[1].fail("The database is away.");
  await settled();
  assert.equal(status.textContent, "· The database is away.");
  events.version();
  assert.equal(asked[2].path, "/api/shown?name=a%20b&since=3");
});

test("curves are fetched where they are missing: one by itself, several with the study", async () => {
  const { asked, hpo } = open();
  const study = hpo.revive(snapshot([{ intermediate: undefined, steps: 1 }, { intermediate: undefined, steps: 1 }, {}]));
  const one = hpo.fetchCurves?.(study, [study.trials[1], study.trials[2]]);
  assert.equal(asked[0].path, "/api/trial?name=a%20b&number=1");
  asked[0].answer(snapshot([{ number: 1, intermediate: [[0, 2]] }]));
  await one;
  assert.deepEqual(structuredClone(study.trials[1].intermediate), [[0, 2]]);
  const both = hpo.fetchCurves?.(study, study.trials);
  assert.equal(asked[1].path, "/api/trial?name=a%20b&number=0");
  asked[1].answer(snapshot([{ number: 0, intermediate: [] }]));
  await both;
  await hpo.fetchCurves?.(study, study.trials);
  assert.equal(asked.length, 2);
});
