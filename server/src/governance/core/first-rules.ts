import type { NewDataRule } from "@tributary/contract";

type Words = { readonly en: string; readonly es: string };
const ACTIVE = ["active", "paused"];
const KNOWN = ["onboarding", "active", "paused"];

function rule(
  code: string,
  record: "partner" | "contact" | "offer",
  check: NewDataRule["definition"]["check"],
  severity: "low" | "medium" | "high" | "critical",
  words: { readonly title: Words; readonly meaning: Words; readonly why: Words; readonly mend: Words },
  more: { readonly statuses?: string[]; readonly kinds?: string[]; readonly ownerRole?: string } = {},
): NewDataRule {
  const { statuses = [], kinds = [], ownerRole = "key_account_manager" } = more;
  return {
    code,
    definition: { record, check, severity, ...words, ownerRole, for: { statuses, kinds } },
  };
}

/** Rules that a new deployment begins with; each may be changed or switched off. */
export const FIRST_RULES: readonly NewDataRule[] = [
  rule(
    "partner-owner",
    "partner",
    { kind: "completeness", field: "owner" },
    "critical",
    {
      title: { en: "A partner has an owner", es: "Cada socio tiene un responsable" },
      meaning: { en: "The person who looks after the partner.", es: "La persona que atiende al socio." },
      why: {
        en: "Without one nobody is told when something goes wrong.",
        es: "Sin responsable, nadie recibe los avisos.",
      },
      mend: { en: "Choose an owner on the partner's page.", es: "Elija un responsable en la página del socio." },
    },
    { statuses: KNOWN, ownerRole: "partner_operations" },
  ),
  rule(
    "partner-email",
    "partner",
    { kind: "completeness", field: "email" },
    "high",
    {
      title: { en: "A partner has an e-mail address", es: "Cada socio tiene correo electrónico" },
      meaning: { en: "Where statements and notices go.", es: "Adonde llegan los extractos y avisos." },
      why: { en: "Statements and warnings do not arrive.", es: "Los extractos y avisos no llegan." },
      mend: { en: "Ask the partner, then fill in the e-mail.", es: "Pregunte al socio y complete el correo." },
    },
    { statuses: KNOWN },
  ),
  rule("partner-email-format", "partner", { kind: "format", field: "email", format: "email" }, "high", {
    title: { en: "The partner's e-mail address can be one", es: "El correo del socio es válido" },
    meaning: { en: "One address, no name around it.", es: "Una sola dirección, sin nombre." },
    why: { en: "Mail to it is returned.", es: "El correo se devuelve." },
    mend: { en: "Correct the address.", es: "Corrija la dirección." },
  }),
  rule(
    "partner-email-once",
    "partner",
    { kind: "uniqueness", field: "email", compare: "lower" },
    "medium",
    {
      title: { en: "Two partners do not share an e-mail address", es: "Dos socios no comparten correo" },
      meaning: { en: "The partner's own address.", es: "La dirección propia del socio." },
      why: { en: "Often one partner that was entered twice, paid twice.", es: "Suele ser un socio duplicado." },
      mend: { en: "Merge the duplicates, or correct one of them.", es: "Fusione los duplicados o corrija uno." },
    },
    { ownerRole: "partner_operations" },
  ),
  rule(
    "partner-name-once",
    "partner",
    { kind: "uniqueness", field: "name", compare: "letters" },
    "medium",
    {
      title: { en: "Two partners do not share a name", es: "Dos socios no comparten nombre" },
      meaning: { en: "The name, without regard to case and punctuation.", es: "El nombre, sin mayúsculas ni signos." },
      why: { en: "Often one partner that was entered twice.", es: "Suele ser un socio duplicado." },
      mend: { en: "Merge the duplicates, or tell them apart in the name.", es: "Fusione o distinga los nombres." },
    },
    { ownerRole: "partner_operations" },
  ),
  rule(
    "partner-country",
    "partner",
    { kind: "completeness", field: "country" },
    "high",
    {
      title: { en: "A partner's country is known", es: "Se conoce el país del socio" },
      meaning: { en: "Where the partner is established.", es: "Donde está establecido el socio." },
      why: { en: "Tax, licences and screening depend on it.", es: "De él dependen impuestos, licencias y controles." },
      mend: { en: "Fill in the country.", es: "Complete el país." },
    },
    { statuses: KNOWN },
  ),
  rule(
    "partner-region",
    "partner",
    { kind: "completeness", field: "region" },
    "medium",
    {
      title: { en: "A partner belongs to a region", es: "Cada socio pertenece a una región" },
      meaning: { en: "The region whose people see it.", es: "La región cuyos equipos lo ven." },
      why: {
        en: "People of a region do not see it, and it is in no region's figures.",
        es: "No aparece en ninguna región.",
      },
      mend: { en: "Choose a region.", es: "Elija una región." },
    },
    { statuses: KNOWN, ownerRole: "partner_operations" },
  ),
  rule(
    "partner-legal-name",
    "partner",
    { kind: "completeness", field: "legalName" },
    "high",
    {
      title: { en: "An active partner's legal name is known", es: "Se conoce la razón social" },
      meaning: {
        en: "As it stands in the register and on invoices.",
        es: "Como consta en el registro y en las facturas.",
      },
      why: { en: "Agreements and invoices need it.", es: "La necesitan los contratos y las facturas." },
      mend: { en: "Take it from the signed documents.", es: "Tómela de los documentos firmados." },
    },
    { statuses: ACTIVE },
  ),
  rule("partner-website-format", "partner", { kind: "format", field: "website", format: "url" }, "low", {
    title: { en: "A website is a whole address", es: "El sitio web es una dirección completa" },
    meaning: { en: "With https:// in front.", es: "Con https:// delante." },
    why: { en: "It cannot be opened or reviewed otherwise.", es: "De otro modo no se puede abrir ni revisar." },
    mend: { en: "Write the whole address.", es: "Escriba la dirección completa." },
  }),
  rule(
    "partner-contact",
    "partner",
    { kind: "completeness", field: "contacts" },
    "medium",
    {
      title: { en: "An active partner has a contact", es: "Cada socio activo tiene un contacto" },
      meaning: { en: "A person on the partner's side.", es: "Una persona del lado del socio." },
      why: { en: "There is nobody to call.", es: "No hay a quién llamar." },
      mend: { en: "Add a contact with its role.", es: "Añada un contacto con su función." },
    },
    { statuses: ACTIVE },
  ),
  rule(
    "partner-signatory",
    "partner",
    { kind: "completeness", field: "signatories" },
    "medium",
    {
      title: { en: "Somebody may sign for an active partner", es: "Alguien puede firmar por el socio" },
      meaning: { en: "A contact marked as signatory.", es: "Un contacto marcado como firmante." },
      why: { en: "New terms cannot be accepted.", es: "No se pueden aceptar condiciones nuevas." },
      mend: { en: "Mark the contact who may sign.", es: "Marque el contacto que puede firmar." },
    },
    { statuses: ["active"] },
  ),
  rule(
    "partner-looked-after",
    "partner",
    { kind: "freshness", field: "changedAt", days: 180 },
    "low",
    {
      title: { en: "An active partner's record is looked after", es: "La ficha del socio activo está al día" },
      meaning: { en: "Something about the partner was changed.", es: "Algo del socio ha cambiado." },
      why: {
        en: "What nobody has touched in half a year is seldom still right.",
        es: "Lo que nadie toca en medio año rara vez es correcto.",
      },
      mend: { en: "Go through the record with the partner.", es: "Revise la ficha con el socio." },
    },
    { statuses: ["active"] },
  ),
  rule(
    "partner-active-has-links",
    "partner",
    { kind: "cross_field", field: "links", must: { field: "links", atLeast: 1 } },
    "medium",
    {
      title: { en: "An active partner has a live link", es: "Cada socio activo tiene un enlace" },
      meaning: { en: "Links that are active.", es: "Enlaces activos." },
      why: { en: "It can bring nobody.", es: "No puede traer a nadie." },
      mend: { en: "Make a link with the partner, or pause the partner.", es: "Cree un enlace o pause al socio." },
    },
    { statuses: ["active"] },
  ),
  rule("contact-email-format", "contact", { kind: "format", field: "email", format: "email" }, "medium", {
    title: { en: "A contact's e-mail address can be one", es: "El correo del contacto es válido" },
    meaning: { en: "One address, no name around it.", es: "Una sola dirección, sin nombre." },
    why: { en: "Mail to it is returned.", es: "El correo se devuelve." },
    mend: { en: "Correct the address.", es: "Corrija la dirección." },
  }),
  rule("contact-phone-format", "contact", { kind: "format", field: "phone", format: "phone" }, "low", {
    title: { en: "A contact's phone number can be called", es: "El teléfono del contacto es válido" },
    meaning: { en: "Digits with the country's code, such as +34 600 000 000.", es: "Dígitos con prefijo de país." },
    why: { en: "The call does not go through.", es: "La llamada no se conecta." },
    mend: { en: "Write the number with its country code.", es: "Escriba el número con su prefijo." },
  }),
  rule(
    "offer-owner",
    "offer",
    { kind: "completeness", field: "owner" },
    "medium",
    {
      title: { en: "An active offer has an owner", es: "Cada oferta activa tiene responsable" },
      meaning: { en: "The person who answers for the offer.", es: "La persona que responde por la oferta." },
      why: { en: "Nobody is asked when its page is dead.", es: "Nadie responde si su página falla." },
      mend: { en: "Choose an owner.", es: "Elija un responsable." },
    },
    { statuses: ["active"], ownerRole: "partner_operations" },
  ),
  rule(
    "offer-description",
    "offer",
    { kind: "completeness", field: "description" },
    "low",
    {
      title: { en: "An active offer says what it is", es: "Cada oferta activa se describe" },
      meaning: { en: "What partners read about it.", es: "Lo que leen los socios." },
      why: {
        en: "Partners do not choose what they do not understand.",
        es: "Los socios no eligen lo que no entienden.",
      },
      mend: { en: "Describe it in two sentences.", es: "Descríbala en dos frases." },
    },
    { statuses: ["active"], ownerRole: "partner_operations" },
  ),
];
