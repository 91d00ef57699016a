import type { ImportStatus } from "@tributary/contract";
import type { LifeCycle } from "../../../kernel/life-cycle.ts";

/** Life of an import. Whatever is at work goes on by itself after a crash. */
export const IMPORT_LIFE: LifeCycle<ImportStatus> = {
  open: ["checking", "cancelled"],
  fetching: ["open", "failed"],
  checking: ["checked", "failed"],
  checked: ["open", "checking", "running", "cancelled"],
  running: ["done", "failed"],
  done: ["undoing"],
  undoing: ["undone", "failed"],
  undone: [],
  failed: ["open", "checking", "undoing", "cancelled"],
  cancelled: [],
};
