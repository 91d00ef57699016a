import { Button, Group, Stack, Text } from "@mantine/core";
import { type DomainProof, NewDomain } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain, say as tell } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { Snippet } from "../kit/snippet.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DILIGENCE_REFRESH, PROOF_TONES } from "./states.ts";
import { useSay } from "./use-say.ts";

const LOOK_SECONDS = 10;

/** Domains of a partner and how it proves that they are its own. */
export function DomainCard({ partnerId, own }: { readonly partnerId: string; readonly own?: boolean }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const proofs = useRecord<Page<DomainProof>>(
    "/domain-proofs",
    { partnerId, limit: 50 },
    { liveSeconds: LOOK_SECONDS },
  );
  const add = can("documents.write") ? (
    <Button size="xs" variant="default" onClick={() => setAdding(true)}>
      {t("domains.add")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("domains.title")} actions={add}>
      <Loaded query={proofs}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t("domains.none")} text={t("domains.noneText")} />
          ) : (
            <Stack gap="lg">
              {data.map((proof) => (
                <OneProof key={proof.id} proof={proof} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <FormDialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t("domains.add")}
        submit={t("domains.add")}
        schema={NewDomain}
        initial={{ domain: "" }}
        fields={[
          { kind: "text", name: "domain", label: t("domains.domain"), placeholder: "example.com", required: true },
        ]}
        send={(values, key) =>
          api.post<DomainProof>("/domain-proofs", own === true ? values : { ...values, partnerId }, key)
        }
        done={() => setAdding(false)}
        refresh={DILIGENCE_REFRESH}
      />
    </Card>
  );
}

function OneProof({ proof }: { readonly proof: DomainProof }) {
  const { t } = useTranslation("compliance");
  const { can } = useSession();
  const say = useSay();
  const check = useChange({
    send: () => api.post<DomainProof>(`/domain-proofs/${proof.id}/check`, {}),
    refresh: DILIGENCE_REFRESH,
    done: () => tell(t("domains.asked")),
  });
  return (
    <Stack gap="xs">
      <Group gap={8} justify="space-between">
        <Group gap={8}>
          <b>{proof.domain}</b>
          <StatusBadge state={proof.state} label={t(`domains.states.${proof.state}`)} tones={PROOF_TONES} />
        </Group>
        {can("documents.write") ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate(undefined, { onError: (problem) => complain(problem.message, problem.detail) })}
          >
            {t("domains.check")}
          </Button>
        ) : null}
      </Group>
      <Text size="sm">
        {say(proof.sentence)} {proof.checkedAt === null ? null : <AgoText at={proof.checkedAt} />}
      </Text>
      {proof.state === "proved" ? null : <Ways proof={proof} />}
    </Stack>
  );
}

/** The three ways, each with what the last look found there. */
function Ways({ proof }: { readonly proof: DomainProof }) {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const found = (method: "dns" | "file" | "meta") => {
    const said = proof.said.find((one) => one.method === method);
    return said === undefined ? "" : ` ${say(said.sentence)}`;
  };
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t("domains.ways")}
      </Text>
      <Snippet
        title={t("domains.dns")}
        text={t("domains.dnsText", { name: proof.recordName }) + found("dns")}
        code={proof.record}
      />
      <Snippet
        title={t("domains.file")}
        text={t("domains.fileText", { address: proof.fileAddress }) + found("file")}
        code={proof.record}
      />
      <Snippet title={t("domains.meta")} text={t("domains.metaText") + found("meta")} code={proof.metaTag} />
    </Stack>
  );
}
