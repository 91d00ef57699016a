import type { PlanLanguage } from "@tributary/contract";

/** What people call measures, quantities, milestones, metrics and dimensions; and the models, short. English first. */
const NAMES: Readonly<Record<string, readonly [en: string, es: string]>> = {
  registration: ["registration", "registro"],
  registrations: ["registrations", "registros"],
  kyc_passed: ["identity verified", "identidad verificada"],
  first_deposit: ["first deposit", "primer depósito"],
  first_deposits: ["first deposits", "primeros depósitos"],
  first_sale: ["first sale", "primera venta"],
  first_trade: ["first trade", "primera operación"],
  first_payment: ["first payment", "primer pago"],
  deposit: ["deposit", "depósito"],
  deposits: ["deposits in all", "depósitos en total"],
  withdrawal: ["withdrawal", "retiro"],
  withdrawals: ["withdrawals in all", "retiros en total"],
  net_deposits: ["deposits less withdrawals", "depósitos menos retiros"],
  active_days: ["active days", "días activos"],
  active_customers: ["active customers", "clientes activos"],
  customer: ["customer", "cliente"],
  customers: ["customers", "clientes"],
  qualified: ["customers who qualified", "clientes que calificaron"],
  partner: ["partner", "socio"],
  sub_partners: ["sub-partners", "subsocios"],
  level: ["level", "nivel"],
  click: ["click", "clic"],
  clicks: ["clicks", "clics"],
  unique_clicks: ["unique clicks", "clics únicos"],
  impression: ["impression", "impresión"],
  impressions: ["impressions", "impresiones"],
  install: ["install", "instalación"],
  installs: ["installs", "instalaciones"],
  activity: ["activity", "actividad"],
  ggr: ["GGR", "GGR"],
  ngr: ["NGR", "NGR"],
  revenue: ["revenue", "ingresos"],
  net_revenue: ["net revenue", "ingresos netos"],
  bonus: ["bonuses", "bonos"],
  bonuses: ["bonuses", "bonos"],
  fee: ["fee", "comisión cobrada"],
  fees: ["fees", "comisiones cobradas"],
  tax: ["tax", "impuesto"],
  taxes: ["taxes", "impuestos"],
  admin_fee: ["administration fee", "gastos de administración"],
  payment_fee: ["payment fee", "gastos de pago"],
  payment_fees: ["payment fees", "gastos de pago"],
  processing: ["payment processing", "procesamiento de pagos"],
  gaming_duty: ["gaming duty", "impuesto sobre el juego"],
  platform_fee: ["platform fee", "gastos de plataforma"],
  licence_fee: ["licence fee", "gastos de licencia"],
  shipping: ["shipping", "envío"],
  discount: ["discount", "descuento"],
  lead: ["lead", "contacto"],
  email_verified: ["e-mail verified", "correo verificado"],
  phone_verified: ["phone verified", "teléfono verificado"],
  conversion: ["conversion", "conversión"],
  advance: ["advance", "anticipo"],
  jackpot: ["jackpot contribution", "aportación al jackpot"],
  royalties: ["royalties", "regalías"],
  turnover: ["turnover", "volumen jugado"],
  stake: ["stakes", "apuestas"],
  stakes: ["stakes", "apuestas"],
  bets: ["bets", "apuestas"],
  wins: ["wins", "premios"],
  chargeback: ["chargeback", "contracargo"],
  chargebacks: ["chargebacks", "contracargos"],
  refund: ["refund", "reembolso"],
  refunds: ["refunds", "reembolsos"],
  refunded_orders: ["orders that were refunded", "pedidos reembolsados"],
  sale: ["sale", "venta"],
  sales: ["sales", "ventas"],
  order: ["order", "pedido"],
  orders: ["orders", "pedidos"],
  order_value: ["what the orders are worth", "lo que valen los pedidos"],
  payment: ["payment", "pago"],
  payments: ["payments", "pagos"],
  subscription: ["subscription", "suscripción"],
  trade: ["trade", "operación"],
  trades: ["trades", "operaciones"],
  lots: ["lots", "lotes"],
  pips: ["pips", "pips"],
  points: ["points", "puntos"],
  spread: ["spread", "spread"],
  spread_points: ["points of spread", "puntos de spread"],
  commission: ["commission", "comisión"],
  markup: ["mark-up", "margen añadido"],
  swap: ["swap", "swap"],
  notional: ["traded volume", "volumen negociado"],
  volume: ["volume", "volumen"],
  edge: ["edge", "ventaja"],
  theoretical_win: ["theoretical win", "ganancia teórica"],
  players_dealt: ["players dealt in", "jugadores con cartas"],
  own_funds: ["own funds", "fondos propios"],
  own_funds_share: ["share of own funds", "parte de fondos propios"],
  equity: ["equity", "patrimonio"],
  balance: ["balance", "saldo"],
  seconds: ["seconds", "segundos"],
  amount: ["amount", "importe"],
  worth: ["order value after its deductions", "valor del pedido tras sus deducciones"],
  reward: ["reward", "recompensa"],
  bonus_basis: ["commission that the bonus is a share of", "comisión de la que la bonificación es una parte"],
  base: ["base", "base"],
  country: ["country", "país"],
  product: ["product", "producto"],
  casino: ["casino", "casino"],
  sports: ["sports", "deportes"],
  poker: ["poker", "póquer"],
  brand: ["brand", "marca"],
  offer: ["offer", "oferta"],
  symbol: ["symbol", "símbolo"],
  group: ["group", "grupo"],
  symbol_group: ["symbol group", "grupo de símbolos"],
  licence: ["licence", "licencia"],
  device: ["device", "dispositivo"],
  method: ["method", "método"],
  status: ["status", "estado"],
  platform: ["platform", "plataforma"],
  account_type: ["account type", "tipo de cuenta"],
  deal: ["deal", "acuerdo"],
  all: ["all", "todo"],
  open: ["opened", "apertura"],
  close: ["closed", "cierre"],
};

