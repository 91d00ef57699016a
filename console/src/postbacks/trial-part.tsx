import { Button } from "@mantine/core";
import type { PostbackTrial } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ProblemLine } from "../kit/problem-state.tsx";
import { type Entry, toInput } from "./postback-entry.ts";
import css from "./postbacks.module.css";
import { RequestView } from "./request-view.tsx";

/** The call as it would be made, made once with example values, before anything is saved. */
export function TrialPart({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation("postbacks");
  const trial = useChange<undefined, PostbackTrial>({
    send: () => api.post<PostbackTrial>("/postbacks/try", toInput(entry)),
    refresh: [],
  });
  return (
    <div className={css.part}>
      <h3>{t("trial")}</h3>
      <p>{t("trialText")}</p>
      <div>
        <Button size="compact-sm" variant="default" loading={trial.isPending} onClick={() => trial.mutate(undefined)}>
          {t("trialNow")}
        </Button>
      </div>
      {trial.isError ? <ProblemLine error={trial.error} /> : null}
      {trial.data === undefined ? null : (
        <>
          <h3>{t(trial.data.delivered ? "trialOk" : "trialFailed")}</h3>
          <RequestView call={trial.data} />
        </>
      )}
    </div>
  );
}
