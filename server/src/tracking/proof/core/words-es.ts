import type { FindingCode } from "./words-en.ts";

export const FINDING_WORDS_ES: Readonly<Record<FindingCode, readonly [title: string, where: string, change: string]>> =
  {
    loop: [
      "La cadena da vueltas",
      "{host}",
      "{host} devuelve al visitante a {next}, donde ya había estado. Quite una de las dos redirecciones.",
    ],
    too_many_hops: [
      "Más redirecciones de las que sigue un navegador",
      "{host}",
      "La cadena se abandonó tras {hops} saltos. Enlace directamente a la página deseada.",
    ],
    too_slow: [
      "La cadena tarda demasiado",
      "{host}",
      "El visitante se habría ido. Quite redirecciones o averigüe por qué {host} es lento.",
    ],
    many_hops: [
      "Una cadena larga",
      "toda la cadena",
      "{hops} redirecciones cuestan visitantes y pierden parámetros. Enlace directamente a la página si puede.",
    ],
    own_link_missing: [
      "La cadena no pasa por ningún enlace de seguimiento",
      "la dirección inicial",
      "Aquí no se contaría nada. Ponga el enlace de seguimiento en el anuncio o en el sistema que está delante.",
    ],
    country_blocked: [
      "Este país no se atiende",
      "los países de la oferta",
      "Un visitante de {country} va a la página alternativa y no se cuenta. Permita {country} en la oferta o no anuncie allí.",
    ],
    targeting: [
      "La segmentación de la oferta rechaza a este visitante",
      "la segmentación de la oferta",
      "Cambie la segmentación de la oferta o envíe solo visitantes que acepte (aquí: de {country}).",
    ],
    not_counted: [
      "El clic no contaría: {verdict}",
      "el enlace, su oferta, programa o socio",
      "Active lo que está en pausa o use otro enlace. El veredicto dice qué es: {verdict}.",
    ],
    no_click: [
      "El enlace de seguimiento no produjo ningún clic",
      "el servidor delante de Tributary",
      "La respuesta no lleva ningún clic de esta prueba. Deje pasar la cabecera x-tributary-test y la respuesta tal cual.",
    ],
    cookie_missing: [
      "No se puso la cookie del clic",
      "el servidor delante de {host}",
      "No se reconocerá a quienes vuelvan. Deje pasar Set-Cookie en el proxy delante de {host}.",
    ],
    cookie_refused: [
      "El navegador rechaza la cookie del clic",
      "el servidor delante de {host}",
      "{name} está marcada como Secure en una dirección http. Sirva {host} por https.",
    ],
    insecure_hop: [
      "De https a http",
      "{before}",
      "{before} lleva a http://{host}. Se pierden la referencia y las cookies seguras, y los navegadores avisan. Cambie allí la dirección a https.",
    ],
    insecure_landing: [
      "La página se sirve sin cifrar",
      "{host}",
      "Sirva {host} por https y ponga esa dirección en la oferta.",
    ],
    soft_redirect: [
      "Una página intermedia reenvía por sí misma ({via})",
      "{before}",
      "Esos saltos pierden visitantes y no todos los siguen. Que {before} responda con una redirección 302.",
    ],
    script_unread: [
      "Un script de {host} reenvía al visitante y calcula adónde",
      "{host}",
      "La prueba termina aquí. Abra el enlace en un navegador y compruebe si llega el ID de clic, o que {host} responda con una redirección 302.",
    ],
    slow_hop: ["{host} es lento", "{host}", "Tardó {milliseconds} ms. Cada segundo cuesta visitantes."],
    hop_refused: [
      "La cadena lleva a una dirección que no se puede visitar",
      "{before}",
      "{problem}. Ponga allí una dirección pública; el operador puede permitir sus propios servidores de pruebas (TRIBUTARY_LINK_TEST_PRIVATE_HOSTS).",
    ],
    hop_timeout: [
      "{host} no responde",
      "{host}",
      "{problem}. Revise el servidor o la dirección a la que envía {before}.",
    ],
    hop_certificate: [
      "No se acepta el certificado de {host}",
      "{host}",
      "Los navegadores muestran un aviso en lugar de la página ({problem}). Renueve o corrija el certificado.",
    ],
    hop_unknown_host: [
      "El nombre {host} no existe",
      "{before}",
      "Corrija la dirección a la que envía {before} o la entrada de {host} en el servidor de nombres.",
    ],
    hop_unreachable: [
      "No se llega a {host}",
      "{host}",
      "{problem}. Revise el servidor o la dirección a la que envía {before}.",
    ],
    not_a_link: [
      "La cadena lleva a algo que no es una dirección web",
      "{before}",
      "{problem}. Un navegador termina aquí: use una dirección https.",
    ],
    geography_refused: [
      "La página no se muestra en este país",
      "{host}",
      "{host} responde 451. Esta prueba sale de la dirección del servidor, así que el país es el suyo: pregunte a {host} qué países atiende.",
    ],
    page_forbidden: [
      "La página rechazó a este visitante",
      "{host}",
      "{host} responde 403: bloquea este país, este navegador o todos los servidores. Pida que admita la dirección de la prueba y revise sus reglas de país.",
    ],
    landing_error: [
      "La página responde con un error: {status}",
      "{host}",
      "Corrija la página de destino o la dirección en la oferta o el enlace.",
    ],
    redirect_without_target: [
      "Una redirección que no lleva a ninguna parte",
      "{host}",
      "{host} responde {status} sin un Location utilizable. Corrija allí la redirección.",
    ],
    macro_in_link: [
      "{macro} está en el enlace",
      "el anuncio o el sistema de delante",
      "Quien coloca el enlace debe rellenar {macro}. Si nadie lo hace, quítela: se guarda tal cual.",
    ],
    wrong_brackets: [
      "{macro} lleva otros corchetes que aquí",
      "la página de destino de la oferta o del enlace",
      "Escriba {ours} en lugar de {macro}.",
    ],
    unknown_macro: [
      "{macro} no es una macro de Tributary",
      "la página de destino de la oferta o del enlace",
      "Llega a {host} como texto. Use una de las macros de la ficha de configuración o quítela.",
    ],
    unfilled_macro: [
      "{macro} no se rellenó",
      "{before}",
      "{before} pasa {macro} como texto. Escríbala como ese sistema la rellena o quítela.",
    ],
    click_id_lost: [
      "Se pierde el ID de clic",
      "{host}",
      "{host} envía al visitante a {next} sin el ID de clic. Que pase su consulta o añada el parámetro a su redirección.",
    ],
    click_id_case: [
      "El ID de clic cambia de letras",
      "{host}",
      "{host} cambia mayúsculas y minúsculas. Tributary lo lee igualmente; otros sistemas de la cadena quizá no. Pase la consulta tal cual.",
    ],
    click_id_cut: [
      "El ID de clic se corta",
      "{host}",
      "{host} pasa solo el principio. El campo es demasiado corto: hacen falta 45 letras.",
    ],
    click_id_in_cookie: [
      "El ID de clic se guarda en una cookie",
      "{host}",
      "Sale de la dirección en {host}, que lo guarda en una cookie. Asegúrese de que la conversión se envíe con él.",
    ],
    sub_id_lost: ["Se pierde {name}", "{host}", "{host} envía al visitante a {next} sin {name}. Que pase su consulta."],
    sub_id_case: [
      "{name} cambia de letras",
      "{host}",
      "{host} cambia mayúsculas y minúsculas, y los valores no coincidirán con los informes del socio. Pase la consulta tal cual.",
    ],
    sub_id_cut: [
      "{name} se corta",
      "{host}",
      "{host} pasa solo el principio de {name}. Alargue el campo o envíe valores más cortos.",
    ],
    double_encoded: [
      "{name} está codificado dos veces",
      "{host}",
      "{host} codifica un valor ya codificado: %20 pasa a %2520. Codifíquelo una vez.",
    ],
    parameter_twice: [
      "{parameter} llega dos veces con valores distintos",
      "{host}",
      "Unos sistemas toman el primero y otros el último. Quite el segundo.",
    ],
    not_handed_on: [
      "No todos los parámetros se pasan a la página",
      "la página de destino de la oferta",
      "Si la página los necesita, añada estas macros a su dirección: {names}",
    ],
  };
