import type { WebhookType } from "@tributary/contract";

/** What each type of message tells, in Spanish. */
export const WEBHOOK_WORDS_ES: Readonly<Record<WebhookType, string>> = {
  "customer.attributed":
    "Un cliente se ha asignado a un socio, o a otro distinto del anterior. `partnerId` null: ya no es de nadie.",
  "event.accepted": "Un evento se ha aceptado y pertenece al cliente de un socio.",
  "event.unattributed": "Un evento se ha aceptado y su cliente no es de nadie.",
  "event.reversed": "Un evento ya no cuenta.",
  "event.rejected":
    "Una llamada, o una línea de ella, se ha rechazado; `reason` es un código de docs/reference/errors.md.",
  "commission.booked": "Se ha anotado una comisión: devengada o retenida para más tarde.",
  "commission.released": "Una comisión retenida ya se puede pagar.",
  "commission.reversed": "Un cálculo ha retirado algo que estaba anotado.",
  "statement.closed": "Una liquidación se ha cerrado; sus cifras ya no cambian.",
  "statement.paid": "Una liquidación se ha marcado como pagada.",
  "agreement.accepted": "Un socio ha aceptado unas condiciones.",
  "partner.activated": "Un socio ya puede trabajar: su estado ha pasado a activo.",
  "partner.status_changed": "El estado de un socio ha cambiado, también a activo.",
  "link.created": "Se ha creado un enlace de seguimiento.",
  "cap.reached":
    "Un tope se ha agotado en su periodo actual; lo que ocurre después con los clics o las conversiones es su desbordamiento.",
  "tracking.alert":
    "Algo del seguimiento necesita atención; `kind` dice qué: `cap_near`, una caída, una subida, errores. Los demás campos dependen de `kind`.",
  "webhook.test": "Se envía a mano para probar un destino, escuche lo que escuche.",
};
