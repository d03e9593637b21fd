// Where does a share p of the standard normal distribution end, and which share lies below z?

/* prettier-ignore */
const CENTRE = [
  [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
    67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
  [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852854561],
] as const;
/* prettier-ignore */
const SHOULDER = [
  [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
  [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
] as const;
/* prettier-ignore */
const TAIL = [
  [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
  [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
] as const;

/**
 * The z below which a share p of the standard normal distribution lies, 0 < p < 1; ±Infinity at 0 and 1.
 * To about 16 digits. Source: Wichura, Algorithm AS 241 (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(SHOULDER, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -z : z;
}

/**
 * Φ(z), the share of the standard normal distribution below z. To about 15 digits near the centre.
 * Source: the series φ(z)(z + z³/3 + z⁵/15 + …) up to |z| = 5, the continued fraction of Mills' ratio beyond
 * (DLMF 7.6.2, 7.9.1).
 */
export function normalBelow(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(z) > 5) {
    let fraction = Math.abs(z);
    for (let k = 60; k >= 1; k--) fraction = Math.abs(z) + k / fraction;
    return z < 0 ? density / fraction : 1 - density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}

function ratio([above, below]: readonly [ReadonlyArray<number>, ReadonlyArray<number>], x: number): number {
  const polynomial = (coefficients: ReadonlyArray<number>) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
  return polynomial(above) / polynomial(below);
}
