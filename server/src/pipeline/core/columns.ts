/** Fields of a lead that a file can fill. */
export const LEAD_COLUMNS = [
  "name",
  "contactName",
  "email",
  "phone",
  "website",
  "country",
  "language",
  "kind",
  "vertical",
  "source",
  "recruiter",
  "externalRef",
  "telegram",
  "skype",
  "expectedFtds",
  "nextStep",
  "note",
  "tags",
] as const;
export type LeadColumn = (typeof LEAD_COLUMNS)[number];

/** What columns are called where leads come from: CRMs, fairs, other platforms; in English and Spanish. */
const NAMES: Readonly<Record<LeadColumn, readonly string[]>> = {
  name: [
    "name",
    "company",
    "company name",
    "account",
    "account name",
    "organization",
    "organisation",
    "partner",
    "affiliate",
    "empresa",
    "nombre",
  ],
  contactName: [
    "contact",
    "contact name",
    "contact person",
    "full name",
    "first name",
    "person",
    "contacto",
    "persona de contacto",
  ],
  email: ["email", "e mail", "mail", "email address", "contact email", "correo", "correo electronico"],
  phone: ["phone", "telephone", "mobile", "phone number", "tel", "telefono", "movil"],
  website: ["website", "web", "url", "site", "domain", "homepage", "sitio web", "pagina web"],
  country: ["country", "country code", "geo", "pais"],
  language: ["language", "lang", "locale", "idioma"],
  kind: ["kind", "type", "partner type", "affiliate type", "tipo"],
  vertical: ["vertical", "industry", "segment", "sector"],
  source: ["source", "lead source", "utm source", "campaign", "origin", "fuente", "origen"],
  recruiter: ["recruiter", "referred by", "ref", "referral", "referido por"],
  externalRef: ["external ref", "id", "lead id", "record id", "crm id"],
  telegram: ["telegram", "tg"],
  skype: ["skype", "skype id"],
  expectedFtds: ["expected ftds", "ftds", "ftd", "expected ftd"],
  nextStep: ["next step", "next action", "proximo paso"],
  note: ["note", "notes", "comment", "comments", "message", "description", "notas", "comentarios"],
  tags: ["tags", "tag", "labels", "etiquetas"],
};

/** Which column fills which field, by its name; each column and each field once, the better-known name first. */
export function guessMapping(columns: readonly string[]): Record<string, string> {
  const plain = columns.map((one) =>
    one
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim(),
  );
  const taken = new Set<number>();
  const found: Record<string, string> = {};
  for (const field of LEAD_COLUMNS) {
    const at = NAMES[field]
      .map((name) => plain.findIndex((one, place) => one === name && !taken.has(place)))
      .find((place) => place >= 0);
    const column = at === undefined ? undefined : columns[at];
    if (at === undefined || column === undefined) continue;
    taken.add(at);
    found[field] = column;
  }
  return found;
}
