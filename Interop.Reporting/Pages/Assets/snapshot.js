"use strict";
// A study in the page: made of a snapshot, and kept up to date by later ones that hold what has changed.
(() => {
  // NaN and the infinities travel as strings. What several plots need of a trial is computed once.
  /** @type {(value?: Snapshot.Double) => number | undefined} */
  const optional = value => (value === undefined ? undefined : Number(value));

  /** @type {(values: Record<string, Snapshot.Double>) => Record<string, number>} */
  const named = values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));

  // A large study comes without the curves that no plot draws.
  /** @param {Snapshot.Trial} trial */
  const curveOf = ({ intermediate, steps, last }) => {
    const curve = intermediate?.map(([step, value]) => [Number(step), Number(value)]);
    return { intermediate: curve, steps: curve?.length ?? steps ?? 0, last: curve ? curve.at(-1)?.[1] : optional(last) };
  };

  /** @type {(trial: Snapshot.Trial) => Trial} */
  const reviveTrial = trial => {
    const [start, end] = [optional(trial.start), optional(trial.end)];
    return {
      ...trial, ...curveOf(trial), start, end,
      duration: start !== undefined && end !== undefined ? end - start : null,
      values: trial.values?.map(Number),
      params: trial.params.map(value => (value === null ? null : Number(value))),
      constraints: trial.constraints && named(trial.constraints),
    };
  };

  /** @type {(form: Snapshot.RegisteredForm) => NonNullable<Study["form"]>} */
  const reviveForm = form => ({
    ...form, widgets: form.widgets.map(widget => ({
      ...widget, values: widget.values?.map(Number), min: optional(widget.min), max: optional(widget.max), step: optional(widget.step),
      labels: widget.labels?.map(({ value, text }) => ({ value: Number(value), text })) })),
  });

  // What a snapshot says of the trials together.
  /** @param {Snapshot.Study} snapshot */
  const reviveRest = ({ trials: _, takenAt, best, parameters, importance, terminator, pruning, evaluation, preferential, form, ...others }) => ({
    ...others, takenAt: Number(takenAt), best: new Set(best),
    parameters: parameters.map(parameter => ({ ...parameter, low: optional(parameter.low), high: optional(parameter.high), step: optional(parameter.step) })),
    importance: { ...importance, evaluators: importance.evaluators.map(found => ({ ...found, byObjective: found.byObjective.map(named) })) },
    terminator: terminator && { ...terminator,
      estimates: terminator.estimates.map(({ number, improvement, error }) => ({ number, improvement: Number(improvement), error: optional(error) })) },
    preferential: preferential && { ...preferential, choices: preferential.choices.map(choice => ({ ...choice, made: optional(choice.made) })) },
    form: form && reviveForm(form),
    pruning: pruning && { ...pruning, savedShare: Number(pruning.savedShare) },
    evaluation: evaluation && {
      ...evaluation,
      models: evaluation.models.map(model => ({ ...model, scores: model.scores?.map(Number) })),
      columns: evaluation.columns.map(column => ({ ...column, importance: Number(column.importance) })),
    },
  });

  hpo.revive = snapshot => {
    const trials = snapshot.trials.map(reviveTrial);
    return { ...reviveRest(snapshot), trials, byNumber: new Map(trials.map(trial => [trial.number, trial])), isConstrained: trials.some(trial => trial.constraints) };
  };

  // The trials are by number: where one is, or belongs.
  /** @type {(trials: Trial[], wanted: number) => number} */
  const placeOf = (trials, wanted) => {
    let [low, high] = [0, trials.length];
    if (high === 0 || trials[high - 1].number < wanted) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (trials[middle].number < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // A newer snapshot that came with the changed trials only. It takes the trials of the older one over.
  hpo.merge = (known, news) => {
    const { trials, byNumber } = known;
    for (const trial of news.trials.map(reviveTrial)) {
      trials.splice(placeOf(trials, trial.number), byNumber.has(trial.number) ? 1 : 0, trial);
      byNumber.set(trial.number, trial);
    }
    return { ...reviveRest(news), trials, byNumber, isConstrained: known.isConstrained || news.trials.some(trial => trial.constraints) };
  };

  // Curves that were fetched later, in what shows them.
  hpo.giveCurves = (snapshot, trials) => trials.forEach(received => {
    const trial = snapshot.byNumber.get(received.number);
    if (trial && !trial.intermediate) Object.assign(trial, curveOf(received));
  });

  // The complete trials that have a finite value of an objective.
  hpo.complete = (snapshot, objective) => snapshot.trials.filter(/** @returns {trial is ValuedTrial} */ trial =>
    trial.state === "COMPLETE" && Number.isFinite(trial.values?.[objective]));

  hpo.isBetter = (snapshot, objective) =>
    snapshot.objectives[objective].direction === "maximize" ? (a, b) => a > b : (a, b) => a < b;

  // The best value so far after each trial: pairs of trial and value.
  hpo.bestSoFar = (snapshot, objective, order = (a, b) => a.number - b.number) => {
    const better = hpo.isBetter(snapshot, objective);
    /** @type {[ValuedTrial, number][]} */
    const course = [];
    /** @type {number | undefined} */
    let best;
    for (const trial of hpo.complete(snapshot, objective).filter(({ feasible }) => feasible).sort(order)) {
      const value = trial.values[objective];
      if (best === undefined || better(value, best)) best = value;
      course.push([trial, best]);
    }
    return course;
  };
})();
