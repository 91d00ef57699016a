import type { BankEntryDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { MatchedPayouts, Reasons } from "./match-parts.tsx";

/** Beside the inbox: why a movement was matched, without leaving the list. */
export function EntryPreview({ id }: { readonly id: string }) {
  const { t } = useTranslation("reconciliation");
  const detail = useRecord<BankEntryDetail>(`/reconciliation/bank-entries/${id}`);
  return (
    <Loaded query={detail}>
      {({ entry, match, alternatives }) => (
        <>
          <Properties
            items={[
              [t("text"), entry.text],
              [t("reference"), entry.endToEndId ?? entry.bankReference ?? "–"],
              [t("alternatives"), alternatives.length],
              ...(entry.note === "" ? [] : [[t("note"), entry.note] as const]),
            ]}
          />
          {match === null ? null : (
            <>
              <MatchedPayouts match={match} />
              <Reasons reasons={match.reasons} score={match.score} />
            </>
          )}
        </>
      )}
    </Loaded>
  );
}
