"use strict";
// A study's views: itself, and #trial-12 for one of its trials. Each is built when it is first looked at.
(() => {
  const views = {};
  let snapshot, shown, newest, position = 0;

  const viewOf = name => (views[name] ??= name === "trial" ? hpo.trialView() : hpo.studyView());

  // Another anchor, such as that of "Skip to the content", leaves the view as it is.
  const chosen = () => {
    const trial = /^#trial-(\d+)$/.exec(location.hash);
    if (trial) return { name: "trial", number: Number(trial[1]) };
    return !shown || ["", "#study"].includes(location.hash) ? { name: "study" } : shown;
  };

  const show = () => {
    const next = chosen();
    const view = viewOf(next.name);
    const isOther = shown?.name !== next.name || shown?.number !== next.number;
    if (isOther) {
      if (shown?.name === "study") position = scrollY;
      document.getElementById("content").replaceChildren(view.root);
    }
    // A view that nobody looks at costs nothing until it is looked at.
    if (isOther || newest !== snapshot) view.update(snapshot, next.number);
    if (shown && isOther) scrollTo(0, next.name === "study" ? position : 0);
    [shown, newest] = [next, snapshot];
  };

  // Shows a study, or shows it anew: where it comes whole, or as what changed since it was shown last.
  hpo.showStudy = received => {
    snapshot = received.since === undefined ? hpo.revive(received) : hpo.merge(snapshot, received);
    hpo.setLarge(snapshot.trials.length > hpo.plotting.MANY);
    hpo.heading("Study report", snapshot.name, `${hpo.count(snapshot.trials.length, "trial")} · ${snapshot.storage}`, snapshot.takenAt);
    show();
  };

  // When what can be done with it has changed.
  hpo.showAgain = () => {
    if (!snapshot) return;
    newest = undefined;
    show();
  };

  addEventListener("hashchange", () => { if (snapshot) show(); });
})();
