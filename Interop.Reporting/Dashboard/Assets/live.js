"use strict";
// One study: shown anew whenever the server reports a new version, and never faster than it can be drawn.
(() => {
  if (document.documentElement.dataset.kind !== "live") return;
  const name = new URLSearchParams(location.search).get("name") ?? "";
  const query = `name=${encodeURIComponent(name)}`;
  const status = hpo.element("span", { class: "note", role: "status", id: "live" });
  document.title = name;
  document.querySelector(".top > div").prepend(hpo.element("p", {}, hpo.element("a", { href: "/" }, "All studies"), " ", status));

  hpo.allTrials = () => hpo.element("a", { class: "button", href: `/api/trials.parquet?${new URLSearchParams({ study: name })}`, download: `${hpo.fileName(name)}.parquet` }, "All as Parquet");

  // The curves of trials that came without: of a trial by itself, or those of all at once.
  hpo.fetchCurves = async (snapshot, trials) => {
    const missing = trials.filter(trial => !trial.intermediate);
    if (missing.length === 0) return;
    try {
      hpo.giveCurves(snapshot, (await hpo.fetchStudy(name, missing.length === 1 ? `/api/trial?${query}&number=${missing[0].number}` : `/api/study?${query}`)).trials);
    } catch (error) {
      status.textContent = `· ${error.message || "the dashboard does not answer"}`;
    }
  };

  const takeNews = hpo.followed(name);
  const refresh = hpo.oneAtATime(async () => {
    try {
      let began = 0;
      await takeNews(received => {
        began = performance.now();
        performance.mark("hpo:news");
        hpo.showStudy(received);
        performance.measure("hpo:shown", "hpo:news");
      });
      status.textContent = "· live";
      await new Promise(requestAnimationFrame);
      // A large study takes its time: most of the page's time is left to the reader.
      const cost = performance.now() - began;
      if (cost > 250) await new Promise(resolve => setTimeout(resolve, Math.min(10_000, 4 * cost)));
    } catch (error) {
      status.textContent = `· ${error.message || "the dashboard does not answer"}`;
    }
  });

  const listen = () => {
    const source = new EventSource(`/api/versions?${query}`);
    source.addEventListener("version", refresh);
    source.addEventListener("away", event => { status.textContent = `· ${event.data} Retrying.`; });
    source.addEventListener("gone", () => {
      source.close();
      status.textContent = `· there is no study “${name}” any more`;
    });
    source.addEventListener("error", () => {
      status.textContent = "· the dashboard does not answer; retrying";
      // After an answer that is none of its own a browser does not retry by itself; the snapshot's answer says why.
      if (source.readyState !== EventSource.CLOSED) return;
      refresh();
      setTimeout(listen, 2000);
    });
  };
  listen();
})();
