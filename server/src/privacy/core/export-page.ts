import type { Person, PersonalRecords } from "../contracts.ts";

/** A page that a person can read: what is kept about them, room by room. Needs nothing but a browser. */
export function exportPage(person: Person, records: readonly PersonalRecords[], at: string): string {
  const parts = records.filter((one) => one.records > 0).map(section);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Personal data of ${text(person.name)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2430}h2{margin-top:2rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid #dde2ea}th{width:14rem;font-weight:500;color:#5b6678}p{color:#5b6678}</style></head>
<body><h1>Personal data of ${text(person.name)}</h1><p>As kept on ${text(at)} (UTC). The same, for programs, is in the JSON files beside this page.</p>
${parts.join("\n")}
</body></html>
`;
}

function section(one: PersonalRecords): string {
  const rows = Array.isArray(one.data) ? one.data : [one.data];
  const why = one.fate === "kept" ? `Kept: ${one.why}` : one.why;
  return `<h2>${text(one.room)}: ${text(one.kind.replaceAll("_", " "))} (${one.records})</h2><p>${text(why)}</p>${rows.map(table).join("")}`;
}

function table(row: unknown): string {
  if (typeof row !== "object" || row === null) return `<p>${text(String(row))}</p>`;
  const cells = Object.entries(row).map(
    ([name, value]) => `<tr><th>${text(name)}</th><td>${text(shown(value))}</td></tr>`,
  );
  return `<table>${cells.join("")}</table>`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function text(raw: string): string {
  return raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
