import { Button } from "@mantine/core";
import type { Partner, Restriction } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import { ConfirmDialog } from "../../kit/confirm-dialog.tsx";
import { Go } from "../../kit/link.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { toneStyle } from "../../kit/tone.ts";
import { useSession } from "../../session/session.tsx";
import css from "./record-parts.module.css";
import { useRestrictionWords } from "./restriction-words.ts";

/** What of the partner stands still now, by whom, why and until when; and that it is another name of a partner. */
export function RestrictionBanner({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const list = useRecord<{ data: Restriction[] }>(`/partners/${partner.id}/restrictions`, { limit: 100 });
  const open = (list.data?.data ?? []).filter((one) => one.endedAt === null);
  if (open.length === 0 && partner.mergedInto === null) return null;
  return (
    <section className={css.banner} aria-label={t("record.restrictions")}>
      {partner.mergedInto === null ? null : (
        <div className={css.bannerLine} style={toneStyle("bad")}>
          <div>
            <b>{t("record.mergedInto")}</b>{" "}
            <Go to={`/partners/${partner.mergedInto}`}>
              <NameText id={partner.mergedInto} />
            </Go>
          </div>
        </div>
      )}
      {open.map((one) => (
        <RestrictionLine key={one.id} restriction={one} />
      ))}
    </section>
  );
}

function RestrictionLine({ restriction }: { readonly restriction: Restriction }) {
  const { t } = useTranslation("partners");
  const { can, me } = useSession();
  const words = useRestrictionWords();
  const [lifting, setLifting] = useState(false);
  const mayLift =
    can("partners.write") &&
    (restriction.state !== "lift_asked" || (can("partners.approve") && restriction.liftAskedBy !== me.id));
  const action = t(restriction.state === "lift_asked" ? "record.agreeToLift" : "record.lift");
  return (
    <div className={css.bannerLine} style={toneStyle("bad")}>
      <div>
        <b>{t(`restriction.${restriction.kind}`)}</b> {restriction.reason}
        <small>{words.placed(restriction)}</small>
        {restriction.state === "lift_asked" ? <small>{words.asked(restriction)}</small> : null}
      </div>
      {mayLift ? (
        <Button size="xs" variant="default" onClick={() => setLifting(true)}>
          {action}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={lifting}
        onClose={() => setLifting(false)}
        title={action}
        text={t(restriction.kind === "hold_payouts" ? "record.liftPayoutsText" : "record.liftText")}
        action={action}
        reason="required"
        send={(reason) => api.post(`/restrictions/${restriction.id}/lift`, { reason })}
        refresh={["partners", "payees", "links", "audit"]}
      />
    </div>
  );
}
