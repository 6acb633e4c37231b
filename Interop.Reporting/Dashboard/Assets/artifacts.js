"use strict";
// The files of a study or a trial. They are listed anew whenever the study is shown anew; previews that are open stay.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;

  /** @type {(bytes: number) => string} */
  const size = bytes => {
    const [unit, length] = bytes >= 1e9 ? ["GB", 1e9] : bytes >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
    return bytes < length ? hpo.count(bytes, "byte") : `${(bytes / length).toFixed(1)} ${unit}`;
  };

  /** @type {(file: Snapshot.ArtifactEntry, address: string) => Promise<HTMLElement>} */
  const preview = async (file, address) => {
    if (file.preview === "picture") return hpo.element("img", { src: address, alt: file.name });
    if (file.preview === "audio" || file.preview === "video") return hpo.element(file.preview, { src: address, controls: true, preload: "metadata", "aria-label": file.name });
    const response = await fetch(address);
    if (file.preview === "table" && response.ok) return hpo.fileTable(file.name, await response.json());
    const text = await response.text();
    if (!response.ok) return hpo.element("p", { class: "note" }, text);
    return hpo.element("div", {},
      hpo.element("pre", { tabindex: "0", "aria-label": file.name }, text),
      file.size !== undefined && file.size > 65536 ? hpo.element("p", { class: "note" }, "This is its beginning: download it to see all.") : null);
  };

  class ArtifactsCard {
    isOpen = false;
    shown = "";

    // Each with what is shown of it: as long as that stays, so does what was opened in it.
    /** @type {Map<string, { shown: string, root: HTMLElement }>} */
    rows = new Map();

    /** @param {string} study @param {number | null} trial */
    constructor(study, trial) {
      this.query = new URLSearchParams({ study, ...(trial === null ? {} : { trial: String(trial) }) }).toString();
      this.study = study;
      this.trial = trial;
      this.count = hpo.element("p", { class: "note", role: "status" });
      this.list = hpo.element("ul", { class: "artifacts" });
      this.controls = hpo.element("p", { class: "controls" });
      this.root = hpo.element("div", { class: "card", hidden: true }, hpo.element("h3", {}, "Artifacts"), this.count, this.list, this.controls);
    }

    refresh = hpo.oneAtATime(async () => {
      try {
        const response = await fetch(`/api/artifacts?${this.query}`);
        if (!response.ok) return;
        const files = await response.json();
        await hpo.released();
        this.show(files);
      } catch {
        // The page says that the dashboard does not answer.
      }
    });

    /** @param {Snapshot.ArtifactEntry[]} files */
    show(files) {
      const change = hpo.changes?.artifacts(this.study, this.trial, () => this.refresh());
      const shown = JSON.stringify([files, Boolean(change), this.isOpen]);
      if (shown === this.shown) return;
      this.shown = shown;
      this.root.hidden = files.length === 0 && !(change && this.isOpen);
      this.count.textContent = files.length === 0 ? "There are none." : hpo.count(files.length, "file");
      hpo.place(this.list, files.map(file => this.rowOf(file, change)));
      this.controls.replaceChildren(...(change && this.isOpen ? change.upload : []));
    }

    /** @param {Snapshot.ArtifactEntry} file @param {Maybe<ArtifactChanges>} change */
    rowOf(file, change) {
      const shown = JSON.stringify([file, Boolean(change)]);
      const known = this.rows.get(file.id);
      if (known?.shown === shown) return known.root;
      const root = this.row(file, change);
      this.rows.set(file.id, { shown, root });
      return root;
    }

    /** @param {Snapshot.ArtifactEntry} file @param {Maybe<ArtifactChanges>} change */
    row(file, change) {
      const query = `${this.query}&${new URLSearchParams({ id: file.id })}`;

      const view = hpo.element("div", { hidden: true });
      const open = hpo.element("button", { type: "button", class: "button", "aria-expanded": "false", "aria-label": `Show ${file.name}`, onclick: async () => {
        view.hidden = !view.hidden;
        open.setAttribute("aria-expanded", String(!view.hidden));
        for (const played of [...view.querySelectorAll("audio"), ...view.querySelectorAll("video")]) played.pause();
        if (view.hidden || view.hasChildNodes()) return;
        view.replaceChildren(await preview(file, `/api/artifact/preview?${query}`));
      } }, "Show");
      return hpo.element("li", {},
        hpo.element("div", { class: "row" },
          hpo.element("span", {}, file.size === undefined ? file.name : hpo.element("a", { href: `/api/artifact?${query}`, download: true }, file.name), " ",
            hpo.element("span", { class: "note" }, `${file.type}${file.size === undefined ? "" : `, ${size(file.size)}`} · ${file.id}`)),
          hpo.element("span", { class: "controls" }, file.size !== undefined && file.preview ? open : null, change?.remove(file))),
        view);
    }
  }

  // One file by itself: what is shown of it, or why it is not.
  hpo.artifactView = async (study, trial, id) => {
    const query = new URLSearchParams({ study, trial: String(trial) });
    const response = await fetch(`/api/artifacts?${query}`);
    if (!response.ok) throw new Error(await response.text());
    /** @type {Snapshot.ArtifactEntry[]} */
    const files = await response.json();
    const file = files.find(known => known.id === id);
    if (!file) throw new Error("There is no such artifact any more.");
    if (file.size === undefined) return hpo.element("p", { class: "note" }, `${file.name} is not in the dashboard's folder of artifacts (--artifacts).`);
    query.set("id", id);
    return file.preview ? preview(file, `/api/artifact/preview?${query}`) : hpo.element("a", { href: `/api/artifact?${query}`, download: true }, file.name);
  };

  /** @type {Map<string, ArtifactsCard>} */
  const cards = new Map();

  // Shows them in a container, with the choice of adding one where that is still open. It keeps them while it is of the same study or trial.
  hpo.showFiles = (container, study, trial, isOpen) => {
    const key = JSON.stringify([study, trial]);
    const card = cards.get(key) ?? new ArtifactsCard(study, trial);
    cards.set(key, card);
    if (container.firstChild !== card.root) container.replaceChildren(card.root);
    card.isOpen = isOpen;
    card.refresh();
  };
})();
