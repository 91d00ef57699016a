import type { ProofLanguage } from "./words.ts";

const of = (what: string, type: string | null) => (type === null ? what : `${what} (${type})`);

/** The words of caps on the set-up sheet. */
export const CAP_WORDS = {
  en: {
    title: "Caps",
    none: "Nothing is capped.",
    heading: ["Cap", "At most", "Counts", "In each", "Of each", "Beyond it"],
    metrics: {
      clicks: () => "clicks",
      conversions: (type: string | null) => of("conversions", type),
      amount: (type: string | null) => of("amount", type),
    },
    periods: { day: "day", week: "week", month: "month", total: "all the time" },
    each: { all: "all together", partner: "partner", source: "source" },
    overflow: {
      fallback: "clicks go elsewhere, conversions count",
      pend: "conversions wait for a decision",
      stop: "conversions earn nothing",
    },
  },
  es: {
    title: "Topes",
    none: "No hay topes.",
    heading: ["Tope", "Como máximo", "Cuenta", "En cada", "De cada", "Más allá"],
    metrics: {
      clicks: () => "clics",
      conversions: (type: string | null) => of("conversiones", type),
      amount: (type: string | null) => of("importe", type),
    },
    periods: { day: "día", week: "semana", month: "mes", total: "todo el tiempo" },
    each: { all: "todos juntos", partner: "socio", source: "fuente" },
    overflow: {
      fallback: "los clics van a otro sitio, las conversiones cuentan",
      pend: "las conversiones esperan una decisión",
      stop: "las conversiones no devengan nada",
    },
  },
} as const satisfies Record<ProofLanguage, object>;
