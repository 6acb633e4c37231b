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

  // Where the system's colours are forced, no choice of ours would be seen but in the plots, on a card of another colour.
  const FORCED = "(forced-colors: active)";
  const DARK = "(prefers-color-scheme: dark)";

  const apply = () => {
    if (theme === "auto" || matchMedia(FORCED).matches) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    document.getElementById("theme").textContent = THEMES[theme];
    hpo.redrawAll?.();
  };

  // A plot knows no names of the system's colours.
  /** @type {HTMLElement} */
  let probe;
  /** @param {string} color */
  const resolved = color => {
    if (!/^[A-Z]/.test(color)) return color;
    probe.style.color = color;
    return getComputedStyle(probe).color;
  };

  hpo.colors = () => {
    const style = getComputedStyle(document.documentElement);
    const names = /** @type {const} */ (["card", "text", "muted", "line", "grid", "accent", "best", "complete", "pruned", "fail", "running", "waiting"]);
    const colors = /** @type {Record<typeof names[number], string>} */ (Object.fromEntries(names.map(name => [name, resolved(style.getPropertyValue(`--${name}`).trim())])));
    const scale = style.getPropertyValue("--scale").split(",").map(color => color.trim());
    return { ...colors, scale, font: getComputedStyle(document.body).fontFamily };
  };

  hpo.startTheme = () => {
    document.getElementById("theme").addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store();
      apply();
    });
    probe = hpo.element("span", { hidden: true });
    document.body.append(probe);
    for (const query of [DARK, FORCED]) matchMedia(query).addEventListener("change", apply);
    // Paper is white, and plots in dark colours would not be seen on it.
    let isLit = false;
    addEventListener("beforeprint", () => {
      isLit = theme === "dark" || (theme === "auto" && matchMedia(DARK).matches);
      if (!isLit) return;
      document.documentElement.dataset.theme = "light";
      hpo.redrawAll();
    });
    addEventListener("afterprint", () => { if (isLit) apply(); });
    apply();
  };
})();
