// Colours as people see them: with each kind of colour blindness, and how far apart two of them are.

// Machado, Oliveira and Fernandes 2009, the whole loss of one kind of cone, over linear RGB.
/** @type {Record<string, number[][]>} */
export const visions = {
  "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
};

/** @type {(matrix: number[][], vector: number[]) => number[]} */
const times = (matrix, vector) => matrix.map(row => row.reduce((sum, factor, i) => sum + factor * vector[i], 0));

/** @type {(share: number) => number} */
const toLinear = share => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

/**
 * A colour (#rrggbb) as CIE L*a*b* (D65), seen with one kind of vision.
 * @param {string} colour
 * @param {number[][]} [vision]
 * @returns {number[]}
 */
export const lab = (colour, vision = visions["all cones"]) => {
  const linear = times(vision, [1, 3, 5].map(at => toLinear(parseInt(colour.slice(at, at + 2), 16) / 255))).map(share => Math.min(1, Math.max(0, share)));
  const [x, y, z] = times([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]], linear)
    .map((value, i) => value / [0.95047, 1, 1.08883][i])
    .map(value => (value > 216 / 24389 ? Math.cbrt(value) : (24389 / 27 * value + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

const [turn, degree] = [2 * Math.PI, Math.PI / 180];

/**
 * How different two colours look: CIEDE2000 (Sharma, Wu and Dalal 2005).
 * @param {number[]} first L*a*b*
 * @param {number[]} second L*a*b*
 */
export const difference = ([l1, a1, b1], [l2, a2, b2]) => {
  const chroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const stretch = 1.5 - 0.5 * Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)];
  const [h1, h2] = [(Math.atan2(b1, a1 * stretch) + turn) % turn, (Math.atan2(b2, a2 * stretch) + turn) % turn];
  const isGrey = c1 * c2 === 0;
  const hues = isGrey ? 0 : h2 - h1 - (h2 - h1 > Math.PI ? turn : h2 - h1 < -Math.PI ? -turn : 0);
  const hue = isGrey ? h1 + h2 : Math.abs(h1 - h2) <= Math.PI ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < turn ? turn : -turn)) / 2;
  const [lightness, mean] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t = 1 - 0.17 * Math.cos(hue - 30 * degree) + 0.24 * Math.cos(2 * hue) + 0.32 * Math.cos(3 * hue + 6 * degree) - 0.2 * Math.cos(4 * hue - 63 * degree);
  const light = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / Math.sqrt(20 + (lightness - 50) ** 2));
  const strong = (c2 - c1) / (1 + 0.045 * mean);
  const turned = 2 * Math.sqrt(c1 * c2) * Math.sin(hues / 2) / (1 + 0.015 * mean * t);
  const blue = -2 * Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)) * Math.sin(60 * degree * Math.exp(-(((hue / degree - 275) / 25) ** 2)));
  return Math.sqrt(light ** 2 + strong ** 2 + turned ** 2 + blue * strong * turned);
};
