"use strict";
// The data of series with many points.
(() => {
  const { MANY } = hpo.plotting;
  // As many colours as are told apart.
  const SHADES = 12;

  // Rows of numbers as one array, which ECharts takes as it is. It would copy each of many small ones whenever a plot is drawn anew.
  hpo.rows = rows => {
    const width = rows[0]?.length ?? 2;
    const data = new Float64Array(rows.length * width);
    rows.forEach((row, i) => data.set(row, i * width));
    return { dimensions: Array.from({ length: width }, (_, i) => `${i}`), data };
  };

  /** @type {(colour: string) => number[]} */
  const rgb = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

  hpo.mixed = (share, colours) => {
    const place = Math.min(1, Math.max(0, share)) * (colours.length - 1);
    const [below, above] = [colours[Math.floor(place)], colours[Math.ceil(place)]].map(rgb);
    return below.map((part, i) => part + (above[i] - part) * (place % 1));
  };

  hpo.css = parts => `rgb(${parts.map(Math.round).join(", ")})`;

  // Points of one look. Many are drawn at once, of which ECharts keeps no objects; below 4 pixels as squares, which are fastest.
  hpo.scatter = (points, look, isLarge = points.length > MANY) => ({
    type: "scatter", large: isLarge, largeThreshold: 1, ...look, ...hpo.rows(points),
    // These have no borders: a ring would not be seen.
    ...(isLarge && look.itemStyle.color === "transparent" ? { itemStyle: { color: look.itemStyle.borderColor } } : {}),
  });

  // Points in shades of colours, those of the highest share on top.
  hpo.shaded = (points, shareOf, colours, { itemStyle, ...look }) => {
    /** @type {number[][][]} */
    const groups = Array.from({ length: SHADES }, () => []);
    for (const point of points) groups[Math.max(0, Math.min(SHADES - 1, Math.floor(shareOf(point) * SHADES)))].push(point);
    return groups.flatMap((group, i) => (group.length === 0 ? [] : [hpo.scatter(group, {
      ...look, itemStyle: { ...itemStyle, color: `rgb(${hpo.mixed(i / (SHADES - 1), colours).map(Math.round).join(", ")})` },
    }, points.length > MANY)]));
  };
})();
