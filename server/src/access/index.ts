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
export { can, isWithin, personOf, reach, requirePermission, systemActor } from "./core/decide.ts";
export { operatorRoles, PERMISSIONS, partnerRoles, ROLES } from "./permissions.ts";
