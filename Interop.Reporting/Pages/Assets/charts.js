"use strict";
// A figure: a title, a note, controls, and a plot that is drawn anew when its data, its width or the theme changes.
(() => {
  /** @type {Set<Figure>} */
  const figures = new Set();
  /** @type {Set<Figure>} */
  const waiting = new Set();
  // Those whose data is newer than their plot.
  /** @type {Set<Figure>} */
  const stale = new Set();
  // In a large study, news may take so small a part of the page's time in each plot.
  const PAUSE_PER_COST = 50;
  // A trial's news often come in two parts, a poll of the server apart.
  const GATHERING = 700;
  let isLarge = false;
  let isPrinting = false;
  const PHONE = 480;
  let ids = 0;

  class Figure {
    /** @type {((numbers?: Set<number>) => void) | undefined} */
    picked;

    /** @type {Chart | undefined} */
    chart;

    notBefore = 0;

    /** @param {string} title @param {Plot} build */
    constructor(title, build, className = "") {
      const id = `figure-${++ids}`;
      this.build = build;
      this.note = hpo.element("p", { class: "note" });
      this.title = title;
      this.controls = hpo.element("div", { class: "controls" });
      this.empty = hpo.element("p", { class: "empty", hidden: true });
      this.plot = hpo.element("div", { class: "plot", role: "img" });
      this.pictures = hpo.element("p", { class: "pictures" }, "Save as ",
        this.picture("PNG", () => this.savePng()), this.picture("SVG", () => this.saveSvg()));
      this.root = hpo.element("figure", { class: `card ${className}`, "aria-labelledby": id },
        hpo.element("figcaption", {},
          hpo.element("div", {}, hpo.element("h3", { id }, title), this.note), this.controls),
        this.empty, this.plot, this.pictures);
      this.leadsToTrials = true;
      figures.add(this);
      // In the next frame: drawing changes the height, which the observer must not see while it is notifying.
      new ResizeObserver(() => requestAnimationFrame(() => {
        if (Math.abs(this.plot.clientWidth - (this.drawnWidth ?? 0)) > 1 && this.plot.clientWidth > 0) this.draw();
      })).observe(this.root);
    }

    /** @param {string} text @param {() => void} save */
    picture(text, save) {
      return hpo.element("button", { type: "button", class: "link", "aria-label": `Save ${this.title} as ${text}`, onclick: save }, text);
    }

    savePng() {
      if (this.chart) hpo.download(`${hpo.fileName(document.title, this.title)}.png`,
        this.chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: hpo.colors().card, excludeComponents: ["toolbox"] }));
    }

    // The page draws on a canvas; a picture of lines is drawn anew.
    saveSvg() {
      const { clientWidth: width, clientHeight: height } = this.plot;
      const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
      chart.setOption({ ...this.option, toolbox: undefined, tooltip: undefined, brush: undefined, backgroundColor: hpo.colors().card });
      hpo.downloadText(`${hpo.fileName(document.title, this.title)}.svg`, chart.renderToSVGString(), "image/svg+xml");
      chart.dispose();
    }

    // At once where the reader looks; the others, and all of a large study, one by one when the page has nothing else to do.
    draw() {
      delete this.plot.dataset.drawn;
      if (isPrinting || (this.isInView() && !isLarge)) this.drawNow();
      else later(this);
    }

    // Shows newer data; in a large study only where the reader looks.
    follow() {
      if (!isLarge || this.drawnWidth === undefined) {
        this.draw();
        return;
      }
      if (!stale.has(this)) this.notBefore = Math.max(this.notBefore, performance.now() + GATHERING);
      stale.add(this);
      drawStale();
    }

    isInView() {
      return hpo.isInView(this.root);
    }

    drawNow() {
      const began = performance.now();
      this.drawAtOnce();
      this.notBefore = performance.now() + PAUSE_PER_COST * (performance.now() - began);
      performance.measure(`hpo:drawn ${this.title}`, { start: began });
    }

    drawAtOnce() {
      waiting.delete(this);
      stale.delete(this);
      const width = this.plot.clientWidth || this.root.clientWidth - 32;
      if (!this.root.isConnected || width <= 0) return;
      this.drawnWidth = width;
      const built = this.build({ colors: hpo.colors(), narrow: width < PHONE, width });
      this.note.textContent = built.note ?? "";
      this.empty.textContent = built.empty ?? "";
      this.empty.hidden = !built.empty;
      this.plot.hidden = this.pictures.hidden = Boolean(built.empty);
      this.option = built.option;
      if (!built.option) {
        this.chart?.dispose();
        this.chart = undefined;
        return;
      }
      this.plot.setAttribute("aria-label", built.label ?? built.note ?? "");
      this.plot.style.height = `${built.height ?? 320}px`;
      if (!this.chart) {
        this.chart = echarts.init(this.plot, null, { renderer: "canvas", useDirtyRect: false });
        this.chart.on("click", point => {
          const number = point.data?.number ?? point.value?.[2];
          if (number !== undefined && this.leadsToTrials) location.hash = `#trial-${number}`;
        });
        // A plot that is drawn anew has no rectangle any more; what was picked stays until the reader undoes it.
        this.chart.on("brush", ({ command }) => { if (command === "clear") this.picked?.(undefined); });
        this.chart.on("brushSelected", ({ batch }) => {
          if (!batch[0]?.areas.length) return;
          const series = /** @type {Rows[]} */ (this.option?.series);
          this.picked?.(new Set(batch[0].selected.flatMap(({ seriesIndex, dataIndex }) => {
            const { data, dimensions } = series[seriesIndex];
            return dataIndex.map(i => data[i * dimensions.length + 2]);
          })));
        });
        this.chart.on("finished", () => { this.plot.dataset.drawn = "true"; });
      } else if (this.chart.getWidth() !== this.plot.clientWidth || this.chart.getHeight() !== this.plot.clientHeight) {
        // It draws what was shown before once more.
        this.chart.resize();
      }
      this.chart.setOption(built.option, { notMerge: true });
      // Painted now, so that the time that it takes is known.
      this.chart.getZr().flush();
    }

    remove() {
      figures.delete(this);
      stale.delete(this);
      waiting.delete(this);
      this.chart?.dispose();
      this.root.remove();
    }
  }

  let isAwaited = false;

  const drawNext = () => {
    isAwaited = false;
    const [next] = waiting;
    if (!next) return;
    waiting.delete(next);
    next.drawNow();
    awaitIdle();
  };

  const awaitIdle = () => {
    if (isAwaited || waiting.size === 0) return;
    isAwaited = true;
    requestIdleCallback(drawNext, { timeout: 300 });
  };

  /** @param {Figure} figure */
  const later = figure => {
    waiting.add(figure);
    awaitIdle();
  };

  /** @type {number | undefined} */
  let timer;

  // One after the other, each when its pause is over.
  function drawStale() {
    clearTimeout(timer);
    const seen = [...stale].filter(figure => figure.isInView());
    if (seen.length === 0) return;
    const next = seen.reduce((first, figure) => (figure.notBefore < first.notBefore ? figure : first));
    timer = setTimeout(() => requestIdleCallback(() => {
      if (stale.has(next)) next.drawNow();
      drawStale();
    }, { timeout: 300 }), Math.max(0, next.notBefore - performance.now()));
  }

  // What is scrolled to is not waited for, and paper shows all.
  addEventListener("scroll", () => {
    waiting.forEach(figure => { if (figure.isInView()) figure.drawNow(); });
    drawStale();
  }, { passive: true });
  addEventListener("beforeprint", () => {
    isPrinting = true;
    [...waiting, ...stale].forEach(figure => figure.drawNow());
  });
  addEventListener("afterprint", () => { isPrinting = false; });

  // Whether a study has so many trials that its plots take long.
  hpo.setLarge = isSo => { isLarge = isSo; };

  hpo.isInView = element => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  // Calls show at once, or in a large study when the reader sees the element.
  hpo.whenSeen = (element, show) => {
    let isDue = false;
    const showDue = () => {
      if (!isDue) return;
      isDue = false;
      show();
    };
    addEventListener("scroll", () => { if (isDue && hpo.isInView(element)) showDue(); }, { passive: true });
    addEventListener("beforeprint", showDue);
    return () => {
      isDue = true;
      if (!isLarge || hpo.isInView(element)) showDue();
    };
  };

  hpo.figure = (title, build, className) => new Figure(title, build, className);

  hpo.redrawAll = () => figures.forEach(figure => figure.draw());
})();
