/** The commands, each loaded only when it is asked for. Adding one is a line here, its row in the table and its file. */
import type { RunCommand } from './command.ts';
import type { CommandName } from './options/option-row.ts';

type Commands = { readonly [Name in CommandName]: () => Promise<RunCommand<Name>> };

export const commands: Commands = {
  explain: async () => (await import('./commands/explain.ts')).runExplain,
  browse: async () => (await import('./commands/browse.ts')).runBrowse,
  watch: async () => (await import('./commands/watch.ts')).runWatch,
  tmp: async () => (await import('./commands/tmp.ts')).runTmp,
  log: async () => (await import('./commands/log.ts')).runLog,
  free: async () => (await import('./commands/free.ts')).runFree,
  metrics: async () => (await import('./commands/metrics.ts')).runMetrics,
  record: async () => (await import('./commands/record.ts')).runRecord,
  fleet: async () => (await import('./commands/fleet.ts')).runFleet,
  snapshot: async () => (await import('./commands/snapshot.ts')).runSnapshot,
  diff: async () => (await import('./commands/diff.ts')).runDiff,
  history: async () => (await import('./commands/history.ts')).runHistory,
  report: async () => (await import('./commands/report.ts')).runReport,
  help: async () => (await import('./commands/help.ts')).runHelp,
  config: async () => (await import('./commands/config.ts')).runConfig,
  completion: async () => (await import('./commands/completion.ts')).runCompletion,
};
