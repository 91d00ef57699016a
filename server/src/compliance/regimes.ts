import type {
  JurisdictionAnswer,
  JurisdictionQuestion,
  NewRegimeAttachment,
  RegimeAttachment,
  RegimeSubject,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { licencesOf, partnerById, partnerTouch } from "../partners/index.ts";
import { offerById } from "../programs/index.ts";
import { bookInForce } from "./books.ts";
import { checkRegimes, type HeldRegime, speaksOfPlace } from "./core/regimes.ts";
import { attachmentsOf, dropAttachment, putAttachment } from "./store/regimes.ts";

type Question = z.input<typeof JurisdictionQuestion>;
type Subject = z.infer<typeof RegimeSubject>;

/**
 * What the regimes that were attached to a partner and an offer ask, and what a text does against them. Where nothing is attached, a text is looked at
 * for every claim of the list. Which components are allowed is answered by the agreements' own jurisdiction rules (`termRules` names them).
 */
export async function jurisdictionCheck(ctx: Context, question: Question): Promise<JurisdictionAnswer> {
  const { document: reviews } = await bookInForce(ctx, "reviews");
  return checkRegimes(await heldRegimes(ctx, question), reviews, question.language ?? "en", question.text ?? null);
}

async function heldRegimes(ctx: Context, { partnerId, offerId }: Question): Promise<HeldRegime[]> {
  const subjects = [
    ...(partnerId === undefined ? [] : [{ kind: "partner", id: partnerId }]),
    ...(offerId === undefined ? [] : [{ kind: "offer", id: offerId }]),
  ];
  const rows = await attachmentsOf(ctx.db, subjects);
  const { document } = await bookInForce(ctx, "regimes");
  return document.regimes.flatMap((regime) => {
    const own = rows.filter((row) => row.regime === regime.code);
    if (own.length === 0) return [];
    // The offer's figures count before the partner's: the warning speaks of the product.
    const inOrder = own.sort((a, b) => a.subject_kind.localeCompare(b.subject_kind)).reverse();
    return [
      {
        regime,
        figures: Object.assign({}, ...inOrder.map((row) => row.figures as Record<string, string>)) as Record<
          string,
          string
        >,
      },
    ];
  });
}

/** @throws Refusal not_found, forbidden */
export async function askJurisdiction(ctx: Context, actor: Actor, question: Question): Promise<JurisdictionAnswer> {
  requirePermission(
    actor,
    "compliance.read",
    question.partnerId === undefined ? {} : await partnerTouch(ctx, question.partnerId),
  );
  return await jurisdictionCheck(ctx, question);
}

/** Regimes that were attached, and for a partner also those of its seat and licences that nobody has attached. */
export async function listAttachments(
  ctx: Context,
  actor: Actor,
  subject: Subject,
): Promise<{ data: RegimeAttachment[] }> {
  requirePermission(actor, "compliance.read", await touchOf(ctx, subject));
  const { document } = await bookInForce(ctx, "regimes");
  const rows = await attachmentsOf(ctx.db, [{ kind: subject.subjectKind, id: subject.subjectId }]);
  const places = await placesOf(ctx, subject);
  return {
    data: document.regimes.flatMap((regime): RegimeAttachment[] => {
      const { code, name, regulator } = regime;
      const row = rows.find((one) => one.regime === code);
      if (row !== undefined)
        return [{ regime: code, name, regulator, figures: row.figures as Record<string, string>, byCountry: false }];
      return speaksOfPlace(regime, places) ? [{ regime: code, name, regulator, figures: {}, byCountry: true }] : [];
    }),
  };
}

async function placesOf(ctx: Context, { subjectKind, subjectId }: Subject): Promise<readonly string[]> {
  if (subjectKind !== "partner") return [];
  const partner = await partnerById(ctx.db, subjectId);
  const licences = await licencesOf(ctx.db, [subjectId]);
  return [...(partner?.country ? [partner.country] : []), ...licences.map(({ jurisdiction }) => jurisdiction)];
}

async function touchOf(ctx: Context, { subjectKind, subjectId }: Subject) {
  if (subjectKind === "partner") {
    if ((await partnerById(ctx.db, subjectId)) === undefined) throw notFound("partner", subjectId);
    return await partnerTouch(ctx, subjectId);
  }
  const offer = await offerById(ctx.db, subjectId);
  if (offer === undefined) throw notFound("offer", subjectId);
  return { programId: offer.programId };
}

/** Attaches a regime with its figures, or takes it away. */
export async function attachRegime(
  ctx: Context,
  actor: Actor,
  input: NewRegimeAttachment,
): Promise<{ data: RegimeAttachment[] }> {
  requirePermission(actor, "compliance.write", await touchOf(ctx, input));
  const { document } = await bookInForce(ctx, "regimes");
  const regime = document.regimes.find(({ code }) => code === input.regime);
  if (regime === undefined) throw invalid("regime", input.regime, "is no regime of the rules");
  const subject = { kind: input.subjectKind, id: input.subjectId };
  await transact(ctx, async (tx) => {
    const before = (await attachmentsOf(tx.db, [subject])).find((row) => row.regime === input.regime);
    if (input.attached)
      await putAttachment(tx.db, {
        subject_kind: subject.kind,
        subject_id: subject.id,
        regime: input.regime,
        figures: JSON.stringify(input.figures),
        attached_by: personOf(actor),
        attached_at: tx.clock.now(),
      });
    else await dropAttachment(tx.db, subject, input.regime);
    await audit.record(tx, actor, {
      action: input.attached ? "compliance.regime_attached" : "compliance.regime_detached",
      subjectKind: subject.kind,
      subjectId: subject.id,
      before: before && { regime: before.regime, figures: before.figures },
      after: input.attached ? { regime: input.regime, figures: input.figures } : undefined,
      ...(subject.kind === "partner" ? { partnerId: subject.id } : {}),
    });
  });
  return await listAttachments(ctx, actor, { subjectKind: input.subjectKind, subjectId: input.subjectId });
}
