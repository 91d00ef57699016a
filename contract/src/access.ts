import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { Name, Revision } from "./programs.ts";
import { Day, Instant } from "./values.ts";

const Id = z.string().max(60);
const Email = z.email().max(254).toLowerCase();
const Password = z.string().min(12, "at least 12 characters").max(200);
const Token = z.string().max(200);

export const OperatorRole = z.enum([
  "administrator",
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "analyst",
]);
export const PartnerRole = z.enum([
  "partner_owner",
  "partner_member",
  "partner_finance",
  "partner_analyst",
  "partner_developer",
]);
/** A role that the operator made from permissions. */
export const CustomRole = z.templateLiteral(["custom_", z.string().regex(/^[a-z0-9_]{1,40}$/)]);
export const RoleName = z.union([z.enum([...OperatorRole.options, ...PartnerRole.options]), CustomRole]);

export const ScopeKind = z.enum(["everything", "region", "program", "portfolio", "partner"]);

/** A role, and where it holds. */
export const RoleInScope = z.object({
  role: RoleName,
  scopeKind: ScopeKind,
  scopeId: Id.nullable()
    .default(null)
    .describe("region, program, partner, or the person whose portfolio it is; null for everything"),
});
export type RoleInScope = z.infer<typeof RoleInScope>;

export const Grant = z.object({
  id: z.string(),
  userId: z.string(),
  role: RoleName,
  scopeKind: ScopeKind,
  scopeId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Instant,
});
export type Grant = z.infer<typeof Grant>;
export const NewGrant = RoleInScope.extend({ userId: Id });
export const GrantPage = pageOf(Grant);
export const GrantQuery = PageQuery.extend({ userId: Id });

export const User = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  partnerId: z.string().nullable().describe("set for a partner's person"),
  status: z.enum(["active", "disabled"]),
  language: z.string(),
  twoFactor: z.boolean(),
  grants: z.array(Grant),
  createdAt: Instant,
  revision: Revision,
});
export type User = z.infer<typeof User>;
export const UserPage = pageOf(User);
export const UserQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name or e-mail"),
  side: z.enum(["operator", "partner"]).optional(),
  partnerId: Id.optional(),
  status: z.enum(["active", "disabled"]).optional(),
});
export type UserQuery = z.output<typeof UserQuery>;
export const UserChange = z.object({
  revision: Revision,
  name: Name.optional(),
  language: z.string().max(10).optional(),
  status: z.enum(["active", "disabled"]).optional(),
});
export type UserChange = z.infer<typeof UserChange>;

/** Who is asking, for the console and for whoever tries a key. */
export const Me = z.object({
  kind: z.enum(["user", "partner_user", "api_key"]),
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  language: z.string(),
  twoFactor: z.boolean(),
  permissions: z.array(z.string()).describe("each held somewhere; grants say where"),
  grants: z.array(z.object({ role: z.string(), scopeKind: ScopeKind, scopeId: z.string().nullable() })),
  partner: z.object({ id: z.string(), name: z.string() }).nullable(),
  deputyFor: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .default([])
    .describe("in whose place this person stands today"),
});
export type Me = z.infer<typeof Me>;
export const MeChange = z.object({ name: Name.optional(), language: z.string().max(10).optional() });

export const NewInvitation = z.object({
  email: Email,
  name: z.string().trim().max(120).default(""),
  partnerId: Id.nullable().default(null).describe("set to invite a partner's person"),
  grants: z.array(RoleInScope).min(1).max(20),
});
export type NewInvitation = z.input<typeof NewInvitation>;
export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  partnerId: z.string().nullable(),
  grants: z.array(RoleInScope),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationPage = pageOf(Invitation);
export const InvitationQuery = PageQuery.extend({ partnerId: Id.optional() });

