"use strict";
// The graph of preferences: an arrow from each trial to those that it was preferred to, the best ones on top.
(() => {
  // More than these are no picture any more.
  const MOST = 60;
  const [ROW, COLUMN, NODE, SMALLEST, HIGHEST] = [56, 140, 26, 10, 1600];

  /** @typedef {Map<number, Set<number>>} Worse Of each trial, those that it was preferred to. */

  /** @type {(pairs: number[][]) => Worse} */
  const graphOf = pairs => {
    /** @type {Worse} */
    const worse = new Map();
    for (const number of pairs.flat()) worse.set(number, worse.get(number) ?? new Set());
    for (const [better, bad] of pairs) if (better !== bad) worse.get(better)?.add(bad);
    return worse;
  };

  // The trials, each before those that it was preferred to. Where people contradict each other in a circle, one of its preferences goes up.
  /** @type {(worse: Worse) => number[]} */
  const sorted = worse => {
    /** @type {Set<number>} */
    const seen = new Set();
    /** @type {number[]} */
    const order = [];
    /** @param {number} start */
    const visit = start => {
      const path = [{ number: start, rest: [...worse.get(start) ?? []] }];
      seen.add(start);
      while (path.length > 0) {
        const { number, rest } = path[path.length - 1];
        const next = rest.pop();
        if (next === undefined) {
          order.push(number);
          path.pop();
        } else if (!seen.has(next)) {
          seen.add(next);
          path.push({ number: next, rest: [...worse.get(next) ?? []] });
        }
      }
    };
    // Those that nothing was preferred to begin: a circle is entered from above.
    const beaten = new Set([...worse.values()].flatMap(all => [...all]));
    for (const number of [...worse.keys()].sort((a, b) => Number(beaten.has(a)) - Number(beaten.has(b)) || a - b)) if (!seen.has(number)) visit(number);
    return order.reverse();
  };

  // Each trial below the middle of the better ones, so that few arrows cross.
  /** @type {(rows: number[][], arrows: number[][]) => number[][]} */
  const untangled = (rows, arrows) => {
    /** @type {Map<number, number>} */
    const at = new Map();
    /** @param {number} number */
    const middle = number => {
      const above = arrows.flatMap(([better, worse]) => (worse === number ? [at.get(better) ?? 0] : []));
      return above.length === 0 ? 0 : above.reduce((sum, place) => sum + place, 0) / above.length;
    };
    return rows.map(numbers => {
      const places = numbers.map(number => ({ number, place: middle(number) })).sort((a, b) => a.place - b.place || a.number - b.number);
      places.forEach(({ number }, i) => at.set(number, i - (places.length - 1) / 2));
      return places.map(({ number }) => number);
    });
  };

  hpo.preferenceGraph = pairs => {
    const worse = graphOf(pairs);
    const order = sorted(worse);
    const place = new Map(order.map((number, i) => [number, i]));
    /** @type {(number: number) => number} */
    const placeOf = number => place.get(number) ?? 0;
    /** @type {Map<number, number>} */
    const row = new Map();
    /** @type {Worse} */
    const below = new Map();
    /** @type {[better: number, worse: number][]} */
    const arrows = [];
    for (const number of [...order].reverse()) {
      /** @type {Set<number>} */
      const reached = new Set();
      // The nearest first: what can be reached by a longer way says nothing more. What goes up closes a circle, and is drawn.
      for (const other of [...worse.get(number) ?? []].sort((a, b) => placeOf(a) - placeOf(b))) {
        if (!reached.has(other)) arrows.push([number, other]);
        if (placeOf(other) < placeOf(number)) continue;
        reached.add(other);
        for (const further of below.get(other) ?? []) reached.add(further);
      }
      below.set(number, reached);
    }
    // The row of a trial is the longest way down to it.
    /** @type {number[][]} */
    const rows = [];
    for (const number of order) {
      const at = row.get(number) ?? 0;
      (rows[at] ??= []).push(number);
      for (const other of worse.get(number) ?? []) if (placeOf(other) > placeOf(number)) row.set(other, Math.max(row.get(other) ?? 0, at + 1));
    }
    return { rows: untangled(rows, arrows), arrows };
  };

  // The latest preferences, among as many trials as can be drawn. A trial that was the worst is compared no more, so that a choice's
  // preferences are no older than the last choices of both.
  /** @type {(preferential: Preferential) => { shown: number[], pairs: number[][] }} */
  const latest = ({ pairs, choices }) => {
    const last = new Map(choices.filter(({ isTakenBack }) => !isTakenBack).flatMap(({ candidates }, i) => candidates.map(number => [number, i])));
    /** @type {(pair: number[]) => number} */
    const time = pair => Math.min(...pair.map(number => last.get(number) ?? -1));
    /** @type {Set<number>} */
    const shown = new Set();
    for (const pair of [...pairs].sort((a, b) => time(b) - time(a) || Math.max(...b) - Math.max(...a))) {
      const more = pair.filter(number => !shown.has(number));
      if (shown.size + more.length > MOST) break;
      more.forEach(number => shown.add(number));
    }
    return { shown: [...shown], pairs: pairs.filter(pair => pair.every(number => shown.has(number))) };
  };

  hpo.plots.preferences = snapshot => ({ colors, width }) => {
    if (!snapshot.preferential || snapshot.preferential.pairs.length === 0) return { empty: "No trials were compared yet." };
    const compared = new Set(snapshot.preferential.pairs.flat()).size;
    const { shown, pairs } = latest(snapshot.preferential);
    const { rows, arrows } = hpo.preferenceGraph(pairs);
    const most = Math.max(...rows.map(({ length }) => length));
    const step = Math.min(COLUMN, (width - 2 * NODE) / most);
    const height = Math.min(HIGHEST, (rows.length + 0.5) * ROW);
    const gap = (height - 2 * NODE) / Math.max(rows.length - 1, 1);
    const size = Math.max(SMALLEST, Math.min(NODE, step - 4, gap - 4));
    const nodes = rows.flatMap((numbers, y) => numbers.map((number, i) => {
      const isBest = snapshot.best.has(number);
      return {
        name: String(number), number, x: width / 2 + (i - (numbers.length - 1) / 2) * step, y: rows.length === 1 ? height / 2 : NODE + y * gap,
        itemStyle: { color: isBest ? colors.best : colors.card, borderColor: isBest ? colors.best : colors.muted, borderWidth: 1.5 },
        label: { color: isBest ? colors.card : colors.text },
      };
    }));
    const best = shown.filter(number => snapshot.best.has(number)).sort((a, b) => a - b);
    return {
      height,
      note: `An arrow goes from a trial to one that it was preferred to; the best ones are filled, what follows from other arrows is left out.${
        compared > shown.length ? ` These are the ${shown.length} trials that were compared latest, of ${compared.toLocaleString("en")}.` : ""}`,
      label: `Preferences among ${hpo.count(shown.length, "trial")}, in ${hpo.count(rows.length, "row")}; ${best.length === 0 ? "none is best" : `best: ${best.join(", ")}`}.`,
      option: {
        tooltip: hpo.tooltip(colors, point => (point.data.number === undefined
          ? hpo.tip(`Trial ${point.name.replace(" > ", " was preferred to trial ")}`, []) : hpo.trialTip(snapshot, point.data.number))),
        series: [{
          type: "graph", layout: "none", left: 0, right: 0, top: 0, bottom: 0, symbolSize: size, edgeSymbol: ["none", "arrow"], edgeSymbolSize: [0, 7],
          label: { show: size >= 18, fontFamily: colors.font, fontSize: 11 }, lineStyle: { color: colors.muted, width: 1, opacity: 0.9 },
          emphasis: { focus: "adjacency", lineStyle: { width: 2 } },
          // The corners keep the graph in its place: it is stretched to what its nodes span.
          data: [...nodes, ...[0, 1].map(far => ({ name: `corner ${far}`, x: far * width, y: far * height, symbolSize: 0, label: { show: false }, tooltip: { show: false } }))],
          links: arrows.map(([better, bad]) => ({ source: String(better), target: String(bad) })),
        }],
      },
    };
  };
})();
