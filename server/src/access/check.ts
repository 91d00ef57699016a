import type { AccessAnswer, AccessAnswers, AccessCheckQuery } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Actor, Permission, Touch } from "./contracts.ts";
import { requirePermission } from "./core/decide.ts";
import { explain, type Verdict } from "./core/explain.ts";
import { knownOf, PERMISSIONS } from "./core/permissions.ts";
import { actorOfUser } from "./identity.ts";
import { userRow } from "./store/users.ts";
import type { TouchOfPartner } from "./users.ts";

/** What may this person do there, by which grant, or why not? Everybody may ask about themselves. */
export async function checkAccess(
  ctx: Context,
  actor: Actor,
  question: AccessCheckQuery,
  touchOf: TouchOfPartner,
): Promise<AccessAnswers> {
  if ((actor.userId ?? actor.id) !== question.userId) requirePermission(actor, "users.read", {});
  const asked = question.permission === undefined ? PERMISSIONS : knownOf([question.permission]);
  if (asked.length === 0) throw invalid("permission", question.permission ?? "", "is not a permission");
  const user = await userRow(ctx.db, question.userId);
  if (user === undefined) throw notFound("user", question.userId);
  const partner = question.partnerId === undefined ? {} : await touchOf(ctx, question.partnerId);
  const touch: Touch = {
    ...partner,
    ...(question.programId === undefined ? {} : { programId: question.programId }),
    ...(question.regionId === undefined ? {} : { regionId: question.regionId }),
  };
  const person = await actorOfUser(ctx, question.userId);
  return {
    userId: user.id,
    name: user.name,
    data: asked.map((permission) =>
      person === undefined
        ? refusal(permission, "disabled", user.name)
        : answer(user.name, permission, explain(person, permission, touch)),
    ),
  };
}

function answer(name: string, permission: Permission, verdict: Verdict): AccessAnswer {
  if (!verdict.allowed) return refusal(permission, verdict.why, name);
  const { role, scope, lentBy } = verdict.grant;
  const where = scope.kind === "everything" ? "everywhere" : `for the ${scope.kind} ${scope.id}`;
  const whose = lentBy === undefined ? `The role ${role}` : `Standing in for ${lentBy.name}, ${name}`;
  return {
    permission,
    allowed: true,
    role: role as AccessAnswer["role"],
    scopeKind: scope.kind,
    scopeId: "id" in scope ? scope.id : null,
    lentBy: lentBy ?? null,
    why: "granted",
    sentence: `${whose} ${lentBy === undefined ? "allows it" : "may do it"} ${where}.`,
  };
}

const WHY: Readonly<Record<Exclude<AccessAnswer["why"], "granted">, (name: string, permission: string) => string>> = {
  no_grant: (name, permission) => `No role of ${name} holds ${permission}.`,
  elsewhere: (name, permission) =>
    `${name} holds ${permission}, but in other regions, programs or portfolios than this.`,
  deputy_signs: (name) =>
    `${name} stands in for the owner of this partner: until that ends, somebody else signs in this portfolio.`,
  foreign_partner: (name) => `${name} belongs to another partner.`,
  disabled: (name) => `${name} is disabled and may do nothing.`,
};

function refusal(permission: string, why: Exclude<AccessAnswer["why"], "granted">, name: string): AccessAnswer {
  const none = { role: null, scopeKind: null, scopeId: null, lentBy: null };
  return { permission, allowed: false, ...none, why, sentence: WHY[why](name, permission) };
}
