import { userEmails } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnerById } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { findDocument } from "./store/documents.ts";
import { findProof } from "./store/sites.ts";

/** A mail about something that a partner has to do, or its owner has to know. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

type Language = "en" | "es";
const languageOf = (code: string): Language => (code.startsWith("es") ? "es" : "en");

const ENDING = {
  en: (what: string, day: string, over: boolean) =>
    over
      ? `${what} ended on ${day}. Hand in a newer one, please.`
      : `${what} ends on ${day}. Hand in a newer one before then, please.`,
  es: (what: string, day: string, over: boolean) =>
    over
      ? `${what} venció el ${day}. Entregue uno más reciente, por favor.`
      : `${what} vence el ${day}. Entregue antes uno más reciente, por favor.`,
} as const;

/**
 * To the partner, in its language, and to whoever looks after it: a document ends or has ended.
 * @param address of this deployment, without a slash at its end
 */
export async function endLetters(ctx: Context, documentId: string, address: string): Promise<Letter[]> {
  const row = await findDocument(ctx.db, documentId);
  // Replaced or rejected meanwhile: there is nothing to remind of.
  if (row === undefined || row.state !== "accepted" || row.expires_on === null) return [];
  const day = row.expires_on;
  const { document: book } = await bookInForce(ctx, "documents");
  const name = book.kinds.find(({ code }) => code === row.kind)?.name;
  const over = day < ctx.clock.now().toISOString().slice(0, 10);
  const text = (language: Language) => ENDING[language](name?.[language] ?? row.kind, day, over);
  return await toBoth(ctx, row.partner_id, text, {
    partner: `${address}/portal/documents`,
    owner: `${address}/documents/${documentId}`,
  });
}

/** The proof of a domain is gone. */
export async function lostLetters(ctx: Context, proofId: string, address: string): Promise<Letter[]> {
  const row = await findProof(ctx.db, proofId);
  if (row === undefined || row.state !== "lost") return [];
  const text = (language: Language) =>
    language === "es"
      ? `La prueba de que ${row.domain} es suyo ya no está. Póngala de nuevo, por favor.`
      : `The proof that ${row.domain} is yours is not there any more. Put it back, please.`;
  return await toBoth(ctx, row.partner_id, text, {
    partner: `${address}/portal/documents`,
    owner: `${address}/partners/${row.partner_id}?tab=due-diligence`,
  });
}

async function toBoth(
  ctx: Context,
  partnerId: string,
  text: (language: Language) => string,
  links: { readonly partner: string; readonly owner: string },
): Promise<Letter[]> {
  const partner = await partnerById(ctx.db, partnerId);
  if (partner === undefined) return [];
  const language = languageOf(partner.language);
  const { ownerUserId } = partner;
  const owners = ownerUserId === null ? [] : [...(await userEmails(ctx.db, [ownerUserId])).values()];
  const own =
    partner.email === ""
      ? []
      : [{ to: partner.email, subject: text(language), text: `${text(language)}\n\n${links.partner}` }];
  return [
    ...own,
    ...owners.map((to) => ({
      to,
      subject: `${partner.name}: ${text("en")}`,
      text: `${partner.name}: ${text("en")}\n\n${links.owner}`,
    })),
  ];
}
