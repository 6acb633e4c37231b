"use strict";
// Numbers, times, words and elements. Whatever comes from a study gets into the page as text, never as HTML.
/* exported hpo */
const hpo = /** @type {Hpo} */ ({});

(() => {
  const TRIMMED = /\.?0+(?=e|$)/;

  // Four digits are enough to read; the table's cells hold all in their titles.
  hpo.number = value => {
    if (value === null || value === undefined) return "–";
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value).replace("-", "−");
    const text = Math.abs(value) < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
    return (text.includes(".") ? text.replace(TRIMMED, "") : text).replace("-", "−");
  };

  hpo.duration = milliseconds => {
    if (milliseconds === null || milliseconds === undefined) return "–";
    // What would be rounded to the next unit is told in that.
    if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
    if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
    const seconds = Math.max(60, Math.floor(milliseconds / 1000));
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  };

  /** @type {Map<string | undefined, Intl.DateTimeFormat>} */
  const clocks = new Map();

  // By the clock of a zone, and by the reader's where none is named. Sweden writes dates and times as ISO 8601 does.
  hpo.time = (milliseconds, zone) => {
    if (milliseconds === undefined || milliseconds === null) return "–";
    const clock = clocks.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone });
    clocks.set(zone, clock);
    return clock.format(milliseconds);
  };

  hpo.count = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  hpo.percent = share => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

  // Numbers by size and words by the alphabet, numbers in them by size; what is missing comes last.
  hpo.compare = (a, b, descending = false) => {
    if (a === undefined || a === null) return b === undefined || b === null ? 0 : 1;
    if (b === undefined || b === null) return -1;
    const [first, second] = descending ? [b, a] : [a, b];
    if (typeof first !== "number" || typeof second !== "number") return String(first).localeCompare(String(second), "en", { numeric: true });
    // Two infinities have no difference, and NaN is last among numbers.
    if (Number.isNaN(first) || Number.isNaN(second)) return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
    return first < second ? -1 : first > second ? 1 : 0;
  };

  hpo.element = (tag, attributes, ...children) => {
    const element = /** @type {ElementOf<typeof tag>} */ (document.createElement(tag));
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
    }
    hpo.fill(element, ...children);
    return element;
  };

  // Puts children in the place of an element's own; what is missing is left out.
  hpo.fill = (element, ...children) => element.replaceChildren(...children.filter(child => child !== null && child !== undefined));

  // The same, where nothing is exchanged for its equal: what the reader has marked, scrolled or opened in it stays.
  hpo.renew = (element, ...children) => {
    const wanted = children.filter(child => child !== null && child !== undefined).map(child => (typeof child === "string" ? new Text(child) : child));
    wanted.forEach((child, i) => {
      const shown = element.childNodes[i];
      if (!shown) element.append(child);
      else if (!shown.isEqualNode(child)) shown.replaceWith(child);
    });
    while (element.childNodes.length > wanted.length) element.lastChild?.remove();
  };

  // Has an element hold just these. What goes, goes first: an element that is moved loses the focus, and what was opened or marked in it.
  hpo.place = (element, children) => {
    for (const child of [...element.children]) if (!children.some(other => other === child)) child.remove();
    children.forEach((child, i) => { if (element.children[i] !== child) element.insertBefore(child, element.children[i] ?? null); });
  };

  // By what a reader calls it.
  /** @type {(element: Element) => string | null} */
  const nameOf = element => element.getAttribute("aria-label") ?? (element.closest("label") ?? element).textContent;

  hpo.keepFocus = (container, show, otherwise = container) => {
    const focused = document.activeElement;
    const name = focused && container.contains(focused) ? nameOf(focused) : null;
    show();
    if (name === null || container.contains(document.activeElement)) return;
    /** @type {NodeListOf<HTMLElement>} */
    const all = container.querySelectorAll("a, button:enabled, input:enabled, select:enabled, [tabindex]");
    ([...all].find(element => nameOf(element) === name) ?? otherwise).focus({ preventScroll: true });
  };

  hpo.section = (id, title, ...content) =>
    hpo.element("section", { "aria-labelledby": id }, hpo.element("h2", { id }, title), ...content);

  hpo.sortHead = (title, by, sort, changed, className) => hpo.element("th", { scope: "col", class: className,
    "aria-sort": sort.by !== by ? "none" : sort.descending ? "descending" : "ascending" },
  hpo.element("button", { type: "button", onclick: () => changed({ by, descending: sort.by === by && !sort.descending }) }, title));

  // A table that does not sort, and scrolls by itself where it is wide.
  hpo.plainTable = (label, columns, body, className) => hpo.element("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" },
    hpo.element("table", { class: className },
      hpo.element("thead", {}, hpo.element("tr", {}, ...columns.map(([name, kind]) => hpo.element("th", { scope: "col", class: `plain ${kind ?? ""}` }, name)))), body));

  hpo.trialLink = (number, text) => hpo.element("a", { href: `#trial-${number}` }, text ?? String(number));

  hpo.facts = pairs => hpo.element("dl", { class: "facts" },
    ...pairs.flatMap(([name, value]) => [hpo.element("dt", {}, name), hpo.element("dd", {}, value)]));

  hpo.fact = (name, value) => [name, value];

  hpo.state = (state, text) =>
    hpo.element("span", { class: `state ${state.toLowerCase()}` }, text ?? state);

  hpo.select = (label, options, chosen, changed) => {
    const select = hpo.element("select", { onchange: event => changed(event.target.value) },
      ...options.map(([value, text]) => hpo.element("option", { value, selected: value === chosen }, text)));
    return hpo.element("label", { class: "choice" }, label, select);
  };

  hpo.asOption = name => [name, name];

  // A trial's parameter: the number, or the choice.
  hpo.paramOf = ({ choices }, value) => (value === null ? undefined : choices ? choices[value] : value);

  // The text of a trial's parameter.
  hpo.paramText = (parameter, value) =>
    value === null || value === undefined ? "–" : parameter.choices ? parameter.choices[value] : hpo.number(value);
})();
