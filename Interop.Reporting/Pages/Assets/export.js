"use strict";
// Files of what the page shows: trials as CSV or JSON, plots as pictures. They are made in the page; nothing is asked of the network.
(() => {
  hpo.download = (name, url) => {
    const link = hpo.element("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
  };

  hpo.downloadText = (name, text, type) => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    hpo.download(name, url);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };

  hpo.fileName = (...parts) => parts.join(" ").replace(/[^\p{L}\p{N}._ -]+/gu, "-").slice(0, 120);

  // In Python's words, which pandas reads.
  /** @type {(value: Maybe<string | number>) => string} */
  const plain = value => {
    if (value === null || value === undefined) return "";
    if (typeof value === "string") return value;
    return Number.isNaN(value) ? "nan" : Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
  };

  // A spreadsheet runs what begins like a formula; the apostrophe keeps it text.
  /** @type {(value: Maybe<string | number>) => string} */
  const field = value => {
    const given = plain(value);
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(given) && Number.isNaN(Number(given)) ? `'${given}` : given;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  // As Optuna wrote it.
  /** @type {(snapshot: Study, value: number | undefined) => string} */
  const time = (snapshot, value) => (value === undefined ? "" : hpo.time(value, snapshot.timeZone));

  /** @type {(trials: Trial[], part: "attrs" | "constraints") => string[]} */
  const names = (trials, part) => [...new Set(trials.flatMap(trial => Object.keys(trial[part] ?? {})))].sort();


  // The columns have the names that Optuna's trials_dataframe gives them.
  hpo.trialsCsv = (snapshot, trials) => {
    const { objectives, parameters } = snapshot;
    const attrs = names(trials, "attrs");
    const constraints = names(trials, "constraints");
    const head = ["number", ...(objectives.length === 1 ? ["value"] : objectives.map(objective => `values_${objective.name}`)),
      "datetime_start", "datetime_complete", "duration_seconds", ...parameters.map(parameter => `params_${parameter.name}`),
      ...attrs.map(name => `user_attrs_${name}`), ...constraints.map(name => `constraints_${name}`), "state"];
    const rows = trials.map(trial => [trial.number, ...objectives.map((_, i) => trial.values?.[i]), time(snapshot, trial.start), time(snapshot, trial.end),
      trial.duration === null ? "" : trial.duration / 1000, ...parameters.map((parameter, i) => hpo.paramOf(parameter, trial.params[i])),
      ...attrs.map(name => trial.attrs?.[name]), ...constraints.map(name => trial.constraints?.[name]), trial.state]);
    return [head, ...rows].map(row => `${row.map(field).join(",")}\r\n`).join("");
  };

  // JSON has no NaN and no infinities: they are these words.
  hpo.trialsJson = (snapshot, trials) => JSON.stringify({
    study: snapshot.name,
    objectives: snapshot.objectives,
    trials: trials.map(trial => ({
      number: trial.number, state: trial.state, values: trial.values ?? null,
      params: Object.fromEntries(snapshot.parameters.map((parameter, i) => [parameter.name, hpo.paramOf(parameter, trial.params[i])]).filter(([, value]) => value !== undefined)),
      datetime_start: time(snapshot, trial.start) || null, datetime_complete: time(snapshot, trial.end) || null,
      intermediate_values: trial.intermediate, feasible: trial.feasible, constraints: trial.constraints ?? {},
      user_attrs: trial.attrs ?? {}, system_attrs: trial.system ?? {},
    })),
  }, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value), 1);
})();
