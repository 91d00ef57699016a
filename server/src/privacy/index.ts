export type {
  Person,
  PersonalFile,
  PersonalRecords,
  PersonalSource,
  PrivacyNeeds,
  RetentionSource,
} from "./contracts.ts";
export { placeHold } from "./holds.ts";
export { changeRule } from "./retention.ts";
export { previewPerson, proposeErasure } from "./service.ts";
