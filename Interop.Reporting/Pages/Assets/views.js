"use strict";
// A study's views: itself, and #trial-12 for one of its trials. Each is built when it is first looked at.
(() => {
  /** @typedef {{ name: "study" | "trial", number?: number }} Place */

  /** @type {{ study?: View, trial?: View }} */
  const views = {};
  /** @type {Study | undefined} */
  let current;
  /** @type {Study | undefined} */
  let newest;
  /** @type {Place | undefined} */
  let shown;
  let position = 0;

  /** @type {(name: Place["name"]) => View} */
  const viewOf = name => (views[name] ??= name === "trial" ? hpo.trialView() : hpo.studyView());

  // Another anchor, such as that of "Skip to the content", leaves the view as it is.
  /** @type {() => Place} */
  const chosen = () => {
    const trial = /^#trial-(\d+)$/.exec(location.hash);
    if (trial) return { name: "trial", number: Number(trial[1]) };
    return !shown || ["", "#study"].includes(location.hash) ? { name: "study" } : shown;
  };

  /** @param {Study} snapshot */
  const show = snapshot => {
    const next = chosen();
    const view = viewOf(next.name);
    const isOther = shown?.name !== next.name || shown?.number !== next.number;
    const content = document.getElementById("content");
    hpo.keepFocus(content, () => {
      if (isOther) {
        if (shown?.name === "study") position = scrollY;
        content.replaceChildren(view.root);
      }
      // A view that nobody looks at costs nothing until it is looked at.
      if (isOther || newest !== snapshot) view.update(snapshot, next.number);
    });
    if (shown && isOther) scrollTo(0, next.name === "study" ? position : 0);
    [shown, newest] = [next, snapshot];
  };

  // Shows a study, or shows it anew: where it comes whole, or as what changed since it was shown last.
  hpo.showStudy = received => {
    const snapshot = current === undefined || received.since === undefined ? hpo.revive(received) : hpo.merge(current, received);
    current = snapshot;
    hpo.setLarge(snapshot.trials.length > hpo.plotting.MANY);
    hpo.heading("Study report", snapshot.name, `${hpo.count(snapshot.trials.length, "trial")} · ${snapshot.storage}`, snapshot.takenAt);
    show(snapshot);
  };

  // When what can be done with it has changed.
  hpo.showAgain = async () => {
    await hpo.released();
    if (!current) return;
    newest = undefined;
    show(current);
  };

  addEventListener("hashchange", () => { if (current) show(current); });
})();
