"use strict";
// What people chose in a preferential study.
(() => {
  hpo.choicesTile = ({ preferential }, tile) => {
    if (!preferential) return null;
    const taken = preferential.choices.filter(({ isTakenBack }) => isTakenBack).length;
    return tile("Choices", String(preferential.choices.length - taken),
      [taken === 0 ? "" : `${taken} taken back`, preferential.skipped.length === 0 ? "" : `${hpo.count(preferential.skipped.length, "trial")} skipped`].filter(Boolean).join(", ") || "which trial is the worst");
  };

  hpo.reportedPairs = ({ pairs, choices }) => {
    const chosen = new Set(choices.filter(({ isTakenBack }) => !isTakenBack).flatMap(({ candidates, worst }) => candidates.map(better => `${better},${worst}`)));
    return pairs.filter(pair => !chosen.has(pair.join()));
  };

  /** @type {(numbers: number[]) => HTMLElement} */
  const links = numbers => hpo.element("span", {}, ...numbers.flatMap((number, i) => [i === 0 ? "" : ", ", hpo.trialLink(number)]));

  // A table of thousands would take seconds; the earlier ones are there on demand.
  const LATEST = 200;

  class ChoicesView {
    shown = "";

    areAllShown = false;

    constructor() {
      this.note = hpo.element("p", { class: "note" });
      this.content = hpo.element("div", {});
      this.root = hpo.element("div", { hidden: true }, hpo.section("choices", "Choices", hpo.element("div", { class: "card" }, this.note, this.content)));
    }

    /** @param {Study} snapshot */
    update(snapshot) {
      const { name, preferential } = snapshot;
      this.root.hidden = !preferential;
      const changes = hpo.changes;
      const shown = JSON.stringify([preferential?.choices, preferential?.pairs, Boolean(changes), this.areAllShown]);
      if (!preferential || shown === this.shown) return;
      this.shown = shown;
      const reported = hpo.reportedPairs(preferential).length;
      this.note.textContent = `${preferential.choices.length === 0 ? "Nobody has chosen yet." : "What people chose, the latest first."}${
        reported === 0 ? "" : ` ${hpo.count(reported, "comparison")} ${reported === 1 ? "was" : "were"} reported by a program.`}`;
      // Whoever uses the keyboard stays at the same choice.
      const focused = this.content.contains(document.activeElement) ? document.activeElement?.closest("tr")?.dataset.choice : undefined;
      const latest = this.areAllShown ? preferential.choices : preferential.choices.slice(-LATEST);
      const rows = [...latest].reverse().map(choice => this.row(choice, changes?.turnChoice(name, choice)));
      hpo.fill(this.content, rows.length === 0 ? null : hpo.plainTable("Choices",
        [["Made", "text"], ["Worst", "text"], ["Better ones", "text"], ["Counts", "text"], ...(changes ? [["Change", "text"]] : [])], hpo.element("tbody", {}, ...rows)),
        latest.length === preferential.choices.length ? null : hpo.element("p", {}, hpo.element("button", { type: "button", class: "button", onclick: () => {
          this.areAllShown = true;
          this.update(snapshot);
        } }, `Show all ${preferential.choices.length.toLocaleString("en")}`)));
      if (focused !== undefined) rows.find(row => row.dataset.choice === focused)?.querySelector("button")?.focus();
    }

    /** @type {(choice: Choice, turn: Maybe<HTMLElement>) => HTMLElement} */
    row({ id, made, candidates, worst, isTakenBack }, turn) {
      /** @type {Child[]} */
      const cells = [hpo.trialLink(worst), links(candidates.filter(number => number !== worst)), isTakenBack ? "no, taken back" : "yes", ...(turn ? [turn] : [])];
      return hpo.element("tr", { class: isTakenBack ? "taken" : null, "data-choice": id },
        hpo.element("th", { scope: "row", class: "text" }, hpo.time(made)), ...cells.map(cell => hpo.element("td", { class: "text" }, cell)));
    }
  }

  hpo.choicesView = () => new ChoicesView();
})();
