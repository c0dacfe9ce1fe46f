/** PostgreSQL's write-ahead log: how many segments there are and what keeps the server from removing them. */
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import type { Proposal } from '../../../model/finding.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../places/named-directories.ts';
import type { Claims } from '../../claims/claims.ts';

/** The server archives one after the other: a few that wait are no trouble. */
const MANY_WAITING = 10;
/** min_wal_size unless set: 80 MB in segments of 16 MB. */
const LEAST_SEGMENTS = 5;

export function postgresqlWal(facts: Facts, claims: Claims): Proposal[] {
  const { tree } = facts.scan;
  return ['pg_wal', 'pg_xlog']
    .flatMap((name) => directoriesNamed(tree, fromText(name)))
    .filter((directory) => claims.unclaimedBytes(directory) >= facts.worthBytes)
    .flatMap((directory) => proposalOf(directory, tree.path(directory), claims) ?? []);
}

function proposalOf(directory: number, path: ByteString, claims: Claims): Proposal | undefined {
  const cluster = parentPath(path);
  const version = readFileStart(joinPath(cluster, fromText('PG_VERSION')), 8)?.trim();
  const segments = directoryNames(path).filter((name) => /^[0-9A-F]{24}$/u.test(name)).length;
  if (version === undefined || !/^[\d.]+$/u.test(version) || segments === 0) return undefined;
  const waiting = directoryNames(joinPath(path, fromText('archive_status'))).filter((name) =>
    name.endsWith('.ready'),
  ).length;
  const slots = directoryNames(joinPath(cluster, fromText('pg_replslot')));
  return {
    rule: 'database-logs',
    kind: 'postgresql-wal',
    directory: path,
    version: version as ByteString,
    segments,
    waiting,
    slots,
    isLeast: segments <= LEAST_SEGMENTS,
    ...claims.directory(directory),
    // The server decides what it still needs.
    freeableBytes: 0,
    paths: [path],
    actions: actionsFor(segments, waiting, slots.length),
    risk: 'never',
  };
}

/** What shows why the server keeps them; a checkpoint where nothing holds them back. */
function actionsFor(segments: number, waiting: number, slots: number): Action[] {
  if (waiting > MANY_WAITING)
    return [asking('SELECT failed_count, last_failed_wal, last_failed_time FROM pg_stat_archiver')];
  if (slots > 0) return [asking('SELECT slot_name, active, restart_lsn FROM pg_replication_slots')];
  return segments <= LEAST_SEGMENTS ? [] : [checkpoint];
}

function asking(query: string): Action {
  return {
    kind: 'look',
    argv: psql(query),
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'safe',
    needs: { user: POSTGRES },
  };
}

const POSTGRES = 'postgres' as ByteString;

function psql(query: string): ByteString[] {
  return ['psql', '-c', query] as ByteString[];
}

const checkpoint: Action = {
  kind: 'owner-command',
  owner: 'postgresql',
  argv: psql('CHECKPOINT'),
  actsOn: 'running',
  hasBlanks: false,
  frees: { bytes: 0, certainty: 'unknown' },
  loses: 'nothing',
  risk: 'review',
  needs: { user: POSTGRES },
};
