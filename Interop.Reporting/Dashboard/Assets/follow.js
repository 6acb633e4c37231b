"use strict";
// What the server sends of a study: all of it once, and then what has changed.
(() => {
  // At most one question is under way, and who asks meanwhile is answered by another one after it.
  hpo.oneAtATime = ask => {
    let isAsking = false;
    let isStale = false;
    return async () => {
      isStale = true;
      if (isAsking) return;
      isAsking = true;
      try {
        while (isStale) {
          isStale = false;
          await ask();
        }
      } finally {
        isAsking = false;
      }
    };
  };

  hpo.fetchStudy = async (name, path) => {
    const response = await fetch(path);
    if (!response.ok) throw new Error(response.status === 404 ? `There is no study “${name}”.` : await response.text());
    return response.json();
  };

  hpo.followed = name => {
    /** @type {number | undefined} */
    let version;
    return async show => {
      const received = await hpo.fetchStudy(name, `/api/shown?name=${encodeURIComponent(name)}${version === undefined ? "" : `&since=${version}`}`);
      await hpo.released();
      // What fails half-way is taken whole the next time.
      version = undefined;
      show(received);
      version = received.version;
    };
  };
})();
