"use strict";
// Artifacts that are tables.
(() => {
  const WORDS = /^[+-]?(nan|inf(inity)?)$/i;

  /** @type {(text: Maybe<string>) => boolean} */
  const isNumber = text => !text || Number.isFinite(Number(text)) || WORDS.test(text);

  // What a column of numbers sorts by; NaN and what is missing are last.
  /** @type {(text: Maybe<string>) => number | undefined} */
  const numberOf = text => {
    if (!text || /nan/i.test(text)) return undefined;
    return /inf/i.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
  };

  hpo.fileTable = (name, { columns, rows, isWhole }) => {
    /** @type {Sort<number>} */
    let sort = { descending: false };
    const head = hpo.element("tr", {});
    const body = hpo.element("tbody", {});
    const areNumbers = columns.map((_, i) => rows.every(row => isNumber(row[i])));
    const root = hpo.element("div", {},
      hpo.element("div", { class: "scroll", role: "region", "aria-label": `Table ${name}`, tabindex: "0" }, hpo.element("table", {}, hpo.element("thead", {}, head), body)),
      hpo.element("p", { class: "note" }, `${hpo.count(rows.length, "row")}${isWhole ? "." : ": this is its beginning, download it to see all."}`));

    const show = () => {
      const { by: column, descending } = sort;
      const sorted = [...rows];
      if (column !== undefined) {
        /** @type {(row: (string | null)[]) => number | string | undefined} */
        const key = row => (areNumbers[column] ? numberOf(row[column]) : row[column] ?? undefined);
        sorted.sort((a, b) => hpo.compare(key(a), key(b), descending));
      }
      hpo.renew(head, ...columns.map((title, i) => hpo.sortHead(title || `Column ${i + 1}`, i, sort, chosen => {
        sort = chosen;
        hpo.keepFocus(root, show);
      }, areNumbers[i] ? null : "text")));
      body.replaceChildren(...sorted.map(row => hpo.element("tr", {},
        ...columns.map((_, i) => hpo.element("td", { class: areNumbers[i] ? null : "text" }, row[i] ?? "")))));
    };

    show();
    return root;
  };
})();
