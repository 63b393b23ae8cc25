/** The ways to run engines, by name. The waker's table of drivers has a line for each, or does not compile. */
export const driverNames = ["process", "docker"] as const;
export type DriverName = (typeof driverNames)[number];

/** What a configuration chooses: one of them, or whatever works on this machine. */
export const driverChoices = ["auto", ...driverNames] as const;
export type DriverChoice = (typeof driverChoices)[number];
