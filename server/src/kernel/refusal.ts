import type { ErrorCode } from "@tributary/contract";

/** One thing that is wrong with what was sent: which field, which value, what to do. */
export interface Complaint {
  readonly field: string;
  readonly value?: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * An expected refusal: the caller asked for something that cannot be, and is told so by a code of the error catalogue.
 * Rooms return or throw it; the HTTP layer and the command line render it once. Anything else that is thrown is a defect.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly complaints: readonly Complaint[];
  constructor(code: ErrorCode, detail: string, complaints: readonly Complaint[] = []) {
    super(detail);
    this.name = "Refusal";
    this.code = code;
    this.complaints = complaints;
  }
}
