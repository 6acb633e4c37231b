"use strict";
// Starts the page, with the data that it holds.
(() => {
  hpo.heading = (kicker, title, subtitle, takenAt) => {
    document.getElementById("kicker").textContent = kicker;
    document.getElementById("title").textContent = title;
    document.getElementById("subtitle").textContent = subtitle;
    const moment = takenAt === undefined ? "" : `As of ${hpo.time(takenAt)} (${Intl.DateTimeFormat().resolvedOptions().timeZone}). `;
    document.getElementById("footer").textContent =
      `${moment}Plots are drawn with Apache ECharts ${echarts.version} (Apache License 2.0); nothing is loaded from the network.`;
  };

  hpo.startTheme();
  const data = document.getElementById("data").textContent.trim();
  if (data === "") return;
  if (document.documentElement.dataset.kind === "comparison") hpo.showComparison(JSON.parse(data).map(hpo.revive));
  else hpo.showStudy(JSON.parse(data));
})();
