import type { DocumentBook, DocumentKind, DocumentSet, Sentence } from "@tributary/contract";

const says = (en: string, es: string): Sentence => ({ en, es });
const MONTHS = 31;

/** Most documents: seen by compliance alone, kept for five years, one person accepts them. */
const kind = (code: string, name: Sentence, hint: Sentence, own: Partial<DocumentKind>): DocumentKind => ({
  code,
  name,
  hint,
  owners: ["company"],
  maxAgeDays: null,
  expiry: "none",
  number: "none",
  retentionYears: 5,
  seenBy: "compliance",
  fourEyes: false,
  ...own,
});

const PEOPLE = ["individual", "person"] as const;

const KINDS: readonly DocumentKind[] = [
  kind(
    "photo_id",
    says("Passport or ID card", "Pasaporte o documento de identidad"),
    says(
      "Both sides, all four corners, in color. It must be in date.",
      "Ambas caras, las cuatro esquinas, en color. Debe estar vigente.",
    ),
    { owners: [...PEOPLE], expiry: "needed", number: "needed" },
  ),
  kind(
    "proof_of_address",
    says("Proof of address", "Prueba de domicilio"),
    says(
      "A bill or a bank statement with name and address, not older than three months.",
      "Una factura o un extracto bancario con nombre y dirección, de no más de tres meses.",
    ),
    { owners: [...PEOPLE], maxAgeDays: 3 * MONTHS },
  ),
  kind(
    "selfie",
    says("Photo with the document", "Foto con el documento"),
    says("A photo of you that shows the document beside your face.", "Una foto suya con el documento junto a la cara."),
    { owners: [...PEOPLE], retentionYears: 1 },
  ),
  kind(
    "certificate_of_incorporation",
    says("Certificate of incorporation", "Certificado de constitución"),
    says(
      "As the register gave it out, with the company's number.",
      "Tal como lo expidió el registro, con el número de la sociedad.",
    ),
    { number: "needed", seenBy: "staff" },
  ),
  kind(
    "incumbency",
    says("Certificate of incumbency or extract", "Certificado de cargos o extracto registral"),
    says(
      "Directors and shareholders as they are now, not older than six months.",
      "Administradores y socios actuales, de no más de seis meses.",
    ),
    { maxAgeDays: 6 * MONTHS, seenBy: "staff" },
  ),
  kind(
    "registered_office",
    says("Proof of the registered office", "Prueba del domicilio social"),
    says(
      "A lease, a bill or an extract that names the address.",
      "Un contrato, una factura o un extracto con la dirección.",
    ),
    { maxAgeDays: 12 * MONTHS, seenBy: "staff" },
  ),
  kind(
    "structure_chart",
    says("Structure chart", "Organigrama societario"),
    says(
      "Every layer up to the people behind it, with shares, signed by a director.",
      "Cada nivel hasta las personas que están detrás, con porcentajes, firmado por un administrador.",
    ),
    { maxAgeDays: 12 * MONTHS },
  ),
  kind(
    "licence",
    says("Licence or registration", "Licencia o registro"),
    says("From the regulator, if what you do needs one.", "Del regulador, si su actividad la exige."),
    { owners: ["company", "individual"], expiry: "possible", number: "needed", seenBy: "staff", fourEyes: true },
  ),
  kind(
    "bank_statement",
    says("Bank statement", "Extracto bancario"),
    says(
      "It shows the account in the contract's name, not older than six months.",
      "Muestra la cuenta a nombre del contrato, de no más de seis meses.",
    ),
    { owners: ["company", "individual"], maxAgeDays: 6 * MONTHS, retentionYears: 7 },
  ),
  kind(
    "tax_form",
    says("Tax form", "Formulario fiscal"),
    says("W-8, W-9 or a certificate of tax residence.", "W-8, W-9 o un certificado de residencia fiscal."),
    { owners: ["company", "individual"], expiry: "possible", number: "possible", retentionYears: 10 },
  ),
  kind(
    "domain_proof",
    says("Proof that a domain is yours", "Prueba de que un dominio es suyo"),
    says(
      "Only where it cannot be proved by DNS, a file or a tag: the registrar's invoice.",
      "Solo si no se puede probar por DNS, archivo o etiqueta: la factura del registrador.",
    ),
    { owners: ["company", "individual"], seenBy: "staff", retentionYears: 2 },
  ),
  kind(
    "other",
    says("Another document", "Otro documento"),
    says("Say in the note what it is.", "Indique en la nota qué es."),
    {
      owners: ["company", "individual", "person"],
      expiry: "possible",
      number: "possible",
    },
  ),
];

const set = (code: string, name: Sentence, own: Partial<DocumentSet>): DocumentSet => ({
  code,
  name,
  owner: "company",
  countries: [],
  regimes: [],
  roles: [],
  needed: [],
  ...own,
});

const SETS: readonly DocumentSet[] = [
  set("individual", says("A person", "Una persona"), {
    owner: "individual",
    needed: [["photo_id"], ["proof_of_address"]],
  }),
  set("company", says("A company", "Una empresa"), {
    needed: [
      ["certificate_of_incorporation"],
      ["incumbency", "registered_office"],
      ["structure_chart"],
      ["bank_statement"],
    ],
  }),
  set("people", says("Directors, owners and signatories", "Administradores, titulares y firmantes"), {
    owner: "person",
    roles: ["director", "owner", "beneficial_owner", "signatory"],
    needed: [["photo_id"], ["proof_of_address"]],
  }),
  set("us-tax", says("Paid from or in the United States", "Con pagos en Estados Unidos"), {
    owner: "company",
    countries: ["US"],
    needed: [["tax_form"]],
  }),
  set("us-tax-person", says("A person in the United States", "Una persona en Estados Unidos"), {
    owner: "individual",
    countries: ["US"],
    needed: [["tax_form"]],
  }),
  set("nj-licence", says("New Jersey: registration", "Nueva Jersey: registro"), {
    regimes: ["us-nj-dge"],
    needed: [["licence"]],
  }),
];

/** What is asked for until somebody writes something else; reference: due-diligence guides of large programs. */
export const SHIPPED_DOCUMENTS: DocumentBook = { kinds: [...KINDS], sets: [...SETS], remindDays: [60, 30, 7] };
