import type { RunSettingsDocument } from "@tributary/contract";

/** What holds until somebody says otherwise: everybody monthly, three signatures above a thousand, due times as most operators have them. */
export const USUAL_SETTINGS: RunSettingsDocument = {
  schedules: [{ code: "monthly", name: "Monthly", cadence: "monthly", partnerIds: [], regionIds: [] }],
  lateDays: 2,
  calendar: { timeZone: "UTC", weekend: [6, 7], holidays: [], dueHour: 18 },
  dueDays: {
    frozen: 2,
    calculated: 2,
    validated: 3,
    regionally_approved: 5,
    centrally_approved: 7,
    finance_approved: 8,
    paid: 10,
    closed: 15,
  },
  thresholds: {
    changePercent: 30,
    changeMinor: "10000",
    spikePercent: 100,
    heldPercent: 50,
    topCount: 10,
    severities: {},
  },
  matrix: [
    { level: "regional", currency: "*", above: "0", approvals: 1 },
    { level: "central", currency: "*", above: "100000", approvals: 1 },
    { level: "central", currency: "*", above: "5000000", approvals: 2 },
    { level: "finance", currency: "*", above: "0", approvals: 1 },
  ],
};
