import type { WhyTexts } from "./texts.ts";

/** en rule, en what to do, es rule, es what to do. */
export const CLICK_TEXTS: WhyTexts = {
  click: ["The click counts.", "", "El clic cuenta.", ""],
  head: [
    "Only the headers of the address were asked for (HEAD): that is a program, not a visitor. It does not count.",
    "Nothing, if a checker opened it. Otherwise open the link in a browser and look again.",
    "Solo se pidieron las cabeceras (HEAD): es un programa, no un visitante. No cuenta.",
    "Nada, si fue un verificador. Si no, abre el enlace en un navegador y mira de nuevo.",
  ],
  prefetch: [
    "The browser or a mail program loaded the address in advance, without a visitor. It does not count.",
    "Nothing: the click of the visitor who then comes is a record of its own.",
    "El navegador o el correo cargó la dirección por adelantado, sin visitante. No cuenta.",
    "Nada: el clic del visitante que llega después es otro registro.",
  ],
  bot: [
    "The request named itself as a robot, or as a tool. It does not count.",
    "If people use this app or browser, send the operator its user agent.",
    "La petición se presentó como robot o herramienta. No cuenta.",
    "Si hay personas detrás de esa aplicación o navegador, envía su user agent al operador.",
  ],
  unknown_link: [
    "There is no tracking link with this code on this host.",
    "Compare the address with the link in the list, letter by letter: code and host.",
    "No hay ningún enlace con este código en este dominio.",
    "Compara la dirección con la del listado, letra por letra: código y dominio.",
  ],
  link_paused: [
    "The link was paused or archived when it was opened.",
    "Activate the link, or use another one.",
    "El enlace estaba en pausa o archivado cuando se abrió.",
    "Activa el enlace o usa otro.",
  ],
  partner_paused: [
    "The partner was not active when the link was opened.",
    "The partner's status has to be active; its page says why it is not.",
    "El socio no estaba activo cuando se abrió el enlace.",
    "El estado del socio debe ser activo; su página dice por qué no lo es.",
  ],
  offer_paused: [
    "The offer was paused when the link was opened.",
    "Use a link of an offer that is active.",
    "La oferta estaba en pausa cuando se abrió el enlace.",
    "Usa un enlace de una oferta activa.",
  ],
  program_paused: [
    "The program was paused when the link was opened.",
    "Send traffic again when the program is active.",
    "El programa estaba en pausa cuando se abrió el enlace.",
    "Envía tráfico cuando el programa esté activo.",
  ],
  country_blocked: [
    "The offer does not take visitors from this country.",
    "Send visitors from a country that the offer takes.",
    "La oferta no admite visitantes de este país.",
    "Envía visitantes de un país que la oferta admita.",
  ],
  link_expired: [
    "The link was outside its days of validity.",
    "Make a new link, or have its validity extended.",
    "El enlace estaba fuera de sus días de validez.",
    "Crea un enlace nuevo o pide que se amplíe su validez.",
  ],
  offer_not_started: [
    "The offer had not begun yet.",
    "Send traffic from its first day on.",
    "La oferta aún no había empezado.",
    "Envía tráfico a partir de su primer día.",
  ],
  offer_ended: [
    "The offer was over.",
    "Use a link of another offer.",
    "La oferta había terminado.",
    "Usa un enlace de otra oferta.",
  ],
  targeting: [
    "The visitor does not fit the offer's targeting (country, device, system, language or hours).",
    "Compare the visitor with the targeting of the offer.",
    "El visitante no cumple la segmentación de la oferta (país, dispositivo, sistema, idioma u horario).",
    "Compara el visitante con la segmentación de la oferta.",
  ],
  cap_reached: [
    "A cap was used up when the link was opened.",
    "Wait for the cap's next period, or ask for a higher one.",
    "Un límite estaba agotado cuando se abrió el enlace.",
    "Espera al siguiente periodo del límite o pide que se amplíe.",
  ],
  access_required: [
    "The offer is given on request, and the partner had no access.",
    "Ask for access to the offer.",
    "La oferta requiere acceso y el socio no lo tenía.",
    "Solicita acceso a la oferta.",
  ],
  no_click: [
    "No click of ours is behind it: none was named, or what was named was not issued here.",
    "The click ID of the landing address has to reach the call: see the parameter and its macro in the set-up.",
    "No hay ningún clic nuestro detrás: no se indicó ninguno, o el indicado no se emitió aquí.",
    "El ID de clic de la dirección de destino tiene que llegar a la llamada: revisa el parámetro y su macro.",
  ],
  landing: ["The visitor was sent to the landing page.", "", "El visitante fue enviado a la página de destino.", ""],
  deep_link: ["The visitor was sent to the deep link.", "", "El visitante fue enviado al enlace profundo.", ""],
  fallback: [
    "The visitor was sent to the fallback address, because the click did not count.",
    "The stage before says why.",
    "El visitante fue enviado a la dirección alternativa, porque el clic no contó.",
    "La etapa anterior dice por qué.",
  ],
  none: [
    "Nothing was opened: an impression has no destination.",
    "",
    "No se abrió nada: una impresión no tiene destino.",
    "",
  ],
  deep_link_refused: [
    "The deep link was not followed: the offer does not allow its host. The visitor was sent elsewhere.",
    "Use an address on a host that the offer allows.",
    "El enlace profundo no se siguió: la oferta no permite su dominio. El visitante fue a otra dirección.",
    "Usa una dirección de un dominio permitido por la oferta.",
  ],
  link_known: ["The link exists.", "", "El enlace existe.", ""],
  no_link: ["No link is behind it.", "", "No hay ningún enlace detrás.", ""],
};
