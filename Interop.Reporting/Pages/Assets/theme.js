"use strict";
// Light, dark, or as the system says; the plots take their colours from the style sheet.
(() => {
  const THEMES = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };
  const KEY = "hpo-theme";

  // A page opened from a file may have no storage.
  const stored = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const store = () => {
    try { localStorage.setItem(KEY, theme); } catch { /* it holds for this visit */ }
  };

  const themes = /** @type {(keyof typeof THEMES)[]} */ (Object.keys(THEMES));
  let theme = themes.find(known => known === stored()) ?? "auto";

  const apply = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    document.getElementById("theme").textContent = THEMES[theme];
    hpo.redrawAll?.();
  };

  hpo.colors = () => {
    const style = getComputedStyle(document.documentElement);
    const names = /** @type {const} */ (["card", "text", "muted", "line", "grid", "accent", "best", "complete", "pruned", "fail", "running", "waiting"]);
    const colors = /** @type {Record<typeof names[number], string>} */ (Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()])));
    const scale = style.getPropertyValue("--scale").split(",").map(color => color.trim());
    return { ...colors, scale, font: getComputedStyle(document.body).fontFamily };
  };

  hpo.startTheme = () => {
    document.getElementById("theme").addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store();
      apply();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
    apply();
  };
})();
