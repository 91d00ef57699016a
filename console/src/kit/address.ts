import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export type Address = Readonly<Record<string, string | undefined>>;

/**
 * What the address says after "?", and a way to change parts of it; an empty value is taken out. A screen that keeps its questions
 * here can be sent to somebody else as a link.
 */
export function useAddress(): readonly [Address, (part: Address) => void] {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (part: Address) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) => withoutNothing({ ...before, ...part }),
        replace: true,
      }),
    [navigate],
  );
  return [address, change];
}

function withoutNothing(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}
