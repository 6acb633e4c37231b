// What the scripts of a page share: the global hpo, to which each of them adds its part, and what that is made of. Scripts that
// are not on every page have declarations of their own beside this file, which add to the same interfaces.

type Maybe<T> = T | null | undefined;

/** A snapshot's part in the page, where every number is one. */
type Revived<T> = T extends Snapshot.Double ? number : T extends (infer E)[] ? Revived<E>[] : T extends object ? { [K in keyof T]: Revived<T[K]> } : T;

type Parameter = Revived<Snapshot.Parameter>;

interface Trial extends Omit<Revived<Snapshot.Trial>, "steps"> {
  steps: number;
  /** In milliseconds; null where it did not both start and end. */
  duration: number | null;
}

/** A trial that has values. */
type ValuedTrial = Trial & { values: number[] };

interface Study extends Omit<Revived<Snapshot.Study>, "trials" | "best"> {
  trials: Trial[];
  best: Set<number>;
  byNumber: Map<number, Trial>;
  isConstrained: boolean;
}

type Evaluation = NonNullable<Study["evaluation"]>;

type Importances = Pick<Study["importance"]["evaluators"][number], "byObjective" | "missing"> & { name?: string };

/** A pair of a term and what is said of it. */
type Fact = [name: string, value: Child];

type Child = Maybe<string | Node>;
type ElementOf<T extends string> = T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement;
type Attribute = Maybe<string | number | boolean>;

interface Attributes<E> {
  [event: `on${string}`]: (event: Event & { target: E }) => unknown;
  [name: string]: Attribute | ((event: Event & { target: E }) => unknown);
}

interface Hpo {
  number(value: Maybe<number>): string;
  duration(milliseconds: Maybe<number>): string;
  /** @param zone A name of the tz database; without one it is the reader's. */
  time(milliseconds: Maybe<number>, zone?: string): string;
  count(count: number, noun: string): string;
  percent(share: number): string;
  compare(a: Maybe<string | number>, b: Maybe<string | number>, descending?: boolean): number;

  element<T extends string>(tag: T, attributes: Attributes<ElementOf<T>>, ...children: Child[]): ElementOf<T>;
  fill(element: Element, ...children: Child[]): void;
  /** Does what fill does, and keeps the children that are equal to those in their place, together with what they do when they are pressed. */
  renew(element: Element, ...children: Child[]): void;
  /** Puts elements in the place of an element's own, and moves none that is in its place. */
  place(element: Element, children: Element[]): void;
  /** Ends when nothing is pressed: then what is shown by itself takes no click away. */
  released(): Promise<void>;
  /** Shows something anew, where what had the focus may be replaced: then its namesake has it, or another element. */
  keepFocus(container: HTMLElement, show: () => void, otherwise?: HTMLElement): void;
  section(id: string, title: string, ...content: Child[]): HTMLElement;
  /** The head of a column that the reader can sort by. */
  sortHead<By>(title: string, by: By, sort: Sort<By>, changed: (sort: Sort<By>) => void, className?: string | null): HTMLElement;
  /** @param columns Their names, and "text" with those whose cells are words. */
  plainTable(label: string, columns: string[][], body: HTMLElement, className?: string): HTMLElement;
  trialLink(number: number, text?: string): HTMLElement;
  facts(pairs: Fact[]): HTMLElement;
  /** A pair, for facts and tips. */
  fact(name: string, value: Child): Fact;
  state(state: string, text?: string): HTMLElement;
  select(label: string, options: [value: string, text: string][], chosen: Maybe<string>, changed: (value: string) => void): HTMLElement;
  asOption(name: string): [value: string, text: string];
  paramOf(parameter: Parameter, value: number | null): string | number | undefined;
  paramText(parameter: Parameter, value: Maybe<number>): string;

  revive(snapshot: Snapshot.Study): Study;
  merge(known: Study, news: Snapshot.Study): Study;
  giveCurves(study: Study, trials: Snapshot.Trial[]): void;
  complete(study: Study, objective: number): ValuedTrial[];
  isBetter(study: Study, objective: number): (a: number, b: number) => boolean;
  bestSoFar(study: Study, objective: number, order?: (a: Trial, b: Trial) => number): [trial: ValuedTrial, best: number][];
  stride(count: number, most: number): number;
  drawnCurves(study: Study): (Trial & { intermediate: number[][] })[];
  importanceOf(study: Study, evaluator?: string): Importances;
  byImportance(study: Study, objective: number): number[];

  download(name: string, url: string): void;
  downloadText(name: string, text: string, type: string): void;
  fileName(...parts: string[]): string;
  trialsCsv(study: Study, trials: Trial[]): string;
  trialsJson(study: Study, trials: Trial[]): string;

  startTheme(): void;
  heading(kicker: string, title: string, subtitle: string, takenAt?: number): void;
  evaluationView(): View;
  noteCard(note: Maybe<Snapshot.Note>, edit: Maybe<EditNote>): HTMLElement | null;
  columns(study: Study): Column[];
  /** @param words What the reader typed: words, and comparisons with columns. */
  filter(words: string, columns: Column[]): (trial: Trial) => boolean;
  table(): TrialTable;
  studyView(): View;
  trialView(): View;

  /** Shows a study, or shows it anew: where it comes whole, or as what changed since it was shown last. */
  showStudy(received: Snapshot.Study): void;
  showAgain(): Promise<void>;
  showComparison(studies: Study[]): void;
}

/** What a table is sorted by; undefined for the order in which its rows came. */
interface Sort<By> {
  by?: By;
  descending: boolean;
}

type EditNote = (note: Pick<Snapshot.Note, "version" | "body">) => void;

/** One of the views of a study's page. */
interface View {
  root: HTMLElement;
  /** @param number The trial's, in the view of one. */
  update(study: Study, number?: number): void;
}

/** A column of the table of trials. */
interface Column {
  name: string;
  /** What a filter may call it, too. */
  alias?: string;
  /** Whether it holds words. */
  left?: boolean;
  /** What it sorts by; undefined is last. */
  of(trial: Trial): number | string | undefined;
  text(trial: Trial): string;
  /** What is in the cell, where that is more than the text. */
  cell?(trial: Trial): Element;
  /** The cell's title. */
  full?(trial: Trial): number | string | undefined;
}

interface TrialTable {
  root: HTMLElement;
  /** Shows the rows of some trials only; undefined for all. */
  pick(numbers?: Set<number>): void;
  update(study: Study): void;
}

/** What page.html has. */
interface Document {
  getElementById(id: "kicker" | "title" | "subtitle" | "theme" | "content" | "footer" | "data"): HTMLElement;
  querySelector(selector: ".top > div"): HTMLElement;
}
