import { DIALECTS, type Dialect } from "../../tracking/index.ts";
import { type DialectCase, dialectCases } from "./dialect-cases.ts";

const FACTS = {
  document: "the platform's document",
  catalogue: "our catalogue of the field",
  field: "calls seen in the field",
  ours: "our own rule",
} as const;

/** docs/reference/compatibility.md: whose calls are understood, verified by which case, and what is not. */
export function compatibilityReference(): string {
  const cases = new Map(dialectCases().map((file) => [file.dialect, file.cases]));
  const sections = DIALECTS.map((dialect) => section(dialect, cases.get(dialect.name) ?? []));
  const rows = DIALECTS.map(
    ({ name, title, paths }) => `| [${title}](#${name}) | ${paths.length} | ${cases.get(name)?.length ?? 0} |`,
  );
  return `# Calls of other platforms

Written by \`npm run generate\` from the dialects (server/src/tracking/dialects) and their case table (server/test/dialects). Do not edit.

An integration that was made for one of these platforms is pointed here by changing its host name. A source of events says whose calls it
takes; they come in at \`/in/<token>/<the platform's path>\` on any host, and at the platform's own path on the program's tracking domain or
the deployment's host, where the credential of the existing integration says which source is meant. What is said becomes events of the one
intake, with the same receipts and fates as any other.

Every case below is run over HTTP through the real edge into a real database (\`node --test server/test/dialects/cases.db.test.ts\`). The column
"from" says where the fact comes from: ${Object.values(FACTS).join(", ")}.

Common to all: names of parameters are understood in any case unless the platform's are not; a macro that arrives in place of its value is
refused with a sentence that names it; an event without an id of its own counts once for its click and goal; without an id of a customer the
click stands for the customer, without a click the event's own id. A status that only confirms an event changes nothing of it.

| platform | addresses | cases |
| --- | --- | --- |
${rows.join("\n")}

${sections.join("\n\n")}
`;
}

function section(dialect: Dialect, cases: readonly DialectCase[]): string {
  const { name, title, paths, sources, limits } = dialect;
  const addresses = paths.map(({ path, methods, needs, what }) => {
    const address = needs === undefined ? path : `${path}?${needs.map((one) => `${one}=…`).join("&")}`;
    const by = cases.filter((one) => one.steps.some((step) => isAt(step.call.path, path))).map((one) => one.id);
    return `| \`${address}\` | ${methods.join(", ")} | ${cell(what)} | ${by.join(", ")} |`;
  });
  const verified = cases.map((one) => `| ${one.id} | ${cell(one.title)} | ${FACTS[one.fact]} | ${cell(one.source)} |`);
  return `## <a id="${name}"></a>${title}

${credentialLine(dialect)}

| address | methods | what is told | cases |
| --- | --- | --- | --- |
${addresses.join("\n")}

| case | what it verifies | from | where |
| --- | --- | --- | --- |
${verified.join("\n")}

Documents: ${sources.map((one) => `[${one.title}](${one.address})`).join(" · ")}

Not understood, or assumed:

${limits.map((limit) => `- ${limit}`).join("\n")}`;
}

function credentialLine({ signs, mayLackToken, secretParameters }: Dialect): string {
  const where = secretParameters.length === 0 ? "" : ` in ${secretParameters.map((one) => `\`${one}\``).join(", ")}`;
  if (signs === true) return "Calls are signed with the platform's signing secret, which is entered at the source.";
  const credential = `A call proves itself by the source's own token or the existing integration's${where === "" ? " in its usual place" : where}.`;
  return mayLackToken === true
    ? `${credential} Calls without any are let in where the source says so, best from listed addresses only.`
    : credential;
}

function isAt(sent: string, path: string): boolean {
  const plain = (sent.split("?")[0] ?? "").replace(/^\/in\/<own>/, "").replace(/(?<=.)\/$/, "");
  const pattern = path
    .split("/")
    .map((part) => part.replaceAll(".", "\\.").replace(/:\w+/, "[^/]+"))
    .join("/");
  return new RegExp(`^${pattern}$`, "i").test(plain === "" ? "/" : plain);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
