/** What can be wrong with a row of a bulk change, in the languages of the screens. `{name}` stands for what the row says. */
const BULK_PROBLEMS: Readonly<Record<string, { readonly en: string; readonly es: string }>> = {
  broken_row: { en: "{said}", es: "la fila no se puede leer ({said})" },
  as_told: { en: "{said}", es: "rechazado: {said}" },
  too_long: { en: "is longer than {most} characters", es: "tiene más de {most} caracteres" },
  no_id: { en: "is no id of a record here (prt_…, cnt_…)", es: "no es un id de un registro de aquí (prt_…, cnt_…)" },
  no_code: {
    en: "is no code: 2 to 60 letters, digits and hyphens, beginning with a letter or digit",
    es: "no es un código: de 2 a 60 letras, cifras y guiones, que empiece por letra o cifra",
  },
  none_of: { en: "is none of {options}", es: "no es ninguno de {options}" },
  no_country: {
    en: "is no country: write DE or Germany ({part})",
    es: "no es un país: escriba DE o Alemania ({part})",
  },
  no_language: { en: "is no language: write en, es or pt-BR", es: "no es un idioma: escriba en, es o pt-BR" },
  no_email: { en: "is no e-mail address", es: "no es una dirección de correo electrónico" },
  no_day: {
    en: "is no day that can be read for certain: write 2026-03-31, or choose the order of day and month",
    es: "no es un día que se pueda leer con certeza: escriba 2026-03-31 o elija el orden de día y mes",
  },
  too_many_tags: { en: "there would be more than 30 tags", es: "habría más de 30 etiquetas" },
  unknown_region: { en: "is no region: write its code or name", es: "no es una región: escriba su código o nombre" },
  unknown_person: {
    en: "is nobody who works here: write the e-mail address",
    es: "no es nadie que trabaje aquí: escriba el correo electrónico",
  },
  unknown_partner: { en: "is no partner here", es: "no es ningún socio de aquí" },
  unknown_contact: { en: "is no contact of this partner", es: "no es un contacto de este socio" },
  unknown_parent: {
    en: "is no partner here, and the file makes none of that code",
    es: "no es ningún socio, y el archivo no crea ninguno con ese código",
  },
  own_parent: { en: "is the partner itself", es: "es el propio socio" },
  ambiguous: {
    en: "is what several records have: name one by its id or code",
    es: "lo tienen varios registros: indique uno por id o código",
  },
  merged: { en: "became another name of a different partner", es: "pasó a ser otro nombre de otro socio" },
  exists: { en: "is there already, and rows may only make new ones", es: "ya existe, y las filas solo pueden crear" },
  twice: { en: "stands in line {line} already", es: "ya está en la línea {line}" },
  needed: { en: "is needed for a new record", es: "hace falta para un registro nuevo" },
  may_not_be_empty: { en: "may not be emptied", es: "no puede quedar vacío" },
  no_way: {
    en: "cannot be reached from {from} (possible: {open})",
    es: "no se alcanza desde {from} (posible: {open})",
  },
  reason_needed: { en: "is needed for this status", es: "hace falta para este estado" },
  not_yours: { en: "is a record that you may not change", es: "es un registro que no puede cambiar" },
  not_yours_then: {
    en: "would belong where you may not write (region or owner)",
    es: "quedaría donde usted no puede escribir (región o responsable)",
  },
  not_yours_to_decide: {
    en: "is decided by somebody with the permission partners.approve",
    es: "lo decide alguien con el permiso partners.approve",
  },
  no_field: { en: "is no field that you may write", es: "no es un campo que usted pueda escribir" },
  field_of_other_kind: { en: "is a field of another kind of partner", es: "es un campo de otro tipo de socio" },
  does_not_fit: { en: "{said}", es: "no encaja: {said}" },
  changed_meanwhile: {
    en: "was changed by somebody after the preview",
    es: "alguien lo cambió después de la vista previa",
  },
  taken_meanwhile: { en: "was taken by somebody after the preview", es: "alguien lo tomó después de la vista previa" },
  changed_since: { en: "was changed by somebody since", es: "alguien lo ha cambiado desde entonces" },
  in_use: {
    en: "is used by now: contacts, links, agreements or money stand on it",
    es: "ya se usa: hay contactos, enlaces, acuerdos o dinero que dependen de él",
  },
  gone: { en: "is not there any more", es: "ya no existe" },
  no_way_back: { en: "has a status that does not lead back", es: "tiene un estado sin vuelta atrás" },
};

/** The words of a problem. */
export function bulkProblemText(
  code: string,
  details: Readonly<Record<string, string>> | undefined,
  language: "en" | "es",
): string {
  const text = BULK_PROBLEMS[code]?.[language] ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => details?.[name] ?? "").replace(/ \(\)$/, "");
}
