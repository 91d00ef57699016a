import { ProcedureDefinition } from "@tributary/contract";
import { z } from "zod";

interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
}

const ABOUT: Readonly<Record<string, string>> = {
  procedure: "its key; all versions share it",
  title: "what people read",
  purpose: "why it is there, Markdown",
  subject: "whom a case is about",
  starts: "what starts a case by itself; `manual`: a person does",
  for: "for whom it is; left out: for everybody",
  stages: "in their order; a case is in one at a time",
  key: "its name in the history; changing it makes it another step",
  owner: "who answers for it",
  due: "working time that it may take, by the calendar of the partner's region",
  guide: "how it is done, Markdown; the handbook is made of these",
  tasks: "work to do; required ones keep the gate shut",
  gate: "what has to hold before the case goes on: facts and decisions",
  escalations: "to whom a stage goes that is late",
  checklist: "what has to be ticked before the task is done",
  required: "false: it may stay undone",
  when: "for whom it holds; what is not known of somebody fits",
  fact: "a fact that the program checks itself; the console lists them",
  with: "the fact's own parameters",
  decision: "key of what a named person signs",
  role: "who may sign",
  evidence: "whether a file, text or link has to come with it",
  otherThan: "tasks and decisions whose signer may not sign this one",
  doneBy: "the fact that ends the task by itself",
  after: "working time after the stage's due time",
  to: "who hears of it",
  note: "what they read",
};

/** `docs/reference/procedures.md`: every field of a procedure's YAML, from the schema that reads it. */
export function procedureReference(): string {
  const shape = z.toJSONSchema(ProcedureDefinition, { io: "input" }) as Shape;
  const stage = shape.properties?.stages?.items ?? {};
  const conditions = stage.properties?.gate?.items?.anyOf ?? [];
  const parts: readonly (readonly [string, Shape | undefined])[] = [
    ["A procedure", shape],
    ["`stages[]`", stage],
    ["`tasks[]`", stage.properties?.tasks?.items],
    ["`gate[]`: a fact", conditions.find((one) => one.properties?.fact !== undefined)],
    ["`gate[]`: a decision", conditions.find((one) => one.properties?.decision !== undefined)],
    ["`escalations[]`", stage.properties?.escalations?.items],
    ["`when`", shape.properties?.for],
  ];
  return [
    "# Procedures as YAML",
    "",
    "Written by `npm run generate`; do not edit. `tributary procedure check FILE` reads and lints one, `import` makes it the draft, `export` writes it out.",
    "A text may be one, or one for each language: `{ en: Intake, es: Admisión }`. Times are working time: `{ hours: 4 }` or `{ days: 2 }`.",
    'A condition is known in a case by its decision\'s key, or by its fact with the parameters as JSON: `risk.rated {"max":"medium"}`.',
    ...parts.flatMap(([title, part]) => section(title, part)),
    "",
  ].join("\n");
}

function section(title: string, shape: Shape | undefined): readonly string[] {
  if (shape?.properties === undefined) throw new Error(`${title} has no fields`);
  const rows = Object.entries(shape.properties).map(([name, field]) => {
    const needed = shape.required?.includes(name) ? "yes" : "";
    const usual = field.default === undefined ? "" : `\`${JSON.stringify(field.default)}\``;
    return `| \`${name}\` | ${typeOf(field)} | ${needed} | ${usual} | ${field.description ?? ABOUT[name] ?? ""} |`;
  });
  return [
    "",
    `## ${title}`,
    "| field | is | needed | usual | what it says |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function typeOf(shape: Shape): string {
  if (shape.enum !== undefined) return shape.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (shape.anyOf !== undefined) return [...new Set(shape.anyOf.map(typeOf))].join(" or ");
  if (shape.type === "array") return `list of ${typeOf(shape.items ?? {})}`;
  if (shape.type === "object" && shape.properties !== undefined)
    return `{${Object.keys(shape.properties)
      .map((name) => `\`${name}\``)
      .join(", ")}}`;
  if (shape.type === "object") return "fields";
  return String(shape.type ?? "value");
}
