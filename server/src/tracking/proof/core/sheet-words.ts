import type { ProofLanguage } from "./words.ts";

/** The fixed words of the set-up sheet. Words are handed values; nothing here knows a set-up. */
export const SHEET_WORDS = {
  en: {
    title: (offer: string, partner: string) => `Tracking set-up: ${offer} for ${partner}`,
    yes: "yes",
    no: "no",
    none: "none",
    links: {
      title: "Links",
      heading: ["Link", "Address", "Leads to", "State"],
      none: "There is no link yet. Make one under Links.",
      parameters: "Add these parameters to a link; everything else is kept as sent.",
      parameterRows: [
        ["sub1 … sub10", "your own words for the place of the link; also s1, subid1, aff_sub1 and the like"],
        [
          "click_id",
          "your own click id, given back in postbacks as {partner_click_id}; also clickid, cid, aff_click_id",
        ],
        ["source, creative", "where the link stands and with what"],
        ["url", "another page of the offer, where its hosts allow it"],
      ] as readonly (readonly [string, string])[],
    },
    landing: {
      title: "Landing page",
      address: "The visitor arrives at",
      macros: "Macros in this address",
      handedOn:
        "Click ID: kept by the page and sent back with every first event of a customer. 45 letters, capital or small.",
      other: "Other macros that may stand there",
      hosts: "Deep links may lead to",
    },
    events: {
      title: "Events that are expected",
      heading: ["Event", "Needed", "Good to have"],
      rows: [
        ["registration", "event, id, customer_id, click_id (or code)", "occurred_at"],
        ["deposit", "event, id, customer_id, amount, currency", "occurred_at, method"],
      ] as readonly (readonly [string, string, string])[],
      custom: (amount: string) =>
        amount === "required" ? "event, id, customer_id, amount, currency" : "event, id, customer_id",
      examples: "Example calls; put the source's token in place of YOUR_TOKEN.",
      exampleOf: (title: string, occasion: string) => `${title}: ${occasion}`,
    },
    sources: {
      title: "Sources of events",
      heading: ["Source", "Speaks", "Signed", "Token"],
      none: "There is no source of events yet. Make one under Event sources.",
      token: (id: string) => `known to its owner only; source …${id}`,
      forPartner:
        "Events are sent by the operator's systems; their names and tokens are not part of a partner's sheet.",
    },
    postbacks: {
      title: "Postbacks to the partner",
      heading: ["Postback", "When", "Call"],
      none: "None: the partner is told of nothing. Make one under Postbacks.",
    },
    rules: { title: "Whose a customer is", none: "The program has no rules." },
    terms: {
      title: "What is earned",
      none: "No agreement is in force.",
      version: (id: string, version: number, from: string, to: string | null) =>
        `Agreement ${id}, version ${version}, from ${from}${to === null ? "" : ` until ${to}`}.`,
    },
    targeting: {
      title: "Targeting and times",
      countries: "Countries",
      blocked: "Not in",
      everywhere: "everywhere",
      days: "Open",
      always: "always",
      rules: "Targeting",
      utm: "Added parameters",
      zone: "Days are those of",
      currency: "Currency",
      state: "State of program and offer",
      fallback: "Other visitors go to",
    },
    tests: {
      title: "Tests",
      heading: ["Test", "State", "When (UTC)", "By"],
      parts: {
        link: "Link followed to the end",
        inbound: "Events arrived and were understood",
        outbound: "Partner's postback answered",
      },
      states: {
        passed: "passed",
        failed: "failed",
        stale: "passed, but the set-up has changed since: test again",
        missing: "not tested yet",
        not_needed: "not needed",
      },
      byPartner: (name: string) => `${name} (partner)`,
    },
    foot: (hash: string, at: string) => `Made from the configuration ${hash} at ${at} UTC`,
  },
  es: {
    title: (offer: string, partner: string) => `Configuración del seguimiento: ${offer} para ${partner}`,
    yes: "sí",
    no: "no",
    none: "ninguno",
    links: {
      title: "Enlaces",
      heading: ["Enlace", "Dirección", "Lleva a", "Estado"],
      none: "Aún no hay enlace. Cree uno en Enlaces.",
      parameters: "Añada estos parámetros a un enlace; todo lo demás se guarda tal cual.",
      parameterRows: [
        ["sub1 … sub10", "sus propias palabras para el lugar del enlace; también s1, subid1, aff_sub1 y similares"],
        [
          "click_id",
          "su propio ID de clic, que vuelve en los postbacks como {partner_click_id}; también clickid, cid, aff_click_id",
        ],
        ["source, creative", "dónde está el enlace y con qué"],
        ["url", "otra página de la oferta, donde sus hosts lo permitan"],
      ] as readonly (readonly [string, string])[],
    },
    landing: {
      title: "Página de destino",
      address: "El visitante llega a",
      macros: "Macros de esta dirección",
      handedOn:
        "ID de clic: la página lo guarda y lo devuelve con el primer evento de cada cliente. 45 letras, mayúsculas o minúsculas.",
      other: "Otras macros que pueden estar ahí",
      hosts: "Los enlaces profundos pueden llevar a",
    },
    events: {
      title: "Eventos que se esperan",
      heading: ["Evento", "Necesario", "Conveniente"],
      rows: [
        ["registration", "event, id, customer_id, click_id (o code)", "occurred_at"],
        ["deposit", "event, id, customer_id, amount, currency", "occurred_at, method"],
      ] as readonly (readonly [string, string, string])[],
      custom: (amount: string) =>
        amount === "required" ? "event, id, customer_id, amount, currency" : "event, id, customer_id",
      examples: "Llamadas de ejemplo; ponga el token de la fuente en lugar de SU_TOKEN.",
      exampleOf: (title: string, occasion: string) => `${title}: ${occasion}`,
    },
    sources: {
      title: "Fuentes de eventos",
      heading: ["Fuente", "Habla", "Firmada", "Token"],
      none: "Aún no hay fuente de eventos. Cree una en Fuentes de eventos.",
      token: (id: string) => `solo lo conoce su dueño; fuente …${id}`,
      forPartner:
        "Los eventos los envían los sistemas del operador; sus nombres y tokens no forman parte de la ficha de un socio.",
    },
    postbacks: {
      title: "Postbacks al socio",
      heading: ["Postback", "Cuándo", "Llamada"],
      none: "Ninguno: al socio no se le avisa de nada. Cree uno en Postbacks.",
    },
    rules: { title: "De quién es un cliente", none: "El programa no tiene reglas." },
    terms: {
      title: "Qué se gana",
      none: "No hay acuerdo en vigor.",
      version: (id: string, version: number, from: string, to: string | null) =>
        `Acuerdo ${id}, versión ${version}, desde ${from}${to === null ? "" : ` hasta ${to}`}.`,
    },
    targeting: {
      title: "Segmentación y tiempos",
      countries: "Países",
      blocked: "No en",
      everywhere: "en todas partes",
      days: "Abierta",
      always: "siempre",
      rules: "Segmentación",
      utm: "Parámetros añadidos",
      zone: "Los días son los de",
      currency: "Moneda",
      state: "Estado de programa y oferta",
      fallback: "Los demás visitantes van a",
    },
    tests: {
      title: "Pruebas",
      heading: ["Prueba", "Estado", "Cuándo (UTC)", "Por"],
      parts: {
        link: "Enlace seguido hasta el final",
        inbound: "Los eventos llegaron y se entendieron",
        outbound: "El postback del socio respondió",
      },
      states: {
        passed: "superada",
        failed: "fallida",
        stale: "superada, pero la configuración ha cambiado desde entonces: repítala",
        missing: "aún sin probar",
        not_needed: "no hace falta",
      },
      byPartner: (name: string) => `${name} (socio)`,
    },
    foot: (hash: string, at: string) => `Hecha a partir de la configuración ${hash} a las ${at} UTC`,
  },
} as const satisfies Readonly<Record<ProofLanguage, unknown>>;
