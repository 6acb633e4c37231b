"use strict";
// Which of many curves are drawn, the same ones as DrawnCurves.cs: more of them than pixels only take time.
(() => {
  const [MOST_SPREAD, LATEST, ALL] = [100, 20, 1000];

  // A power of two: as the study grows, curves leave the choice and none comes back.
  hpo.stride = (count, most) => 2 ** Math.max(0, Math.ceil(Math.log2(count / most)));

  // The trials whose intermediate values are drawn: evenly spread ones, the latest, those that run, and the best one.
  hpo.drawnCurves = snapshot => {
    const count = snapshot.trials.length;
    const stride = count <= ALL ? 1 : hpo.stride(count, MOST_SPREAD);
    return snapshot.trials.filter(/** @returns {trial is Trial & { intermediate: number[][] }} */ trial => Boolean(trial.intermediate?.length)
      && (trial.number % stride === 0 || trial.number >= count - LATEST || trial.state === "RUNNING" || snapshot.best.has(trial.number)));
  };
})();
