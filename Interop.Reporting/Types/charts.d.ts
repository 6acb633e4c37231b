// What the plots are made of, and the part of Apache ECharts that they use.

declare const echarts: {
  version: string;
  init(element: HTMLElement | null, theme: null, options: object): Chart;
  graphic: { clipRectByRect(shape: Rectangle, area: Rectangle): Rectangle | undefined };
};

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Chart {
  on(event: "click", react: (point: { data?: { number?: number }; value?: number[] }) => void): void;
  on(event: "brush", react: (brush: { command: string }) => void): void;
  on(event: "brushSelected", react: (brush: { batch: { areas: unknown[]; selected: { seriesIndex: number; dataIndex: number[] }[] }[] }) => void): void;
  on(event: "finished", react: () => void): void;
  setOption(option: object, how?: { notMerge: boolean }): void;
  getDataURL(options: object): string;
  renderToSVGString(): string;
  getZr(): { flush(): void };
  getWidth(): number;
  getHeight(): number;
  resize(): void;
  dispose(): void;
}

/** The functions that draw a shape of one's own for each of a series' data. */
type RenderItem = (params: { coordSys: Rectangle }, api: {
  value(dimension: number): number;
  coord(point: number[]): number[];
  size(lengths: number[]): number[];
  style(): object;
}) => object | undefined;

/** A point, in what is shown of it. */
interface ChartPoint<V> {
  name: string;
  seriesName: string;
  value: V;
  data: { number: number };
  axisValue: number;
}

/** Rows of numbers, as the data of a series: one after the other in one array. */
interface Rows {
  dimensions: string[];
  data: Float64Array;
}

interface Look {
  name?: string;
  symbol?: string;
  symbolSize: number;
  itemStyle: { color?: string, borderColor?: string, [part: string]: unknown };
  [part: string]: unknown;
}

interface ChartOption {
  series: object;
  [part: string]: unknown;
}

/** The colours of the style sheet. */
interface Colors extends Record<"card" | "text" | "muted" | "line" | "grid" | "accent" | "best" | "complete" | "pruned" | "fail" | "running" | "waiting", string> {
  scale: string[];
  font: string;
}

interface PlotContext {
  colors: Colors;
  /** Whether it is on a phone. */
  narrow: boolean;
  width: number;
}

/** What is drawn, or why there is nothing. */
interface Drawing {
  empty?: string;
  option?: ChartOption;
  note?: string;
  label?: string;
  height?: number;
}

type Plot = (context: PlotContext) => Drawing;

interface Figure {
  root: HTMLElement;
  controls: HTMLElement;
  leadsToTrials: boolean;
  /** Takes the numbers of trials that the reader picks; undefined when he undoes that. */
  picked?: (numbers?: Set<number>) => void;
  draw(): void;
  follow(): void;
  remove(): void;
}

/** What a history goes by. */
type Order = "number" | "start" | "end";

interface Plots {
  history(study: Study, objective: number, log?: boolean, choice?: { by?: Order; withPruned?: boolean }): Plot;
  intermediate(study: Study, log?: boolean): Plot;
  timeline(study: Study): Plot;
  front(study: Study, x: number, y: number): Plot;
  edf(study: Study, objective: number): Plot;
  rank(study: Study, objective: number, x: number, y: number): Plot;
  hypervolume(study: Study): Plot;
  terminator(study: Study): Plot;
  importances(study: Study, evaluator?: string): Plot;
  parallel(study: Study, objective: number): Plot;
  slice(study: Study, objective: number, parameter: number, log?: boolean): Plot;
  contour(study: Study, objective: number, x: number, y: number): Plot;
  preferences(study: Study): Plot;
  columns(evaluation: Evaluation): Plot;
}

interface Hpo {
  plots: Plots;
  plotting: {
    MANY: number;
    goal(objective: Snapshot.Objective): string;
    nothing: string;
    canBeLog(values: number[]): boolean;
    numberTip(study: Study): (point: ChartPoint<number[]>) => HTMLElement;
    violates: string;
    hollow(colors: Colors): Look["itemStyle"];
  };
  orders: Record<Order, string>;

  colors(): Colors;
  figure(title: string, build: Plot, className?: string): Figure;
  redrawAll(): void;
  setLarge(isSo: boolean): void;
  isInView(element: Element): boolean;
  whenSeen(element: Element, show: () => void): () => void;

  base(colors: Colors): { grid: object; tooltip: object; [part: string]: unknown };
  axis(colors: Colors, name?: string, more?: object): { axisLabel: { formatter: (value: number | string) => string; [part: string]: unknown }; [part: string]: unknown };
  paramAxis(colors: Colors, parameter: Parameter, name?: string): ReturnType<Hpo["axis"]>;
  legend(colors: Colors, more?: object): object;
  zoom(colors: Colors, narrow: boolean): object | undefined;
  picking(colors: Colors, narrow: boolean): object;
  rows(rows: number[][]): Rows;
  /** The red, green and blue of a share, 0 to 1, of the way through colours. */
  mixed(share: number, colours: string[]): number[];
  /** Red, green and blue as a colour. */
  css(parts: number[]): string;
  /** A series of points of one look, which are many by themselves or together with others. */
  scatter(points: number[][], look: Look, isLarge?: boolean): Rows & Look;
  shaded(points: number[][], shareOf: (point: number[]) => number, colours: string[], look: Look): (Rows & Look)[];
  /** What is told of the point under the pointer. */
  tooltip<V = number[]>(colors: Colors, tell: (point: ChartPoint<V>) => HTMLElement): object;
  /** What is told of all points above one place of the axis. */
  axisTooltip(colors: Colors, tell: (points: ChartPoint<number[]>[]) => HTMLElement): object;
  tip(title: string, rows: Fact[]): HTMLElement;
  trialTip(study: Study, number: number, extra?: Fact[]): HTMLElement;
  /** The share of values that are at most each one: pairs, in the values' order. */
  distribution(values: number[]): [value: number, share: number][];
  /** Those trials that have both of two parameters, and where they are over these. */
  placed<T extends Trial>(trials: T[], x: number, y: number): { trial: T; at: [x: number, y: number] }[];
  /** How the line of one of many studies looks, by its place among them. */
  lineLook(place: number, colors: Colors): { itemStyle: { color: string }; lineStyle: { width: number; type: string | readonly number[] } };
  valueColours(study: Study, objective: number, values: number[], colors: Colors): { min: number; max: number; colors: string[] };
}
