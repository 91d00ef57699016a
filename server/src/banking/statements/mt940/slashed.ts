import type { Counterparty } from "../contracts.ts";
import { partyAccount, present } from "../references.ts";
import type { Information } from "./told.ts";

/**
 * Codes between slashes: `/TRTP/SEPA OVERBOEKING/IBAN/NL75…/NAME/…/REMI/…/EREF/…` (ABN AMRO, Knab, bunq),
 * `/EREF/…/BENM//NAME/…/REMI/…/ISDT/…` (Rabobank), `/EREF/…//CNTP/IBAN/BIC/name/town//REMI/USTD//text/` (ING),
 * `/BENM/account` with name and purpose on lines of their own (Balkans). Only these words are codes: texts hold slashes too.
 */
const CODES =
  "TRTP|IBAN|BBAN|BIC|NAME|REMI|EREF|KREF|IREF|PREF|MARF|CSID|CNTP|BENM|ORDP|ULTB|ULTD|ULTC|PURP|RTRN|ISDT|ID|ADDR|NRTX|TRCD|OCMT|CHGS|EXCH|SVCL|BO|BO1|ORDB|SWOC|ROC|INFO|TXID|INST|CREF|UDTR|DBTR|CDTR|ACCW|BENB|CHKN|MAND|STOR|RREF|PREC|CHEQ|TR|RE|TI|FX";
const CODE = new RegExp(`/(${CODES})/`, "g");

export function slashedText(text: string): Information | undefined {
  const trimmed = text.trimStart();
  const starts = new RegExp(`^/(?:${CODES})/`).test(trimmed);
  if (!starts) return undefined;
  const values = valuesOf(trimmed);
  const counterparty = partyOf(values);
  const remittance = values.get("REMI");
  const reason = values.get("RTRN");
  const structured = structuredReference(remittance);
  return {
    dialect: "slashed",
    references: {
      endToEndId: values.get("EREF"),
      paymentInformationId: values.get("PREF"),
      customer: values.get("KREF") ?? values.get("CREF") ?? values.get("ROC"),
      instructionId: values.get("IREF") ?? values.get("INST"),
      transactionId: values.get("TXID"),
      mandateId: values.get("MARF") ?? values.get("MAND"),
      creditorId: values.get("CSID"),
      checkNumber: values.get("CHKN") ?? values.get("CHEQ"),
    },
    counterparty,
    remittance: {
      unstructured:
        structured === undefined ? lines(remittance, values.get("INFO"), values.get("RE"), ...behindName(values)) : [],
      structured: structured === undefined ? [] : [structured],
    },
    codes: [],
    ...present({ text: values.get("TRTP") ?? values.get("TR"), purpose: values.get("PURP")?.replace(/^CD\//, "") }),
    ...(reason === undefined ? {} : { returned: present({ code: /^[A-Z0-9]{4}/.exec(reason)?.[0], text: reason }) }),
  };
}

/** Code → its text up to the next code; the first of each counts, slashes and blanks around it do not. */
function valuesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let at = 0;
  let code: string | undefined;
  const put = (until: number): void => {
    if (code === undefined) return;
    const value = text.slice(at, until).replace(/^[\s/]+|[\s/]+$/g, "");
    if (value !== "" && !values.has(code)) values.set(code, value);
  };
  CODE.lastIndex = 0;
  for (let match = CODE.exec(text); match !== null; match = CODE.exec(text)) {
    put(match.index);
    code = match[1];
    at = CODE.lastIndex;
    // The slash that ends one code may begin the next: /BENM//NAME/ and /REMI/EREF/.
    CODE.lastIndex -= 1;
  }
  put(text.length);
  return values;
}

function partyOf(values: ReadonlyMap<string, string>): Counterparty {
  const [first = "", second = "", third = ""] = (values.get("CNTP") ?? "").split("/");
  const side = values.get("BENM") ?? values.get("ORDP") ?? values.get("BO") ?? values.get("BO1");
  const [sideFirst = "", ...sideRest] = (side ?? "").split("/").map((part) => part.trim());
  const sideIsAccount = /^\d[\d\s-]{7,}$/.test(sideFirst);
  return {
    ...partyAccount(
      first || values.get("IBAN") || values.get("BBAN") || values.get("ACCW") || (sideIsAccount ? sideFirst : ""),
    ),
    ...present({
      name:
        third ||
        (values.get("NAME") ?? (sideIsAccount ? sideRest.find((part) => part !== "") : sideFirst || undefined)),
      bic: second || values.get("BIC")?.trim(),
      address: values.get("ADDR"),
      ultimateName: values.get("ULTC") ?? values.get("ULTD") ?? values.get("ULTB"),
    }),
  };
}

/** `/BENM/account/name/purpose//reference`: what stands behind the name is remittance. */
function behindName(values: ReadonlyMap<string, string>): readonly string[] {
  const [account = "", ...rest] = (values.get("BENM") ?? values.get("ORDP") ?? "").split("/");
  if (!/^\d[\d\s-]{7,}$/.test(account.trim())) return [];
  return rest.filter((part) => part.trim() !== "").slice(1);
}

function structuredReference(remittance: string | undefined): string | undefined {
  return /^STRD\/(?:CUR|ISO|OTHR)\/(.+)$/.exec(remittance ?? "")?.[1];
}

function lines(...texts: readonly (string | undefined)[]): readonly string[] {
  return texts.flatMap((text) => {
    const line = text?.replace(/^USTD\/\/?/, "").trim() ?? "";
    return line === "" ? [] : [line];
  });
}
