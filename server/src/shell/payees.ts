import { createHmac } from "node:crypto";
import { verifySecondFactor } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import type { Branding, Sender } from "../invoices/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { lettersOf, type PayeeNeeds } from "../payees/index.ts";
import { branding } from "../statements/index.ts";
import { type Mail, mailer } from "./mail.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What payees is given: the vault of this deployment, fingerprints that nobody else can work out, and a second look at who proposes. */
export function payeeNeeds(program: Program): PayeeNeeds {
  const key = program.key("payee accounts");
  return {
    vault: vaultFor(program),
    fingerprint: (text) => createHmac("sha256", key).update(text).digest("base64url"),
    secondFactor: async (_ctx, actor, code) => {
      if (actor.kind !== "user" && actor.kind !== "partner_user") return;
      const secret = program.key("sessions").toString("base64url");
      // Whoever has no second factor is let by here: two people and the cooling-off period stand behind it.
      await verifySecondFactor(program.ctx, actor, code ?? "", "payment detail", secret).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code !== "second_factor_missing") throw error;
      });
    },
  };
}

/** Contacts that stood before a change of a payment detail are told by mail. */
export function payeeMail(ctx: Context, sendMail: (mail: Mail) => Promise<boolean>): Jobs {
  return {
    tasks: {
      "payees.detail_changed": async (payload) => {
        const { noticeIds } = payload as { readonly noticeIds: readonly string[] };
        for (const letter of await lettersOf(ctx, noticeIds)) await sendMail(letter);
      },
    },
  };
}

/** How the operator's papers look, for whoever asks. */
export function brandingOf(program: Program): () => Promise<Branding> {
  return () => branding(program.database.db);
}

/** Mails with attachments. Without a mail server they are kept, and that is as good as it gets. */
export function invoiceSender(program: Program): Sender {
  const send = mailer(program);
  return async (mail) => {
    if (await send(mail)) return "sent";
    return program.configuration.smtpUrl === undefined ? "kept" : "failed";
  };
}
