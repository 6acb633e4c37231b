"use strict";
// The table of trials: sorts by any column, filters by state, by words, and by comparisons such as lr<0.01.
(() => {
  const PAGE = 50;
  const COMPARISON = /^(.+?)(<=|>=|=|<|>)(.+)$/;
  const OPERATORS = {
    "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "=": (a, b) => a === b,
  };

  const attrNames = snapshot => [...new Set(snapshot.trials.flatMap(trial => Object.keys(trial.attrs ?? {})))].sort();

  // Only trials with constraints can keep or violate them.
  const feasible = trial => (trial.constraints ? (trial.feasible ? "yes" : "no") : undefined);

  const constraintsText = trial => trial.constraints && Object.entries(trial.constraints).map(([name, value]) => `${name}: ${value}`).join(", ");

  // Each column gives a cell's text and what it sorts by; undefined sorts last.
  const columnsOf = snapshot => [
    { name: "Number", of: trial => trial.number, text: trial => String(trial.number), cell: trial => hpo.trialLink(trial.number) },
    { name: "State", left: true, of: trial => trial.state, text: trial => trial.state, cell: trial => hpo.state(trial.state) },
    ...(snapshot.isConstrained ? [{ name: "Feasible", left: true, of: trial => feasible(trial), text: trial => feasible(trial) ?? "–", full: trial => constraintsText(trial) }] : []),
    ...snapshot.objectives.map((objective, i) => ({
      name: objective.name, alias: snapshot.objectives.length === 1 ? "value" : undefined, of: trial => trial.values?.[i], text: trial => hpo.number(trial.values?.[i]), full: trial => trial.values?.[i] })),
    ...snapshot.parameters.map((parameter, i) => ({
      name: parameter.name, left: Boolean(parameter.choices),
      of: trial => (trial.params[i] === null ? undefined : parameter.choices ? parameter.choices[trial.params[i]] : trial.params[i]),
      text: trial => hpo.paramText(parameter, trial.params[i]), full: trial => trial.params[i] !== null && !parameter.choices ? trial.params[i] : undefined })),
    { name: "Duration", of: trial => trial.duration ?? undefined, text: trial => hpo.duration(trial.duration) },
    { name: "Steps", of: trial => trial.steps, text: trial => String(trial.steps) },
    { name: "Started", left: true, of: trial => trial.start, text: trial => hpo.time(trial.start) },
    ...attrNames(snapshot).map(name => ({ name, left: true, of: trial => trial.attrs?.[name], text: trial => trial.attrs?.[name] ?? "–", full: trial => trial.attrs?.[name] })),
  ];

  // A condition of the filter as a test of a trial.
  const condition = (word, columns) => {
    const [, name, operator, text] = word.match(COMPARISON) ?? [];
    const column = name && [known => known.name.toLowerCase(), known => known.alias]
      .map(by => columns.find(known => by(known) === name.trim().toLowerCase())).find(Boolean);
    if (column) {
      const number = Number(text);
      return trial => {
        const value = column.of(trial);
        if (value === undefined) return false;
        if (typeof value === "number") return OPERATORS[operator](value, number);
        return OPERATORS[operator](value.toLowerCase(), text.toLowerCase());
      };
    }
    const wanted = word.toLowerCase();
    return trial => columns.some(column => column.text(trial).toLowerCase().includes(wanted));
  };

  hpo.table = () => {
    let snapshot, columns = [], page = 0, sort = { name: "Number", descending: false }, state = "", words = "", picked, found = [];

    const filter = hpo.element("input", { type: "search", placeholder: "Filter, e.g. relu value>0.9", "aria-label": "Filter the trials",
      oninput: event => { words = event.target.value; page = 0; show(); } });
    const states = hpo.element("span", {});
    const body = hpo.element("tbody", {});
    const head = hpo.element("tr", {});
    const status = hpo.element("span", { role: "status" });
    const choice = hpo.element("button", { type: "button", class: "button", hidden: true, onclick: () => pick(undefined) });
    const save = (type, ending, write) => hpo.element("button", { type: "button", class: "button",
      onclick: async () => {
        // What a server has left out is fetched first.
        await hpo.fetchCurves?.(snapshot, found);
        hpo.downloadText(`${hpo.fileName(snapshot.name)}.${ending}`, write(snapshot, found), type);
      } }, `Save as ${ending.toUpperCase()}`);
    const pager = hpo.element("div", { class: "pager" });
    const root = hpo.element("div", { class: "card" },
      hpo.element("div", { class: "filters" }, filter, states, choice, status,
        save("text/csv", "csv", hpo.trialsCsv), save("application/json", "json", hpo.trialsJson)),
      hpo.element("p", { class: "help" }, "Words are searched in every column; ", hpo.element("code", {}, "column<number"),
        " (also ", hpo.element("code", {}, "> <= >= ="), ") compares. A click on a column's name sorts by it. What is saved are the trials that are found."),
      hpo.element("div", { class: "scroll", role: "region", "aria-label": "Table of trials", tabindex: "0" },
        hpo.element("table", {}, hpo.element("thead", {}, head), body)),
      pager);

    const sortBy = name => {
      sort = { name, descending: sort.name === name && !sort.descending };
      page = 0;
      show();
    };

    const showHead = () => head.replaceChildren(...columns.map(column => hpo.element("th", {
      scope: "col", class: column.left ? "text" : null,
      "aria-sort": sort.name === column.name ? (sort.descending ? "descending" : "ascending") : "none",
    }, hpo.element("button", { type: "button", onclick: () => sortBy(column.name) }, column.name))));

    const showStates = () => {
      const present = [...new Set(snapshot.trials.map(trial => trial.state))].sort();
      states.replaceChildren(hpo.select("State", [["", "all"], ["best", snapshot.objectives.length > 1 ? "Pareto front" : "best"], ...present.map(name => [name, name])], state, chosen => {
        state = chosen;
        page = 0;
        show();
      }));
    };

    const row = trial => hpo.element("tr", { class: snapshot.best.has(trial.number) ? "best" : trial.feasible ? null : "infeasible" },
      ...columns.map((column, i) => hpo.element(i === 0 ? "th" : "td", {
        class: column.left ? "text" : null, scope: i === 0 ? "row" : null, title: column.full?.(trial) ?? null,
      }, column.cell?.(trial) ?? column.text(trial))));

    const step = (text, to, possible) => hpo.element("button", {
      type: "button", class: "button", disabled: !possible, onclick: () => { page = to; show(); } }, text);

    // The rows of some trials only, until the reader wants all.
    function pick(numbers) {
      picked = numbers;
      choice.hidden = !numbers;
      choice.textContent = numbers ? `Picked in the plot: ${numbers.size} ×` : "";
      choice.setAttribute("aria-label", "Show all trials again");
      page = 0;
      show();
    }

    function show() {
      const conditions = words.split(/\s+/).filter(Boolean).map(word => condition(word, columns));
      const trials = snapshot.trials.filter(trial => (state === "" || (state === "best" ? snapshot.best.has(trial.number) : trial.state === state))
        && (picked?.has(trial.number) ?? true) && conditions.every(holds => holds(trial)));
      found = trials;
      const column = columns.find(known => known.name === sort.name) ?? columns[0];
      trials.sort((a, b) => hpo.compare(column.of(a), column.of(b), sort.descending));
      const pages = Math.max(1, Math.ceil(trials.length / PAGE));
      page = Math.min(page, pages - 1);
      showHead();
      body.replaceChildren(...trials.slice(page * PAGE, (page + 1) * PAGE).map(row));
      status.textContent = trials.length === snapshot.trials.length
        ? hpo.count(trials.length, "trial") : `${trials.length.toLocaleString("en")} of ${hpo.count(snapshot.trials.length, "trial")}`;
      pager.replaceChildren(...(pages === 1 ? [] : [
        step("Previous", page - 1, page > 0), `Page ${page + 1} of ${pages}`, step("Next", page + 1, page < pages - 1)]));
    }

    const showAll = () => {
      columns = columnsOf(snapshot);
      showStates();
      show();
    };
    const showNews = hpo.whenSeen(root, showAll);

    return {
      root,
      pick,
      update(newSnapshot) {
        const isFirst = snapshot === undefined;
        snapshot = newSnapshot;
        if (isFirst) showAll();
        else showNews();
      },
    };
  };
})();
