// What the dashboard's scripts add to the pages; a report has none of it.

interface Hpo {
  fetchStudy(name: string, path: string): Promise<Snapshot.Study>;
  /** A function that asks: at once, or once more when what is asked has been answered. */
  oneAtATime(ask: () => Promise<void>): () => Promise<void>;
  /** A function that fetches a study, and later what has changed since, and gives it to another one. */
  followed(name: string): (show: (received: Snapshot.Study) => void) => Promise<void>;
  /** Fetches the curves of trials that came without. */
  fetchCurves?(study: Study, trials: Trial[]): Promise<void>;
  /** @param trial The number of a trial; null for the study's own files. */
  showFiles?(container: HTMLElement, study: string, trial: number | null, isOpen: boolean): void;
  /** The beginning of a file that is a table, which the reader can sort. */
  fileTable(name: string, table: Snapshot.ArtifactTable): HTMLElement;
  /** A link to a file of all trials. */
  allTrials?(): HTMLElement;
  /** What the reader may change; undefined where that is nothing. */
  changes?: Changes;
  /** Asks the server for a change; throws with its reason where it refuses. */
  post(path: string, body: object): Promise<void>;
  /** @param closed Is called when the dialog is gone, whatever became of it. */
  ask(title: string, content: HTMLElement[], action: string, save: () => Promise<void>, closed?: () => void): void;
  field(label: string, input: HTMLElement): HTMLElement;
  button(text: string, act: () => unknown, label?: string): HTMLButtonElement;
  /** One field for each objective. */
  valueFields(study: Study, trial: Trial): Field[];
  /** One field for each user attribute that the study's form asks for. */
  attributeFields(study: Study, trial: Trial): (Field & { key: string })[];
}

interface Field {
  label: string;
  input: HTMLInputElement | HTMLSelectElement;
  read(): number | string;
}

/** A field of the form that a program registered with optuna-dashboard. */
type Widget = NonNullable<Study["form"]>["widgets"][number];

interface Changes {
  note(study: Study, trial: number | null): EditNote;
  ofStudy(get: () => Study): HTMLElement[];
  ofTrial(study: Study, trial: Trial): HTMLElement[];
  /** Null where the dashboard has no folder of artifacts. */
  artifacts(study: string, trial: number | null, done: () => void): ArtifactChanges | null;
}

interface ArtifactChanges {
  upload: HTMLElement[];
  remove(file: Snapshot.ArtifactEntry): HTMLElement;
}
