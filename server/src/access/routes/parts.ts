import type { Context, Db } from "../../database/index.ts";
import { notFound } from "../../kernel/refusals.ts";
import type { Touch } from "../contracts.ts";
import type { TokenSource } from "../core/tokens.ts";
import type { OneTimeToken } from "../invitations.ts";
import type { TouchOfPartner } from "../users.ts";

/** What these routes need beyond the request: given by the shell, since partners and mail stand above this room. */
export interface AccessParts {
  readonly tokens: TokenSource;
  /** Address under which browsers reach the program, without a slash at the end. */
  readonly publicUrl: string;
  /** The operator's own connection: the trail is closed to partners' requests, which read their team's part of it through this room. */
  readonly whole: Db;
  /** Name of a partner and what an action on it touches; undefined when there is none that the context may see. */
  readonly partner: (ctx: Context, id: string) => Promise<{ readonly name: string; readonly touch: Touch } | undefined>;
  /** Sends a mail if mail is set up. Resolves with whether it was sent. */
  readonly sendMail: (mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }) => Promise<boolean>;
}

export function touchOfPartner(parts: AccessParts): TouchOfPartner {
  return async (ctx, id) => {
    const partner = await parts.partner(ctx, id);
    if (partner === undefined) throw notFound("partner", id);
    return { ...partner.touch, partnerId: id };
  };
}

/** The page on which a one-time link is used. */
export function welcomeLink(parts: AccessParts, forPartner: boolean, token: string): string {
  return `${parts.publicUrl}${forPartner ? "/portal" : ""}/welcome?token=${token}`;
}

/** Sends the link by mail when there is mail, and answers it in any case: whoever made it can pass it on. */
export async function handOver(
  parts: AccessParts,
  to: { readonly email: string; readonly forPartner: boolean; readonly occasion: string },
  token: OneTimeToken,
): Promise<{ link: string; expiresAt: string; mailed: boolean }> {
  const link = welcomeLink(parts, to.forPartner, token.token);
  const until = token.expiresAt.toISOString().slice(0, 16).replace("T", " ");
  const text = `${to.occasion}\n\n${link}\n\nThe link works once, until ${until} UTC.\n`;
  const mailed = await parts.sendMail({ to: to.email, subject: to.occasion, text });
  return { link, expiresAt: token.expiresAt.toISOString(), mailed };
}
