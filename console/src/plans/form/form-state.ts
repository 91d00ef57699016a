import { createContext, useContext } from "react";
import type { Path } from "../paths.ts";

/** What every field of the form needs: how to change the document, and what is wrong with it. */
export interface FormState {
  readonly set: (path: Path, value: unknown) => void;
  readonly readOnly: boolean;
  /** Codes of the plan's components and bases, to choose from. */
  readonly components: readonly string[];
  /** The worst that the linter says at a place. */
  readonly problemAt: (path: string) => string | undefined;
}

export const FormContext = createContext<FormState>({
  set: () => undefined,
  readOnly: true,
  components: [],
  problemAt: () => undefined,
});

export function useForm(): FormState {
  return useContext(FormContext);
}
