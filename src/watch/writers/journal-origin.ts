/** Whose messages fill a journal: the unit, container or command that has most of the latest entries' bytes. */
import { journalFields } from '../../system/services/journal-file.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';

const ENTRIES = 2000;
const SHARE = 0.3;

/** Undefined where nobody dominates or journalctl cannot be asked. */
export async function journalOrigin(path: ByteString): Promise<WriterOrigin | undefined> {
  const bytesOf = new Map<string, number>();
  let total = 0;
  try {
    for (const entry of await journalFields(path, FIELDS, ENTRIES)) {
      const origin = FIELDS.slice(1)
        .map((name) => entry[name])
        .find((value) => value !== undefined);
      const length = (entry['MESSAGE'] ?? '').length + 1;
      total += length;
      if (origin !== undefined) bytesOf.set(origin, (bytesOf.get(origin) ?? 0) + length);
    }
  } catch {
    return undefined;
  }
  const [most] = [...bytesOf].toSorted(([, a], [, b]) => b - a);
  if (most === undefined || most[1] < SHARE * total) return undefined;
  return { kind: 'speaker', name: fromText(most[0]), share: most[1] / total };
}

/** systemd.journal-fields(7); the first that an entry has says best whose it is. */
const FIELDS = ['MESSAGE', 'CONTAINER_NAME', '_SYSTEMD_UNIT', 'UNIT', '_COMM', 'SYSLOG_IDENTIFIER'];
