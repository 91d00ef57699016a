/** A movement as a test writes it; cents, credit positive. */
export interface Movement {
  readonly cents: number;
  readonly on: string;
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly reference?: string;
}

export interface StatementSketch {
  readonly number: string;
  readonly opening: number;
  readonly movements: readonly Movement[];
  readonly iban?: string;
  /** what the bank says; left out: what it adds up to */
  readonly closing?: number;
}

const amount = (cents: number) =>
  `${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;
const side = (cents: number) => (cents < 0 ? "DBIT" : "CRDT");

/** A camt.053 of a euro account, as a bank writes it. */
export function camt053(sketch: StatementSketch): Buffer {
  const { number, opening, movements, iban = "DE89370400440532013000" } = sketch;
  const days = movements.map((one) => one.on).sort();
  const [from, to] = [days[0] ?? "2026-04-01", days.at(-1) ?? "2026-04-01"];
  const closing = sketch.closing ?? movements.reduce((sum, one) => sum + one.cents, opening);
  const balance = (code: string, cents: number, on: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount(cents)}</Amt><CdtDbtInd>${side(cents)}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M${number}</MsgId><CreDtTm>${to}T20:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>S${number}</Id><ElctrncSeqNb>${number}</ElctrncSeqNb><CreDtTm>${to}T20:00:00Z</CreDtTm><FrToDt><FrDtTm>${from}T00:00:00Z</FrDtTm><ToDtTm>${to}T23:59:59Z</ToDtTm></FrToDt>
<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Operator Ltd</Nm></Ownr></Acct>
${balance("OPBD", opening, from)}${balance("CLBD", closing, to)}
${movements.map(entryOf).join("\n")}</Stmt></BkToCstmrStmt></Document>`);
}

function entryOf({ cents, on, id, name, text, reference }: Movement): string {
  const party =
    name === undefined
      ? ""
      : cents < 0
        ? `<RltdPties><Cdtr><Pty><Nm>${name}</Nm></Pty></Cdtr></RltdPties>`
        : `<RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr></RltdPties>`;
  return `<Ntry><Amt Ccy="EUR">${amount(cents)}</Amt><CdtDbtInd>${side(cents)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>${reference === undefined ? "" : `<AcctSvcrRef>${reference}</AcctSvcrRef>`}
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${cents < 0 ? "ICDT" : "RCDT"}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs>${id === undefined ? "" : `<EndToEndId>${id}</EndToEndId>`}</Refs><Amt Ccy="EUR">${amount(cents)}</Amt><CdtDbtInd>${side(cents)}</CdtDbtInd>${party}<RmtInf><Ustrd>${text ?? "Commission"}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
}
