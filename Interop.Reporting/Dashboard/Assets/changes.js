"use strict";
// What the reader may change, where the dashboard was started with --allow-changes. Everything asks before it is done.
(() => {
  const { ask, button, field, post } = hpo;

  /** @type {(study: string, trial: number | null) => EditNote} */
  const editNote = (study, trial) => note => {
    const text = hpo.element("textarea", { rows: "14", "aria-label": "Markdown" });
    text.value = note.body;
    ask(trial === null ? "Note on the study" : `Note on trial ${trial}`, [field("Markdown, which optuna-dashboard shows, too", text)], "Save",
      () => post("note", { study, trial, version: note.version + 1, body: text.value }));
  };

  /** @param {Study} snapshot */
  const enqueue = snapshot => {
    const inputs = snapshot.parameters.map(parameter => (parameter.choices
      ? hpo.element("select", {}, hpo.element("option", { value: "" }, "sampled"), ...parameter.choices.map((choice, i) => hpo.element("option", { value: i }, choice)))
      : hpo.element("input", { type: "number", step: parameter.kind === "int" ? String(parameter.step ?? 1) : "any",
        min: String(parameter.low), max: String(parameter.high), placeholder: `sampled, or ${parameter.low} to ${parameter.high}` })));
    ask("Enqueue a trial", [
      hpo.element("p", { class: "note" }, snapshot.parameters.length === 0
        ? "No trial has told what the study's parameters are yet: all are sampled." : "A worker takes it next. What is left empty is sampled."),
      ...snapshot.parameters.map((parameter, i) => field(parameter.name, inputs[i]))], "Enqueue",
    () => post("enqueue", { study: snapshot.name, params: Object.fromEntries(
      snapshot.parameters.map((parameter, i) => [parameter.name, inputs[i].value]).filter(([, value]) => value !== "").map(([name, value]) => [name, Number(value)])) }));
  };

  /** @type {(snapshot: Study, trial: Trial) => void} */
  const fail = (snapshot, trial) => ask(`Fail trial ${trial.number}?`,
    [hpo.element("p", {}, "Its state becomes FAIL for good. Its worker, if it still runs, learns of it when it next writes.")], "Fail the trial",
    () => post("fail", { study: snapshot.name, trial: trial.number }));

  /** @type {(snapshot: Study, trial: Trial) => void} */
  const complete = (snapshot, trial) => {
    const fields = hpo.valueFields(snapshot, trial);
    ask(`Complete trial ${trial.number}`, [...fields.map(({ label, input }) => field(label, input)),
      hpo.element("p", { class: "note" }, "Its state becomes COMPLETE for good, with these values.")], "Complete the trial",
    () => post("complete", { study: snapshot.name, trial: trial.number, values: fields.map(({ read }) => read()) }));
  };

  /** @type {(snapshot: Study, trial: Trial) => void} */
  const fillIn = (snapshot, trial) => {
    const fields = hpo.attributeFields(snapshot, trial);
    ask(`Form of trial ${trial.number}`, [...fields.map(({ label, input }) => field(label, input)),
      hpo.element("p", { class: "note" }, "They become user attributes of the trial, which goes on: its program reads them.")], "Save",
    () => post("form", { study: snapshot.name, trial: trial.number, fields: Object.fromEntries(fields.map(({ key, read }) => [key, read()])) }));
  };

  /** @type {(snapshot: Study, trial: Trial) => HTMLElement[]} */
  const ofRunning = (snapshot, trial) => [
    ...(snapshot.form?.output === "user_attr" ? [button("Fill in the form", () => fillIn(snapshot, trial))] : []),
    // Where people compare the trials, they have no values.
    ...(snapshot.preferential ? [] : [button("Set its values", () => complete(snapshot, trial))]),
    button("Fail the trial", () => fail(snapshot, trial)),
  ];

  /** @type {(study: string, choice: Choice) => HTMLElement} */
  const turnChoice = (study, { id, worst, isTakenBack }) => (isTakenBack
    ? button("Restore", () => ask("Restore the choice?", [hpo.element("p", {}, `That trial ${worst} is the worst counts again.`)], "Restore it",
      () => post("preference/restore", { study, choice: id })), `Restore the choice of trial ${worst}`)
    : button("Take back", () => ask("Take the choice back?", [hpo.element("p", {}, `That trial ${worst} is the worst counts no more. The choice stays here and can be restored.`)], "Take it back",
      () => post("preference/take-back", { study, choice: id })), `Take back the choice of trial ${worst}`));

  /** @param {string} study */
  const rename = study => {
    const name = hpo.element("input", { type: "text", required: true, maxlength: "512", value: study });
    ask("Rename the study", [field("Name", name), hpo.element("p", { class: "note" }, "Workers that run go on. Those that are started later need the new name.")], "Rename", async () => {
      await post("rename", { study, name: name.value });
      location.href = `/study?name=${encodeURIComponent(name.value)}`;
    });
  };

  /** @param {Study} snapshot */
  const remove = snapshot => {
    const name = hpo.element("input", { type: "text", required: true, autocomplete: "off" });
    ask("Delete the study?", [hpo.element("p", {}, `All ${hpo.count(snapshot.trials.length, "trial")} of it are lost. Type its name to confirm.`), field(`“${snapshot.name}”`, name)], "Delete for good", async () => {
      await post("delete", { study: snapshot.name, confirmed: name.value });
      location.href = "/";
    });
  };

  const create = () => {
    const name = hpo.element("input", { type: "text", required: true, maxlength: "512" });
    const directions = hpo.element("input", { type: "text", required: true, value: "minimize", pattern: "(minimize|maximize)( *, *(minimize|maximize))*" });
    ask("New study", [field("Name", name), field("Objectives: minimize or maximize, comma-separated for several", directions)], "Create",
      () => post("create", { name: name.value, directions: directions.value.split(",").map(word => word.trim()) }));
  };

  // Null in a page that has no folder of artifacts.
  /** @type {number | null} */
  let largest = null;

  /** @type {(study: string, trial: number | null, file: File | undefined) => Promise<void>} */
  const sendFile = async (study, trial, file) => {
    if (!file) throw new Error("Choose a file first.");
    // It would be sent whole, or in part, before the answer was read.
    if (largest !== null && file.size > largest) throw new Error(`The file is too large: at most ${largest.toLocaleString("en")} bytes are taken (--max-upload).`);
    const query = new URLSearchParams({ study, name: file.name, ...(trial === null ? {} : { trial: String(trial) }) });
    const response = await fetch(`/api/changes/artifact/upload?${query}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
    if (!response.ok) throw new Error((await response.text()).trim() || `The dashboard answered ${response.status}.`);
  };

  /** @type {(study: string, trial: number | null, done: () => void) => void} */
  const upload = (study, trial, done) => {
    const input = hpo.element("input", { type: "file", required: true });
    ask(trial === null ? "Attach a file to the study" : `Attach a file to trial ${trial}`, [field("File, which Optuna and optuna-dashboard read, too", input)], "Upload", async () => {
      await sendFile(study, trial, input.files?.[0]);
      done();
    });
  };

  /** @type {(study: string, trial: number | null, file: Snapshot.ArtifactEntry, done: () => void) => void} */
  const removeFile = (study, trial, file, done) => ask(`Remove “${file.name}”?`, [hpo.element("p", {}, "The file is deleted for good.")], "Remove the file", async () => {
    await post("artifact/remove", { study, trial, id: file.id });
    done();
  });

  /** @type {Changes["artifacts"]} */
  const artifacts = (study, trial, done) => (largest === null ? null : {
    upload: [button("Attach a file", () => upload(study, trial, done))],
    remove: file => button("Remove", () => removeFile(study, trial, file, done), `Remove ${file.name}`),
  });

  /** @type {(study: string, run: string, done: () => void) => HTMLElement} */
  const stopLaunch = (study, run, done) => button("Stop the launch", () => ask(`Stop run ${run}?`,
    [hpo.element("p", {}, "Its workers end their trials, which become FAIL, and the launcher ends. ParallelLauncher --resume goes on with it.")], "Stop the launch",
    async () => {
      await post("launch/stop", { study, run });
      done();
    }), `Stop the launch ${run}`);

  // What the views offer.
  /** @type {Changes} */
  const changes = {
    artifacts,
    stopLaunch,
    note: (snapshot, trial) => editNote(snapshot.name, trial),
    ofStudy: get => [button("Enqueue a trial", () => enqueue(get())), button("Rename", () => rename(get().name)), button("Delete", () => remove(get()))],
    ofTrial: (snapshot, trial) => (trial.state === "RUNNING" ? ofRunning(snapshot, trial) : []),
    turnChoice,
  };

  (async () => {
    const { kind } = document.documentElement.dataset;
    if (kind !== "list" && kind !== "live") return;
    const response = await fetch("/api/rights");
    if (!response.ok) return;
    /** @type {Snapshot.Rights} */
    const rights = await response.json();
    if (!rights.changes) return;
    largest = rights.artifacts ?? null;
    hpo.changes = changes;
    if (kind === "list") document.getElementById("theme").before(button("New study", create));
    else hpo.showAgain();
  })();
})();
