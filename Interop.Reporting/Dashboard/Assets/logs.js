"use strict";
// The ends of workers' logs.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;
  const INTERVAL = 2000;
  /** @type {(study: string, run: string, worker: number) => string} */
  const address = (study, run, worker) => `/api/launch/log?${new URLSearchParams({ study, run, worker: String(worker) })}`;

  // Read while it is open and looked at.
  class WorkerLog {
    isOpen = false;
    isAsking = false;

    /**
     * @param {string} study
     * @param {string} run
     * @param {number} worker
     */
    constructor(study, run, worker) {
      this.address = address(study, run, worker);
      this.text = hpo.element("pre", { tabindex: "0", role: "region", "aria-label": `End of the log of worker ${worker}` });
      this.note = hpo.element("p", { class: "note" });
      this.root = hpo.element("div", { class: "log", id: `log-${run}-${worker}`, hidden: true }, hpo.element("h4", {}, `Log of worker ${worker}`), this.note, this.text);
    }

    /** @param {boolean} isOpen */
    open(isOpen) {
      this.isOpen = isOpen;
      this.root.hidden = !isOpen;
      this.refresh();
    }

    async refresh() {
      if (!this.isOpen || document.hidden || !this.root.isConnected || this.isAsking) return;
      this.isAsking = true;
      try {
        const response = await fetch(this.address);
        const text = await response.text();
        if (response.ok) this.show(text);
        this.note.textContent = response.ok ? "At most its last 64 KiB." : text;
      } catch {
        this.note.textContent = "The dashboard does not answer.";
      } finally {
        this.isAsking = false;
      }
    }

    // What was shown stays as it is, with what the reader has marked in it; the end stays in sight of those who look at it.
    /** @param {string} text */
    show(text) {
      const known = this.text.textContent ?? "";
      if (text === known) return;
      const isAtEnd = this.text.scrollTop + this.text.clientHeight >= this.text.scrollHeight - 4;
      if (known !== "" && text.startsWith(known)) this.text.append(text.slice(known.length));
      else this.text.textContent = text;
      if (isAtEnd) this.text.scrollTop = this.text.scrollHeight;
    }
  }

  hpo.workerLog = (study, run, worker) => new WorkerLog(study, run, worker);

  // A trial's own lines cannot be told from others: a log has no times. While the trial runs, its worker's newest lines are likely its own.
  class TrialLog {
    /**
     * @param {string} study
     * @param {number} trial
     * @param {boolean} isRunning
     */
    constructor(study, trial, isRunning) {
      this.study = study;
      this.trial = trial;
      this.isRunning = isRunning;
      this.root = hpo.element("div", {});
      this.find();
    }

    async find() {
      try {
        const response = await fetch(`/api/launch/owner?${new URLSearchParams({ study: this.study, trial: String(this.trial) })}`);
        if (!response.ok) return;
        const owner = await response.json();
        if (!owner.hasLog) return;
        if (this.isRunning) this.showEnd(owner);
        else this.showLink(owner);
      } catch {
        // The page says that the dashboard does not answer.
      }
    }

    /** @param {TrialOwner} owner */
    showLink({ run, worker }) {
      this.root.replaceChildren(hpo.element("p", { class: "note" }, "Its worker's log, in which its lines are among those of the worker's other trials: ",
        hpo.element("a", { href: address(this.study, run, worker) }, `the end of the log of worker ${worker}`)));
    }

    /** @param {TrialOwner} owner */
    showEnd({ run, worker }) {
      const log = new WorkerLog(this.study, run, worker);
      this.root.replaceChildren(hpo.element("div", { class: "card" }, log.root,
        hpo.element("p", { class: "note" }, "Lines of the worker's earlier trials may be among these.")));
      log.open(true);
      const follow = () => {
        if (shown !== this) return;
        log.refresh();
        setTimeout(follow, INTERVAL);
      };
      setTimeout(follow, INTERVAL);
    }
  }

  /** @type {TrialLog | undefined} */
  let shown;

  // Shows the log of a trial's worker in a container of its page.
  hpo.showTrialLog = (container, study, trial) => {
    if (!trial.worker) {
      shown = undefined;
      container.replaceChildren();
      return;
    }
    const isRunning = trial.state === "RUNNING";
    if (shown?.study === study && shown.trial === trial.number && shown.isRunning === isRunning && container.contains(shown.root)) return;
    shown = new TrialLog(study, trial.number, isRunning);
    container.replaceChildren(shown.root);
  };
})();
