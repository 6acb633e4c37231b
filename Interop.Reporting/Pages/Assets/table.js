"use strict";
// The table of trials: sorts by any column, and filters by state and by what columns.js understands.
(() => {
  const PAGE = 50;

  hpo.table = () => {
    /** @type {Study} */
    let snapshot;
    /** @type {Column[]} */
    let columns = [];
    let page = 0, state = "", words = "";
    /** @type {Sort<string>} */
    let sort = { by: "Number", descending: false };
    /** @type {Set<number> | undefined} */
    let picked;
    /** @type {Trial[]} */
    let found = [];

    const filter = hpo.element("input", { type: "search", "aria-label": "Filter the trials",
      oninput: event => { words = event.target.value; page = 0; show(); } });
    const states = hpo.element("span", {});
    const body = hpo.element("tbody", {});
    const head = hpo.element("tr", {});
    const status = hpo.element("span", { role: "status" });
    const choice = hpo.element("button", { type: "button", class: "button", hidden: true, onclick: () => pick(undefined) });
    /** @type {(type: string, ending: string, write: (snapshot: Study, trials: Trial[]) => string) => HTMLElement} */
    const save = (type, ending, write) => hpo.element("button", { type: "button", class: "button",
      onclick: async () => {
        // What a server has left out is fetched first.
        await hpo.fetchCurves?.(snapshot, found);
        hpo.downloadText(`${hpo.fileName(snapshot.name)}.${ending}`, write(snapshot, found), type);
      } }, `Save as ${ending.toUpperCase()}`);
    const pager = hpo.element("div", { class: "pager" });
    const scroll = hpo.element("div", { class: "scroll", role: "region", "aria-label": "Table of trials", tabindex: "0" },
      hpo.element("table", {}, hpo.element("thead", {}, head), body));
    const root = hpo.element("div", { class: "card" },
      hpo.element("div", { class: "filters" }, filter, states, choice, status,
        save("text/csv", "csv", hpo.trialsCsv), save("application/json", "json", hpo.trialsJson), hpo.allTrials?.()),
      hpo.element("p", { class: "help" }, "Words are searched in every column; ", hpo.element("code", {}, "column<number"),
        " (also ", hpo.element("code", {}, "> <= >= ="), ") compares. A click on a column's name sorts by it. What is saved are the trials that are found."),
      scroll,
      pager);

    const showHead = () => hpo.renew(head, ...columns.map(({ name, left }) => hpo.sortHead(name, name, sort, chosen => {
      sort = chosen;
      page = 0;
      show();
    }, left ? "text" : null)));

    const showStates = () => {
      const present = [...new Set(snapshot.trials.map(trial => trial.state))].sort();
      hpo.renew(states, hpo.select("State", [["", "all"], ["best", snapshot.objectives.length > 1 ? "Pareto front" : "best"], ...present.map(hpo.asOption)], state, chosen => {
        state = chosen;
        page = 0;
        show();
      }));
    };

    /** @param {Trial} trial */
    const row = trial => hpo.element("tr", { class: snapshot.best.has(trial.number) ? "best" : trial.feasible ? null : "infeasible" },
      ...columns.map((column, i) => hpo.element(i === 0 ? "th" : "td", {
        class: column.left ? "text" : null, scope: i === 0 ? "row" : null, title: column.full?.(trial) ?? null,
      }, column.cell?.(trial) ?? column.text(trial))));

    /** @type {(text: string, to: number, possible: boolean) => HTMLElement} */
    const step = (text, to, possible) => hpo.element("button", {
      type: "button", class: "button", disabled: !possible, onclick: () => { page = to; show(); } }, text);

    // The rows of some trials only, until the reader wants all.
    /** @param {Set<number>} [numbers] */
    function pick(numbers) {
      picked = numbers;
      choice.hidden = !numbers;
      choice.textContent = numbers ? `Picked in the plot: ${numbers.size} ×` : "";
      choice.setAttribute("aria-label", "Show all trials again");
      page = 0;
      show();
    }

    function show() {
      hpo.keepFocus(root, showFound, scroll);
    }

    function showFound() {
      const matches = hpo.filter(words, columns);
      const trials = snapshot.trials.filter(trial => (state === "" || (state === "best" ? snapshot.best.has(trial.number) : trial.state === state))
        && (picked?.has(trial.number) ?? true) && matches(trial));
      found = trials;
      const column = columns.find(known => known.name === sort.by) ?? columns[0];
      trials.sort((a, b) => hpo.compare(column.of(a), column.of(b), sort.descending));
      const pages = Math.max(1, Math.ceil(trials.length / PAGE));
      page = Math.min(page, pages - 1);
      showHead();
      hpo.renew(body, ...trials.slice(page * PAGE, (page + 1) * PAGE).map(row));
      status.textContent = trials.length === snapshot.trials.length
        ? hpo.count(trials.length, "trial") : `${trials.length.toLocaleString("en")} of ${hpo.count(snapshot.trials.length, "trial")}`;
      pager.replaceChildren(...(pages === 1 ? [] : [
        step("Previous", page - 1, page > 0), `Page ${page + 1} of ${pages}`, step("Next", page + 1, page < pages - 1)]));
    }

    const showAll = () => {
      columns = hpo.columns(snapshot);
      showStates();
      show();
    };
    const showNews = hpo.whenSeen(root, showAll);

    return {
      root,
      pick,
      update(newSnapshot) {
        filter.placeholder = newSnapshot.objectives.length === 0 ? "Filter, e.g. relu lr<0.01" : "Filter, e.g. relu value>0.9";
        const isFirst = snapshot === undefined;
        snapshot = newSnapshot;
        if (isFirst) showAll();
        else showNews();
      },
    };
  };
})();
