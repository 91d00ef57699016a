import { useTranslation } from "react-i18next";
import { useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { EvidencePanel } from "../proof/evidence-panel.tsx";
import { Sheet } from "../proof/sheet-page.tsx";
import { TestList } from "../proof/test-list.tsx";
import { OneTest } from "../proof/test-record.tsx";
import { useSession } from "../session/session.tsx";

/** The partner's own tests: does my link lead where it should, is my tracker told? */
export function OwnTests() {
  return <TestList own />;
}

export function OwnTest() {
  return <OneTest own />;
}

/** What stands proved of the partner's own tracking. */
export function OwnSetUps() {
  const { t } = useTranslation("proof");
  return (
    <Page title={t("setUps")} parent={{ label: t("ownTests"), to: "/tests" }}>
      <EvidencePanel />
    </Page>
  );
}

export function OwnSheet() {
  const { me } = useSession();
  return <Sheet partnerId={me.partner?.id ?? ""} offerId={useParam("offerId")} parent="/set-up" />;
}
