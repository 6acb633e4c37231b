"use strict";
// The forms that a person fills in for a running trial: one number for each objective, or what a program registered with optuna-dashboard.
(() => {
  const LONGEST = 10_000;
  const number = () => hpo.element("input", { type: "number", step: "any", required: true });

  /** @type {(widget: Widget) => HTMLInputElement | HTMLSelectElement} */
  const choice = ({ choices, values }) => hpo.element("select", { required: true }, hpo.element("option", { value: "" }, "–"),
    ...(choices ?? []).map((text, i) => hpo.element("option", { value: values?.[i] }, text)));

  /** @type {(widget: Widget) => HTMLInputElement} */
  const slider = ({ min, max, step }) => hpo.element("input", { type: "number", required: true, min, max, step: step ?? "any", placeholder: `${min} to ${max}` });

  /** @type {(widget: Widget) => string} */
  const meanings = ({ labels }) => (labels ?? []).map(({ value, text }) => `${value} ${text}`).join(", ");

  /** @type {(parts: Maybe<string>[]) => string} */
  const label = parts => parts.filter(Boolean).join(": ");

  /** @type {(widget: Widget | undefined, trial: Trial) => Field["input"]} */
  const valueInput = (widget, trial) => {
    if (widget?.type === "choice") return choice(widget);
    if (widget?.type === "slider") return slider(widget);
    const input = number();
    // The program has set it, or will.
    if (widget?.type === "user_attr") input.value = trial.attrs?.[widget.key ?? ""] ?? "";
    return input;
  };

  // One field for each objective.
  hpo.valueFields = ({ objectives, form }, trial) => objectives.map((objective, i) => {
    const widget = form?.output === "objective" ? form.widgets[i] : undefined;
    const input = valueInput(widget, trial);
    return { label: label([objective.name, widget?.description, widget && meanings(widget)]), input, read: () => Number(input.value) };
  });

  /** @type {(widget: Widget) => Field["input"]} */
  const attributeInput = widget => (widget.type === "choice" ? choice(widget) : widget.type === "slider" ? slider(widget)
    : hpo.element("input", { type: "text", required: !widget.optional, maxlength: LONGEST }));

  // One field for each user attribute that the form asks for, with what the trial has already.
  hpo.attributeFields = ({ form }, trial) => (form?.output === "user_attr" ? form.widgets : []).map(widget => {
    const input = attributeInput(widget);
    const isText = widget.type === "text";
    const known = trial.attrs?.[widget.key ?? ""];
    // An attribute's number may be written in another way than the choice's.
    if (known !== undefined) input.value = isText ? known : widget.values?.includes(Number(known)) === false ? "" : String(Number(known));
    return { key: widget.key ?? "", label: label([widget.key, widget.description, meanings(widget)]), input, read: () => (isText ? input.value : Number(input.value)) };
  });
})();
