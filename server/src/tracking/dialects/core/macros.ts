/** Macros as the platforms write them: `{x}`, `{{x}}`, `${x}`, `#x#`, `[x]`, `%x%`, `<x>`, `__X__`, and the first two encoded once too often. */
const MACROS = [
  /\$?\{\{? ?[A-Za-z_][\w.:-]{0,60} ?\}?\}/,
  /%(?:25)?7B(?:%(?:25)?7B)?[A-Za-z_][\w.:-]{0,60}(?:%(?:25)?7D)?%(?:25)?7D/i,
  /#[A-Za-z_][\w.-]{0,60}#/,
  /^\[[A-Za-z_][\w.:-]{0,60}\]$/,
  /^%[A-Za-z_][\w.-]{0,60}%$/,
  /^<[A-Za-z_][\w.:-]{0,60}>$/,
  /^__[A-Z][A-Z0-9_]{0,60}__$/,
] as const;

/** The macro that stands in a value where its value should be. */
export function macroIn(value: string): string | undefined {
  if (!/[{}#[%<_]/.test(value)) return undefined;
  for (const pattern of MACROS) {
    const found = pattern.exec(value)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
