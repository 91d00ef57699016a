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
  "runs.read",
  "runs.write",
  "runs.approve",
  "payees.read",
  "payees.write",
  "payees.approve",
  "invoices.read",
  "invoices.write",
  "invoices.approve",
  "payouts.read",
  "payouts.write",
  "payouts.approve",
  "reconciliation.read",
  "reconciliation.write",
  "reconciliation.approve",
  "compliance.read",
  "compliance.write",
  "compliance.approve",
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
  compliance: [
    ...BUSINESS_READS,
    "partners.write",
    "partners.approve",
    "payees.write",
    "compliance.write",
    "audit.read",
  ],
  finance: [
    ...BUSINESS_READS,
    "statements.write",
    "statements.approve",
    "ledger.write",
    "runs.write",
    "payees.write",
    "invoices.write",
    "payouts.write",
    "reconciliation.write",
    "reconciliation.approve",
    "audit.read",
  ],
  approver: [
    ...BUSINESS_READS,
    "partners.approve",
    "agreements.approve",
    "plans.approve",
    "statements.approve",
    "ledger.approve",
    "runs.approve",
    "payees.approve",
    "invoices.approve",
    "payouts.approve",
    "reconciliation.approve",
    "compliance.approve",
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
  "invoices.read",
  "payouts.read",
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
    "payees.read",
    "payees.write",
    "invoices.write",
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
