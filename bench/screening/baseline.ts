/** Jaro (1989) with Winkler's prefix (1990), as libraries have it: what name matching begins with. */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1;
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  const [usedLeft, usedRight] = [new Uint8Array(left.length), new Uint8Array(right.length)];
  let common = 0;
  for (let at = 0; at < left.length; at++)
    for (let other = Math.max(0, at - reach); other <= Math.min(right.length - 1, at + reach); other++) {
      if (usedRight[other] === 1 || left[at] !== right[other]) continue;
      usedLeft[at] = usedRight[other] = 1;
      common++;
      break;
    }
  if (common === 0) return 0;
  const kept = (text: string, used: Uint8Array) => [...text].filter((_, at) => used[at] === 1);
  const [one, two] = [kept(left, usedLeft), kept(right, usedRight)];
  const moved = one.filter((letter, at) => letter !== two[at]).length / 2;
  const jaro = (common / left.length + common / right.length + (common - moved) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && left[prefix] === right[prefix] && prefix < left.length) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Lower case, without marks, words in their alphabetical order: the usual preparation. */
export function plainName(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .sort()
    .join(" ");
}
