"use strict";
// Numbers, times, words and elements. Whatever comes from a study gets into the page as text, never as HTML.
const hpo = {};

(() => {
  const TRIMMED = /\.?0+(?=e|$)/;

  // Four digits are enough to read; the table's cells hold all in their titles.
  hpo.number = value => {
    if (value === null || value === undefined) return "–";
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value).replace("-", "−");
    const text = Math.abs(value) < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
    return (text.includes(".") ? text.replace(TRIMMED, "") : text).replace("-", "−");
  };

  hpo.duration = milliseconds => {
    if (milliseconds === null || milliseconds === undefined) return "–";
    const seconds = milliseconds / 1000;
    if (seconds < 1) return `${Math.round(milliseconds)} ms`;
    if (seconds < 60) return `${seconds.toFixed(1)} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  };

  // The times of trials have no zone; they are shown as they were written.
  hpo.time = milliseconds =>
    milliseconds === undefined || milliseconds === null ? "–" : new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");

  hpo.count = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  hpo.percent = share => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

  // Numbers by size and words by the alphabet, numbers in them by size; what is missing comes last.
  hpo.compare = (a, b, descending = false) => {
    const isMissing = value => value === undefined || value === null;
    if (isMissing(a) || isMissing(b)) return isMissing(a) - isMissing(b);
    const [first, second] = descending ? [b, a] : [a, b];
    if (typeof first !== "number" || typeof second !== "number") return String(first).localeCompare(String(second), "en", { numeric: true });
    // Two infinities have no difference, and NaN is last among numbers.
    if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) - Number.isNaN(second);
    return first < second ? -1 : first > second ? 1 : 0;
  };

  hpo.element = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
  };

  hpo.section = (id, title, ...content) =>
    hpo.element("section", { "aria-labelledby": id }, hpo.element("h2", { id }, title), ...content);

  hpo.trialLink = (number, text) => hpo.element("a", { href: `#trial-${number}` }, text ?? String(number));

  hpo.facts = pairs => hpo.element("dl", { class: "facts" },
    ...pairs.flatMap(([name, value]) => [hpo.element("dt", {}, name), hpo.element("dd", {}, value)]));

  hpo.state = (state, text) =>
    hpo.element("span", { class: `state ${state.toLowerCase()}` }, text ?? state);

  hpo.select = (label, options, chosen, changed) => {
    const select = hpo.element("select", { onchange: event => changed(event.target.value) },
      ...options.map(([value, text]) => hpo.element("option", { value, selected: value === chosen }, text)));
    return hpo.element("label", { class: "choice" }, label, select);
  };

  // The text of a trial's parameter.
  hpo.paramText = (parameter, value) =>
    value === null || value === undefined ? "–" : parameter.choices ? parameter.choices[value] : hpo.number(value);

  // NaN and the infinities travel as strings. What several plots need of a trial is computed once.
  const number = value => (typeof value === "string" ? Number(value) : value);

  // A large study comes without the curves that no plot draws.
  const giveCurve = (trial, curve) => {
    trial.intermediate = curve?.map(([step, value]) => [step, number(value)]);
    trial.steps = curve ? curve.length : trial.steps;
    trial.last = curve ? trial.intermediate.at(-1)?.[1] : number(trial.last);
  };

  const reviveTrial = trial => {
    trial.values = trial.values?.map(number);
    trial.params = trial.params.map(value => (value === null ? null : number(value)));
    giveCurve(trial, trial.intermediate);
    for (const [name, violation] of Object.entries(trial.constraints ?? {})) trial.constraints[name] = number(violation);
    trial.duration = trial.start !== undefined && trial.end !== undefined ? trial.end - trial.start : null;
    return trial;
  };

  hpo.revive = snapshot => {
    snapshot.trials.forEach(reviveTrial);
    snapshot.isConstrained = snapshot.trials.some(trial => trial.constraints);
    snapshot.byNumber = new Map(snapshot.trials.map(trial => [trial.number, trial]));
    snapshot.best = new Set(snapshot.best);
    return snapshot;
  };

  // The trials are by number: where one is, or belongs.
  const placeOf = (trials, wanted) => {
    let [low, high] = [0, trials.length];
    if (high === 0 || trials[high - 1].number < wanted) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (trials[middle].number < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // A newer snapshot that came with the changed trials only. It takes the trials of the older one over.
  hpo.merge = (known, news) => {
    const { trials, byNumber } = known;
    for (const trial of news.trials.map(reviveTrial)) {
      trials.splice(placeOf(trials, trial.number), byNumber.has(trial.number) ? 1 : 0, trial);
      byNumber.set(trial.number, trial);
    }
    return { ...news, trials, byNumber, best: new Set(news.best), isConstrained: known.isConstrained || news.trials.some(trial => trial.constraints) };
  };

  // Curves that were fetched later, in what shows them.
  hpo.giveCurves = (snapshot, trials) => trials.forEach(({ number, intermediate }) => {
    const trial = snapshot.byNumber.get(number);
    if (trial && !trial.intermediate) giveCurve(trial, intermediate);
  });

  // The complete trials that have a finite value of an objective.
  hpo.complete = (snapshot, objective) =>
    snapshot.trials.filter(trial => trial.state === "COMPLETE" && Number.isFinite(trial.values?.[objective]));

  hpo.isBetter = (snapshot, objective) =>
    snapshot.objectives[objective].direction === "maximize" ? (a, b) => a > b : (a, b) => a < b;

  // The best value so far after each trial: pairs of trial and value.
  hpo.bestSoFar = (snapshot, objective, order = (a, b) => a.number - b.number) => {
    const better = hpo.isBetter(snapshot, objective);
    const course = [];
    let best;
    for (const trial of hpo.complete(snapshot, objective).filter(trial => trial.feasible).sort(order)) {
      const value = trial.values[objective];
      if (best === undefined || better(value, best)) best = value;
      course.push([trial, best]);
    }
    return course;
  };
})();