/** A link that is shown once: whoever opens it sets a password. */
export const OneTimeLink = z.object({
  link: z.string().describe("pass it on; it is not shown again"),
  expiresAt: Instant,
  mailed: z.boolean().describe("was it also sent by mail"),
});
export type OneTimeLink = z.infer<typeof OneTimeLink>;

/** What a one-time link is for, before it is used. */
export const LinkToken = z.object({ token: Token });
export const LinkPurpose = z.object({
  kind: z.enum(["invite", "reset"]),
  email: z.string(),
  name: z.string(),
  forPartner: z.boolean(),
});
export type LinkPurpose = z.infer<typeof LinkPurpose>;
export const AcceptLink = z.object({ token: Token, name: Name.optional(), password: Password });
export const AcceptedLink = z.object({ email: z.string(), forPartner: z.boolean() });

export const SetupState = z.object({ needed: z.boolean().describe("is the first administrator still missing") });
export const Setup = z.object({ token: Token, name: Name, email: Email, password: Password });
export type Setup = z.infer<typeof Setup>;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  userId: z.string().describe("the person it acts as"),
  partnerId: z.string().nullable(),
  hint: z.string().describe("last four letters"),
  permissions: z.array(z.string()),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeyPage = pageOf(ApiKey);
export const ApiKeyQuery = PageQuery.extend({ of: z.enum(["me", "all"]).default("me") });
export const NewApiKey = z.object({
  name: Name,
  permissions: z.array(z.string().max(60)).min(1).max(100).describe("part of your own permissions"),
  expiresAt: Instant.nullable().default(null),
});
export type NewApiKey = z.input<typeof NewApiKey>;
export const CreatedApiKey = ApiKey.extend({ token: z.string().describe("shown once; only its hash is kept") });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const SavedView = z.object({
  id: z.string(),
  list: z.string(),
  name: z.string(),
  state: z.record(z.string(), z.unknown()).describe("filters, columns, order: the console's own"),
  position: z.number().int(),
});
export type SavedView = z.infer<typeof SavedView>;
export const NewSavedView = z.object({
  list: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(60),
  state: z.record(z.string(), z.unknown()),
  position: z.number().int().min(0).max(1000).default(0),
});
export type NewSavedView = z.input<typeof NewSavedView>;
export const SavedViewChange = z.object({
  name: z.string().trim().min(1).max(60).optional(),
  state: z.record(z.string(), z.unknown()).optional(),
  position: z.number().int().min(0).max(1000).optional(),
});
export const SavedViewList = z.object({ data: z.array(SavedView) });

export const AuditEntry = z.object({
  id: z.string().describe("number of the entry in the chain"),
  at: Instant,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  actingFor: z.string().nullable().describe("in whose place a deputy acted"),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  partnerId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  hash: z.string(),
  guards: z.array(z.string()).describe("permissions that open what reads `[protected]`"),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry);
export const AuditOpening = z.object({ reason: z.string().trim().min(1).max(500) });
export const AuditQuery = PageQuery.extend({
  subjectKind: z.string().max(60).optional(),
  subjectId: z.string().max(100).optional(),
  actorId: z.string().max(100).optional(),
  partnerId: Id.optional(),
  action: z.string().max(100).optional(),
  atFrom: Day.optional().describe("first day, UTC"),
  atTo: Day.optional().describe("day after the last, UTC"),
});
export const AuditCheck = z.object({
  whole: z.boolean(),
  entries: z.string().describe("entries that are in order"),
  head: z
    .string()
    .nullable()
    .describe("hash of the last entry: note it outside to prove later that nothing was rewritten"),
  brokenAt: z.string().nullable(),
  problem: z.string().nullable(),
});

export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const Found = z.object({
  kind: z.string().describe("partner, contact, program, offer, link, customer"),
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  partnerId: z.string().nullish().describe("of a contact: the partner on whose page it stands"),
});
export type Found = z.infer<typeof Found>;
export const SearchResult = z.object({ data: z.array(Found) });
