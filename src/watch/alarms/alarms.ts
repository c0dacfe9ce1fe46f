/** The door of the alarms: what is told, when, and how it all looks at one moment. */
export { AlarmDesk } from './alarm-desk.ts';
export { FilesystemWatch } from './filesystem-watch.ts';
export { GrowthReporter } from './growth-report.ts';
export { frameOf, summaryOf } from './overview.ts';
