/** PostgreSQL's write-ahead log: how many segments there are and what keeps the server from removing them. */
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Finding, Remedy } from '../../../model/finding.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../named-directories.ts';
import type { Claims } from '../claims.ts';
import { countOf, quoted } from '../wording.ts';

/** The server archives one after the other: a few that wait are no trouble. */
const MANY_WAITING = 10;
/** min_wal_size unless set: 80 MB in segments of 16 MB. */
const LEAST_SEGMENTS = 5;

export function postgresqlWal(facts: Facts, claims: Claims): Finding[] {
  const { tree } = facts.scan;
  return ['pg_wal', 'pg_xlog']
    .flatMap((name) => directoriesNamed(tree, fromText(name)))
    .filter((directory) => claims.unclaimedBytes(directory) >= facts.worthBytes)
    .flatMap((directory) => findingOf(directory, tree.path(directory), claims) ?? []);
}

function findingOf(directory: number, path: ByteString, claims: Claims): Finding | undefined {
  const cluster = parentPath(path);
  const version = readFileStart(joinPath(cluster, fromText('PG_VERSION')), 8)?.trim();
  const segments = directoryNames(path).filter((name) => /^[0-9A-F]{24}$/u.test(name)).length;
  if (version === undefined || !/^[\d.]+$/u.test(version) || segments === 0) return undefined;
  const waiting = directoryNames(joinPath(path, fromText('archive_status'))).filter((name) =>
    name.endsWith('.ready'),
  ).length;
  const slots = directoryNames(joinPath(cluster, fromText('pg_replslot')));
  const causes = [
    ...(waiting > MANY_WAITING
      ? [
          `${countOf(waiting, 'of them waits', 'of them wait')} to be archived (archive_status/*.ready): archive_command fails or is too slow`,
        ]
      : []),
    ...(slots.length > 0
      ? [
          `${countOf(slots.length, 'replication slot')} may hold them back: ${slots.slice(0, 3).map(quoted).join(', ')}`,
        ]
      : []),
  ];
  if (causes.length === 0) causes.push('none is stuck in archiving, and no replication slot holds any back');
  const { diskBytes, claimedBytes } = claims.directory(directory);
  return {
    rule: 'database-logs',
    title: 'PostgreSQL write-ahead log',
    diskBytes,
    claimedBytes,
    // The server decides what it still needs.
    freeableBytes: 0,
    paths: [path],
    evidence: [`${countOf(segments, 'segment')} of PostgreSQL ${version} in ${quoted(path)}`, ...causes],
    remedy: remedyOf(segments, waiting, slots.length),
    risk: 'never',
  };
}

function remedyOf(segments: number, waiting: number, slots: number): Remedy {
  const never = 'never delete a segment by hand, it ruins the cluster';
  if (waiting > MANY_WAITING)
    return {
      text: `repair what archive_command does; the server then removes them itself. ${never}`,
      command: ask('SELECT failed_count, last_failed_wal, last_failed_time FROM pg_stat_archiver'),
    };
  if (slots > 0)
    return {
      text: `drop a slot that nobody reads any more (pg_drop_replication_slot); ${never}`,
      command: ask('SELECT slot_name, active, restart_lsn FROM pg_replication_slots'),
    };
  if (segments <= LEAST_SEGMENTS)
    return { text: `so much the server always keeps (min_wal_size): ${never}`, command: undefined };
  return { text: `lower max_wal_size or wal_keep_size and checkpoint; ${never}`, command: ask('CHECKPOINT') };
}

/** @param query without double quotes. */
function ask(query: string): string {
  return `sudo -u postgres psql -c "${query}"`;
}
