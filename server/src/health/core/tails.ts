// How unlikely a count, a share or a mean is. All probabilities are of the observed value or one further away from what was expected.

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0, to about 15 digits. Lanczos, "A precision approximation of the gamma function" (1964), g = 7. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = 0.9999999999998099;
  for (let i = 0; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (z + i + 1);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Below this variance over the mean a count is taken for Poisson. */
const NEARLY_POISSON = 1.001;
const TERMS_MAX = 20_000;

/**
 * ln P(X = k) of a count with this mean and variance: negative binomial with size r = mean² / (variance − mean), Poisson where the variance is not
 * above the mean. Source: the NB2 form of Cameron and Trivedi, "Regression Analysis of Count Data", §3.3.
 */
function logMass(k: number, mean: number, variance: number): number {
  if (variance <= mean * NEARLY_POISSON) return k * Math.log(mean) - mean - logGamma(k + 1);
  const size = (mean * mean) / (variance - mean);
  const p = size / (size + mean);
  return logGamma(k + size) - logGamma(size) - logGamma(k + 1) + size * Math.log(p) + k * Math.log1p(-p);
}

/** P(X ≤ seen) of a count. @param mean expected, above 0 */
export function lowerTail(seen: number, mean: number, variance: number): number {
  let sum = 0;
  for (let k = Math.floor(seen); k >= 0; k--) {
    const mass = Math.exp(logMass(k, mean, variance));
    sum += mass;
    if (mass < sum * 1e-9) break;
  }
  return Math.min(1, sum);
}

/** P(X ≥ seen) of a count. Meant for counts above the mean. @param mean expected, above 0 */
export function upperTail(seen: number, mean: number, variance: number): number {
  if (seen <= 0) return 1;
  let sum = 0;
  const first = Math.ceil(seen);
  for (let k = first; k < first + TERMS_MAX; k++) {
    const mass = Math.exp(logMass(k, mean, variance));
    sum += mass;
    if (k > mean && mass < sum * 1e-9) break;
  }
  return Math.min(1, sum);
}

/**
 * P(X ≥ bad) of `bad` among `all` when the share itself varies around `share` with variance ρ·share·(1−share): beta-binomial with
 * α = share·(1−ρ)/ρ, β = (1−share)·(1−ρ)/ρ. Source: Skellam 1948. ρ = 0 is the binomial.
 */
export function shareTail(bad: number, all: number, share: number, rho: number): number {
  const spread = Math.max(rho, 1e-4);
  const alpha = (share * (1 - spread)) / spread;
  const beta = ((1 - share) * (1 - spread)) / spread;
  const whole = logGamma(alpha + beta) - logGamma(alpha) - logGamma(beta) - logGamma(all + alpha + beta);
  let sum = 0;
  for (let k = bad; k <= all; k++) {
    const ways = logGamma(all + 1) - logGamma(k + 1) - logGamma(all - k + 1);
    sum += Math.exp(ways + logGamma(k + alpha) + logGamma(all - k + beta) + whole);
  }
  return Math.min(1, sum);
}

/** P(|Z| ≥ |z|) of the standard normal. Abramowitz and Stegun 7.1.26 with the tail of 7.1.23 beyond 5. */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x > 3.5) return Math.exp(-x * x) / (x * Math.sqrt(Math.PI)) / (1 + 1 / (2 * x * x));
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return poly * Math.exp(-x * x);
}
