import type { Regime, RegimeBook, Sentence } from "@tributary/contract";

const says = (en: string, es: string): Sentence => ({ en, es });
const regime = (code: string, name: Sentence, regulator: string, own: Partial<Regime>): Regime => ({
  code,
  name,
  regulator,
  countries: [],
  licences: [],
  termRules: [],
  figures: [],
  warnings: [],
  marks: [],
  forbidden: [],
  duties: [],
  source: "",
  ...own,
});

const GAMBLING = ["guaranteed", "risk_free", "get_rich", "chasing_losses", "pressure", "minors", "credit"];
const TRADING = ["guaranteed", "risk_free", "get_rich", "signals", "professional", "disparagement", "credit"];
const ADULT = {
  code: "age",
  name: says("The age limit", "La edad mínima"),
  anyOf: ["18+", "over 18", "18 años", "mayores de 18", "ab 18"],
};
const ADVERTISING = {
  code: "ad",
  name: says("That it is advertising", "Que es publicidad"),
  anyOf: ["#ad", "advertis", "publicidad", "anzeige", "werbung"],
};
const SAFER = {
  code: "safer-gambling",
  name: says("A signpost to safer gambling", "Una indicación de juego responsable"),
  anyOf: ["begambleaware", "gamcare", "gamble responsibly", "juego responsable", "spiel mit verantwortung"],
};
const LOSS = {
  code: "loss",
  name: says("Retail accounts that lose money", "Cuentas minoristas que pierden dinero"),
  unit: "%",
};
/** The standardized warning; that it carries the firm's own figure is from general knowledge, not from the stored source. */
const CFD_WARNING = {
  code: "cfd",
  needed: true,
  text: {
    en: "CFDs are complex instruments and come with a high risk of losing money rapidly due to leverage. {loss}% of retail investor accounts lose money when trading CFDs with this provider. You should consider whether you understand how CFDs work and whether you can afford to take the high risk of losing your money.",
    es: "Los CFD son instrumentos complejos y están asociados a un riesgo elevado de perder dinero rápidamente debido al apalancamiento. El {loss}% de las cuentas de inversores minoristas pierden dinero en la comercialización con CFD con este proveedor. Debe considerar si comprende el funcionamiento de los CFD y si puede permitirse asumir un riesgo elevado de perder su dinero.",
    de: "CFDs sind komplexe Instrumente und gehen wegen der Hebelwirkung mit dem hohen Risiko einher, schnell Geld zu verlieren. {loss}% der Kleinanlegerkonten verlieren Geld beim CFD-Handel mit diesem Anbieter. Sie sollten überlegen, ob Sie verstehen, wie CFDs funktionieren, und ob Sie es sich leisten können, das hohe Risiko einzugehen, Ihr Geld zu verlieren.",
  },
};

/** What regulators ask, with where it is said. Which components a licence allows stays with the jurisdiction rules of agreements. */
export const SHIPPED_REGIMES: RegimeBook = {
  regimes: [
    regime("uk-ukgc", says("Great Britain: gambling", "Gran Bretaña: juego"), "UK Gambling Commission", {
      countries: ["GB"],
      licences: ["remote_operating"],
      termRules: ["ukgc-oversight"],
      marks: [ADULT, ADVERTISING, SAFER],
      forbidden: GAMBLING,
      duties: [
        says(
          "The licensee answers for the partner as for itself; the partner acts as if bound by the licence.",
          "El titular responde por el socio como por sí mismo; el socio actúa como sujeto a la licencia.",
        ),
        says(
          "Main terms stand beside the offer; nobody shown is or looks under 25.",
          "Las condiciones principales van junto a la oferta; nadie que aparezca tiene o aparenta menos de 25 años.",
        ),
      ],
      source: "UKGC LCCP SR 1.1.2; UK CAP/ASA",
    }),
    regime("uk-fca", says("United Kingdom: CFDs", "Reino Unido: CFD"), "Financial Conduct Authority", {
      countries: ["GB"],
      licences: ["appointed_representative", "authorised"],
      figures: [LOSS],
      warnings: [CFD_WARNING],
      marks: [ADVERTISING],
      forbidden: TRADING,
      duties: [
        says(
          "No pressure selling, no push to professional status, nothing aimed at younger people who know little of it.",
          "Sin venta a presión, sin empujar a la condición profesional, nada dirigido a jóvenes poco formados.",
        ),
      ],
      source: "FCA portfolio letter 2022; Dear CEO letter 2016",
    }),
    regime("eu-esma", says("EEA: CFDs", "EEE: CFD"), "ESMA and national authorities", {
      countries: ["EEA"],
      licences: ["tied_agent", "investment_firm", "none"],
      termRules: ["esma-conflict"],
      figures: [LOSS],
      warnings: [CFD_WARNING],
      forbidden: TRADING,
      duties: [
        says(
          "Without an authorization: no advice, no signals, no service to clients; no way around by third countries.",
          "Sin autorización: ni asesoramiento, ni señales, ni atención a clientes; sin atajos por terceros países.",
        ),
      ],
      source: "ESMA supervisory briefing and statements on CFDs; program's risk-warning rule",
    }),
    regime("cy-cysec", says("Cyprus: investment firms", "Chipre: empresas de inversión"), "CySEC", {
      countries: ["CY"],
      licences: ["cif"],
      termRules: ["cysec-conflict"],
      figures: [LOSS],
      warnings: [CFD_WARNING],
      forbidden: TRADING,
      duties: [
        says(
          "Material is prepared or approved beforehand by the firm, and watched.",
          "El material lo prepara o aprueba antes la empresa, y se vigila.",
        ),
        says(
          "Partners that work or worked with the firm are published; the regulator is told with the owner's identity.",
          "Los socios actuales y pasados se publican; se informa al regulador con la identidad del titular.",
        ),
      ],
      source: "CySEC C217 (2017); CySEC 2016",
    }),
    regime(
      "us-nj-dge",
      says("New Jersey: gaming", "Nueva Jersey: juego"),
      "New Jersey Division of Gaming Enforcement",
      {
        countries: ["US-NJ"],
        licences: ["vendor_registration", "ancillary_csie"],
        termRules: ["nj-vendor", "nj-unlicensed"],
        marks: [
          {
            code: "age",
            name: says("The age limit 21+", "La edad mínima 21+"),
            anyOf: ["21+", "21 and over", "must be 21", "over 21"],
          },
        ],
        forbidden: GAMBLING,
        duties: [
          says(
            "Flat pay: vendor registration; a share, a hybrid or a variable CPA: ancillary CSIE licence; sub-affiliates too.",
            "Pago fijo: registro de proveedor; participación, híbrido o CPA variable: licencia CSIE auxiliar; también subafiliados.",
          ),
        ],
        source: "New Jersey DGE; similar in other US states by pay model",
      },
    ),
  ],
};
