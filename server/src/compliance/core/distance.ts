/**
 * How far two words are apart by how they sound: an edit distance whose steps cost less between letters that languages and transcribers
 * confuse (Damerau's optimal string alignment with costs; Zobel & Dart, "Phonetic string matching", SIGIR 1996, for the idea).
 */

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789CSZX";
const SIZE = LETTERS.length;
const CODE = new Uint8Array(128).fill(0);
for (let at = 0; at < SIZE; at++) CODE[LETTERS.charCodeAt(at)] = at;

/** Letters after `sound`: C is ch, S is sh, Z is zh, X is kh. */
const CLOSE: Readonly<Record<string, number>> = {
  ae: 0.4,
  ei: 0.3,
  ou: 0.3,
  ao: 0.45,
  eo: 0.5,
  au: 0.5,
  ai: 0.5,
  iu: 0.5,
  eu: 0.5,
  io: 0.55,
  ay: 0.5,
  ey: 0.35,
  iy: 0.1,
  ij: 0.25,
  jy: 0.3,
  bp: 0.45,
  bv: 0.4,
  vf: 0.35,
  vu: 0.4,
  vw: 0.1,
  wu: 0.3,
  dt: 0.4,
  gk: 0.35,
  gX: 0.45,
  kX: 0.3,
  hX: 0.25,
  hg: 0.4,
  gq: 0.25,
  hk: 0.6,
  gj: 0.4,
  sz: 0.3,
  sS: 0.35,
  sc: 0.35,
  SC: 0.4,
  Zz: 0.35,
  Zj: 0.25,
  ZS: 0.45,
  Cj: 0.4,
  Ck: 0.5,
  Cc: 0.3,
  cz: 0.4,
  ck: 0.25,
  cS: 0.45,
  jd: 0.6,
  lr: 0.5,
  mn: 0.55,
  dz: 0.5,
  hj: 0.5,
  kq: 0.05,
  gZ: 0.5,
  tC: 0.7,
  sX: 0.8,
  CS: 0.4,
  pf: 0.5,
  Xg: 0.45,
  jz: 0.45,
};

const CHANGE = new Float32Array(SIZE * SIZE).fill(1);
const LOSS = new Float32Array(SIZE).fill(1);

function prepare(): void {
  for (let at = 0; at < SIZE; at++) CHANGE[at * SIZE + at] = 0;
  const put = (left: string, right: string, cost: number) => {
    const [from, to] = [CODE[left.charCodeAt(0)] as number, CODE[right.charCodeAt(0)] as number];
    CHANGE[from * SIZE + to] = cost;
    CHANGE[to * SIZE + from] = cost;
  };
  for (const [pair, cost] of Object.entries(CLOSE)) put(pair.charAt(0), pair.charAt(1), cost);
  for (const vowel of "aeiouy") LOSS[CODE[vowel.charCodeAt(0)] as number] = 0.5;
  for (const half of "vj") LOSS[CODE[half.charCodeAt(0)] as number] = 0.6;
  LOSS[CODE["h".charCodeAt(0)] as number] = 0.3;
}
prepare();

const LONGEST = 40;
const rows = [new Float32Array(LONGEST + 1), new Float32Array(LONGEST + 1), new Float32Array(LONGEST + 1)] as const;

/** A word prepared for measuring: its letters by number, and what each costs when it is missing. */
export interface Letters {
  readonly codes: Uint8Array;
  readonly losses: Float32Array;
}

const prepared = new Map<string, Letters>();
const PREPARED_AT_MOST = 300_000;

export function lettersOf(word: string): Letters {
  const before = prepared.get(word);
  if (before !== undefined) return before;
  const length = Math.min(word.length, LONGEST);
  const codes = new Uint8Array(length);
  const losses = new Float32Array(length);
  for (let at = 0; at < length; at++) {
    codes[at] = CODE[word.charCodeAt(at) & 127] as number;
    const loss = LOSS[codes[at] as number] as number;
    // a letter that only doubles its neighbor costs little
    losses[at] = at > 0 && codes[at - 1] === codes[at] ? Math.min(loss, 0.3) : loss;
  }
  if (prepared.size >= PREPARED_AT_MOST) prepared.clear();
  const letters = { codes, losses };
  prepared.set(word, letters);
  return letters;
}

/** The cost of turning one sounded word (see `sound`) into the other; a whole letter costs 1. Stops at `limit` and answers something above it. */
export function soundDistance(left: string, right: string, limit: number): number {
  return left === right ? 0 : lettersDistance(lettersOf(left), lettersOf(right), limit);
}

/** The same for words that are prepared. */
export function lettersDistance(one: Letters, other: Letters, limit: number): number {
  const width = other.codes.length;
  let older = rows[0] as Float32Array;
  let previous = rows[1] as Float32Array;
  let current = rows[2] as Float32Array;
  previous[0] = 0;
  for (let column = 1; column <= width; column++)
    previous[column] = (previous[column - 1] as number) + (other.losses[column - 1] as number);
  for (let row = 1; row <= one.codes.length; row++) {
    if (fillRow(one, other, row, older, previous, current) > limit) return limit + 1;
    const spare = older;
    older = previous;
    previous = current;
    current = spare;
  }
  return previous[width] as number;
}

/** @returns the least of the row: the distance cannot become smaller */
function fillRow(
  one: Letters,
  other: Letters,
  row: number,
  older: Float32Array,
  previous: Float32Array,
  current: Float32Array,
): number {
  const { codes, losses } = other;
  const width = codes.length;
  const code = one.codes[row - 1] as number;
  const before = row > 1 ? (one.codes[row - 2] as number) : -1;
  const gone = one.losses[row - 1] as number;
  const base = code * SIZE;
  let least = (previous[0] as number) + gone;
  current[0] = least;
  let beside = least;
  for (let column = 1; column <= width; column++) {
    const letter = codes[column - 1] as number;
    let cost = (previous[column - 1] as number) + (CHANGE[base + letter] as number);
    const removed = (previous[column] as number) + gone;
    if (removed < cost) cost = removed;
    const added = beside + (losses[column - 1] as number);
    if (added < cost) cost = added;
    if (before === letter && column > 1 && codes[column - 2] === code && code !== letter) {
      const swapped = (older[column - 2] as number) + 0.7;
      if (swapped < cost) cost = swapped;
    }
    current[column] = cost;
    beside = cost;
    if (cost < least) least = cost;
  }
  return least;
}
