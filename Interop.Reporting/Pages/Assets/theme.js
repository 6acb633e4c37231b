"use strict";
// Light, dark, or as the system says; the plots take their colours from the style sheet.
(() => {
  const THEMES = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };
  const KEY = "hpo-theme";

  // A page opened from a file may have no storage.
  const stored = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const store = theme => {
    try { localStorage.setItem(KEY, theme); } catch { /* it holds for this visit */ }
  };

  let theme = stored() in THEMES ? stored() : "auto";

  const apply = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    document.getElementById("theme").textContent = THEMES[theme];
    hpo.redrawAll?.();
  };

  hpo.colors = () => {
    const style = getComputedStyle(document.documentElement);
    const names = ["card", "text", "muted", "line", "grid", "accent", "best", "complete", "pruned", "fail", "running", "waiting"];
    const colors = Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
    colors.scale = style.getPropertyValue("--scale").split(",").map(color => color.trim());
    colors.font = getComputedStyle(document.body).fontFamily;
    return colors;
  };

  hpo.startTheme = () => {
    document.getElementById("theme").addEventListener("click", () => {
      const themes = Object.keys(THEMES);
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store(theme);
      apply();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
    apply();
  };
})();
