import type { BankAccount, Counterparty } from "../contracts.ts";
import { present } from "../references.ts";
import { all, find, textAt, type XmlElement } from "../xml.ts";

/** Versions 1 to 6 write the party's name directly, later ones below `Pty` (or `Agt`, when the party is a bank). */
function partyName(party: XmlElement | undefined): string | undefined {
  return (
    textAt(party, "Nm") ??
    textAt(party, "Pty", "Nm") ??
    textAt(party, "Agt", "FinInstnId", "Nm") ??
    textAt(party, "FinInstnId", "Nm")
  );
}

function address(party: XmlElement | undefined): string | undefined {
  const at = find(party, "PstlAdr") ?? find(party, "Pty", "PstlAdr");
  if (at === undefined) return undefined;
  const street = [textAt(at, "StrtNm"), textAt(at, "BldgNb")].filter((part) => part !== undefined).join(" ");
  const town = [textAt(at, "PstCd"), textAt(at, "TwnNm")].filter((part) => part !== undefined).join(" ");
  const lines = all(at, "AdrLine").map((line) => line.text.trim());
  const parts = [street, ...lines, town, textAt(at, "CtrySubDvsn") ?? "", textAt(at, "Ctry") ?? ""];
  return parts.filter((part) => part !== "").join(", ") || undefined;
}

interface AccountNumber {
  readonly iban?: string;
  readonly number?: string;
}

/** `Id/IBAN`, `Id/Othr/Id`; version 1 has `BBAN`, `UPIC` and `PrtryAcct` instead of the latter. */
export function accountNumber(account: XmlElement | undefined): AccountNumber {
  const id = find(account, "Id");
  const iban = textAt(id, "IBAN")?.replace(/\s+/g, "");
  const number =
    textAt(id, "Othr", "Id") ??
    textAt(id, "BBAN") ??
    textAt(id, "UPIC") ??
    textAt(id, "PrtryAcct", "Id") ??
    textAt(account, "Prxy", "Id");
  return present({ iban, number: iban === undefined ? number : undefined });
}

interface Bank {
  readonly bic?: string;
  readonly bankCode?: string;
  readonly bankName?: string;
}

function bankOf(agent: XmlElement | undefined): Bank {
  const institution = find(agent, "FinInstnId");
  const at = find(institution, "CmbndId") ?? institution;
  return present({
    bic: textAt(at, "BICFI") ?? textAt(at, "BIC"),
    bankCode:
      textAt(at, "ClrSysMmbId", "MmbId") ??
      textAt(at, "ClrSysMmbId", "Id") ??
      textAt(at, "ClrSysMmbId", "Prtry") ??
      textAt(at, "Othr", "Id"),
    bankName: textAt(at, "Nm") ?? textAt(at, "NmAndAdr", "Nm"),
  });
}

export function ownAccount(account: XmlElement | undefined): BankAccount {
  const { bankName: _, ...bank } = bankOf(find(account, "Svcr"));
  return {
    ...accountNumber(account),
    ...bank,
    ...present({
      owner: partyName(find(account, "Ownr")),
      name: textAt(account, "Nm"),
      type: (textAt(account, "Tp", "Cd") ?? textAt(account, "Tp", "Prtry"))?.toLowerCase(),
    }),
    currency: textAt(account, "Ccy") ?? null,
  };
}

type Side = "Dbtr" | "Cdtr";

function side(transaction: XmlElement, which: Side): Counterparty | null {
  const parties = find(transaction, "RltdPties");
  const party = find(parties, which);
  const { iban, number } = accountNumber(find(parties, `${which}Acct`));
  const found: Counterparty = {
    ...present({
      name: partyName(party) ?? textAt(parties, `${which}Acct`, "Nm"),
      iban,
      account: number,
      address: address(party),
      ultimateName: partyName(find(parties, `Ultmt${which}`)),
    }),
    ...bankOf(find(transaction, "RltdAgts", `${which}Agt`)),
  };
  return Object.keys(found).length === 0 ? null : found;
}

/**
 * The other party. Money in comes from the debtor, money out goes to the creditor; in a return the parties keep the parts of the
 * first payment, so that whoever turns out to be the account's owner gives way to the other one.
 */
export function counterpartyOf(transaction: XmlElement, credit: boolean, own: BankAccount): Counterparty | null {
  const first = side(transaction, credit ? "Dbtr" : "Cdtr");
  const second = side(transaction, credit ? "Cdtr" : "Dbtr");
  if (first === null || isOwner(first, own)) return second !== null && !isOwner(second, own) ? second : first;
  const nameless = first.name === undefined && first.iban === undefined && first.account === undefined;
  return nameless && second?.name !== undefined && !isOwner(second, own) ? { ...first, ...second } : first;
}

function isOwner(party: Counterparty, own: BankAccount): boolean {
  if (party.iban !== undefined && own.iban !== undefined) return party.iban === own.iban;
  if (party.account !== undefined && own.number !== undefined) return party.account === own.number;
  return party.name !== undefined && party.name.toLowerCase() === own.owner?.toLowerCase();
}
