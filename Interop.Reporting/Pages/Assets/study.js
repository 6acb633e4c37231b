"use strict";
// The page of one study. It is built once, and shows a newer snapshot without losing what the reader chose.
(() => {
  const { section } = hpo;

  const tile = (label, value, ...detail) => hpo.element("div", { class: "card tile" },
    hpo.element("p", { class: "label" }, label), hpo.element("p", { class: "value" }, value), hpo.element("p", { class: "detail" }, ...detail));

  const statesOf = snapshot => {
    const counts = new Map();
    for (const trial of snapshot.trials) counts.set(trial.state, (counts.get(trial.state) ?? 0) + 1);
    const violating = snapshot.trials.filter(trial => !trial.feasible).length;
    return hpo.element("span", { class: "states" }, ...[...counts].sort().map(([state, count]) => hpo.state(state, `${count} ${state.toLowerCase()}`)),
      violating === 0 ? null : hpo.element("span", {}, `${violating} violate${violating === 1 ? "s" : ""} constraints`));
  };

  const bestTile = snapshot => {
    if (snapshot.objectives.length > 1) return tile("Pareto front", hpo.count(snapshot.best.size, "trial"), snapshot.objectives.map(objective => `${objective.direction} ${objective.name}`).join(", "));
    const trial = snapshot.byNumber.get([...snapshot.best][0]);
    return trial === undefined
      ? tile("Best value", "–", snapshot.trials.some(known => known.state === "COMPLETE") ? "no complete trial keeps its constraints" : "no trial is complete")
      : tile("Best value", hpo.number(trial.values[0]), `trial ${trial.number}, ${snapshot.objectives[0].direction}${snapshot.isConstrained ? ", keeps its constraints" : ""}`);
  };

  const timeTile = snapshot => {
    const started = snapshot.trials.filter(trial => trial.start !== undefined);
    if (started.length === 0) return tile("Time", "–", "no trial has started");
    const begin = started.reduce((first, trial) => Math.min(first, trial.start), Infinity);
    const end = started.reduce((last, trial) => Math.max(last, trial.end ?? snapshot.takenAt), -Infinity);
    const busy = started.reduce((sum, trial) => sum + (trial.duration ?? 0), 0);
    return tile("Time", hpo.duration(end - begin), `${hpo.duration(busy)} in trials, from ${hpo.time(begin)}`);
  };

  const pruningTile = ({ pruning }) => (pruning === undefined
    ? null
    : tile("Pruning saved", hpo.percent(1 - pruning.steps / pruning.stepsWithoutPruning),
      `${pruning.steps.toLocaleString("en")} steps run, ${pruning.stepsWithoutPruning.toLocaleString("en")} without pruning`));

  const bestCard = snapshot => {
    const best = [...snapshot.best].map(number => snapshot.byNumber.get(number));
    if (best.length === 0) return null;
    if (best.length > 1) {
      return hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Pareto front"),
        hpo.element("p", { class: "note" }, "Trials ", ...best.flatMap((trial, i) => [i === 0 ? "" : ", ", hpo.trialLink(trial.number)]), ": no other trial beats one of them in every objective. They are marked in the table."));
    }
    const [trial] = best;
    return hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Best trial: ", hpo.trialLink(trial.number)),
      hpo.facts([
        ...snapshot.objectives.map((objective, i) => [objective.name, String(trial.values[i])]),
        ...snapshot.parameters.flatMap((parameter, i) => (trial.params[i] === null ? [] : [[parameter.name, parameter.choices ? hpo.paramText(parameter, trial.params[i]) : String(trial.params[i])]])),
        ["Duration", hpo.duration(trial.duration)],
      ]));
  };

  const studyCard = snapshot => hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Study"),
    hpo.facts([["Storage", snapshot.storage],
      ["Objectives", snapshot.objectives.map(objective => `${objective.direction} ${objective.name}`).join(", ")],
      ["Parameters", snapshot.parameters.map(parameter => parameter.name).join(", ") || "none yet"],
      ...Object.entries(snapshot.userAttrs)]));

  const noticeOf = snapshot => {
    const text = snapshot.trials.length === 0
      ? "The study has no trials yet. Its plots appear with the first ones."
      : snapshot.trials.every(trial => trial.state === "FAIL")
        ? "Every trial failed. See the output of the program that ran them; the table shows what they tried."
        : !snapshot.trials.some(trial => trial.state === "COMPLETE") ? "No trial is complete yet."
          : snapshot.best.size === 0 ? "No complete trial keeps the study's constraints: there is no best one yet." : null;
    return text && hpo.element("p", { class: "card notice", role: "status" }, text);
  };

  // Values from 1 to 1,000 and more are read on a logarithmic scale.
  const spansDecades = snapshot => {
    const values = hpo.complete(snapshot, 0).map(trial => trial.values[0]);
    return values.length > 0 ? Math.min(...values) > 0 && Math.max(...values) > 1000 * Math.min(...values) : undefined;
  };

  const checkbox = (text, checked, changed) => hpo.element("label", { class: "choice" },
    hpo.element("input", { type: "checkbox", checked, onchange: event => changed(event.target.checked) }), text);

  class StudyView {
    constructor() {
      this.objective = 0;
      this.log = undefined;
      this.axes = undefined;
      this.summary = hpo.element("div", {});
      this.table = hpo.table();
      this.slices = hpo.element("div", { class: "slices" });
      this.sliceFigures = [];
      this.course = { by: "number", withPruned: true };
      const draw = plot => context => plot()(context);
      this.front = hpo.figure("Pareto front", draw(() => hpo.plots.front(this.snapshot, ...this.frontAxes)), "wide");
      this.history = hpo.figure("Optimization history", draw(() => hpo.plots.history(this.snapshot, this.objective, this.log, this.course)));
      this.intermediate = hpo.figure("Intermediate values", draw(() => hpo.plots.intermediate(this.snapshot, this.log)));
      this.importances = hpo.figure("Parameter importances", draw(() => hpo.plots.importances(this.snapshot, this.evaluator)));
      this.contour = hpo.figure("Contour", draw(() => hpo.plots.contour(this.snapshot, this.objective, ...this.axes)));
      this.rank = hpo.figure("Rank", draw(() => hpo.plots.rank(this.snapshot, this.objective, ...this.axes)));
      this.edf = hpo.figure("Distribution of values", draw(() => hpo.plots.edf(this.snapshot, this.objective)));
      this.hypervolume = hpo.figure("Hypervolume history", draw(() => hpo.plots.hypervolume(this.snapshot)));
      this.front.picked = numbers => this.table.pick(numbers);
      this.parallel = hpo.figure("Parallel coordinates", draw(() => hpo.plots.parallel(this.snapshot, this.objective)), "wide");
      this.timeline = hpo.figure("Timeline", draw(() => hpo.plots.timeline(this.snapshot)), "wide");
      this.figures = [this.front, this.history, this.intermediate, this.importances, this.contour, this.rank, this.edf, this.hypervolume, this.parallel, this.timeline];
      this.choices = hpo.element("div", { class: "controls" });
      this.actions = hpo.element("p", { class: "controls actions" });
      this.files = hpo.element("div", {});
      this.launches = hpo.element("div", {});
      this.evaluation = hpo.evaluationView();
      this.root = hpo.element("div", {},
        section("summary", "Summary", this.summary, this.files, this.actions), this.launches, this.evaluation.root,
        hpo.element("section", { "aria-labelledby": "plots" },
          hpo.element("div", { class: "head" }, hpo.element("h2", { id: "plots" }, "Plots"), this.choices),
          hpo.element("div", { class: "plots" }, ...this.figures.map(figure => figure.root))),
        section("slices", "Slices", hpo.element("p", { class: "note" }, "The value over each parameter; strong colours are later trials."), this.slices),
        section("trials", "Trials", this.table.root));
    }

    update(snapshot) {
      const known = this.snapshot;
      this.snapshot = snapshot;
      const shape = ({ objectives, parameters }) => JSON.stringify([objectives, parameters]);
      if (!known || shape(known) !== shape(snapshot)) this.arrange();
      this.summary.replaceChildren(
        hpo.element("div", { class: "tiles" }, tile("Trials", snapshot.trials.length.toLocaleString("en"), statesOf(snapshot)),
          ...[bestTile(snapshot), timeTile(snapshot), pruningTile(snapshot)].filter(Boolean)),
        ...[noticeOf(snapshot)].filter(Boolean),
        hpo.element("div", { class: "two" }, ...[bestCard(snapshot), studyCard(snapshot), hpo.noteCard(snapshot.note, hpo.changes?.note(snapshot, null))].filter(Boolean)));
      if (hpo.changes && !this.canChange) this.actions.replaceChildren(...hpo.changes.ofStudy(() => this.snapshot));
      this.canChange = Boolean(hpo.changes);
      hpo.showFiles?.(this.files, snapshot.name, null, true);
      hpo.showLaunches?.(this.launches, snapshot.name);
      this.offerEvaluators();
      this.evaluation.update(snapshot);
      this.table.update(snapshot);
      this.drawAll(figure => figure.follow());
    }

    // What depends on which objectives and parameters there are: the choices, the axes, and a slice for each parameter.
    arrange() {
      const { objectives, parameters } = this.snapshot;
      const several = objectives.length > 1;
      const redraw = change => value => { change(value); this.drawAll(); };
      this.log ??= spansDecades(this.snapshot);
      const byName = list => list.map((item, i) => [String(i), item.name]);
      this.choices.replaceChildren(...[
        several ? hpo.select("Objective", byName(objectives), String(this.objective), redraw(value => { this.objective = Number(value); })) : null,
        checkbox("Log scale of values", this.log, redraw(value => { this.log = value; })),
      ].filter(Boolean));
      this.front.root.hidden = this.hypervolume.root.hidden = !several;
      this.frontAxes = [0, 1];
      this.front.controls.replaceChildren(...(objectives.length > 2 ? ["X", "Y"].map((label, i) =>
        hpo.select(label, byName(objectives), String(this.frontAxes[i]), redraw(value => { this.frontAxes[i] = Number(value); }))) : []));
      const order = hpo.byImportance(this.snapshot, this.objective);
      this.axes = [order[0] ?? 0, order[1] ?? 0];
      // Contour and ranks are over the same two parameters.
      this.contour.controls.replaceChildren(...(parameters.length > 1 ? ["X", "Y"].map((label, i) =>
        hpo.select(label, byName(parameters), String(this.axes[i]), redraw(value => { this.axes[i] = Number(value); }))) : []));
      const redrawHistory = change => value => { change(value); this.history.draw(); };
      this.history.controls.replaceChildren(...[
        hpo.select("By", Object.entries(hpo.orders), this.course.by, redrawHistory(by => { this.course.by = by; })),
        several ? null : checkbox("Pruned", this.course.withPruned, redrawHistory(shown => { this.course.withPruned = shown; })),
      ].filter(Boolean));
      this.sliceFigures.forEach(figure => figure.remove());
      this.sliceFigures = order.map(i => hpo.figure(parameters[i].name, context => hpo.plots.slice(this.snapshot, this.objective, i, this.log)(context)));
      this.slices.replaceChildren(...this.sliceFigures.map(figure => figure.root));
      if (parameters.length === 0) this.slices.replaceChildren(hpo.element("p", { class: "card empty" }, "The trials have no parameters."));
    }

    // Importances may be found a little later than the study is shown.
    offerEvaluators() {
      const names = this.snapshot.importance.evaluators.map(evaluator => evaluator.name);
      if (names.join() === this.evaluators) return;
      this.evaluators = names.join();
      this.importances.controls.replaceChildren(...(names.length < 2 ? [] : [
        hpo.select("Found with", names.map(name => [name, name]), hpo.importanceOf(this.snapshot, this.evaluator).name, name => {
          this.evaluator = name;
          this.importances.draw();
        })]));
    }

    drawAll(draw = figure => figure.draw()) {
      for (const figure of [...this.figures, ...this.sliceFigures]) if (!figure.root.hidden) draw(figure);
    }
  }

  hpo.studyView = () => new StudyView();
})();
