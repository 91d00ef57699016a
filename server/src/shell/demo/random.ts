/** A seeded source of chance (sfc32): the sample program is the same every time it is built from the same seed. */
export interface Chance {
  /** uniform in [0, 1) */
  next(): number;
  /** true with a probability */
  happens(probability: number): boolean;
  /** whole number, both ends included */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** by weight; weights need not sum to one */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** lognormal around a median: amounts of money, delays */
  around(median: number, spread: number): number;
  /** how many times something of a small expected count happens (Poisson) */
  count(expected: number): number;
  normal(): number;
  /** a stream of its own, so that adding a draw in one place changes nothing in another */
  branch(name: string): Chance;
}

export function chance(seed: string): Chance {
  const next = sfc32(hash(seed));
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    happens: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    weighted: (list) => weighted(list, next()),
    around: (median, spread) => median * Math.exp(spread * normal()),
    count: (expected) => poisson(expected, next, normal),
    branch: (name) => chance(`${seed}/${name}`),
  };
}

function weighted<T>(list: readonly (readonly [T, number])[], draw: number): T {
  let left = draw * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return (list.at(-1) as readonly [T, number])[0];
}

function poisson(expected: number, next: () => number, normal: () => number): number {
  if (expected > 30) return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
  const limit = Math.exp(-expected);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count++;
  return count;
}

function hash(text: string): [number, number, number, number] {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 597399067);
    b = Math.imul(b ^ code, 2869860233);
    c = Math.imul(c ^ code, 951274213) ^ (a >>> 15);
  }
  return [a >>> 0, b >>> 0, c >>> 0, text.length + 1];
}

function sfc32([a0, b0, c0, d0]: [number, number, number, number]): () => number {
  let [a, b, c, d] = [a0, b0, c0, d0];
  const step = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) step();
  return step;
}
