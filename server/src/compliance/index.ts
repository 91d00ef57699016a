export { DEFAULT_THRESHOLD } from "./core/screen.ts";
export { ListProblem } from "./lists/files.ts";
export { listSources } from "./lists/folder.ts";
export { namesOf } from "./lists/names-file.ts";
export { type LoadedList, loadList } from "./loading.ts";
export { ScreenMemory, screenPartnersNow as screenPartners } from "./run.ts";
export { type ScreenedName, screenNames } from "./screen-names.ts";
export { screeningState } from "./state.ts";
