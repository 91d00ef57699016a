import type { ReactNode } from "react";
import css from "./record.module.css";

interface CardProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space, for tables and charts. */
  readonly flush?: boolean;
}

/** A titled part of a page. */
export function Card({ title, actions, children, flush }: CardProps) {
  return (
    <section className={css.card}>
      <header className={css.cardHead}>
        <h2>{title}</h2>
        {actions}
      </header>
      <div className={flush === true ? "" : css.cardBody}>{children}</div>
    </section>
  );
}

/** Name and value, line by line: the plain facts of a record. */
export function Properties({ items }: { readonly items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={css.properties}>
      {items.map(([label, value]) => (
        <PropertyLine key={label} label={label} value={value} />
      ))}
    </dl>
  );
}

function PropertyLine({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  /** Comparison beside the value: DeltaText. */
  readonly compare?: ReactNode;
  /** Sparkline. */
  readonly course?: ReactNode;
  /** Opens what stands behind the number. */
  readonly onOpen?: () => void;
}

/** A number that matters, its change and its course; it opens when something stands behind it. */
export function Figure({ label, value, compare, course, onOpen }: FigureProps) {
  const content = (
    <>
      <span>{label}</span>
      <b>{value}</b>
      <div>
        <span>{compare}</span>
        {course}
      </div>
    </>
  );
  if (onOpen === undefined) return <div className={css.figure}>{content}</div>;
  return (
    <button type="button" className={css.figure} onClick={onOpen}>
      {content}
    </button>
  );
}

export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className={css.figures}>{children}</div>;
}
