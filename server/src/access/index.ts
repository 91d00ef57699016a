export { anonymous, systemActor } from "./actors.ts";
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
export type { Audience, RouteNeed } from "./http.ts";
export { operatorRoles, PERMISSIONS, partnerRoles, ROLES } from "./permissions.ts";
