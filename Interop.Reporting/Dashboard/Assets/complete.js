"use strict";
// The form that completes a running trial: optuna-dashboard's where one was registered for the study's objectives, else one number each.
(() => {
  const number = () => hpo.element("input", { type: "number", step: "any", required: true });

  /** @type {Record<string, (widget: Widget, trial: Trial) => Field["input"]>} */
  const inputs = {
    choice: ({ choices, values }) => (!Array.isArray(choices) || !Array.isArray(values) ? number()
      : hpo.element("select", { required: true }, hpo.element("option", { value: "" }, "–"),
        ...choices.map((choice, i) => hpo.element("option", { value: values[i] }, choice)))),
    slider: widget => hpo.element("input", { type: "number", required: true, min: widget.min, max: widget.max, step: widget.step ?? "any", placeholder: `${widget.min} to ${widget.max}` }),
    text: number,
    // The program has set it, or will.
    user_attr: (widget, trial) => {
      const input = number();
      input.value = trial.attrs?.[widget.key ?? ""] ?? "";
      return input;
    },
  };

  /** @type {(study: string) => Promise<Widget[]>} */
  const widgetsOf = async study => {
    try {
      const form = await (await fetch(`/api/form?study=${encodeURIComponent(study)}`)).json();
      return form?.output_type === "objective" && Array.isArray(form.widgets) ? form.widgets : [];
    } catch {
      // It is no JSON, or the dashboard does not answer: then it will say so when the values are sent.
      return [];
    }
  };

  /** @type {(widget: Widget | undefined, trial: Trial) => Field["input"]} */
  const inputOf = (widget, trial) => (widget && Object.hasOwn(inputs, widget.type) ? inputs[widget.type](widget, trial) : number());

  // One field for each objective: its label and its input.
  hpo.valueFields = async (snapshot, trial) => {
    const widgets = await widgetsOf(snapshot.name);
    return snapshot.objectives.map((objective, i) => ({
      label: [objective.name, widgets[i]?.description].filter(Boolean).join(": "), input: inputOf(widgets[i], trial) }));
  };
})();
