import type { DeliveryAttempt } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { Card } from "../kit/record/card.tsx";
import css from "./postbacks.module.css";
import { RequestView } from "./request-view.tsx";

/** Every attempt: the request as it went out, and the answer. */
export function AttemptLog({ log }: { readonly log: readonly DeliveryAttempt[] }) {
  const { t } = useTranslation("postbacks");
  if (log.length === 0) return <Card title={t("attempts")}>{t("noAttempts")}</Card>;
  return (
    <Card title={t("attempts")}>
      <ol className={css.attempts}>
        {log.map((attempt) => (
          <li key={attempt.attempt}>
            <div className={css.attemptHead}>
              <b>{t("attemptNumber", { number: attempt.attempt })}</b>
              <DateText at={attempt.at} detail="second" />
            </div>
            <RequestView call={attempt} />
          </li>
        ))}
      </ol>
    </Card>
  );
}
