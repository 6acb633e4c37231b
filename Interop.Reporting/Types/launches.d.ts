// What the dashboard's pages show of launches.

interface Hpo {
  /** Shows a study's launches in a container of its view. */
  showLaunches?(container: HTMLElement, study: string): void;
  /** Shows the log of a trial's worker in a container of its page. */
  showTrialLog?(container: HTMLElement, study: string, trial: Trial): void;
  workerLog(study: string, run: string, worker: number): WorkerLogView;
}

interface Changes {
  stopLaunch(study: string, run: string, done: () => void): HTMLElement;
}

/** The answer of /api/launch/owner. */
interface TrialOwner {
  run: string;
  worker: number;
  hasLog: boolean;
}

/** The end of a worker's log. */
interface WorkerLogView {
  root: HTMLElement;
  isOpen: boolean;
  open(isOpen: boolean): void;
  refresh(): Promise<void>;
}
