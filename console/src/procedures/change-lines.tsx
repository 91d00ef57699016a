import type { ProcedureChange } from "@tributary/contract";
import { toneStyle } from "../kit/tone.ts";

const TONES = { "+": "good", "-": "bad", "~": "info" } as const;

/** What differs, sentence by sentence. */
export function ChangeLines({ changes }: { readonly changes: readonly ProcedureChange[] }) {
  return (
    <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 6 }}>
      {changes.map(({ sign, path, sentence }) => (
        <li key={`${sign} ${path} ${sentence}`} style={{ display: "flex", gap: 8, ...toneStyle(TONES[sign]) }}>
          <b style={{ color: "var(--tone)", width: 12, flex: "none" }}>{sign === "-" ? "−" : sign}</b>
          <span style={{ overflowWrap: "anywhere" }}>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
