"use strict";
// A click is a press and a release on the same element, which is gone where the page is drawn anew in between. What is shown by itself waits
// until nothing is pressed.
(() => {
  let isPressed = false;
  /** @type {(() => void)[]} */
  let waiting = [];

  hpo.released = () => (isPressed ? new Promise(resolve => { waiting.push(resolve); }) : Promise.resolve());

  const press = () => { isPressed = true; };

  const goOn = () => {
    if (isPressed) return;
    waiting.forEach(resolve => resolve());
    waiting = [];
  };

  // The click follows the release in the same task.
  const release = () => {
    if (!isPressed) return;
    isPressed = false;
    setTimeout(goOn);
  };

  addEventListener("pointerdown", press, true);
  for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, event => { if (name !== "blur" || event.target === window) release(); }, true);
  // A release over a scroll bar, an open list of choices or another window is not told.
  addEventListener("pointermove", event => { if (event.buttons === 0) release(); }, { capture: true, passive: true });
  addEventListener("keydown", event => { if (event.key === " ") press(); }, true);
  addEventListener("keyup", release, true);
})();
