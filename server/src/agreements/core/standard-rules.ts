import type { JurisdictionRule, PolicyDocument } from "@tributary/contract";

/** What holds in a program that has written nothing of its own: one other person approves, no notice, two weeks to answer. */
export const STANDARD_POLICY: PolicyDocument = {
  rules: [
    {
      code: "second-person",
      name: "A second person",
      when: { kind: "always" },
      approvers: [{ role: "any", count: 1 }],
    },
  ],
  notice: { worseDays: 0, anyDays: 0 },
  answerDays: 14,
  reminderDays: [30, 7],
};

const flat = (model: string) => ({ model, flat: true });
const any = (model: string) => ({ model, flat: false });

/** Paid for how much a client trades, deposits or loses. */
const ON_TRADING = [
  "lot_rebate",
  "pip_rebate",
  "point_rebate",
  "spread_share",
  "commission_share",
  "notional",
  "revenue_share",
  "theoretical",
  "sale",
].map(any);

/**
 * What every program begins with. Forbidden is what a regulator's own rule forbids; a conflict of interest that has to be looked at is a warning, which an
 * operator may sharpen.
 */
export const STANDARD_JURISDICTION_RULES: readonly JurisdictionRule[] = [
  {
    code: "nj-vendor",
    name: "New Jersey: vendor registration",
    jurisdictions: ["US-NJ"],
    licences: ["vendor_registration"],
    kind: "only",
    components: [flat("cpc"), flat("cpm"), flat("cpa"), flat("flat_fee")],
    effect: "forbid",
    sentence: {
      en: "With a New Jersey vendor registration a partner may be paid flat amounts only: per click, per thousand impressions, per acquisition or for sponsorship. A share of revenue, a hybrid or a variable CPA needs an ancillary CSIE licence.",
      es: "Con un registro de proveedor de Nueva Jersey solo se pueden pagar importes fijos: por clic, por mil impresiones, por captación o por patrocinio. Una participación en los ingresos, un híbrido o un CPA variable exige una licencia CSIE auxiliar.",
    },
    source:
      "New Jersey DGE: flat CPC, CPM, CPA and sponsorship under vendor registration; all else under a CSIE licence",
  },
  {
    code: "nj-unlicensed",
    name: "New Jersey: no registration",
    jurisdictions: ["US-NJ"],
    licences: ["none"],
    kind: "only",
    components: [],
    effect: "forbid",
    sentence: {
      en: "A partner that works in New Jersey needs a vendor registration before it is paid anything, and an ancillary CSIE licence before it is paid a share.",
      es: "Un socio que trabaja en Nueva Jersey necesita un registro de proveedor antes de cobrar nada, y una licencia CSIE auxiliar antes de cobrar una participación.",
    },
    source: "New Jersey DGE: vendor registration or ancillary CSIE licence, sub-affiliates too",
  },
  {
    code: "ukgc-oversight",
    name: "Great Britain: the licensee answers",
    jurisdictions: ["GB"],
    licences: [],
    kind: "not",
    components: [any("revenue_share"), any("theoretical")],
    effect: "warn",
    sentence: {
      en: "The licensee answers for this partner as for itself: due diligence, oversight and a right to end the agreement have to stand behind a share of what players lose.",
      es: "El titular de la licencia responde por este socio como por sí mismo: una participación en lo que pierden los jugadores exige diligencia debida, supervisión y un derecho a resolver el acuerdo.",
    },
    source: "UKGC LCCP SR 1.1.2",
  },
  {
    code: "cysec-conflict",
    name: "Cyprus: conflicted remuneration",
    jurisdictions: ["CY"],
    licences: [],
    kind: "not",
    components: [...ON_TRADING, any("cpl")],
    effect: "warn",
    sentence: {
      en: "CySEC sees pay as a percentage of volume or deposits, per converted lead or as a share of what clients lose as a conflict of interest: record how it is managed.",
      es: "La CySEC considera un conflicto de intereses el pago como porcentaje del volumen o de los depósitos, por cliente potencial convertido o como parte de lo que pierden los clientes: deje constancia de cómo se gestiona.",
    },
    source: "CySEC 2016, staff and outsourced remuneration",
  },
  {
    code: "esma-conflict",
    name: "EEA: pay from a third party",
    jurisdictions: ["EEA"],
    licences: ["none"],
    kind: "not",
    components: ON_TRADING.filter((one) => !["revenue_share", "sale"].includes(one.model)),
    effect: "warn",
    sentence: {
      en: "A partner without an authorization must not advise, give signals or serve clients; pay that grows with trading is a conflict of interest under ESMA's statement.",
      es: "Un socio sin autorización no puede asesorar, dar señales ni atender a clientes; un pago que crece con la operativa es un conflicto de intereses según la declaración de la ESMA.",
    },
    source: "ESMA supervisory briefing on CFDs: unauthorized introducing brokers and third-party remuneration",
  },
];
