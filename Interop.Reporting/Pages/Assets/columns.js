"use strict";
// The columns of the table of trials, and its filter: words, and comparisons such as lr<0.01.
(() => {
  const COMPARISON = /^(.+?)(<=|>=|=|<|>)(.+)$/;
  /** @type {Record<string, <T extends number | string>(a: T, b: T) => boolean>} */
  const OPERATORS = {
    "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "=": (a, b) => a === b,
  };

  /** @type {(snapshot: Study) => string[]} */
  const attrNames = snapshot => [...new Set(snapshot.trials.flatMap(trial => Object.keys(trial.attrs ?? {})))].sort();

  // Only trials with constraints can keep or violate them.
  /** @type {(trial: Trial) => string | undefined} */
  const feasible = trial => (trial.constraints ? (trial.feasible ? "yes" : "no") : undefined);

  /** @type {(trial: Trial) => string | undefined} */
  const constraintsText = trial => trial.constraints && Object.entries(trial.constraints).map(([name, value]) => `${name}: ${value}`).join(", ");

  /** @type {Column} */
  const feasibility = { name: "Feasible", left: true, of: feasible, text: trial => feasible(trial) ?? "–", full: constraintsText };

  hpo.columns = snapshot => [
    { name: "Number", of: trial => trial.number, text: trial => String(trial.number), cell: trial => hpo.trialLink(trial.number) },
    { name: "State", left: true, of: trial => trial.state, text: trial => trial.state, cell: trial => hpo.state(trial.state) },
    ...(snapshot.isConstrained ? [feasibility] : []),
    ...snapshot.objectives.map(/** @returns {Column} */ (objective, i) => ({
      name: objective.name, alias: snapshot.objectives.length === 1 ? "value" : undefined, of: trial => trial.values?.[i], text: trial => hpo.number(trial.values?.[i]), full: trial => trial.values?.[i] })),
    ...snapshot.parameters.map(/** @returns {Column} */ (parameter, i) => ({
      name: parameter.name, left: Boolean(parameter.choices), of: trial => hpo.paramOf(parameter, trial.params[i]),
      text: trial => hpo.paramText(parameter, trial.params[i]), full: trial => (parameter.choices ? undefined : hpo.paramOf(parameter, trial.params[i])) })),
    { name: "Duration", of: trial => trial.duration ?? undefined, text: trial => hpo.duration(trial.duration) },
    { name: "Steps", of: trial => trial.steps, text: trial => String(trial.steps) },
    { name: "Started", left: true, of: trial => trial.start, text: trial => hpo.time(trial.start) },
    ...attrNames(snapshot).map(/** @returns {Column} */ name => ({ name, left: true, of: trial => trial.attrs?.[name], text: trial => trial.attrs?.[name] ?? "–", full: trial => trial.attrs?.[name] })),
  ];

  // A word of the filter as a condition on trials.
  /** @type {(word: string, columns: Column[]) => (trial: Trial) => boolean} */
  const condition = (word, columns) => {
    const [, name, operator, text] = word.match(COMPARISON) ?? [];
    const column = name && (columns.find(known => known.name.toLowerCase() === name.toLowerCase()) ?? columns.find(known => known.alias === name.toLowerCase()));
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
    return trial => columns.some(known => known.text(trial).toLowerCase().includes(wanted));
  };

  hpo.filter = (words, columns) => {
    const conditions = words.split(/\s+/).filter(Boolean).map(word => condition(word, columns));
    return trial => conditions.every(holds => holds(trial));
  };
})();
