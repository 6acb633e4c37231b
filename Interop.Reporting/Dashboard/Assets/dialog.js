"use strict";
// How a page asks the reader before something is changed, and asks the server to change it.
(() => {
  hpo.post = async (path, body) => {
    const response = await fetch(`/api/changes/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error((await response.text()).trim() || `The dashboard answered ${response.status}.`);
  };

  // A dialog with some fields; it stays open, with the reason, where the change is refused.
  hpo.ask = (title, content, action, save, closed) => {
    const problem = hpo.element("p", { class: "problem", role: "alert" });
    const submit = hpo.element("button", { type: "submit", class: "button primary" }, action);
    const dialog = hpo.element("dialog", { "aria-label": title, onclose: event => {
      event.target.remove();
      closed?.();
    } });
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

  hpo.field = (label, input) => hpo.element("label", { class: "field" }, label, input);

  hpo.button = (text, act, label) => hpo.element("button", { type: "button", class: "button", "aria-label": label, onclick: act }, text);
})();
