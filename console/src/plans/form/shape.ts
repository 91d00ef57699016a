import { z } from "zod";

/** What a field of the plan language is, as a form needs to know it. */
export type Shape =
  | { readonly kind: "text" | "day" | "count" | "switch" }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly item: z.ZodType }
  | { readonly kind: "match" }
  | { readonly kind: "named"; readonly item: z.ZodType }
  | { readonly kind: "fields"; readonly fields: readonly FieldShape[] }
  | { readonly kind: "forms"; readonly forms: readonly Form[] };

export interface FieldShape {
  readonly name: string;
  readonly schema: z.ZodType;
  /** Has to be there; what has a default need not be written. */
  readonly required: boolean;
}

/** One of several forms that a value may have: an amount, a table, tiers. */
export interface Form {
  readonly id: string;
  readonly schema: z.ZodType;
}

export function shapeOf(given: z.ZodType): Shape {
  const schema = plain(given);
  if (schema instanceof z.ZodLiteral) return { kind: "constant", value: [...schema.values][0] };
  if (schema instanceof z.ZodEnum) return { kind: "choice", values: schema.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { kind: "switch" };
  if (schema instanceof z.ZodNumber) return { kind: "count" };
  if (schema instanceof z.ZodArray) return { kind: "list", item: schema.element as z.ZodType };
  if (schema instanceof z.ZodTuple)
    return { kind: "list", item: (schema.def.items as readonly z.ZodType[])[0] ?? z.string() };
  if (schema instanceof z.ZodRecord)
    return plain(schema.valueType as z.ZodType) instanceof z.ZodArray
      ? { kind: "match" }
      : { kind: "named", item: schema.valueType as z.ZodType };
  if (schema instanceof z.ZodObject) return { kind: "fields", fields: fieldsOf(schema) };
  if (schema instanceof z.ZodUnion) return { kind: "forms", forms: formsOf(schema) };
  return {
    kind:
      schema.safeParse("2026-01-31").success && !schema.safeParse("a").success && !schema.safeParse("1").success
        ? "day"
        : "text",
  };
}

/** Without what only says whether it may be missing. */
function plain(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodLazy ||
    schema instanceof z.ZodNullable
  )
    return plain(schema.unwrap() as z.ZodType);
  return schema;
}

export function fieldsOf(schema: z.ZodObject): FieldShape[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    schema: field as z.ZodType,
    required: !(field instanceof z.ZodOptional || field instanceof z.ZodDefault),
  }));
}

/** Forms of a union, unions inside of it laid out flat; several fixed words become one choice. */
function formsOf(union: z.ZodUnion): Form[] {
  const all = (union.options as readonly z.ZodType[])
    .map(plain)
    .flatMap((one): z.ZodType[] =>
      one instanceof z.ZodUnion ? (one.options as readonly z.ZodType[]).map(plain) : [one],
    );
  return all.map((schema) => ({ id: formId(schema), schema }));
}

/** What tells a form from the others: its fixed word, or the field that only it has. */
const TELLING = [
  "bands",
  "rows",
  "all",
  "any",
  "ratio",
  "metric",
  "count",
  "milestone",
  "attribute",
  "sum",
  "base",
  "commission",
  "stated",
  "item",
  "lowestOf",
  "highestOf",
  "over",
  "times",
  "per",
  "rate",
  "add",
  "deduct",
  "component",
  "factor",
  "value",
  "qualified",
  "notQualified",
  "payments",
  "months",
  "days",
  "measure",
  "quantity",
  "from",
  "terms",
];

function formId(schema: z.ZodType): string {
  const shape = shapeOf(schema);
  if (shape.kind === "constant") return String(shape.value);
  if (shape.kind !== "fields") return shape.kind;
  const constant = shape.fields.find((field) => plain(field.schema) instanceof z.ZodLiteral);
  if (constant !== undefined) return String([...(plain(constant.schema) as z.ZodLiteral).values][0]);
  return (
    TELLING.find((name) => shape.fields.some((field) => field.name === name && field.required)) ??
    shape.fields[0]?.name ??
    "fields"
  );
}

/** Which form a value has: the one that takes it, else the one whose telling field it has. */
export function formOf(forms: readonly Form[], value: unknown): Form | undefined {
  const taking = forms.find((form) => form.schema.safeParse(value).success);
  if (taking !== undefined) return taking;
  return forms.find((form) => looksLike(shapeOf(form.schema), value, form.id));
}

function looksLike(shape: Shape, value: unknown, id: string): boolean {
  if (shape.kind === "constant") return shape.value === value;
  if (shape.kind === "choice") return typeof value === "string" && shape.values.includes(value);
  if (shape.kind === "list") return Array.isArray(value);
  if (shape.kind === "switch") return typeof value === "boolean";
  if (shape.kind === "text" || shape.kind === "day" || shape.kind === "count")
    return typeof value === "string" || typeof value === "number";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (shape.kind !== "fields") return true;
  return id in value || Object.values(value).includes(id);
}

/** A value to begin with: what is required and nothing else; empty texts stand for what a person has to say. */
export function beginning(given: z.ZodType, depth = 0): unknown {
  const shape = shapeOf(given);
  switch (shape.kind) {
    case "constant":
      return shape.value;
    case "choice":
      return shape.values[0];
    case "switch":
      return false;
    case "count":
      return 1;
    case "list":
      return depth > 3 ? [] : [beginning(shape.item, depth + 1)];
    case "match":
      return {};
    case "named":
      return {};
    case "forms":
      return shape.forms[0] === undefined ? "" : beginning(shape.forms[0].schema, depth + 1);
    case "fields":
      return Object.fromEntries(
        shape.fields.filter((field) => field.required).map((field) => [field.name, beginning(field.schema, depth + 1)]),
      );
    default:
      return "";
  }
}
