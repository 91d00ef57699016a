import type { Grant } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { NameText } from "../kit/name-text.tsx";
import { useRoleText } from "./role-text.ts";

type Held = Pick<Grant, "role" | "scopeKind" | "scopeId">;

/** "Key account manager · Europe". */
export function GrantText({ grant }: { readonly grant: Held }) {
  const roleText = useRoleText();
  return (
    <span>
      {roleText(grant.role)}
      <span style={{ color: "var(--mantine-color-dimmed)" }}>
        {" · "}
        <ScopeText grant={grant} />
      </span>
    </span>
  );
}

export function ScopeText({ grant }: { readonly grant: Held }) {
  const { t } = useTranslation("admin");
  if (grant.scopeId === null) return t("scope.everything");
  if (grant.scopeKind === "portfolio")
    return (
      <>
        {t("portfolioOf")} <NameText id={grant.scopeId} />
      </>
    );
  return <NameText id={grant.scopeId} />;
}

/** A person's roles on one line. */
export function GrantList({ grants }: { readonly grants: readonly Held[] }) {
  const { t } = useTranslation("admin");
  const [first, ...rest] = grants;
  if (first === undefined) return <>{t("noRole")}</>;
  return (
    <>
      <GrantText grant={first} />
      {rest.length === 0 ? null : ` +${rest.length}`}
    </>
  );
}
