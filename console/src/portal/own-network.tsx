import { useTranslation } from "react-i18next";
import { Page } from "../kit/page.tsx";
import { NetworkView } from "../partners/network-view.tsx";

/** The partners below one's own, as far as the program shows them, with what was earned on each. */
export function OwnNetwork() {
  const { t } = useTranslation("partners");
  return (
    <Page title={t("network.title")} subtitle={t("network.text")}>
      <NetworkView />
    </Page>
  );
}
