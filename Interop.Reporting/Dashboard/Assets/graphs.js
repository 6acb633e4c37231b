"use strict";
// The graphs that a program saved with optuna-dashboard's save_plotly_graph_object. Plotly draws them, which is loaded where there are some.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;
  const PLOTLY = "/plotly-3.7.0.js";

  // Plotly makes code for these, or asks the network for maps: the page's policy allows neither.
  const NOT_DRAWN = /^(parcoords|splom|.*(map|mapbox|geo)|choropleth)$/;

  /** @typedef {{ type?: string }} Trace */

  /** @type {Promise<void> | undefined} */
  let loaded;
  const load = () => (loaded ??= new Promise((resolve, reject) => {
    // Plotly leaves the style of its maps out where an element of this id is there; the policy would refuse it.
    document.head.append(hpo.element("meta", { id: "ce8d464691048653ffe3a57c6c18ab566e8366f186677868cf724621a857b4fe" }), hpo.element("script", { src: PLOTLY, onload: () => resolve(), onerror: () => {
      loaded = undefined;
      reject(new Error("The dashboard does not answer."));
    } }));
  }));

  // These are drawn with code that is made, too, and look the same without.
  /** @type {(trace: Trace) => Trace} */
  const withoutCode = trace => ({ ...trace, type: trace.type?.replace(/^(scatter(polar)?)gl$/, "$1") });

  class SavedGraph {
    version = "";

    /** @param {string} study @param {string} id */
    constructor(study, id) {
      this.query = new URLSearchParams({ study, id });
      this.note = hpo.element("p", { class: "note", role: "status" });
      this.plot = hpo.element("div", { class: "saved" });
      this.root = hpo.element("section", { class: "card", "aria-label": id }, hpo.element("h3", {}, id), this.note, this.plot);
    }

    /** @param {string} version */
    async update(version) {
      if (version === this.version) return;
      this.version = version;
      try {
        const [response] = await Promise.all([fetch(`/api/graph?${this.query}`), load()]);
        const text = await response.text();
        if (!response.ok) throw new Error(text);
        await this.draw(text);
      } catch (error) {
        this.tell(error.message);
        // It is tried anew with the study's next news.
        this.version = "";
      }
    }

    /** @param {string} text */
    async draw(text) {
      /** @type {{ data?: Trace[], layout?: object }} */
      let figure;
      try {
        figure = JSON.parse(text);
      } catch {
        this.tell("What is saved is no figure of Plotly: it is no JSON.");
        return;
      }
      if (!Array.isArray(figure?.data)) {
        this.tell("What is saved is no figure of Plotly: it has no data.");
        return;
      }
      const { data, layout } = figure;
      const missing = [...new Set(data.map(({ type }) => type ?? "").filter(type => NOT_DRAWN.test(type)))];
      if (missing.length > 0) {
        this.tell(`This page draws no traces of the type ${missing.join(", ")}: Plotly would make code or ask the network for them.`);
        return;
      }
      this.tell("");
      await Plotly.react(this.plot, data.map(withoutCode), { height: 450, ...layout, autosize: true, width: undefined }, { responsive: true, displaylogo: false });
    }

    // Words in the place of the plot.
    /** @param {string} text */
    tell(text) {
      this.note.textContent = text;
      this.plot.hidden = text !== "";
    }
  }

  class SavedGraphs {
    /** @type {Map<string, SavedGraph>} */
    graphs = new Map();

    /** @param {string} study */
    constructor(study) {
      this.study = study;
      this.list = hpo.element("div", { class: "graphs" });
      this.root = hpo.section("graphs", "Saved graphs", this.list);
      this.root.hidden = true;
    }

    refresh = hpo.oneAtATime(async () => {
      try {
        const response = await fetch(`/api/graphs?${new URLSearchParams({ study: this.study })}`);
        if (!response.ok) return;
        /** @type {Snapshot.GraphEntry[]} */
        const entries = await response.json();
        await hpo.released();
        this.show(entries);
      } catch {
        // The page says that the dashboard does not answer.
      }
    });

    /** @param {Snapshot.GraphEntry[]} entries */
    show(entries) {
      this.root.hidden = entries.length === 0;
      for (const [id, graph] of this.graphs) if (!entries.some(entry => entry.id === id)) {
        graph.root.remove();
        this.graphs.delete(id);
      }
      entries.forEach(({ id, version }, i) => {
        const graph = this.graphs.get(id) ?? new SavedGraph(this.study, id);
        this.graphs.set(id, graph);
        if (this.list.children[i] !== graph.root) this.list.insertBefore(graph.root, this.list.children[i] ?? null);
        graph.update(version);
      });
    }
  }

  /** @type {SavedGraphs | undefined} */
  let saved;

  hpo.showGraphs = (container, study) => {
    if (saved?.study !== study) {
      saved = new SavedGraphs(study);
      container.replaceChildren(saved.root);
    }
    saved.refresh();
  };
})();
