import type { Template } from "./template.ts";

export const TRADING: readonly Template[] = [
  {
    code: "lot_rebate",
    fields: ["fx"],
    title: ["Lot rebate by symbol group", "Rebate por lote según grupo de símbolos"],
    text: [
      "An amount per lot by symbol, then group; short and hedged trades do not count.",
      "Un importe por lote según símbolo y después grupo; las operaciones cortas y cubiertas no cuentan.",
    ],
    source: `language: 1
currency: USD
components:
  - code: rebate
    model: lot_rebate
    amount: # the first row that matches: symbols before groups
      rows:
        - { when: { symbol: [XAUUSD] }, value: "10.00" }
        - { when: { symbol_group: [majors] }, value: "7.00" }
        - { when: { symbol_group: [minors, exotics] }, value: "9.00" }
        - { when: { symbol_group: [indices] }, value: "1.50" }
      otherwise: nothing
    trades:
      minSeconds: 180
      exclude: [partial_close, hedged, bonus_funds]
    factors:
      - name: account
        factor:
          rows: [{ when: { account_type: [cent] }, value: "0.01" }]
          otherwise: "1"
`,
  },
  {
    code: "spread_share",
    fields: ["fx"],
    title: ["Share of the spread, by lots traded", "Participación del spread, según lotes"],
    text: [
      "A share of the spread that rises with the month's lots; news spreads are damped.",
      "Una participación del spread que sube con los lotes del mes; los spreads de noticias se amortiguan.",
    ],
    source: `language: 1
currency: USD
components:
  - code: spread
    model: spread_share
    rate:
      metric: { sum: lots, period: last_closed }
      mode: whole
      bounds: at_least
      bands:
        - { from: "0", value: "0.25" }
        - { from: "100", value: "0.33" }
        - { from: "500", value: "0.40" }
      movement: { up: 1, down: 1, graceMonths: 1 }
    spread: { from: measure, measure: spread }
    mostPoints: "35"
    damping: average_over_current
    trades: { minSeconds: 60 }
`,
  },
  {
    code: "ib_levels",
    fields: ["fx"],
    title: ["Introducing broker with three levels", "Introductor con tres niveles"],
    text: [
      "A share of the commission of own customers and less of each level below.",
      "Una parte de la comisión de los clientes propios y menos de cada nivel inferior.",
    ],
    source: `language: 1
currency: USD
components:
  - code: own
    model: commission_share
    rate: "0.30"
    of: commission
  - code: levels
    model: sub_partner
    pays:
      mode: percent_of_fee
      of: commission
      rates: ["0.10", "0.05", "0.02"]
    inactive: compress
`,
  },
];

export const MEDIA: readonly Template[] = [
  {
    code: "clicks_and_installs",
    fields: ["media", "commerce"],
    title: ["Clicks and installs", "Clics e instalaciones"],
    text: [
      "An amount per unique click with a monthly limit, and one per install.",
      "Un importe por clic único con límite mensual, y otro por instalación.",
    ],
    source: `language: 1
currency: USD
components:
  - code: clicks
    model: cpc
    amount: "0.15"
    count: unique_clicks
    caps:
      - { name: budget, limit: "1500.00", of: amount, per: month, overflow: reject }
  - code: installs
    model: per_event
    event: install
    each: customer
    amount: "1.80"
`,
  },
  {
    code: "quarter_bonus",
    fields: ["igaming", "fx", "saas"],
    title: ["CPA with a quarterly bonus", "CPA con bono trimestral"],
    text: [
      "A CPA, and ten per cent of the quarter's commission when the target was met.",
      "Un CPA, y el diez por ciento de la comisión del trimestre si se cumplió el objetivo.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: cpa
    model: cpa
    amount: "90.00"
    qualification: { metric: first_deposit, atLeast: "20.00" }
    window: { from: registration, days: 30 }
  - code: quarter
    model: bonus
    needs: { metric: { count: first_deposits, period: quarter }, atLeast: "100" }
    pays: quarter
    rate: "0.10"
    of: [cpa]
    over: quarter
`,
  },
];
