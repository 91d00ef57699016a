/** A bounded memory of what was worked out before: the least recently asked for leaves first. */
export function recent<V>(most: number, workOut: (key: string) => V): (key: string) => V {
  // Two generations instead of one list: a hit costs one look-up and moves nothing.
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return (key) => {
    const known = young.get(key);
    if (known !== undefined) return known;
    const value = old.get(key) ?? workOut(key);
    if (young.size >= most / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
    return value;
  };
}
