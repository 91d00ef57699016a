import { ImapFlow } from "imapflow";
import { type Context, transact } from "../database/index.ts";
import type { PipelineNeeds } from "./contracts.ts";
import { takeRead } from "./mail.ts";
import { readMessage } from "./message.ts";
import * as store from "./store/mail.ts";

/** A message larger than this is passed over: what is said in it stands in its first megabytes. */
const MOST_BYTES = 25 * 1024 * 1024;
const AT_ONCE = 200;

/** Looks into every mailbox that is switched on. One that cannot be read says why on its page, and is tried again. @returns messages taken */
export async function readMailboxes(ctx: Context, needs: PipelineNeeds): Promise<number> {
  let taken = 0;
  for (const mailbox of (await store.mailboxRows(ctx.db)).filter((one) => one.active)) {
    const looked = { looked_at: ctx.clock.now() };
    try {
      taken += await readMailbox(ctx, needs, mailbox);
      await store.updateMailbox(ctx.db, mailbox.mailbox_id, { ...looked, problem: "" });
    } catch (error) {
      await store.updateMailbox(ctx.db, mailbox.mailbox_id, { ...looked, problem: reasonOf(error) });
    }
  }
  return taken;
}

function reasonOf(error: unknown): string {
  const { message, responseText } = error as { message?: string; responseText?: string };
  return (responseText ?? message ?? String(error)).slice(0, 400);
}

/**
 * Takes what is new in one mailbox. Each message and how far was read are written in one transaction, so that a kill in between takes none
 * twice and loses none. A server that numbers its messages anew (another UIDVALIDITY) is read from the beginning; messages taken before are known by their id.
 */
async function readMailbox(ctx: Context, needs: PipelineNeeds, mailbox: store.MailboxRow): Promise<number> {
  const client = new ImapFlow({
    host: mailbox.host,
    port: mailbox.port,
    secure: mailbox.secure,
    auth: { user: mailbox.user_name, pass: needs.vault.open(mailbox.password) },
    logger: false,
    socketTimeout: 60_000,
  });
  // Told by the calls that fail as well; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const opened = await client.mailboxOpen(mailbox.folder, { readOnly: true });
    const known = mailbox.uid_validity === opened.uidValidity;
    const from = known ? mailbox.last_uid + 1n : 1n;
    const uids = ((await client.search({ uid: `${from}:*` }, { uid: true })) || []).filter(
      (uid) => BigInt(uid) >= from,
    );
    let taken = 0;
    for (const uid of uids.sort((a, b) => a - b).slice(0, AT_ONCE)) {
      const raw = await sourceOf(client, uid);
      const message = raw === undefined ? undefined : await readMessage(raw);
      await transact(ctx, async (tx) => {
        const source = {
          own: [mailbox.user_name.toLowerCase()],
          programId: mailbox.program_id,
          makesLeads: mailbox.makes_leads,
        };
        if (message !== undefined) await takeRead(tx, message, source);
        const read = { uid_validity: opened.uidValidity, last_uid: BigInt(uid) };
        await store.updateMailbox(tx.db, mailbox.mailbox_id, read);
      });
      taken += 1;
    }
    return taken;
  } finally {
    await client.logout().catch(() => client.close());
  }
}

async function sourceOf(client: ImapFlow, uid: number): Promise<Buffer | undefined> {
  const found = await client.fetchOne(String(uid), { source: { maxLength: MOST_BYTES } }, { uid: true });
  return found === undefined || found === false ? undefined : found.source;
}
