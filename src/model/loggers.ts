/** Programs that write what others say: naming one of them explains nothing, so they are looked through. */
import type { ProcessIdentity } from './process.ts';

/** Where the true origin is found: in the journal's fields, the lines' idents, the other end of a pipe, a container, a child. */
export type LoggerKind = 'journal' | 'syslog' | 'pipe' | 'container' | 'supervisor';

/** By /proc/PID/comm, which holds 15 bytes. */
const kinds: Readonly<Record<string, LoggerKind>> = {
  'systemd-journal': 'journal',
  rsyslogd: 'syslog',
  'rs:main Q:Reg': 'syslog',
  'syslog-ng': 'syslog',
  syslogd: 'syslog',
  metalog: 'syslog',
  tee: 'pipe',
  svlogd: 'pipe',
  multilog: 'pipe',
  's6-log': 'pipe',
  rotatelogs: 'pipe',
  cronolog: 'pipe',
  logger: 'pipe',
  cat: 'pipe',
  ts: 'pipe',
  tai64n: 'pipe',
  sed: 'pipe',
  grep: 'pipe',
  awk: 'pipe',
  gawk: 'pipe',
  mawk: 'pipe',
  dd: 'pipe',
  pv: 'pipe',
  tinylog: 'pipe',
  dockerd: 'container',
  containerd: 'container',
  'containerd-shim': 'container',
  conmon: 'container',
  supervisord: 'supervisor',
};

export function loggerKind({ command }: ProcessIdentity): LoggerKind | undefined {
  return Object.hasOwn(kinds, command) ? kinds[command] : undefined;
}

/** These hold both ends of the pipe between a service and its logger, and write nothing. */
const KEEPERS = new Set(['runsv', 'supervise', 's6-supervise', 'runsvdir', 'svscan', 's6-svscan']);

export function isPipeKeeper({ command }: ProcessIdentity): boolean {
  return KEEPERS.has(command);
}
