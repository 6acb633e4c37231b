"use strict";
// The table of trials: sorts by any column, filters by state, by words, and by comparisons such as lr<0.01.
(() => {
  const PAGE = 50;
  const COMPARISON = /^(.+?)(<=|>=|=|<|>)(.+)$/;
  const OPERATORS = {
    "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "=": (a, b) => a === b,
  };

  const attrNames = snapshot => [...new Set(snapshot.trials.flatMap(trial => Object.keys(trial.attrs ?? {})))].sort();

  // Each column gives a cell's text and what it sorts by; undefined sorts last.
  const columnsOf = snapshot => [
    { name: "Number", of: trial => trial.number, text: trial => String(trial.number) },
    { name: "State", left: true, of: trial => trial.state, text: trial => trial.state, cell: trial => hpo.state(trial.state) },
    ...snapshot.objectives.map((objective, i) => ({
      name: objective.name, of: trial => trial.values?.[i], text: trial => hpo.number(trial.values?.[i]), full: trial => trial.values?.[i] })),
    ...snapshot.parameters.map((parameter, i) => ({
      name: parameter.name, left: Boolean(parameter.choices),
      of: trial => (trial.params[i] === null ? undefined : parameter.choices ? parameter.choices[trial.params[i]] : trial.params[i]),
      text: trial => hpo.paramText(parameter, trial.params[i]), full: trial => trial.params[i] !== null && !parameter.choices ? trial.params[i] : undefined })),
    { name: "Duration", of: trial => trial.duration ?? undefined, text: trial => hpo.duration(trial.duration) },
    { name: "Steps", of: trial => trial.intermediate.length, text: trial => String(trial.intermediate.length) },
    { name: "Started", left: true, of: trial => trial.start, text: trial => hpo.time(trial.start) },
    ...attrNames(snapshot).map(name => ({ name, left: true, of: trial => trial.attrs?.[name], text: trial => trial.attrs?.[name] ?? "–", full: trial => trial.attrs?.[name] })),
  ];

  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return Number.isNaN(a) - Number.isNaN(b) || a - b;
    return String(a).localeCompare(String(b), "en", { numeric: true });
  };

  // A condition of the filter as a test of a trial.
  const condition = (word, columns) => {
    const [, name, operator, text] = word.match(COMPARISON) ?? [];
    const column = name && columns.find(known => known.name.toLowerCase() === name.trim().toLowerCase());
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
    let snapshot, columns = [], page = 0, sort = { name: "Number", descending: false }, state = "", words = "";

    const filter = hpo.element("input", { type: "search", placeholder: "Filter, e.g. relu value>0.9", "aria-label": "Filter the trials",
      oninput: event => { words = event.target.value; page = 0; show(); } });
    const states = hpo.element("span", {});
    const body = hpo.element("tbody", {});
    const head = hpo.element("tr", {});
    const found = hpo.element("span", { role: "status" });
    const pager = hpo.element("div", { class: "pager" });
    const root = hpo.element("div", { class: "card" },
      hpo.element("div", { class: "filters" }, filter, states, found),
      hpo.element("p", { class: "help" }, "Words are searched in every column; ", hpo.element("code", {}, "column<number"),
        " (also ", hpo.element("code", {}, "> <= >= ="), ") compares. A click on a column's name sorts by it."),
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
      states.replaceChildren(hpo.select("State", [["", "all"], ...present.map(name => [name, name])], state, chosen => {
        state = chosen;
        page = 0;
        show();
      }));
    };

    const row = trial => hpo.element("tr", { class: snapshot.best.has(trial.number) ? "best" : null },
      ...columns.map((column, i) => hpo.element(i === 0 ? "th" : "td", {
        class: column.left ? "text" : null, scope: i === 0 ? "row" : null, title: column.full?.(trial) ?? null,
      }, column.cell?.(trial) ?? column.text(trial))));

    const step = (text, to, possible) => hpo.element("button", {
      type: "button", class: "button", disabled: !possible, onclick: () => { page = to; show(); } }, text);

    function show() {
      const conditions = words.split(/\s+/).filter(Boolean).map(word => condition(word, columns));
      const trials = snapshot.trials.filter(trial => (state === "" || trial.state === state) && conditions.every(holds => holds(trial)));
      const column = columns.find(known => known.name === sort.name) ?? columns[0];
      trials.sort((a, b) => {
        const [first, second] = [column.of(a), column.of(b)];
        if (first === undefined || second === undefined) return (first === undefined) - (second === undefined);
        return sort.descending ? compare(second, first) : compare(first, second);
      });
      const pages = Math.max(1, Math.ceil(trials.length / PAGE));
      page = Math.min(page, pages - 1);
      showHead();
      body.replaceChildren(...trials.slice(page * PAGE, (page + 1) * PAGE).map(row));
      found.textContent = trials.length === snapshot.trials.length
        ? hpo.count(trials.length, "trial") : `${trials.length.toLocaleString("en")} of ${hpo.count(snapshot.trials.length, "trial")}`;
      pager.replaceChildren(...(pages === 1 ? [] : [
        step("Previous", page - 1, page > 0), `Page ${page + 1} of ${pages}`, step("Next", page + 1, page < pages - 1)]));
    }

    return {
      root,
      update(newSnapshot) {
        snapshot = newSnapshot;
        columns = columnsOf(snapshot);
        showStates();
        show();
      },
    };
  };
})();
