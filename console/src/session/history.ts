import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { TimelineEntry } from "../kit/timeline.tsx";
import { useActorText } from "./actor-text.ts";
import { useSession } from "./session.tsx";

interface TrailEntry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly reason: string | null;
}

/** What happened to a record, newest first; undefined for whoever may not read the trail. */
export function useHistory(subjectKind: string, subjectId: string): readonly TimelineEntry[] | undefined {
  const { t } = useTranslation("app");
  const actorText = useActorText();
  const { can } = useSession();
  const allowed = can("audit.read");
  const trail = useRecord<Page<TrailEntry>>("/audit", { subjectKind, subjectId, limit: 30 }, { enabled: allowed });
  if (!allowed) return undefined;
  return (trail.data?.data ?? []).map((entry) => ({
    id: entry.id,
    at: entry.at,
    what: t(`action.${entry.action}`, { defaultValue: entry.action.replaceAll(/[._]/g, " "), nsSeparator: false }),
    who: actorText(entry.actor),
    ...(entry.reason === null || entry.reason === "" ? {} : { why: entry.reason }),
  }));
}
