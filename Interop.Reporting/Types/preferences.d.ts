// What the pages of preferential studies add.

type Preferential = NonNullable<Study["preferential"]>;
type Candidate = Preferential["candidates"][number];
type Choice = Preferential["choices"][number];

interface Hpo {
  choicesView(): View;
  /** @param tile Makes a tile of the summary. */
  choicesTile(study: Study, tile: (label: string, value: string, ...detail: Child[]) => HTMLElement): HTMLElement | null;
  /** The comparisons that are of no choice that counts: a program reported them. */
  reportedPairs(preferential: Preferential): number[][];
  /** Trials in rows, better ones above, and the preferences between them but for those that follow from others. A circle's last arrow goes up. */
  preferenceGraph(pairs: number[][]): { rows: number[][]; arrows: [better: number, worse: number][] };
  /** A note's HTML as elements. */
  prose(html: string): HTMLElement;
  /** Shows the trials that are to be compared in a container of the study's view. */
  showCandidates?(container: HTMLElement, study: Study): void;
  /** An artifact of a trial; throws where there is no such one. */
  artifactView?(study: string, trial: number, id: string): Promise<HTMLElement>;
}

interface Changes {
  /** Takes a choice back, or restores it. */
  turnChoice(study: string, choice: Choice): HTMLElement;
}
