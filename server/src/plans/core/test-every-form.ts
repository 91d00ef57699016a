import { z } from "zod";

// Documents of a schema in which every field, every choice and every form stands at least once; for tests that ask whether a reader of
// documents has forgotten something.

/** Deeper than this, trees of conditions take their first leaf only. */
const DEEPEST = 2;
const TEXTS = ["alpha", "beta", "120.00", "75.5", "0.30", "0.45", "1.25", "2026-03-05", "2026-04-06", "EUR", "USD"];

interface Walk {
  readonly depth: number;
  /** Schemas that were spelled out already: where they stand again, one sample of each form is enough. */
  readonly known: Set<z.ZodType>;
}

/**
 * One document with what is required only, and for every field and every form of it one that differs there only.
 * @param schema as the contract declares it; refinements are not applied
 */
export function everyForm(schema: z.ZodType): unknown[] {
  return formsOf(schema, { depth: 0, known: new Set() });
}

function formsOf(schema: z.ZodType, walk: Walk): unknown[] {
  if (schema instanceof z.ZodLazy)
    return walk.depth > DEEPEST ? [] : formsOf(schema.unwrap() as z.ZodType, { ...walk, depth: walk.depth + 1 });
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return formsOf(schema.unwrap() as z.ZodType, walk);
  if (schema instanceof z.ZodUnion) return choices(schema, walk);
  if (schema instanceof z.ZodEnum) return [...schema.options];
  if (schema instanceof z.ZodLiteral) return [...schema.values];
  if (schema instanceof z.ZodBoolean) return [false, true];
  if (schema instanceof z.ZodNumber) return [3, 7].filter((number) => schema.safeParse(number).success);
  if (schema instanceof z.ZodObject) return objects(schema, walk);
  if (schema instanceof z.ZodArray) return lists(schema, walk);
  if (schema instanceof z.ZodTuple) return tuples(schema, walk);
  if (schema instanceof z.ZodRecord) return records(schema, walk);
  const texts = TEXTS.filter((text) => schema.safeParse(text).success).slice(0, 2);
  if (texts.length === 0) throw new Error(`no sample for ${schema.constructor.name}`);
  return texts;
}

function choices(schema: z.ZodUnion, walk: Walk): unknown[] {
  const options = schema.options as readonly z.ZodType[];
  if (walk.known.has(schema)) return options.flatMap((option) => formsOf(option, walk).slice(0, 1));
  walk.known.add(schema);
  return options.flatMap((option) => formsOf(option, walk));
}

function objects(schema: z.ZodObject, walk: Walk): unknown[] {
  const again = walk.known.has(schema);
  walk.known.add(schema);
  const fields = Object.entries(schema.shape).map(([name, field]) => ({
    name,
    optional: field instanceof z.ZodOptional,
    samples: again && field instanceof z.ZodOptional ? [] : formsOf(field as z.ZodType, walk),
  }));
  const required = fields.filter((one) => !one.optional);
  if (required.some((one) => one.samples.length === 0)) return [];
  const least = Object.fromEntries(required.map((one) => [one.name, one.samples[0]]));
  if (again) return [least];
  return [
    least,
    ...fields.flatMap(({ name, samples, optional }) =>
      samples
        .slice(optional ? 0 : 1)
        .filter(saysSomething)
        .map((sample) => ({ ...least, [name]: sample })),
    ),
  ];
}

/** An optional object without fields is the same as none. */
function saysSomething(sample: unknown): boolean {
  return typeof sample !== "object" || sample === null || Object.keys(sample).length > 0;
}

function lists(schema: z.ZodArray, walk: Walk): unknown[] {
  const samples = formsOf(schema.element as z.ZodType, walk);
  const [first, second] = samples;
  if (first === undefined) return [];
  const candidates = [...samples.map((one) => [one]), ...(second === undefined ? [] : [[first, second]])];
  if (schema.safeParse([first]).success || schema.safeParse([]).success) return candidates;
  return candidates.map((one) => [one[0], second ?? first]);
}

function tuples(schema: z.ZodTuple, walk: Walk): unknown[] {
  const parts = (schema.def.items as readonly z.ZodType[]).map((part) => formsOf(part, walk));
  const least = parts.map((samples) => samples[0]);
  return [least, ...parts.flatMap((samples, index) => samples.slice(1).map((one) => least.toSpliced(index, 1, one)))];
}

function records(schema: z.ZodRecord, walk: Walk): unknown[] {
  const values = formsOf(schema.valueType as z.ZodType, walk);
  const [first] = values;
  return [...values.map((value) => ({ country: value })), { product: first }, { country: first, product: first }];
}
