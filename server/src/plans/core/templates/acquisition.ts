import type { Template } from "./template.ts";

export const ACQUISITION: readonly Template[] = [
  {
    code: "cpa_by_country",
    fields: ["igaming", "fx"],
    title: ["CPA by country", "CPA por país"],
    text: [
      "A fixed amount per first depositor, by country tier, with qualification, hold and clawback.",
      "Un importe fijo por primer depositante, según nivel de país, con calificación, retención y recuperación.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: cpa
    model: cpa
    amount:
      rows: # the first row that matches applies
        - when: { country: [DE, AT, CH] }
          value: "180.00"
        - when: { country: [ES, IT, PT] }
          value: "120.00"
      otherwise: "60.00"
    qualification:
      all:
        - { metric: first_deposit, atLeast: "20.00" }
        - { metric: deposits, atLeast: "50.00" }
        - { milestone: kyc_passed }
        - { attribute: status, notIn: [duplicate, fraud, self_excluded] }
    window: { from: registration, days: 30 }
    clawback: { on: [chargeback], within: { days: 60 } }
    hold: { days: 30 }
`,
  },
  {
    code: "hybrid",
    fields: ["igaming", "fx"],
    title: ["Hybrid: CPA and share", "Híbrido: CPA y participación"],
    text: [
      "Both from the first day, each at about half of its usual value.",
      "Ambos desde el primer día, cada uno a cerca de la mitad de su valor habitual.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: cpa
    model: cpa
    amount: "60.00"
    qualification: { metric: deposits, atLeast: "30.00" }
    window: { from: registration, days: 45 }
    hold: { days: 14 }
  - code: share
    model: revenue_share
    rate: "0.20"
    base:
      name: ngr
      terms: [{ add: ggr }, { deduct: bonus }, { deduct: fees }, { deduct: taxes }]
    carryover: { mode: none }
`,
  },
  {
    code: "cpa_as_advance",
    fields: ["igaming", "fx"],
    title: ["CPA as an advance on the share", "CPA como anticipo de la participación"],
    text: [
      "The CPA is paid first; the share of the same customer begins when it has brought it in.",
      "El CPA se paga primero; la participación del mismo cliente empieza cuando lo ha recuperado.",
    ],
    source: `language: 1
currency: USD
components:
  - code: advance
    model: cpa
    amount: "200.00"
    qualification: { metric: deposits, atLeast: "200.00" }
    window: { from: registration, days: 60 }
  - code: share
    model: revenue_share
    rate: "0.30"
    base: { name: revenue, terms: [{ add: spread }, { add: commission }] }
    netting: [customer]
    carryover: { mode: none }
    recoups: { component: advance, scope: customer }
`,
  },
  {
    code: "share_below_baseline",
    fields: ["igaming"],
    title: ["CPA, and a share for the others", "CPA, y participación para los demás"],
    text: [
      "Customers who qualify are paid for once; those who do not earn a share.",
      "Los clientes que califican se pagan una vez; los demás generan una participación.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: cpa
    model: cpa
    amount: "100.00"
    qualification:
      all:
        - { metric: first_deposit, atLeast: "25.00" }
        - { metric: turnover, atLeast: "100" }
    window: { from: registration, days: 30 }
  - code: share_of_the_rest
    model: revenue_share
    rate: "0.25"
    base: { name: ngr, terms: [{ add: ngr }] }
    customers: { notQualified: cpa, from: window_end }
    carryover: { mode: none }
`,
  },
  {
    code: "deposit_ladder",
    fields: ["fx"],
    title: ["Deposit ladder", "Escala de depósitos"],
    text: [
      "A customer is worth more the more it deposits; each step pays the difference.",
      "Un cliente vale más cuanto más deposita; cada escalón paga la diferencia.",
    ],
    source: `language: 1
currency: USD
components:
  - code: ladder
    model: cpa_ladder
    of: deposits
    steps:
      - { from: "100", amount: "50.00" }
      - { from: "1000", amount: "200.00" }
      - { from: "5000", amount: "600.00" }
      - { from: "20000", amount: "1000.00" }
    window: { from: registration, days: 90 }
    hold: { days: 30 }
`,
  },
  {
    code: "cpa_volume_tiers",
    fields: ["igaming", "fx"],
    title: ["CPA that grows with volume", "CPA que crece con el volumen"],
    text: [
      "Each customer is paid by its place in the month; capped, the rest waits for a decision.",
      "Cada cliente se paga según su lugar en el mes; con límite, el resto espera una decisión.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: cpa
    model: cpa
    amount:
      metric: { count: qualified, component: cpa }
      mode: marginal
      bounds: at_least
      bands:
        - { from: "1", value: "80.00" }
        - { from: "11", value: "100.00" }
        - { from: "51", value: "130.00" }
    qualification: { metric: first_deposit, atLeast: "20.00" }
    window: { from: registration, days: 30 }
    caps:
      - { name: monthly, limit: "200", of: items, per: month, overflow: pend }
`,
  },
  {
    code: "cpl_verified",
    fields: ["fx", "commerce"],
    title: ["Verified leads with a quality gate", "Clientes potenciales verificados con condición de calidad"],
    text: [
      "An amount per verified lead; a month whose leads do not become customers is held.",
      "Un importe por cliente potencial verificado; un mes cuyos contactos no se convierten queda retenido.",
    ],
    source: `language: 1
currency: USD
components:
  - code: lead
    model: cpl
    amount: "12.00"
    qualification:
      all:
        - { milestone: registration }
        - { attribute: email_verified, in: ["true"] }
        - { attribute: phone_verified, in: ["true"] }
    gate:
      needs:
        metric:
          ratio: [{ count: first_deposits }, { count: registrations }]
        atLeast: "0.06"
      otherwise: hold
    hold: { days: 0, from: month_end }
`,
  },
];
