import type { Actor } from "./contracts.ts";
import { PERMISSIONS } from "./core/permissions.ts";

/** The program itself, acting without a person: jobs, imports from the command line, the sample. */
export function systemActor(name: string): Actor {
  const permissions = new Set(PERMISSIONS);
  return {
    kind: "system",
    id: name,
    name,
    permissions,
    grants: [{ role: "system", permissions, scope: { kind: "everything" } }],
  };
}

/** Somebody who has not said who they are: may do nothing. */
export const anonymous: Actor = {
  kind: "system",
  id: "anonymous",
  name: "anonymous",
  permissions: new Set(),
  grants: [],
};
