/** Stores that a library keeps inside another program: what lies in them only that program knows. */
import type { KeyValueStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const embedded: readonly (StoreEntry & { readonly store: KeyValueStore })[] = [
  {
    store: 'openldap',
    marks: ['DB_CONFIG id2entry.*', 'DB_CONFIG *.bdb'],
    programs: ['slapd'],
    levers: [
      { command: 'db_archive -d -h {store}', loses: 'old-generations' },
      { command: 'slapcat -n 1 -l TARGET', does: 'shows' },
    ],
    source: 'openldap.org admin guide: Maintenance; db_archive utility',
  },
  {
    store: 'lmdb',
    marks: ['data.mdb lock.mdb'],
    extent: /^(?:data|lock)\.mdb$/u,
    levers: [
      { command: 'mdb_stat -ef {store}', does: 'shows' },
      { command: 'mdb_copy -c {store} TARGET', loses: 'nothing', needsRoom: true },
    ],
    source: 'mdb_copy(1), mdb_stat(1)',
  },
  {
    store: 'berkeley-db',
    marks: ['__db.00[0-9]', 'log.[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9] *.db'],
    extent: /^(?:__db\..*|log\.\d{10}|.*\.(?:b?db)|DB_CONFIG)$/u,
    levers: [{ command: 'db_archive -d -h {store}', loses: 'old-generations' }],
    source: 'Oracle Berkeley DB: db_archive utility',
  },
  {
    store: 'hsqldb',
    marks: ['*.properties *.script'],
    begins: { '*.properties': /^#HSQL Database/u },
    extent: /\.(?:script|log|data|backup|lobs|properties|lck)$/u,
    source: 'hsqldb.org User Guide: Database Files (.script, .log, .data), CHECKPOINT DEFRAG',
  },
  {
    store: 'derby',
    marks: ['service.properties seg0 log'],
    parts: [
      ['database', 'seg0'],
      ['wal', 'log'],
      ['temporary', 'tmp'],
    ],
    source: 'db.apache.org/derby: Developer Guide, Directory structure of a database (seg0, log)',
  },
  {
    store: 'badger',
    marks: ['KEYREGISTRY MANIFEST', '*.vlog MANIFEST', 'key/MANIFEST data', 'keys/MANIFEST values'],
    levers: [{ command: 'badger info --dir {store}', does: 'shows' }],
    source: 'dgraph-io/badger: KEYREGISTRY, MANIFEST, value log files',
  },
  {
    store: 'ethereum',
    marks: ['geth/chaindata', 'chaindata/CURRENT', 'chaindata/ancient'],
    programs: ['geth', 'erigon', 'reth'],
    parts: [
      ['chunk', 'geth/chaindata/ancient'],
      ['database', 'geth/chaindata'],
      ['chunk', 'chaindata/ancient'],
      ['database', 'chaindata'],
      ['cache', 'geth/ethash'],
    ],
    levers: [
      { command: 'geth snapshot prune-state --datadir {store}', loses: 'old-generations', needsRoom: true },
    ],
    source: 'geth.ethereum.org: Pruning',
  },
  {
    store: 'bitcoin',
    marks: ['blocks/blk[0-9]*.dat', 'blocks chainstate'],
    programs: ['bitcoind', 'bitcoin-qt', 'litecoind', 'dogecoind'],
    logs: /^debug\.log$/u,
    parts: [
      ['block', 'blocks'],
      ['database', 'chainstate'],
      ['index', 'indexes/*'],
    ],
    levers: [{ command: 'bitcoin-cli pruneblockchain HEIGHT', loses: 'regenerable' }],
    source: 'bitcoin/doc/files.md; bitcoin-cli pruneblockchain',
  },
  {
    store: 'rocksdb',
    marks: ['CURRENT MANIFEST-[0-9]*'],
    levers: [{ command: 'fuser -v {store}/LOCK', does: 'shows' }],
    source: 'RocksDB wiki: MANIFEST; LevelDB implementation notes',
  },
  {
    store: 'dqlite',
    marks: ['metadata1 open-[0-9]*', 'cluster.yaml info.yaml'],
    levers: [],
    source: 'canonical/raft: disk format (metadata, open and closed segments, snapshots)',
  },
  {
    store: 'directory-server',
    marks: ['db/DBVERSION'],
    programs: ['ns-slapd'],
    parts: [
      ['journal', 'changelogdb'],
      ['database', 'db'],
      ['backup', 'bak'],
    ],
    levers: [
      {
        command: 'dsconf INSTANCE replication set-changelog --suffix SUFFIX --max-age 7d',
        loses: 'old-generations',
      },
    ],
    source: 'port389.org; Red Hat Directory Server: Trimming the replication changelog',
  },
];
