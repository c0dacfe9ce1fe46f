/** Whose lines fill a syslog file: the ident of the lines that make most of its end. */
import { readProcess } from '../../system/processes/process-identity.ts';
import { readTail } from '../../system/files/file-tail.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';

const TAIL_BYTES = 64 * 1024;
/** Below this share nobody dominates. */
const SHARE = 0.3;

/** RFC 3164 and RFC 5424-like headers: time, host, "ident[pid]:". */
const HEADER =
  /^(?:<\d+>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ ([^\s:[\]]+)(?:\[(\d+)\])?:/u;

/** Its unit where its process still runs in one; undefined where no ident dominates. */
export function syslogOrigin(path: ByteString): WriterOrigin | undefined {
  const bytesOf = new Map<string, number>();
  const pidOf = new Map<string, number>();
  let total = 0;
  for (const line of readTail(path, TAIL_BYTES).split('\n').slice(1)) {
    const match = HEADER.exec(line);
    total += line.length;
    if (!match) continue;
    const [, ident, pid] = match;
    bytesOf.set(ident, (bytesOf.get(ident) ?? 0) + line.length);
    if (pid !== undefined) pidOf.set(ident, Number(pid));
  }
  const [most] = [...bytesOf].toSorted(([, a], [, b]) => b - a);
  if (most === undefined || most[1] < SHARE * total) return undefined;
  const [ident, bytes] = most;
  const unit = unitOf(pidOf.get(ident));
  const name = unit === undefined ? (ident as ByteString) : fromText(unit);
  return { kind: 'speaker', name, share: bytes / total };
}

/** The pid may be another program's by now: then its unit is as good a guess as none, so only services count. */
function unitOf(pid: number | undefined): string | undefined {
  const unit = pid === undefined ? undefined : readProcess(pid)?.unit;
  return unit?.endsWith('.service') ? unit : undefined;
}
