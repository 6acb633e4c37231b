"use strict";
// Plots of the values: their distribution, their ranks over two parameters, and the hypervolume of several objectives.
(() => {
  const { plots, plotting: { MANY, goal, nothing, numberTip } } = hpo;

  plots.edf = (snapshot, index) => ({ colors, narrow }) => {
    const objective = snapshot.objectives[index];
    const values = hpo.complete(snapshot, index).map(trial => trial.values[index]).sort((a, b) => a - b);
    if (values.length === 0) return { empty: nothing };
    const middle = values[Math.floor((values.length - 1) / 2)];
    return {
      height: narrow ? 280 : 340,
      note: `The share of complete trials with at most each value; half have at most ${hpo.number(middle)}.`,
      label: `Empirical distribution of ${objective.name}: from ${hpo.number(values[0])} over the median ${hpo.number(middle)} to ${hpo.number(values.at(-1))}.`,
      option: {
        ...hpo.base(colors),
        tooltip: { ...hpo.base(colors).tooltip, trigger: "axis", formatter: ([point]) => hpo.tip(objective.name, [["Value", hpo.number(point.value[0])], ["Share", hpo.percent(point.value[1])]]) },
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, objective.name), yAxis: hpo.axis(colors, "Share of trials", { min: 0, max: 1, scale: false }),
        series: { type: "line", step: "end", symbol: "none", itemStyle: { color: colors.complete }, lineStyle: { color: colors.complete, width: 2 },
          data: values.map((value, i) => [value, (i + 1) / values.length]) },
      },
    };
  };

  plots.rank = (snapshot, index, x, y) => ({ colors, narrow }) => {
    if (snapshot.parameters.length < 2) return { empty: "It takes two parameters." };
    const [horizontal, vertical] = [snapshot.parameters[x], snapshot.parameters[y]];
    const better = hpo.isBetter(snapshot, index);
    const ranked = hpo.complete(snapshot, index).sort((a, b) => (better(a.values[index], b.values[index]) ? -1 : better(b.values[index], a.values[index]) ? 1 : 0));
    const points = ranked.map((trial, rank) => [trial.params[x], trial.params[y], trial.number, rank])
      .filter(([first, second]) => first !== null && second !== null);
    if (points.length === 0) return { empty: "No complete trial has a finite value and both parameters." };
    return {
      height: narrow ? 300 : 360,
      note: `The trials over ${horizontal.name} and ${vertical.name}; the stronger the colour, the better its rank by ${snapshot.objectives[index].name}.`,
      label: `Ranks of ${hpo.count(points.length, "complete trial")} over ${horizontal.name} and ${vertical.name}; the best is trial ${points[0][2]}.`,
      option: {
        ...hpo.base(colors),
        tooltip: { ...hpo.base(colors).tooltip, formatter: point => hpo.trialTip(snapshot, snapshot.byNumber.get(point.value[2]), [["Rank", `${point.value[3] + 1} of ${ranked.length}`]]) },
        grid: { ...hpo.base(colors).grid, top: 10 },
        visualMap: { show: false, dimension: 3, min: 0, max: Math.max(1, ranked.length - 1), inRange: { color: [...colors.scale].reverse() } },
        xAxis: hpo.paramAxis(colors, horizontal), yAxis: hpo.paramAxis(colors, vertical),
        // The best lie on top.
        series: { type: "scatter", symbolSize: points.length > MANY ? 4 : 8, itemStyle: { opacity: 0.9, borderColor: colors.line, borderWidth: points.length > MANY ? 0 : 1 }, data: points.reverse() },
      },
    };
  };

  // The volume between points and a reference that all of them beat, everything being minimised: slices along the last objective.
  const volume = (points, reference, dimensions) => {
    if (points.length === 0) return 0;
    if (dimensions === 1) return reference[0] - Math.min(...points.map(point => point[0]));
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

  const dominates = (a, b) => a.every((value, i) => value <= b[i]);

  // Slicing three objectives is slow on large fronts: then it is done at so many trials at most.
  const MOST_VOLUMES = 60;

  // Pairs of trial and the front's hypervolume since, wherever that changes.
  const course = snapshot => {
    const signs = snapshot.objectives.map(objective => (objective.direction === "maximize" ? -1 : 1));
    const trials = hpo.complete(snapshot, 0).filter(trial => trial.feasible && trial.values.every(Number.isFinite));
    const points = trials.map(trial => trial.values.map((value, i) => signs[i] * value));
    const reference = signs.map((_, i) => {
      const [low, high] = points.reduce(([least, most], point) => [Math.min(least, point[i]), Math.max(most, point[i])], [Infinity, -Infinity]);
      return high + ((high - low) * 0.1 || 1);
    });
    let front = [];
    const fronts = [];
    points.forEach((point, i) => {
      if (front.some(known => dominates(known, point))) return;
      front = [...front.filter(known => !dominates(point, known)), point];
      fronts.push([trials[i], front]);
    });
    const stride = signs.length === 2 ? 1 : Math.ceil(fronts.length / MOST_VOLUMES);
    return {
      reference: reference.map((value, i) => signs[i] * value),
      steps: fronts.filter((_, i) => i % stride === 0 || i === fronts.length - 1).map(([trial, members]) => [trial, volume(members, reference, signs.length)]),
    };
  };

  plots.hypervolume = snapshot => ({ colors, narrow }) => {
    if (![2, 3].includes(snapshot.objectives.length)) return { empty: "It is shown for two or three objectives." };
    const { reference, steps } = course(snapshot);
    if (steps.length === 0) return { empty: nothing };
    const last = snapshot.trials.at(-1).number;
    const points = steps.map(([trial, size]) => [trial.number, size, trial.number]);
    return {
      height: narrow ? 280 : 340,
      note: `How much of the objectives' space the Pareto front dominates, up to the worst values and a tenth beyond: ${snapshot.objectives.map((objective, i) => `${objective.name} ${hpo.number(reference[i])}`).join(", ")}. Higher is better.`,
      label: `Hypervolume: from ${hpo.number(points[0][1])} at trial ${points[0][0]} to ${hpo.number(points.at(-1)[1])} at trial ${points.at(-1)[0]}.`,
      option: {
        ...hpo.base(colors),
        tooltip: { ...hpo.base(colors).tooltip, formatter: point => hpo.tip(`Trial ${point.value[0]}`, [["Hypervolume", hpo.number(point.value[1])]]) },
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "Trial", { min: 0, max: Math.max(last, 1), minInterval: 1, scale: false }), yAxis: hpo.axis(colors, "Hypervolume"),
        series: { type: "line", step: "end", symbolSize: 5, itemStyle: { color: colors.best }, lineStyle: { color: colors.best, width: 2 },
          data: [...points, [last, points.at(-1)[1]]] },
      },
    };
  };
})();
