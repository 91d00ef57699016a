import { createSpotlight } from "@mantine/spotlight";

const [store, actions] = createSpotlight();

/** State of the command palette; the palette's own code is fetched later. */
export const paletteStore = store;
export const openPalette = actions.open;
export const togglePalette = actions.toggle;
