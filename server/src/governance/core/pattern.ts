/** A value is read so far by a pattern; nothing that stands in a record is longer and still meant. */
const MOST_CHARACTERS = 500;

/**
 * Why a pattern is not taken: a group that repeats itself and holds a repetition or a choice, or a reference back, can take for ever on a
 * value that does not match (catastrophic backtracking). What is left is linear or nearly so. `undefined`: it may be used.
 */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u");
  } catch {
    return "is not a regular expression";
  }
  if (/\\[1-9]|\\k</.test(pattern)) return "refers back to a group";
  if (/\(\?<?[=!]/.test(pattern)) return "looks ahead or behind";
  return repeatsOfRepeats(pattern) ? "repeats a group that itself repeats or chooses" : undefined;
}

/** Does a group with a repetition or a choice in it get repeated? Escapes and classes are skipped. */
function repeatsOfRepeats(pattern: string): boolean {
  const open: boolean[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at];
    if (letter === "\\") at += 1;
    else if (letter === "[") at = endOfClass(pattern, at);
    else if (letter === "(") open.push(false);
    else if (letter === ")") {
      const lively = open.pop() ?? false;
      const repeated = /[*+{]/.test(pattern[at + 1] ?? "");
      if (lively && repeated) return true;
      if (open.length > 0 && (lively || repeated)) open[open.length - 1] = true;
    } else if (open.length > 0 && /[*+?{|]/.test(letter ?? "") && pattern[at - 1] !== "(") open[open.length - 1] = true;
  }
  return false;
}

function endOfClass(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at += 1) {
    if (pattern[at] === "\\") at += 1;
    else if (pattern[at] === "]") return at;
  }
  return pattern.length;
}

const known = new Map<string, RegExp>();

/** Whether the whole of a value is of a pattern that {@link patternProblem} let through. */
export function isOfPattern(value: string, pattern: string): boolean {
  const expression = known.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "u");
  known.set(pattern, expression);
  return value.length <= MOST_CHARACTERS && expression.test(value);
}
