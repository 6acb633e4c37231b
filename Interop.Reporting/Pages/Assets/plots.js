"use strict";
// What each plot of a study shows. Each function gives { option, note, label, height } or { empty }.
(() => {
  const plots = hpo.plots;
  const { MANY, goal, nothing, canBeLog, numberTip, violates, hollow } = hpo.plotting;

  /** @type {(count: number) => string} */
  const left = count => (count === 0 ? "" : ` ${hpo.count(count, "trial")} with an infinite value or none ${count === 1 ? "is" : "are"} only in the table.`);

  // What the history goes by.
  hpo.orders = { number: "Trial number", start: "Start time", end: "Completion time" };

  plots.history = (snapshot, index, log, { by = "number", withPruned = true } = {}) => ({ colors, narrow }) => {
    const objective = snapshot.objectives[index];
    /** @type {(trial: Trial) => number} */
    const place = trial => trial[by] ?? NaN;
    /** @type {(trial: Trial) => boolean} */
    const isPlaced = trial => trial[by] !== undefined;
    const complete = hpo.complete(snapshot, index).filter(isPlaced);
    if (complete.length === 0) return { empty: hpo.complete(snapshot, index).length === 0 ? nothing : "The trials have no such times." };
    const steps = hpo.bestSoFar(snapshot, index, (a, b) => hpo.compare(a[by], b[by])).filter(([trial]) => isPlaced(trial));
    // Of a long course, only where it changes is drawn: the line is the same.
    const course = steps.length > MANY ? steps.filter(([, value], i) => i === 0 || value !== steps[i - 1][1]) : steps;
    const pruned = !withPruned || snapshot.objectives.length > 1 ? []
      : snapshot.trials.flatMap(trial => (trial.state === "PRUNED" && isPlaced(trial) && trial.last !== undefined && Number.isFinite(trial.last)
        ? [{ at: place(trial), last: trial.last, number: trial.number }] : []));
    const last = snapshot.trials.reduce((latest, trial) => Math.max(latest, trial[by] ?? 0), 0);
    const best = course.at(-1);
    const all = snapshot.trials.filter(trial => trial.state === "COMPLETE").length;
    const isLog = log && canBeLog([...complete.map(trial => trial.values[index]), ...pruned.map(trial => trial.last)]);
    const symbolSize = complete.length > MANY ? 3 : 7;
    /** @type {(feasible: boolean) => number[][]} */
    const points = feasible => complete.filter(trial => trial.feasible === feasible).map(trial => [place(trial), trial.values[index], trial.number]);
    const series = [
      hpo.scatter(points(true), { name: "Complete", symbolSize, itemStyle: { color: colors.complete, opacity: 0.75 } }),
      hpo.scatter(points(false), { name: violates, symbolSize, itemStyle: hollow(colors) }),
      hpo.scatter(pruned.map(({ at, last: value, number }) => [at, value, number]),
        { name: "Pruned (last report)", symbol: "triangle", symbolSize: pruned.length > MANY ? 3 : 7, itemStyle: { color: colors.pruned, opacity: 0.75 } }),
      { name: "Best so far", type: "line", step: "end", symbol: "none", lineStyle: { color: colors.best, width: 2 }, itemStyle: { color: colors.best },
        ...hpo.rows([...course.map(([trial, value]) => [place(trial), value]), ...(best ? [[last, best[1]]] : [])]), tooltip: { show: false } },
    ];
    return {
      height: narrow ? 280 : 340,
      note: `${objective.name} of each trial, ${goal(objective)}.${best ? ` Best${complete.length < all ? " finite" : ""}: ${hpo.number(best[1])}.` : ""}${left(all - complete.length)}`,
      label: `Optimization history: ${hpo.count(complete.length, "complete trial")}${best ? `, the best value so far goes from ${hpo.number(course[0][1])} to ${hpo.number(best[1])}` : ""}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, numberTip(snapshot)),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60, data: series.filter(item => item.data.length > 0).map(item => item.name) }),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: by === "number"
          ? hpo.axis(colors, "Trial", { min: 0, max: Math.max(last, 1), minInterval: 1, scale: false })
          : hpo.axis(colors, hpo.orders[by], { type: "time", splitNumber: narrow ? 3 : 6, axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true } }),
        yAxis: hpo.axis(colors, objective.name, isLog ? { type: "log" } : {}),
        series: series.filter(item => item.data.length > 0),
      },
    };
  };

  // Pieces of a curve between reports that are not finite.
  /** @type {(curve: number[][]) => number[][][]} */
  const pieces = curve => {
    /** @type {number[][]} */
    let piece = [];
    const result = [piece];
    for (const point of curve) {
      if (Number.isFinite(point[1])) piece.push(point);
      else if (piece.length > 0) result.push(piece = []);
    }
    return result.filter(({ length }) => length > 0);
  };

  plots.intermediate = (snapshot, log) => ({ colors, narrow }) => {
    const all = snapshot.trials.filter(trial => trial.steps > 0);
    const reporting = hpo.drawnCurves(snapshot);
    const points = reporting.flatMap(trial => trial.intermediate).filter(point => Number.isFinite(point[1]));
    if (points.length === 0) return { empty: "No trial reported values while it ran." };
    const isLog = log && canBeLog(points.map(point => point[1]));
    let [low, high, first, last] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [step, value] of points) {
      [low, high] = [Math.min(low, value), Math.max(high, value)];
      [first, last] = [Math.min(first, step), Math.max(last, step)];
    }
    const pad = (high - low) * 0.04 || Math.abs(high) * 0.04 || 1;
    /** @type {[state: string, name: string, color: string, dash: string | number[]][]} */
    const groups = [["COMPLETE", "Complete", colors.complete, "solid"], ["PRUNED", "Pruned", colors.pruned, [5, 3]],
      ["FAIL", "Failed", colors.fail, [2, 3]], ["RUNNING", "Running", colors.running, "solid"]];
    /** @type {{ name: string, [part: string]: unknown }[]} */
    const series = groups.flatMap(([state, name, color, dash]) => {
      const curves = reporting.filter(trial => trial.state === state)
        .flatMap(({ number, intermediate }) => pieces(intermediate).map(piece => ({ number, piece })));
      if (curves.length === 0) return [];
      const opacity = Math.max(0.05, Math.min(0.7, 5 / Math.sqrt(curves.length)));
      const lines = curves.filter(({ piece }) => piece.length > 1);
      const dots = curves.filter(({ piece }) => piece.length === 1);
      return [
        { name, type: "lines", coordinateSystem: "cartesian2d", polyline: true, clip: true, itemStyle: { color },
          large: lines.length > MANY, lineStyle: { color, width: 1.4, opacity, type: lines.length > MANY ? "solid" : dash },
          data: lines.map(({ number, piece }) => ({ coords: piece, number })) },
        { name, type: "scatter", symbolSize: 5, itemStyle: { color, opacity: Math.max(opacity, 0.4) },
          data: dots.map(({ number, piece }) => ({ value: piece[0], number })) },
      ];
    });
    const best = snapshot.objectives.length === 1 ? snapshot.trials.find(trial => snapshot.best.has(trial.number)) : undefined;
    if (best?.intermediate?.length) {
      series.push({ name: "Best trial", type: "line", symbolSize: 6, itemStyle: { color: colors.best }, lineStyle: { color: colors.best, width: 2.5 },
        data: best.intermediate.map(([step, value]) => ({ value: [step, Number.isFinite(value) ? value : "-"], number: best.number })), z: 5 });
    }
    const pruned = all.filter(trial => trial.state === "PRUNED").length;
    return {
      height: narrow ? 280 : 340,
      note: `Reported values by step; ${pruned === 0 ? "no curve ends by pruning" : `${hpo.count(pruned, "curve")} ${pruned === 1 ? "ends" : "end"} early by pruning`}.${reporting.length === all.length ? "" : ` ${reporting.length.toLocaleString("en")} of ${hpo.count(all.length, "curve")} are drawn, evenly chosen, with the latest and the best.`}`,
      label: `Intermediate values of ${hpo.count(all.length, "trial")} over steps ${first} to ${last}, from ${hpo.number(low)} to ${hpo.number(high)}; ${pruned} pruned.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, item => hpo.trialTip(snapshot, item.data.number)),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60, data: [...new Set(series.map(item => item.name))] }),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "Step", { min: first, max: Math.max(last, first + 1), minInterval: 1, scale: false }),
        yAxis: hpo.axis(colors, "Reported value", isLog ? { type: "log", min: low, max: high } : { min: low - pad, max: high + pad, axisLabel: { ...hpo.axis(colors).axisLabel, showMinLabel: false, showMaxLabel: false } }),
        series,
      },
    };
  };

  // Trials that ran at the same time lie in different rows.
  /** @typedef {{ number: number, state: string, start: number, until: number }} Bar */
  /** @type {(bars: Bar[]) => (Bar & { row: number })[]} */
  const inRows = bars => {
    /** @type {number[]} */
    const ends = [];
    return bars.map(bar => {
      let row = ends.findIndex(end => end <= bar.start);
      if (row < 0) row = ends.length;
      ends[row] = bar.until;
      return { ...bar, row };
    });
  };

  plots.timeline = snapshot => ({ colors, narrow }) => {
    const started = inRows(snapshot.trials.flatMap(({ number, state, start, end }) =>
      (start === undefined ? [] : [{ number, state, start, until: Math.max(end ?? snapshot.takenAt, start) }]))
      .sort((a, b) => a.start - b.start));
    if (started.length === 0) return { empty: "No trial has started yet." };
    const count = started.reduce((most, { row }) => Math.max(most, row + 1), 0);
    const states = [["COMPLETE", "Complete", colors.complete], ["PRUNED", "Pruned", colors.pruned], ["FAIL", "Failed", colors.fail], ["RUNNING", "Running", colors.running]];
    const [begin, end] = [started[0].start, started.reduce((latest, trial) => Math.max(latest, trial.until), 0)];
    /** @type {RenderItem} */
    const bar = (params, api) => {
      const [x, y] = api.coord([api.value(0), api.value(3)]);
      const width = Math.max(started.length > MANY ? 0.3 : 1, api.coord([api.value(1), api.value(3)])[0] - x - (started.length > 200 ? 0 : 1));
      const height = api.size([0, 1])[1] * 0.72;
      const shape = echarts.graphic.clipRectByRect({ x, y: y - height / 2, width, height }, params.coordSys);
      return shape && { type: "rect", shape: { ...shape, r: Math.min(2, width / 3) }, style: api.style() };
    };
    const series = states.map(([state, name, color]) => ({
      name, type: "custom", renderItem: bar, itemStyle: { color }, encode: { x: [0, 1], y: 3 },
      ...hpo.rows(started.filter(trial => trial.state === state).map(({ start, until, number, row }) => [start, until, number, row])),
    })).filter(item => item.data.length > 0);
    return {
      height: Math.min(420, 150 + count * 26),
      note: `When each trial ran. ${count === 1 ? "One ran at a time." : `At most ${count} ran at once, each in a row of its own.`}`,
      label: `Timeline of ${hpo.count(started.length, "trial")} from ${hpo.time(begin)} to ${hpo.time(end)}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, item => hpo.trialTip(snapshot, item.value[2], [["Started", hpo.time(item.value[0])]])),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60, data: series.map(item => item.name) }),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "", { type: "time", min: begin, max: Math.max(end, begin + 1), splitNumber: narrow ? 3 : 8, axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true } }),
        yAxis: hpo.axis(colors, "", { type: "category", data: Array.from({ length: count }, (_, i) => i + 1), axisLabel: { show: false }, splitLine: { show: false } }),
        series,
      },
    };
  };

  plots.front = (snapshot, x, y) => ({ colors, narrow }) => {
    const [horizontal, vertical] = [snapshot.objectives[x], snapshot.objectives[y]];
    const complete = hpo.complete(snapshot, x).filter(trial => Number.isFinite(trial.values[y]));
    if (complete.length === 0) return { empty: nothing };
    const groupOf = /** @param {Trial} trial */ trial => (snapshot.best.has(trial.number) ? "Pareto front" : trial.feasible ? "Others" : violates);
    const groups = [
      { name: "Others", symbol: "circle", symbolSize: 6, itemStyle: { color: colors.complete, opacity: 0.85 } },
      { name: violates, symbol: "circle", symbolSize: 7, itemStyle: hollow(colors) },
      { name: "Pareto front", symbol: "diamond", symbolSize: 10, itemStyle: { color: colors.best, opacity: 0.85 } },
    ].map(group => ({
      name: group.name,
      ...hpo.scatter(complete.filter(trial => groupOf(trial) === group.name).map(trial => [trial.values[x], trial.values[y], trial.number]), group, false),
    })).filter(group => group.data.length > 0);
    return {
      height: narrow ? 300 : 380,
      note: `${hpo.count(snapshot.best.size, "trial")} that no other one beats; ${horizontal.name}: ${goal(horizontal)}, ${vertical.name}: ${goal(vertical)}.`,
      label: `Pareto front of ${horizontal.name} and ${vertical.name}: ${snapshot.best.size} of ${hpo.count(complete.length, "complete trial")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, numberTip(snapshot)),
        legend: hpo.legend(colors, { right: narrow ? 0 : 60 }),
        ...hpo.picking(colors, narrow),
        xAxis: hpo.axis(colors, horizontal.name), yAxis: hpo.axis(colors, vertical.name), series: groups,
      },
    };
  };
})();
