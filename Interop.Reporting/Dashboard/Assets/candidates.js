"use strict";
// The trials of a preferential study that a person is asked to compare: which is the worst?
(() => {
  if (document.documentElement.dataset.kind !== "live") return;

  class CandidateCard {
    shown = "";

    /** @param {number} number @param {() => unknown} worst @param {() => unknown} skip */
    constructor(number, worst, skip) {
      this.judged = hpo.element("div", { class: "judged" });
      this.params = hpo.element("div", {});
      this.worst = hpo.button("Worst", worst, `Trial ${number} is the worst`);
      this.worst.classList.add("primary");
      this.root = hpo.element("li", { class: "card candidate" }, hpo.element("h3", {}, hpo.trialLink(number, `Trial ${number}`)), this.judged, this.params,
        hpo.element("p", { class: "controls" }, this.worst, hpo.button("Skip", skip, `Skip trial ${number}`)));
    }

    /** @type {(snapshot: Study, candidate: Candidate, isOpen: boolean) => void} */
    update(snapshot, { trial: number, isReady, artifact }, isOpen) {
      this.worst.disabled = !isReady || !isOpen;
      const trial = snapshot.byNumber.get(number);
      const { artifactKey } = snapshot.preferential ?? {};
      const shown = JSON.stringify([isReady, artifact, artifactKey, trial?.note, trial?.params]);
      // A picture is not fetched anew, and a text keeps its place.
      if (!trial || shown === this.shown) return;
      this.shown = shown;
      this.params.replaceChildren(hpo.facts(snapshot.parameters.flatMap((parameter, i) =>
        (trial.params[i] === null ? [] : [hpo.fact(parameter.name, hpo.paramText(parameter, trial.params[i]))]))));
      if (!isReady) this.judged.replaceChildren(hpo.element("p", { class: "note" }, artifactKey === undefined
        ? "Its note is not written yet." : `Its artifact is not there yet, which its attribute “${artifactKey}” names.`));
      else if (artifact === undefined) hpo.fill(this.judged, trial.note ? hpo.prose(trial.note.html) : null);
      else this.showArtifact(snapshot.name, number, artifact, shown);
    }

    /** @type {(study: string, number: number, id: string, shown: string) => Promise<void>} */
    async showArtifact(study, number, id, shown) {
      /** @type {HTMLElement | undefined} */
      let view;
      try {
        view = await hpo.artifactView?.(study, number, id);
      } catch (error) {
        view = hpo.element("p", { class: "note" }, error.message);
      }
      await hpo.released();
      if (shown === this.shown) hpo.fill(this.judged, view);
    }
  }

  class CandidatesView {
    /** @type {Study} */
    snapshot;

    /** @type {Preferential} */
    preferential;

    /** @type {Map<number, CandidateCard>} */
    cards = new Map();

    // What was answered here and has not come back yet.
    /** @type {Set<number>} */
    answered = new Set();
    isBusy = false;
    shown = "";

    constructor() {
      this.status = hpo.element("p", { class: "note", role: "status" });
      this.problem = hpo.element("p", { class: "problem", role: "alert" });
      this.list = hpo.element("ul", { class: "candidates" });
      this.undo = hpo.button("Undo the last choice", () => this.takeBack());
      this.title = hpo.element("h2", { id: "candidates", tabindex: "-1" }, "Which trial is the worst?");
      this.root = hpo.element("section", { "aria-labelledby": "candidates" },
        hpo.element("div", { class: "head" }, this.title, hpo.element("span", { class: "controls" }, this.undo, hpo.button("Judged by", () => this.choose()))),
        this.status, this.problem, this.list);
    }

    /** @type {(snapshot: Study, preferential: Preferential) => void} */
    update(snapshot, preferential) {
      [this.snapshot, this.preferential] = [snapshot, preferential];
      const shown = JSON.stringify([preferential.candidates, preferential.choices, preferential.skipped]);
      // The server has told what became of the answers.
      if (shown !== this.shown) this.answered.clear();
      this.shown = shown;
      this.show();
    }

    get open() { return this.preferential.candidates.filter(({ trial }) => !this.answered.has(trial)); }

    get ready() { return this.open.filter(({ isReady }) => isReady).map(({ trial }) => trial); }

    get last() { return this.preferential.choices.filter(({ isTakenBack }) => !isTakenBack).at(-1); }

    show() {
      const { open, ready } = this;
      const hadFocus = this.root.contains(document.activeElement);
      const isOpen = ready.length > 1;
      for (const number of this.cards.keys()) if (!open.some(({ trial }) => trial === number)) this.cards.delete(number);
      hpo.place(this.list, open.map(candidate => {
        const { trial } = candidate;
        const card = this.cards.get(trial) ?? new CandidateCard(trial, () => this.isWorst(trial), () => this.skip(trial));
        this.cards.set(trial, card);
        card.update(this.snapshot, candidate, isOpen);
        return card.root;
      }));
      this.undo.disabled = !this.last;
      const more = this.preferential.more === 0 ? "" : ` ${this.preferential.more.toLocaleString("en")} more follow.`;
      const text = isOpen ? `Choose the worst of these ${ready.length} trials; the others are kept as better ones.${more}`
        : `There ${ready.length === 1 ? "is one trial" : "are no trials"} to compare: a choice is between two at least. More are shown here when the program has made them.`;
      if (this.status.textContent !== text) this.status.textContent = text;
      if (hadFocus) this.keepFocus();
    }

    // The button that was pressed may be gone.
    keepFocus() {
      if (document.activeElement !== document.body) return;
      /** @type {HTMLElement | null} */
      const next = this.list.querySelector("button:not(:disabled)");
      (next ?? this.title).focus();
    }

    /** @type {(act: () => Promise<void>, trial?: number) => Promise<void>} */
    async send(act, trial) {
      // One answer at a time: a second press is no second choice.
      if (this.isBusy) return;
      this.isBusy = true;
      this.problem.textContent = "";
      try {
        await act();
        if (trial !== undefined) this.answered.add(trial);
      } catch (error) {
        this.problem.textContent = error.message;
      }
      this.isBusy = false;
      this.show();
    }

    /** @param {number} trial */
    isWorst(trial) {
      return this.send(() => hpo.post("preference/worst", { study: this.snapshot.name, candidates: this.ready, worst: trial }), trial);
    }

    /** @param {number} trial */
    skip(trial) {
      hpo.ask(`Skip trial ${trial}?`, [hpo.element("p", {}, "It is not compared any more, and is none of the best. This cannot be taken back.")], "Skip the trial", async () => {
        await hpo.post("preference/skip", { study: this.snapshot.name, trial });
        this.answered.add(trial);
        this.show();
      }, () => this.keepFocus());
    }

    takeBack() {
      const { last } = this;
      if (last) this.send(() => hpo.post("preference/take-back", { study: this.snapshot.name, choice: last.id }));
    }

    // What is shown of a trial: its note, or the artifact that an attribute of it names.
    choose() {
      const { artifactKey } = this.preferential;
      const names = [...new Set([...this.snapshot.trials.flatMap(({ attrs }) => Object.keys(attrs ?? {})), ...(artifactKey === undefined ? [] : [artifactKey])])].sort();
      const select = hpo.element("select", {}, hpo.element("option", { value: "" }, "its note"), ...names.map((name, i) =>
        hpo.element("option", { value: i + 1, selected: name === artifactKey }, `the artifact that its attribute “${name}” names`)));
      hpo.ask("What are trials judged by?", [hpo.field("Each trial is judged by", select)], "Save",
        () => hpo.post("preference/judged-by", { study: this.snapshot.name, artifactKey: select.value === "" ? null : names[Number(select.value) - 1] }));
    }
  }

  /** @type {CandidatesView | undefined} */
  let view;

  // Only whoever may change the study is asked.
  hpo.showCandidates = (container, snapshot) => {
    if (!snapshot.preferential || !hpo.changes) {
      container.replaceChildren();
      return;
    }
    view ??= new CandidatesView();
    if (container.firstChild !== view.root) container.replaceChildren(view.root);
    view.update(snapshot, snapshot.preferential);
  };
})();
