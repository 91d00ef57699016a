import { useTranslation } from "react-i18next";
import css from "./change-list.module.css";

interface ChangeListProps {
  readonly before: unknown;
  readonly after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  if (value === null || value === undefined) return {};
  return typeof value === "object" && !Array.isArray(value) ? (value as Fields) : { value };
}

function written(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1).replaceAll(/\s+/g, " ");
}

/** What a change did, field by field: the old value struck out, the new one beneath. */
export function ChangeList({ before, after }: ChangeListProps) {
  const { t } = useTranslation("kit");
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => written(was[name]) !== written(is[name]),
  );
  if (names.length === 0) return <p className={css.none}>{t("changes.none")}</p>;
  return (
    <dl className={css.changes}>
      {names.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {name in was ? <del>{written(was[name])}</del> : null}
            {name in is ? <ins>{written(is[name])}</ins> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
