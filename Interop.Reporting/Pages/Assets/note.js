"use strict";
// Notes in Markdown. Their HTML was made without any of the note's own; of it only known elements are taken in, built anew as elements.
(() => {
  const KNOWN = new Set(["p", "ul", "ol", "li", "strong", "em", "del", "ins", "sub", "sup", "code", "pre", "blockquote", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td"]);
  const LINK = /^(https?:|mailto:)/i;

  /** @type {(node: Node) => Child[]} */
  const take = node => {
    if (node instanceof Text) return [node.data];
    if (!(node instanceof Element)) return [];
    const tag = node.localName;
    const inner = [...node.childNodes].flatMap(take);
    if (/^h[1-6]$/.test(tag)) return [hpo.element("h4", {}, ...inner)];
    if (tag === "a") return LINK.test(node.getAttribute("href") ?? "")
      ? [hpo.element("a", { href: node.getAttribute("href"), rel: "noopener noreferrer", target: "_blank" }, ...inner)] : inner;
    // A picture would ask the network.
    if (tag === "img") return [node.getAttribute("alt") ?? ""];
    if (tag === "input") return [node.hasAttribute("checked") ? "☑ " : "☐ "];
    return KNOWN.has(tag) ? [hpo.element(tag, {}, ...inner)] : [];
  };

  hpo.prose = html => {
    // What is parsed here is no part of the page: nothing in it runs or loads.
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return hpo.element("div", { class: "prose" }, ...[...body.childNodes].flatMap(take));
  };

  // The card of a note; without a note it is there where one can be written.
  hpo.noteCard = (note, edit) => {
    if (!note?.html && !edit) return null;
    // With another version the button edits another note.
    return hpo.element("div", { class: "card notes", "data-version": note?.version },
      hpo.element("div", { class: "row" }, hpo.element("h3", {}, "Note"),
        edit ? hpo.element("button", { type: "button", class: "button", onclick: () => edit(note ?? { version: 0, body: "" }) }, note?.html ? "Edit the note" : "Write a note") : null),
      note?.html ? hpo.prose(note.html) : null);
  };
})();
