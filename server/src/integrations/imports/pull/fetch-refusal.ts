import { type ImportFailure, importFailureText } from "@tributary/contract";
import { Refusal } from "../../../kernel/refusal.ts";

/** A platform's API said no, or there is nobody to ask any more. */
export class FetchRefusal extends Refusal {
  readonly failure: ImportFailure;

  constructor(failure: ImportFailure) {
    super("wrong_state", importFailureText(failure, "en"));
    this.failure = failure;
  }
}
