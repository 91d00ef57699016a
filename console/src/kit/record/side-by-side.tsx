import type { ReactNode } from "react";
import css from "./side-by-side.module.css";

interface SideBySideProps {
  readonly side: ReactNode;
  /** The side is what comes of it: it stands at the end, and stays in sight while one scrolls. */
  readonly sideLast?: boolean;
  readonly children: ReactNode;
}

/** What one moves at the side, what comes of it beside; one above the other where there is no room. */
export function SideBySide({ side, sideLast, children }: SideBySideProps) {
  const aside = <div className={css.side}>{side}</div>;
  return (
    <div className={`${css.columns} ${sideLast === true ? css.last : ""}`}>
      {sideLast === true ? null : aside}
      <div className={css.main}>{children}</div>
      {sideLast === true ? aside : null}
    </div>
  );
}
