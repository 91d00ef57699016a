import { NewLinkTest, NewPostbackTest, type ProofRun, TEST_DEVICES, type TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { countryCodes } from "../kit/targeting/country-codes.ts";

interface NewTestProps {
  readonly own: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** chosen already */
  readonly link?: string | undefined;
}

const LinkEntry = NewLinkTest.pick({ linkId: true, country: true, device: true, language: true }).extend({
  url: z.union([z.literal(""), NewLinkTest.shape.url.unwrap()]),
});
const PostbackEntry = NewPostbackTest.pick({ linkId: true });
const LANGUAGES = [
  "en-GB",
  "en-US",
  "es-ES",
  "es-MX",
  "pt-BR",
  "pt-PT",
  "de-DE",
  "fr-FR",
  "it-IT",
  "pl-PL",
  "ro-RO",
  "tr-TR",
  "sv-SE",
  "ja-JP",
];

function useLinkField<V>(): Field<V> {
  const { t } = useTranslation("proof");
  return {
    kind: "record",
    name: "linkId",
    label: t("link"),
    required: true,
    resource: "/links",
    toOption: (row: TrackingLink) => ({
      value: row.id,
      label: row.name === "" ? row.code : `${row.name} (${row.code})`,
    }),
  };
}

/** Chooses who is to visit a link. */
export function LinkTestForm({ opened, onClose, link }: NewTestProps) {
  const { t, i18n } = useTranslation("proof");
  const go = useGo();
  const names = new Intl.DisplayNames([i18n.language], { type: "region" });
  const tongues = new Intl.DisplayNames([i18n.language], { type: "language" });
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, i18n.language);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("newLinkTest")}
      submit={t("startLinkTest")}
      schema={LinkEntry}
      initial={{ linkId: link ?? "", country: "ES", device: "android", language: "es-ES", url: "" }}
      fields={[
        useLinkField(),
        {
          kind: "select",
          name: "country",
          label: t("country"),
          hint: t("countryHint"),
          options: countryCodes()
            .map((value) => ({ value, label: names.of(value) ?? value }))
            .sort(byName),
        },
        {
          kind: "select",
          name: "device",
          label: t("device"),
          half: true,
          options: TEST_DEVICES.map((value) => ({ value, label: t(`devices.${value}`) })),
        },
        {
          kind: "select",
          name: "language",
          label: t("language"),
          half: true,
          options: LANGUAGES.map((value) => ({ value, label: tongues.of(value) ?? value })).sort(byName),
        },
        { kind: "url", name: "url", label: t("startUrl"), hint: t("startUrlHint") },
      ]}
      send={({ url, ...values }, key) =>
        api.post<ProofRun>(`/tests/links?language=${i18n.language}`, url === "" ? values : { ...values, url }, key)
      }
      done={(run) => go(`/tests/${run.id}`)}
      refresh={["tests", "tracking-evidence"]}
    />
  );
}

export function PostbackTestForm({ opened, onClose, link }: NewTestProps) {
  const { t, i18n } = useTranslation("proof");
  const go = useGo();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("newPostbackTest")}
      submit={t("startPostbackTest")}
      schema={PostbackEntry}
      initial={{ linkId: link ?? "" }}
      fields={[useLinkField(), { kind: "note", name: "about", label: "", content: t("postbackTestAbout") }]}
      send={(values, key) => api.post<ProofRun>(`/tests/postbacks?language=${i18n.language}`, values, key)}
      done={(run) => go(`/tests/${run.id}`)}
      refresh={["tests"]}
    />
  );
}
