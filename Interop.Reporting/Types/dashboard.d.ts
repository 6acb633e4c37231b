// What the dashboard's scripts add to the pages; a report has none of it.

interface Hpo {
  fetchStudy(name: string, path: string): Promise<Snapshot.Study>;
  /** A function that fetches a study, and later what has changed since, and gives it to another one. */
  followed(name: string): (show: (received: Snapshot.Study) => void) => Promise<void>;
  /** Fetches the curves of trials that came without. */
  fetchCurves?(study: Study, trials: Trial[]): Promise<void>;
  /** @param trial The number of a trial; null for the study's own files. */
  showFiles?(container: HTMLElement, study: string, trial: number | null, isOpen: boolean): void;
  /** A link to a file of all trials. */
  allTrials?(): HTMLElement;
  /** What the reader may change; undefined where that is nothing. */
  changes?: Changes;
  /** One field for each objective. */
  valueFields(study: Study, trial: Trial): Promise<Field[]>;
}

interface Field {
  label: string;
  input: HTMLInputElement | HTMLSelectElement;
}

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

/** A field of the form that optuna-dashboard's register_objective_form_widgets describes. */
interface Widget {
  type: string;
  description?: string;
  choices?: string[];
  values?: number[];
  min?: number;
  max?: number;
  step?: number;
  key?: string;
}