/** The models as people name them in a list. */
const MODELS: Readonly<Record<string, readonly [en: string, es: string]>> = {
  cpa: ["CPA", "CPA"],
  cpl: ["CPL", "CPL"],
  cpa_ladder: ["CPA ladder", "Escala de CPA"],
  cpc: ["Clicks (CPC)", "Clics (CPC)"],
  cpm: ["Impressions (CPM)", "Impresiones (CPM)"],
  per_event: ["Per event", "Por evento"],
  sale: ["Sales", "Ventas"],
  recurring: ["Recurring payments", "Pagos recurrentes"],
  revenue_share: ["Revenue share", "Participación en ingresos"],
  theoretical: ["Theoretical win", "Ganancia teórica"],
  lot_rebate: ["Lot rebate", "Rebate por lote"],
  pip_rebate: ["Pip rebate", "Rebate por pip"],
  point_rebate: ["Point rebate", "Rebate por punto"],
  spread_share: ["Spread share", "Parte del spread"],
  commission_share: ["Commission share", "Parte de la comisión"],
  notional: ["Traded volume", "Volumen negociado"],
  flat_fee: ["Fixed fee", "Tarifa fija"],
  minimum_guarantee: ["Minimum guarantee", "Mínimo garantizado"],
  bonus: ["Bonus", "Bonificación"],
  sub_partner: ["Sub-partners", "Subsocios"],
  client_rebate: ["Rebate given away", "Rebate cedido"],
};

/** A code of a plan or of its facts as words: `identity verified`, `fees per deposits in all`; what has no word is shown with spaces. */
export function nameInWords(code: string, language: PlanLanguage): string {
  const found = NAMES[code];
  if (found !== undefined) return found[language === "en" ? 0 : 1];
  for (const [joint, words] of JOINTS) {
    const at = code.indexOf(joint);
    if (at <= 0 || at + joint.length >= code.length) continue;
    const [over, under] = [code.slice(0, at), code.slice(at + joint.length)];
    // Days and names of people have such signs too.
    if (![over, under].every((part) => /^[a-z][a-z0-9_/-]*$/.test(part))) continue;
    return `${nameInWords(over, language)} ${words[language]} ${nameInWords(under, language)}`;
  }
  return isCode(code) ? code.replaceAll("_", " ") : code;
}

const JOINTS: readonly (readonly [string, Readonly<Record<PlanLanguage, string>>])[] = [
  ["/", { en: "per", es: "por" }],
  ["_per_", { en: "per", es: "por" }],
  ["-", { en: "less", es: "menos" }],
];

function isCode(text: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(text);
}

/** `Revenue share`, and with the component's own code where that says more: `Lot rebate (gold)`. */
export function componentInWords(model: string, code: string, language: PlanLanguage): string {
  const found = MODELS[model];
  const name = found === undefined ? nameInWords(model, language) : found[language === "en" ? 0 : 1];
  const own = code.replaceAll("_", " ");
  const isSaid = name.toLowerCase().includes(own) || model.replaceAll("_", " ").includes(own);
  return isSaid ? name : `${name} (${own})`;
}
