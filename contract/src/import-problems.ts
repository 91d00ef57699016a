import { z } from "zod";

/**
 * What can be wrong with a record of an import: what it is, and the way out, in the languages of the screens. `{name}` stands for what the
 * record says. `as_told` is what another part of the program said of it, in its own words.
 */
export const IMPORT_PROBLEMS = {
  broken_row: {
    en: ["{said}", "Put quotes around values that hold the delimiter, and double the quotes within."],
    es: [
      "la fila no se puede leer ({said})",
      "Ponga entre comillas los valores que contienen el separador y duplique las comillas interiores.",
    ],
  },
  no_column: {
    en: ["has no column in the mapping", "Choose a column for it."],
    es: ["no tiene columna en la asignación", "Elija una columna para este dato."],
  },
  empty: {
    en: ["is empty ({columns})", "Fill it in, or choose another column for it."],
    es: ["está vacío ({columns})", "Rellénelo o elija otra columna."],
  },
  no_date: {
    en: [
      "is no date that can be read",
      "Choose the order of day and month, or write 2024-12-31 or 2024-12-31T23:59:00Z.",
    ],
    es: [
      "no es una fecha que se pueda leer",
      "Elija el orden de día y mes, o escriba 2024-12-31 o 2024-12-31T23:59:00Z.",
    ],
  },
  no_email: {
    en: ["is no e-mail address", "Correct it, or leave the column out."],
    es: ["no es una dirección de correo electrónico", "Corríjala o deje fuera la columna."],
  },
  no_currency: {
    en: ["is no ISO 4217 currency", "Write EUR, USD, …"],
    es: ["no es una moneda ISO 4217", "Escriba EUR, USD, …"],
  },
  no_status: {
    en: ["is a status that has no meaning here", "Say in the mapping what it means."],
    es: ["es un estado que aquí no significa nada", "Indique en la asignación lo que significa."],
  },
  no_amount: {
    en: ["is no amount that can be read", "Choose the decimal mark of the table: 1,234.56 or 1.234,56."],
    es: ["no es un importe que se pueda leer", "Elija el separador decimal de la tabla: 1,234.56 o 1.234,56."],
  },
  no_whole_cents: {
    en: ["is no whole number of cents", "Say in the mapping that the column counts whole units."],
    es: ["no es un número entero de céntimos", "Indique en la asignación que la columna cuenta unidades enteras."],
  },
  rows_differ: {
    en: ["two rows have this id and differ ({places}: {first} / {second})", "Leave the one that is right."],
    es: ["dos filas tienen este id y no coinciden ({places}: {first} / {second})", "Deje la que sea correcta."],
  },
  unknown_partner: {
    en: [
      "is no partner here, and none of the files makes it",
      "Add the list of partners to the import, or correct the id.",
    ],
    es: [
      "no es un socio de aquí y ningún archivo lo crea",
      "Añada la lista de socios a la importación o corrija el id.",
    ],
  },
  partner_refused: {
    en: ["was refused itself, so this is not made", "Correct the partner, and import again."],
    es: ["se ha rechazado, así que esto no se crea", "Corrija el socio e importe de nuevo."],
  },
  partner_closed: {
    en: ["is deactivated or rejected, and gets no links", "Let the partner in first, or leave the link out."],
    es: ["está desactivado o rechazado y no recibe enlaces", "Admita antes al socio o deje fuera el enlace."],
  },
  waits_for_launch: {
    en: [
      "waits in onboarding: a procedure launches partners of this kind, and until then clicks on its links do not count",
      "Finish its onboarding before the old links are pointed here.",
    ],
    es: [
      "espera en la incorporación: un procedimiento da de alta a los socios de este tipo y hasta entonces los clics en sus enlaces no cuentan",
      "Termine su incorporación antes de dirigir aquí los enlaces antiguos.",
    ],
  },
  no_link_address: {
    en: ["is no address of a link", "Give the whole address as it is published."],
    es: ["no es la dirección de un enlace", "Indique la dirección completa tal como está publicada."],
  },
  address_taken: {
    en: ["is the old address of another link ({holder})", "An address leads to one link: leave one of them out."],
    es: [
      "es la dirección antigua de otro enlace ({holder})",
      "Una dirección lleva a un solo enlace: deje fuera uno de los dos.",
    ],
  },
  unknown_offer: {
    en: ["is no offer of the program", "Choose the offer of links that name none."],
    es: ["no es una oferta del programa", "Elija la oferta de los enlaces que no nombran ninguna."],
  },
  host_not_allowed: {
    en: [
      "leads to a host that the offer does not allow: the link goes to the offer's landing page",
      "Allow the host at the offer {offer} and import again.",
    ],
    es: [
      "lleva a un dominio que la oferta no permite: el enlace va a la página de destino de la oferta",
      "Permita el dominio en la oferta {offer} e importe de nuevo.",
    ],
  },
  no_code: {
    en: ["is no code: 2 to 64 letters, digits, -, _ and .", "Give the partner another code."],
    es: ["no es un código: de 2 a 64 letras, cifras, -, _ y .", "Dé otro código al socio."],
  },
  code_taken: {
    en: ["belongs to another partner here ({owner})", "End it there first, or leave it out."],
    es: ["aquí pertenece a otro socio ({owner})", "Termínelo allí antes o déjelo fuera."],
  },
  ends_before_it_begins: {
    en: ["lies before since", "Correct one of the two."],
    es: ["es anterior al comienzo", "Corrija una de las dos fechas."],
  },
  bound_since_import: {
    en: [
      "is bound otherwise since an earlier import",
      "Decide on the customer's page, with a reason, or undo the earlier import.",
    ],
    es: [
      "está vinculado de otra forma desde una importación anterior",
      "Decídalo en la página del cliente, con un motivo, o deshaga la importación anterior.",
    ],
  },
  customer_of_other: {
    en: ["the customer is another partner's here ({owner})", "Decide on the customer's page, with a reason."],
    es: ["aquí el cliente es de otro socio ({owner})", "Decídalo en la página del cliente, con un motivo."],
  },
  did_not_count: {
    en: ["did not count on the other platform", "Nothing has to be done."],
    es: ["no contaba en la otra plataforma", "No hay que hacer nada."],
  },
  as_told: {
    en: ["{said}", "{hint}"],
    es: ["no se admite: {said}", "{hint}"],
  },
  not_made: {
    en: ["{said}", "Correct the record, and import it again: what was made stays as it is."],
    es: ["no se admite: {said}", "Corrija el registro e impórtelo de nuevo: lo ya creado queda como está."],
  },
} as const satisfies Record<string, Record<"en" | "es", readonly [reason: string, wayOut: string]>>;

