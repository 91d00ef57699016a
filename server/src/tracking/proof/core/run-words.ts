import { EVENT_NOTES, type EventNote } from "../../core/parse-event.ts";
import type { ProofLanguage } from "./words.ts";

/** What is said about a run of a postback test. */
export const RUN_WORDS = {
  en: {
    checks: {
      chain: "The chain of the link is whole",
      registration: "A registration arrived with the click ID",
      payment: "A later event of the same customer arrived",
      attributed: "The customer would be this partner's",
      qualification: "The agreement's conditions were met",
      answered: "The partner's address accepted the postback",
    },
    missing: {
      click_id:
        "No click ID: without it (or a code) nobody knows whose customer this is. Hand it on from the landing page.",
      bad_click_id: "What stands in the click ID's place was not issued here: hand it on as it is, all 45 letters.",
      time: "No time: the moment of arrival is taken. Send occurred_at with its zone.",
      currency: "No currency: the program's is assumed. Send currency.",
      amount: "No amount: a deposit or sale without one earns no share. Send amount.",
    },
    notes: EVENT_NOTES as Readonly<Record<string, string>>,
    reasons: {
      test_click: "It carries the test click.",
      test_call: "It came from a source for tests, or from the test itself.",
      test_customer: "Its customer came by the test click.",
    } as Readonly<Record<string, string>>,
    country: (country: string) =>
      `Our own links were told that the visitor is in ${country}. Other servers see this server's address and decide by it; they got the browser's headers and language.`,
    scripts: "Scripts that work out an address are not run: such a chain ends here for the test.",
    stages: { registration: "Registration", ftd: "First deposit" },
    tokenPlace: "YOUR_TOKEN",
  },
  es: {
    checks: {
      chain: "La cadena del enlace está entera",
      registration: "Llegó un registro con el ID de clic",
      payment: "Llegó un evento posterior del mismo cliente",
      attributed: "El cliente sería de este socio",
      qualification: "Se cumplieron las condiciones del acuerdo",
      answered: "La dirección del socio aceptó el postback",
    },
    missing: {
      click_id:
        "Sin ID de clic: sin él (o un código) nadie sabe de quién es este cliente. Páselo desde la página de destino.",
      bad_click_id: "Lo que está en el lugar del ID de clic no se emitió aquí: páselo tal cual, sus 45 letras.",
      time: "Sin hora: se toma la de llegada. Envíe occurred_at con su zona.",
      currency: "Sin moneda: se supone la del programa. Envíe currency.",
      amount: "Sin importe: un depósito o venta sin importe no genera participación. Envíe amount.",
    },
    notes: {
      zone_assumed: "la hora llegó sin zona: se leyó en la del programa",
      time_assumed: "no llegó hora: se tomó la de llegada",
      clock_skew: "la hora está un poco en el futuro: el reloj de la fuente va adelantado",
      currency_assumed: "no llegó moneda: se tomó la del programa",
      external_id_assumed: "no llegó un ID externo: se hizo uno con cliente, producto y día",
      ngr_computed: "no llegó NGR: GGR menos bonos, comisiones e impuestos",
      amount_ignored: "este tipo de evento no tiene importe: se dejó de lado",
      click_id_unknown: "el ID de clic no se emitió aquí: el evento cuenta, el clic no",
    } satisfies Readonly<Record<EventNote, string>> as Readonly<Record<string, string>>,
    reasons: {
      test_click: "Lleva el clic de prueba.",
      test_call: "Vino de una fuente de pruebas o de la propia prueba.",
      test_customer: "Su cliente vino por el clic de prueba.",
    } as Readonly<Record<string, string>>,
    country: (country: string) =>
      `A nuestros enlaces se les dijo que el visitante está en ${country}. Los demás servidores ven la dirección de este servidor y deciden por ella; recibieron las cabeceras y el idioma del navegador.`,
    scripts: "No se ejecutan scripts que calculan una dirección: esa cadena termina aquí para la prueba.",
    stages: { registration: "Registro", ftd: "Primer depósito" },
    tokenPlace: "SU_TOKEN",
  },
} as const satisfies Readonly<Record<ProofLanguage, unknown>>;

export type CheckName = keyof (typeof RUN_WORDS)["en"]["checks"];
export type MissingName = keyof (typeof RUN_WORDS)["en"]["missing"];
