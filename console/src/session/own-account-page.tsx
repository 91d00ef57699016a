import { useTranslation } from "react-i18next";
import { Page } from "../kit/page.tsx";
import { OwnAccount } from "./own-account.tsx";
import { useSession } from "./session.tsx";

export function OwnAccountPage() {
  const { t } = useTranslation("session");
  const { me } = useSession();
  return (
    <Page title={t("title")} subtitle={[me.name, me.email].filter(Boolean).join(" · ")}>
      <OwnAccount />
    </Page>
  );
}
