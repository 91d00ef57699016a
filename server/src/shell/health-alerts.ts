import { userEmails } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { letterOf } from "../health/index.ts";
import { partnerById } from "../partners/index.ts";
import { offerById, programById } from "../programs/index.ts";
import type { Mail } from "./mail.ts";

/** Whoever looks after the partner, or else the program, is told by mail of what is unusual about its tracking. */
export function healthMail(ctx: Context, publicUrl: string, sendMail: (mail: Mail) => Promise<boolean>): Jobs {
  return {
    tasks: {
      "tracking.alert": async (payload) => {
        const { alertId } = payload as { readonly alertId?: string };
        if (alertId === undefined) return;
        for (const mail of await alertMails(ctx, publicUrl, alertId)) await sendMail(mail);
      },
    },
  };
}

export async function alertMails(ctx: Context, publicUrl: string, alertId: string): Promise<Mail[]> {
  const letter = await letterOf(ctx, alertId);
  const program = letter && (await programById(ctx.db, letter.programId));
  if (letter === undefined || program === undefined) return [];
  const partner = letter.partnerId === null ? undefined : await partnerById(ctx.db, letter.partnerId);
  const offer = letter.offerId === null ? undefined : await offerById(ctx.db, letter.offerId);
  const owner = partner?.ownerUserId ?? program.ownerUserId;
  const emails = owner === null ? new Map<string, string>() : await userEmails(ctx.db, [owner]);
  const names = {
    partner: partner?.name ?? "",
    offer: offer?.name ?? "",
    source: program.name,
    timeZone: program.timeZone,
  };
  const { subject, text } = letter.write(names);
  const address = `${publicUrl}/health/${alertId}`;
  const to = new Set([...emails.values(), ...letter.emails]);
  return [...to].map((one) => ({ to: one, subject, text: `${text}\n\n${address}` }));
}
