export type {
  Person,
  PersonalFile,
  PersonalRecords,
  PersonalSource,
  PrivacyNeeds,
  RetentionSource,
} from "./contracts.ts";
