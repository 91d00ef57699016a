import type { BulkSubject } from "@tributary/contract";

/** What a cell has to be, to be a value of a field. */
export type ValueKind =
  | "id"
  | "code"
  | "name"
  | "text"
  | "kind"
  | "status"
  | "region"
  | "country"
  | "countries"
  | "language"
  | "email"
  | "person"
  | "partner"
  | "tags"
  | "entity"
  | "roles"
  | "day"
  | "custom";

export interface FieldRule {
  readonly name: string;
  readonly value: ValueKind;
  readonly most?: number;
  /** what headers call it, folded: lower case letters and digits only */
  readonly called: readonly string[];
}

const words = (text: string): readonly string[] => text.split(" ");

const PARTNER: readonly FieldRule[] = [
  { name: "id", value: "id", called: words("id partnerid tributaryid idsocio iddelsocio") },
  {
    name: "code",
    value: "code",
    most: 60,
    called: words("code partnercode affiliatecode codigo codigodesocio kurzel accountnumber ref reference slug"),
  },
  {
    name: "name",
    value: "name",
    most: 120,
    called: words(
      "name partner partnername company companyname account accountname affiliate affiliatename nombre empresa socio nombredelsocio firma nom nome naam organisation organization",
    ),
  },
  {
    name: "legalName",
    value: "text",
    most: 200,
    called: words(
      "legalname legalentity registeredname razonsocial companylegalname firmenname raisonsociale denominazione",
    ),
  },
  {
    name: "kind",
    value: "kind",
    called: words("kind type partnertype partnerkind accounttype tipo tipodesocio typ art category categoria"),
  },
  { name: "status", value: "status", called: words("status state partnerstatus estado situacion stage etat stato") },
  { name: "reason", value: "text", most: 1000, called: words("reason statusreason motivo grund") },
  { name: "region", value: "region", called: words("region regionid market mercado territory territorio desk") },
  {
    name: "country",
    value: "country",
    called: words("country countrycode pais land pays paese billingcountry mailingcountry codigopais"),
  },
  { name: "language", value: "language", called: words("language lang idioma sprache langue locale lingua") },
  {
    name: "email",
    value: "email",
    most: 254,
    called: words(
      "email emailaddress mail mailaddress correo correoelectronico direcciondecorreo courriel partneremail companyemail",
    ),
  },
  {
    name: "website",
    value: "text",
    most: 500,
    called: words("website web url site homepage domain dominio paginaweb sitioweb webseite companydomainname"),
  },
  {
    name: "phone",
    value: "text",
    most: 40,
    called: words("phone phonenumber telephone telefono tel telefon mobile movil"),
  },
  {
    name: "taxNumber",
    value: "text",
    most: 60,
    called: words("taxnumber taxid vat vatnumber vatid nif cif numerofiscal ustid steuernummer siret ein tin"),
  },
  { name: "entity", value: "entity", called: words("entity entitytype legalform personaoempresa tipodeentidad") },
  {
    name: "owner",
    value: "person",
    called: words(
      "owner owneremail ownerid accountowner accountmanager manager kam keyaccountmanager companyowner recordowner responsable propietario gestor betreuer",
    ),
  },
  { name: "deputy", value: "person", called: words("deputy deputyemail suplente vertretung stellvertreter") },
  {
    name: "parent",
    value: "partner",
    called: words(
      "parent parentcode parentid parentpartner masteraffiliate master network sociosuperior padre parentaccount",
    ),
  },
  { name: "tags", value: "tags", called: words("tags tag labels label etiquetas etiqueta schlagworte keywords") },
  { name: "addTags", value: "tags", called: words("addtags tagstoadd anadiretiquetas") },
  { name: "removeTags", value: "tags", called: words("removetags tagstoremove quitaretiquetas") },
  { name: "allowedCountries", value: "countries", called: words("allowedcountries countriesallowed paisespermitidos") },
  { name: "blockedCountries", value: "countries", called: words("blockedcountries countriesblocked paisesbloqueados") },
  {
    name: "note",
    value: "text",
    most: 10_000,
    called: words(
      "note notes nota notas comment comments comentario comentarios description descripcion bemerkung remarks",
    ),
  },
];

const CONTACT: readonly FieldRule[] = [
  { name: "id", value: "id", called: words("id contactid idcontacto") },
  {
    name: "partner",
    value: "partner",
    called: words(
      "partner partnerid partnercode code account accountid company companyname affiliate socio codigo codigodesocio empresa partneremail",
    ),
  },
  {
    name: "name",
    value: "name",
    most: 120,
    called: words("name contact contactname fullname nombre nombrecompleto contacto ansprechpartner nom"),
  },
  {
    name: "email",
    value: "email",
    most: 254,
    called: words("email emailaddress mail contactemail correo correoelectronico courriel"),
  },
  {
    name: "phone",
    value: "text",
    most: 40,
    called: words("phone phonenumber telephone telefono tel telefon mobile mobilephone movil"),
  },
  {
    name: "role",
    value: "text",
    most: 80,
    called: words("role title jobtitle position function cargo puesto funcion rolle titel"),
  },
  { name: "roles", value: "roles", called: words("roles responsibilities responsabilidades funciones") },
  { name: "leftOn", value: "day", called: words("lefton left leavingdate fechadebaja baja") },
];

export function fieldRules(subject: BulkSubject): readonly FieldRule[] {
  return subject === "partner" ? PARTNER : CONTACT;
}

/** A header as it is compared: lower case, without accents, letters and digits only. */
export function folded(header: string): string {
  return header
    .replace(/\s\(\d+\)$/, "")
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** A custom field as columns may mean it. */
export interface CustomField {
  readonly key: string;
  readonly title: { readonly en: string; readonly es: string };
}

/** What columns mean, from what they are called; each field once, the first that fits it best. */
export function recognise(
  subject: BulkSubject,
  columns: readonly { readonly name: string; readonly samples: readonly string[] }[],
  custom: readonly CustomField[],
): readonly { readonly column: string; readonly field: string | null }[] {
  const taken = new Set<string>();
  return columns.map(({ name, samples }) => {
    const own = folded(name);
    const rule = fieldRules(subject).find(
      (one) => (folded(one.name) === own || one.called.includes(own)) && !taken.has(one.name) && fits(one, samples),
    );
    const other = custom.find(({ key, title }) => [key, title.en, title.es].some((word) => folded(word) === own));
    const field = rule?.name ?? (other === undefined ? null : `field:${other.key}`);
    if (field === null || taken.has(field)) return { column: name, field: null };
    taken.add(field);
    return { column: name, field };
  });
}

/** Another system's ids stand under the same names as ours. */
function fits(rule: FieldRule, samples: readonly string[]): boolean {
  return rule.value !== "id" || samples.length === 0 || samples.some((sample) => /^(?:prt|cnt)_/i.test(sample));
}
