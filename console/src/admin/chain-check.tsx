import { Button, Modal, Stack } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import type { AuditCheck } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Properties } from "../kit/record/card.tsx";

type Check = z.infer<typeof AuditCheck>;

/** Walks the whole chain of hashes and says whether it is as it was written. */
export function ChainCheck() {
  const { t } = useTranslation("admin");
  const check = useChange<void, Check>({ send: () => api.post<Check>("/audit/verify"), refresh: [] });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={15} />}
        loading={check.isPending}
        onClick={() => check.mutate()}
      >
        {t("checkChain")}
      </Button>
      <Modal opened={check.isSuccess || check.isError} onClose={() => check.reset()} title={t("checkChain")} size={520}>
        {check.isError ? <ProblemLine error={check.error} /> : null}
        {check.data === undefined ? null : <Outcome check={check.data} />}
      </Modal>
    </>
  );
}

function Outcome({ check }: { readonly check: Check }) {
  const { t } = useTranslation("admin");
  const format = useFormat();
  return (
    <Stack gap="sm">
      <NoteLine tone={check.whole ? "good" : "bad"} role="status">
        {check.whole ? t("chainWhole") : t("chainBroken", { number: check.brokenAt ?? "?" })}
        {check.problem === null ? "" : ` ${check.problem}`}
      </NoteLine>
      <Properties
        items={[
          [t("entriesInOrder"), format.number(Number(check.entries))],
          [
            t("head"),
            check.head === null ? "–" : <CopyText key="head" text={check.head} shown={`${check.head.slice(0, 32)}…`} />,
          ],
        ]}
      />
      {check.whole ? <div style={{ color: "var(--mantine-color-dimmed)" }}>{t("headText")}</div> : null}
    </Stack>
  );
}
