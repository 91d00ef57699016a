import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import css from "./states.module.css";
import { type Tone, toneStyle } from "./tone.ts";

/** What happened, what was kept, what to do: in the person's words, with the server's own detail beneath. */
export function useProblemText(): (error: unknown) => { readonly title: string; readonly detail: string | undefined } {
  const { t, i18n } = useTranslation("kit");
  return (error) => {
    if (!(error instanceof ApiProblem))
      return { title: t("problem.broken"), detail: error instanceof Error ? error.message : undefined };
    const key = `problem.${error.code}`;
    return { title: i18n.exists(key, { ns: "kit" }) ? t(key) : error.message, detail: error.detail };
  };
}

interface ProblemStateProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** Stands where the content would be. */
export function ProblemState({ error, retry }: ProblemStateProps) {
  const { t } = useTranslation("kit");
  const text = useProblemText()(error);
  return (
    <div className={css.state} role="alert">
      <div className={css.icon}>
        <IconAlertTriangle size={20} stroke={1.6} aria-hidden="true" />
      </div>
      <p className={css.title}>{text.title}</p>
      {text.detail === undefined ? null : <p className={css.text}>{text.detail}</p>}
      {retry === undefined ? null : (
        <div className={css.actions}>
          <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={retry}>
            {t("retry")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One line inside a form, drawer or page. */
export function ProblemLine({ error }: { readonly error: unknown }) {
  const text = useProblemText()(error);
  return (
    <NoteLine tone="bad" role="alert">
      <strong>{text.title}</strong>
      {text.detail === undefined ? "" : ` ${text.detail}`}
    </NoteLine>
  );
}

interface NoteLineProps {
  readonly tone: Tone;
  readonly role?: string;
  readonly children: React.ReactNode;
}

/** A remark in the flow of a page. */
export function NoteLine({ tone, role, children }: NoteLineProps) {
  const Sign = tone === "good" ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={css.inline} style={toneStyle(tone)} role={role}>
      <Sign size={16} aria-hidden="true" />
      <p>{children}</p>
    </div>
  );
}
