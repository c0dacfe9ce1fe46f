/** How the data directories of programs are told by what lies in them, wherever they are: names that nothing else makes. */
import { nameTest } from './glob.ts';

/** A store that a program keeps: nothing in it may be deleted, emptied or copied over by hand. */
export interface StoreMark {
  /** The program, as remedies and findings call it, e.g. "postgresql". */
  readonly store: string;
  /** Names directly in the directory, `*` and `[…]` allowed; all of them must be there. A slash looks one level deeper. */
  readonly names: readonly string[];
  /** Paths in it, relative, that are logs of text its owner only writes: they may be emptied like any log. */
  readonly logs?: RegExp;
}

/** The more telling first. Sources: each program's manual on its data directory; ../facts "incidents". */
const storeMarks: readonly StoreMark[] = [
  { store: 'postgresql', names: ['PG_VERSION'], logs: /^(?:pg_)?log\/[^/]+\.(?:log|csv|json)$/u },
  { store: 'mongodb', names: ['WiredTiger'] },
  { store: 'mysql', names: ['ibdata1'], logs: /^[^/]+(?:\.err|-slow\.log)$/u },
  { store: 'etcd', names: ['member/snap', 'member/wal'] },
  { store: 'minio', names: ['.minio.sys'] },
  { store: 'container-registry', names: ['docker/registry'] },
  { store: 'restic', names: ['config', 'data', 'keys', 'snapshots'] },
  { store: 'borg', names: ['README', 'config', 'data', 'hints.*'] },
  { store: 'dovecot', names: ['dovecot.map.index'] },
  { store: 'lmdb', names: ['data.mdb', 'lock.mdb'] },
  { store: 'bitcoin', names: ['blocks', 'chainstate'] },
  { store: 'neo4j', names: ['neostore*'] },
  { store: 'couchdb', names: ['*.couch'] },
  { store: 'elasticsearch', names: ['node.lock'] },
  { store: 'containerd', names: ['io.containerd.*'] },
  {
    store: 'docker',
    names: ['image', 'containers', 'volumes'],
    logs: /^containers\/[0-9a-f]{64}\/[0-9a-f]{64}-json\.log(?:\.\d+)?$/u,
  },
  { store: 'nextcloud', names: ['.ocdata'] },
  { store: 'kafka', names: ['meta.properties'] },
  { store: 'rocksdb', names: ['CURRENT', 'MANIFEST-*'] },
  { store: 'prometheus', names: ['wal', 'chunks_head'] },
  { store: 'prometheus', names: ['chunks', 'meta.json', 'index'] },
  { store: 'git', names: ['objects', 'refs', 'HEAD'] },
  { store: 'zookeeper', names: ['version-2'] },
  { store: 'oracle', names: ['*.dbf', '*.ctl'] },
  { store: 'berkeley-db', names: ['__db.00[0-9]'] },
  { store: 'activemq', names: ['db.data', 'db-[0-9]*.log'] },
  { store: 'clickhouse', names: ['metadata', 'store', 'status'] },
  { store: 'influxdb', names: ['_series', 'autogen'] },
  { store: 'openldap', names: ['DB_CONFIG'] },
];

/**
 * The mark that a directory with these names bears; undefined where none is told.
 * @param namesIn names in a directory below it, for marks with a slash.
 */
export function storeWithNames(
  names: readonly string[],
  namesIn: (below: string) => readonly string[],
): StoreMark | undefined {
  return storeMarks.find((mark) => mark.names.every((name) => isThere(name, names, namesIn)));
}

function isThere(
  wanted: string,
  names: readonly string[],
  namesIn: (below: string) => readonly string[],
): boolean {
  const [first, second] = wanted.split('/');
  if (second === undefined) return names.some(nameTest(first));
  return names.includes(first) && namesIn(first).some(nameTest(second));
}
