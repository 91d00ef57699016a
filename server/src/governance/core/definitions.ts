type Words = { readonly en: string; readonly es: string };
export interface FieldDefinition {
  readonly record: "partner" | "contact" | "offer";
  readonly field: string;
  readonly name: Words;
  readonly text: Words;
}

function field(record: FieldDefinition["record"], code: string, name: Words, text: Words): FieldDefinition {
  return { record, field: code, name, text };
}

/** What each field means: one text for the console, the rules and the handbook. */
export const FIELD_DEFINITIONS: readonly FieldDefinition[] = [
  field(
    "partner",
    "code",
    { en: "Code", es: "Código" },
    {
      en: "The short name in files and addresses; never changes hands.",
      es: "Nombre corto en ficheros y direcciones.",
    },
  ),
  field(
    "partner",
    "name",
    { en: "Name", es: "Nombre" },
    { en: "What people call the partner.", es: "Como se conoce al socio." },
  ),
  field(
    "partner",
    "legalName",
    { en: "Legal name", es: "Razón social" },
    {
      en: "As it stands in the register, on agreements and invoices.",
      es: "Como consta en el registro, contratos y facturas.",
    },
  ),
  field(
    "partner",
    "kind",
    { en: "Kind", es: "Tipo" },
    {
      en: "How the partner brings customers: affiliate, introducing broker, network, influencer, reseller, media buyer, agency.",
      es: "Cómo trae clientes: afiliado, bróker presentador, red, influencer, revendedor, comprador de medios, agencia.",
    },
  ),
  field(
    "partner",
    "status",
    { en: "Status", es: "Estado" },
    {
      en: "Where the partner stands from application to the end of the relationship.",
      es: "Dónde está el socio, de la solicitud al fin de la relación.",
    },
  ),
  field(
    "partner",
    "region",
    { en: "Region", es: "Región" },
    { en: "The part of the operator that looks after it.", es: "La parte del operador que lo atiende." },
  ),
  field(
    "partner",
    "country",
    { en: "Country", es: "País" },
    { en: "Where the partner is established; ISO 3166-1.", es: "Donde está establecido; ISO 3166-1." },
  ),
  field(
    "partner",
    "language",
    { en: "Language", es: "Idioma" },
    { en: "In which it is written to.", es: "En el que se le escribe." },
  ),
  field(
    "partner",
    "email",
    { en: "E-mail", es: "Correo" },
    { en: "Where statements and notices go.", es: "Adonde llegan extractos y avisos." },
  ),
  field(
    "partner",
    "website",
    { en: "Website", es: "Sitio web" },
    { en: "The main place where it promotes.", es: "El lugar principal donde promociona." },
  ),
  field(
    "partner",
    "owner",
    { en: "Owner", es: "Responsable" },
    { en: "The person who looks after the partner.", es: "La persona que lo atiende." },
  ),
  field(
    "partner",
    "deputy",
    { en: "Deputy", es: "Suplente" },
    { en: "Who looks after it while the owner is away.", es: "Quien lo atiende en ausencia del responsable." },
  ),
  field(
    "partner",
    "entity",
    { en: "Person or company", es: "Persona o empresa" },
    { en: "Decides which documents are asked for.", es: "Decide qué documentos se piden." },
  ),
  field(
    "partner",
    "parent",
    { en: "Parent partner", es: "Socio superior" },
    { en: "Who brought it and earns from what it brings.", es: "Quien lo trajo y gana con lo que aporta." },
  ),
  field(
    "partner",
    "tags",
    { en: "Tags", es: "Etiquetas" },
    {
      en: "Words for lists and reports, set by hand or by a rule.",
      es: "Palabras para listas e informes, a mano o por regla.",
    },
  ),
  field(
    "partner",
    "contacts",
    { en: "Contacts", es: "Contactos" },
    { en: "How many people of the partner are known.", es: "Cuántas personas del socio se conocen." },
  ),
  field(
    "partner",
    "signatories",
    { en: "Signatories", es: "Firmantes" },
    { en: "How many of them may sign.", es: "Cuántas de ellas pueden firmar." },
  ),
  field(
    "partner",
    "programs",
    { en: "Programs", es: "Programas" },
    { en: "In how many programs it has an agreement.", es: "En cuántos programas tiene contrato." },
  ),
  field(
    "partner",
    "links",
    { en: "Live links", es: "Enlaces activos" },
    { en: "How many of its tracking links are active.", es: "Cuántos enlaces de seguimiento están activos." },
  ),
  field(
    "partner",
    "changedAt",
    { en: "Last change", es: "Último cambio" },
    { en: "When the trail last speaks of the partner.", es: "Cuándo habla por última vez el registro del socio." },
  ),
  field(
    "contact",
    "email",
    { en: "E-mail", es: "Correo" },
    { en: "Where the person is written to, and signs in with.", es: "Donde se le escribe y con el que entra." },
  ),
  field(
    "contact",
    "phone",
    { en: "Phone", es: "Teléfono" },
    { en: "With the country's code.", es: "Con prefijo de país." },
  ),
  field(
    "contact",
    "signatory",
    { en: "Signatory", es: "Firmante" },
    { en: "May bind the partner with a signature.", es: "Puede obligar al socio con su firma." },
  ),
  field(
    "offer",
    "landingUrl",
    { en: "Landing page", es: "Página de destino" },
    { en: "Where a click is sent, with macros filled in.", es: "Adonde va un clic, con las macros completadas." },
  ),
  field(
    "offer",
    "endsAt",
    { en: "Ends", es: "Fin" },
    { en: "From then on clicks go to the fallback.", es: "Desde entonces los clics van a la alternativa." },
  ),
  field(
    "offer",
    "owner",
    { en: "Owner", es: "Responsable" },
    { en: "Who answers for the offer.", es: "Quien responde por la oferta." },
  ),
];

