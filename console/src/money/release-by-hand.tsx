import { Alert, Button } from "@mantine/core";
import { type Adjustment, type Line, ReleaseRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { useSession } from "../session/session.tsx";
import { amountOf } from "./minor.ts";

/** What a cap keeps waiting is asked for here, and decided by another person among the adjustments. */
export function ReleaseByHand({ line }: { readonly line: Line }) {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const go = useGo();
  const [asking, setAsking] = useState(false);
  if (line.heldBy !== "cap" || line.held === "0" || !can("statements.write")) return null;
  return (
    <Alert color="gray" title={t("release.title")}>
      <p>
        {t("release.text")} <MoneyText money={amountOf(line, line.held)} />
      </p>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t("release.ask")}
      </Button>
      <FormDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("release.ask")}
        submit={t("propose")}
        schema={ReleaseRequest}
        initial={{ reason: "" }}
        fields={[{ kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 3 }]}
        send={(values, key) => api.post<Adjustment>(`/lines/${line.id}/release-requests`, values, key)}
        done={() => go("/adjustments?status=proposed")}
        refresh={["adjustments", "lines", "audit"]}
      />
    </Alert>
  );
}
