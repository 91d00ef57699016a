// Nearly every screen has links: so the library's styles are part of the file of the kit, and stand before the house's own rules.
import "./library.css";
import "./base.css";
import { Anchor, type AnchorProps } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";

interface GoProps extends AnchorProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly quiet?: boolean;
}

/** A link inside the program; `quiet` takes the colour of its surroundings until it is pointed at. */
export function Go({ to, children, quiet, ...rest }: GoProps) {
  const [path = "/", search] = to.split("?");
  const query = Object.fromEntries(new URLSearchParams(search));
  return (
    <Anchor
      {...(quiet ? { c: "inherit", underline: "hover" as const } : {})}
      {...rest}
      renderRoot={(props) => (
        <Link to={path} search={query} {...props}>
          {children}
        </Link>
      )}
    />
  );
}

/** Goes to a path such as "/partners/prt_1?tab=links". */
export function useGo(): (to: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (to: string) => {
      const [path = "/", search] = to.split("?");
      void navigate({ to: path, search: Object.fromEntries(new URLSearchParams(search)) });
    },
    [navigate],
  );
}

/** A part of the path: `useParam("id")` on "/partners/$id". */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return params[name] ?? "";
}