/** Metrics are defined in the reporting room, in English; here they are in Spanish. */
export const METRICS_IN_SPANISH: Readonly<
  Record<string, { readonly name: string; readonly text: string; readonly formula: string }>
> = {
  impressions: {
    name: "Impresiones",
    text: "Anuncios mostrados a visitantes, sin robots.",
    formula: "peticiones de imágenes de enlaces de seguimiento con veredicto «impression»",
  },
  clicks: {
    name: "Clics",
    text: "Visitantes enviados a una página de destino, sin robots.",
    formula: "peticiones a enlaces de seguimiento con veredicto «click»",
  },
  uncounted: {
    name: "No contados",
    text: "Respondidos y registrados, pero no son clics: robots, enlaces en pausa, países bloqueados.",
    formula: "peticiones a enlaces de seguimiento con cualquier otro veredicto",
  },
  registrations: {
    name: "Registros",
    text: "Un cliente se registra una vez.",
    formula: "clientes por el día de su primer evento de registro vigente",
  },
  kyc: {
    name: "KYC superado",
    text: "Clientes cuya identidad comprobó el operador.",
    formula: "clientes por el día de su primer evento «kyc_passed» vigente",
  },
  ftds: {
    name: "FTD",
    text: "Clientes con un primer depósito.",
    formula: "clientes por el día de su primer depósito vigente",
  },
  ftdAmounts: {
    name: "Primeros depósitos",
    text: "En la moneda del depósito; no se suman monedas distintas.",
    formula: "suma de los primeros depósitos de los FTD, por moneda",
  },
  secondDeposits: {
    name: "Segundos depósitos",
    text: "La primera señal de que un cliente se queda.",
    formula: "clientes por el día de su segundo depósito vigente",
  },
  clickToRegistration: { name: "Clic a registro", text: "Registros por clic.", formula: "registros / clics" },
  registrationToKyc: {
    name: "Registro a KYC",
    text: "Cuántos registrados superan el control.",
    formula: "KYC superados / registros",
  },
  registrationToFtd: { name: "Registro a FTD", text: "Cuántos registrados depositan.", formula: "FTD / registros" },
  clickToFtd: { name: "Clic a FTD", text: "Lo que vale un clic en primeros depósitos.", formula: "FTD / clics" },
  ftdToSecondDeposit: {
    name: "FTD a segundo depósito",
    text: "Cuántos depositantes vuelven.",
    formula: "segundos depósitos / FTD",
  },
};
