import type { IncomingMessage, ServerResponse } from "node:http";
import type { RouteTable } from "./route-table.ts";
import { hostOf } from "./visitor.ts";

/**
 * First parts of paths that are the program's own wherever they are called: API, portal and the screens of the console. A link whose code
 * begins so is reached under `/c/` only. Files at the root have a dot in their names, which no code has.
 */
export const OWN_PATHS: ReadonlySet<string> = new Set(
  `v1 api apply application-forms assets portal calculator in health metrics setup sign-in welcome
  access-check access-grants access-reviews activity bulk-changes deputies documents due-diligence-rules getting-started handover legal-holds onboarding
  onboarding-settings ownership-transfers partner-duplicates partner-fields privacy procedure-bottlenecks procedure-calendars procedure-cases
  procedure-waits procedures retention sites team
  account accounting adjustments agreement-rules agreements alerts api-keys audit capped-conversions caps clean-up codes customers data-quality deal-desk earnings leads pipeline tasks event-sources
  events imports inquiries intake invitations invoices ledger letterhead lines links morning offer-requests offers partners payees payment-details payout-accounts payout-batches payout-connections payout-reports payouts plans portfolio postbacks programs reconciliation regions report reports roles creatives payout-limits
  runs screening screening-lists set-up settings shadow shadow-files shadow-results showcase smart-links statements sub-partners tests today users webhooks what-if why`.split(
    /\s+/,
  ),
);

/** Whether a link of a program with a domain of its own is reached there under its code alone. */
export function isReachedAtRoot(code: string): boolean {
  return !OWN_PATHS.has(code.split("/", 1)[0]?.toLowerCase() ?? "");
}

/**
 * Answers `/<code>` on a program's own tracking domain as `/c/<code>`, for codes of the program's links only. Asked last, after everybody
 * who listens on a path. False: nobody registered the path, and it is left as it came.
 */
export function vanityDoor(deps: {
  readonly routes: RouteTable;
  /** what answers `/c/<code>` */
  readonly redirect: (req: IncomingMessage, res: ServerResponse) => void;
}): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { routes, redirect } = deps;
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return false;
    const program = routes.programOfHost(hostOf(req.headers.host));
    if (program === undefined) return false;
    const url = req.url ?? "";
    const query = url.indexOf("?");
    const code = codeOf(query < 0 ? url : url.slice(0, query));
    if (!isReachedAtRoot(code)) return false;
    if (routes.link(code)?.program !== program) return false;
    req.url = `/c/${code}${query < 0 ? "" : url.slice(query)}`;
    redirect(req, res);
    return true;
  };
}

/** Without the slash before it and one behind it. */
function codeOf(path: string): string {
  return path.slice(1, path.length > 2 && path.endsWith("/") ? -1 : undefined);
}
