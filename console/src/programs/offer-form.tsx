import { LANDING_MACROS, NewOffer, type Offer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";

/** People type hosts and countries as words with blanks or commas between them; nothing typed means none. */
const words = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,;]+/).filter((word) => word !== ""));
const OfferEntry = z.object({
  programId: NewOffer.shape.programId.min(1),
  name: NewOffer.shape.name,
  code: NewOffer.shape.code,
  landingUrl: NewOffer.shape.landingUrl.min(1),
  allowedHosts: words.pipe(NewOffer.shape.allowedHosts),
  blockedCountries: words
    .transform((codes) => codes.map((code) => code.toUpperCase()))
    .pipe(z.array(z.string().regex(/^[A-Z]{2}$/))),
});

export function OfferForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("programs");
  const { programs, program } = useSession();
  const go = useGo();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createOffer")}
      submit={t("createOfferDo")}
      schema={OfferEntry}
      initial={{
        programId: program?.id ?? programs[0]?.id ?? "",
        name: "",
        code: "",
        landingUrl: "",
        allowedHosts: "",
        blockedCountries: "",
      }}
      draft="offer-new"
      fields={[
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true, half: true },
        {
          kind: "url",
          name: "landingUrl",
          label: t("landingUrl"),
          hint: t("landingHint", {
            macros: LANDING_MACROS.slice(0, 4)
              .map((name) => `{${name}}`)
              .join(" "),
          }),
          required: true,
        },
        { kind: "text", name: "allowedHosts", label: t("allowedHosts"), hint: t("allowedHostsHint"), required: true },
        { kind: "text", name: "blockedCountries", label: t("blockedCountries"), hint: t("blockedHint") },
      ]}
      send={(values, key) => api.post<Offer>("/offers", OfferEntry.parse(values), key)}
      done={(offer) => go(`/offers/${offer.id}`)}
      refresh={["offers", "audit"]}
    />
  );
}
