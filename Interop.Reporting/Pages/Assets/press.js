"use strict";
// A click is a press and a release on the same element, which is gone where the page is drawn anew in between. What is shown by itself waits
// until nothing is pressed.
(() => {
  // A finger's click comes some time after its release.
  const TAP = 400;
  // Not every release is told: the page goes on all the same.
  const LONGEST = 10_000;
  /** @type {(() => void)[]} */
  let waiting = [];

  class Press {
    isHeld = false;

    /** @type {ReturnType<typeof setTimeout> | undefined} */
    timer;

    begin() {
      this.isHeld = true;
      this.endIn(LONGEST);
    }

    // A mouse's and a key's click follows the release in the same task.
    endIn(milliseconds = 0) {
      if (!this.isHeld) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.isHeld = false;
        goOn();
      }, milliseconds);
    }
  }

  const pointer = new Press();
  const space = new Press();
  const isHeld = () => pointer.isHeld || space.isHeld;

  const goOn = () => {
    if (isHeld()) return;
    waiting.forEach(resolve => resolve());
    waiting = [];
  };

  hpo.released = () => (isHeld() ? new Promise(resolve => { waiting.push(resolve); }) : Promise.resolve());

  addEventListener("pointerdown", () => pointer.begin(), true);
  addEventListener("pointerup", event => pointer.endIn(event.pointerType === "mouse" ? 0 : TAP), true);
  addEventListener("pointercancel", () => pointer.endIn(), true);
  addEventListener("click", () => pointer.endIn(), true);
  // A release over a scroll bar, an open list of choices or a menu is not told.
  addEventListener("pointermove", event => { if (event.pointerType === "mouse" && event.buttons === 0) pointer.endIn(); }, { capture: true, passive: true });
  // Such a list takes the release of the key that opens it.
  addEventListener("keydown", event => { if (event.key === " " && !(event.target instanceof HTMLSelectElement)) space.begin(); }, true);
  addEventListener("keyup", event => { if (event.key === " ") space.endIn(); }, true);
  addEventListener("blur", event => {
    if (event.target !== window) return;
    pointer.endIn();
    space.endIn();
  }, true);
})();
