import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { sql } from "kysely";
import { MoneyWorld } from "../../../test/money/world.ts";
import { expiredDocuments } from "./expired.ts";

let world: MoneyWorld;
before(async () => {
  world = await MoneyWorld.open("2026-03-10T12:00:00Z");
});
after(() => world.close());

let number = 0;
async function document(partnerId: string, kind: string, state: string, expiresOn: string | null): Promise<void> {
  number += 1;
  await sql`
    insert into compliance.document (document_id, partner_id, kind, state, file_name, media_type, size, sha256, sealed_key, expires_on,
                                     uploaded_by, uploaded_name, uploaded_at, by_partner)
    values (${`doc_${number}`}, ${partnerId}, ${kind}, ${state}, 'file.pdf', 'application/pdf', 1, '', 'sealed', ${expiresOn}::date,
            'usr_1', 'Ana', now(), false)`.execute(world.ctx.db);
}

it("counts what has ended and was not followed by another of its kind", async () => {
  const ended = await world.partner("ended");
  const renewed = await world.partner("renewed");
  const good = await world.partner("good");
  await document(ended, "photo_id", "accepted", "2026-03-09");
  await document(ended, "proof_of_address", "accepted", "2026-01-31");
  await document(ended, "bank_statement", "rejected", "2026-01-31");
  await document(renewed, "photo_id", "accepted", "2026-01-01");
  await document(renewed, "photo_id", "accepted", "2036-01-01");
  await document(good, "photo_id", "accepted", "2026-03-10");
  await document(good, "tax_form", "accepted", null);
  const found = await expiredDocuments(world.ctx, [ended, renewed, good], "2026-03-10");
  assert.deepEqual([...found], [[ended, 2]], "a document holds up to and with its last day");
});
