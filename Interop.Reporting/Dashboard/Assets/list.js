"use strict";
// The list of the storage's studies, fetched every two seconds while the page is visible.
(() => {
  if (document.documentElement.dataset.kind !== "list") return;
  const INTERVAL = 2000;
  const content = document.getElementById("content");
  const status = hpo.element("p", { class: "note", role: "status" });
  const body = hpo.element("tbody", {});
  const table = hpo.element("div", { class: "card scroll" }, hpo.element("table", { class: "studies" },
    hpo.element("caption", { class: "skip" }, "Studies"),
    hpo.element("thead", {}, hpo.element("tr", {},
      ...["Study", "Trials", "Best value", "Objectives", "Last active"].map(name => hpo.element("th", { scope: "col" }, name)))),
    body));
  let shown = "";

  const row = study => {
    const total = Object.values(study.states).reduce((sum, count) => sum + count, 0);
    return hpo.element("tr", {},
      hpo.element("th", { scope: "row" }, hpo.element("a", { href: `/study?name=${encodeURIComponent(study.name)}` }, study.name)),
      hpo.element("td", {}, total.toLocaleString("en"), hpo.element("span", { class: "states" },
        ...Object.entries(study.states).map(([state, count]) => hpo.state(state, `${count} ${state.toLowerCase()}`)))),
      hpo.element("td", {}, hpo.number(study.best)),
      hpo.element("td", {}, study.directions.join(", ")),
      hpo.element("td", {}, hpo.time(study.active)));
  };

  const refresh = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch("/api/studies");
        if (!response.ok) throw new Error(await response.text());
        const { storage, studies } = await response.json();
        hpo.heading("Dashboard", "Studies", `${studies.length === 1 ? "1 study" : `${studies.length} studies`} · ${storage}`);
        status.textContent = studies.length === 0 ? "The storage holds no studies yet; they appear here when they are made." : "";
        const text = JSON.stringify(studies);
        if (text !== shown) body.replaceChildren(...studies.map(row));
        shown = text;
      } catch (error) {
        status.textContent = `${error.message || "The dashboard does not answer."} Retrying.`;
      }
    }
    setTimeout(refresh, INTERVAL);
  };

  document.title = "Optuna studies";
  content.replaceChildren(status, table);
  refresh();
})();
