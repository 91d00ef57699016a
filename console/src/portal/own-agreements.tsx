import { Button } from "@mantine/core";
import { Acceptance, type Agreement, type AgreementDetail, type AgreementVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page as Rows } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** What was agreed, and new terms that wait for the partner's signature. */
export function OwnAgreements() {
  const { t } = useTranslation("portal");
  const agreements = useRecord<Rows<Agreement>>("/agreements", { limit: 50 });
  return (
    <Page title={t("agreements")}>
      <Loaded query={agreements}>
        {(page) =>
          page.data.length === 0 ? (
            <EmptyState title={t("emptyAgreements")} text={t("emptyAgreementsText")} />
          ) : (
            page.data.map((one) => <OneAgreement key={one.id} id={one.id} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function OneAgreement({ id }: { readonly id: string }) {
  const agreement = useRecord<AgreementDetail>(`/agreements/${id}`);
  return (
    <Loaded query={agreement}>
      {(one) => {
        const inForce = one.versions.find((version) => version.id === one.inForce?.id);
        const pending = one.versions.find((version) => version.id === one.pending?.id && version.status === "approved");
        return (
          <>
            {pending === undefined ? null : <Terms programId={one.programId} version={pending} />}
            {inForce === undefined ? null : <Terms programId={one.programId} version={inForce} />}
          </>
        );
      }}
    </Loaded>
  );
}

interface TermsProps {
  readonly programId: string;
  readonly version: AgreementDetail["versions"][number];
}

function Terms({ programId, version }: TermsProps) {
  const { t, i18n } = useTranslation("portal");
  const sentences = i18n.language.startsWith("es") ? version.planText.es : version.planText.en;
  return (
    <Card title={t(version.status === "approved" ? "newTerms" : "termsInForce")} actions={<Accept version={version} />}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Properties
        items={[
          [t("program"), <NameText key="program" id={programId} />],
          [t("validFrom"), <DayText key="from" day={version.validFrom} />],
          [t("acceptedBy"), version.acceptedName ?? "–"],
          [t("acceptedAt"), <DateText key="at" at={version.acceptedAt} />],
        ]}
      />
    </Card>
  );
}

function Accept({ version }: { readonly version: AgreementVersion }) {
  const { t } = useTranslation("portal");
  const { can, me } = useSession();
  const [opened, setOpened] = useState(false);
  if (version.status !== "approved" || !can("agreements.approve")) return null;
  return (
    <>
      <Button onClick={() => setOpened(true)}>{t("accept")}</Button>
      <FormDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("accept")}
        submit={t("accept")}
        schema={Acceptance}
        initial={{ name: me.name, termsHash: version.termsHash }}
        fields={[{ kind: "text", name: "name", label: t("yourName"), hint: t("signHint"), required: true }]}
        send={(values, key) =>
          api.post(`/agreements/${version.agreementId}/versions/${version.version}/accept`, values, key)
        }
        done={() => undefined}
        refresh={["agreements"]}
      />
    </>
  );
}
