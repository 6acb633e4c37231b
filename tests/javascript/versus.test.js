import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, snapshot } from "./page.js";

/** The page that compares two studies, over a server whose answers are made by hand; time goes on when it is told to. */
const open = () => {
  /** @type {{ path: string, answer: (received: Snapshot.Study) => void, fail: (text: string) => void }[]} */
  const asked = [];
  /** @type {(() => void)[]} */
  const timers = [];
  const status = { textContent: "" };
  const document = {
    hidden: false, documentElement: { dataset: { kind: "versus" } }, querySelector: () => element,
    createElement: /** @param {string} tag */ tag => (tag === "span" ? Object.assign(status, element) : { ...element }),
  };
  const element = { setAttribute() {}, addEventListener() {}, replaceChildren() {}, append() {}, prepend() {} };
  const hpo = load({
    document, location: { search: "?name=a%20b&name=c" }, setTimeout: /** @param {() => void} wake */ wake => { timers.push(wake); },
    fetch: /** @param {string} path */ path => new Promise(resolve => asked.push({
      path, answer: received => resolve({ ok: true, json: async () => received }),
      fail: text => resolve({ ok: false, status: 503, text: async () => text }) })),
  });
  /** @type {number[][]} */
  const shown = [];
  hpo.showComparison = studies => { shown.push(plain(studies.map(({ trials }) => trials.length))); };
  return { asked, shown, status, document, wake: () => timers.shift()?.() };
};

const settled = async () => { for (let i = 0; i < 9; i++) await new Promise(setImmediate); };

test("studies are fetched whole once, then what changed, and drawn anew only where something did", async () => {
  const { asked, shown, status, document, wake } = open();
  assert.deepEqual(asked.map(({ path }) => path), ["/api/shown?name=a%20b", "/api/shown?name=c"]);
  asked[0].answer(snapshot([{ values: [1] }], { version: 4 }));
  asked[1].answer(snapshot([{ values: [2] }], { version: 9 }));
  await settled();
  assert.deepEqual([shown, status.textContent], [[[1, 1]], "· live"]);

  wake();
  assert.deepEqual(asked.slice(2).map(({ path }) => path), ["/api/shown?name=a%20b&since=4", "/api/shown?name=c&since=9"]);
  asked[2].answer(snapshot([], { version: 4, since: 4 }));
  asked[3].answer(snapshot([], { version: 9, since: 9 }));
  await settled();
  assert.equal(shown.length, 1);

  wake();
  asked[4].answer(snapshot([], { version: 4, since: 4 }));
  asked[5].answer({ ...snapshot([{ number: 1, values: [3] }], { version: 10, since: 9 }) });
  await settled();
  assert.deepEqual(shown, [[1, 1], [1, 2]]);

  document.hidden = true;
  wake();
  await settled();
  assert.equal(asked.length, 6);
});

test("what one study brought is shown when the other one can be read again", async () => {
  const { asked, shown, status, wake } = open();
  asked[0].answer(snapshot([{ values: [1] }], { version: 1 }));
  asked[1].fail("The database is away.");
  await settled();
  assert.deepEqual([shown, status.textContent], [[], "· The database is away."]);
  wake();
  assert.deepEqual(asked.slice(2).map(({ path }) => path), ["/api/shown?name=a%20b&since=1", "/api/shown?name=c"]);
  asked[2].answer(snapshot([], { version: 1, since: 1 }));
  asked[3].answer(snapshot([{ values: [1] }, { values: [2] }], { version: 3 }));
  await settled();
  assert.deepEqual([shown, status.textContent], [[[1, 2]], "· live"]);
});
