/** What applicants are told, in the languages of the program; other languages of a form get the English one. */
const WORDS = {
  en: {
    received: "Thank you",
    receivedText: "Your application has arrived. Somebody will write to you at the address you gave.",
    confirm: "One more step",
    confirmText:
      "We have sent you a mail. Open the link in it to confirm your address; until then your application waits.",
    tooEarly: "It is too early to apply again",
    tooEarlyOn: "You applied before, and we could not work together. You may apply again from {day} on.",
    tooEarlyNever:
      "You applied before, and we decided not to work together. If you think that this is a mistake, answer our mail.",
    disposable: "Your address is one of a provider of short-lived mailboxes: we may not be able to reach you there.",
    missing: "Please answer this question.",
    not_email: "This is not an e-mail address.",
    not_url: "This is not the address of a page, such as www.example.com.",
    not_number: "Please write a whole number in digits.",
    not_choice: "Please choose one of the answers.",
    not_country: "Please choose a country.",
    consent: "Without this consent we cannot take your application.",
    too_long: "This is too long.",
    tooFast: "That was faster than anybody reads. Please send it again in a few seconds.",
    expired: "The form was open for too long. Your answers are kept: send it once more.",
    broken: "The form could not be checked. Your answers are kept: load the page again and send it once more.",
    confirmSubject: "Please confirm your application to {program}",
    confirmMail:
      "Hello {name},\n\nyou applied to {program}. Please confirm your e-mail address by opening this link:\n\n{link}\n\nThe link holds until {day}. If it was not you, do nothing: the application is deleted then.",
    tooEarlySubject: "Your application to {program}",
    lateLink: "This link does not hold any more",
    lateLinkText: "The time for confirming is over. Please apply again.",
  },
  es: {
    received: "Gracias",
    receivedText: "Su solicitud ha llegado. Alguien le escribirá a la dirección que indicó.",
    confirm: "Un paso más",
    confirmText:
      "Le hemos enviado un correo. Abra el enlace para confirmar su dirección; hasta entonces su solicitud queda en espera.",
    tooEarly: "Es pronto para volver a solicitarlo",
    tooEarlyOn:
      "Usted ya presentó una solicitud y no pudimos trabajar juntos. Puede volver a solicitarlo a partir del {day}.",
    tooEarlyNever:
      "Usted ya presentó una solicitud y decidimos no trabajar juntos. Si cree que es un error, responda a nuestro correo.",
    disposable: "Su dirección es de un proveedor de buzones temporales: es posible que no podamos escribirle allí.",
    missing: "Responda a esta pregunta, por favor.",
    not_email: "No es una dirección de correo.",
    not_url: "No es la dirección de una página, como www.ejemplo.com.",
    not_number: "Escriba un número entero con cifras.",
    not_choice: "Elija una de las respuestas.",
    not_country: "Elija un país.",
    consent: "Sin este consentimiento no podemos aceptar su solicitud.",
    too_long: "Es demasiado largo.",
    tooFast: "Ha sido más rápido de lo que nadie lee. Envíelo otra vez en unos segundos.",
    expired: "El formulario estuvo abierto demasiado tiempo. Sus respuestas se conservan: envíelo otra vez.",
    broken:
      "No se pudo comprobar el formulario. Sus respuestas se conservan: cargue la página de nuevo y envíelo otra vez.",
    confirmSubject: "Confirme su solicitud a {program}",
    confirmMail:
      "Hola {name}:\n\nha solicitado participar en {program}. Confirme su dirección de correo abriendo este enlace:\n\n{link}\n\nEl enlace vale hasta el {day}. Si no fue usted, no haga nada: la solicitud se borrará.",
    tooEarlySubject: "Su solicitud a {program}",
    lateLink: "Este enlace ya no vale",
    lateLinkText: "El plazo para confirmar ha terminado. Vuelva a enviar la solicitud.",
  },
} as const;

export type ApplicantWord = keyof (typeof WORDS)["en"];

/** @param values for what stands in braces */
export function told(word: ApplicantWord, language: string, values: Readonly<Record<string, string>> = {}): string {
  const text: string = WORDS[language.startsWith("es") ? "es" : "en"][word];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A day as people write it. */
export function dayTold(day: Date, language: string): string {
  return new Intl.DateTimeFormat(language.startsWith("es") ? "es" : "en", {
    dateStyle: "long",
    timeZone: "UTC",
  }).format(day);
}
