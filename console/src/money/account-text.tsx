import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";

/** An account of the ledger by its id "kind:owner:currency": what it is for and whose it is. */
export function AccountText({ id }: { readonly id: string }) {
  const { t } = useTranslation("money");
  const [kind = "", owner = ""] = id.split(":");
  return (
    <>
      {t(`account_kind.${kind}`, { defaultValue: kind })} · <AccountOwner owner={owner} />
    </>
  );
}

/** A program, a partner, or the operator itself. */
export function AccountOwner({ owner }: { readonly owner: string }) {
  const { t } = useTranslation("money");
  return owner === "operator" ? t("operator") : <NameText id={owner} />;
}
