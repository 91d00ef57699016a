import { IconCheck, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";
import { Go } from "../link.tsx";
import { sourcePath } from "./source-path.ts";
import css from "./why.module.css";
import type { Working, WorkingSource, WorkingValue } from "./working.ts";

/** Writes a tagged value in the person's language. */
export function useWorkingValue(): (value: WorkingValue | string) => string {
  const { t } = useTranslation("kit");
  const format = useFormat();
  return (value) => {
    if (typeof value === "string") return value;
    switch (value.kind) {
      case "money":
        return format.money(value.money, "code");
      case "decimal":
        return value.unit === undefined ? value.value : `${value.value} ${value.unit}`;
      case "rate":
        return value.value;
      case "count":
        return format.number(Number(value.value));
      case "day":
        return format.day(value.value);
      case "instant":
        return format.instant(value.value, "full");
      case "flag":
        return value.value ? t("yes") : t("no");
      case "text":
        return value.value;
    }
  };
}

/** Known names are translated, unknown ones shown with their underscores read as spaces. */
function useName(): (group: string, name: string) => string {
  const { t, i18n } = useTranslation("kit");
  return (group, name) => {
    const key = `working.${group}.${name}`;
    if (i18n.exists(key, { ns: "kit" })) return t(key);
    return name.replaceAll("_", " ");
  };
}

/** The result, the rule, the inputs, the steps, the rounding, what lost, and the parts beneath. */
export function WorkingView({ working }: { readonly working: Working }) {
  const write = useWorkingValue();
  return (
    <div>
      <div className={css.result}>
        <b>{write(working.result)}</b>
        {working.title === undefined ? null : <span>{working.title}</span>}
      </div>
      <WorkingBody working={working} />
    </div>
  );
}

function WorkingBody({ working }: { readonly working: Working }) {
  const { t } = useTranslation("kit");
  const write = useWorkingValue();
  const name = useName();
  const { rule, rate, rounding } = working;
  return (
    <>
      {rule === undefined ? null : (
        <Part title={t("why.rule")}>
          <div className={css.rule}>
            <strong>{name("rule", rule.name)}</strong> <Source source={rule.source} />
            {rule.text === undefined ? null : <p>{rule.text}</p>}
            {rate === undefined ? null : (
              <p>{`${name("rate", rate.name)}: ${write(rate.value)}${rate.tier === undefined ? "" : ` (${rate.tier})`}`}</p>
            )}
          </div>
        </Part>
      )}
      <Inputs working={working} />
      <Steps working={working} />
      {rounding === undefined ? null : (
        <Part title={t("why.rounding")}>
          <ul className={css.lines}>
            <Line
              mark="≈"
              what={name("rounding", rounding.rule)}
              value={write(rounding.after)}
              detail={rounding.before}
            />
          </ul>
        </Part>
      )}
      <Alternatives working={working} />
      <Parts working={working} />
    </>
  );
}

/** The lines of a working never change their places, so a place is a key. */
function withKeys<T>(
  items: readonly T[],
): readonly { readonly key: string; readonly item: T; readonly number: number }[] {
  return items.map((item, index) => ({ key: `line-${index}`, item, number: index + 1 }));
}

function Inputs({ working }: { readonly working: Working }) {
  const { t } = useTranslation("kit");
  const write = useWorkingValue();
  const name = useName();
  if (working.inputs === undefined || working.inputs.length === 0) return null;
  return (
    <Part title={t("why.inputs")}>
      <ul className={css.lines}>
        {withKeys(working.inputs).map(({ key, item: input }) => (
          <Line
            key={key}
            mark=""
            what={name("input", input.name)}
            value={write(input.value)}
            detail={<Source source={input.source} />}
          />
        ))}
      </ul>
    </Part>
  );
}

function Steps({ working }: { readonly working: Working }) {
  const { t } = useTranslation("kit");
  const write = useWorkingValue();
  const name = useName();
  if (working.steps === undefined || working.steps.length === 0) return null;
  return (
    <Part title={t("why.steps")}>
      <ol className={css.lines}>
        {withKeys(working.steps).map(({ key, item: step, number }) => (
          <Line
            key={key}
            mark={step.held === undefined ? String(number) : <Held held={step.held} />}
            what={name("step", step.name)}
            value={write(step.result)}
            detail={step.arithmetic}
          />
        ))}
      </ol>
    </Part>
  );
}

function Alternatives({ working }: { readonly working: Working }) {
  const { t } = useTranslation("kit");
  const name = useName();
  if (working.alternatives === undefined || working.alternatives.length === 0) return null;
  return (
    <Part title={t("why.alternatives")}>
      <ul className={`${css.lines} ${css.lost}`}>
        {withKeys(working.alternatives).map(({ key, item: one }) => (
          <Line
            key={key}
            mark="–"
            what={one.name}
            value={<Source source={one.source} />}
            detail={name("reason", one.reason)}
          />
        ))}
      </ul>
    </Part>
  );
}

function Parts({ working }: { readonly working: Working }) {
  const { t } = useTranslation("kit");
  const write = useWorkingValue();
  if (working.parts === undefined || working.parts.length === 0) return null;
  return (
    <Part title={t("why.parts")}>
      {withKeys(working.parts).map(({ key, item: part, number }) => (
        <details key={key} className={css.nested}>
          <summary>
            <span>{part.title ?? t("why.part", { number })}</span>
            <span className={css.value}>{write(part.result)}</span>
          </summary>
          <WorkingBody working={part} />
        </details>
      ))}
    </Part>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface LineProps {
  readonly mark: ReactNode;
  readonly what: string;
  readonly value: ReactNode;
  readonly detail: ReactNode;
}

function Line({ mark, what, value, detail }: LineProps) {
  return (
    <li>
      <span className={css.mark}>{mark}</span>
      <span>{what}</span>
      <span className={css.value}>{value}</span>
      {detail === undefined || detail === null ? null : <small>{detail}</small>}
    </li>
  );
}

function Held({ held }: { readonly held: boolean }) {
  const { t } = useTranslation("kit");
  const Shown = held ? IconCheck : IconX;
  return (
    <Shown
      size={14}
      color={held ? "var(--tb-good)" : "var(--tb-bad)"}
      aria-label={held ? t("why.held") : t("why.notHeld")}
    />
  );
}

function Source({ source }: { readonly source: WorkingSource | undefined }) {
  if (source === undefined) return null;
  const path = sourcePath(source);
  const label = source.label ?? source.id;
  return path === undefined ? (
    <span>{label}</span>
  ) : (
    <Go to={path} size="xs">
      {label}
    </Go>
  );
}
