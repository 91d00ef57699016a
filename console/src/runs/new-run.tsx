import type { RunDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { TOUCHED } from "./states.ts";

const Typed = z.object({
  kind: z.enum(["early", "off_cycle"]),
  from: z.iso.date(),
  to: z.iso.date(),
  partners: z.string(),
  reason: z.string().trim().min(1).max(500),
});

type Typed = z.infer<typeof Typed>;

/** An early run (part of an open month, on account) or one between the usual ones. */
export function NewRunDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("runs");
  const go = useGo();
  const toRun = ({ partners, to, ...rest }: Typed) => ({
    ...rest,
    to: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10),
    scope: { partnerIds: partners === "" ? [] : [partners], regionIds: [] },
  });
  return (
    <FormDialog<Typed, RunDetail>
      opened={opened}
      onClose={onClose}
      title={t("openOne")}
      submit={t("openOne")}
      schema={Typed}
      initial={{ kind: "off_cycle", from: "", to: "", partners: "", reason: "" }}
      fields={[
        {
          kind: "select",
          name: "kind",
          label: t("kind"),
          hint: t("kindHint"),
          options: (["off_cycle", "early"] as const).map((value) => ({ value, label: t(`kinds.${value}`) })),
        },
        { kind: "day", name: "from", label: t("firstDay"), required: true, half: true },
        { kind: "day", name: "to", label: t("lastDay"), required: true, half: true, hint: t("periodHint") },
        {
          kind: "record",
          name: "partners",
          label: t("onlyPartner"),
          hint: t("onlyPartnerHint"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 2 },
      ]}
      send={(values, key) => api.post<RunDetail>("/runs", toRun(values), key)}
      done={(run) => go(`/runs/${run.id}`)}
      refresh={TOUCHED}
    />
  );
}
