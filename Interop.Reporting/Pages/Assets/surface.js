"use strict";
// The value over two parameters: bands between the trials, each point weighing its neighbours by their distance.
(() => {
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
    const [low, high] = [Math.min(...positions), Math.max(...positions)];
    const pad = (high - low) * 0.04 || 0.5;
    return { low: low - pad, high: high + pad, of };
  };

  /** @type {(colors: Colors, parameter: Parameter, range: Range) => object} */
  const axis = (colors, parameter, range) => {
    const shown = hpo.paramAxis(colors, parameter);
    if (parameter.choices) return { ...shown, splitLine: { show: false } };
    const [min, max] = [range.low, range.high].map(position => (parameter.log ? 10 ** position : position));
    return { ...shown, min, max, scale: false, splitLine: { show: false },
      axisLabel: { ...shown.axisLabel, showMinLabel: false, showMaxLabel: false } };
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

  /** @type {(colour: string) => number[]} */
  const rgb = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

  // The colour of a share, 0 … 1, in steps of a band.
  /** @type {(share: number, colours: string[]) => number[]} */
  const bandColour = (share, colours) => {
    const place = Math.min(BANDS - 1, Math.max(0, Math.floor(share * BANDS))) / (BANDS - 1) * (colours.length - 1);
    const [below, above] = [colours[Math.floor(place)], colours[Math.ceil(place)]].map(rgb);
    return below.map((part, i) => part + (above[i] - part) * (place % 1));
  };

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
    /** @type {RenderItem} */
    const dot = (_, api) => {
      const [left, top] = api.coord([api.value(0), api.value(1)]);
      const [width, height] = api.size([1, 1]);
      const style = api.value(3) ? api.style() : { fill: "none", stroke: colors.text, lineWidth: 1 };
      return { type: "circle", style, shape: {
        cx: left + (horizontal.choices ? spread(api.value(2), 0.618034) * width : 0),
        cy: top - (vertical.choices ? spread(api.value(2), 0.754878) * height : 0), r: radius } };
    };
    const radius = trials.length > 1000 ? 1.3 : 3;
    /** @type {RenderItem} */
    const bands = params => {
      const { x: left, y: top, width, height } = params.coordSys;
      return { type: "image", silent: true, style: { image, x: left, y: top, width, height, opacity: 0.85 } };
    };
    return {
      height: narrow ? 300 : 360,
      note: `${objective.name} over both, interpolated between the trials (dots${snapshot.isConstrained ? ", hollow where they violate constraints" : ""}); strong colours are good, from ${hpo.number(colour.min)} to ${hpo.number(colour.max)}.`,
      label: `Contour of ${objective.name} over ${horizontal.name} and ${vertical.name}, from ${hpo.count(trials.length, "complete trial")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, point => hpo.trialTip(snapshot, point.value[2])),
        grid: { ...hpo.base(colors).grid, top: 10 },
        xAxis: axis(colors, horizontal, ranges[0]), yAxis: axis(colors, vertical, ranges[1]),
        series: [
          { type: "custom", silent: true, renderItem: bands, data: [trials[0].at], z: 1 },
          { type: "custom", renderItem: dot, z: 3,
            itemStyle: { color: colors.text, opacity: trials.length > 1000 ? 0.5 : 0.85, borderColor: colors.card, borderWidth: trials.length > 1000 ? 0 : 1 },
            data: trials.map(({ trial, at }) => [...at, trial.number, trial.feasible]) },
        ],
      },
    };
  };
})();
