/** A JSON object as it came: nothing of it is trusted to be there or to be of a kind. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  const found = valueAt(value, path);
  return isObject(found) ? found : undefined;
}

/** A text or number on a path, as text. Numbers beyond what JSON keeps exactly are not ids: they are left out. */
export function textAtPath(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === "number" && (Number.isSafeInteger(found) || !Number.isInteger(found))) return String(found);
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined),
    value,
  );
}
