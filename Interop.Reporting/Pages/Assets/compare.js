"use strict";
// The page that holds studies of one objective against each other.
(() => {
  // Colours that are told apart with every kind of colour blindness; they begin anew with dashes.
  const DASHES = /** @type {const} */ (["solid", [7, 4], [2, 3]]);
  hpo.lineLook = (place, colors) => {
    const palette = [colors.complete, colors.pruned, colors.running, colors.best, colors.fail];
    return {
      itemStyle: { color: palette[place % palette.length] },
      lineStyle: { width: 2, type: DASHES[Math.floor(place / palette.length) % DASHES.length] },
    };
  };

  /** @typedef {(study: Study) => number[][]} Points */

  /** @type {(studies: Study[], colors: Colors, points: Points) => { name: string, data: number[][] }[]} */
  const lines = (studies, colors, points) => studies.map((study, i) => ({
    name: study.name, type: "line", step: "end", showSymbol: false, symbolSize: 6, ...hpo.lineLook(i, colors), data: points(study),
  })).filter(line => line.data.length > 0);

  /** @type {(studies: Study[], shown: { x: string, points: Points, note: string, label: string, y?: string, yMore?: object }) => Plot} */
  const plot = (studies, { x, points, note, label, y = "Best value so far", yMore = {} }) => ({ colors, narrow }) => {
    const series = lines(studies, colors, points);
    if (series.length === 0) return { empty: "No complete trial has a finite value yet." };
    return {
      height: narrow ? 290 : 340, note, label,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.axisTooltip(colors, items => hpo.tip(`${x}: ${hpo.number(items[0].axisValue)}`,
          items.map(item => [item.seriesName, hpo.number(item.value[1])]))),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60 }),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, x), yAxis: hpo.axis(colors, y, yMore), series,
      },
    };
  };

  /** @type {Points} */
  const byTrial = study => hpo.bestSoFar(study, 0).map(([trial, best], i) => [i + 1, best, trial.number]);

  // Those that started and ended.
  /** @param {Study} study */
  const timed = study => study.trials.flatMap(({ number, start, end, duration }) =>
    (start === undefined || end === undefined || duration === null ? [] : [{ number, start, end, duration }]));

  /** @type {(a: { end?: number }, b: { end?: number }) => number} */
  const byEnd = (a, b) => hpo.compare(a.end, b.end);

  // The seconds that trials have taken up to each one's end: workers side by side count together.
  /** @type {Points} */
  const byTime = study => {
    const spent = new Map();
    let sum = 0;
    for (const { number, duration } of timed(study).sort(byEnd)) {
      sum += duration;
      spent.set(number, sum / 1000);
    }
    return hpo.bestSoFar(study, 0, byEnd).filter(([trial]) => spent.has(trial.number))
      .map(([trial, best]) => [spent.get(trial.number), best, trial.number]);
  };

  /** @type {Points} */
  const distribution = study => hpo.distribution(hpo.complete(study, 0).map(trial => trial.values[0]));

  /** @type {(study: Study) => string[]} */
  const row = study => {
    const best = study.byNumber.get([...study.best][0]);
    const ran = timed(study);
    const finished = study.trials.filter(trial => ["COMPLETE", "PRUNED", "FAIL"].includes(trial.state)).length;
    const pruning = study.pruning;
    return [study.name, best ? hpo.number(best.values?.[0]) : "–", best ? String(best.number) : "–", String(finished),
      hpo.duration(ran.reduce((sum, trial) => sum + trial.duration, 0)),
      ran.length === 0 ? "–" : hpo.duration(ran.reduce((last, trial) => Math.max(last, trial.end), -Infinity) - ran.reduce((first, trial) => Math.min(first, trial.start), Infinity)),
      pruning ? hpo.percent(1 - pruning.steps / pruning.stepsWithoutPruning) : "–",
      best ? study.parameters.flatMap((parameter, i) => (best.params[i] === null ? [] : [`${parameter.name} ${hpo.paramText(parameter, best.params[i])}`])).join(", ") : "–"];
  };

  /** @type {(studies: Study[]) => HTMLElement} */
  const table = studies => {
    const columns = [["Study", "text"], ["Best value"], ["Best trial"], ["Finished trials"], ["Time in trials"], ["Elapsed"], ["Pruning saved"], ["Best parameters", "text"]];
    return hpo.plainTable("Studies", columns, hpo.element("tbody", {}, ...studies.map(study => hpo.element("tr", {}, ...row(study).map((cell, i) =>
      hpo.element(i === 0 ? "th" : "td", { class: columns[i][1], scope: i === 0 ? "row" : null, title: cell }, cell))))));
  };

  /** @type {Study[]} */
  let shown = [];
  /** @type {{ figures: Figure[], table: HTMLElement } | undefined} */
  let view;

  // It is built once: later studies leave alone what the reader has chosen.
  const build = () => {
    const [first] = shown;
    const goal = hpo.plotting.goal(first.objectives[0]);
    const names = shown.map(study => study.name).join(" and ");
    /** @type {(title: string, how: Parameters<typeof plot>[1], className?: string) => Figure} */
    const figure = (title, how, className) => hpo.figure(title, context => plot(shown, how)(context), className);
    const figures = [
      figure("Trade-off: best value by time", {
        x: "Seconds in trials", points: byTime, note: `What each study had found after so much computing; ${goal}.`, label: `Best value by seconds in trials of ${names}.` }, "wide"),
      figure("Best value by trial", {
        x: "Complete trials", points: byTrial, note: `What each study had found after so many complete trials; ${goal}.`, label: `Best value by trials of ${names}.` }),
      figure("Distribution of values", {
        x: first.objectives[0].name, y: "Share of trials", yMore: { min: 0, max: 1, scale: false }, points: distribution, note: "The share of complete trials with at most each value.", label: `Distribution of the values of ${names}.` }),
    ];
    for (const made of figures) made.leadsToTrials = false;
    const card = hpo.element("div", { class: "card" });
    document.getElementById("content").replaceChildren(
      hpo.element("section", { "aria-labelledby": "summary" }, hpo.element("h2", { id: "summary" }, "Studies"), card),
      hpo.element("section", { "aria-labelledby": "plots" }, hpo.element("div", { class: "head" }, hpo.element("h2", { id: "plots" }, "Plots")),
        hpo.element("div", { class: "plots" }, ...figures.map(({ root }) => root))));
    return { figures, table: card };
  };

  // Shows studies, or shows them anew.
  hpo.showComparison = studies => {
    shown = studies;
    const [{ objectives: [objective], storage, takenAt }] = studies;
    hpo.setLarge(studies.some(study => study.trials.length > hpo.plotting.MANY));
    hpo.heading("Comparison of studies", studies.map(study => study.name).join(" · "), `${objective.direction} ${objective.name} · ${storage}`, takenAt);
    view ??= build();
    view.table.replaceChildren(table(studies));
    view.figures.forEach(figure => figure.follow());
  };
})();
