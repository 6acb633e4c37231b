"use strict";
// The value over two parameters: bands between the trials, each point weighing its neighbours by their distance.
(() => {
  const { MANY, hollow } = hpo.plotting;
  const [COLUMNS, ROWS, BANDS] = [150, 100, 9];
  const MOST_POINTS = 1200;
  const NEAR = 1e-4;

  /** @typedef {{ low: number, high: number, of: (value: number) => number, choices?: number }} Range */

  // Where a parameter's axis begins and ends, and where on it a value is.
  /** @type {(parameter: Parameter, values: number[]) => Range} */
  const scale = (parameter, values) => {
    if (parameter.choices) {
      return { low: -0.5, high: parameter.choices.length - 0.5, of: value => value, choices: parameter.choices.length };
    }
    /** @type {(value: number) => number} */
    const of = parameter.log ? Math.log10 : value => value;
    const positions = values.map(of);
    const [low, high] = positions.reduce(([least, most], position) => [Math.min(least, position), Math.max(most, position)], [Infinity, -Infinity]);
    const pad = (high - low) * 0.04 || 0.5;
    return { low: low - pad, high: high + pad, of };
  };

  /** @type {(colors: Colors, parameter: Parameter, range: Range) => object[]} */
  const axes = (colors, parameter, range) => {
    const shown = hpo.paramAxis(colors, parameter);
    // A hidden axis of numbers has the places between the categories.
    if (parameter.choices) return [{ ...shown, splitLine: { show: false } }, { type: "value", show: false, min: range.low, max: range.high }];
    const [min, max] = [range.low, range.high].map(position => (parameter.log ? 10 ** position : position));
    return [{ ...shown, min, max, scale: false, splitLine: { show: false },
      axisLabel: { ...shown.axisLabel, showMinLabel: false, showMaxLabel: false } }];
  };

  // Categories have no values in between: every point of a category's band counts as its middle.
  /** @type {(range: Range, share: number) => number} */
  const snap = (range, share) => {
    if (!range.choices) return share;
    return (Math.min(range.choices - 1, Math.floor(share * range.choices)) + 0.5) / range.choices;
  };

  /** @type {(points: number[][], ranges: Range[]) => Float64Array} */
  const field = (points, ranges) => {
    const values = new Float64Array(COLUMNS * ROWS);
    const far = COLUMNS / ROWS;
    for (let row = 0; row < ROWS; row++) {
      for (let column = 0; column < COLUMNS; column++) {
        const [x, y] = [snap(ranges[0], (column + 0.5) / COLUMNS), snap(ranges[1], 1 - (row + 0.5) / ROWS)];
        let [sum, weights] = [0, 0];
        for (const point of points) {
          const [dx, dy] = [(x - point[0]) * far, y - point[1]];
          const distance = dx * dx + dy * dy + NEAR;
          const weight = 1 / (distance * distance);
          sum += weight * point[2];
          weights += weight;
        }
        values[row * COLUMNS + column] = sum / weights;
      }
    }
    return values;
  };

  // The colour of a share, 0 … 1, in steps of a band.
  /** @type {(share: number, colours: string[]) => number[]} */
  const bandColour = (share, colours) => hpo.mixed(Math.min(BANDS - 1, Math.floor(share * BANDS)) / (BANDS - 1), colours);

  /** @type {(values: Float64Array, range: ReturnType<Hpo["valueColours"]>) => HTMLCanvasElement} */
  const paint = (values, range) => {
    const canvas = hpo.element("canvas", { width: COLUMNS, height: ROWS });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(COLUMNS, ROWS);
    values.forEach((value, i) => {
      const [red, green, blue] = bandColour((value - range.min) / (range.max - range.min), range.colors);
      image.data.set([red, green, blue, 255], i * 4);
    });
    context.putImageData(image, 0, 0);
    return canvas;
  };

  hpo.plots.contour = (snapshot, index, x, y) => ({ colors, narrow }) => {
    if (snapshot.parameters.length < 2) return { empty: "It takes two parameters." };
    const [horizontal, vertical] = [snapshot.parameters[x], snapshot.parameters[y]];
    const objective = snapshot.objectives[index];
    const trials = hpo.placed(hpo.complete(snapshot, index), x, y);
    if (trials.length < 2) return { empty: "Fewer than two complete trials have a finite value and both parameters." };
    if (x === y) return { empty: "Choose two different parameters." };
    const ranges = [scale(horizontal, trials.map(({ at }) => at[0])), scale(vertical, trials.map(({ at }) => at[1]))];
    /** @type {(range: Range, value: number) => number} */
    const place = (range, value) => (range.of(value) - range.low) / (range.high - range.low);
    const colour = hpo.valueColours(snapshot, index, trials.map(({ trial }) => trial.values[index]), colors);
    const step = Math.max(1, Math.ceil(trials.length / MOST_POINTS));
    const points = trials.filter((_, i) => i % step === 0).map(({ trial, at }) => [
      place(ranges[0], at[0]), place(ranges[1], at[1]),
      Math.min(colour.max, Math.max(colour.min, trial.values[index]))]);
    const image = paint(field(points, ranges), colour);
    // The dots of a category lie side by side rather than on top of each other.
    /** @type {(number: number, stride: number) => number} */
    const spread = (number, stride) => ((number * stride) % 1 - 0.5) * 0.6;
    const isMany = trials.length > MANY;
    /** @type {(isWanted: (trial: Trial) => boolean, itemStyle: Look["itemStyle"]) => object} */
    const dots = (isWanted, itemStyle) => hpo.scatter(
      trials.filter(({ trial }) => isWanted(trial)).map(({ trial: { number }, at }) => [
        at[0] + (horizontal.choices ? spread(number, 0.618034) : 0), at[1] + (vertical.choices ? spread(number, 0.754878) : 0), number]),
      { z: 3, symbolSize: isMany ? 2.6 : 6, itemStyle, xAxisIndex: horizontal.choices ? 1 : 0, yAxisIndex: vertical.choices ? 1 : 0 }, isMany);
    /** @type {RenderItem} */
    const bands = params => {
      const { x: left, y: top, width, height } = params.coordSys;
      return { type: "image", silent: true, style: { image, x: left, y: top, width, height, opacity: 0.85 } };
    };
    return {
      height: narrow ? 300 : 360,
      note: `${objective.name} over both, interpolated between the trials (dots${snapshot.isConstrained ? `, ${isMany ? "grey" : "hollow"} where they violate constraints` : ""}); strong colours are good, from ${hpo.number(colour.min)} to ${hpo.number(colour.max)}.`,
      label: `Contour of ${objective.name} over ${horizontal.name} and ${vertical.name}, from ${hpo.count(trials.length, "complete trial")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, point => hpo.trialTip(snapshot, point.value[2])),
        grid: { ...hpo.base(colors).grid, top: 10 },
        xAxis: axes(colors, horizontal, ranges[0]), yAxis: axes(colors, vertical, ranges[1]),
        series: [
          { type: "custom", silent: true, renderItem: bands, data: [trials[0].at], z: 1 },
          dots(trial => trial.feasible, { color: colors.text, opacity: isMany ? 0.5 : 0.85, borderColor: colors.card, borderWidth: isMany ? 0 : 1 }),
          dots(trial => !trial.feasible, isMany ? hollow(colors) : { color: "transparent", borderColor: colors.text, borderWidth: 1 }),
        ],
      },
    };
  };
})();
