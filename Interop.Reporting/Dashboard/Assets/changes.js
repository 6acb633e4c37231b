"use strict";
// What the reader may change, where the dashboard was started with --allow-changes. Everything asks before it is done.
(() => {
  /** @type {(path: string, body: object) => Promise<void>} */
  const post = async (path, body) => {
    const response = await fetch(`/api/changes/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error((await response.text()).trim() || `The dashboard answered ${response.status}.`);
  };

  // A dialog with some fields; it stays open, with the reason, where the change is refused.
  /** @type {(title: string, content: HTMLElement[], action: string, save: () => Promise<void>) => void} */
  const ask = (title, content, action, save) => {
    const problem = hpo.element("p", { class: "problem", role: "alert" });
    const submit = hpo.element("button", { type: "submit", class: "button primary" }, action);
    const dialog = hpo.element("dialog", { "aria-label": title, onclose: event => event.target.remove() });
    const form = hpo.element("form", { onsubmit: async event => {
      event.preventDefault();
      submit.disabled = true;
      try {
        await save();
        dialog.close();
      } catch (error) {
        problem.textContent = error.message;
      }
      submit.disabled = false;
    } }, hpo.element("h2", {}, title), ...content, problem,
    hpo.element("p", { class: "controls" }, submit, hpo.element("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel")));
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  };

  /** @type {(label: string, input: HTMLElement) => HTMLElement} */
  const field = (label, input) => hpo.element("label", { class: "field" }, label, input);

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

  /** @type {(snapshot: Study, trial: Trial) => Promise<void>} */
  const complete = async (snapshot, trial) => {
    const fields = await hpo.valueFields(snapshot, trial);
    ask(`Complete trial ${trial.number}`, [...fields.map(({ label, input }) => field(label, input)),
      hpo.element("p", { class: "note" }, "Its state becomes COMPLETE for good, with these values.")], "Complete the trial",
    () => post("complete", { study: snapshot.name, trial: trial.number, values: fields.map(({ input }) => Number(input.value)) }));
  };

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

  /** @type {(text: string, act: () => unknown, label?: string) => HTMLElement} */
  const button = (text, act, label) => hpo.element("button", { type: "button", class: "button", "aria-label": label, onclick: act }, text);

  // What the views offer.
  /** @type {Changes} */
  const changes = {
    artifacts,
    stopLaunch,
    note: (snapshot, trial) => editNote(snapshot.name, trial),
    ofStudy: get => [button("Enqueue a trial", () => enqueue(get())), button("Rename", () => rename(get().name)), button("Delete", () => remove(get()))],
    ofTrial: (snapshot, trial) => (trial.state === "RUNNING" ? [
      button("Set its values", () => complete(snapshot, trial)), button("Fail the trial", () => fail(snapshot, trial))] : []),
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
