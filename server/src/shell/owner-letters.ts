import { userEmails, userNames } from "../access/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { partnersByIds } from "../partners/index.ts";
import type { Mail } from "./mail.ts";
import type { Program } from "./program.ts";

interface OwnersChanged {
  readonly tellPartners: boolean;
  readonly partners: readonly {
    readonly partnerId: string;
    readonly owner: string | null;
    readonly deputy: string | null;
  }[];
}

/** Partners that were handed over are told by mail who looks after them now, where whoever handed them over wanted it. */
export function ownerLetters(program: Program, sendMail: (mail: Mail) => Promise<boolean>): Jobs {
  return {
    tasks: {
      "partners.owner_changed": async (payload) => {
        for (const mail of await lettersOfOwners(program.ctx, payload as OwnersChanged)) await sendMail(mail);
      },
    },
  };
}

export async function lettersOfOwners(ctx: Context, news: OwnersChanged): Promise<readonly Mail[]> {
  if (!news.tellPartners) return [];
  const people = [...new Set(news.partners.flatMap((one) => [one.owner, one.deputy]).filter((id) => id !== null))];
  const [names, emails] = [await userNames(ctx, people), await userEmails(ctx.db, people)];
  const facts = await partnersByIds(
    ctx.db,
    news.partners.map((one) => one.partnerId),
  );
  const partners = new Map(facts.map((one) => [one.partnerId, one]));
  return news.partners.flatMap(({ partnerId, owner, deputy }) => {
    const partner = partners.get(partnerId);
    const name = owner === null ? undefined : names.get(owner);
    if (partner === undefined || partner.email === "" || name === undefined) return [];
    const words = WORDS[partner.language.startsWith("es") ? "es" : "en"];
    const by = (id: string | null) => (id === null ? "" : `${names.get(id) ?? ""} <${emails.get(id) ?? ""}>`);
    const lines = [words.owner(by(owner)), deputy === null ? "" : words.deputy(by(deputy)), words.rest];
    return [
      { to: partner.email, subject: words.subject(name), text: lines.filter((line) => line !== "").join("\n\n") },
    ];
  });
}

const WORDS = {
  en: {
    subject: (name: string) => `${name} looks after you now`,
    owner: (who: string) => `Your account manager is ${who} from now on.`,
    deputy: (who: string) => `In their absence you reach ${who}.`,
    rest: "Your links, your terms and what you have earned stay as they are.",
  },
  es: {
    subject: (name: string) => `${name} se ocupa ahora de usted`,
    owner: (who: string) => `Su gestor de cuenta es desde ahora ${who}.`,
    deputy: (who: string) => `En su ausencia puede dirigirse a ${who}.`,
    rest: "Sus enlaces, sus condiciones y lo que ha ganado siguen igual.",
  },
} as const;
