import type { PostbackTemplate } from "@tributary/contract";
import { useRecord } from "../api/records.ts";

/** How trackers, networks and ad platforms want to be called. */
export function useTemplates(): readonly PostbackTemplate[] {
  return useRecord<{ readonly data: readonly PostbackTemplate[] }>("/postback-templates").data?.data ?? [];
}
