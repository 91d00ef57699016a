import type { WhyTexts } from "./text-table.ts";

/** From qualification to the partner's own system. */
export const MONEY_TEXTS: WhyTexts = {
  qualified: ["Every condition is met.", "", "Se cumplen todas las condiciones.", ""],
  conditions_missing: [
    "A condition of the terms is not met yet.",
    "It counts as soon as the customer meets it, within the time that the terms give.",
    "Aún no se cumple una condición del acuerdo.",
    "Contará en cuanto el cliente la cumpla, dentro del plazo del acuerdo.",
  ],
  no_terms: [
    "The partner has no accepted agreement in this program for these days.",
    "Terms have to be accepted before anything is earned.",
    "El socio no tiene un acuerdo aceptado en este programa para esos días.",
    "Hay que aceptar un acuerdo antes de ganar nada.",
  ],
  no_conditions: [
    "The terms pay without conditions on single customers.",
    "",
    "El acuerdo paga sin condiciones por cliente.",
    "",
  ],
  not_visible: [
    "You may not see this part.",
    "Somebody with the right to read statements can look it up.",
    "No puede ver esta parte.",
    "Puede consultarla quien tenga permiso para leer liquidaciones.",
  ],
  booked: ["A commission is booked.", "", "Hay una comisión contabilizada.", ""],
  held_until: [
    "The commission is booked and held until a day.",
    "It becomes payable by itself on that day.",
    "La comisión está contabilizada y retenida hasta un día.",
    "Será pagable por sí sola ese día.",
  ],
  held_gate: [
    "The commission is held until a condition of the terms is met.",
    "The line names the condition.",
    "La comisión está retenida hasta que se cumpla una condición del acuerdo.",
    "La línea nombra la condición.",
  ],
  held_cap: [
    "The commission is held because a cap is used up.",
    "The line names the cap.",
    "La comisión está retenida porque un límite está agotado.",
    "La línea nombra el límite.",
  ],
  held_event: [
    "The commission is held until an event arrives.",
    "The line names the event.",
    "La comisión está retenida hasta que llegue un evento.",
    "La línea nombra el evento.",
  ],
  held_jurisdiction: [
    "The commission is held because the partner's licence does not allow it where the customer is.",
    "It is released when the licence is shown or the component is passed.",
    "La comisión está retenida porque la licencia del socio no la permite donde está el cliente.",
    "Se libera cuando se presente la licencia o se admita el componente.",
  ],
  taken_back: [
    "What was booked was taken back by a later calculation.",
    "The line's versions say which event or term changed it.",
    "Lo contabilizado fue retirado por un cálculo posterior.",
    "Las versiones de la línea dicen qué evento o acuerdo lo cambió.",
  ],
  nothing_booked: [
    "Nothing is booked for this customer by itself; shares of a month are booked for the whole month.",
    "Look at the lines of the month.",
    "No hay nada contabilizado solo por este cliente; los porcentajes mensuales se contabilizan por el mes entero.",
    "Mire las líneas del mes.",
  ],
  statement_open: [
    "It stands on the statement of the month, which is open.",
    "The statement is closed after the end of the month.",
    "Está en la liquidación del mes, que está abierta.",
    "La liquidación se cierra después de fin de mes.",
  ],
  statement_closed: ["It stands on a closed statement.", "", "Está en una liquidación cerrada.", ""],
  no_statement: [
    "There is no statement of that month yet.",
    "It is opened by itself.",
    "Aún no hay liquidación de ese mes.",
    "Se abre por sí sola.",
  ],
  paid: ["The statement is paid.", "", "La liquidación está pagada.", ""],
  to_pay: ["The statement waits for its payment.", "", "La liquidación espera su pago.", ""],
  not_closed: ["Only a closed statement is paid.", "", "Solo se paga una liquidación cerrada.", ""],
  told: ["The partner's system was told.", "", "Se avisó al sistema del socio.", ""],
  telling: [
    "The partner's system has not answered yet; it is tried again for 72 hours.",
    "The log of the postback shows each answer.",
    "El sistema del socio aún no ha respondido; se reintenta durante 72 horas.",
    "El registro del postback muestra cada respuesta.",
  ],
  gave_up: [
    "The partner's system did not take it within 72 hours.",
    "Repair the address, then resend it from the log.",
    "El sistema del socio no lo aceptó en 72 horas.",
    "Corrija la dirección y reenvíelo desde el registro.",
  ],
  nobody_told: [
    "No postback of the partner listened to this, or its filters said no.",
    "Set up a postback for this occasion, or look at its filters.",
    "Ningún postback del socio escuchaba esto, o sus filtros dijeron que no.",
    "Configure un postback para esta ocasión o revise sus filtros.",
  ],
  not_reached: ["It did not get here.", "", "No llegó hasta aquí.", ""],
};
