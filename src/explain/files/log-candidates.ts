/** Which of a scan's files are logs that somebody may be writing, judged by name and place. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { useOfPath } from '../../scan/scan.ts';

/** Whether it is called or placed like a log that may still be written. Its content may say otherwise. */
export function isLog({ name, path, modifiedAt }: RankedFile, nowSeconds: number): boolean {
  if (NO_LOG.test(name)) return false;
  // Loggers that start a file per day call today's like a generation.
  if (generationOf(name) !== undefined && (!DAYS_LOG.test(name) || nowSeconds - modifiedAt > DAY_SECONDS))
    return false;
  return LOG_NAME.test(name) || useOfPath(parentPath(path)).use === 'logs';
}

const DAY_SECONDS = 86_400;
const DAYS_LOG = /\.log$|log[._-][\d-]+\.txt$/u;
const LOG_NAME = /\.log$|-json\.log$|^(?:syslog|nohup\.out|catalina\.out)$/u;
/** In directories of logs but no logs: journals, databases of logins, what is packed, what one crash of a Java left. */
const NO_LOG =
  /\.(?:journal~?|gz|xz|bz2|zst|lz4|zip|tar|tgz|db|sqlite|wal|pcap)$|^(?:[bw]tmp|lastlog|faillog)|^hs_err_pid\d/u;

/** The log that a rotated generation was once, e.g. "access.log" of "access.log.2.gz"; undefined for another name. */
export function generationOf(name: ByteString): string | undefined {
  if (TURNED_OVER.test(name)) return CURRENT;
  const found = (GENERATION.exec(name) ?? DAILY.exec(name))?.groups;
  return found && `${found['base']}${found['extension'] ?? ''}`;
}

/** Whether what `generationOf` says is called a log, so that its generations are ones wherever they lie. */
export function isCalledLog(base: string): boolean {
  return base === CURRENT || /\.log$|(?:^|[._-])log(?:\.txt)?$/u.test(base);
}

/** What svlogd and multilog are writing, and what they call it when it is full: by its time as TAI64N. */
const CURRENT = 'current';
const TURNED_OVER = /^@[\da-f]{24}\.[su](?:\.\w+)?$/u;
/** Tomcat's access log and its kin: "localhost_access_log.2026-11-22.txt". */
const DAILY = /^(?<base>.*log)[._-]\d{4}-\d{2}-\d{2}(?<extension>\.txt)(?:\.(?:gz|xz|bz2|zst|lz4|Z))?$/u;
/** As logrotate (`start`, `dateext`, `extension`), log4j and savelog number or date them. "worker-2.log" is a second worker's. */
const GENERATION =
  /^(?<base>.+?)(?:(?:\.\d{1,3}|[._-]\d{8}(?:[-_T.]?\d{2,10})?|[._-]\d{4}-\d{2}-\d{2}(?:[-_T.]\d+)*)(?<extension>\.log)?|\.old)(?:\.(?:gz|xz|bz2|zst|lz4|Z))?$/u;
