import { z } from "zod";
import { CustomRole, RoleName, ScopeKind } from "./access.ts";
import { PageQuery, pageOf } from "./page.ts";
import { Name, Revision } from "./programs.ts";
import { Day, Instant } from "./values.ts";

const Id = z.string().max(60);
const Reason = z.string().trim().min(3).max(500);
const Permissions = z.array(z.string().max(60)).min(1).max(100);

/** A role with what it may do; those that the operator made have a name and a revision. */
export const RoleOfHouse = z.object({
  role: RoleName,
  side: z.enum(["operator", "partner"]),
  custom: z.boolean(),
  name: z.string().nullable(),
  purpose: z.string().nullable(),
  permissions: z.array(z.string()),
  holders: z.number().int().nullable().describe("active people who hold it; null for a partner's people"),
  revision: Revision.nullable(),
});
export type RoleOfHouse = z.infer<typeof RoleOfHouse>;
export const RoleList = z.object({ data: z.array(RoleOfHouse) });
export const NewCustomRole = z.object({
  role: CustomRole.describe("custom_ and a short word, lower case"),
  name: Name,
  purpose: z.string().trim().max(300).default(""),
  permissions: Permissions,
});
export type NewCustomRole = z.input<typeof NewCustomRole>;
export const CustomRoleChange = z.object({
  revision: Revision,
  name: Name.optional(),
  purpose: z.string().trim().max(300).optional(),
  permissions: Permissions.optional(),
});
export type CustomRoleChange = z.infer<typeof CustomRoleChange>;

export const AccessCheckQuery = z.object({
  userId: Id.describe("whose rights are asked about"),
  partnerId: Id.optional(),
  programId: Id.optional(),
  regionId: Id.optional(),
  permission: z.string().max(60).optional().describe("all of them when left out"),
});
export type AccessCheckQuery = z.output<typeof AccessCheckQuery>;
/** The grant that allows something, or why nothing does. */
export const AccessAnswer = z.object({
  permission: z.string(),
  allowed: z.boolean(),
  role: z.string().nullable(),
  scopeKind: ScopeKind.nullable(),
  scopeId: z.string().nullable(),
  lentBy: z.object({ id: z.string(), name: z.string() }).nullable().describe("whose deputy the person is in this"),
  why: z.enum(["granted", "no_grant", "elsewhere", "deputy_signs", "foreign_partner", "disabled"]),
  sentence: z.string(),
});
export type AccessAnswer = z.infer<typeof AccessAnswer>;
export const AccessAnswers = z.object({
  userId: z.string(),
  name: z.string(),
  data: z.array(AccessAnswer),
});
export type AccessAnswers = z.infer<typeof AccessAnswers>;

export const Deputy = z.object({
  id: z.string(),
  principalUserId: z.string(),
  deputyUserId: z.string(),
  startsAt: Instant,
  endsAt: Instant,
  reason: z.string(),
  state: z.enum(["coming", "active", "ended"]),
  createdBy: z.string(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});
export type Deputy = z.infer<typeof Deputy>;
export const DeputyPage = pageOf(Deputy);
export const DeputyQuery = PageQuery.extend({
  of: z.enum(["me", "all"]).default("me"),
  state: z.enum(["coming", "active", "ended"]).optional(),
});
export type DeputyQuery = z.output<typeof DeputyQuery>;
export const NewDeputy = z.object({
  principalUserId: Id.optional().describe("oneself when left out; an administrator may name a deputy for anybody"),
  deputyUserId: Id,
  startsOn: Day,
  endsOn: Day.describe("the last day, UTC"),
  reason: Reason,
});
export type NewDeputy = z.infer<typeof NewDeputy>;

export const ClosedRegion = z.object({
  regionId: z.string(),
  reason: z.string(),
  closedBy: z.string(),
  closedAt: Instant,
});
export type ClosedRegion = z.infer<typeof ClosedRegion>;
export const ClosedRegionList = z.object({ data: z.array(ClosedRegion) });
export const CloseRegion = z.object({ reason: Reason });

/** One grant of one person, as an access review shows it. */
export const HeldGrant = z.object({
  grantId: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: RoleName,
  scopeKind: ScopeKind,
  scopeId: z.string().nullable(),
  grantedBy: z.string(),
  grantedAt: Instant,
  lastUsed: Day.nullable().describe("last day on which a permission of the role was used"),
  dormant: z.boolean().describe("held for 30 days or longer and not used for 90"),
  conflicts: z.array(z.string()).describe("duties of which the person holds both sides"),
});
export type HeldGrant = z.infer<typeof HeldGrant>;
export const HeldGrantPage = pageOf(HeldGrant);
export const HeldGrantQuery = PageQuery.extend({
  only: z.enum(["dormant", "conflicts"]).optional(),
  userId: Id.optional(),
});
export type HeldGrantQuery = z.output<typeof HeldGrantQuery>;

export const AccessReview = z.object({
  id: z.string(),
  name: z.string(),
  dueOn: Day,
  state: z.enum(["open", "closed"]),
  grants: z.number().int(),
  undecided: z.number().int(),
  revoked: z.number().int(),
  createdBy: z.string(),
  createdAt: Instant,
  closedAt: Instant.nullable(),
  revision: Revision,
});
export type AccessReview = z.infer<typeof AccessReview>;
export const AccessReviewPage = pageOf(AccessReview);
export const AccessReviewQuery = PageQuery.extend({ state: z.enum(["open", "closed"]).optional() });
export const NewAccessReview = z.object({ name: Name, dueOn: Day });
export type NewAccessReview = z.infer<typeof NewAccessReview>;
export const ReviewedGrant = HeldGrant.omit({ dormant: true }).extend({
  decision: z.enum(["confirm", "revoke"]).nullable(),
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
});
export type ReviewedGrant = z.infer<typeof ReviewedGrant>;
export const ReviewedGrantPage = pageOf(ReviewedGrant);
export const ReviewedGrantQuery = PageQuery.extend({ only: z.enum(["undecided", "revoked", "conflicts"]).optional() });
export type ReviewedGrantQuery = z.output<typeof ReviewedGrantQuery>;
export const ReviewDecision = z.object({
  grantIds: z.array(Id).min(1).max(200),
  decision: z.enum(["confirm", "revoke"]),
  reason: z.string().trim().max(500).default(""),
});
export type ReviewDecision = z.output<typeof ReviewDecision>;

/** Something that somebody did, changes from the trail and everything else that is noted. */
export const Activity = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum(["change", "view", "reveal", "download", "refused", "failed", "search"]),
  actorKind: z.string(),
  actorId: z.string(),
  personId: z.string().nullable(),
  name: z.string(),
  actingFor: z.string().nullable(),
  partnerId: z.string().nullable(),
  action: z.string().describe("of a change its name, else method and path"),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  status: z.number().int().nullable(),
  detail: z.string().nullable(),
});
export type Activity = z.infer<typeof Activity>;
export const ActivityPage = pageOf(Activity);
export const ActivityQuery = PageQuery.extend({
  kind: z.enum(["change", "view", "reveal", "download", "refused", "failed", "search"]).optional(),
  personId: Id.optional(),
  partnerId: Id.optional(),
  subjectId: z.string().max(100).optional(),
  q: z.string().trim().max(100).optional().describe("part of the action or address"),
  atFrom: Day.optional(),
  atTo: Day.optional(),
});
export type ActivityQuery = z.output<typeof ActivityQuery>;
