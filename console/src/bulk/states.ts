import type { BulkAction, BulkStatus } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

export const STATE_TONES: Readonly<Record<BulkStatus, Tone>> = {
  open: "warn",
  checking: "info",
  checked: "warn",
  running: "info",
  done: "good",
  undoing: "info",
  undone: "quiet",
  failed: "bad",
  cancelled: "quiet",
};
export const AT_WORK: ReadonlySet<string> = new Set(["checking", "running", "undoing"]);
export const EDITABLE: ReadonlySet<string> = new Set(["open", "checked", "failed"]);

export const ACTION_TONES: Readonly<Record<BulkAction, Tone>> = {
  create: "good",
  update: "info",
  unchanged: "quiet",
  skip: "quiet",
  refuse: "bad",
};
export const ACTIONS = Object.keys(ACTION_TONES) as readonly BulkAction[];
