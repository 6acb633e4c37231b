"use strict";
// Plots of the values: their distribution, their ranks over two parameters, the hypervolume of several objectives, and what could still be gained.
(() => {
  const { plots, plotting: { MANY, nothing } } = hpo;

  // The share of values that are at most each one.
  hpo.distribution = values => [...values].sort((a, b) => a - b).map((value, i) => [value, (i + 1) / values.length]);

  plots.edf = (snapshot, index) => ({ colors, narrow }) => {
    const objective = snapshot.objectives[index];
    const points = hpo.distribution(hpo.complete(snapshot, index).map(trial => trial.values[index]));
    if (points.length === 0) return { empty: nothing };
    const [[least], [middle], [most]] = [0, Math.floor((points.length - 1) / 2), points.length - 1].map(i => points[i]);
    return {
      height: narrow ? 280 : 340,
      note: `The share of complete trials with at most each value; half have at most ${hpo.number(middle)}.`,
      label: `Empirical distribution of ${objective.name}: from ${hpo.number(least)} over the median ${hpo.number(middle)} to ${hpo.number(most)}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.axisTooltip(colors, ([point]) => hpo.tip(objective.name, [["Value", hpo.number(point.value[0])], ["Share", hpo.percent(point.value[1])]])),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, objective.name), yAxis: hpo.axis(colors, "Share of trials", { min: 0, max: 1, scale: false }),
        series: { type: "line", step: "end", symbol: "none", itemStyle: { color: colors.complete }, lineStyle: { color: colors.complete, width: 2 },
          ...hpo.rows(points) },
      },
    };
  };

  plots.rank = (snapshot, index, x, y) => ({ colors, narrow }) => {
    if (snapshot.parameters.length < 2) return { empty: "It takes two parameters." };
    const [horizontal, vertical] = [snapshot.parameters[x], snapshot.parameters[y]];
    const better = hpo.isBetter(snapshot, index);
    const ranked = hpo.complete(snapshot, index).sort((a, b) => (better(a.values[index], b.values[index]) ? -1 : better(b.values[index], a.values[index]) ? 1 : 0));
    const points = ranked.flatMap((trial, rank) => hpo.placed([trial], x, y).map(({ at }) => [...at, trial.number, rank]));
    if (points.length === 0) return { empty: "No complete trial has a finite value and both parameters." };
    return {
      height: narrow ? 300 : 360,
      note: `The trials over ${horizontal.name} and ${vertical.name}; the stronger the colour, the better its rank by ${snapshot.objectives[index].name}.`,
      label: `Ranks of ${hpo.count(points.length, "complete trial")} over ${horizontal.name} and ${vertical.name}; the best is trial ${points[0][2]}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, point => hpo.trialTip(snapshot, point.value[2], [["Rank", `${point.value[3] + 1} of ${ranked.length}`]])),
        grid: { ...hpo.base(colors).grid, top: 10 },
        xAxis: hpo.paramAxis(colors, horizontal), yAxis: hpo.paramAxis(colors, vertical),
        // The best lie on top.
        series: hpo.shaded(points.reverse(), ([, , , rank]) => 1 - rank / Math.max(1, ranked.length - 1), colors.scale, {
          symbolSize: points.length > MANY ? 3 : 8, itemStyle: { opacity: 0.9, borderColor: colors.line, borderWidth: points.length > MANY ? 0 : 1 } }),
      },
    };
  };

  // Those trials that have both of two parameters, and where they are over these.
  hpo.placed = (trials, x, y) => trials.flatMap(trial => {
    const [first, second] = [trial.params[x], trial.params[y]];
    return first === null || second === null ? [] : [{ trial, at: [first, second] }];
  });

  // The volume between points and a reference that all of them beat, everything being minimised: slices along the last objective.
  /** @type {(points: number[][], reference: number[], dimensions: number) => number} */
  const volume = (points, reference, dimensions) => {
    if (points.length === 0) return 0;
    if (dimensions === 1) return reference[0] - points.reduce((least, [value]) => Math.min(least, value), Infinity);
    const last = dimensions - 1;
    const sorted = [...points].sort((a, b) => a[last] - b[last]);
    if (dimensions === 2) {
      let [sum, least] = [0, Infinity];
      sorted.forEach((point, i) => {
        least = Math.min(least, point[0]);
        sum += (reference[0] - least) * ((sorted[i + 1]?.[1] ?? reference[1]) - point[1]);
      });
      return sum;
    }
    return sorted.reduce((sum, point, i) => {
      const depth = (sorted[i + 1]?.[last] ?? reference[last]) - point[last];
      return depth === 0 ? sum : sum + depth * volume(sorted.slice(0, i + 1), reference, last);
    }, 0);
  };

  /** @type {(a: number[], b: number[]) => boolean} */
  const dominates = (a, b) => a.every((value, i) => value <= b[i]);

  // Slicing three objectives is slow on large fronts: then it is done at so many trials at most.
  const MOST_VOLUMES = 60;

  // Pairs of trial and the front's hypervolume since, wherever that changes.
  /** @param {Study} snapshot */
  const course = snapshot => {
    const signs = snapshot.objectives.map(objective => (objective.direction === "maximize" ? -1 : 1));
    const trials = hpo.complete(snapshot, 0).filter(trial => trial.feasible && trial.values.every(Number.isFinite));
    const points = trials.map(trial => trial.values.map((value, i) => signs[i] * value));
    const reference = signs.map((_, i) => {
      const [low, high] = points.reduce(([least, most], point) => [Math.min(least, point[i]), Math.max(most, point[i])], [Infinity, -Infinity]);
      return high + ((high - low) * 0.1 || 1);
    });
    /** @type {number[][]} */
    let front = [];
    /** @type {[Trial, number[][]][]} */
    const fronts = [];
    points.forEach((point, i) => {
      if (front.some(known => dominates(known, point))) return;
      front = [...front.filter(known => !dominates(point, known)), point];
      fronts.push([trials[i], front]);
    });
    const stride = signs.length === 2 ? 1 : Math.ceil(fronts.length / MOST_VOLUMES);
    return {
      reference: reference.map((value, i) => signs[i] * value),
      steps: fronts.filter((_, i) => i % stride === 0 || i === fronts.length - 1).map(([trial, members]) => ({ number: trial.number, volume: volume(members, reference, signs.length) })),
    };
  };

  plots.hypervolume = snapshot => ({ colors, narrow }) => {
    if (![2, 3].includes(snapshot.objectives.length)) return { empty: "It is shown for two or three objectives." };
    const { reference, steps } = course(snapshot);
    if (steps.length === 0) return { empty: nothing };
    const last = snapshot.trials[snapshot.trials.length - 1].number;
    const points = steps.map(step => [step.number, step.volume, step.number]);
    const [begin, end] = [points[0], points[points.length - 1]];
    return {
      height: narrow ? 280 : 340,
      note: `How much of the objectives' space the Pareto front dominates, up to the worst values and a tenth beyond: ${snapshot.objectives.map((objective, i) => `${objective.name} ${hpo.number(reference[i])}`).join(", ")}. Higher is better.`,
      label: `Hypervolume: from ${hpo.number(begin[1])} at trial ${begin[0]} to ${hpo.number(end[1])} at trial ${end[0]}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, point => hpo.tip(`Trial ${point.value[0]}`, [["Hypervolume", hpo.number(point.value[1])]])),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "Trial", { min: 0, max: Math.max(last, 1), minInterval: 1, scale: false }), yAxis: hpo.axis(colors, "Hypervolume"),
        series: { type: "line", step: "end", symbolSize: 5, itemStyle: { color: colors.best }, lineStyle: { color: colors.best, width: 2 },
          data: [...points, [last, end[1]]] },
      },
    };
  };

  plots.terminator = snapshot => ({ colors, narrow }) => {
    const { evaluator = "", estimates = [], complete = 0, minTrials = 0, missing } = snapshot.terminator ?? {};
    if (missing || estimates.length === 0) return { empty: missing ?? "It was not asked for." };
    const errors = estimates.flatMap(({ number, error }) => (error === undefined ? [] : [[number, error]]));
    const [first, last] = [estimates[0], estimates[estimates.length - 1]];
    const stops = last.error !== undefined && complete >= minTrials && last.improvement < last.error;
    const series = [
      { name: "Improvement", type: "line", symbolSize: 5, itemStyle: { color: colors.complete }, lineStyle: { color: colors.complete, width: 2 },
        ...hpo.rows(estimates.map(({ number, improvement }) => [number, improvement])) },
      { name: "Error", type: "line", symbol: "none", itemStyle: { color: colors.pruned }, lineStyle: { color: colors.pruned, width: 2, type: "dashed" }, ...hpo.rows(errors) },
    ].filter(({ data }) => data.length > 0);
    return {
      height: narrow ? 280 : 340,
      note: `What could still be gained after a trial, by Optuna's ${evaluator}${estimates.length < complete ? `, after ${estimates.length} of ${hpo.count(complete, "complete trial")}, evenly chosen` : ""}.${
        errors.length === 0 ? " There is no error of the values to compare it with." : ` Optuna's Terminator stops below the error, from ${minTrials} complete trials on: it ${stops ? "would stop now" : "would go on"}.`}`,
      label: `Improvement that remains: from ${hpo.number(first.improvement)} after trial ${first.number} to ${hpo.number(last.improvement)} after trial ${last.number}${last.error === undefined ? "" : `; the error is ${hpo.number(last.error)}`}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.axisTooltip(colors, points => hpo.tip(`Trial ${points[0].axisValue}`, points.map(({ seriesName, value }) => [seriesName, hpo.number(value[1])]))),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60, data: series.map(({ name }) => name) }),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "Trial", { min: 0, max: Math.max(last.number, 1), minInterval: 1, scale: false }), yAxis: hpo.axis(colors, "Improvement"),
        series,
      },
    };
  };
})();
