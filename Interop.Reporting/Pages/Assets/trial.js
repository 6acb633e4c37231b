"use strict";
// The page of one trial, which its number in the table and its points in the plots lead to.
(() => {
  const { section } = hpo;

  /** @type {(value: Maybe<number>) => string} */
  const full = value => (value === null || value === undefined ? "–" : Number.isFinite(value) ? String(value) : hpo.number(value));

  /** @type {(label: string, names: string[], rows: string[][]) => HTMLElement} */
  const table = (label, names, rows) => hpo.plainTable(label, names.map(name => [name, "text"]),
    hpo.element("tbody", {}, ...rows.map(([first, ...others]) => hpo.element("tr", {}, hpo.element("th", { scope: "row", class: "text" }, first),
      ...others.map(cell => hpo.element("td", { class: "text" }, cell))))), "pairs");

  /** @type {(title: string, content: HTMLElement) => HTMLElement} */
  const card = (title, content) => hpo.element("div", { class: "card" }, hpo.element("h3", {}, title), content);

  /** @type {(text: string) => HTMLElement} */
  const none = text => hpo.element("p", { class: "note" }, text);

  /** @type {(parameter: Parameter) => string} */
  const range = parameter => (parameter.choices
    ? `one of ${parameter.choices.join(", ")}`
    : `${parameter.kind}, ${full(parameter.low)} to ${full(parameter.high)}${parameter.log ? ", logarithmic" : ""}${parameter.step && !(parameter.kind === "int" && parameter.step === 1) ? `, in steps of ${parameter.step}` : ""}`);

  /** @type {(snapshot: Study, trial: Trial) => HTMLElement} */
  const parameters = (snapshot, trial) => {
    const rows = snapshot.parameters.flatMap((parameter, i) => (trial.params[i] === null ? []
      : [[parameter.name, parameter.choices ? hpo.paramText(parameter, trial.params[i]) : full(trial.params[i]), range(parameter)]]));
    return card("Parameters", rows.length === 0 ? none("It has none yet.") : table("Parameters", ["Parameter", "Value", "Drawn from"], rows));
  };

  /** @type {(text?: string) => number[]} */
  const list = text => {
    try {
      const numbers = JSON.parse(text ?? "[]");
      return Array.isArray(numbers) ? numbers.filter(Number.isInteger) : [];
    } catch {
      return [];
    }
  };

  /** @type {(numbers: number[]) => HTMLElement} */
  const links = numbers => hpo.element("span", {}, ...numbers.flatMap((number, i) => [i === 0 ? "" : ", ", hpo.trialLink(number)]));

  // Optuna's callback writes which trial failed first, and the attempts since.
  /** @type {(snapshot: Study, trial: Trial) => Fact[]} */
  const retries = (snapshot, trial) => {
    const first = trial.system?.failed_trial;
    const attempts = list(trial.system?.retry_history);
    const later = snapshot.trials.filter(other => list(other.system?.retry_history).includes(trial.number)).map(other => other.number);
    return [
      ...(first === undefined ? [] : [hpo.fact("Retries", links([...new Set([Number(first), ...attempts])].filter(number => snapshot.byNumber.has(number))))]),
      ...(later.length === 0 ? [] : [hpo.fact("Retried by", links(later))]),
    ];
  };

  // What people said of it beside other trials.
  /** @type {(snapshot: Study, trial: Trial) => Fact[]} */
  const compared = ({ preferential }, { number }) => {
    const better = preferential?.pairs.filter(([, worse]) => worse === number).map(([other]) => other) ?? [];
    const worse = preferential?.pairs.filter(([other]) => other === number).map(([, other]) => other) ?? [];
    return [
      ...(worse.length === 0 ? [] : [hpo.fact("Preferred to", links(worse))]),
      ...(better.length === 0 ? [] : [hpo.fact("Worse than", links(better))]),
      ...(preferential?.skipped.includes(number) ? [hpo.fact("Compared", "no, it was skipped")] : []),
    ];
  };

  /** @type {(snapshot: Study, trial: Trial) => HTMLElement} */
  const facts = (snapshot, trial) => hpo.facts([
    ["State", hpo.state(trial.state)],
    ...snapshot.objectives.map((objective, i) => hpo.fact(objective.name, full(trial.values?.[i]))),
    ...(snapshot.best.has(trial.number) ? [hpo.fact("Best", snapshot.preferential ? "no other trial was preferred to it" : snapshot.objectives.length > 1 ? "on the Pareto front" : "the study's best trial")] : []),
    ...compared(snapshot, trial),
    ...Object.entries(trial.constraints ?? {}).map(([name, value]) => hpo.fact(`Constraint ${name}`, `${full(value)}, ${value <= 0 ? "kept" : "violated"}`)),
    ["Started", hpo.time(trial.start)], ["Ended", hpo.time(trial.end)], ["Duration", hpo.duration(trial.duration)],
    ...(trial.worker ? [hpo.fact("Worker", trial.worker)] : []),
    ...retries(snapshot, trial),
  ]);

  /** @param {Trial} trial */
  const artifacts = trial => Object.entries(trial.system ?? {}).filter(([key]) => key.startsWith("artifacts:")).map(([key, text]) => {
    let meta;
    try { meta = JSON.parse(text); } catch { /* it is shown as it is */ }
    return [String(meta?.filename ?? text), String(meta?.mimetype ?? "–"), key.slice("artifacts:".length)];
  });

  /** @type {(title: string, attrs: string[][], empty: string) => HTMLElement} */
  const attributes = (title, attrs, empty) => card(title, attrs.length === 0 ? none(empty) : table(title, ["Name", "Value"], attrs));

  /** @type {(trial: Trial, context: PlotContext) => Drawing} */
  const drawCurve = ({ number, intermediate }, { colors, narrow }) => {
    if (!intermediate) return { empty: "Its values are being fetched." };
    const points = intermediate.filter(([, value]) => Number.isFinite(value));
    if (points.length === 0) return { empty: intermediate.length === 0 ? "It reported no values." : "It reported no finite value." };
    const missing = intermediate.length - points.length;
    return {
      height: narrow ? 260 : 320,
      note: `${hpo.count(intermediate.length, "reported value")}${missing === 0 ? "" : `, ${missing} of them infinite or NaN`}.`,
      label: `Intermediate values of trial ${number}: from ${hpo.number(points[0][1])} to ${hpo.number(points[points.length - 1][1])} over ${hpo.count(points.length, "step")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, point => hpo.tip(`Step ${point.value[0]}`, [["Value", full(point.value[1])]])),
        toolbox: hpo.zoom(colors, narrow),
        xAxis: hpo.axis(colors, "Step", { minInterval: 1 }), yAxis: hpo.axis(colors, "Reported value"),
        series: { type: "line", symbolSize: 6, itemStyle: { color: colors.complete }, lineStyle: { color: colors.complete, width: 2 },
          data: intermediate.map(([step, value]) => [step, Number.isFinite(value) ? value : "-"]) },
      },
    };
  };

  class TrialView {
    /** @type {Study} */
    snapshot;

    /** @type {number | undefined} */
    number;

    /** @type {Trial | undefined} */
    trial;

    constructor() {
      this.curve = hpo.figure("Intermediate values", context => (this.trial ? drawCurve(this.trial, context) : {}));
      this.curve.leadsToTrials = false;
      this.head = hpo.element("nav", { class: "head", "aria-label": "Trials" });
      this.cards = hpo.element("div", { class: "two" });
      this.actions = hpo.element("p", { class: "controls actions" });
      this.reports = hpo.element("div", { class: "card" });
      this.rest = hpo.element("div", { class: "two" });
      this.files = hpo.element("div", {});
      this.log = hpo.element("div", {});
      this.root = hpo.element("div", {}, this.head, this.cards, this.actions, this.log,
        section("reports", "Reported values", hpo.element("div", { class: "plots" }, this.curve.root, this.reports)),
        section("attributes", "Attributes", this.rest, this.files));
    }

    /** @param {Study} snapshot @param {number} number */
    update(snapshot, number) {
      this.snapshot = snapshot;
      // Of another trial nothing stays: its buttons look the same.
      if (number !== this.number) for (const part of [this.cards, this.reports, this.rest, this.log]) part.replaceChildren();
      this.number = number;
      const trial = this.trial = snapshot.byNumber.get(number);
      /** @type {(text: string, to: number) => HTMLElement | null} */
      const neighbour = (text, to) => (snapshot.byNumber.has(to) ? hpo.trialLink(to, text) : null);
      hpo.renew(this.head, hpo.element("a", { href: "#study" }, "Back to the study"),
        hpo.element("span", { class: "controls" }, neighbour("Previous trial", number - 1), neighbour("Next trial", number + 1)));
      for (const part of this.root.querySelectorAll("section")) part.hidden = !trial;
      if (!trial) {
        this.cards.replaceChildren(hpo.element("p", { class: "card" }, `The study has no trial ${number}.`));
        this.actions.replaceChildren();
        return;
      }
      hpo.renew(this.cards, card(`Trial ${number}`, facts(snapshot, trial)), parameters(snapshot, trial), hpo.noteCard(trial.note, hpo.changes?.note(snapshot, number)));
      hpo.fill(this.actions, ...(hpo.changes?.ofTrial(snapshot, trial) ?? []));
      if (!trial.intermediate) this.fetchCurve(trial);
      hpo.renew(this.reports, hpo.element("h3", {}, "Values by step"), trial.steps === 0
        ? none("It reported none.")
        : !trial.intermediate ? none("They are being fetched.")
          : table("Values by step", ["Step", "Value"], trial.intermediate.map(([step, value]) => [String(step), full(value)])));
      const files = artifacts(trial);
      hpo.renew(this.rest,
        attributes("User attributes", Object.entries(trial.attrs ?? {}), "It has none."),
        attributes("System attributes", Object.entries(trial.system ?? {}).filter(([key]) => !key.startsWith("artifacts:")), "It has none."),
        files.length === 0 || hpo.showFiles ? null : card("Artifacts", table("Artifacts", ["File", "Type", "Id"], files)));
      hpo.showTrialLog?.(this.log, snapshot.name, trial);
      // Nothing is attached to a trial that has ended.
      hpo.showFiles?.(this.files, snapshot.name, number, ["RUNNING", "WAITING"].includes(trial.state));
      this.curve.draw();
    }

    /** @param {Trial} trial */
    async fetchCurve(trial) {
      await hpo.fetchCurves?.(this.snapshot, [trial]);
      await hpo.released();
      if (this.trial?.number === trial.number && this.trial.intermediate) this.update(this.snapshot, trial.number);
    }
  }

  hpo.trialView = () => new TrialView();
})();
