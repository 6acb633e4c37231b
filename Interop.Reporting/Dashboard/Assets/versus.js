"use strict";
// Several studies beside each other: what changed is fetched every five seconds while the page is visible.
(() => {
  if (document.documentElement.dataset.kind !== "versus") return;
  const INTERVAL = 5000;
  const names = new URLSearchParams(location.search).getAll("name");
  const status = hpo.element("span", { class: "note", role: "status", id: "live" });
  document.title = `${names.join(", ")} – comparison`;
  document.querySelector(".top > div").prepend(hpo.element("p", {}, hpo.element("a", { href: "/" }, "All studies"), " ", status));

  /** @type {(studies: Study[]) => string | undefined} */
  const whyNot = studies => {
    if (studies.length < 2) return "Two or more studies are needed to compare.";
    const several = studies.find(study => study.objectives.length > 1);
    if (several) return `“${several.name}” has ${several.objectives.length} objectives: only studies with one compare.`;
    const without = studies.find(study => study.preferential);
    if (without) return `“${without.name}” is preferential: people compare its trials, which have no values.`;
    const other = studies.find(study => study.objectives[0].direction !== studies[0].objectives[0].direction);
    return other ? `“${studies[0].name}” seeks to ${studies[0].objectives[0].direction} and “${other.name}” to ${other.objectives[0].direction}.` : undefined;
  };

  /** @type {Study[]} */
  const studies = [];
  let hasNews = false;
  const followed = names.map(hpo.followed);

  const refresh = async () => {
    if (!document.hidden) {
      try {
        await Promise.all(followed.map((takeNews, i) => takeNews(received => {
          const isWhole = received.since === undefined || !studies[i];
          hasNews ||= isWhole || received.trials.length > 0;
          studies[i] = isWhole ? hpo.revive(received) : hpo.merge(studies[i], received);
        })));
        const reason = whyNot(studies);
        if (reason) throw new Error(reason);
        if (hasNews) hpo.showComparison(studies);
        hasNews = false;
        status.textContent = "· live";
      } catch (error) {
        status.textContent = `· ${error.message || "the dashboard does not answer"}`;
      }
    }
    setTimeout(refresh, INTERVAL);
  };
  refresh();
})();
