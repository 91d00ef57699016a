import type { PostbackTemplate } from "@tributary/contract";
import { type Complaint, Refusal } from "../../kernel/refusal.ts";
import { invalid } from "../../kernel/refusals.ts";
import { fillSettings, originOf, TEMPLATES, templateByName } from "./core/templates.ts";

interface Asked {
  readonly template: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly method: "GET" | "POST";
  /** empty: the template says it */
  readonly url: string;
  readonly body: string | null;
  readonly statusWords: Readonly<Record<string, string>>;
}

/** A postback as it is kept: what a template says is written out, secrets stand apart. */
export interface Resolved extends Asked {
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Writes out what a template says.
 * @param kept names of secrets that are there already, so that they need not be given again
 * @throws Refusal invalid_input for an unknown template, a missing or unknown setting, or no address at all
 */
export function resolveTemplate(asked: Asked, kept: readonly string[] = []): Resolved {
  if (asked.template === null) {
    if (asked.url === "") throw invalid("url", "", "an address is needed", "or choose a template, which says it");
    return { ...asked, settings: {}, credentials: {} };
  }
  const template = templateByName(asked.template);
  if (template === undefined) {
    const names = TEMPLATES.map((one) => one.name).join(", ");
    throw invalid("template", asked.template, "is not a template", `there are ${names}`);
  }
  const { settings, credentials } = sorted(template, asked.settings, kept);
  const own = asked.url !== "" && template.kind !== "ads";
  const bodyOf = template.body === null ? null : fillSettings(template.body, settings);
  return {
    template: template.name,
    settings,
    credentials,
    method: own ? asked.method : template.method,
    url: own ? asked.url : fillSettings(template.url, settings),
    body: own || asked.body !== null ? asked.body : bodyOf,
    statusWords: { ...template.statusWords, ...asked.statusWords },
  };
}

function sorted(template: PostbackTemplate, given: Readonly<Record<string, string>>, kept: readonly string[]) {
  const complaints: Complaint[] = [];
  const settings: Record<string, string> = {};
  const credentials: Record<string, string> = {};
  for (const { name, title, kind, required, hint, example } of template.settings) {
    const value = given[name]?.trim() ?? "";
    const field = `settings.${name}`;
    if (value === "") {
      const fallback = kind === "host" && template.kind === "ads" ? example : undefined;
      if (fallback !== undefined) settings[name] = `https://${fallback}`;
      else if (required && !(kind === "secret" && kept.includes(name)))
        complaints.push({ field, message: `${title} is needed`, hint });
      continue;
    }
    const origin = kind === "host" ? originOf(value) : value;
    if (origin === undefined)
      complaints.push({ field, value, message: "this is not a host name", hint: `e.g. ${example}` });
    else if (kind === "secret") credentials[name] = value;
    else settings[name] = origin;
  }
  const known = new Set(template.settings.map((one) => one.name));
  for (const name of Object.keys(given)) {
    if (!known.has(name))
      complaints.push({ field: `settings.${name}`, message: `${template.title} has no such setting` });
  }
  if (complaints.length > 0) throw new Refusal("invalid_input", "The template is not filled in", complaints);
  return { settings, credentials };
}
