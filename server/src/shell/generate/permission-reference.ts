import { DUTIES, operatorRoles, PERMISSIONS, partnerRoles, ROLES } from "../../access/index.ts";

const VERBS: Readonly<Record<string, string>> = {
  read: "see",
  write: "enter and change; where two people are needed, the first half",
  approve: "sign what somebody else entered",
  reveal: "see protected details whole; every look is noted with its reason",
};

/** docs/reference/permissions.md: roles × permissions, and what never stands in one hand. */
export function permissionReference(): string {
  const areas = [...new Set(PERMISSIONS.map((permission) => permission.slice(0, permission.indexOf("."))))].sort();
  const table = (roles: readonly (keyof typeof ROLES)[]): string => {
    const rows = areas
      .map((area) => [area, ...roles.map((role) => held(role, area))])
      .filter(([, ...cells]) => cells.some((cell) => cell !== "–"));
    return [["area", ...roles], ["---", ...roles.map(() => "---")], ...rows]
      .map((row) => `| ${row.join(" | ")} |`)
      .join("\n");
  };
  const duties = DUTIES.map(
    (duty) =>
      `| ${duty.one} | ${duty.other} | ${duty.weight === "never" ? "no role that the operator makes may hold both" : "an access review says so"} |`,
  );
  return `# Permissions

Written by \`npm run generate\` from permissions.ts and duties.ts in server/src/access/core.

A permission is \`<area>.<verb>\`: ${Object.entries(VERBS)
    .map(([verb, words]) => `\`${verb}\` (${words})`)
    .join(", ")}. A role is granted within a scope: everything, a region, a program, a
portfolio (the partners that one person owns) or one partner. \`GET /v1/access/check\` says what a person may do somewhere, and by which grant. The operator
makes further roles from these permissions (\`custom_…\`).

## The operator's people

${table(operatorRoles)}

## A partner's people

${table(partnerRoles)}

## What never stands in one hand

Two-person rules compare people, so no role gets around them; these pairs are kept apart besides.

| one | other | |
| --- | --- | --- |
${duties.join("\n")}

## Deputies

Somebody who stands in for a principal holds, in the principal's portfolio alone, what the principal may see, and what the principal may enter where the
principal cannot sign it. Signatures, people, settings, the trail and protected details are lent to nobody, and the deputy signs nothing in that portfolio
meanwhile, by no right of any kind (docs/adr).
`;
}

function held(role: keyof typeof ROLES, area: string): string {
  const verbs = ROLES[role].filter((one) => one.startsWith(`${area}.`)).map((one) => one.slice(area.length + 1));
  return verbs.length === 0 ? "–" : verbs.join(", ");
}
