import type { Template } from "./template.ts";

export const SHARES: readonly Template[] = [
  {
    code: "ngr_tiers",
    fields: ["igaming"],
    title: ["NGR share in tiers, negatives carried", "Participación de NGR por tramos, con arrastre"],
    text: [
      "25 to 45 % of net gaming revenue by what it came to; a negative month reduces the next.",
      "Del 25 al 45 % del ingreso neto de juego según su importe; un mes negativo reduce el siguiente.",
    ],
    source: `language: 1
currency: EUR
bases:
  ngr:
    name: ngr
    terms:
      - add: ggr
      - deduct: bonus
      - deduct: { rate: "0.16", of: ggr, name: admin_fee } # licence, platform and game providers
      - deduct: { rate: "0.05", of: [deposit, withdrawal], name: payment_fee }
components:
  - code: share
    model: revenue_share
    base: ngr
    rate:
      metric: { base: ngr }
      mode: whole
      bounds: at_least
      bands:
        - { from: "0", value: "0.25" }
        - { from: "5000", value: "0.30" }
        - { from: "20000", value: "0.35" }
        - { from: "50000", value: "0.45" }
    netting: [brand]
    carryover: { mode: full, unit: base }
    highRoller:
      threshold: "10000.00"
      unit: base
      when: partner_negative
      month: excluded
      carry: whole
payout: { minimum: "100.00", bound: at_least }
`,
  },
  {
    code: "share_by_product",
    fields: ["igaming"],
    title: ["Share by product, sport and casino apart", "Participación por producto, apuestas y casino aparte"],
    text: [
      "Each product is balanced by itself, at a rate of its own; nothing is carried.",
      "Cada producto se liquida por separado, a su propia tasa; nada se arrastra.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: share
    model: revenue_share
    base: { name: ngr, terms: [{ add: ngr }] }
    rate:
      rows:
        - { when: { product: [casino, live_casino] }, value: "0.35" }
        - { when: { product: [sportsbook] }, value: "0.30" }
        - { when: { product: [poker] }, value: "0.25" }
      otherwise: "0.20"
    netting: [product]
    carryover: { mode: none }
`,
  },
  {
    code: "saas_recurring",
    fields: ["saas"],
    title: ["SaaS: 20 % for twelve months", "SaaS: 20 % durante doce meses"],
    text: [
      "A share of every payment of a subscription in its first twelve months; refunds take it back.",
      "Una parte de cada pago de una suscripción en sus primeros doce meses; los reembolsos la retiran.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: recurring
    model: recurring
    rate: "0.20"
    basis: [{ add: sale }, { deduct: tax }]
    limit: { months: 12, from: first_payment }
    annual: as_paid
    refunds: proportional
    hold: { days: 30 }
payout: { minimum: "50.00", bound: at_least }
`,
  },
  {
    code: "commerce_sale",
    fields: ["commerce"],
    title: ["Share of sales by category", "Participación en ventas por categoría"],
    text: [
      "A percentage of each order by category, a bonus for new customers, and returns taken back.",
      "Un porcentaje de cada pedido por categoría, un bono por clientes nuevos, y devoluciones retiradas.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: sales
    model: sale
    rate:
      rows:
        - { when: { category: [electronics] }, value: "0.02" }
        - { when: { category: [fashion, home] }, value: "0.08" }
      otherwise: "0.05"
    basis: [{ add: sale }, { deduct: tax }, { deduct: shipping }]
    refunds: proportional
    hold: { days: 45 }
  - code: new_customer
    model: sale
    amount: "5.00"
    orders: first
    refunds: whole
    hold: { days: 45 }
`,
  },
  {
    code: "sub_partner_10",
    fields: ["igaming", "fx", "saas"],
    title: ["Share, and 10 % of sub-partners", "Participación y 10 % de subsocios"],
    text: [
      "A share of own customers, and ten per cent of what partners earn that were brought.",
      "Una participación de los clientes propios y el diez por ciento de lo que ganan los socios que se trajeron.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: share
    model: revenue_share
    rate: "0.30"
    base: { name: ngr, terms: [{ add: ngr }] }
    carryover: { mode: full }
  - code: sub_partners
    model: sub_partner
    pays: { mode: percent_of_commission, rates: ["0.10"] }
    funding: operator
`,
  },
  {
    code: "tenancy_and_share",
    fields: ["igaming", "media"],
    title: ["Tenancy and share", "Ubicación fija y participación"],
    text: [
      "A monthly fee for a placement, paid by days, and a small share.",
      "Una cuota mensual por una ubicación, pagada por días, y una pequeña participación.",
    ],
    source: `language: 1
currency: GBP
components:
  - code: tenancy
    model: flat_fee
    amount: "2500.00"
    per: month
    placement: home page, first position
    from: 2026-01-01
    until: 2026-12-31
    proration: days
  - code: share
    model: revenue_share
    rate: "0.10"
    base: { name: ngr, terms: [{ add: ngr }] }
    carryover: { mode: none }
`,
  },
  {
    code: "guarantee",
    fields: ["media", "igaming"],
    title: ["Minimum guarantee on a share", "Garantía mínima sobre una participación"],
    text: [
      "At least so much a month; what the share falls short of it is paid on top and forgiven.",
      "Al menos tanto al mes; lo que falta a la participación se paga además y se perdona.",
    ],
    source: `language: 1
currency: EUR
components:
  - code: share
    model: revenue_share
    rate: "0.30"
    base: { name: ngr, terms: [{ add: ngr }] }
    carryover: { mode: none }
  - code: guarantee
    model: minimum_guarantee
    amount: "3000.00"
    per: month
    of: [share]
    kind: top_up
    shortfall: forgiven
    from: 2026-01-01
    until: 2026-06-30
`,
  },
];
