import type { WhyTexts } from "./text-table.ts";

const REFUSED_DO = "Correct the call and send the event again, with the same ID: it was not recorded.";
const REFUSED_HAZ = "Corrija la llamada y envíe de nuevo el evento, con el mismo ID: no quedó registrado.";
const TOKEN_DO = "Compare the token or signature of the sending system with the event source's.";
const TOKEN_HAZ = "Compara el token o la firma del sistema emisor con los de la fuente de eventos.";

/** Fates of events, their reasons, and codes of refusals. */
export const EVENT_TEXTS: WhyTexts = {
  no_event: [
    "No event that you may see names this click.",
    "If the customer did something, the system that reports it has to send the event with this click ID. If another partner's touch won, the event is not shown here.",
    "Ningún evento que puedas ver indica este clic.",
    "Si el cliente hizo algo, el sistema que lo notifica debe enviar el evento con este ID de clic. Si ganó el contacto de otro socio, el evento no se muestra aquí.",
  ],
  not_processed: [
    "The call is in the log and is being processed.",
    "Look again in a moment.",
    "La llamada está en el registro y se está procesando.",
    "Mire de nuevo en un momento.",
  ],
  accepted: ["The event was accepted.", "", "El evento fue aceptado.", ""],
  unattributed: [
    "The event was accepted; its customer is nobody's.",
    "The next stage says why.",
    "El evento fue aceptado; su cliente no es de nadie.",
    "La etapa siguiente dice por qué.",
  ],
  replaced: [
    "The event was sent again with other values: the newer version counts.",
    "Look at the newer version.",
    "El evento se envió de nuevo con otros valores: cuenta la versión más nueva.",
    "Mire la versión más nueva.",
  ],
  same_content: [
    "The same event had been sent before: it counts once.",
    "Nothing. If it was another event, send it with an ID of its own.",
    "El mismo evento se había enviado antes: cuenta una vez.",
    "Nada. Si era otro evento, envíalo con un ID propio.",
  ],
  new_content: [
    "The event had been sent before with other values; these count now.",
    "",
    "El evento se había enviado antes con otros valores; ahora cuentan estos.",
    "",
  ],
  restored: [
    "The event had been reversed and was sent again; it counts again.",
    "",
    "El evento se había anulado y se envió de nuevo; vuelve a contar.",
    "",
  ],
  voided: [
    "The operator's system took the event back.",
    "If it should count, that system sends the event again.",
    "El sistema del operador anuló el evento.",
    "Si debe contar, ese sistema lo envía de nuevo.",
  ],
  already_counts: [
    "The call said only that the event counts, and it did already.",
    "",
    "La llamada solo decía que el evento cuenta, y ya contaba.",
    "",
  ],
  void_without_event: [
    "A reversal came of an event that has not arrived: when it does, it will not count.",
    "Look up whether the event was sent under another ID.",
    "Llegó la anulación de un evento que no ha llegado: cuando llegue, no contará.",
    "Compruebe si el evento se envió con otro ID.",
  ],
  void_arrived_first: [
    "The reversal had arrived before the event.",
    "If it should count, send the event again.",
    "La anulación había llegado antes que el evento.",
    "Si debe contar, envía el evento de nuevo.",
  ],
  cap_pend: [
    "The conversion is beyond a cap: its commission waits until somebody decides.",
    "The operator decides about what is beyond the cap; the cap's page shows how much of it is used.",
    "La conversión supera un límite: su comisión espera una decisión.",
    "El operador decide sobre lo que supera el límite; la página del límite muestra cuánto se ha usado.",
  ],
  cap_stop: [
    "The conversion is beyond a cap: it is recorded and earns nothing.",
    "Wait for the cap's next period, or ask for a higher one.",
    "La conversión supera un límite: queda registrada y no genera comisión.",
    "Espere al siguiente periodo del límite o pida que se amplíe.",
  ],
  test_click: [
    "The event carries the click ID of a test click: it touches neither customers nor money.",
    "Nothing: a test went through. A real click makes a real event.",
    "El evento lleva el ID de un clic de prueba: no toca ni clientes ni dinero.",
    "Nada: fue una prueba. Un clic real produce un evento real.",
  ],
  test_call: [
    "The call came from a source for tests, or was marked as a test.",
    "Send it through the real source, without the mark.",
    "La llamada vino de una fuente de pruebas o estaba marcada como prueba.",
    "Envíala por la fuente real, sin la marca.",
  ],
  test_customer: [
    "The customer came by a test click before: everything about it is a test.",
    "Use another customer for real events.",
    "El cliente llegó antes por un clic de prueba: todo lo suyo es prueba.",
    "Usa otro cliente para eventos reales.",
  ],
  shadow_source: [
    "The call came through a source in shadow: it is compared with another platform and touches neither customers nor money.",
    "Nothing, while the comparison runs. Take the source out of shadow to make its events count.",
    "La llamada llegó por una fuente en la sombra: se compara con otra plataforma y no toca ni clientes ni dinero.",
    "Nada, mientras dure la comparación. Saca la fuente de la sombra para que sus eventos cuenten.",
  ],
  unknown_source: [
    "No event source has the token that was sent.",
    TOKEN_DO,
    "Ninguna fuente de eventos tiene el token enviado.",
    TOKEN_HAZ,
  ],
  signature_invalid: [
    "The signature of the call does not match.",
    TOKEN_DO,
    "La firma de la llamada no coincide.",
    TOKEN_HAZ,
  ],
  signature_expired: [
    "The signature of the call is too old.",
    TOKEN_DO,
    "La firma de la llamada es demasiado antigua.",
    TOKEN_HAZ,
  ],
  unauthenticated: [
    "The call did not say who it came from.",
    TOKEN_DO,
    "La llamada no dijo de quién venía.",
    TOKEN_HAZ,
  ],
  bad_request: ["The call could not be read.", REFUSED_DO, "La llamada no se pudo leer.", REFUSED_HAZ],
  invalid_input: [
    "A field has a value that cannot be accepted.",
    REFUSED_DO,
    "Un campo tiene un valor que no se puede aceptar.",
    REFUSED_HAZ,
  ],
  malformed_encoding: [
    "The encoding of the call is broken.",
    REFUSED_DO,
    "La codificación de la llamada está rota.",
    REFUSED_HAZ,
  ],
  too_large: [
    "The call is larger than is accepted.",
    REFUSED_DO,
    "La llamada es mayor de lo que se acepta.",
    REFUSED_HAZ,
  ],
  unsupported_media_type: [
    "The content type is not understood.",
    REFUSED_DO,
    "El tipo de contenido no se entiende.",
    REFUSED_HAZ,
  ],
  unknown_event_type: [
    "The program does not know this event type.",
    "Send a type that the program knows, or declare the type in the program.",
    "El programa no conoce este tipo de evento.",
    "Envíe un tipo que el programa conozca o declare el tipo en el programa.",
  ],
  missing_field: [
    "A field that this event needs is missing.",
    REFUSED_DO,
    "Falta un campo que este evento necesita.",
    REFUSED_HAZ,
  ],
  invalid_amount: ["The amount cannot be read.", REFUSED_DO, "El importe no se puede leer.", REFUSED_HAZ],
  unknown_currency: [
    "The currency is not an ISO 4217 code.",
    REFUSED_DO,
    "La moneda no es un código ISO 4217.",
    REFUSED_HAZ,
  ],
  invalid_time: ["The time cannot be read.", REFUSED_DO, "La hora no se puede leer.", REFUSED_HAZ],
  time_in_future: ["The time lies in the future.", REFUSED_DO, "La hora está en el futuro.", REFUSED_HAZ],
  duplicate_parameter: [
    "A parameter was sent twice with different values.",
    REFUSED_DO,
    "Un parámetro se envió dos veces con valores distintos.",
    REFUSED_HAZ,
  ],
  macro_unexpanded: [
    "A macro arrived instead of its value, such as {transaction_id}.",
    "Write the macro with the sending system's own name and brackets, then send the event again.",
    "Llegó una macro en lugar de su valor, como {transaction_id}.",
    "Escriba la macro con el nombre y los corchetes del sistema emisor y envíe el evento de nuevo.",
  ],
  left_aside: [
    "The settings of the event source leave this event out.",
    "Change the mapping of the event source, if it should be taken.",
    "La configuración de la fuente deja fuera este evento.",
    "Cambie la correspondencia de la fuente si debe aceptarse.",
  ],
  nothing_to_change: [
    "The call changes an event, and there is no such event.",
    "Send the event first, or the right ID.",
    "La llamada modifica un evento, y ese evento no existe.",
    "Envíe primero el evento, o el ID correcto.",
  ],
  program_closed: ["The program does not take events any more.", "", "El programa ya no admite eventos.", ""],
  not_found: [
    "The call named something that does not exist.",
    REFUSED_DO,
    "La llamada nombró algo que no existe.",
    REFUSED_HAZ,
  ],
  method_not_allowed: [
    "The address does not take this method.",
    REFUSED_DO,
    "La dirección no admite este método.",
    REFUSED_HAZ,
  ],
  internal: [
    "It could not be processed because of a defect on our side; the call is kept.",
    "The operator's administrators see it in the log of the program.",
    "No se pudo procesar por un defecto nuestro; la llamada se conserva.",
    "Los administradores del operador lo ven en el registro del programa.",
  ],
};
