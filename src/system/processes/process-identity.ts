/** Reads who a process is from /proc/PID. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { nowSeconds } from '../calls/clock.ts';
import { containerOf, unitOf } from './control-group.ts';

/** USER_HZ: the unit of times in /proc, 100 on every platform Node runs on (sysconf(3), _SC_CLK_TCK). */
const TICKS_PER_SECOND = 100;
const KIBIBYTE = 1024;

/** The process, or undefined where it is gone. */
export function readProcess(pid: number): ProcessIdentity | undefined {
  const stat = readProcFile(pid, 'stat');
  const status = readProcFile(pid, 'status');
  if (stat === undefined || status === undefined) return undefined;
  // The command stands in parentheses and may hold any byte, parentheses too.
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  const fields = stat.slice(close + 2).split(' ');
  const startTicks = Number(fields[START_TIME]);
  const groups = readProcFile(pid, 'cgroup') ?? '';
  const memory = (name: string): number => statusNumber(status, name) * KIBIBYTE;
  const uid = statusNumber(status, 'Uid');
  return {
    pid,
    parentPid: Number(fields[PARENT]),
    command: stat.slice(open + 1, close) as ByteString,
    commandLine: splitArguments(readProcFile(pid, 'cmdline') ?? ''),
    uid: Number.isNaN(uid) ? undefined : uid,
    startTicks,
    startedAt: bootSeconds() + startTicks / TICKS_PER_SECOND,
    unit: unitOf(groups),
    container: containerOf(groups),
    residentBytes: memory('VmRSS') || 0,
    sharedBytes: memory('RssFile') + memory('RssShmem') || 0,
    virtualBytes: memory('VmSize') || 0,
  };
}

/** Fields of /proc/PID/stat behind the command, the state being 0 (proc_pid_stat(5)). */
const PARENT = 1;
const START_TIME = 19;

function readProcFile(pid: number, name: string): ByteString | undefined {
  try {
    return fromBytes(readFileSync(`/proc/${pid}/${name}`));
  } catch {
    return undefined;
  }
}

/** The first number of a line of /proc/PID/status (proc_pid_status(5)); NaN where there is none: kernel threads have no memory. */
function statusNumber(status: string, name: string): number {
  const start = status.indexOf(`\n${name}:`);
  return start < 0 ? Number.NaN : Number.parseInt(status.slice(start + name.length + 2), 10);
}

function splitArguments(line: string): ByteString[] {
  if (line === '') return [];
  return (line.endsWith('\0') ? line.slice(0, -1) : line).split('\0') as ByteString[];
}

let bootedAt: number | undefined;

/** Seconds since 1970 at which the machine started. */
function bootSeconds(): number {
  bootedAt ??= nowSeconds() - Number.parseFloat(readFileSync('/proc/uptime', 'latin1'));
  return bootedAt;
}
