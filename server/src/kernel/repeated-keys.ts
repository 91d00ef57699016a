/**
 * The first name that an object of a JSON text has twice, or nothing. `JSON.parse` keeps the last of them, other readers the first: what one
 * of them shows and another proves may then be two things.
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;
  // of each open object the names so far; of a list nothing
  const open: (Set<string> | undefined)[] = [];
  let expectsName = false;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found === "{" || found === "[") {
      open.push(found === "{" ? new Set() : undefined);
      expectsName = found === "{";
    } else if (found === "}" || found === "]") {
      open.pop();
      expectsName = false;
    } else if (found === ",") expectsName = open.at(-1) !== undefined;
    else if (found === ":") expectsName = false;
    else if (expectsName) {
      const name = JSON.parse(found) as string;
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
