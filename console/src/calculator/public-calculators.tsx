import { Button, Code, Stack } from "@mantine/core";
import { IconTrash, IconWorld } from "@tabler/icons-react";
import { NewPublicCalculator, type PlanDetail, type PublicCalculator } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api, type Page as Pages } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** What is pasted into a page; the height leaves room for the longest funnel on a telephone. */
export function snippetOf({ address, title }: PublicCalculator): string {
  const safe = title.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${address}" title="${safe}" width="100%" height="1100" style="border:0" loading="lazy"></iframe>`;
}

/** Public pages of a plan's calculator: address, snippet, and which pages may show it. */
export function PublicCalculators({
  plan,
  versionId,
}: {
  readonly plan: PlanDetail;
  readonly versionId: string | null;
}) {
  const { t } = useTranslation("calculator");
  const { can } = useSession();
  const [opened, setOpened] = useState(false);
  const found = useRecord<Pages<PublicCalculator>>("/calculators", { planId: plan.id });
  const mayPublish = can("plans.write") && versionId !== null;
  return (
    <Card
      title={t("publicPages")}
      actions={
        mayPublish ? (
          <Button size="compact-sm" leftSection={<IconWorld size={14} />} onClick={() => setOpened(true)}>
            {t("publish")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={found}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{versionId === null ? t("publishFirst") : t("noPublicPages")}</p>
          ) : (
            <Stack gap={20}>
              {data.map((one) => (
                <PublicPage key={one.id} calculator={one} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {versionId === null ? null : (
        <PublishDialog opened={opened} onClose={() => setOpened(false)} plan={plan} versionId={versionId} />
      )}
    </Card>
  );
}

function PublicPage({ calculator }: { readonly calculator: PublicCalculator }) {
  const { t } = useTranslation("calculator");
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Properties
        items={[
          [t("pageTitle"), calculator.title],
          [t("address"), <CopyText key="address" text={calculator.address} />],
          [t("frames"), calculator.frameAncestors.length === 0 ? t("noFrames") : calculator.frameAncestors.join(", ")],
          [t("snippet"), <CopyText key="snippet" text={snippetOf(calculator)} shown={t("snippetCopy")} mono={false} />],
        ]}
      />
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {snippetOf(calculator)}
      </Code>
      {can("plans.write") ? (
        <Button
          mt={8}
          variant="default"
          size="compact-sm"
          leftSection={<IconTrash size={14} />}
          onClick={() => setAsking(true)}
        >
          {t("withdraw")}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("withdraw")}
        text={t("withdrawText")}
        action={t("withdraw")}
        danger
        send={() => api.delete(`/calculators/${calculator.id}`)}
        refresh={["calculators"]}
      />
    </div>
  );
}

/** Origins are typed one per line. */
const Typed = z.object({ title: NewPublicCalculator.shape.title, pages: z.string().max(4000) });

function PublishDialog({
  opened,
  onClose,
  plan,
  versionId,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly plan: PlanDetail;
  readonly versionId: string;
}) {
  const { t } = useTranslation("calculator");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("publish")}
      submit={t("publishDo")}
      schema={Typed}
      initial={{ title: plan.name, pages: "" }}
      fields={[
        { kind: "text", name: "title", label: t("pageTitle"), required: true },
        { kind: "textarea", name: "pages", label: t("frames"), hint: t("framesHint"), rows: 3 },
      ]}
      send={({ title, pages }, key) => {
        const frameAncestors = pages.split(/\s+/).filter((one) => one !== "");
        return api.post<PublicCalculator>("/calculators", { planVersionId: versionId, title, frameAncestors }, key);
      }}
      done={() => undefined}
      refresh={["calculators"]}
    />
  );
}
