import { FIELDS, KIND_ORDER } from "./fields.ts";
import type { Shape } from "./importer.ts";
import { IMPORTERS } from "./importers/index.ts";

/** docs/reference/importers.md: what each importer recognises and what becomes of its columns, out of the declarations. */
export function importerReference(): string {
  const parts = [
    "# Importers",
    "",
    "Written by `npm run generate` from `server/src/integrations/imports/core/importers`. What is called *documented* follows the platform's own description;",
    "what is called *known* is as seen in the field and not written down by the platform. Names of columns are compared without case, blanks, `_` and `-`;",
    "`a.b` is a field of an object, `^a` a field of the record around a list. Whatever is proposed here can be changed on the mapping screen.",
    "",
    "## What can be filled",
    "",
    ...KIND_ORDER.flatMap((kind) =>
      kind === "parent"
        ? []
        : [
            `- **${kind}**: ${FIELDS[kind].map((field) => (field.required ? `\`${field.name}\` (needed)` : `\`${field.name}\``)).join(", ")}`,
          ],
    ),
  ];
  for (const importer of Object.values(IMPORTERS)) {
    parts.push("", `## ${importer.title}`, "", ...importer.sources.map((source) => `- ${source}`));
    for (const shape of importer.shapes) parts.push("", ...shapeLines(shape));
  }
  return `${parts.join("\n")}\n`;
}

function shapeLines(shape: Shape): readonly string[] {
  const needs = shape.needs
    .map((need) =>
      need
        .split("|")
        .map((name) => `\`${name}\``)
        .join(" or "),
    )
    .join(", ");
  return [
    `### ${shape.title} (${shape.basis})`,
    "",
    `Recognised by ${needs}.`,
    "",
    "| makes | field | from |",
    "| --- | --- | --- |",
    ...shape.records.flatMap((record) =>
      Object.entries(record.fields).map(
        ([field, source]) =>
          `| ${record.kind}${record.derived ? " (mentioned)" : ""} | ${field} | ${sourceText(source)} |`,
      ),
    ),
  ];
}

function sourceText(source: Shape["records"][number]["fields"][string]): string {
  if (typeof source === "string") return `\`${source}\``;
  if (Array.isArray(source)) return source.map((name) => `\`${name}\``).join(", else ");
  const given = source as {
    columns?: readonly string[];
    join?: boolean;
    value?: string;
    values?: Readonly<Record<string, string>>;
    minor?: boolean;
  };
  const columns = (given.columns ?? []).map((name) => `\`${name}\``).join(given.join === true ? " and " : ", else ");
  const words = Object.entries(given.values ?? {}).map(([theirs, ours]) => `${theirs} → ${ours}`);
  const parts = [
    columns,
    given.value === undefined ? "" : `${columns === "" ? "" : "else "}always “${given.value}”`,
    given.minor ? "in cents" : "",
    words.join(", "),
  ];
  return parts.filter((part) => part !== "").join("; ");
}
