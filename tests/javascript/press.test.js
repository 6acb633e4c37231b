import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./page.js";

/** A page whose reader's hands and clock are the test's. */
const open = () => {
  /** @type {Record<string, ((event: object) => void)[]>} */
  const listeners = {};
  /** @type {{ due: number, run: () => void }[]} */
  let timers = [];
  let now = 0;
  class HTMLSelectElement {}
  const window = {};
  const hpo = load({
    HTMLSelectElement, window,
    addEventListener: /** @type {(name: string, react: (event: object) => void) => void} */ (name, react) => { (listeners[name] ??= []).push(react); },
    setTimeout: /** @type {(run: () => void, after?: number) => object} */ (run, after = 0) => {
      const timer = { due: now + after, run };
      timers.push(timer);
      return timer;
    },
    clearTimeout: /** @param {object} [timer] */ timer => { timers = timers.filter(other => other !== timer); },
  });
  let shown = 0;
  return {
    HTMLSelectElement, window,
    /** @type {(name: string, event?: object) => void} */
    send: (name, event) => listeners[name].forEach(react => react({ pointerType: "mouse", buttons: 1, ...event })),
    /** What waits for the release. */
    show: () => { hpo.released().then(() => { shown++; }); },
    /** Lets time pass, and says how much was shown. */
    after: /** @param {number} milliseconds */ async milliseconds => {
      now += milliseconds;
      const due = timers.filter(timer => timer.due <= now);
      timers = timers.filter(timer => timer.due > now);
      due.forEach(({ run }) => run());
      await new Promise(setImmediate);
      return shown;
    },
  };
};

test("without a press nothing waits", async () => {
  const { show, after } = open();
  show();
  assert.equal(await after(0), 1);
});

test("what is shown waits for a mouse's release, and comes after its click", async () => {
  const { send, show, after } = open();
  send("pointerdown");
  show();
  show();
  assert.equal(await after(5000), 0);
  send("pointerup");
  send("click");
  assert.equal(await after(0), 2);
});

test("a finger's click comes later than its release", async () => {
  const { send, show, after } = open();
  send("pointerdown", { pointerType: "touch" });
  show();
  send("pointerup", { pointerType: "touch" });
  assert.equal(await after(300), 0);
  send("click", { pointerType: "touch" });
  assert.equal(await after(0), 1);
  send("pointerdown", { pointerType: "touch" });
  show();
  send("pointerup", { pointerType: "touch" });
  assert.equal(await after(400), 2, "a long press makes no click");
});

test("a press that begins before what waited has come holds it on", async () => {
  const { send, show, after } = open();
  send("pointerdown");
  show();
  send("pointerup");
  send("pointerdown");
  assert.equal(await after(0), 0);
  send("pointercancel");
  assert.equal(await after(0), 1);
});

test("releases that are not told end with the next move, with another window, or by themselves", async () => {
  const { send, show, after, window } = open();
  send("pointerdown");
  show();
  send("pointermove", { buttons: 1 });
  assert.equal(await after(0), 0);
  send("pointermove", { buttons: 0 });
  assert.equal(await after(0), 1);
  send("keydown", { key: " ", target: {} });
  send("pointerdown");
  show();
  send("blur", { target: {} });
  assert.equal(await after(0), 1, "a field lost the focus");
  send("blur", { target: window });
  assert.equal(await after(0), 2);
  send("pointerdown", { pointerType: "touch" });
  show();
  assert.equal(await after(9999), 2);
  assert.equal(await after(1), 3);
});

test("the space bar presses a button, and opens a list whose choice is not told", async () => {
  const { send, show, after, HTMLSelectElement } = open();
  send("keydown", { key: " ", target: {} });
  show();
  send("keyup", { key: "Control" });
  assert.equal(await after(0), 0);
  send("keyup", { key: " " });
  assert.equal(await after(0), 1);
  send("keydown", { key: " ", target: new HTMLSelectElement() });
  show();
  assert.equal(await after(0), 2);
  send("pointerdown");
  show();
  send("keyup", { key: "a" });
  assert.equal(await after(0), 2, "the mouse is still pressed");
});