export const ImportProblemCode = z.enum(Object.keys(IMPORT_PROBLEMS) as [keyof typeof IMPORT_PROBLEMS]);
export type ImportProblemCode = keyof typeof IMPORT_PROBLEMS;

/** The problem of a record in words. @param details what stands in the places of the text */
export function importProblemText(
  code: ImportProblemCode,
  details: Readonly<Record<string, string>>,
  language: "en" | "es",
): { readonly reason: string; readonly wayOut: string } {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? "");
  const [reason, wayOut] = IMPORT_PROBLEMS[code][language];
  return { reason: fill(reason), wayOut: fill(wayOut) };
}

/** Why a file could not be read to its end, or an import could not go on. `{name}` stands for what came with it. */
export const IMPORT_FAILURES = {
  empty_file: { en: "the file is empty", es: "el archivo está vacío" },
  no_table: { en: "the file is {said}, and no table", es: "el archivo no es una tabla ({said})" },
  unreadable_book: { en: "the workbook cannot be read ({said})", es: "el libro no se puede leer ({said})" },
  unreadable_archive: {
    en: "the archive cannot be read ({said})",
    es: "el archivo comprimido no se puede leer ({said})",
  },
  no_table_in_archive: {
    en: "the archive holds no table: neither a workbook nor a CSV file",
    es: "el archivo comprimido no contiene ninguna tabla: ni un libro ni un CSV",
  },
  no_row: { en: "it holds no row", es: "no contiene ninguna fila" },
  open_quote: {
    en: "the file ends within a quoted value that begins in line {line}",
    es: "el archivo termina dentro de un valor entre comillas que empieza en la línea {line}",
  },
  endless_row: {
    en: "the row in line {line} is longer than 1 MB: a quote in it is never closed",
    es: "la fila de la línea {line} supera 1 MB: unas comillas no se cierran",
  },
  no_csv: {
    en: "from line {line} the file cannot be read as CSV ({said})",
    es: "desde la línea {line} el archivo no se puede leer como CSV ({said})",
  },
  cut_off: { en: "the compressed file ends in the middle", es: "el archivo comprimido termina a la mitad" },
  damaged: { en: "the compressed file is damaged ({said})", es: "el archivo comprimido está dañado ({said})" },
  json_too_long: {
    en: "the JSON document is too long: send one record per line (NDJSON)",
    es: "el documento JSON es demasiado largo: envíe un registro por línea (NDJSON)",
  },
  no_whole_json: {
    en: "the file is no whole JSON document ({said})",
    es: "el archivo no es un documento JSON completo ({said})",
  },
  long_line: { en: "line {line} is longer than {most} letters", es: "la línea {line} supera {most} letras" },
  connection_gone: {
    en: "The connection of this import has gone: make it again.",
    es: "La conexión de esta importación ya no existe: créela de nuevo.",
  },
  key_refused: {
    en: "{where} does not take the key ({status}): check it, and its rights.",
    es: "{where} no acepta la clave ({status}): compruébela, y también sus permisos.",
  },
  no_answer: {
    en: "{where} does not answer ({said}): try again later.",
    es: "{where} no responde ({said}): inténtelo más tarde.",
  },
  other_answer: { en: "{where} answers {status} {said}", es: "{where} responde {status} {said}" },
  answer_too_long: { en: "The answer is longer than 64 MB.", es: "La respuesta supera 64 MB." },
  answer_no_json: { en: "The answer is no JSON.", es: "La respuesta no es JSON." },
  as_told: { en: "{said}", es: "no se admite: {said}" },
} as const satisfies Record<string, Record<"en" | "es", string>>;

export const ImportFailure = z.object({
  code: z.enum(Object.keys(IMPORT_FAILURES) as [keyof typeof IMPORT_FAILURES]),
  details: z.record(z.string(), z.string()),
});
export type ImportFailure = z.infer<typeof ImportFailure>;

export function importFailureText({ code, details }: ImportFailure, language: "en" | "es"): string {
  return IMPORT_FAILURES[code][language].replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? "").trim();
}
