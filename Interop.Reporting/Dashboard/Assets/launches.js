"use strict";
// The launches of a study: their workers, how long they still take, and how to stop them. They are asked for while somebody looks, and what
// is shown changes in place, so that neither the focus nor what the reader has opened is lost.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;
  const OFTEN = 2000;
  const SELDOM = 10_000;

  const COLUMNS = [["Worker", "text"], ["State", "text"], ["Host", "text"], ["Trial"], ["Start"], ["Restarts"], ["Complete"], ["Pruned"], ["Failed"],
    ["Last value"], ["Problem", "text"], ["Log", "text"]];

  // The colours of trials' states; the words are there in any case.
  /** @type {Record<string, string>} */
  const COLOURS = { running: "running", succeeded: "complete", stopping: "pruned", stopped: "pruned", failed: "fail", gone: "fail" };

  /** @type {(element: Element, text: string) => void} */
  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  /** @type {(launch: Snapshot.LaunchView) => string} */
  const ended = ({ exitCode, stopReason }) => `Ended${exitCode === undefined ? "" : ` with exit code ${exitCode}`}${stopReason ? `: ${stopReason}` : ""}.`;

  /** @type {(launch: Snapshot.LaunchView) => string} */
  const stateText = launch => /** @type {Record<string, string>} */ ({
    running: "Running.",
    stopping: "Stopping: its workers end in order.",
    elsewhere: `Running, led on ${launch.host ?? "another machine"}.`,
    detached: `Detached: ${launch.job ?? "a cluster"} has the workers. Their states are those of their trials.`,
    killed: `Its launcher was killed. Go on with it: ParallelLauncher --resume ${launch.run}`,
    trials: "Only its trials tell of it: its run folder is not in --log-dir.",
  })[launch.state] ?? ended(launch);

  /** @type {(seconds: number) => string} */
  const about = seconds => (seconds < 60 ? `${Math.round(seconds)} s` : hpo.duration(seconds * 1000));

  /** @type {(launch: Snapshot.LaunchView) => string} */
  const progressText = launch => [
    launch.done === undefined ? null : launch.total === undefined ? hpo.count(launch.done, "finished trial") : `${launch.done.toLocaleString("en")} of ${hpo.count(launch.total, "trial")}`,
    launch.trialsPerMinute === undefined ? null : `${hpo.number(Number(launch.trialsPerMinute))} a minute`,
    launch.secondsLeft === undefined ? null : `about ${about(Number(launch.secondsLeft))} left`,
    launch.started === undefined ? null : `started ${hpo.time(Number(launch.started))}`,
    launch.finished === undefined ? null : `ended ${hpo.time(Number(launch.finished))}`,
  ].filter(Boolean).join(" · ");

  class WorkerRow {
    /** @type {number | undefined} */
    last;

    /**
     * @param {string} study
     * @param {string} run
     * @param {number} index
     */
    constructor(study, run, index) {
      /** @type {(name: string | null) => HTMLElement} */
      const cell = name => hpo.element("td", { class: name });
      this.head = hpo.element("th", { scope: "row", class: "text" }, String(index));
      this.state = hpo.element("span", { class: "state" });
      this.why = hpo.element("span", { class: "note" });
      this.trial = hpo.element("a", {}, "–");
      this.host = cell("text");
      this.problem = cell("text wrapped");
      this.log = cell("text");
      this.numbers = Array.from({ length: 6 }, () => cell(null));
      this.root = hpo.element("tr", {}, this.head, hpo.element("td", { class: "text" }, this.state, this.why), this.host,
        hpo.element("td", {}, this.trial), ...this.numbers, this.problem, this.log);
      this.view = hpo.workerLog(study, run, index);
      this.button = hpo.element("button", { type: "button", class: "button", "aria-expanded": "false", "aria-controls": this.view.root.id,
        "aria-label": `Log of worker ${index}`, onclick: () => this.open(!this.view.isOpen) }, "Log");
    }

    /** @param {boolean} isOpen */
    open(isOpen) {
      this.view.open(isOpen);
      this.button.setAttribute("aria-expanded", String(isOpen));
    }

    /** @param {Snapshot.WorkerView} worker */
    update(worker) {
      setText(this.state, worker.state);
      this.state.className = `state ${COLOURS[worker.state] ?? "waiting"}`;
      setText(this.why, worker.reason ? ` ${worker.reason}` : "");
      setText(this.host, [worker.host, worker.processId === undefined ? null : `process ${worker.processId}`].filter(Boolean).join(", ") || "–");
      // A link that goes away between two trials would take the focus with it.
      if (worker.trial !== undefined) {
        this.last = worker.trial;
        this.trial.href = `#trial-${worker.trial}`;
      }
      setText(this.trial, this.last === undefined ? "–" : `${this.last}${worker.trial === undefined ? ", ended" : ""}`);
      const value = worker.lastValue === undefined ? undefined : Number(worker.lastValue);
      [worker.start, worker.restarts ?? "–", worker.complete, worker.pruned, worker.failed, hpo.number(value)].forEach((text, i) => setText(this.numbers[i], String(text)));
      setText(this.problem, worker.problem ?? (worker.state === "failed" && worker.exitCode !== undefined ? `exit code ${worker.exitCode}` : ""));
      if (worker.hasLog && !this.button.isConnected) this.log.replaceChildren(this.button);
      this.view.refresh();
    }
  }

  class LaunchCard {
    /** @type {string | undefined} */
    shownProblems;

    /** @type {string | undefined} */
    offered;

    /** @type {Map<number, WorkerRow>} */
    rows = new Map();

    /**
     * @param {string} study
     * @param {string} run
     * @param {() => void} changed
     */
    constructor(study, run, changed) {
      this.study = study;
      this.run = run;
      this.changed = changed;
      this.title = hpo.element("h3", { tabindex: "-1" }, `Run ${run}`);
      this.status = hpo.element("p", { role: "status" });
      this.progress = hpo.element("p", { class: "note" });
      this.problems = hpo.element("ul", { class: "problem" });
      this.actions = hpo.element("p", { class: "controls actions" });
      this.body = hpo.element("tbody", {});
      this.logs = hpo.element("div", {});
      this.root = hpo.element("div", { class: "card launch" }, this.title, this.status, this.progress, this.problems,
        hpo.plainTable(`Workers of run ${run}`, COLUMNS, this.body), this.logs, this.actions);
    }

    /** @param {Snapshot.LaunchView} launch */
    update(launch) {
      setText(this.status, stateText(launch));
      setText(this.progress, progressText(launch));
      if (launch.problems.join("\n") !== this.shownProblems) this.problems.replaceChildren(...launch.problems.map(text => hpo.element("li", {}, text)));
      this.shownProblems = launch.problems.join("\n");
      for (const worker of launch.workers) {
        const row = this.rows.get(worker.index) ?? this.add(worker.index);
        row.update(worker);
      }
      this.offerStop(launch);
    }

    /** @param {number} index */
    add(index) {
      const row = new WorkerRow(this.study, this.run, index);
      this.rows.set(index, row);
      this.body.append(row.root);
      this.logs.append(row.view.root);
      return row;
    }

    /** @param {Snapshot.LaunchView} launch */
    offerStop(launch) {
      const stop = launch.canStop && launch.state === "running" ? hpo.changes?.stopLaunch : undefined;
      const offered = stop ? "button" : launch.state === "stopping" ? "" : `${launch.stopCommand ?? ""} ${launch.host ?? ""}`;
      if (offered === this.offered) return;
      this.offered = offered;
      // The focus stays in the card.
      if (this.actions.contains(document.activeElement)) this.title.focus();
      this.actions.replaceChildren(...(stop ? [stop(this.study, this.run, this.changed)]
        : launch.stopCommand && launch.state !== "stopping"
          ? [hpo.element("span", { class: "note" }, "To stop it: ", hpo.element("code", {}, launch.stopCommand), launch.state === "elsewhere" ? ` on ${launch.host}` : "")]
          : []));
    }
  }

  class Launches {
    isLive = false;
    isAsking = false;

    /** @type {Map<string, LaunchCard>} */
    cards = new Map();

    /** @param {string} study */
    constructor(study) {
      this.study = study;
      this.list = hpo.element("div", {});
      this.root = hpo.section("workers", "Workers", this.list);
      this.root.hidden = true;
      this.follow();
    }

    // One question at a time, and none while nobody looks.
    async follow() {
      const isLive = await this.refresh();
      setTimeout(() => this.follow(), isLive ? OFTEN : SELDOM);
    }

    async refresh() {
      if (document.hidden || !this.root.isConnected || this.isAsking) return this.isLive;
      this.isAsking = true;
      try {
        const response = await fetch(`/api/launches?${new URLSearchParams({ study: this.study })}`);
        if (response.ok) {
          const launches = await response.json();
          await hpo.released();
          this.show(launches);
        }
      } catch {
        // The page says that the dashboard does not answer.
      } finally {
        this.isAsking = false;
      }
      return this.isLive;
    }

    /** @param {Snapshot.LaunchView[]} launches */
    show(launches) {
      this.isLive = launches.some(launch => launch.state !== "finished");
      this.root.hidden = launches.length === 0;
      const shown = launches.map(launch => {
        const card = this.cards.get(launch.run) ?? new LaunchCard(this.study, launch.run, () => this.refresh());
        this.cards.set(launch.run, card);
        card.update(launch);
        return card.root;
      });
      hpo.place(this.list, shown);
    }
  }

  /** @type {Launches | undefined} */
  let launches;

  // Shows a study's launches in a container of its view.
  hpo.showLaunches = (container, study) => {
    if (launches?.study !== study) {
      launches = new Launches(study);
      container.replaceChildren(launches.root);
    }
    launches.refresh();
  };
})();
