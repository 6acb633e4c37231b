"use strict";
// The list of the storage's studies, fetched every two seconds while the page is visible.
(() => {
  if (document.documentElement.dataset.kind !== "list") return;
  const INTERVAL = 2000;
  /** @typedef {Revived<Snapshot.StudyEntry>} Entry */

  /** @type {(study: Entry) => string} */
  const objectives = study => study.objectives.length === 0 ? "preferential" : study.objectives
    .map(objective => (objective.name === "Value" ? objective.direction : `${objective.direction} ${objective.name}`)).join(", ");
  /** @type {(study: Entry) => number} */
  const total = study => Object.values(study.states).reduce((sum, count) => sum + count, 0);
  /** @type {[name: string, key: (study: Entry) => number | string | undefined][]} */
  const COLUMNS = [["Study", study => study.name.toLowerCase()], ["Trials", total], ["Best value", study => study.best],
    ["Objectives", objectives], ["Last active", study => study.active]];

  const status = hpo.element("p", { class: "note", role: "status" });
  const head = hpo.element("tr", {});
  const body = hpo.element("tbody", {});
  const search = hpo.element("input", { type: "search", placeholder: "Search studies", "aria-label": "Search studies", oninput: () => show() });
  const compare = hpo.element("button", { type: "button", class: "button", disabled: true, onclick: () => {
    location.href = `/compare?${[...picked].map(name => `name=${encodeURIComponent(name)}`).join("&")}`;
  } }, "Compare");
  const found = hpo.element("span", { role: "status" });
  const table = hpo.element("div", { class: "card" },
    hpo.element("div", { class: "filters" }, search, found, compare),
    hpo.element("div", { class: "scroll", role: "region", "aria-label": "Studies", tabindex: "0" }, hpo.element("table", { class: "studies" },
      hpo.element("caption", { class: "skip" }, "Studies"), hpo.element("thead", {}, head), body)));
  /** @type {Set<string>} */
  const picked = new Set();
  /** @type {Entry[]} */
  let studies = [];
  // At first they are in the order in which they were made.
  /** @type {Sort<string>} */
  let sort = { descending: false };

  /** @type {(study: Entry, isPicked: boolean) => void} */
  const pick = (study, isPicked) => {
    if (isPicked) picked.add(study.name);
    else picked.delete(study.name);
    showCompare();
  };

  const showCompare = () => {
    const chosen = studies.filter(study => picked.has(study.name));
    const isPossible = chosen.length > 1 && chosen.every(study => study.objectives.length === 1 && study.objectives[0].direction === chosen[0].objectives[0].direction);
    compare.disabled = !isPossible;
    compare.textContent = chosen.length === 0 ? "Compare" : `Compare ${chosen.length}`;
    compare.title = isPossible ? "" : "Pick two or more studies of one objective and the same direction";
  };

  /** @param {Entry} study */
  const row = study => hpo.element("tr", {},
    hpo.element("td", {}, hpo.element("input", { type: "checkbox", "aria-label": `Pick ${study.name}`, checked: picked.has(study.name),
      onchange: event => pick(study, event.target.checked) })),
    hpo.element("th", { scope: "row" }, hpo.element("a", { href: `/study?name=${encodeURIComponent(study.name)}` }, study.name)),
    hpo.element("td", {}, total(study).toLocaleString("en"), hpo.element("span", { class: "states" },
      ...Object.entries(study.states).map(([state, count]) => hpo.state(state, `${count} ${state.toLowerCase()}`)))),
    hpo.element("td", {}, hpo.number(study.best)),
    hpo.element("td", {}, objectives(study)),
    hpo.element("td", {}, hpo.time(study.active)));

  const showHead = () => hpo.renew(head, hpo.element("td", {}), ...COLUMNS.map(([name]) => hpo.sortHead(name, name, sort, chosen => {
    sort = chosen;
    show();
  })));

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const listed = studies.filter(study => words.every(word => `${study.name} ${objectives(study)}`.toLowerCase().includes(word)));
    const key = COLUMNS.find(([name]) => name === sort.by)?.[1];
    if (key) listed.sort((a, b) => hpo.compare(key(a), key(b), sort.descending));
    hpo.keepFocus(table, () => {
      showHead();
      hpo.renew(body, ...listed.map(row));
    }, search);
    found.textContent = listed.length === studies.length ? "" : `${listed.length} of ${studies.length} studies`;
    showCompare();
  }

  let shown = "";
  const refresh = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch("/api/studies");
        if (!response.ok) throw new Error(await response.text());
        /** @type {Snapshot.StudyListing} */
        const answer = await response.json();
        await hpo.released();
        studies = answer.studies.map(({ best, active, ...study }) =>
          ({ ...study, best: best === undefined ? undefined : Number(best), active: active === undefined ? undefined : Number(active) }));
        hpo.heading("Dashboard", "Studies", `${studies.length === 1 ? "1 study" : `${studies.length} studies`} · ${answer.storage}`);
        status.textContent = studies.length === 0 ? "The storage holds no studies yet; they appear here when they are made." : "";
        const text = JSON.stringify(studies);
        if (text !== shown) show();
        shown = text;
      } catch (error) {
        status.textContent = `${error.message || "The dashboard does not answer."} Retrying.`;
      }
    }
    setTimeout(refresh, INTERVAL);
  };

  document.title = "Optuna studies";
  document.getElementById("content").replaceChildren(status, table);
  showHead();
  refresh();
})();
