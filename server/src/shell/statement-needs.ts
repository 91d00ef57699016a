import { generateKeyPairSync } from "node:crypto";
import type { StatementDetail } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { type PayeeFacts, payeeBlocks, payeeDetails, payeesOf } from "../payees/index.ts";
import type { StatementsNeeds } from "../statements/routes.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What statements are given of the rooms above them, and the keys they are signed with. */
export function statementNeeds(program: Program): StatementsNeeds {
  const whole = program.database.db;
  return {
    whole,
    issuer: program.configuration.publicUrl ?? "",
    vault: vaultFor(program),
    newKeyPair: () => {
      const { publicKey, privateKey } = generateKeyPairSync("ed25519");
      const { x = "" } = publicKey.export({ format: "jwk" });
      const pem = privateKey.export({ format: "pem", type: "pkcs8" });
      return { publicKey: Buffer.from(x, "base64url"), privateKey: String(pem) };
    },
    // Whose statement it is has been asked already; payees are read as a whole, since a partner's connection sees only its own part of them.
    payoutOf: (ctx, _actor, partnerId) => payoutOf({ ...ctx, db: whole }, partnerId),
  };
}

async function payoutOf(ctx: Context, partnerId: string): Promise<StatementDetail["payout"]> {
  const payees = await payeesOf(ctx, [partnerId], dayOf(ctx.clock.now(), "UTC"));
  const ids = [...new Set(payees.map((one) => one.payeeId))];
  const details = await payeeDetails(ctx, ids);
  const blocks = Map.groupBy(await payeeBlocks(ctx, ids), (one) => one.payeeId);
  return ids.flatMap((id) => {
    const facts = details.get(id);
    if (facts === undefined) return [];
    const { threshold } = facts.terms;
    return [
      {
        payee: facts.legalName,
        method: methodOf(facts),
        threshold: threshold === null ? null : { ...threshold, minor: String(threshold.minor) },
        tax: taxOf(facts),
        blocks: (blocks.get(id) ?? []).map((one) => one.code),
      },
    ];
  });
}

/** The first way of being paid, by what of it may be shown. */
function methodOf({ details: [first] }: PayeeFacts): string | null {
  if (first === undefined) return null;
  const account = Object.values(first.masked.fields).find((text) => text?.includes("•"));
  return [first.masked.method, account].filter((text) => text !== undefined).join(" ");
}

function taxOf({ tax }: PayeeFacts): StatementDetail["payout"][number]["tax"] {
  return tax === null ? null : { vat: tax.vat, vatRate: tax.vatRate, withholdingRate: tax.withholding?.rate ?? null };
}
