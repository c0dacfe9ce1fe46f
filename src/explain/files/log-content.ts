/** Logs that are not called like one: told by their lines, each with a time and most with a level, and never by text alone. */
import type { RankedFile } from '../../model/scan-result.ts';
import { isLogText, LEVEL, TIME } from '../../remedies/remedies.ts';
import { unwrittenBytes } from '../../system/files/extents.ts';
import { readTail, wholeLines } from '../../system/files/file-tail.ts';

/** Enough lines to tell by. */
const LOOKED_AT = 16_384;
const LEAST_LINES = 20;
const MOSTLY = 0.8;

/** Tables, dumps and documents may hold times in each line, and are somebody's data. */
const DATA =
  /\.(?:csv|tsv|sql|dump|jsonl?|ndjson|xml|yaml|yml|md|html?|tex|ics|vcf|mbox|eml|dat|data|py|js|ts|c|h|java|go|rs|sh)$/iu;
/** "error_log", "debug.txt", "messages.1", "app.out.2". */
const SAYS_SO =
  /(?:^|[._-])(?:logs?|errors?|debug|trace|messages?|syslog|console|stdout|stderr|out|err)(?:$|[._-])/iu;

/** Reads the end of the file. */
export function isLogByContent({
  path,
  name,
  diskBytes,
}: Pick<RankedFile, 'path' | 'name' | 'diskBytes'>): boolean {
  if (DATA.test(name)) return false;
  // What is reserved for later is no log; read, its pages in memory would pass for written ones.
  if ((unwrittenBytes(path) ?? 0) > diskBytes / 2 || !isLogText(path)) return false;
  const lines = wholeLines(readTail(path, LOOKED_AT));
  if (lines.length < LEAST_LINES) return false;
  const share = (form: RegExp): number => lines.filter((line) => form.test(line)).length / lines.length;
  if (share(TIME) < MOSTLY) return false;
  return SAYS_SO.test(name) || share(LEVEL) >= MOSTLY;
}
