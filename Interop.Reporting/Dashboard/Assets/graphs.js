"use strict";
// The graphs that a program saved with optuna-dashboard's save_plotly_graph_object. Plotly draws them, which is loaded where there are some.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;
  const PLOTLY = "/plotly-3.7.0.js";

  // Plotly makes code for these, or asks the network for maps: the page's policy allows neither.
  const NOT_DRAWN = new Set(["parcoords", "splom", "choropleth", "choroplethmap", "choroplethmapbox", "densitymap", "densitymapbox", "scattergeo", "scattermap", "scattermapbox"]);

  // These are drawn with code that is made, too, and look the same without, each point as an element of the page.
  const WITH_CODE = /^(scatter(polar)?)gl$/;
  const LARGEST = 2_000_000;

  // The graphs may be large.
  const PAUSE = 5000;

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

  /** @type {(trace: unknown) => trace is Trace} */
  const isTrace = trace => typeof trace === "object" && trace !== null && ["undefined", "string"].includes(typeof /** @type {Trace} */ (trace).type);

  // What is saved as Plotly takes it; throws with the reason why it is not drawn.
  /** @param {string} text */
  const read = text => {
    /** @type {{ data?: unknown[], layout?: object }} */
    let figure;
    try {
      figure = JSON.parse(text);
    } catch {
      throw new Error("What is saved is no figure of Plotly: it is no JSON.");
    }
    if (!Array.isArray(figure?.data)) throw new Error("What is saved is no figure of Plotly: it has no data.");
    const data = figure.data.filter(isTrace);
    if (data.length < figure.data.length) throw new Error("What is saved is no figure of Plotly: its data has something else than traces.");
    const types = [...new Set(data.map(({ type }) => type ?? ""))];
    const missing = types.filter(type => NOT_DRAWN.has(type));
    if (missing.length > 0) throw new Error(`This page draws no traces of the type ${missing.join(", ")}: Plotly would make code or ask the network for them.`);
    if (text.length > LARGEST && types.some(type => WITH_CODE.test(type)))
      throw new Error(`This page draws no traces of the type scattergl in a figure of more than ${LARGEST.toLocaleString("en")} letters.`);
    return { data: data.map(trace => ({ ...trace, type: trace.type?.replace(WITH_CODE, "$1") })), layout: { height: 450, ...figure.layout, autosize: true, width: undefined } };
  };

  class SavedGraph {
    wanted = "";
    shown = "";

    /** @param {string} study @param {string} id */
    constructor(study, id) {
      this.query = new URLSearchParams({ study, id });
      this.note = hpo.element("p", { class: "note", role: "status" });
      this.plot = hpo.element("div", { class: "saved" });
      this.root = hpo.element("section", { class: "card", "aria-label": id }, hpo.element("h3", {}, id), this.note, this.plot);
    }

    /** @param {string} version */
    update(version) {
      this.wanted = version;
      this.refresh();
    }

    // What could not be fetched is tried anew with the study's next news, what cannot be drawn when it has changed.
    refresh = hpo.oneAtATime(async () => {
      const version = this.wanted;
      if (version === this.shown) return;
      try {
        const [response] = await Promise.all([fetch(`/api/graph?${this.query}`), load()]);
        const text = await response.text();
        await hpo.released();
        // It would be drawn in no size; when the study is looked at again, it is.
        if (!this.root.isConnected) return;
        if (!response.ok) this.tell(text);
        else {
          await this.draw(text);
          this.shown = version;
        }
      } catch (error) {
        this.tell(error.message);
      }
    });

    /** @param {string} text */
    async draw(text) {
      try {
        const { data, layout } = read(text);
        this.tell("");
        await Plotly.react(this.plot, data, layout, { responsive: true, displaylogo: false });
      } catch (error) {
        this.tell(error.message);
      }
    }

    // Words in the place of the plot.
    /** @param {string} text */
    tell(text) {
      this.note.textContent = text;
      this.plot.hidden = text !== "";
    }

    // Plotly keeps what it has drawn.
    forget() {
      if (this.shown !== "") Plotly.purge(this.plot);
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
      await new Promise(resolve => { setTimeout(resolve, PAUSE); });
    });

    /** @param {Snapshot.GraphEntry[]} entries */
    show(entries) {
      this.root.hidden = entries.length === 0;
      for (const [id, graph] of this.graphs) if (!entries.some(entry => entry.id === id)) {
        graph.forget();
        this.graphs.delete(id);
      }
      for (const { id } of entries) if (!this.graphs.has(id)) this.graphs.set(id, new SavedGraph(this.study, id));
      hpo.place(this.list, entries.flatMap(({ id }) => this.graphs.get(id)?.root ?? []));
      for (const { id, version } of entries) this.graphs.get(id)?.update(version);
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
