import { useName } from "../api/names.ts";
import { Go } from "./link.tsx";

interface NameTextProps {
  readonly id: string | null | undefined;
  /** Where the name leads. */
  readonly to?: string;
}

/** The name behind an id; the id itself when its name may not be seen, a dash when there is none. */
export function NameText({ id, to }: NameTextProps) {
  const name = useName(id);
  if (id === null || id === undefined || id === "") return "–";
  const text = name === undefined ? "…" : (name ?? id);
  if (to === undefined || name === null) return text;
  return (
    <Go to={to} quiet>
      {text}
    </Go>
  );
}
