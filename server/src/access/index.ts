export type { NewAccount } from "./accounts.ts";
export { anonymous, systemActor } from "./actors.ts";
export { actorsWho } from "./actors-who.ts";
export { type Claim, claimAnswer, dropAnswer, keepAnswer } from "./answers.ts";
export { type Auth, createAuth, PARTNER_CLOSED, type SignInOptions } from "./auth.ts";
export type {
  Actor,
  ActorGrant,
  OperatorRole,
  PartnerRole,
  Permission,
  Reach,
  RecordReach,
  Role,
  Scope,
  Touch,
} from "./contracts.ts";
export { can, isWithin, personOf, reach, requirePermission } from "./core/decide.ts";
export { DUTIES } from "./core/duties.ts";
export { operatorRoles, PERMISSIONS, partnerRoles, ROLES } from "./core/permissions.ts";
export { type TokenSource, tokenSource } from "./core/tokens.ts";
export { nameDeputy } from "./deputies.ts";
export { takeBodyAsFile } from "./file-body.ts";
export { countTeam, handOverTeam, returnTeam } from "./hand-over-team.ts";
export type { Audience, RouteNeed } from "./http.ts";
export { actorOfApiKey, actorOfUser } from "./identity.ts";
export { createResetTokenFor, createSetupToken, invitationNames, invite, type OneTimeToken } from "./invitations.ts";
export { openKeysOf, peopleOfPartner } from "./partner-people.ts";
export {
  accountData,
  eraseAccounts,
  oldInvitations,
  removeOldInvitations,
  trailPersons,
  userPerson,
  usersByEmails,
} from "./personal.ts";
export { asPartner } from "./portal.ts";
export { type RecordRoutes, recordRoutes } from "./record-routes.ts";
export { openReview } from "./reviews.ts";
export { createRole } from "./roles.ts";
export { verifySecondFactor } from "./second-factor.ts";
export { CLIENT_ADDRESS_HEADER } from "./sign-in-trail.ts";
export { deputiesAt } from "./store/deputies.ts";
export { noteUses } from "./store/reviews.ts";
export { roleHolders as usersWithRoles } from "./store/role-holders.ts";
export { createUser, endSessionsOfPartner, userEmails, userNames } from "./users.ts";
