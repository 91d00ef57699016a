/** What can be done, area by area. `approve` is the second person's word. */
export const PERMISSIONS = [
  "programs.read",
  "programs.write",
  "partners.read",
  "partners.write",
  "partners.approve",
  "agreements.read",
  "agreements.write",
  "agreements.approve",
  "plans.read",
  "plans.write",
  "plans.approve",
  "links.read",
  "links.write",
  "events.read",
  "events.write",
  "customers.read",
  "customers.write",
  "statements.read",
  "statements.write",
  "statements.approve",
  "ledger.read",
  "ledger.write",
  "ledger.approve",
  "reports.read",
  "postbacks.read",
  "postbacks.write",
  "users.read",
  "users.write",
  "audit.read",
  "settings.read",
  "settings.write",
  "intake.read",
  "intake.write",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READS = PERMISSIONS.filter((permission) => permission.endsWith(".read"));
const BUSINESS_READS = READS.filter((permission) => !/^(users|settings|audit)\./.test(permission));

/** Roles of the operator's people, each granted within a scope. */
const OPERATOR_ROLES = {
  administrator: PERMISSIONS,
  key_account_manager: [
    ...BUSINESS_READS,
    "partners.write",
    "agreements.write",
    "links.write",
    "postbacks.write",
    "customers.write",
  ],
  partner_operations: [
    ...BUSINESS_READS,
    "programs.write",
    "partners.write",
    "partners.approve",
    "agreements.write",
    "plans.write",
    "links.write",
    "postbacks.write",
    "events.write",
    "customers.write",
    "intake.write",
  ],
  compliance: [...BUSINESS_READS, "partners.write", "partners.approve", "audit.read"],
  finance: [...BUSINESS_READS, "statements.write", "statements.approve", "ledger.write", "audit.read"],
  approver: [
    ...BUSINESS_READS,
    "partners.approve",
    "agreements.approve",
    "plans.approve",
    "statements.approve",
    "ledger.approve",
    "audit.read",
  ],
  analyst: BUSINESS_READS,
} as const satisfies Record<string, readonly Permission[]>;

const PARTNER_READS = [
  "programs.read",
  "partners.read",
  "agreements.read",
  "links.read",
  "events.read",
  "customers.read",
  "statements.read",
  "reports.read",
  "postbacks.read",
] as const satisfies readonly Permission[];

/** Roles of a partner's people; each is always bound to one partner. */
const PARTNER_ROLES = {
  partner_owner: [
    ...PARTNER_READS,
    "agreements.approve",
    "partners.write",
    "links.write",
    "postbacks.write",
    "users.read",
    "users.write",
  ],
  partner_member: [...PARTNER_READS, "links.write"],
  partner_developer: [
    "programs.read",
    "partners.read",
    "links.read",
    "links.write",
    "events.read",
    "postbacks.read",
    "postbacks.write",
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type OperatorRole = keyof typeof OPERATOR_ROLES;
export type PartnerRole = keyof typeof PARTNER_ROLES;
export type Role = OperatorRole | PartnerRole;

export const ROLES: Readonly<Record<Role, readonly Permission[]>> = { ...OPERATOR_ROLES, ...PARTNER_ROLES };
export const operatorRoles = Object.keys(OPERATOR_ROLES) as readonly OperatorRole[];
export const partnerRoles = Object.keys(PARTNER_ROLES) as readonly PartnerRole[];
