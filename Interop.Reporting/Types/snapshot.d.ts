// What the pages get as JSON: the C# records of Interop.Reporting, as SnapshotJson writes them. Generated from these; to write
// it anew, run the tests of NativeTrainer.Tests' class SnapshotTypesTests with HPO_UPDATE_DOCS=1.
declare namespace Snapshot {
  /** JSON has no NaN and no infinities: they are these words. */
  type Double = number | "NaN" | "Infinity" | "-Infinity";

  interface ArtifactEntry {
    id: string;
    name: string;
    type: string;
    size?: number;
    preview?: string;
  }

  interface ArtifactTable {
    columns: string[];
    rows: string[][];
    isWhole: boolean;
  }

  interface Candidate {
    trial: number;
    isReady: boolean;
    artifact?: string;
  }

  interface Choice {
    id: string;
    made?: Double;
    candidates: number[];
    worst: number;
    isTakenBack: boolean;
  }

  interface EvaluatedColumn {
    name: string;
    importance: Double;
  }

  interface EvaluatedImportance {
    name: string;
    byObjective: Record<string, Double>[];
    missing?: string;
  }

  interface EvaluatedModel {
    name: string;
    scores?: Double[];
  }

  interface Evaluation {
    trial: number;
    rows: number;
    metrics: string[];
    models: EvaluatedModel[];
    columns: EvaluatedColumn[];
  }

  interface FormLabel {
    value: Double;
    text: string;
  }

  interface FormWidget {
    type: string;
    key?: string;
    description?: string;
    choices?: string[];
    values?: Double[];
    min?: Double;
    max?: Double;
    step?: Double;
    labels?: FormLabel[];
    optional: boolean;
  }

  interface GraphEntry {
    id: string;
    version: string;
  }

  interface Importance {
    evaluators: EvaluatedImportance[];
    trials: number;
    leftOut: number[];
    remark?: string;
    missing?: string;
  }

  interface LaunchView {
    run: string;
    state: string;
    host?: string;
    job?: string;
    started?: Double;
    finished?: Double;
    exitCode?: number;
    stopReason?: string;
    problems: string[];
    done?: number;
    total?: number;
    trialsPerMinute?: Double;
    secondsLeft?: Double;
    canStop: boolean;
    stopCommand?: string;
    workers: WorkerView[];
  }

  interface Note {
    version: number;
    body: string;
    html: string;
  }

  interface Objective {
    name: string;
    direction: string;
  }

  interface Parameter {
    name: string;
    kind: string;
    log: boolean;
    low?: Double;
    high?: Double;
    step?: Double;
    choices?: string[];
  }

  interface Preferential {
    wanted?: number;
    artifactKey?: string;
    candidates: Candidate[];
    more: number;
    skipped: number[];
    pairs: number[][];
    choices: Choice[];
  }

  interface PruningSaving {
    prunedTrials: number;
    steps: number;
    stepsWithoutPruning: number;
    savedShare: Double;
  }

  interface RegisteredForm {
    output: string;
    widgets: FormWidget[];
  }

  interface Rights {
    changes: boolean;
    artifacts?: number;
  }

  interface Study {
    name: string;
    storage: string;
    takenAt: Double;
    timeZone: string;
    objectives: Objective[];
    parameters: Parameter[];
    trials: Trial[];
    best: number[];
    importance: Importance;
    terminator?: Terminator;
    pruning?: PruningSaving;
    version?: number;
    since?: number;
    evaluation?: Evaluation;
    note?: Note;
    preferential?: Preferential;
    form?: RegisteredForm;
    userAttrs: Record<string, string>;
  }

  interface StudyEntry {
    name: string;
    objectives: Objective[];
    states: Record<string, number>;
    best?: Double;
    active?: Double;
  }

  interface StudyListing {
    storage: string;
    studies: StudyEntry[];
  }

  interface Terminator {
    evaluator: string;
    minTrials: number;
    complete: number;
    estimates: TerminatorImprovement[];
    missing?: string;
  }

  interface TerminatorImprovement {
    number: number;
    improvement: Double;
    error?: Double;
  }

  interface Trial {
    number: number;
    state: string;
    values?: Double[];
    params: (Double | null)[];
    start?: Double;
    end?: Double;
    intermediate?: Double[][];
    feasible: boolean;
    constraints?: Record<string, Double>;
    attrs?: Record<string, string>;
    system?: Record<string, string>;
    worker?: string;
    note?: Note;
    steps?: number;
    last?: Double;
  }

  interface WorkerView {
    index: number;
    host?: string;
    processId?: number;
    state: string;
    reason?: string;
    trial?: number;
    start: number;
    restarts?: number;
    complete: number;
    pruned: number;
    failed: number;
    lastValue?: Double;
    problem?: string;
    exitCode?: number;
    hasLog: boolean;
  }
}
