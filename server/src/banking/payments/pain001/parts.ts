import type { BankDetail } from "../../details/contracts.ts";
import type { Address, Payment, PaymentBatch } from "../contracts.ts";
import type { Findings } from "../prepare.ts";
import type { Element } from "../xml.ts";
import type { Profile } from "./profiles.ts";
import { accountText, clearingOf, plainReference, referenceKind } from "./route.ts";

export function initiator(batch: PaymentBatch, profile: Profile, findings: Findings): Element {
  const { name, id } = batch.initiator;
  const number = id === undefined ? "" : findings.text(null, "initiator.id", id, "latin", 35);
  return [
    "InitgPty",
    [
      ["Nm", findings.text(null, "initiator.name", name, profile.set, 70)],
      number === "" ? undefined : ["Id", [["OrgId", [["Othr", [["Id", number]]]]]]],
    ],
  ];
}

export function partyOf(
  tag: "Dbtr" | "Cdtr",
  paymentId: string | null,
  party: { readonly name: string; readonly address?: Address | undefined },
  profile: Profile,
  findings: Findings,
): Element {
  const field = tag === "Dbtr" ? "debtor" : "payee";
  const name = findings.text(paymentId, `${field}.name`, party.name, profile.set, 70);
  return [tag, [["Nm", name], addressOf(paymentId, `${field}.address`, party.address, profile, findings)]];
}

function addressOf(
  paymentId: string | null,
  field: string,
  address: Address | undefined,
  profile: Profile,
  findings: Findings,
): Element | undefined {
  if (address === undefined) return undefined;
  if (!/^[A-Z]{2}$/.test(address.country)) {
    const hint = "Give its two letters, like DE (ISO 3166).";
    findings.refuse(paymentId, `${field}.country`, address.country, ["wrong_format", "is no country", hint]);
    return undefined;
  }
  const part = (name: string, most: number) => {
    const value = address[name as keyof Address] ?? "";
    return value.trim() === "" ? "" : findings.text(paymentId, `${field}.${name}`, value, profile.set, most);
  };
  const [street, building, postCode, town, region] = [
    part("street", 70),
    part("building", 16),
    part("postCode", 16),
    part("town", 35),
    part("region", 35),
  ];
  if (profile.sepaAddress === "lines") {
    const lines = [`${street} ${building}`, `${postCode} ${town}`].map((line) => line.trim().slice(0, 70).trim());
    return ["PstlAdr", [["Ctry", address.country], ...lines.map((line) => element("AdrLine", line))]];
  }
  if (town === "") {
    // An address by its parts needs a town (banks refuse it otherwise since November 2026): half an address is left out, and said.
    const half = [street, building, postCode, region, address.country].filter((one) => one !== "").join(" ");
    findings.change(paymentId, field, half, "left out: an address needs its town");
    return undefined;
  }
  return [
    "PstlAdr",
    [
      element("StrtNm", street),
      element("BldgNb", building),
      element("PstCd", postCode),
      element("TwnNm", town),
      element("CtrySubDvsn", region),
      ["Ctry", address.country],
    ],
  ];
}

function element(name: string, text: string): Element | undefined {
  return text === "" ? undefined : [name, text];
}

export function accountOf(tag: "DbtrAcct" | "CdtrAcct", detail: BankDetail, currency: string | undefined): Element {
  const { iban } = detail.fields;
  const id: Element = iban === undefined ? ["Othr", [["Id", accountText(detail)]]] : ["IBAN", iban];
  return [tag, [["Id", [id]], currency === undefined ? undefined : ["Ccy", currency]]];
}

/** The bank of an account: its BIC, else its clearing number; the payer's bank has to be named, if only as not provided. */
export function agentOf(
  tag: "DbtrAgt" | "CdtrAgt",
  detail: BankDetail,
  profile: Profile,
  needed: boolean,
): Element | undefined {
  const banks = banksOf(detail, profile, needed);
  return banks.length === 0 ? undefined : [tag, [["FinInstnId", banks]]];
}

/** BIC and clearing number where both are known: a bank abroad may need either. */
function banksOf(detail: BankDetail, profile: Profile, needed: boolean): readonly Element[] {
  const { bic, iban } = detail.fields;
  const named: readonly Element[] = bic === undefined ? [] : [[profile.bicTag, bic]];
  const clearing = profile.sepaOnly ? undefined : clearingOf(detail);
  if (clearing !== undefined) return [...named, member(clearing.code, clearing.member)];
  if (named.length > 0 || !needed) return named;
  // A Swiss account says its bank itself: five digits behind the check digits.
  if (profile.swiss && iban !== undefined && /^(?:CH|LI)/.test(iban)) return [member("CHBCC", iban.slice(4, 9))];
  return [["Othr", [["Id", "NOTPROVIDED"]]]];
}

function member(code: string, id: string): Element {
  return [
    "ClrSysMmbId",
    [
      ["ClrSysId", [["Cd", code]]],
      ["MmbId", id],
    ],
  ];
}

export function remittanceOf(payment: Payment, profile: Profile, findings: Findings): Element | undefined {
  const { reference, remittance } = payment;
  if (reference !== undefined) {
    const kind = referenceKind(reference);
    if (kind === undefined) return undefined;
    const type: Element = kind === "SCOR" ? ["Cd", kind] : ["Prtry", kind];
    const plain = plainReference(reference);
    return [
      "RmtInf",
      [
        [
          "Strd",
          [
            [
              "CdtrRefInf",
              [
                ["Tp", [["CdOrPrtry", [type]]]],
                ["Ref", plain],
              ],
            ],
          ],
        ],
      ],
    ];
  }
  if (remittance === undefined || remittance.trim() === "") return undefined;
  const text = findings.text(payment.id, "remittance", remittance, profile.set, 140);
  return text === "" ? undefined : ["RmtInf", [["Ustrd", text]]];
}
