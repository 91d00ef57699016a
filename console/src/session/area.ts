import { type Area, screen } from "../kit/area-declaration.ts";

/** The signed-in person's own account; it is reached by the menu with the person's name. */
export const area: Area = {
  name: "session",
  screens: [screen("/account", () => import("./own-account-page.tsx"), "OwnAccountPage")],
};
