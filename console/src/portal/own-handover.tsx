import type { HandoverList } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { ContentCards, FrozenCard } from "../onboarding/handover-page.tsx";

/** What was handed over, as both sides agreed on it. */
export function OwnHandover() {
  const { t } = useTranslation("onboarding");
  const list = useRecord<HandoverList>("/handovers");
  return (
    <Loaded query={list}>
      {({ data: [newest] }) =>
        newest === undefined ? (
          <EmptyState isPage title={t("handover.none")} text={t("handover.noneText")} />
        ) : (
          <Page title={newest.content.title} subtitle={t("handover.ownText")}>
            <FrozenCard one={newest} />
            <ContentCards content={newest.content} />
          </Page>
        )
      }
    </Loaded>
  );
}
