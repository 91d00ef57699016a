import { Button } from "@mantine/core";
import type { AgreementVersionDetail, ComponentVerdict } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED, versionPath } from "./states.ts";

/** What the rules of the partner's jurisdictions say to components of the plan; compliance may let one through. */
export function JurisdictionCard({ version }: { readonly version: AgreementVersionDetail }) {
  const { t, i18n } = useTranslation("agreements");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const [passing, setPassing] = useState<ComponentVerdict | null>(null);
  if (version.jurisdiction.length === 0) return null;
  return (
    <Card title={t("jurisdiction")}>
      {version.jurisdiction.map((one) => (
        <NoteLine key={`${one.code}-${one.rule}`} tone={one.passed !== null ? "good" : one.allowed ? "warn" : "bad"}>
          <b>
            {one.code} · {one.jurisdiction} ({one.licence})
          </b>{" "}
          {one.sentence[language]} <small>{one.source}</small>{" "}
          {one.passed === null ? null : (
            <>
              {t("passedBy")} <NameText id={one.passed.by} />: {one.passed.reason}
            </>
          )}
          <PassButton verdict={one} version={version} onPass={() => setPassing(one)} />
        </NoteLine>
      ))}
      <ConfirmDialog
        opened={passing !== null}
        onClose={() => setPassing(null)}
        title={t("pass")}
        text={t("passText")}
        action={t("pass")}
        reason="required"
        send={(reason) =>
          api.post(`${versionPath(version)}/pass`, { component: passing?.code, rule: passing?.rule, reason })
        }
        refresh={TOUCHED}
      />
    </Card>
  );
}

interface PassProps {
  readonly verdict: ComponentVerdict;
  readonly version: AgreementVersionDetail;
  readonly onPass: () => void;
}

function PassButton({ verdict, version, onPass }: PassProps) {
  const { t } = useTranslation("agreements");
  const { can, me } = useSession();
  const compliance = me.grants.some((one) => one.role === "compliance" || one.role === "administrator");
  const author = version.approvals?.authors.includes(me.id) === true;
  if (verdict.allowed || verdict.passed !== null || !can("partners.approve") || !compliance || author) return null;
  return (
    <Button size="compact-xs" variant="default" ml={8} onClick={onPass}>
      {t("pass")}
    </Button>
  );
}
