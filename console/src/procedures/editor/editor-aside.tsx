import { useTranslation } from "react-i18next";
import { StatusBadge } from "../../kit/status-badge.tsx";
import { ChangeLines } from "../change-lines.tsx";
import css from "../procedures.module.css";
import type { Editing } from "./use-editing.ts";

const TONES = { error: "bad", warning: "warn" } as const;

/** What the linter says, and what differs from the published version. */
export function EditorAside({ editing }: { readonly editing: Editing }) {
  const { t } = useTranslation("procedures");
  const findings = editing.checked?.findings ?? [];
  return (
    <div style={{ display: "grid", gap: 14, padding: 12 }} aria-live="polite">
      <section>
        <h3 style={{ margin: "0 0 6px", fontSize: "0.875rem" }}>{t("editor.findings")}</h3>
        {editing.complaints.map(({ field, message }) => (
          <p key={`${field} ${message}`} className={css.note}>
            <StatusBadge plain state="error" label={field || t("editor.error")} tones={TONES} /> {message}
          </p>
        ))}
        {findings.map(({ level, path, line, sentence }) => (
          <p key={`${path} ${sentence}`} className={css.note}>
            <StatusBadge plain state={level} label={line === null ? path : t("editor.line", { line })} tones={TONES} />{" "}
            {sentence}
          </p>
        ))}
        {editing.complaints.length + findings.length > 0 ? null : (
          <p className={css.note}>{editing.waiting ? t("editor.checking") : t("editor.clean")}</p>
        )}
      </section>
      {(editing.checked?.changes.length ?? 0) === 0 ? null : (
        <section>
          <h3 style={{ margin: "0 0 6px", fontSize: "0.875rem" }}>{t("editor.changes")}</h3>
          <ChangeLines changes={editing.checked?.changes ?? []} />
        </section>
      )}
    </div>
  );
}
