import type { z } from "zod";
import { z as zod } from "zod";

/** JSON Schema as far as zod writes it. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  /** Of a tuple: what stands at each place. */
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly additionalProperties?: boolean | Shape;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** Texts to try where a pattern is asked for. */
const TRIALS = [
  "probe-1",
  "probe",
  "PROBE1",
  "EUR",
  "https://probe.example",
  "ES",
  "en",
  "2026-03",
  "2026-03-02",
  "100",
  "1",
  "1.00",
  "deposit",
  "https://probe.example/",
  "0123456789abcdef".repeat(4),
  "probe_1",
  "09:30",
  "#1f6feb",
  "01-01",
  "custom_probe",
  // one pixel
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
];
/** Texts of fields whose form no schema tells; of lists without their s. */
const TEXTS: Readonly<Record<string, string>> = { addresse: "203.0.113.7", iban: "GB82WEST12345698765432" };
/** Fields that are left out where the other one is given. */
const EITHER: Readonly<Record<string, string>> = { number: "iban" };
/** Fields that other fields of a sample contradict: left empty where they may be. */
const EMPTY = new Set(["impressionDays"]);
const FORMATS: Readonly<Record<string, string>> = {
  email: "probe@probe.example",
  date: "2026-03-02",
  "date-time": "2026-03-02T10:00:00Z",
  uri: "https://probe.example/",
};

/**
 * A value that a schema accepts, with every optional field filled in.
 * @param textFor gives the text of fields by name (ids of records); undefined leaves it to the schema
 */
export function sampleOf(schema: z.ZodType, textFor: (field: string) => string | undefined): unknown {
  const root = zod.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Shape;
  return sample(plain(root, root.$defs ?? {}), "", textFor);
}

/** A schema that names itself (a condition of conditions) with its names spelled out, as far as it goes without turning in a circle. */
function plain(shape: Shape, defs: Readonly<Record<string, Shape>>, inside: ReadonlySet<string> = new Set()): Shape {
  const name = shape.$ref?.replace("#/$defs/", "");
  if (name !== undefined) {
    const named = defs[name];
    return named === undefined || inside.has(name) ? shape : plain(named, defs, new Set([...inside, name]));
  }
  return Object.fromEntries(
    Object.entries(shape).map(([key, value]) => {
      if (key === "anyOf" || key === "oneOf") return [key, choices(value as readonly Shape[], defs, inside)];
      if (key === "items") return [key, plain(value as Shape, defs, inside)];
      if (key === "properties")
        return [key, Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, plain(v, defs, inside)]))];
      return [key, value];
    }),
  ) as Shape;
}

/** What does not lead back to itself goes first: it ends. */
function choices(
  of: readonly Shape[],
  defs: Readonly<Record<string, Shape>>,
  inside: ReadonlySet<string>,
): readonly Shape[] {
  const turns = (one: Shape) => (JSON.stringify(one).includes('"$ref"') ? 1 : 0);
  return of.map((one) => plain(one, defs, inside)).toSorted((a, b) => turns(a) - turns(b));
}

function sample(shape: Shape, field: string, textFor: (field: string) => string | undefined): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (EMPTY.has(field) && (shape.anyOf ?? shape.oneOf)?.some((one) => one.type === "null")) return null;
  const choice = (shape.anyOf ?? shape.oneOf)?.find((one) => one.type !== "null");
  if (choice !== undefined) return sample(choice, field, textFor);
  if (shape.allOf !== undefined)
    return Object.assign({}, ...shape.allOf.map((one) => sample(one, field, textFor) as object));
  if (shape.type === "object") {
    const properties = shape.properties ?? {};
    const given = Object.entries(properties).filter(([name]) => !((EITHER[name] ?? "") in properties));
    return Object.fromEntries(given.map(([name, inner]) => [name, sample(inner, name, textFor)]));
  }
  if (shape.prefixItems !== undefined) return shape.prefixItems.map((one) => sample(one, field, textFor));
  if (shape.type === "array") {
    const item = sample(shape.items ?? { type: "string" }, field.replace(/s$/, ""), textFor);
    return Array.from({ length: Math.max(1, shape.minItems ?? 1) }, () => item);
  }
  if (shape.type === "integer" || shape.type === "number")
    return Math.max(shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1, 1);
  if (shape.type === "boolean") return true;
  if (shape.type === "string") return textFor(field) ?? TEXTS[field] ?? text(shape);
  return "probe";
}

function text(shape: Shape): string {
  const format = FORMATS[shape.format ?? ""];
  if (format !== undefined) return format;
  if (shape.pattern !== undefined) {
    const pattern = new RegExp(shape.pattern);
    return TRIALS.find((trial) => pattern.test(trial)) ?? "probe";
  }
  return "probe".slice(0, shape.maxLength).padEnd(shape.minLength ?? 0, "x");
}
