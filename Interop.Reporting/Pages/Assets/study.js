"use strict";
// The page of one study. It is built once, and shows a newer snapshot without losing what the reader chose.
(() => {
  const { section } = hpo;

  /** @type {(label: string, value: string, ...detail: Child[]) => HTMLElement} */
  const tile = (label, value, ...detail) => hpo.element("div", { class: "card tile" },
    hpo.element("p", { class: "label" }, label), hpo.element("p", { class: "value" }, value), hpo.element("p", { class: "detail" }, ...detail));

  /** @type {(snapshot: Study) => HTMLElement} */
  const statesOf = snapshot => {
    const counts = new Map();
    for (const trial of snapshot.trials) counts.set(trial.state, (counts.get(trial.state) ?? 0) + 1);
    const violating = snapshot.trials.filter(trial => !trial.feasible).length;
    return hpo.element("span", { class: "states" }, ...[...counts].sort().map(([state, count]) => hpo.state(state, `${count} ${state.toLowerCase()}`)),
      violating === 0 ? null : hpo.element("span", {}, `${violating} violate${violating === 1 ? "s" : ""} constraints`));
  };

  /** @type {(snapshot: Study) => HTMLElement} */
  const bestTile = snapshot => {
    if (snapshot.preferential) return tile("Best trials", String(snapshot.best.size), snapshot.best.size === 0 ? "none was preferred to another one yet" : "no other trial was preferred to one of them");
    if (snapshot.objectives.length > 1) return tile("Pareto front", hpo.count(snapshot.best.size, "trial"), snapshot.objectives.map(objective => `${objective.direction} ${objective.name}`).join(", "));
    const trial = snapshot.byNumber.get([...snapshot.best][0]);
    return trial === undefined
      ? tile("Best value", "–", snapshot.trials.some(known => known.state === "COMPLETE") ? "no complete trial keeps its constraints" : "no trial is complete")
      : tile("Best value", hpo.number(trial.values?.[0]), `trial ${trial.number}, ${snapshot.objectives[0].direction}${snapshot.isConstrained ? ", keeps its constraints" : ""}`);
  };

  /** @type {(snapshot: Study) => HTMLElement} */
  const timeTile = snapshot => {
    let [begin, end, busy] = [Infinity, -Infinity, 0];
    for (const trial of snapshot.trials) {
      if (trial.start === undefined) continue;
      begin = Math.min(begin, trial.start);
      end = Math.max(end, trial.end ?? snapshot.takenAt);
      busy += trial.duration ?? 0;
    }
    if (begin === Infinity) return tile("Time", "–", "no trial has started");
    return tile("Time", hpo.duration(end - begin), `${hpo.duration(busy)} in trials, from ${hpo.time(begin)}`);
  };

  /** @type {(snapshot: Study) => HTMLElement | null} */
  const pruningTile = ({ pruning }) => (pruning === undefined
    ? null
    : tile("Pruning saved", hpo.percent(1 - pruning.steps / pruning.stepsWithoutPruning),
      `${pruning.steps.toLocaleString("en")} steps run, ${pruning.stepsWithoutPruning.toLocaleString("en")} without pruning`));

  /** @type {(snapshot: Study) => HTMLElement | null} */
  const bestCard = snapshot => {
    const [first, ...others] = snapshot.best;
    const trial = snapshot.byNumber.get(first);
    if (!trial) return null;
    if (snapshot.preferential && others.length > 0) {
      return hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Best trials"),
        hpo.element("p", { class: "note" }, "Trials ", ...[...snapshot.best].flatMap((number, i) => [i === 0 ? "" : ", ", hpo.trialLink(number)]), ": each was preferred to another one, and no other was preferred to it. They are marked in the table."));
    }
    if (others.length > 0) {
      return hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Pareto front"),
        hpo.element("p", { class: "note" }, "Trials ", ...[...snapshot.best].flatMap((number, i) => [i === 0 ? "" : ", ", hpo.trialLink(number)]), ": no other trial beats one of them in every objective. They are marked in the table."));
    }
    return hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Best trial: ", hpo.trialLink(trial.number)),
      hpo.facts([
        ...snapshot.objectives.map((objective, i) => hpo.fact(objective.name, String(trial.values?.[i]))),
        ...snapshot.parameters.flatMap((parameter, i) => (trial.params[i] === null ? [] : [hpo.fact(parameter.name, String(hpo.paramOf(parameter, trial.params[i])))])),
        ["Duration", hpo.duration(trial.duration)],
      ]));
  };

  /** @type {(snapshot: Study) => HTMLElement} */
  const studyCard = snapshot => hpo.element("div", { class: "card" }, hpo.element("h3", {}, "Study"),
    hpo.facts([["Storage", snapshot.storage],
      ["Objectives", snapshot.preferential ? "preferential: people compare its trials, which have no values" : snapshot.objectives.map(objective => `${objective.direction} ${objective.name}`).join(", ")],
      ...(snapshot.preferential?.wanted === undefined ? [] : [hpo.fact("Compared at a time", String(snapshot.preferential.wanted))]),
      ["Parameters", snapshot.parameters.map(parameter => parameter.name).join(", ") || "none yet"],
      ...Object.entries(snapshot.userAttrs)]));

  /** @type {(snapshot: Study) => HTMLElement | null} */
  const noticeOf = snapshot => {
    const text = snapshot.trials.length === 0
      ? "The study has no trials yet. Its plots appear with the first ones."
      : snapshot.trials.every(trial => trial.state === "FAIL")
        ? "Every trial failed. See the output of the program that ran them; the table shows what they tried."
        : snapshot.preferential ? (snapshot.preferential.pairs.length === 0 ? "No trials were compared yet: there are no best ones." : null)
        : !snapshot.trials.some(trial => trial.state === "COMPLETE") ? "No trial is complete yet."
          : snapshot.best.size === 0 ? "No complete trial keeps the study's constraints: there is no best one yet." : null;
    return text === null ? null : hpo.element("p", { class: "card notice", role: "status" }, text);
  };

  // Values from 1 to 1,000 and more are read on a logarithmic scale.
  /** @type {(snapshot: Study) => boolean | undefined} */
  const spansDecades = snapshot => {
    const points = hpo.distribution(hpo.complete(snapshot, 0).map(trial => trial.values[0]));
    if (points.length === 0) return undefined;
    const [[least], [most]] = [points[0], points[points.length - 1]];
    return least > 0 && most > 1000 * least;
  };

  /** @type {(text: string, checked: boolean | undefined, changed: (checked: boolean) => void) => HTMLElement} */
  const checkbox = (text, checked, changed) => hpo.element("label", { class: "choice" },
    hpo.element("input", { type: "checkbox", checked, onchange: event => changed(event.target.checked) }), text);

  class StudyView {
    /** @type {Study} */
    snapshot;

    /** @type {[x: number, y: number]} */
    axes = [0, 0];

    /** @type {[x: number, y: number]} */
    frontAxes = [0, 1];

    /** @type {boolean | undefined} */
    log;

    /** @type {string | undefined} */
    evaluator;

    /** @type {string | undefined} */
    shape;

    /** @type {Figure[]} */
    sliceFigures = [];

    /** @type {{ by: Order, withPruned: boolean }} */
    course = { by: "number", withPruned: true };

    constructor() {
      this.objective = 0;
      this.tiles = hpo.element("div", { class: "tiles" });
      this.notice = hpo.element("div", {});
      this.cards = hpo.element("div", { class: "two" });
      this.table = hpo.table();
      this.slices = hpo.element("div", { class: "slices" });
      /** @type {(plot: () => Plot) => Plot} */
      const draw = plot => context => plot()(context);
      this.front = hpo.figure("Pareto front", draw(() => hpo.plots.front(this.snapshot, ...this.frontAxes)), "wide");
      this.history = hpo.figure("Optimization history", draw(() => hpo.plots.history(this.snapshot, this.objective, this.log, this.course)));
      this.intermediate = hpo.figure("Intermediate values", draw(() => hpo.plots.intermediate(this.snapshot, this.log)));
      this.importances = hpo.figure("Parameter importances", draw(() => hpo.plots.importances(this.snapshot, this.evaluator)));
      this.contour = hpo.figure("Contour", draw(() => hpo.plots.contour(this.snapshot, this.objective, ...this.axes)));
      this.rank = hpo.figure("Rank", draw(() => hpo.plots.rank(this.snapshot, this.objective, ...this.axes)));
      this.edf = hpo.figure("Distribution of values", draw(() => hpo.plots.edf(this.snapshot, this.objective)));
      this.hypervolume = hpo.figure("Hypervolume history", draw(() => hpo.plots.hypervolume(this.snapshot)));
      this.terminator = hpo.figure("Terminator improvement", draw(() => hpo.plots.terminator(this.snapshot)));
      this.preferences = hpo.figure("Preferences", draw(() => hpo.plots.preferences(this.snapshot)), "wide");
      this.front.picked = numbers => this.table.pick(numbers);
      this.parallel = hpo.figure("Parallel coordinates", draw(() => hpo.plots.parallel(this.snapshot, this.objective)), "wide");
      this.timeline = hpo.figure("Timeline", draw(() => hpo.plots.timeline(this.snapshot)), "wide");
      this.figures = [this.preferences, this.front, this.history, this.intermediate, this.importances, this.contour, this.rank, this.edf, this.hypervolume, this.terminator, this.parallel, this.timeline];
      this.choices = hpo.element("div", { class: "controls" });
      this.actions = hpo.element("p", { class: "controls actions" });
      this.files = hpo.element("div", {});
      this.launches = hpo.element("div", {});
      this.graphs = hpo.element("div", {});
      this.evaluation = hpo.evaluationView();
      this.candidates = hpo.element("div", {});
      this.choicesMade = hpo.choicesView();
      this.sliceSection = section("slices", "Slices", hpo.element("p", { class: "note" }, "The value over each parameter; strong colours are later trials."), this.slices);
      this.root = hpo.element("div", {},
        section("summary", "Summary", this.tiles, this.notice, this.cards, this.files, this.actions), this.candidates, this.choicesMade.root, this.launches, this.evaluation.root,
        hpo.element("section", { "aria-labelledby": "plots" },
          hpo.element("div", { class: "head" }, hpo.element("h2", { id: "plots" }, "Plots"), this.choices),
          hpo.element("div", { class: "plots" }, ...this.figures.map(figure => figure.root))),
        this.sliceSection, this.graphs,
        section("trials", "Trials", this.table.root));
    }

    /** @param {Study} snapshot */
    update(snapshot) {
      this.snapshot = snapshot;
      const shape = JSON.stringify([snapshot.objectives, snapshot.parameters]);
      if (shape !== this.shape) this.arrange();
      this.shape = shape;
      hpo.renew(this.tiles, tile("Trials", snapshot.trials.length.toLocaleString("en"), statesOf(snapshot)),
        bestTile(snapshot), hpo.choicesTile(snapshot, tile), timeTile(snapshot), pruningTile(snapshot));
      hpo.renew(this.notice, noticeOf(snapshot));
      hpo.renew(this.cards, bestCard(snapshot), studyCard(snapshot), hpo.noteCard(snapshot.note, hpo.changes?.note(snapshot, null)));
      if (hpo.changes && !this.canChange) this.actions.replaceChildren(...hpo.changes.ofStudy(() => this.snapshot));
      this.canChange = Boolean(hpo.changes);
      hpo.showFiles?.(this.files, snapshot.name, null, true);
      hpo.showLaunches?.(this.launches, snapshot.name);
      hpo.showGraphs?.(this.graphs, snapshot.name);
      hpo.showCandidates?.(this.candidates, snapshot);
      this.choicesMade.update(snapshot);
      this.offerEvaluators();
      this.terminator.root.hidden = !snapshot.terminator;
      this.evaluation.update(snapshot);
      this.table.update(snapshot);
      this.drawAll(figure => figure.follow());
    }

    // What depends on which objectives and parameters there are: the choices, the axes, and a slice for each parameter.
    arrange() {
      const { objectives, parameters } = this.snapshot;
      const several = objectives.length > 1;
      // Trials that people compare have no values to draw.
      for (const figure of this.figures) figure.root.hidden = objectives.length === 0 && figure !== this.timeline;
      this.preferences.root.hidden = !this.snapshot.preferential;
      this.sliceSection.hidden = objectives.length === 0;
      /** @type {<T>(change: (value: T) => void) => (value: T) => void} */
      const redraw = change => value => { change(value); this.drawAll(); };
      this.log ??= spansDecades(this.snapshot);
      /** @type {(list: { name: string }[]) => [value: string, text: string][]} */
      const byName = list => list.map((item, i) => [String(i), item.name]);
      hpo.fill(this.choices,
        several ? hpo.select("Objective", byName(objectives), String(this.objective), redraw(value => { this.objective = Number(value); })) : null,
        objectives.length === 0 ? null : checkbox("Log scale of values", this.log, redraw(value => { this.log = value; })));
      this.front.root.hidden = this.hypervolume.root.hidden = !several;
      this.frontAxes = [0, 1];
      this.front.controls.replaceChildren(...(objectives.length > 2 ? ["X", "Y"].map((label, i) =>
        hpo.select(label, byName(objectives), String(this.frontAxes[i]), redraw(value => { this.frontAxes[i] = Number(value); }))) : []));
      const order = hpo.byImportance(this.snapshot, this.objective);
      this.axes = [order[0] ?? 0, order[1] ?? 0];
      // Contour and ranks are over the same two parameters.
      this.contour.controls.replaceChildren(...(parameters.length > 1 ? ["X", "Y"].map((label, i) =>
        hpo.select(label, byName(parameters), String(this.axes[i]), redraw(value => { this.axes[i] = Number(value); }))) : []));
      /** @type {<T>(change: (value: T) => void) => (value: T) => void} */
      const redrawHistory = change => value => { change(value); this.history.draw(); };
      hpo.fill(this.history.controls,
        hpo.select("By", Object.entries(hpo.orders), this.course.by, redrawHistory(by => { this.course.by = /** @type {Order} */ (by); })),
        several ? null : checkbox("Pruned", this.course.withPruned, redrawHistory(shown => { this.course.withPruned = shown; })));
      this.sliceFigures.forEach(figure => figure.remove());
      this.sliceFigures = objectives.length === 0 ? [] : order.map(i => hpo.figure(parameters[i].name, context => hpo.plots.slice(this.snapshot, this.objective, i, this.log)(context)));
      this.slices.replaceChildren(...this.sliceFigures.map(figure => figure.root));
      if (parameters.length === 0) this.slices.replaceChildren(hpo.element("p", { class: "card empty" }, "The trials have no parameters."));
    }

    // Importances may be found a little later than the study is shown.
    offerEvaluators() {
      const names = this.snapshot.importance.evaluators.map(evaluator => evaluator.name);
      if (names.join() === this.offered) return;
      this.offered = names.join();
      this.importances.controls.replaceChildren(...(names.length < 2 ? [] : [
        hpo.select("Found with", names.map(hpo.asOption), hpo.importanceOf(this.snapshot, this.evaluator).name, name => {
          this.evaluator = name;
          this.importances.draw();
        })]));
    }

    /** @param {(figure: Figure) => void} draw */
    drawAll(draw = figure => figure.draw()) {
      for (const figure of [...this.figures, ...this.sliceFigures]) if (!figure.root.hidden) draw(figure);
    }
  }

  hpo.studyView = () => new StudyView();
})();
