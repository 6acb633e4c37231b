"use strict";
// Several studies beside each other, fetched every five seconds while the page is visible.
(() => {
  if (document.documentElement.dataset.kind !== "versus") return;
  const INTERVAL = 5000;
  const names = new URLSearchParams(location.search).getAll("name");
  const status = hpo.element("span", { class: "note", role: "status", id: "live" });
  document.title = `${names.join(", ")} – comparison`;
  document.querySelector(".top > div").prepend(hpo.element("p", {}, hpo.element("a", { href: "/" }, "All studies"), " ", status));

  /** @type {(name: string) => Promise<Snapshot.Study>} */
  const fetchStudy = async name => {
    const response = await fetch(`/api/study?name=${encodeURIComponent(name)}`);
    if (!response.ok) throw new Error(response.status === 404 ? `There is no study “${name}”.` : await response.text());
    return response.json();
  };

  /** @type {(studies: Snapshot.Study[]) => string | undefined} */
  const whyNot = studies => {
    if (studies.length < 2) return "Two or more studies are needed to compare.";
    const several = studies.find(study => study.objectives.length > 1);
    if (several) return `“${several.name}” has ${several.objectives.length} objectives: only studies with one compare.`;
    const other = studies.find(study => study.objectives[0].direction !== studies[0].objectives[0].direction);
    return other ? `“${studies[0].name}” seeks to ${studies[0].objectives[0].direction} and “${other.name}” to ${other.objectives[0].direction}.` : undefined;
  };

  let shown = "";
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const studies = await Promise.all(names.map(fetchStudy));
        const reason = whyNot(studies);
        if (reason) throw new Error(reason);
        const text = JSON.stringify(studies.map(({ trials }) => trials));
        if (text !== shown) hpo.showComparison(studies);
        shown = text;
        status.textContent = "· live";
      } catch (error) {
        status.textContent = `· ${error.message || "the dashboard does not answer"}`;
      }
    }
    setTimeout(refresh, INTERVAL);
  };
  refresh();
})();
