import { PasswordInput, TextInput } from "@mantine/core";
import type { PostbackTemplate } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { NextLine } from "../kit/record/record-page.tsx";
import type { Entry } from "./postback-entry.ts";
import css from "./postbacks.module.css";
import { useTemplates } from "./use-templates.ts";

interface TemplatePartProps {
  readonly entry: Entry;
  readonly change: (name: string, value: unknown) => void;
}

/** What the chosen tracker needs, the link that has to be given out, and what the call holds. */
export function TemplatePart({ entry, change }: TemplatePartProps) {
  const { t } = useTranslation("postbacks");
  const template = useTemplates().find((one) => one.name === entry.template);
  if (template === undefined) return null;
  return (
    <div className={css.part}>
      {template.live ? null : <NextLine step={{ title: t("notRun"), tone: "warn" }} />}
      <h3>{t("settings", { title: template.title })}</h3>
      {template.settings.map((setting) => {
        const shared = {
          label: setting.title,
          description: setting.hint,
          placeholder: setting.example,
          required: setting.required,
          value: entry.settings[setting.name] ?? "",
          onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
            change("settings", { ...entry.settings, [setting.name]: event.currentTarget.value }),
        };
        return setting.kind === "secret" ? (
          <PasswordInput key={setting.name} autoComplete="off" {...shared} />
        ) : (
          <TextInput key={setting.name} {...shared} />
        );
      })}
      <LinkToGive template={template} />
      <CallParameters template={template} />
      {template.notes.length === 0 ? null : (
        <ul>
          {template.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function LinkToGive({ template }: { readonly template: PostbackTemplate }) {
  const { t } = useTranslation("postbacks");
  const { title, clickIdParameter: parameter, clickIdToken: token } = template;
  if (template.kind === "ads") return <p>{token}</p>;
  const address = t("linkExample", { parameter, token, interpolation: { escapeValue: false } });
  return (
    <>
      <h3>{t("linkToGive")}</h3>
      <CopyText text={address} />
      <p>{t("linkToGiveText", { parameter, title })}</p>
    </>
  );
}

function CallParameters({ template }: { readonly template: PostbackTemplate }) {
  const { t } = useTranslation("postbacks");
  if (template.parameters.length === 0) return null;
  return (
    <>
      <h3>{t("parameters")}</h3>
      <div className={css.pairs}>
        {template.parameters.map((one) => (
          <Row key={one.name} cells={[one.name, one.value, one.means]} />
        ))}
      </div>
    </>
  );
}

function Row({ cells }: { readonly cells: readonly [string, string, string] }) {
  return (
    <>
      <code>{cells[0]}</code>
      <code>{cells[1]}</code>
      <span>{cells[2]}</span>
    </>
  );
}
