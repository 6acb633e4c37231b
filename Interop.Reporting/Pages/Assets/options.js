"use strict";
// What the options of several plots share: axes, legends, and what is told of a point.
(() => {
  hpo.base = colors => ({
    animation: false,
    textStyle: { color: colors.muted, fontFamily: colors.font },
    grid: { left: 8, right: 14, top: 30, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "all" },
    tooltip: {
      trigger: "item", confine: true, backgroundColor: colors.card, borderColor: colors.line,
      textStyle: { color: colors.text }, extraCssText: "box-shadow: 0 4px 16px rgb(0 0 0 / 18%)",
    },
  });

  // What is told of the point under the pointer, or of all points above one place of the axis.
  hpo.tooltip = (colors, tell) => ({ ...hpo.base(colors).tooltip, formatter: tell });
  hpo.axisTooltip = (colors, tell) => ({ ...hpo.base(colors).tooltip, trigger: "axis", formatter: tell });

  // The labels of categories are words.
  /** @type {(value: number | string) => string} */
  const ticks = value => (typeof value !== "number" ? value : Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e").replace("-", "−")
    : String(Number(value.toPrecision(6))).replace("-", "−"));

  // An axis of numbers; "log" where that was asked for and all numbers are above 0.
  hpo.axis = (colors, name, more = {}) => ({
    type: "value", name, nameLocation: "middle", nameGap: 10, scale: true,
    nameTextStyle: { color: colors.muted, fontSize: 12 },
    axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true, formatter: ticks },
    axisLine: { show: true, lineStyle: { color: colors.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colors.grid } },
    ...more,
  });

  hpo.paramAxis = (colors, parameter, name = parameter.name) => {
    if (parameter.choices) {
      return hpo.axis(colors, name, {
        type: "category", data: parameter.choices,
        axisLabel: { color: colors.muted, fontSize: 11, hideOverlap: true, overflow: "truncate", width: 90 },
      });
    }
    return hpo.axis(colors, name, parameter.log ? { type: "log" } : {});
  };

  hpo.legend = (colors, more) => ({
    show: true, top: 0, left: 0, itemWidth: 12, itemHeight: 10, icon: "roundRect", type: "scroll",
    textStyle: { color: colors.muted, fontSize: 12 }, inactiveColor: colors.line,
    pageTextStyle: { color: colors.muted }, pageIconColor: colors.muted, ...more,
  });

  // Drag a rectangle to zoom in; mice only, since a finger scrolls the page.
  hpo.zoom = (colors, narrow) => (narrow ? undefined : toolbox(colors, {}));

  /** @type {(colors: Colors, more: object) => object} */
  const toolbox = (colors, more) => ({
    top: 0, right: 4, itemSize: 13, iconStyle: { borderColor: colors.muted }, emphasis: { iconStyle: { borderColor: colors.accent } },
    feature: { dataZoom: { title: { zoom: "Zoom", back: "Undo zoom" }, filterMode: "none" }, ...more },
  });

  // What several plots share.
  hpo.plots = /** @type {Plots} */ ({});
  hpo.plotting = {
    MANY: 1000,
    goal: objective => (objective.direction === "maximize" ? "higher is better" : "lower is better"),
    nothing: "No complete trial has a finite value yet.",
    canBeLog: values => values.length > 0 && values.every(value => value > 0),
    // Points are [x, y, the trial's number].
    numberTip: snapshot => point => hpo.trialTip(snapshot, point.value[2]),
    violates: "Violates constraints",
    // A ring, through which the card is seen in either theme.
    hollow: colors => ({ color: "transparent", borderColor: colors.waiting, borderWidth: 1.5 }),
  };

  // Besides the zoom, a rectangle picks trials, whose rows the table shows then.
  hpo.picking = (colors, narrow) => (narrow ? {} : {
    brush: { toolbox: ["rect", "clear"], xAxisIndex: 0, yAxisIndex: 0, throttleType: "debounce", throttleDelay: 100,
      brushStyle: { borderWidth: 1, borderColor: colors.accent, color: "rgba(36, 87, 197, 0.12)" }, outOfBrush: { colorAlpha: 0.35 } },
    toolbox: toolbox(colors, { brush: { type: ["rect", "clear"], title: { rect: "Pick trials for the table", clear: "Undo the choice" } } }),
  });

  hpo.tip = (title, rows) => hpo.element("div", { class: "tip" }, hpo.element("b", {}, title),
    ...rows.map(([name, value]) => hpo.element("div", {}, hpo.element("span", {}, name), hpo.element("span", {}, value))));

  hpo.trialTip = (snapshot, number, extra = []) => {
    const trial = snapshot.byNumber.get(number);
    return trial === undefined ? hpo.tip(`Trial ${number}`, extra) : hpo.tip(`Trial ${number} · ${trial.state}`, [
      ...extra,
      ...snapshot.objectives.map((objective, i) => hpo.fact(objective.name, hpo.number(trial.values?.[i]))),
      ...snapshot.parameters.flatMap((parameter, i) => (trial.params[i] === null ? [] : [hpo.fact(parameter.name, hpo.paramText(parameter, trial.params[i]))])),
      ["Duration", hpo.duration(trial.duration)],
      ...(trial.feasible ? [] : [hpo.fact("Constraints", "violated")]),
    ]);
  };
})();
