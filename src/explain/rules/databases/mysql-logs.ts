/** Binary logs, temporary and undo tablespaces of MySQL and MariaDB: told by what stands beside them. */
import type { Action } from '../../../model/action.ts';
import { joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Proposal } from '../../../model/finding.ts';
import type { RankedFile } from '../../../model/scan-result.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { startsWithBytes } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { claimFiles, unclaimedFiles } from '../../claims/claim-files.ts';
import type { Claims } from '../../claims/claims.ts';

/** First bytes of a binary log (MySQL Internals, Binary Log Versions). */
const BINLOG_MAGIC = '\u00febin' as ByteString;
const BINLOG = /^(?<base>.+)\.\d{6,}$/u;
const LOOK_SHARE = 1 / 16;
const DAY_SECONDS = 86_400;
/** How long the suggested command keeps them. */
const KEPT_DAYS = 3;

export function mysqlLogs(facts: Facts, claims: Claims): Proposal[] {
  const seeds = facts.scan.largestFiles.filter(({ diskBytes }) => diskBytes >= facts.worthBytes * LOOK_SHARE);
  return [...binaryLogs(seeds, facts, claims), ...tablespaces(seeds, facts, claims)];
}

function binaryLogs(seeds: readonly RankedFile[], facts: Facts, claims: Claims): Proposal[] {
  const series = new Map<string, RankedFile>();
  for (const file of seeds) {
    const base = BINLOG.exec(file.name)?.groups?.['base'];
    if (base === undefined || claims.isFileClaimed(file)) continue;
    const key = joinPath(parentPath(file.path), base as ByteString);
    if (!series.has(key) && startsWithBytes(file.path, BINLOG_MAGIC)) series.set(key, file);
  }
  return [...series].flatMap(([key, { directory }]) => {
    const base = key.slice(key.lastIndexOf('/') + 1);
    const all = directoryFiles(parentPath(key as ByteString));
    // The server lists them there; without it they are somebody's copies.
    if (!all.some(({ name }) => name === `${base}.index`)) return [];
    const own = all.filter(({ name }) => BINLOG.exec(name)?.groups?.['base'] === base);
    const files = unclaimedFiles(facts, claims, directory, own).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    if (bytesOf(files) < facts.worthBytes) return [];
    return [binlogProposal(files, directory, facts, claims)];
  });
}

function binlogProposal(
  files: readonly DirectoryFile[],
  directory: number,
  facts: Facts,
  claims: Claims,
): Proposal {
  const old = files.filter(({ modifiedAt }) => modifiedAt < facts.nowSeconds - KEPT_DAYS * DAY_SECONDS);
  const [first] = files;
  return {
    rule: 'database-logs',
    kind: 'mysql-binary-logs',
    directory: parentPath(first.path),
    count: files.length,
    first: first.name,
    last: files.at(-1)!.name,
    oldestAt: first.modifiedAt,
    oldBytes: bytesOf(old),
    oldDays: KEPT_DAYS,
    ...claimFiles(facts, claims, directory, files),
    freeableBytes: bytesOf(old),
    paths: files
      .toSorted((a, b) => b.diskBytes - a.diskBytes)
      .slice(0, 20)
      .map(({ path }) => path),
    actions: [purge(bytesOf(old))],
    risk: 'never',
  };
}

/** The server keeps the one it writes, whatever its age. */
function purge(bytes: number): Action {
  return {
    kind: 'owner-command',
    owner: 'mysql',
    argv: mysql(`PURGE BINARY LOGS BEFORE NOW() - INTERVAL ${KEPT_DAYS} DAY`),
    actsOn: 'running',
    hasBlanks: false,
    frees: { bytes, certainty: bytes > 0 ? 'at-least' : 'unknown' },
    loses: 'old-generations',
    risk: 'review',
  };
}

function mysql(statement: string): ByteString[] {
  return ['mysql', '-e', statement] as ByteString[];
}

/** Files beside ibdata1, which is in every data directory of InnoDB. */
function tablespaces(seeds: readonly RankedFile[], facts: Facts, claims: Claims): Proposal[] {
  return seeds.flatMap((file) => {
    const kind = tablespaceKinds.find(({ name }) => name.test(file.name))?.kind;
    if (!kind || file.diskBytes < facts.worthBytes || claims.isFileClaimed(file)) return [];
    const names = new Set<string>(directoryFiles(parentPath(file.path)).map(({ name }) => name));
    if (!names.has('ibdata1')) return [];
    const service = names.has('aria_log_control') ? 'mariadb' : 'mysql';
    const freeableBytes = kind === 'innodb-temporary' ? Math.max(0, file.diskBytes - NEW_IBTMP1_BYTES) : 0;
    return [
      {
        rule: 'database-logs' as const,
        kind,
        file: file.path,
        service,
        ...claims.file(file),
        freeableBytes,
        paths: [file.path],
        actions: kind === 'innodb-undo' ? [transactions] : restarts(service, freeableBytes),
        risk: 'never' as const,
      },
    ];
  });
}

/** What the server makes it anew with (innodb_temp_data_file_path, unless it was set). */
const NEW_IBTMP1_BYTES = 12 * 2 ** 20;

const tablespaceKinds = [
  { name: /^ibtmp1$/u, kind: 'innodb-temporary' },
  { name: /^undo_?\d+$/u, kind: 'innodb-undo' },
] as const;

/** None where a restart would give nothing back. */
function restarts(service: string, bytes: number): Action[] {
  if (bytes === 0) return [];
  return [
    {
      kind: 'restart-holder',
      holder: { what: 'unit', name: service },
      frees: { bytes, certainty: 'at-least' },
      loses: 'uptime',
      risk: 'review',
      needs: { root: true },
    },
  ];
}

const transactions: Action = {
  kind: 'look',
  argv: mysql(
    'SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx ORDER BY trx_started',
  ),
  frees: { bytes: 0, certainty: 'exact' },
  loses: 'nothing',
  risk: 'safe',
};

function bytesOf(files: readonly DirectoryFile[]): number {
  return files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}
