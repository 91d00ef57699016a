import type { WhyTexts } from "./text-table.ts";

const HAND_DO = "If a person should decide otherwise, the operator can attribute the customer by hand, with a reason.";
const HAND_HAZ = "Si una persona debe decidir otra cosa, el operador puede atribuir el cliente a mano, con un motivo.";
const CHECK_ID_DO = "Send the click ID exactly as it stood in the landing address.";
const CHECK_ID_HAZ = "Envíe el ID de clic exactamente como estaba en la dirección de destino.";

/** Reasons of decisions and of the candidates that lost. */
export const ATTRIBUTION_TEXTS: WhyTexts = {
  no_customer: [
    "No customer yet: attribution begins with the first event.",
    "",
    "Aún no hay cliente: la atribución empieza con el primer evento.",
    "",
  ],
  other_partner: [
    "The customer is not yours: another touch won, by the program's rules.",
    "Ask the operator if you believe that this is wrong; the decision can be shown in full there.",
    "El cliente no es tuyo: ganó otro contacto, según las reglas del programa.",
    "Pregunte al operador si cree que es un error; allí se puede ver la decisión completa.",
  ],
  last_click: [
    "The last counted click within the window, before the event, decided.",
    "",
    "Decidió el último clic contado dentro de la ventana, antes del evento.",
    "",
  ],
  first_click: [
    "The first counted click within the window decided: the program goes by first clicks.",
    "",
    "Decidió el primer clic contado dentro de la ventana: el programa va por primeros clics.",
    "",
  ],
  protected_click: [
    "A click of a partner whose touches later ones do not overwrite decided.",
    "",
    "Decidió un clic de un socio cuyos contactos no se sobrescriben.",
    "",
  ],
  impression: [
    "An ad that was seen within its window decided; nothing went before it.",
    "",
    "Decidió un anuncio visto dentro de su ventana; nada iba antes.",
    "",
  ],
  code: [
    "A coupon or referral code that belonged to the partner decided.",
    "",
    "Decidió un cupón o código de referido del socio.",
    "",
  ],
  customer_kept: ["The customer stays bound as it was.", "", "El cliente sigue vinculado como estaba.", ""],
  partner_named: ["The source of the event named the partner.", "", "La fuente del evento nombró al socio.", ""],
  manual: ["A person decided, and wrote down why.", "", "Decidió una persona, y escribió por qué.", ""],
  later_click_won: ["A later click won.", HAND_DO, "Ganó un clic posterior.", HAND_HAZ],
  earlier_click_won: [
    "An earlier click won: the program goes by first clicks.",
    HAND_DO,
    "Ganó un clic anterior: el programa va por primeros clics.",
    HAND_HAZ,
  ],
  later_impression_won: ["A later impression won.", HAND_DO, "Ganó una impresión posterior.", HAND_HAZ],
  earlier_impression_won: ["An earlier impression won.", HAND_DO, "Ganó una impresión anterior.", HAND_HAZ],
  not_overwritten: [
    "An earlier touch won that later ones do not overwrite.",
    HAND_DO,
    "Ganó un contacto anterior que no se sobrescribe.",
    HAND_HAZ,
  ],
  code_won: [
    "A code goes before this kind of touch in this program.",
    HAND_DO,
    "En este programa un código va antes que este tipo de contacto.",
    HAND_HAZ,
  ],
  click_won: [
    "A click goes before this kind of touch in this program.",
    HAND_DO,
    "En este programa un clic va antes que este tipo de contacto.",
    HAND_HAZ,
  ],
  partner_won: [
    "A partner named by the source goes before this kind of touch.",
    HAND_DO,
    "Un socio nombrado por la fuente va antes que este tipo de contacto.",
    HAND_HAZ,
  ],
  impression_won: [
    "An impression goes before this kind of touch in this program.",
    HAND_DO,
    "En este programa una impresión va antes que este tipo de contacto.",
    HAND_HAZ,
  ],
  customer_won: [
    "The customer was bound already, and a binding goes first in this program.",
    HAND_DO,
    "El cliente ya estaba vinculado, y en este programa el vínculo va primero.",
    HAND_HAZ,
  ],
  manual_won: [
    "A person had decided, and that goes first in this program.",
    HAND_DO,
    "Una persona ya había decidido, y eso va primero en este programa.",
    HAND_HAZ,
  ],
  kind_not_used: [
    "This program does not use this kind of touch.",
    "Send a click ID or what the program's rules name.",
    "Este programa no usa este tipo de contacto.",
    "Envíe un ID de clic o lo que digan las reglas del programa.",
  ],
  click_unknown: [
    "The click ID is authentic, but the log has no such click any more.",
    HAND_DO,
    "El ID de clic es auténtico, pero el registro ya no tiene ese clic.",
    HAND_HAZ,
  ],
  click_not_ours: ["The click ID was not issued here.", CHECK_ID_DO, "El ID de clic no se emitió aquí.", CHECK_ID_HAZ],
  click_not_counted: [
    "The click did not count.",
    "The stage of the click says why.",
    "El clic no contó.",
    "La etapa del clic dice por qué.",
  ],
  other_program: [
    "The click belongs to another program.",
    "Send the event to the source of the program whose link was clicked.",
    "El clic pertenece a otro programa.",
    "Envíe el evento a la fuente del programa cuyo enlace se pulsó.",
  ],
  after_event: [
    "The click came after the event.",
    "Check the time that the source sends with the event.",
    "El clic llegó después del evento.",
    "Revise la hora que la fuente envía con el evento.",
  ],
  window_expired: [
    "The click is older than its attribution window.",
    HAND_DO,
    "El clic es más antiguo que su ventana de atribución.",
    HAND_HAZ,
  ],
  impression_not_counted: ["The impression did not count.", "", "La impresión no contó.", ""],
  impression_expired: [
    "The impression is older than the window of impressions.",
    HAND_DO,
    "La impresión es más antigua que su ventana.",
    HAND_HAZ,
  ],
  code_unknown: [
    "The program has no such code.",
    "Compare the code with the list of codes.",
    "El programa no tiene ese código.",
    "Compara el código con la lista de códigos.",
  ],
  code_not_valid: [
    "The code was not valid at the time of the event.",
    "Have the validity of the code changed.",
    "El código no era válido en el momento del evento.",
    "Pida que se cambie la validez del código.",
  ],
  partner_unknown: [
    "There is no partner of the name that the source sent.",
    "Send the partner's ID or code.",
    "No hay ningún socio con el nombre que envió la fuente.",
    "Envíe el ID o el código del socio.",
  ],
  overruled_by_hand: [
    "A person decided otherwise.",
    "The decision names who and why.",
    "Una persona decidió otra cosa.",
    "La decisión dice quién y por qué.",
  ],
  existing_customer: [
    "The customer was known before this touch, and the program keeps known customers.",
    HAND_DO,
    "El cliente ya se conocía antes de este contacto, y el programa conserva los clientes conocidos.",
    HAND_HAZ,
  ],
  imported_as_existing: [
    "The customer was imported as existing before this touch, and the program keeps known customers.",
    HAND_DO,
    "El cliente se importó como existente antes de este contacto, y el programa conserva los clientes conocidos.",
    HAND_HAZ,
  ],
  no_touch: [
    "The event carried neither a click, nor a code, nor a partner.",
    CHECK_ID_DO,
    "El evento no llevaba ni clic, ni código, ni socio.",
    CHECK_ID_HAZ,
  ],
  manual_none: [
    "A person decided that the customer is nobody's, and wrote down why.",
    "The decision names who and why.",
    "Una persona decidió que el cliente no es de nadie, y escribió por qué.",
    "La decisión dice quién y por qué.",
  ],
  before_ownership: [
    "It happened before the customer was bound, and the program's rules do not reach back so far.",
    HAND_DO,
    "Ocurrió antes de que el cliente quedara vinculado, y las reglas del programa no miran tan atrás.",
    HAND_HAZ,
  ],
  ownership_ended: [
    "The customer's time with the partner was over, and nothing bound it again.",
    HAND_DO,
    "El tiempo del cliente con el socio había terminado, y nada lo vinculó de nuevo.",
    HAND_HAZ,
  ],
};
