import type { OfferRequest } from "@tributary/contract";
import { userEmails } from "../access/index.ts";
import { jurisdictionCheck } from "../compliance/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { type PartnerFacts, partnerById, partnerTouch, reachOf, refuseNewOffers } from "../partners/index.ts";
import { type AccessNeeds, accessById, type CreativeNeeds, offerById, programById } from "../programs/index.ts";
import type { Mail } from "./mail.ts";

/** What programs, which stand below partners, are told of them when partners ask for offers. */
export const accessNeeds: AccessNeeds & CreativeNeeds = {
  reachOf,
  partnerTouch: async (ctx, partnerId, programId) =>
    (await partnerById(ctx.db, partnerId)) && partnerTouch(ctx, partnerId, programId),
  refuseNewOffers,
  checkCreative: async (ctx, offerId, language, wording) => {
    const { regimes, sentences } = await jurisdictionCheck(ctx, {
      offerId,
      language,
      ...(wording && { text: wording }),
    });
    const warnings = regimes.flatMap((one) => one.warnings.map(({ text }) => ({ regime: one.name, text })));
    return { warnings, faults: sentences };
  },
};

/** Whoever has to decide on a request is told of it, and the partner of what was decided. */
export function offerAccessJobs(ctx: Context, sendMail: (mail: Mail) => Promise<boolean>): Jobs {
  const tell = (status: OfferRequest["status"]) => async (payload: unknown) => {
    const { accessId } = payload as { accessId: string };
    for (const mail of await lettersOf(ctx, accessId, status)) await sendMail(mail);
  };
  return {
    tasks: {
      "programs.offer_access_requested": tell("requested"),
      "programs.offer_access_approved": tell("approved"),
      "programs.offer_access_declined": tell("declined"),
      "programs.offer_access_revoked": tell("revoked"),
    },
  };
}

/** Nothing when it was decided otherwise in the meantime: another letter tells that. */
export async function lettersOf(ctx: Context, accessId: string, status: OfferRequest["status"]): Promise<Mail[]> {
  const request = await accessById(ctx.db, accessId);
  if (request === undefined || request.status !== status) return [];
  const [partner, offer, program] = await Promise.all([
    partnerById(ctx.db, request.partnerId),
    offerById(ctx.db, request.offerId),
    programById(ctx.db, request.programId),
  ]);
  if (partner === undefined || offer === undefined || program === undefined) return [];
  if (status !== "requested") return letterToPartner(partner, offer.name, request);
  const owner = partner.ownerUserId ?? program.ownerUserId;
  const emails = owner === null ? new Map<string, string>() : await userEmails(ctx.db, [owner]);
  const answers = request.answers.map(({ question, answer }) => `${question}\n${answer}`);
  const text = [`${partner.name} asks to promote ${offer.name} (${program.name}).`, ...answers, request.note];
  return [...emails.values()].map((to) => ({
    to,
    subject: `${partner.name} asks for ${offer.name}`,
    text: text.filter((part) => part !== "").join("\n\n"),
  }));
}

function letterToPartner(partner: PartnerFacts, offer: string, request: OfferRequest): Mail[] {
  if (partner.email === "") return [];
  const words = WORDS[partner.language.startsWith("es") ? "es" : "en"];
  const { subject, text } = words[request.status as keyof typeof words](offer);
  const reason = request.reason === null ? "" : `\n\n${request.reason}`;
  return [{ to: partner.email, subject, text: `${text}${reason}` }];
}

const WORDS = {
  en: {
    approved: (offer: string) => ({
      subject: `You may promote ${offer}`,
      text: `${offer} is open to you now: make your links in the portal.`,
    }),
    declined: (offer: string) => ({
      subject: `Your request for ${offer}`,
      text: `Your request to promote ${offer} was declined.`,
    }),
    revoked: (offer: string) => ({
      subject: `${offer} is no longer open to you`,
      text: `You may no longer promote ${offer}: clicks on your links to it go elsewhere. What they have brought so far stays yours.`,
    }),
  },
  es: {
    approved: (offer: string) => ({
      subject: `Ya puede promocionar ${offer}`,
      text: `${offer} está abierta para usted: cree sus enlaces en el portal.`,
    }),
    declined: (offer: string) => ({
      subject: `Su solicitud de ${offer}`,
      text: `Su solicitud para promocionar ${offer} ha sido rechazada.`,
    }),
    revoked: (offer: string) => ({
      subject: `${offer} ya no está abierta para usted`,
      text: `Ya no puede promocionar ${offer}: los clics en sus enlaces van a otro destino. Lo que han traído hasta ahora sigue siendo suyo.`,
    }),
  },
} as const;
