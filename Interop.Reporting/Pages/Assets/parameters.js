"use strict";
// Plots of the parameters: how much each matters, and the value over it.
(() => {
  const { plots, plotting: { MANY, nothing, canBeLog, numberTip, hollow } } = hpo;

  // What was found by the evaluator that the reader chose, or by the first.
  hpo.importanceOf = (snapshot, name) =>
    snapshot.importance.evaluators.find(known => known.name === name) ?? snapshot.importance.evaluators[0] ?? { byObjective: [] };

  /** @type {(importance: Study["importance"]) => string} */
  const leftOut = ({ trials, leftOut: numbers }) => {
    if (numbers.length === 0) return "";
    const some = numbers.length > 8 ? `${numbers.slice(0, 8).join(", ")}, …` : numbers.join(", ");
    return ` From ${trials.toLocaleString("en")} of ${hpo.count(trials + numbers.length, "complete trial")}; left out, for other parameters, other ranges or values that are not finite: ${some}.`;
  };

  plots.importances = (snapshot, evaluator) => ({ colors, narrow }) => {
    const { importance, objectives } = snapshot;
    const { name: found, byObjective, missing } = hpo.importanceOf(snapshot, evaluator);
    if (importance.missing || missing || byObjective.length === 0) return { empty: importance.missing ?? missing ?? "There are none." };
    const names = Object.keys(byObjective[0]).reverse();
    if (names.length === 0) return { empty: "Optuna found none." };
    const palette = [colors.complete, colors.pruned, colors.running, colors.best];
    const others = snapshot.parameters.filter(parameter => !names.includes(parameter.name)).map(parameter => parameter.name);
    return {
      height: Math.max(narrow ? 200 : 340, 60 + names.length * (objectives.length > 1 ? 22 + 14 * objectives.length : 34)),
      note: `Found with ${found}; the importances sum to 1.${leftOut(importance)}${others.length === 0 ? "" : ` Parameters left out: ${others.join(", ")}.`}${importance.remark ? ` ${importance.remark}` : ""}`,
      label: `Parameter importances: ${Object.entries(byObjective[0]).map(([name, value]) => `${name} ${value.toFixed(2)}`).join(", ")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, /** @param {ChartPoint<number>} bar */ bar => hpo.tip(bar.name, [[bar.seriesName, bar.value.toFixed(4)]])),
        legend: objectives.length > 1 ? hpo.legend(colors) : undefined,
        grid: { ...hpo.base(colors).grid, top: objectives.length > 1 ? 30 : 4, right: 44 },
        xAxis: hpo.axis(colors, "Importance", { min: 0, scale: false }),
        yAxis: hpo.axis(colors, "", { type: "category", data: names, axisLabel: { color: colors.text, fontSize: 12, width: narrow ? 110 : 180, overflow: "truncate" } }),
        series: objectives.map((objective, i) => ({
          name: objective.name, type: "bar", barMaxWidth: 20, itemStyle: { color: palette[i % palette.length], borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: "right", color: colors.text, formatter: /** @param {{ value: number }} bar */ bar => (bar.value < 0.01 ? "<0.01" : bar.value.toFixed(2)) },
          data: names.map(name => byObjective[i]?.[name] ?? 0),
        })),
      },
    };
  };

  // The range of the colours: outliers must not wash out the rest.
  /** @type {(values: number[]) => [low: number, high: number]} */
  const colourRange = values => {
    const sorted = [...values].sort((a, b) => a - b);
    const [low, high, least, most] = [0.05, 0.95, 0, 1].map(share => sorted[Math.round((sorted.length - 1) * share)]);
    return low < high ? [low, high] : [least, most > least ? most : least + 1];
  };

  // Strong colours are good values.
  hpo.valueColours = (snapshot, index, values, colors) => {
    const [min, max] = colourRange(values);
    return { min, max, colors: snapshot.objectives[index].direction === "maximize" ? colors.scale : [...colors.scale].reverse() };
  };

  plots.parallel = (snapshot, index) => ({ colors, narrow }) => {
    const objective = snapshot.objectives[index];
    const better = hpo.isBetter(snapshot, index);
    const complete = hpo.complete(snapshot, index).sort((a, b) => (better(a.values[index], b.values[index]) ? 1 : -1));
    // Of very many, evenly chosen ones by their rank, the best one among them.
    const stride = hpo.stride(complete.length, MANY);
    const trials = complete.filter((_, i) => (complete.length - 1 - i) % stride === 0);
    if (trials.length === 0) return { empty: nothing };
    if (snapshot.parameters.length === 0) return { empty: "The trials have no parameters." };
    const range = hpo.valueColours(snapshot, index, trials.map(trial => trial.values[index]), colors);
    const order = hpo.byImportance(snapshot, index);
    // A rim keeps the labels readable on top of the lines.
    const label = { color: colors.text, fontSize: 11, textBorderColor: colors.card, textBorderWidth: 3 };
    /** @type {Pick<Parameter, "name" | "choices" | "log">[]} */
    const axes = [{ name: objective.name, log: false }, ...order.map(i => snapshot.parameters[i])];
    return {
      height: narrow ? 90 + axes.length * 58 : 380,
      note: `Each line is a complete trial, strong colours are the best ones${snapshot.isConstrained ? "; those that violate constraints are dashed" : ""}. ${stride === 1 ? "" : `${trials.length.toLocaleString("en")} of ${hpo.count(complete.length, "trial")} are drawn, evenly chosen by rank. `}${narrow ? "" : "Drag along an axis to pick a range."}`,
      label: `Parallel coordinates of ${hpo.count(complete.length, "complete trial")} over ${axes.map(axis => axis.name).join(", ")}.`,
      option: {
        ...hpo.base(colors),
        grid: undefined,
        tooltip: { show: false },
        parallel: {
          layout: narrow ? "vertical" : "horizontal", left: narrow ? 16 : 48, right: narrow ? 20 : 56, top: narrow ? 30 : 40, bottom: narrow ? 30 : 26,
          axisExpandable: false,
          parallelAxisDefault: {
            // On a phone the axes lie, with their names above their beginnings.
            nameLocation: narrow ? "start" : "end", nameGap: narrow ? 0 : 14, nameTruncate: { maxWidth: narrow ? 240 : 110 },
            nameTextStyle: narrow
              ? { ...label, fontSize: 12, align: "left", verticalAlign: "bottom", padding: [0, 0, 5, 0] }
              : { color: colors.text, fontSize: 12, align: "center" },
            axisLine: { lineStyle: { color: colors.muted } }, axisTick: { show: false },
            axisLabel: { ...label, formatter: hpo.axis(colors).axisLabel.formatter },
            areaSelectStyle: { color: colors.accent, borderColor: colors.accent },
          },
        },
        parallelAxis: axes.map((axis, dim) => ({
          dim, name: axis.name, scale: true,
          ...(axis.choices
            ? { type: "category", data: axis.choices, axisLabel: { ...label, width: 80, overflow: "truncate" } }
            : { type: axis.log ? "log" : "value" }),
        })),
        // Those that violate constraints lie below, dashed and without a colour of their value. ECharts fits its axes to the first series only.
        series: {
          type: "parallel", smooth: false, inactiveOpacity: 0.02, activeOpacity: 0.9,
          lineStyle: { width: 1.5, opacity: Math.max(0.12, Math.min(0.75, 8 / Math.sqrt(trials.length))) },
          data: [false, true].flatMap(feasible => trials.filter(trial => trial.feasible === feasible)).map(trial => ({
            value: [trial.values[index], ...order.map(i => trial.params[i] ?? "-")],
            lineStyle: trial.feasible ? { color: hpo.css(hpo.mixed((trial.values[index] - range.min) / (range.max - range.min), range.colors)) } : { color: colors.waiting, type: "dashed" },
          })),
        },
      },
    };
  };

  // The indices of the parameters, those first that matter most.
  hpo.byImportance = (snapshot, index) => {
    const importance = hpo.importanceOf(snapshot).byObjective[index] ?? {};
    return snapshot.parameters.map((_, i) => i)
      .sort((a, b) => (importance[snapshot.parameters[b].name] ?? 0) - (importance[snapshot.parameters[a].name] ?? 0));
  };

  plots.slice = (snapshot, index, parameterIndex, log) => ({ colors }) => {
    const objective = snapshot.objectives[index];
    const parameter = snapshot.parameters[parameterIndex];
    const trials = hpo.complete(snapshot, index).filter(trial => trial.params[parameterIndex] !== null);
    if (trials.length === 0) return { empty: "No complete trial has a finite value and this parameter." };
    const isLog = log && canBeLog(trials.map(trial => trial.values[index]));
    const symbolSize = trials.length > MANY ? 3 : 6;
    /** @type {(feasible: boolean) => number[][]} */
    const points = feasible => trials.filter(trial => trial.feasible === feasible).map(trial => [trial.params[parameterIndex] ?? NaN, trial.values[index], trial.number]);
    return {
      height: 240,
      label: `${objective.name} over ${parameter.name} of ${hpo.count(trials.length, "complete trial")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, numberTip(snapshot)),
        grid: { ...hpo.base(colors).grid, top: 10 },
        xAxis: hpo.paramAxis(colors, parameter),
        yAxis: hpo.axis(colors, "", isLog ? { type: "log" } : {}),
        series: [
          ...hpo.shaded(points(true), ([, , number]) => number / Math.max(1, snapshot.trials.length - 1), colors.scale.slice(1), { symbolSize, itemStyle: { opacity: 0.8 } }),
          hpo.scatter(points(false), { symbolSize, itemStyle: hollow(colors) }),
        ],
      },
    };
  };
})();
