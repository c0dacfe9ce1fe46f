/** Binary logs, temporary and undo tablespaces of MySQL and MariaDB: told by what stands beside them. */
import { ageText } from '../../../model/age.ts';
import { joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Finding } from '../../../model/finding.ts';
import type { RankedFile } from '../../../model/scan-result.ts';
import { sizeText } from '../../../model/size.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { startsWithBytes } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { claimFiles, unclaimedFiles } from '../claim-files.ts';
import type { Claims } from '../claims.ts';
import { countOf, quoted } from '../wording.ts';

/** First bytes of a binary log (MySQL Internals, Binary Log Versions). */
const BINLOG_MAGIC = '\u00febin' as ByteString;
const BINLOG = /^(?<base>.+)\.\d{6,}$/u;
const LOOK_SHARE = 1 / 16;
const DAY_SECONDS = 86_400;
/** How long the suggested command keeps them. */
const KEPT_DAYS = 3;

export function mysqlLogs(facts: Facts, claims: Claims): Finding[] {
  const seeds = facts.scan.largestFiles.filter(({ diskBytes }) => diskBytes >= facts.worthBytes * LOOK_SHARE);
  return [...binaryLogs(seeds, facts, claims), ...tablespaces(seeds, facts, claims)];
}

function binaryLogs(seeds: readonly RankedFile[], facts: Facts, claims: Claims): Finding[] {
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
    return [binlogFinding(files, directory, facts, claims)];
  });
}

function binlogFinding(
  files: readonly DirectoryFile[],
  directory: number,
  facts: Facts,
  claims: Claims,
): Finding {
  const old = files.filter(({ modifiedAt }) => modifiedAt < facts.nowSeconds - KEPT_DAYS * DAY_SECONDS);
  const [first] = files;
  return {
    rule: 'database-logs',
    title: 'MySQL binary logs',
    ...claimFiles(facts, claims, directory, files),
    freeableBytes: bytesOf(old),
    paths: files
      .toSorted((a, b) => b.diskBytes - a.diskBytes)
      .slice(0, 20)
      .map(({ path }) => path),
    evidence: [
      `${countOf(files.length, 'binary log')} in ${quoted(parentPath(first.path))}, ${quoted(first.name)} to ${quoted(files.at(-1)!.name)}, the oldest ${ageText(Math.max(0, facts.nowSeconds - first.modifiedAt))} old`,
      `${sizeText(bytesOf(old))} of them are older than ${KEPT_DAYS} days`,
    ],
    remedy: {
      text: `ask the replicas first (SHOW REPLICA STATUS), then have the server purge them, never rm; binlog_expire_logs_seconds (MariaDB: expire_logs_days) keeps fewer`,
      command: `mysql -e 'PURGE BINARY LOGS BEFORE NOW() - INTERVAL ${KEPT_DAYS} DAY'`,
    },
    risk: 'never',
  };
}

/** Files beside ibdata1, which is in every data directory of InnoDB. */
function tablespaces(seeds: readonly RankedFile[], facts: Facts, claims: Claims): Finding[] {
  return seeds.flatMap((file) => {
    const kind = tablespaceKinds.find(({ name }) => name.test(file.name));
    if (!kind || file.diskBytes < facts.worthBytes || claims.isFileClaimed(file)) return [];
    const names = new Set<string>(directoryFiles(parentPath(file.path)).map(({ name }) => name));
    if (!names.has('ibdata1')) return [];
    const service = names.has('aria_log_control') ? 'mariadb' : 'mysql';
    return [
      {
        rule: 'database-logs',
        title: kind.title,
        ...claims.file(file),
        freeableBytes: kind.isFreedByRestart ? file.diskBytes : 0,
        paths: [file.path],
        evidence: [`${quoted(file.path)} has ${sizeText(file.diskBytes)}: ${kind.why}`],
        remedy: {
          text: kind.text,
          command: kind.isFreedByRestart ? `systemctl restart ${service}` : kind.command,
        },
        risk: 'never',
      },
    ];
  });
}

const tablespaceKinds = [
  {
    name: /^ibtmp1$/u,
    title: 'InnoDB temporary tables',
    why: 'temporary tables of queries; it never shrinks while the server runs',
    isFreedByRestart: true,
    text: 'only a restart of the server frees it; innodb_temp_data_file_path=ibtmp1:12M:autoextend:max:SIZE caps it',
    command: undefined,
  },
  {
    name: /^undo_?\d+$/u,
    title: 'InnoDB undo log',
    why: 'old versions of rows, kept while a transaction may still read them',
    isFreedByRestart: false,
    text: 'end the transaction that runs for long (information_schema.innodb_trx); with innodb_undo_log_truncate=ON it then shrinks by itself',
    command: `mysql -e 'SELECT trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx ORDER BY trx_started'`,
  },
] as const;

function bytesOf(files: readonly DirectoryFile[]): number {
  return files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}
