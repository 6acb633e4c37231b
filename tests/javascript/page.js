import { readFileSync } from "node:fs";
import vm from "node:vm";

const folder = new URL("../../Interop.Reporting/", import.meta.url);

/** @param {string} path */
const read = path => readFileSync(new URL(path, folder), "utf8");

// In the order in which the page and the dashboard put them together; page.js, which starts a page, is left out.
const scripts = [["Pages", "ReportPage.cs"], ["Dashboard", "DashboardPage.cs"]].flatMap(([part, source]) =>
  [...read(`${part}/${source}`).matchAll(/"(\w+\.js)"/g)].map(([, name]) => ({ name, path: `${part}/Assets/${name}` })))
  .filter(({ name }) => name !== "echarts.js" && name !== "page.js");

/**
 * Runs the scripts of a page that is not shown.
 * @param {object} [browser] What they find of a browser besides.
 * @returns {Hpo}
 */
export const load = browser => {
  const context = vm.createContext({ addEventListener() {}, document: { documentElement: { dataset: {} } }, URLSearchParams, ...browser });
  for (const { path } of scripts) vm.runInContext(read(path), context, { filename: path });
  return vm.runInContext("hpo", context);
};

/**
 * What comes from the page's own realm, as an object of the test's.
 * @template T
 * @param {T} value
 * @returns {T}
 */
export const plain = value => structuredClone(value);

/** @type {Colors} */
export const colors = {
  card: "#ffffff", text: "#000000", muted: "#666666", line: "#cccccc", grid: "#eeeeee", accent: "#0000ff", best: "#aa0000", complete: "#0000aa",
  pruned: "#aa6600", fail: "#ff0000", running: "#00aa00", waiting: "#888888", scale: ["#000000", "#808080", "#ffffff"], font: "sans-serif",
};

/**
 * The data of a series; rows in one array become rows again.
 * @param {{ data: any, dimensions?: string[] }} series
 * @returns {any[]}
 */
const rowsOf = ({ data, dimensions }) => (ArrayBuffer.isView(data) && dimensions
  ? Array.from({ length: data.byteLength / 8 / dimensions.length || 0 }, (_, i) => Array.from(/** @type {Float64Array} */ (data).slice(i * dimensions.length, (i + 1) * dimensions.length)))
  : data);

/**
 * What a plot draws.
 * @param {Plot} plot
 */
export const drawn = plot => {
  const { option, ...others } = plot({ colors, narrow: false, width: 800 });
  const series = /** @type {{ name: string, data: any[] }[]} */ ([option?.series ?? []].flat().map(item => ({ ...item, data: rowsOf(/** @type {Rows} */ (item)) })));
  return { ...others, option: /** @type {any} */ (option), series, data: plain(series.map(({ data }) => data)) };
};

/**
 * A study as a snapshot.
 * @param {Partial<Snapshot.Trial>[]} trials
 * @param {Partial<Snapshot.Study>} [others]
 * @returns {Snapshot.Study}
 */
export const snapshot = (trials, others) => ({
  name: "study", storage: "sqlite:///study.db", takenAt: 100_000, timeZone: "UTC", objectives: [{ name: "Value", direction: "minimize" }],
  parameters: [{ name: "lr", kind: "float", log: true, low: 1e-4, high: 1 }, { name: "kind", kind: "categorical", log: false, choices: ["relu", "tanh"] }],
  trials: trials.map((trial, number) => ({ number, state: "COMPLETE", params: [null, null], feasible: true, intermediate: [], ...trial })),
  best: [], importance: { evaluators: [], trials: 0, leftOut: [] }, userAttrs: {}, ...others,
});
