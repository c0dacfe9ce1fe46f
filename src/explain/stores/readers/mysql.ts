/** MySQL and MariaDB: databases by directory, InnoDB's own files, and tables that an interrupted ALTER left behind. */
import { baseName, isInside, parentPath } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import type { PartKind, StorePart } from '../../../model/findings/store.ts';
import type { RankedFile } from '../../../model/scan-result.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import { directoryPart, filesPart, part } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

/** MySQL reference manual, "InnoDB On-Disk Structures"; mariadb.com/kb, "Aria Storage Engine". */
const files: readonly (readonly [name: RegExp, kind: PartKind])[] = [
  [/^(?:ibdata\d+|mysql\.ibd)$/u, 'datafile'],
  [/^(?:ib_logfile\d+|aria_log\..*)$/u, 'redo-log'],
  [/^undo_?\d+/u, 'undo'],
  [/relay-bin|relay-log|^(?:binlog|mysql-bin|mariadb-bin)\.\d+$/u, 'log'],
  [/^(?:ibtmp1|#sql.*)$/u, 'temporary'],
  [/\.(?:err|log)$/u, 'log'],
];

export const mysql: Reader = (read) => {
  const { store, tree } = read;
  const direct = directoryFiles(store.path);
  const byKind = Map.groupBy(
    direct,
    ({ name }) => files.find(([pattern]) => pattern.test(name))?.[1] ?? 'content',
  );
  const left = abandoned(read);
  return {
    parts: [
      ...[...tree.children(store.directory)].map((child): StorePart => {
        const name = tree.name(child);
        return directoryPart(
          name.startsWith('#innodb_redo')
            ? 'redo-log'
            : name.startsWith('#innodb_temp')
              ? 'temporary'
              : 'database',
          name,
          child,
          tree,
        );
      }),
      ...[...byKind].map(([kind, own]) => filesPart(kind, undefined, own)),
      ...left.map((file) =>
        part('garbage', file.name, file.diskBytes, { newestAt: file.modifiedAt, oldestAt: file.modifiedAt }),
      ),
    ],
    actions: left.slice(0, MOST_DROPPED).map((file) => dropping(file, read)),
  };
};

const MOST_DROPPED = 3;
const AN_HOUR = 3600;

/** Intermediate tables of an ALTER that was cut short: "Troubleshooting InnoDB Data Dictionary Operations", MySQL manual. */
function abandoned({ store, facts, holders }: Read): RankedFile[] {
  return facts.scan.largestFiles.filter(
    ({ path, name, modifiedAt }) =>
      /^#sql(?:-ib|-|2-).*\.ibd$/u.test(name) &&
      isInside(path, store.path) &&
      (holders.length === 0 || facts.nowSeconds - modifiedAt > AN_HOUR),
  );
}

function dropping({ path, name, diskBytes }: RankedFile, { store, inside }: Read): Action {
  const table = `#mysql50#${name.replace(/\.ibd$/u, '')}`;
  return giving(
    store.entry.store,
    {
      argv: ['mysql', baseName(parentPath(path)), '-e', `DROP TABLE \`${table}\``],
      loses: 'leftovers',
      gives: { bytes: diskBytes, certainty: 'unknown' },
    },
    inside,
  );
}
