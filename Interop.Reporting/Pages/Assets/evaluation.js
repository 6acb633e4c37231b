"use strict";
// The test of a study's model: its scores beside those of others, and how much it needs each column.
(() => {
  const MOST = 30;

  hpo.plots.columns = ({ metrics, columns }) => ({ colors, narrow }) => {
    if (columns.length === 0) return { empty: "They were left out: the columns are too many." };
    const shown = columns.slice(0, MOST).reverse();
    return {
      height: 60 + shown.length * 26,
      note: `How much worse ${metrics[0]} is on the test's rows where a column's values are shuffled among them.${columns.length > MOST ? ` The first ${MOST} of ${columns.length} columns.` : ""}`,
      label: `Importance of the columns: ${columns.slice(0, MOST).map(({ name, importance }) => `${name} ${hpo.number(importance)}`).join(", ")}.`,
      option: {
        ...hpo.base(colors),
        tooltip: hpo.tooltip(colors, /** @param {ChartPoint<number>} bar */ bar => hpo.tip(bar.name, [["Importance", hpo.number(bar.value)]])),
        grid: { ...hpo.base(colors).grid, top: 4, right: 60 },
        xAxis: hpo.axis(colors, `Loss of ${metrics[0]}`, { scale: false }),
        yAxis: hpo.axis(colors, "", { type: "category", data: shown.map(column => column.name), axisLabel: { color: colors.text, fontSize: 12, width: narrow ? 110 : 180, overflow: "truncate" } }),
        series: { type: "bar", barMaxWidth: 18, itemStyle: { color: colors.complete, borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: "right", color: colors.text, formatter: /** @param {{ value: number }} bar */ bar => hpo.number(bar.value) },
          data: shown.map(column => column.importance) },
      },
    };
  };

  /** @type {(evaluation: Evaluation) => HTMLElement[]} */
  const scores = ({ trial, rows, metrics, models }) => [
    hpo.element("h3", {}, "Test of ", hpo.trialLink(trial, `trial ${trial}`)),
    hpo.element("p", { class: "note" }, `On ${hpo.count(rows, "row")} that no trial saw.`),
    hpo.plainTable("Scores of the test", [["Model", "text"], ...metrics.map(name => [name])],
      hpo.element("tbody", {}, ...models.map(model => hpo.element("tr", {}, hpo.element("th", { class: "text", scope: "row" }, model.name),
        ...metrics.map((_, i) => hpo.element("td", {}, model.scores ? hpo.number(model.scores[i]) : "–")))))),
  ];

  // A section that is there where the study was evaluated.
  class EvaluationView {
    /** @type {Figure | undefined} */
    columns;

    constructor() {
      this.root = hpo.element("div", {});
    }

    /** @param {Study} snapshot */
    update({ evaluation }) {
      if (evaluation === undefined) return;
      this.columns ??= hpo.figure("Importance of the columns", context => hpo.plots.columns(evaluation)(context));
      hpo.fill(this.root, hpo.section("test", "Test",
        hpo.element("div", { class: "plots" }, hpo.element("div", { class: "card" }, ...scores(evaluation)), this.columns.root)));
      this.columns.follow();
    }
  }

  hpo.evaluationView = () => new EvaluationView();
})();
