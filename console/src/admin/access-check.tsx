import { Select } from "@mantine/core";
import type { AccessAnswer, AccessAnswers } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useRoleText } from "./role-text.ts";
import { ScopeText } from "./scope-text.tsx";

const Entry = z.object({
  userId: z.string().min(1),
  partnerId: z.string(),
  programId: z.string(),
  regionId: z.string(),
});
type Typed = z.infer<typeof Entry>;
type Shown = "all" | "allowed" | "refused";

/** What may somebody do with a partner? Every permission, with the grant that gives it or why there is none. */
export function AccessCheck() {
  const { t } = useTranslation("admin");
  const [answers, setAnswers] = useState<AccessAnswers | null>(null);
  const option = (row: { id: string; name: string }) => ({ value: row.id, label: row.name });
  return (
    <Page title={t("checkAccess")} subtitle={t("checkAccessText")}>
      <Card title={t("question")}>
        <RecordForm<Typed, AccessAnswers>
          schema={Entry}
          initial={{ userId: "", partnerId: "", programId: "", regionId: "" }}
          submit={t("ask")}
          fields={[
            {
              kind: "record",
              name: "userId",
              label: t("who"),
              required: true,
              half: true,
              resource: "/users",
              toOption: option,
            },
            {
              kind: "record",
              name: "partnerId",
              label: t("partner"),
              half: true,
              resource: "/partners",
              toOption: option,
            },
            {
              kind: "record",
              name: "programId",
              label: t("scope.program"),
              half: true,
              resource: "/programs",
              toOption: option,
            },
            {
              kind: "record",
              name: "regionId",
              label: t("scope.region"),
              half: true,
              resource: "/regions",
              toOption: option,
            },
          ]}
          send={(values) => {
            const asked = Object.entries(values).filter(([, value]) => value !== "");
            return api.get<AccessAnswers>("/access/check", Object.fromEntries(asked));
          }}
          done={setAnswers}
          refresh={[]}
        />
      </Card>
      {answers === null ? null : <Answers answers={answers} />}
    </Page>
  );
}

function Answers({ answers }: { readonly answers: AccessAnswers }) {
  const { t } = useTranslation("admin");
  const [shown, setShown] = useState<Shown>("all");
  const rows = answers.data.filter((one) => shown === "all" || one.allowed === (shown === "allowed"));
  return (
    <Card
      title={t("answerFor", { name: answers.name })}
      flush
      actions={
        <Select
          size="xs"
          aria-label={t("show")}
          data={(["all", "allowed", "refused"] as const).map((value) => ({ value, label: t(`shown.${value}`) }))}
          value={shown}
          onChange={(value) => setShown((value ?? "all") as Shown)}
          allowDeselect={false}
        />
      }
    >
      <PlainTable
        label={t("checkAccess")}
        rows={rows}
        rowId={(one) => one.permission}
        columns={[
          { id: "permission", label: t("permission"), cell: (one) => <PermissionText permission={one.permission} /> },
          {
            id: "allowed",
            label: t("answer"),
            cell: (one) => (
              <StatusBadge state={one.allowed ? "active" : "rejected"} label={t(one.allowed ? "yes" : "no")} />
            ),
          },
          { id: "why", label: t("why"), cell: (one) => <WhyText answer={one} name={answers.name} /> },
        ]}
        empty={<EmptyState title={t("nothingShown")} text={t("nothingShownText")} />}
      />
    </Card>
  );
}

function PermissionText({ permission }: { readonly permission: string }) {
  const { t } = useTranslation("admin");
  const [area, verb] = permission.split(".");
  return (
    <>
      {t(`areas.${area}`)}: {t(`may.${verb}`)}
    </>
  );
}

function WhyText({ answer, name }: { readonly answer: AccessAnswer; readonly name: string }) {
  const { t } = useTranslation("admin");
  const roleText = useRoleText();
  if (!answer.allowed) return t(`refusedWhy.${answer.why}`, { name });
  const scope = {
    role: answer.role as "analyst",
    scopeKind: answer.scopeKind ?? "everything",
    scopeId: answer.scopeId,
  };
  return (
    <>
      {answer.lentBy === null ? roleText(answer.role ?? "") : t("standsInFor", { name: answer.lentBy.name })}
      {" · "}
      <ScopeText grant={scope} />
    </>
  );
}
