import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { NewPayeeHold, type Payee } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { DetailForm } from "./detail-form.tsx";
import { IdentityForm, PAYEE_REFRESH } from "./identity-form.tsx";
import { SelfBillingDialog } from "./self-billing-dialog.tsx";
import { TaxTreatmentForm } from "./tax-form.tsx";
import { TermsForm } from "./terms-form.tsx";

type Open = "detail" | "replace" | "identity" | "tax" | "terms" | "selfBilling" | "hold" | "close";

/** What can be proposed of a payee, and what stops its money. */
export function PayeeActions({ payee, own }: { readonly payee: Payee; readonly own: boolean }) {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  if (!can("payees.write") || payee.status === "closed") return null;
  const close = () => setOpen(null);
  const [first] = payee.details;
  const choices: readonly Open[] = [
    ...(first === undefined ? [] : (["replace"] as const)),
    "identity",
    "terms",
    "tax",
    ...(payee.selfBilling === null ? (["selfBilling"] as const) : []),
    ...(own ? [] : (["hold"] as const)),
    ...(own || !can("payees.approve") ? [] : (["close"] as const)),
  ];
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {t("change")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map((one) => (
            <Menu.Item key={one} onClick={() => setOpen(one)}>
              {t(`open.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => setOpen("detail")}>{t("addDetail")}</Button>
      <DetailForm payee={payee} replaces={null} opened={open === "detail"} onClose={close} />
      <DetailForm payee={payee} replaces={first ?? null} opened={open === "replace"} onClose={close} />
      <IdentityForm payee={payee} opened={open === "identity"} onClose={close} />
      <TaxTreatmentForm payee={payee} opened={open === "tax"} onClose={close} />
      <TermsForm payee={payee} opened={open === "terms"} onClose={close} />
      <SelfBillingDialog payee={payee} opened={open === "selfBilling"} onClose={close} />
      <HoldForm payee={payee} opened={open === "hold"} onClose={close} />
      <ConfirmDialog
        opened={open === "close"}
        onClose={close}
        title={t("open.close")}
        text={t("closeText")}
        action={t("open.close")}
        danger
        reason="required"
        send={(reason) => api.post(`/payees/${payee.id}/close`, { revision: payee.revision, reason })}
        refresh={PAYEE_REFRESH}
      />
    </>
  );
}

interface HoldFormProps {
  readonly payee: Payee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function HoldForm({ payee, opened, onClose }: HoldFormProps) {
  const { t } = useTranslation("payees");
  return (
    <FormDialog<{ reason: string; until: string }, Payee>
      opened={opened}
      onClose={onClose}
      title={t("open.hold")}
      submit={t("open.hold")}
      schema={NewPayeeHold}
      initial={{ reason: "", until: "" }}
      fields={[
        { kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 2 },
        { kind: "instant", name: "until", label: t("until"), hint: t("untilHint") },
      ]}
      send={(values) => api.post<Payee>(`/payees/${payee.id}/holds`, values)}
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}
